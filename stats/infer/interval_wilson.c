/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wilson (1927) with the effective sample size n = p(1-p)/se^2, without an adjustment for degrees
 * of freedom, and t_{df,1-alpha/2} for z: the roots u of (u - p)^2 = c u(1-u), c = t^2/n, that is
 * of (1+c)u^2 - (2p+c)u + p^2 = 0. R survey 4.5, svyciprop(method = "wilson"). Of the two roots the
 * low one is a difference; their product, p^2/(1+c), gives it without loss. */
#include <math.h>

#include "infer/interval.h"

static peil_bounds bounds(peil_figure figure, double level) {
    const double p = figure.value, pq = p * (1 - p);
    const double t = peil_interval_t(level, figure.df);
    const double c = t * figure.se * (t * figure.se) / pq;
    const double high = (p + c / 2 + sqrt(c * pq + c * c / 4)) / (1 + c);
    return (peil_bounds){.low = p * p / ((1 + c) * high), .high = high};
}

const peil_interval peil_interval_wilson = {
    .name = "wilson",
    .help = "score interval on p(1-p)/se^2 respondents, t on the design df (R survey 4.5)",
    .bounds = bounds,
};
