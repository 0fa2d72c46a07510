/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The regression of a variable on the auxiliaries, with the start weights: what calibration takes
 * out of a figure's variance (Deville and Sarndal 1992, 3.4). */
#ifndef PEIL_CALIBRATE_FIT_H
#define PEIL_CALIBRATE_FIT_H

#include "calibrate/gram.h"

/* 2^-70: less of a sum is the rounding of a fit, as is less of a fit beside the largest. */
#define PEIL_FIT_ROUNDING ((peil_real)8.470329472543003e-22)

typedef struct peil_fit {
    peil_gram gram;
    const peil_real *weight; /* by pattern: the sum of start weights; borrowed */
} peil_fit;

/* What a regression works in, by column. */
typedef struct peil_fit_room {
    peil_sum *sums;
    peil_real *beta, *residual;
    double *solving;
} peil_fit_room;

/* Prepares regressions on x, which like the weights must outlive it. The caller clears, also after
 * a failure. */
peil_status peil_fit_make(const peil_auxiliaries *x, const peil_real *weight, peil_fit *out,
                          peil_fault *fault) PEIL_CHECKED;
void peil_fit_clear(peil_fit *fit);

/* Room for regressions by a fit, one at a time. The caller clears, also after a failure. */
peil_status peil_fit_room_make(const peil_fit *fit, peil_fit_room *out,
                               peil_fault *fault) PEIL_CHECKED;
void peil_fit_room_clear(peil_fit_room *room);

/* fitted = x' B by pattern, B = (sum w x x')^-1 sum w x z; total: by pattern, the sum of w z. What
 * is rounding becomes 0: patterns that z has nothing to do with have no fit. */
void peil_fit_apply(const peil_fit *fit, peil_fit_room *room, const peil_real *total,
                    peil_real *fitted);

#endif
