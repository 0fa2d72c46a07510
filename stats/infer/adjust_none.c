/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No correction: every p-value stands for itself. */
#include "infer/adjust.h"

static void adjust(const double *p, const size_t *order, size_t m, double *adjusted) {
    for (size_t i = 0; i < m; i++) adjusted[order[i]] = p[order[i]];
}

const peil_adjustment peil_adjustment_none = {
    .name = "none",
    .help = "no correction",
    .adjust = adjust,
};
