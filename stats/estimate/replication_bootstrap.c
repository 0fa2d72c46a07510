/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bootstrap of Rao and Wu (1988) in the weights of Rao, Wu and Yue (1992): from the n units of
 * a stratum n - 1 are drawn with replacement, and a unit drawn m times counts for m n / (n - 1). */
#include "core/array.h"
#include "core/rng.h"
#include "estimate/replication.h"

/* 1 / (R - 1), as R survey has it. */
static peil_real scale(const peil_replication_choice *choice) {
    return 1 / ((peil_real)choice->n - 1);
}

/* The draws of a replicate in a stratum are those of a generator of their own, so that they depend
 * on the order of strata and units alone. */
static void draw(const peil_stratum *stratum, size_t h, const peil_replication_choice *choice,
                 uint32_t *times) {
    for (size_t r = 0; r < choice->n; r++) {
        peil_rng rng = peil_rng_make(choice->seed, h, r);
        for (uint64_t k = 1; k < stratum->n; k++)
            times[peil_rng_below(&rng, stratum->n) * choice->n + r]++;
    }
}

static peil_status make_room(const peil_stage *stage, const peil_replication_choice *choice,
                             peil_replicates *out, peil_fault *fault) {
    if (choice->n > SIZE_MAX / (stage->nunits + 1)) return peil_fail_memory(fault);
    PEIL_TRY(peil_replicates_make(choice->n, out, fault));
    PEIL_TRY(peil_array_make(&out->base, stage->nstrata, sizeof *out->base, fault));
    PEIL_TRY(peil_array_make(&out->step, stage->nstrata, sizeof *out->step, fault));
    return peil_array_make(&out->times, stage->nunits * choice->n, sizeof *out->times, fault);
}

static peil_status make(const peil_design *design, const peil_replication_choice *choice,
                        peil_replicates *out, peil_record *record, peil_fault *fault) {
    const peil_stage *stage = &design->stages[0];
    PEIL_TRY(make_room(stage, choice, out, fault));
    out->scale = scale(choice);
    out->df_most = choice->n - 1;
    for (size_t h = 0, unit = 0; h < stage->nstrata; unit += stage->strata[h].n, h++) {
        const peil_stratum *stratum = &stage->strata[h];
        const peil_real n = (peil_real)stratum->n;
        bool is_certain;
        PEIL_TRY(peil_stratum_is_certain(stratum, choice, &is_certain, record, fault));
        out->base[h] = is_certain;
        out->step[h] = is_certain ? 0 : n / (n - 1);
        if (!is_certain) draw(stratum, h, choice, out->times + unit * choice->n);
    }
    return PEIL_OK;
}

const peil_replication peil_replication_bootstrap = {
    .name = "bootstrap",
    .help = "units drawn again, one less than there are in each stratum (R subbootstrap)",
    .is_random = true,
    .scale = scale,
    .make = make,
};
