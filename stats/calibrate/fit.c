/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/fit.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define REFINEMENTS_MOST 8
#define ROUNDING ((peil_real)1e-28) /* less of a residual is that of the sums */

peil_status peil_fit_make(const peil_auxiliaries *x, const peil_real *weight, peil_fit *out,
                          peil_fault *fault) {
    *out = (peil_fit){.weight = weight};
    PEIL_TRY(peil_gram_make(x, &out->gram, fault));
    peil_gram_begin(&out->gram);
    for (size_t p = 0; p < x->npatterns; p++) peil_gram_add(&out->gram, p, (double)weight[p]);
    peil_gram_decompose(&out->gram);
    return PEIL_OK;
}

void peil_fit_clear(peil_fit *fit) {
    peil_gram_clear(&fit->gram);
    *fit = (peil_fit){0};
}

peil_status peil_fit_room_make(const peil_fit *fit, peil_fit_room *out, peil_fault *fault) {
    const size_t n = fit->gram.x->ncolumns;
    *out = (peil_fit_room){0};
    PEIL_TRY(peil_array_make(&out->sums, n, sizeof *out->sums, fault));
    PEIL_TRY(peil_array_make(&out->beta, n, sizeof *out->beta, fault));
    PEIL_TRY(peil_array_make(&out->residual, n, sizeof *out->residual, fault));
    return peil_array_make(&out->solving, n, sizeof *out->solving, fault);
}

void peil_fit_room_clear(peil_fit_room *room) {
    free(room->sums);
    free(room->beta);
    free(room->residual);
    free(room->solving);
    *room = (peil_fit_room){0};
}

/* sum x (total - w fitted): 0 by the columns that B depends on, once B is right. The largest. */
static peil_real find_residual(const peil_fit *fit, peil_fit_room *room, const peil_real *total,
                               const peil_real *fitted) {
    const peil_auxiliaries *x = fit->gram.x;
    peil_real most = 0;
    memset(room->sums, 0, x->ncolumns * sizeof *room->sums);
    for (size_t p = 0; p < x->npatterns; p++)
        peil_auxiliaries_add(x, p, total[p] - fit->weight[p] * fitted[p], room->sums);
    for (size_t c = 0; c < x->ncolumns; c++) {
        room->residual[c] = room->sums[c].high + room->sums[c].low;
        const peil_real scaled = peil_real_size(room->residual[c] * (peil_real)fit->gram.scale[c]);
        if (scaled > most) most = scaled;
    }
    return most;
}

static void settle(size_t n, peil_real *fitted) {
    peil_real most = 0;
    for (size_t p = 0; p < n; p++)
        if (peil_real_size(fitted[p]) > most) most = peil_real_size(fitted[p]);
    for (size_t p = 0; p < n; p++)
        if (peil_real_size(fitted[p]) <= PEIL_FIT_ROUNDING * most) fitted[p] = 0;
}

/* Each refinement leaves so little of the residual that a few end in its rounding. */
void peil_fit_apply(const peil_fit *fit, peil_fit_room *room, const peil_real *total,
                    peil_real *fitted) {
    const peil_auxiliaries *x = fit->gram.x;
    memset(room->beta, 0, x->ncolumns * sizeof *room->beta);
    memset(fitted, 0, x->npatterns * sizeof *fitted);
    const peil_real all = find_residual(fit, room, total, fitted);
    peil_real left = all;
    for (int i = 0; i < REFINEMENTS_MOST && left > ROUNDING * all; i++) {
        peil_gram_solve(&fit->gram, room->residual, room->solving, room->residual);
        for (size_t c = 0; c < x->ncolumns; c++) room->beta[c] += room->residual[c];
        for (size_t p = 0; p < x->npatterns; p++)
            fitted[p] = peil_auxiliaries_times(x, p, room->beta);
        left = find_residual(fit, room, total, fitted);
    }
    settle(x->npatterns, fitted);
}
