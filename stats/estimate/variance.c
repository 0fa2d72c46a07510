/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/variance.h"

#include <stdlib.h>

#include "core/array.h"
#include "estimate/standard.h"

/* Of x_i / X, X the sum of all: the influence of a share is z_i / X - x_i / X^2 times that of X. */
static peil_status take_shares(const peil_contrast *contrasts, size_t n, peil_real *matrix,
                               peil_fault *fault) {
    peil_real *room = NULL, all = 0, variance = 0;
    PEIL_TRY(peil_array_make(&room, 2 * n, sizeof *room, fault));
    peil_real *share = room, *with_all = room + n;
    for (size_t i = 0; i < n; i++) all += share[i] = peil_contrast_value(&contrasts[i]);
    for (size_t i = 0; i < n; i++) {
        share[i] /= all;
        for (size_t j = 0; j < n; j++) with_all[i] += matrix[i * n + j];
        variance += with_all[i];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            peil_settling sum = {0, 0};
            peil_settle_add(&sum, matrix[i * n + j]);
            peil_settle_add(&sum, -share[i] * with_all[j]);
            peil_settle_add(&sum, -share[j] * with_all[i]);
            peil_settle_add(&sum, share[i] * share[j] * variance);
            matrix[i * n + j] = peil_settled(&sum) / (all * all);
        }
    free(room);
    return PEIL_OK;
}

static peil_status covariance(const peil_contrast *contrasts, size_t n, bool as_shares,
                              peil_rules rules, peil_workspace *workspace, peil_real *matrix,
                              peil_variance *out, peil_record *lonely, peil_fault *fault) {
    PEIL_TRY(peil_taylor_covariance(contrasts, n, rules, workspace, matrix, out, lonely, fault));
    if (as_shares) PEIL_TRY(take_shares(contrasts, n, matrix, fault));
    out->variance = matrix[0];
    return PEIL_OK;
}

const peil_variance_method peil_variance_by_taylor = {
    .name = "taylor",
    .needs_squares = true,
    .covariance = covariance,
};

const peil_variance_method *peil_variance_method_of(peil_rules rules) {
    return rules.replicates ? &peil_variance_by_replicates : &peil_variance_by_taylor;
}

peil_status peil_covariance_of(const peil_contrast *contrasts, size_t n, bool as_shares,
                               peil_rules rules, peil_workspace *workspace, peil_real *matrix,
                               peil_variance *out, peil_record *lonely, peil_fault *fault) {
    const peil_variance_method *method = peil_variance_method_of(rules);
    peil_by_class by_class;
    if (!peil_standard_is_in(contrasts))
        return method->covariance(contrasts, n, as_shares, rules, workspace, matrix, out, lonely,
                                  fault);
    peil_status status = peil_by_class_make(contrasts, n, &by_class, fault);
    if (status == PEIL_OK)
        status = method->covariance(by_class.contrasts, n, as_shares, rules, workspace, matrix, out,
                                    lonely, fault);
    peil_by_class_clear(&by_class);
    return status;
}

peil_status peil_variance_of(const peil_contrast *contrast, peil_rules rules,
                             peil_workspace *workspace, peil_variance *out, peil_record *lonely,
                             peil_fault *fault) {
    peil_real variance;
    return peil_covariance_of(contrast, 1, false, rules, workspace, &variance, out, lonely, fault);
}
