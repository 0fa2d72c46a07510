/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Balanced half samples: one of the two units of each stratum, counted twice (McCarthy 1966), or
 * both, one for 2 - K and the other for K (Fay; Judkins 1990). */
#include <stdlib.h>

#include "core/array.h"
#include "core/hadamard.h"
#include "estimate/replication.h"

/* 1 / (R (1 - K)^2) */
static peil_real scale(const peil_replication_choice *choice) {
    const peil_real less = 1 - choice->fay;
    return 1 / ((peil_real)choice->n * less * less);
}

static peil_status check_stratum(const peil_stratum *stratum, bool is_certain, peil_record *record,
                                 peil_fault *fault) {
    if (is_certain || stratum->n == 2) return PEIL_OK;
    *record = stratum->first;
    return peil_refuse(fault, stratum->first.record, "",
                       "the stratum of this record has %llu sampled units; half samples need two "
                       "in each",
                       (unsigned long long)stratum->n);
}

static peil_status make_room(const peil_stage *stage, size_t n, peil_replicates *out,
                             peil_fault *fault) {
    PEIL_TRY(peil_replicates_make(n, out, fault));
    PEIL_TRY(peil_array_make(&out->base, stage->nstrata, sizeof *out->base, fault));
    PEIL_TRY(peil_array_make(&out->step, stage->nstrata, sizeof *out->step, fault));
    return peil_array_make(&out->times, stage->nunits * n, sizeof *out->times, fault);
}

/* Stratum after stratum takes the next row of the matrix, the first of all 1 left out: where it has
 * -1 the unit that is first in order is in the half sample, where it has 1 the other, as R's. */
static peil_status fill(const peil_design *design, const peil_replication_choice *choice,
                        const int8_t *matrix, const bool *is_certain, peil_replicates *out,
                        peil_fault *fault) {
    const peil_stage *stage = &design->stages[0];
    PEIL_TRY(make_room(stage, out->n, out, fault));
    size_t row = 0, unit = 0;
    for (size_t h = 0; h < stage->nstrata; unit += stage->strata[h].n, h++) {
        out->base[h] = is_certain[h] ? 1 : choice->fay;
        out->step[h] = is_certain[h] ? 0 : 2 - 2 * choice->fay;
        if (is_certain[h]) continue;
        row++;
        for (size_t r = 0; r < out->n; r++)
            out->times[(unit + (matrix[row * out->n + r] > 0)) * out->n + r] = 1;
    }
    return PEIL_OK;
}

static peil_status count_strata(const peil_stage *stage, const peil_replication_choice *choice,
                                bool *is_certain, size_t *n, peil_record *record,
                                peil_fault *fault) {
    *n = 0;
    for (size_t h = 0; h < stage->nstrata; h++) {
        const peil_stratum *stratum = &stage->strata[h];
        PEIL_TRY(peil_stratum_is_certain(stratum, choice, &is_certain[h], record, fault));
        PEIL_TRY(check_stratum(stratum, is_certain[h], record, fault));
        *n += !is_certain[h];
    }
    return PEIL_OK;
}

static peil_status make(const peil_design *design, const peil_replication_choice *choice,
                        peil_replicates *out, peil_record *record, peil_fault *fault) {
    bool *is_certain = NULL;
    int8_t *matrix = NULL;
    size_t nstrata;
    PEIL_TRY(peil_array_make(&is_certain, design->stages[0].nstrata, sizeof *is_certain, fault));
    peil_status status =
        count_strata(&design->stages[0], choice, is_certain, &nstrata, record, fault);
    if (status == PEIL_OK) status = peil_hadamard_make(nstrata + 1, &matrix, &out->n, fault);
    if (status == PEIL_OK) status = fill(design, choice, matrix, is_certain, out, fault);
    out->scale = scale(&(peil_replication_choice){.fay = choice->fay, .n = out->n});
    free(is_certain);
    free(matrix);
    return status;
}

const peil_replication peil_replication_brr = {
    .name = "brr",
    .help = "balanced half samples: two units in each stratum (R BRR)",
    .scale = scale,
    .make = make,
};

const peil_replication peil_replication_fay = {
    .name = "fay=K",
    .help = "half samples in which the other half counts for K, as in fay=0.5 (R Fay)",
    .scale = scale,
    .make = make,
};
