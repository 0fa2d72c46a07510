/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/distance.h"

/* Deville and Sarndal (1992), case 1: the generalized regression estimator. R: cal.linear. */
peil_real peil_linear_g(peil_real u, peil_limits limits) {
    (void)limits;
    return 1 + u;
}

peil_real peil_linear_slope(peil_real g, peil_limits limits) {
    (void)g;
    (void)limits;
    return 1;
}

const peil_distance peil_distance_linear = {
    .name = "linear",
    .help = "regression (GREG): weights change by amounts, and may end below 0 without --bounds",
    .g = peil_linear_g,
    .slope = peil_linear_slope,
};
