/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of interval methods, and what holds for all of them. */
#include "infer/interval.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "core/distribution.h"

#define ROWS(ROW) \
    ROW(logit)    \
    ROW(wald)     \
    ROW(wilson)   \
    ROW(beta)     \
    ROW(kg_nchs)  \
    ROW(jeffreys) \
    ROW(arcsine)  \
    ROW(likelihood)
#define DECLARE(name) extern const peil_interval peil_interval_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_interval_##name,
const peil_interval *const peil_intervals[] = {ROWS(ADDRESS) NULL};

static const peil_bounds no_interval = {.low = NAN, .high = NAN};

const peil_interval *peil_interval_find(const char *name) {
    for (size_t i = 0; peil_intervals[i]; i++)
        if (strcmp(peil_intervals[i]->name, name) == 0) return peil_intervals[i];
    return NULL;
}

double peil_interval_t(double level, double df) {
    return peil_t_quantile_upper((1 - level) / 2, df);
}

double peil_interval_effective_n(peil_figure figure, double level) {
    const double p = figure.value;
    const double ratio = peil_interval_t(level, figure.n - 1) / peil_interval_t(level, figure.df);
    return p * (1 - p) / (figure.se * figure.se) * ratio * ratio;
}

/* The upper bound is asked for as a quantile, not as the mirror image of a lower one: a small bound
 * keeps its digits. */
peil_bounds peil_interval_exact(double value, double n, double level) {
    const double tail = (1 - level) / 2, yes = n * value, no = n * (1 - value);
    return (peil_bounds){.low = peil_beta_quantile(tail, yes, no + 1),
                         .high = peil_beta_quantile(1 - tail, yes + 1, no)};
}

static bool has_value(peil_figure figure, double level) {
    return isfinite(figure.value) && figure.df > 0 && level > 0 && level < 1;
}

/* A standard error of 0 is an answer, an infinite or negative one is not. */
static bool has_se(peil_figure figure) {
    return figure.se >= 0 && isfinite(figure.se);
}

/* A method that cannot say one bound says neither. */
static peil_bounds both_or_none(peil_bounds bounds) {
    return isfinite(bounds.low) && isfinite(bounds.high) ? bounds : no_interval;
}

/* Nobody, or everybody: Clopper and Pearson's (1934) two-sided bound for 0 of n, which is where
 * the design-based variance says nothing. */
static peil_bounds boundary(peil_figure figure, double level) {
    if (!(figure.n > 0)) return no_interval;
    const double log_far = log((1 - level) / 2) / figure.n;
    if (figure.value > 0) return (peil_bounds){.low = exp(log_far), .high = 1};
    return (peil_bounds){.low = 0, .high = -expm1(log_far)};
}

peil_bounds peil_interval_proportion(const peil_interval *method, peil_figure figure,
                                     double level) {
    if (!has_value(figure, level) || figure.value < 0 || figure.value > 1) return no_interval;
    if (figure.value <= 0 || figure.value >= 1) return boundary(figure, level);
    if (!has_se(figure)) return no_interval;
    if (figure.se <= 0) return (peil_bounds){.low = figure.value, .high = figure.value};
    return both_or_none(method->bounds(figure, level));
}

peil_bounds peil_interval_mean(peil_figure figure, double level) {
    if (!has_value(figure, level) || !has_se(figure)) return no_interval;
    if (figure.se <= 0) return (peil_bounds){.low = figure.value, .high = figure.value};
    const double half = peil_interval_t(level, figure.df) * figure.se;
    return (peil_bounds){.low = figure.value - half, .high = figure.value + half};
}
