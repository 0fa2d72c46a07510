/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holm (1979), step-down: adjusted p_(i) = min(1, max over j <= i of (m - j + 1) p_(j)). Bounds the
 * same chance as Bonferroni and never rejects less. */
#include <math.h>

#include "infer/adjust.h"

static void adjust(const double *p, const size_t *order, size_t m, double *adjusted) {
    double largest = 0;
    for (size_t i = 0; i < m; i++) {
        largest = fmax(largest, (double)(m - i) * p[order[i]]);
        adjusted[order[i]] = fmin(1, largest);
    }
}

const peil_adjustment peil_adjustment_holm = {
    .name = "holm",
    .help = "family-wise, step-down; never rejects less than bonferroni",
    .adjust = adjust,
};
