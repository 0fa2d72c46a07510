/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bonferroni: min(1, m p). The chance of one false alarm or more is at most alpha (Dunn 1961). */
#include <math.h>

#include "infer/adjust.h"

static void adjust(const double *p, const size_t *order, size_t m, double *adjusted) {
    for (size_t i = 0; i < m; i++) adjusted[order[i]] = fmin(1, (double)m * p[order[i]]);
}

const peil_adjustment peil_adjustment_bonferroni = {
    .name = "bonferroni",
    .help = "family-wise, every p-value times the number of tests",
    .adjust = adjust,
};
