/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* A percentage is the mean of 0 and 1; the report shows it times 100. */
const peil_estimator peil_estimator_percent = {
    .kind = {.name = "percent",
             .help = "percent(q5), percent(q5 = 1)   of the valid answers, each answer or one",
             .forms =
                 PEIL_FORM_CATEGORIES | PEIL_FORM_CONDITION | PEIL_FORM_CLASSES | PEIL_FORM_SCORE,
             .is_percent = true,
             .is_mean = true},
    .at = peil_mean_at,
    .has_deff = true,
};
