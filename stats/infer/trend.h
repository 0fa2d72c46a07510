/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polynomial trends: contrasts of figures at known places in time. */
#ifndef PEIL_INFER_TREND_H
#define PEIL_INFER_TREND_H

#include <stddef.h>

#include "core/fault.h"
#include "core/real.h"

/* A trend. To add one: a row in trend.c. */
typedef struct peil_trend {
    const char *name; /* as in --against */
    size_t degree;
} peil_trend;

extern const peil_trend peil_trends[]; /* by degree, from 1; ends in a name NULL */

/* The trend of that name, or NULL. */
const peil_trend *peil_trend_find(const char *name);

/* The factors with which n figures, at the rising places x, add up to the coefficient of u^degree
 * in the least squares polynomial of that degree in u = (x - x_1) / (x_n - x_1). Of degree 1 that
 * is the change from the first place to the last along the straight line; with two figures, their
 * difference. The factors are those of the orthogonal polynomial contrast up to its length (R:
 * contr.poly(n, scores = x)), so that a test is the same. n > degree. */
peil_status peil_trend_factors(const peil_real *x, size_t n, size_t degree, peil_real *factors,
                               peil_fault *fault) PEIL_CHECKED;

#endif
