/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/distance.h"

/* Deville and Sarndal (1992), case 6: between L and U, and near neither at a cost. R: cal.logit.
 *     g = (L (U - 1) + U (1 - L) e^(A u)) / (U - 1 + (1 - L) e^(A u)),  A = (U - L)/((1 - L)(U -
 * 1))
 */
static peil_real g(peil_real u, peil_limits limits) {
    const peil_real below = 1 - limits.low, above = limits.high - 1;
    const peil_real e = peil_real_exp((limits.high - limits.low) / (below * above) * u);
    return (limits.low * above + limits.high * below * e) / (above + below * e);
}

static peil_real slope(peil_real g_at_u, peil_limits limits) {
    return (g_at_u - limits.low) * (limits.high - g_at_u) / ((1 - limits.low) * (limits.high - 1));
}

const peil_distance peil_distance_logit = {
    .name = "logit",
    .help = "raking that slows down towards the --bounds, which it needs",
    .needs_limits = true,
    .g = g,
    .slope = slope,
};
