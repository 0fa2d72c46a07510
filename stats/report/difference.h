/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference between two figures of a tableau, or another contrast of its figures. */
#ifndef PEIL_REPORT_DIFFERENCE_H
#define PEIL_REPORT_DIFFERENCE_H

#include "infer/interval.h"
#include "report/study.h"

/* In the unit of the rows: percentages differ in percentage points. */
typedef struct peil_difference {
    double value, se;
    peil_bounds bounds;
    double df;
    double share, share_se; /* the same, with percentages in 0..1 */
    bool lacks_replicates;  /* as in peil_variance */
} peil_difference;

/* A figure to take a difference of, for some cells together. Its influence is its own, which a kind
 * with an interval of its own has from that interval. A fault names its file. */
peil_status peil_difference_side(const peil_tableau *tableau, peil_cells cells, size_t category,
                                 peil_linear *out, peil_fault *fault) PEIL_CHECKED;

/* A contrast, of such figures, which must exist, with the covariance of the design. A fault names
 * its file.
 */
peil_status peil_difference_of(const peil_tableau *tableau, const peil_contrast *contrast,
                               peil_difference *out, peil_fault *fault) PEIL_CHECKED;

/* a - b. */
peil_status peil_difference_make(const peil_tableau *tableau, const peil_linear *a,
                                 const peil_linear *b, peil_difference *out,
                                 peil_fault *fault) PEIL_CHECKED;

/* own[k] - rest[k] for n of them, which takes little more than one; the cells of both together are
 * the same for every k. */
peil_status peil_differences_from_rest(const peil_tableau *tableau, const peil_linear *own,
                                       const peil_linear *rest, size_t n, peil_difference *out,
                                       peil_fault *fault) PEIL_CHECKED;

#endif
