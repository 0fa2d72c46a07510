/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beta: Clopper and Pearson's interval for n* trials, Korn and Graubard (1998):
 *   n* = p(1-p)/se^2 (t_{n-1,1-alpha/2}/t_{df,1-alpha/2})^2,
 *   low = qbeta(alpha/2; n*p, n*(1-p) + 1), high = qbeta(1 - alpha/2; n*p + 1, n*(1-p)).
 * n* may be more than n. R survey svyciprop(method = "beta"). */
#include "infer/interval.h"

static peil_bounds bounds(peil_figure figure, double level) {
    return peil_interval_exact(figure.value, peil_interval_effective_n(figure, level), level);
}

const peil_interval peil_interval_beta = {
    .name = "beta",
    .help = "Korn and Graubard, effective sample size without a cap (R beta)",
    .bounds = bounds,
};
