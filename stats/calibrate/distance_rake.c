/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/distance.h"

/* Deville and Sarndal (1992), case 2: where iterative proportional fitting ends, for totals of
 * numbers too. R: cal.raking, and rake(). */
static peil_real g(peil_real u, peil_limits limits) {
    (void)limits;
    return peil_real_exp(u);
}

static peil_real slope(peil_real g_at_u, peil_limits limits) {
    (void)limits;
    return g_at_u;
}

const peil_distance peil_distance_rake = {
    .name = "rake",
    .help = "raking (IPF): weights are multiplied, and stay above 0",
    .g = g,
    .slope = slope,
};
