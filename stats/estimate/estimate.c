/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/estimate.h"

#include <math.h>

#include "estimate/standard.h"

/* z less its mean; where z depends on a alone, as a multiple of a less its own mean. */
static peil_poly less_mean(const peil_poly *z, peil_real mean) {
    peil_poly away = *z;
    if (z->c[PEIL_A] != 0 && z->c[PEIL_B] == 0) {
        away.centre += (mean - z->c[PEIL_ONE]) / z->c[PEIL_A];
        away.c[PEIL_ONE] = 0;
    } else {
        away.c[PEIL_ONE] -= mean;
    }
    return away;
}

/* N^2 S_z^2 / n, with S_z^2 = n/(n-1) sum w (z - zbar)^2 / N, z a poly of the first degree. */
static peil_real simple_variance(const peil_linear *linear, peil_real weight, peil_real n) {
    if (linear->domain.standard) return peil_standard_simple_variance(linear, n);
    const peil_real mean = peil_domain_sum(&linear->domain, &linear->influence) / weight;
    const peil_poly away = less_mean(&linear->influence, mean);
    return weight * peil_domain_square(&linear->domain, &away) / (n - 1);
}

static void add_efficiency(const peil_linear *linear, peil_real variance, peil_real weight,
                           peil_estimate *out) {
    const peil_estimator *estimator = linear->estimator;
    const peil_real n = (peil_real)out->n, p = linear->theta;
    if (estimator->has_deff && out->n > 1) {
        const peil_real simple = simple_variance(linear, weight, n);
        if (simple > 0) out->deff = (double)(variance / simple);
        if (simple > 0 && variance > 0) out->n_eff = (double)(n * simple / variance);
    }
    if (estimator->kind.is_percent)
        out->n_eff = variance > 0 ? (double)(p * (1 - p) / variance) : (double)NAN;
}

peil_status peil_estimate_make(const peil_linear *linear, peil_rules rules,
                               peil_workspace *workspace, peil_estimate *out, peil_record *lonely,
                               peil_fault *fault) {
    const double none = (double)NAN;
    *out = (peil_estimate){.value = none,
                           .se = none,
                           .value_100 = none,
                           .se_100 = none,
                           .weighted_n = none,
                           .n_eff = none,
                           .deff = none};
    out->n = peil_domain_n(&linear->domain);
    if (out->n == 0) return PEIL_OK;
    const peil_real weight = peil_domain_sum(&linear->domain, &(peil_poly){.c[PEIL_ONE] = 1});
    out->weighted_n = (double)weight;
    if (!linear->exists) return PEIL_OK;
    peil_variance variance;
    const peil_real one = 1;
    const peil_contrast contrast = {1, &linear, &one};
    PEIL_TRY(peil_variance_of(&contrast, rules, workspace, &variance, lonely, fault));
    const peil_real se = peil_variance_se(&variance);
    out->exists = true;
    out->value = (double)linear->theta;
    out->value_100 = (double)(100 * linear->theta);
    out->se = (double)se;
    out->se_100 = (double)(100 * se);
    out->df = variance.df;
    out->used_lonely = variance.used_lonely;
    out->lacks_replicates = variance.lacks_replicates;
    add_efficiency(linear, variance.variance, weight, out);
    return PEIL_OK;
}
