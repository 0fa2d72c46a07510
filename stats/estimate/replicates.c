/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variance over replicates: the figure is made anew with each set of weights, by the code that made
 * it from the whole sample. */
#include <math.h>
#include <stdlib.h>

#include "core/array.h"
#include "estimate/variance.h"
#include "tally/span.h"

/* ---- figures ---- */

static bool is_as_before(const peil_domain *domain, size_t r) {
    for (size_t k = 0; k < domain->ncells; k++)
        if (!peil_view_is_as_before(domain->view, domain->cells[k], r)) return false;
    return true;
}

/* A kind that inverts varies as the share at or below it does, whose answers the domain has. */
static void find(peil_linear *figure) {
    if (figure->estimator->invert)
        peil_mean_at(figure);
    else
        figure->estimator->at(figure);
}

/* The figure in replicate r, or NaN. */
static peil_real figure_in(const peil_linear *linear, size_t r) {
    const peil_view shadow = peil_view_in_replicate(linear->domain.view, r);
    peil_linear figure = *linear;
    figure.domain.view = &shadow;
    figure.exists = false;
    find(&figure);
    const bool is_finite = figure.theta - figure.theta == 0; /* the weights may be 0 */
    return figure.exists && is_finite ? figure.theta : (peil_real)NAN;
}

/* What the figure of the whole sample is held against in replicates. */
static peil_real whole_of(const peil_linear *linear) {
    return linear->estimator->invert ? linear->share : linear->theta;
}

/* How much a contrast changes with the figure in the replicates. */
static peil_real factor_of(const peil_contrast *contrast, size_t t) {
    const peil_linear *linear = contrast->terms[t];
    const bool is_turned = linear->estimator->invert && !linear->is_of_share;
    return contrast->signs[t] * (is_turned ? linear->slope : 1);
}

/* Many replicates of a jackknife differ in units outside the domain alone. */
static void add_term(const peil_linear *linear, peil_real factor, peil_real *values) {
    const size_t n = linear->domain.view->replicates.n;
    peil_real figure = 0;
    for (size_t r = 0; r < n; r++) {
        if (r == 0 || !is_as_before(&linear->domain, r)) figure = figure_in(linear, r);
        values[r] += factor * figure;
    }
}

void peil_contrast_in_replicates(const peil_contrast *contrast, peil_real *values) {
    const size_t n = contrast->terms[0]->domain.view->replicates.n;
    for (size_t r = 0; r < n; r++) values[r] = 0;
    for (size_t t = 0; t < contrast->n; t++)
        add_term(contrast->terms[t], factor_of(contrast, t), values);
}

/* ---- the variance ---- */

static bool is_there(peil_real x) {
    return x == x;
}

/* The mean over replicates that count, without those where the figure does not exist. */
static peil_real mean_of(const peil_replicates *rs, const peil_real *values) {
    peil_sum sum = {0, 0};
    peil_real n = 0;
    for (size_t r = 0; r < rs->n; r++) {
        if (!is_there(values[r]) || !(rs->rscales[r] > 0)) continue;
        peil_sum_add(&sum, values[r]);
        n++;
    }
    return n > 0 ? (sum.high + sum.low) / n : 0;
}

static void spread_of(const peil_replicates *rs, const peil_real *values, peil_real centre,
                      peil_variance *out) {
    peil_sum sum = {0, 0};
    size_t n = 0;
    for (size_t r = 0; r < rs->n; r++) {
        if (!is_there(values[r])) continue;
        const peil_real away = peil_real_less(values[r], centre);
        peil_sum_add(&sum, rs->rscales[r] * away * away);
        n++;
    }
    out->lacks_replicates = n < rs->n;
    out->variance = n || rs->n == 0 ? rs->scale * (sum.high + sum.low) : (peil_real)NAN;
}

/* ---- degrees of freedom ---- */

static int by_number(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The cells of all terms, each once, in order. */
static peil_status unite(const peil_contrast *contrast, uint32_t **cells, size_t *n,
                         peil_fault *fault) {
    size_t all = 0, distinct = 0;
    for (size_t t = 0; t < contrast->n; t++) all += contrast->terms[t]->domain.ncells;
    *cells = NULL;
    *n = 0;
    PEIL_TRY(peil_array_make(cells, all, sizeof **cells, fault));
    for (size_t t = 0; t < contrast->n; t++)
        for (size_t k = 0; k < contrast->terms[t]->domain.ncells; k++)
            (*cells)[(*n)++] = contrast->terms[t]->domain.cells[k];
    qsort(*cells, *n, sizeof **cells, by_number);
    for (size_t k = 0; k < all; k++)
        if (k == 0 || (*cells)[k] != (*cells)[distinct - 1]) (*cells)[distinct++] = (*cells)[k];
    *n = distinct;
    return PEIL_OK;
}

/* Those of columns: the rank of the weights less one (R: degf). */
static peil_status count_ranks(const peil_contrast *contrast, peil_variance *out,
                               peil_fault *fault) {
    const peil_view *view = contrast->terms[0]->domain.view;
    uint32_t *cells;
    size_t ncells, rank = 0;
    PEIL_TRY(unite(contrast, &cells, &ncells, fault));
    const peil_domain domain = {
        .view = view, .cells = cells, .ncells = ncells, .first = PEIL_EVERY_ANSWER};
    const uint64_t n = peil_domain_n(&domain);
    const peil_status status = peil_span_rank(view->span, cells, ncells, n, &rank, fault);
    out->df = (int64_t)rank - 1;
    free(cells);
    return status;
}

/* Those of a design are the design's, whatever the method; a bootstrap has no more than it drew. */
static peil_status count_units(const peil_contrast *contrast, peil_rules rules, peil_workspace *ws,
                               peil_variance *out, peil_fault *fault) {
    peil_variance taylor;
    PEIL_TRY(peil_taylor_variance(contrast, rules, ws, &taylor, NULL, fault));
    const int64_t most = (int64_t)rules.replicates->df_most;
    out->df = most && taylor.df > most ? most : taylor.df;
    out->used_lonely = taylor.used_lonely;
    return PEIL_OK;
}

static peil_real value_of(const peil_contrast *contrast) {
    peil_real value = 0;
    for (size_t t = 0; t < contrast->n; t++)
        value += factor_of(contrast, t) * whole_of(contrast->terms[t]);
    return value;
}

static peil_status variance(const peil_contrast *contrast, peil_rules rules, peil_workspace *ws,
                            peil_variance *out, peil_record *lonely, peil_fault *fault) {
    const peil_replicates *rs = rules.replicates;
    peil_real *values = NULL;
    (void)lonely; /* refused when the replicates were made */
    *out = (peil_variance){0};
    PEIL_TRY(rs->design ? count_units(contrast, rules, ws, out, fault)
                        : count_ranks(contrast, out, fault));
    PEIL_TRY(peil_array_make(&values, rs->n, sizeof *values, fault));
    peil_contrast_in_replicates(contrast, values);
    spread_of(rs, values, rs->is_about_estimate ? value_of(contrast) : mean_of(rs, values), out);
    free(values);
    return PEIL_OK;
}

const peil_variance_method peil_variance_by_replicates = {
    .name = "replicates",
    .variance = variance,
};
