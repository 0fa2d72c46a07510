/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jeffreys: the central part of the posterior under a beta(1/2, 1/2) prior, with the effective
 * sample size of the beta interval (Brown, Cai and DasGupta 2001; Franco et al. 2019):
 *   low, high = qbeta(alpha/2 and 1 - alpha/2; n*p + 1/2, n*(1-p) + 1/2). */
#include "core/distribution.h"
#include "infer/interval.h"

static peil_bounds bounds(peil_figure figure, double level) {
    const double n = peil_interval_effective_n(figure, level), tail = (1 - level) / 2;
    const double yes = n * figure.value + 0.5, no = n * (1 - figure.value) + 0.5;
    return (peil_bounds){.low = peil_beta_quantile(tail, yes, no),
                         .high = peil_beta_quantile(1 - tail, yes, no)};
}

const peil_interval peil_interval_jeffreys = {
    .name = "jeffreys",
    .help = "posterior under the Jeffreys prior, effective sample size as for beta",
    .bounds = bounds,
};
