/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/quantile.h"

/* The quantile at one half. */
static void at(peil_linear *linear) {
    peil_quantile_at(linear, (peil_real)0.5);
}

const peil_estimator peil_estimator_median = {
    .kind = {.name = "median",
             .help = "median(x), median(x; school)   the answer in the middle, by a rule",
             .forms = PEIL_FORM_VARIABLE | PEIL_FORM_SCALE,
             .ranks = true,
             .rules = peil_quantile_words},
    .at = at,
    .has_deff = true,
    .invert = peil_quantile_invert,
};
