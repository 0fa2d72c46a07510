/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jackknife: every unit is left out once, and the others of its stratum stand for it (Durbin
 * 1959; Rust and Rao 1996). */
#include "core/array.h"
#include "estimate/replication.h"

/* (R - 1) / R: as many replicates as units. */
static peil_real scale(const peil_replication_choice *choice) {
    const peil_real n = (peil_real)choice->n;
    return (n - 1) / n;
}

/* Each of the n units of a stratum has a replicate, which counts for (1 - f) (n - 1) / n. */
static peil_status number_replicates(const peil_stage *stage, const peil_replication_choice *choice,
                                     peil_replicates *out, peil_record *record, peil_fault *fault) {
    size_t unit = 0, n = 0;
    for (size_t h = 0; h < stage->nstrata; h++) {
        const size_t end = unit + stage->strata[h].n;
        bool is_certain;
        PEIL_TRY(peil_stratum_is_certain(&stage->strata[h], choice, &is_certain, record, fault));
        out->first[h] = is_certain ? PEIL_NONE : (uint32_t)n;
        for (; unit < end; unit++) out->own[unit] = is_certain ? PEIL_NONE : (uint32_t)n++;
    }
    return peil_replicates_make(n, out, fault);
}

static peil_status make(const peil_design *design, const peil_replication_choice *choice,
                        peil_replicates *out, peil_record *record, peil_fault *fault) {
    const peil_stage *stage = &design->stages[0];
    PEIL_TRY(peil_array_make(&out->own, stage->nunits, sizeof *out->own, fault));
    PEIL_TRY(peil_array_make(&out->first, stage->nstrata, sizeof *out->first, fault));
    PEIL_TRY(number_replicates(stage, choice, out, record, fault));
    for (size_t u = 0; u < stage->nunits; u++) {
        const peil_stratum *stratum = &stage->strata[stage->stratum[u]];
        const peil_real n = (peil_real)stratum->n;
        if (out->own[u] != PEIL_NONE)
            out->rscales[out->own[u]] = (1 - stratum->fraction) * (n - 1) / n;
    }
    return PEIL_OK;
}

const peil_replication peil_replication_jk1 = {
    .name = "jk1",
    .help = "the jackknife of a sample without strata (R JK1)",
    .takes_fpc = true,
    .is_unstratified = true,
    .scale = scale,
    .make = make,
};

const peil_replication peil_replication_jkn = {
    .name = "jkn",
    .help = "the jackknife within strata; as columns it needs --rscales (R JKn)",
    .takes_fpc = true,
    .make = make,
};
