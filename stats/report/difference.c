/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/difference.h"

#include <assert.h>

#include "report/figures.h"

peil_status peil_difference_side(const peil_tableau *tableau, peil_cells cells, size_t category,
                                 peil_linear *out, peil_fault *fault) {
    peil_finding finding;
    *out = peil_tableau_linear(tableau, cells, category);
    if (!tableau->estimator->invert) return PEIL_OK;
    PEIL_TRY(peil_tableau_figure(tableau, cells, category, &finding, fault));
    *out = finding.linear;
    return PEIL_OK;
}

peil_status peil_difference_of(const peil_tableau *tableau, const peil_contrast *contrast,
                               peil_difference *out, peil_fault *fault) {
    const peil_study *study = tableau->study;
    const double times = tableau->estimator->kind.is_percent ? 100 : 1;
    peil_variance variance;
    for (size_t t = 0; t < contrast->n; t++) assert(!contrast->terms[t]->is_of_share);
    PEIL_TRY(peil_study_variance(study, contrast, &variance, fault));
    const peil_real value = peil_contrast_value(contrast);
    const double share = (double)value, se = (double)peil_variance_se(&variance);
    const double df = (double)variance.df;
    const peil_bounds bounds = peil_interval_mean((peil_figure){share, se, 0, df}, study->level);
    *out = (peil_difference){.value = (double)(value * (peil_real)times),
                             .se = times * se,
                             .bounds = {times * bounds.low, times * bounds.high},
                             .df = df,
                             .share = share,
                             .share_se = se,
                             .lacks_replicates = variance.lacks_replicates};
    return PEIL_OK;
}

peil_status peil_difference_make(const peil_tableau *tableau, const peil_linear *a,
                                 const peil_linear *b, peil_difference *out, peil_fault *fault) {
    const peil_linear *const terms[] = {a, b};
    const peil_real factors[] = {1, -1};
    return peil_difference_of(tableau, &(peil_contrast){2, terms, factors}, out, fault);
}
