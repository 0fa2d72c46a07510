/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/together.h"

#include <stdlib.h>

#include "core/array.h"
#include "infer/band.h"
#include "report/difference.h"
#include "report/figures.h"

/* The figures of the cells that have one. */
static peil_status take(const peil_tableau *t, size_t category, peil_figures *figures,
                        peil_fault *fault) {
    for (uint32_t cell = 0; cell < t->crossing.ncells; cell++) {
        peil_linear linear;
        PEIL_TRY(peil_difference_side(t, peil_tableau_cells(t, cell), category, &linear, fault));
        if (linear.exists) peil_figures_add(figures, &linear);
    }
    return PEIL_OK;
}

static peil_status find_level(const peil_figures *figures, double *level, peil_fault *fault) {
    const size_t n = figures->n;
    double *covariance = NULL;
    PEIL_TRY(peil_array_make(&covariance, n * n, sizeof *covariance, fault));
    for (size_t i = 0; i < n * n; i++) covariance[i] = (double)figures->covariance[i];
    const peil_status status = peil_band_level(covariance, n, *level, level, fault);
    free(covariance);
    return status;
}

peil_status peil_together_level(const peil_tableau *t, size_t category, double *level,
                                peil_fault *fault) {
    peil_figures figures;
    *level = t->study->level;
    if (t->crossing.ncells > PEIL_BAND_MOST)
        return peil_fail(fault, PEIL_EDATA,
                         "--simultaneous takes at most %d groups at a time; %s has %zu",
                         PEIL_BAND_MOST, t->measure->text, t->crossing.ncells);
    peil_status status = peil_figures_make(t->crossing.ncells, &figures, fault);
    if (status == PEIL_OK) status = take(t, category, &figures, fault);
    if (status == PEIL_OK && figures.n > 0) {
        status = peil_figures_relate(t, false, &figures, fault);
        if (status == PEIL_OK) status = find_level(&figures, level, fault);
    }
    peil_figures_clear(&figures);
    return status;
}
