/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* Sarndal, Swensson and Wretman (1992), 5.6; R: svyratio. */
static void at(peil_linear *linear) {
    const peil_real above = peil_domain_sum(&linear->domain, &(peil_poly){.c[PEIL_A] = 1});
    const peil_real below = peil_domain_sum(&linear->domain, &(peil_poly){.c[PEIL_B] = 1});
    if (below == 0) return;
    linear->exists = true;
    linear->theta = above / below;
    linear->influence = (peil_poly){.c[PEIL_A] = 1 / below, .c[PEIL_B] = -linear->theta / below};
}

const peil_estimator peil_estimator_ratio = {
    .kind = {.name = "ratio",
             .help = "ratio(kosten / inkomen)        one total over another",
             .forms = PEIL_FORM_RATIO},
    .at = at,
    .has_deff = true,
};
