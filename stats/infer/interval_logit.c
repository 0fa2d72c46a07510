/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logit: the interval of log(p/(1-p)), whose standard error is se/(p(1-p)) (delta method), brought
 * back to a share. With d = t_{df,1-alpha/2} se/(p(1-p)) the bounds are p/(p + (1-p) exp(+-d)).
 * R survey svyciprop(method = "xlogit"), Stata, SAS TYPE=LOGIT. */
#include <math.h>

#include "infer/interval.h"

static peil_bounds bounds(peil_figure figure, double level) {
    const double p = figure.value, q = 1 - p;
    const double d = peil_interval_t(level, figure.df) * figure.se / (p * q);
    return (peil_bounds){.low = p / (p + q * exp(d)), .high = p / (p + q * exp(-d))};
}

const peil_interval peil_interval_logit = {
    .name = "logit",
    .help = "symmetric on the log-odds, t on the design df (R xlogit, Stata, SAS LOGIT)",
    .bounds = bounds,
};
