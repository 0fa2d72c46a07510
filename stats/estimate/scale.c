/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* A schaalscore: the mean of the respondents' scores. */
const peil_estimator peil_estimator_scale = {
    .kind = {.name = "scale",
             .help = "scale(a, -b; 1..5 -> 0..10; min 2)   the mean of items, a minus reverses one",
             .forms = PEIL_FORM_SCALE,
             .is_mean = true},
    .at = peil_mean_at,
    .has_deff = true,
};
