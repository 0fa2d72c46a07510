/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interval of a quantile, and what follows from it. */
#include <math.h>

#include "report/study.h"

static bool is_share(double share) {
    return share >= 0 && share <= 1;
}

/* Woodruff (1952): the bounds of the share at or below the quantile, read off the distribution
 * function. A share outside 0..1 is beyond the data, and has no bound (as R survey has it). The
 * share's own interval is estimate -+ t se; where all are at or below, and se is 0, that of every
 * 100 percent, where R has one of no width at the highest answer. */
static peil_bounds invert(const peil_estimator *estimator, const peil_linear *linear,
                          peil_bounds shares) {
    peil_bounds bounds = {(double)NAN, (double)NAN};
    if (shares.low >= shares.high)
        return (peil_bounds){(double)linear->theta, (double)linear->theta};
    if (is_share(shares.low)) bounds.low = (double)estimator->invert(linear, shares.low);
    if (is_share(shares.high)) bounds.high = (double)estimator->invert(linear, shares.high);
    return bounds;
}

/* Half of the interval over t, as R survey has it (Francisco and Fuller 1991, Dorfman and Valliant
 * 1993). The share's standard error says nothing when all are at or below; neither does this. */
static double error_of(peil_bounds bounds, const peil_estimate *share, double level) {
    const double width = bounds.high - bounds.low;
    if (width <= 0) return 0;
    return share->se > 0 ? width / (2 * peil_interval_t(level, (double)share->df)) : (double)NAN;
}

void peil_finding_invert(peil_finding *finding, const peil_estimator *estimator, double level) {
    peil_linear *linear = &finding->linear;
    peil_estimate *estimate = &finding->estimate;
    const double share = (double)linear->share;
    const peil_figure figure = {share, estimate->se, (double)estimate->n, (double)estimate->df};
    const peil_bounds shares = peil_interval_proportion(peil_interval_find("wald"), figure, level);
    finding->bounds = invert(estimator, linear, shares);
    finding->is_edge = share >= 1 || shares.low < 0 || shares.high > 1;
    const double se = error_of(finding->bounds, estimate, level);
    /* The share rises where the quantile falls, by the slope of the line between the bounds: the
     * density that the interval implies. So the covariances of quantiles are those of shares, and
     * the variance of one is what its interval says. */
    const peil_real slope = se > 0 ? (peil_real)se / estimate->se : se;
    for (size_t k = 0; k < 6; k++) linear->influence.c[k] *= -slope;
    linear->is_of_share = false;
    linear->slope = -slope;
    estimate->se = se;
}
