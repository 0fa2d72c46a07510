/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* The size of the population: the total of 1. */
static void at(peil_linear *linear) {
    linear->exists = true;
    linear->influence = (peil_poly){.c[PEIL_ONE] = 1};
    linear->theta = peil_domain_sum(&linear->domain, &linear->influence);
}

const peil_estimator peil_estimator_count = {
    .kind = {.name = "count",
             .help = "count()                        the number of people in the population",
             .forms = PEIL_FORM_NOTHING,
             .is_total = true},
    .at = at,
};
