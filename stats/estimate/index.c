/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* A buurtscore: the mean of what each answer counts for. */
const peil_estimator peil_estimator_index = {
    .kind = {.name = "index",
             .help = "index(q: 1 = 0, 2 = 50, 3 = 100)   the mean of a recoded answer",
             .forms = PEIL_FORM_INDEX,
             .is_mean = true},
    .at = peil_mean_at,
    .has_deff = true,
};
