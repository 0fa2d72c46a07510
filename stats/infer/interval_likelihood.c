/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Likelihood: the values pi that the quasi-likelihood does not reject, scaled by the design effect
 * D = n se^2/(p(1-p)) (Rao and Scott 1984): 2n [l(p) - l(pi)] <= D t^2 n/(n-1), with t on the
 * design df and l(pi) = p log pi + (1-p) log(1-pi). R survey svyciprop(method = "likelihood")
 * interpolates a coarse profile of the same; here it is solved. */
#include <math.h>

#include "infer/interval.h"

/* log(x / y), y = x + away: close together it would cancel, and far apart 1 - away / y is all
 * rounding, or 0. */
static double log_ratio(double x, double y, double away) {
    return 2 * x < y ? log(x / y) : log1p(-away / y);
}

/* l(p) - l(pi) */
static double drop(double p, double pi) {
    return p * log_ratio(p, pi, pi - p) + (1 - p) * log_ratio(1 - p, 1 - pi, p - pi);
}

/* Where the drop reaches `most` between p and `end`, by halving: it only grows on the way. */
static double solve(double p, double end, double most) {
    double inside = p, outside = end;
    for (int i = 0; i < 1100; i++) {
        const double middle = inside + (outside - inside) / 2;
        if (middle == inside || middle == outside) break;
        if (drop(p, middle) <= most)
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

static peil_bounds bounds(peil_figure figure, double level) {
    const double p = figure.value, n = figure.n, t = peil_interval_t(level, figure.df);
    if (!(n > 1)) return (peil_bounds){NAN, NAN};
    const double most = n * figure.se * figure.se / (p * (1 - p)) * t * t / (2 * (n - 1));
    return (peil_bounds){.low = solve(p, 0, most), .high = solve(p, 1, most)};
}

const peil_interval peil_interval_likelihood = {
    .name = "likelihood",
    .help = "what the likelihood does not reject, scaled by the design effect (R likelihood)",
    .bounds = bounds,
};
