/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/together.h"

#include <stdlib.h>

#include "core/array.h"
#include "infer/band.h"
#include "report/difference.h"

/* The figures of the cells that have one, with their covariances. */
typedef struct figures {
    size_t n;
    peil_linear *linears;
    const peil_linear **terms;
    peil_contrast *contrasts;
    peil_real *matrix;
    double *covariance;
} figures;

static const peil_real one = 1;

static void clear(figures *f) {
    free(f->linears);
    free(f->terms);
    free(f->contrasts);
    free(f->matrix);
    free(f->covariance);
}

static peil_status make_room(figures *f, size_t n, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&f->linears, n, sizeof *f->linears, fault));
    PEIL_TRY(peil_array_make(&f->terms, n, sizeof *f->terms, fault));
    PEIL_TRY(peil_array_make(&f->contrasts, n, sizeof *f->contrasts, fault));
    PEIL_TRY(peil_array_make(&f->matrix, n * n, sizeof *f->matrix, fault));
    return peil_array_make(&f->covariance, n * n, sizeof *f->covariance, fault);
}

static peil_status take(figures *f, const peil_tableau *t, size_t category, peil_fault *fault) {
    for (uint32_t cell = 0; cell < t->crossing.ncells; cell++) {
        peil_linear *linear = &f->linears[f->n];
        PEIL_TRY(peil_difference_side(t, peil_tableau_cells(t, cell), category, linear, fault));
        f->terms[f->n] = linear;
        f->contrasts[f->n] = (peil_contrast){1, &f->terms[f->n], &one};
        f->n += linear->exists;
    }
    return PEIL_OK;
}

static peil_status measure(figures *f, const peil_tableau *t, double *level, peil_fault *fault) {
    const peil_study *study = t->study;
    peil_record lonely = {0};
    peil_variance variance;
    if (f->n == 0) return PEIL_OK;
    const peil_status status =
        peil_covariance_of(f->contrasts, f->n, false, study->rules, study->workspace, f->matrix,
                           &variance, &lonely, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(study->pass, lonely, fault);
    if (status != PEIL_OK) return status;
    for (size_t i = 0; i < f->n * f->n; i++) f->covariance[i] = (double)f->matrix[i];
    return peil_band_level(f->covariance, f->n, study->level, level, fault);
}

peil_status peil_together_level(const peil_tableau *t, size_t category, double *level,
                                peil_fault *fault) {
    figures f = {0};
    *level = t->study->level;
    if (t->crossing.ncells > PEIL_BAND_MOST)
        return peil_fail(fault, PEIL_EDATA,
                         "--simultaneous takes at most %d groups at a time; %s has %zu",
                         PEIL_BAND_MOST, t->measure->text, t->crossing.ncells);
    peil_status status = make_room(&f, t->crossing.ncells, fault);
    if (status == PEIL_OK) status = take(&f, t, category, fault);
    if (status == PEIL_OK) status = measure(&f, t, level, fault);
    clear(&f);
    return status;
}
