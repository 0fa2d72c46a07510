/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benjamini and Hochberg (1995), step-up: adjusted p_(i) = min(1, min over j >= i of (m/j) p_(j)).
 * Bounds the expected share of false alarms among the rejections. */
#include <math.h>

#include "infer/adjust.h"

/* m/j first, then times p: the rounding of R's p.adjust. */
static void adjust(const double *p, const size_t *order, size_t m, double *adjusted) {
    double smallest = 1;
    for (size_t i = m; i-- > 0;) {
        smallest = fmin(smallest, (double)m / (double)(i + 1) * p[order[i]]);
        adjusted[order[i]] = smallest;
    }
}

const peil_adjustment peil_adjustment_bh = {
    .name = "bh",
    .help = "false discovery rate, step-up (Benjamini and Hochberg)",
    .adjust = adjust,
};
