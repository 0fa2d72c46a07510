/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* Horvitz and Thompson (1952); R: svytotal. */
static void at(peil_linear *linear) {
    linear->exists = true;
    linear->influence = (peil_poly){.c[PEIL_A] = 1};
    linear->theta = peil_domain_sum(&linear->domain, &linear->influence);
}

const peil_estimator peil_estimator_total = {
    .kind = {.name = "total",
             .help = "total(uren), total(q5 = 1)     the sum over the population",
             .forms = PEIL_FORM_VARIABLE | PEIL_FORM_CONDITION | PEIL_FORM_SCORE,
             .is_total = true},
    .at = at,
    .has_deff = true,
};

peil_linear peil_total_make(const peil_domain *domain) {
    peil_linear linear = {.estimator = &peil_estimator_total, .domain = *domain};
    at(&linear);
    return linear;
}
