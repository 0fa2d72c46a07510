/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* The square root of S^2 = n/(n-1) sum w (a - mean)^2 / sum w. Its variance as R's svyvar has it,
 * the mean taken as fixed: S^2 is the mean of n/(n-1) (a - mean)^2; the root by the delta method.
 * One respondent has no sd; a constant has sd 0 and no influence. */
static void at(peil_linear *linear) {
    const peil_domain *domain = &linear->domain;
    const peil_real n = (peil_real)peil_domain_n(domain);
    if (n < 2) return;
    const peil_real weight = peil_domain_sum(domain, &(peil_poly){.c[PEIL_ONE] = 1});
    if (weight == 0) return; /* in a replicate */
    const peil_real mean = peil_domain_sum(domain, &(peil_poly){.c[PEIL_A] = 1}) / weight;
    const peil_poly away = {.centre = mean, .c[PEIL_A] = 1};
    const peil_real correction = n / (n - 1);
    const peil_real variance = correction * peil_domain_square(domain, &away) / weight;
    linear->exists = true;
    linear->theta = peil_real_sqrt(variance);
    if (linear->theta == 0) return;
    const peil_real slope = 1 / (2 * linear->theta * weight);
    linear->influence = (peil_poly){
        .centre = mean, .c[PEIL_ONE] = -slope * variance, .c[PEIL_AA] = slope * correction};
}

const peil_estimator peil_estimator_sd = {
    .kind = {.name = "sd",
             .help = "sd(x)                          the standard deviation in the population",
             .forms = PEIL_FORM_VARIABLE | PEIL_FORM_SCALE,
             .squares = true},
    .at = at,
};
