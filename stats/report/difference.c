/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/difference.h"

#include <assert.h>
#include <stdlib.h>

#include "core/array.h"
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

static const peil_real minus[] = {1, -1};

static peil_difference fill(const peil_tableau *tableau, const peil_contrast *contrast,
                            const peil_variance *variance) {
    const double times = tableau->estimator->kind.is_percent ? 100 : 1;
    const peil_real value = peil_contrast_value(contrast);
    const double share = (double)value, se = (double)peil_variance_se(variance);
    const double df = (double)variance->df;
    const peil_bounds bounds =
        peil_interval_mean((peil_figure){share, se, 0, df}, tableau->study->level);
    return (peil_difference){.value = (double)(value * (peil_real)times),
                             .se = times * se,
                             .bounds = {times * bounds.low, times * bounds.high},
                             .df = df,
                             .share = share,
                             .share_se = se,
                             .lacks_replicates = variance->lacks_replicates};
}

peil_status peil_difference_of(const peil_tableau *tableau, const peil_contrast *contrast,
                               peil_difference *out, peil_fault *fault) {
    peil_variance variance;
    for (size_t t = 0; t < contrast->n; t++) assert(!contrast->terms[t]->is_of_share);
    PEIL_TRY(peil_tableau_variance(tableau, contrast, &variance, fault));
    *out = fill(tableau, contrast, &variance);
    return PEIL_OK;
}

peil_status peil_difference_make(const peil_tableau *tableau, const peil_linear *a,
                                 const peil_linear *b, peil_difference *out, peil_fault *fault) {
    const peil_linear *const terms[] = {a, b};
    return peil_difference_of(tableau, &(peil_contrast){2, terms, minus}, out, fault);
}

peil_status peil_differences_from_rest(const peil_tableau *tableau, const peil_linear *own,
                                       const peil_linear *rest, size_t n, peil_difference *out,
                                       peil_fault *fault) {
    peil_variance *variances = NULL;
    PEIL_TRY(peil_array_make(&variances, n, sizeof *variances, fault));
    const peil_status status = peil_tableau_rest_variances(tableau, own, rest, n, variances, fault);
    for (size_t k = 0; k < n && status == PEIL_OK; k++) {
        const peil_linear *const terms[] = {&own[k], &rest[k]};
        out[k] = fill(tableau, &(peil_contrast){2, terms, minus}, &variances[k]);
    }
    free(variances);
    return status;
}
