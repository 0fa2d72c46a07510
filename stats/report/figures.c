/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figures.h"

#include <stdlib.h>

#include "core/array.h"
#include "estimate/rest.h"

static const peil_real one = 1;

peil_status peil_figures_make(size_t most, peil_figures *out, peil_fault *fault) {
    *out = (peil_figures){0};
    PEIL_TRY(peil_array_make(&out->linears, most, sizeof *out->linears, fault));
    PEIL_TRY(peil_array_make(&out->terms, most, sizeof *out->terms, fault));
    PEIL_TRY(peil_array_make(&out->contrasts, most, sizeof *out->contrasts, fault));
    return peil_array_make(&out->covariance, most * most, sizeof *out->covariance, fault);
}

void peil_figures_clear(peil_figures *figures) {
    free(figures->linears);
    free(figures->terms);
    free(figures->contrasts);
    free(figures->covariance);
    *figures = (peil_figures){0};
}

void peil_figures_add(peil_figures *f, const peil_linear *linear) {
    f->linears[f->n] = *linear;
    f->terms[f->n] = &f->linears[f->n];
    f->contrasts[f->n] = (peil_contrast){1, &f->terms[f->n], &one};
    f->n++;
}

/* ---- what the design says of them ---- */

/* A stratum that is refused stands in the file of its first record. */
static peil_status name_file(const peil_study *study, peil_record lonely, peil_status status,
                             peil_fault *fault) {
    if (status == PEIL_EDATA) peil_pass_name_file(study->pass, lonely, fault);
    return status;
}

peil_status peil_figures_relate(const peil_tableau *t, bool as_shares, peil_figures *f,
                                peil_fault *fault) {
    peil_variance variance = {0};
    peil_record lonely = {0};
    const peil_status status =
        peil_covariance_of(f->contrasts, f->n, as_shares, t->study->rules, t->workspace,
                           f->covariance, &variance, &lonely, fault);
    f->df = variance.df;
    return name_file(t->study, lonely, status, fault);
}

peil_status peil_tableau_variance(const peil_tableau *t, const peil_contrast *contrast,
                                  peil_variance *out, peil_fault *fault) {
    peil_record lonely = {0};
    const peil_status status =
        peil_variance_of(contrast, t->study->rules, t->workspace, out, &lonely, fault);
    return name_file(t->study, lonely, status, fault);
}

peil_status peil_tableau_rest_variances(const peil_tableau *t, const peil_linear *own,
                                        const peil_linear *rest, size_t n, peil_variance *out,
                                        peil_fault *fault) {
    peil_record lonely = {0};
    const peil_status status =
        peil_rest_variances(own, rest, n, t->study->rules, t->workspace, out, &lonely, fault);
    return name_file(t->study, lonely, status, fault);
}

peil_status peil_tableau_estimate(const peil_tableau *t, const peil_linear *linear,
                                  peil_estimate *out, peil_fault *fault) {
    peil_record lonely = {0};
    const peil_status status =
        peil_estimate_make(linear, t->study->rules, t->workspace, out, &lonely, fault);
    return name_file(t->study, lonely, status, fault);
}
