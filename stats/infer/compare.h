/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging differences: tests of one difference, and multiple comparisons over a whole run. */
#ifndef PEIL_INFER_COMPARE_H
#define PEIL_INFER_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "infer/interval.h"

typedef struct peil_test {
    double statistic, p; /* NaN when the difference cannot be tested */
} peil_test;

/* t = difference / se on df, two-sided p. se <= 0 or df <= 0: NaN, NaN. */
peil_test peil_test_t(double difference, double se, double df);

/* 1 when the intervals do not overlap (touching overlaps), 0 when they do, -1 when one is missing.
 * The rule of CBS and some GGDs: stricter than a test at the same level. */
int peil_test_overlap(peil_bounds a, peil_bounds b);

/* A correction for multiple comparisons. To add one: a file adjust_<name>.c and a row in adjust.c.
 */
typedef struct peil_adjustment {
    const char *name; /* Mandatory. As in --adjust. */
    const char *help; /* Mandatory. One line. */
    /* Mandatory. p[order[0]] <= p[order[1]] <= ... are the m p-values, none of them NaN; writes
     * adjusted[order[i]], at most 1, monotone in p. */
    void (*adjust)(const double *p, const size_t *order, size_t m, double *adjusted);
} peil_adjustment;

extern const peil_adjustment *const peil_adjustments[]; /* ends in NULL; none first, the default */

const peil_adjustment *peil_adjustment_find(const char *name);

/* Adjusts n p-values as R's p.adjust does; NaN stays NaN and does not count. `adjusted` has n
 * places. False when memory ran out. Rejecting adjusted p <= alpha rejects exactly what the
 * step-down or step-up procedure rejects, the largest rejected p included. */
bool peil_adjust(const peil_adjustment *adjustment, const double *p, size_t n, double *adjusted);

#endif
