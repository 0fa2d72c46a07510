/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/difference.h"

#include <assert.h>

peil_status peil_difference_side(const peil_tableau *tableau, const uint32_t *cells, size_t ncells,
                                 size_t category, peil_linear *out, peil_fault *fault) {
    peil_finding finding;
    *out = peil_tableau_linear(tableau, cells, ncells, category);
    if (!tableau->estimator->invert) return PEIL_OK;
    PEIL_TRY(peil_tableau_figure(tableau, cells, ncells, category, &finding, fault));
    *out = finding.linear;
    return PEIL_OK;
}

peil_status peil_difference_make(const peil_tableau *tableau, const peil_linear *a,
                                 const peil_linear *b, peil_difference *out, peil_fault *fault) {
    const peil_study *study = tableau->study;
    const peil_contrast contrast = {2, {a, b}, {1, -1}};
    const double times = tableau->estimator->kind.is_percent ? 100 : 1;
    const peil_real gap = a->theta - b->theta;
    peil_variance variance;
    peil_record lonely = {0};
    assert(!a->is_of_share && !b->is_of_share);
    const peil_status status =
        peil_variance_of(&contrast, study->rules, study->workspace, &variance, &lonely, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(study->pass, lonely, fault);
    if (status != PEIL_OK) return status;
    const double se = (double)peil_variance_se(&variance), df = (double)variance.df;
    const peil_bounds bounds =
        peil_interval_mean((peil_figure){(double)gap, se, 0, df}, study->level);
    *out = (peil_difference){.value = (double)(gap * (peil_real)times),
                             .se = times * se,
                             .bounds = {times * bounds.low, times * bounds.high},
                             .df = df,
                             .test = peil_test_t((double)gap, se, df),
                             .lacks_replicates = variance.lacks_replicates};
    return PEIL_OK;
}
