/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Confidence intervals. A row is pure: numbers in, bounds out. */
#ifndef PEIL_INFER_INTERVAL_H
#define PEIL_INFER_INTERVAL_H

#include <stdbool.h>

typedef struct peil_bounds {
    double low, high; /* both NaN: there is no interval */
} peil_bounds;

/* What an interval may look at. Proportions are in 0..1. */
typedef struct peil_figure {
    double value; /* the estimate */
    double se;    /* its design-based standard error */
    double n;     /* respondents with a valid answer in the cell */
    double df;    /* design degrees of freedom, more than 0 */
} peil_figure;

/* A method. To add one: a file interval_<name>.c with such a row, and the row in interval.c. */
typedef struct peil_interval {
    const char *name; /* Mandatory. As in --ci. */
    const char *help; /* Mandatory. One line: whose variant it is. */
    /* Mandatory. Bounds of a proportion with 0 < value < 1 and se > 0; level in (0,1). */
    peil_bounds (*bounds)(peil_figure figure, double level);
} peil_interval;

extern const peil_interval *const peil_intervals[]; /* ends in NULL; logit first, the default */

/* The method of that name, or NULL. */
const peil_interval *peil_interval_find(const char *name);

/* Bounds of a proportion by a method, with the rules that hold for every method: df <= 0 or a
 * missing value: no interval. Exactly 0: [0, 1 - (alpha/2)^(1/n)]; exactly 1: its mirror, whatever
 * the se. Inside (0,1) a missing se: no interval; se = 0: the value itself twice. level in (0,1).
 */
peil_bounds peil_interval_proportion(const peil_interval *method, peil_figure figure, double level);

/* value -+ t se for every other figure; df <= 0 or se missing: no interval. */
peil_bounds peil_interval_mean(peil_figure figure, double level);

/* For the rows. The half-width of a two-sided interval in standard errors: t_{df, 1 - alpha/2}. */
double peil_interval_t(double level, double df);

/* For the rows. n* of Korn and Graubard: p(1-p)/se^2 (t_{n-1}/t_df)^2; NaN where n <= 1. */
double peil_interval_effective_n(peil_figure figure, double level);

/* For the rows. Clopper and Pearson's bounds for a share of n trials; n need not be whole. */
peil_bounds peil_interval_exact(double value, double n, double level);

#endif
