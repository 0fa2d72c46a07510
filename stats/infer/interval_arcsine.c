/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arcsine: sin^2(asin(sqrt p) -+ t_{df,1-alpha/2} se/(2 sqrt(p(1-p)))), the delta method on the
 * angle. R survey svyciprop(method = "asin"), but for angles outside [0, pi/2]: R squares the sine
 * of a negative angle, which puts the lower bound above 0; here the angle stops at 0, or at pi/2.
 */
#include <math.h>

#include "infer/interval.h"

static const double half_pi = 1.57079632679489661923;

static double share(double angle) {
    const double sine = sin(fmin(fmax(angle, 0), half_pi));
    return sine * sine;
}

static peil_bounds bounds(peil_figure figure, double level) {
    const double p = figure.value, angle = asin(sqrt(p));
    const double half = peil_interval_t(level, figure.df) * figure.se / (2 * sqrt(p * (1 - p)));
    return (peil_bounds){.low = share(angle - half), .high = share(angle + half)};
}

const peil_interval peil_interval_arcsine = {
    .name = "arcsine",
    .help = "symmetric on the arcsine of the root, t on the design df (R asin, clamped)",
    .bounds = bounds,
};
