/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* The ratio of two totals, Sarndal, Swensson and Wretman (1992), 5.6 and 5.7; R: svymean. */
void peil_mean_at(peil_linear *linear) {
    const peil_real weight = peil_domain_sum(&linear->domain, &(peil_poly){.c[PEIL_ONE] = 1});
    const peil_real sum = peil_domain_sum(&linear->domain, &(peil_poly){.c[PEIL_A] = 1});
    linear->exists = true;
    linear->theta = sum / weight;
    linear->influence = (peil_poly){.centre = linear->theta, .c[PEIL_A] = 1 / weight};
}

const peil_estimator peil_estimator_mean = {
    .kind = {.name = "mean",
             .help = "mean(cijfer)                   the mean of a number",
             .forms = PEIL_FORM_VARIABLE | PEIL_FORM_SCALE,
             .is_mean = true},
    .at = peil_mean_at,
    .has_deff = true,
};
