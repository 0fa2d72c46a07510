/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What contrasts add up to in each leaf of the design, leaf after leaf: the totals of their
 * influences and, where respondents are the sampled units, the sums of products of two. With
 * calibrated weights the influences are residuals. */
#ifndef PEIL_ESTIMATE_LEAVES_H
#define PEIL_ESTIMATE_LEAVES_H

#include "estimate/influence.h"
#include "estimate/totals.h"

typedef struct peil_leaves {
    const peil_calibrated *calibrated; /* NULL when weights are not; set by the caller; borrowed */
    peil_totals totals;                /* of the leaf at hand */

    size_t width; /* contrasts that there is room for */
    peil_influences influences;
    const peil_contrast *contrasts;
    size_t n;
    size_t visit, item; /* the next ones, of influences and of everybody */
    /* calibrated: */
    peil_totals part;    /* of one visit, with the start weights */
    peil_real *products; /* by contrast, of that visit: the sum of w^2 z */
    peil_real *weighted; /* by pattern: the sum of w z of one contrast */
    peil_real *fitted;   /* by contrast, then by pattern: what the fit says of z */
    peil_real *squares;  /* by contrast: what its squared residuals are without signs */
    peil_fit_room room;
} peil_leaves;

/* Begins with contrasts of one view, which must outlive the leaves. The caller clears, when there
 * is no more to begin. */
peil_status peil_leaves_begin(const peil_contrast *contrasts, size_t n, peil_leaves *leaves,
                              peil_fault *fault) PEIL_CHECKED;

/* Fills the totals of the next leaf, in order; *n respondents of the contrasts' cells in it have a
 * weight above 0. False: there is none. */
bool peil_leaves_next(peil_leaves *leaves, uint32_t *leaf, uint64_t *n);

void peil_leaves_clear(peil_leaves *leaves);

#endif
