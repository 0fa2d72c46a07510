/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of two groups by the answers to a question, and the tests of whether the groups answer
 * alike. Everything is a function of the weighted totals and a design-based covariance. */
#ifndef PEIL_INFER_TWOWAY_H
#define PEIL_INFER_TWOWAY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "core/real.h"

typedef struct peil_twoway {
    size_t n;                    /* answers */
    const peil_real *totals;     /* 2n: weighted totals of the first group, then of the second */
    const peil_real *covariance; /* 2n x 2n: see the test */
} peil_twoway;

/* What a table lacks. */
typedef struct peil_gap {
    bool unchosen; /* an answer that nobody in either group gave: it is left out of the test */
    bool zero;     /* an answer that nobody in one group gave */
    bool untested; /* no test: nobody in a group, one answer in all, no variance, too few units */
} peil_gap;

typedef struct peil_association {
    size_t df; /* answers that somebody gave, minus 1 */
    /* Pearson's X^2 over the sum of its generalised design effects, which are the eigenvalues of
     * Rao and Scott's matrix; or Wald's W. NaN: there is no test. */
    double statistic;
    double effective_df; /* Rao and Scott's: the square of the sum over the sum of squares */
    peil_gap gap;
} peil_association;

/* The covariance is that of the totals as shares of their sum. Rao and Scott (1984), the design
 * effects at the observed proportions, as R's svychisq and Stata. As in R, where the share of a
 * cell without anybody would be divided by, the cell counts for nothing: the test is rough then. */
peil_status peil_twoway_rao_scott(const peil_twoway *table, peil_association *out,
                                  peil_fault *fault) PEIL_CHECKED;

/* The covariance is that of the totals. W of Koch, Freeman and Freeman (1975) on Y = T - row total
 * x column total / total, as R's svychisq. No test where the covariance of Y is singular, as it is
 * when there are no more units than answers (R stops). */
peil_status peil_twoway_wald(const peil_twoway *table, peil_association *out,
                             peil_fault *fault) PEIL_CHECKED;

#endif
