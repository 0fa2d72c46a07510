/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/nesting.h"

#include <stdlib.h>

#include "core/array.h"

peil_status peil_nesting_add(peil_nesting *nesting, const peil_profile *outer,
                             const uint8_t *outer_lacks, const peil_profile *inner,
                             const uint8_t *inner_lacks, size_t rows, peil_fault *fault) {
    const uint32_t *a = outer->column->codes, *b = inner->column->codes;
    uint32_t number;
    for (size_t i = 0; i < rows && !nesting->failed; i++)
        if (!outer_lacks[a[i]] && !inner_lacks[b[i]])
            PEIL_TRY(peil_pairs_number(&nesting->pairs, a[i], b[i], &number, fault));
    if (peil_profile_is_full(outer) || peil_profile_is_full(inner)) nesting->failed = true;
    return PEIL_OK;
}

peil_status peil_nesting_finish(peil_nesting *nesting, const peil_profile *outer,
                                peil_fault *fault) {
    size_t *inners = NULL;
    if (nesting->failed) return PEIL_OK;
    PEIL_TRY(peil_array_make(&inners, outer->nseen, sizeof *inners, fault));
    for (size_t i = 0; i < nesting->pairs.count; i++) inners[nesting->pairs.keys[i] >> 32]++;
    for (size_t code = 0; code < outer->nseen; code++) {
        const size_t n = inners[code];
        if (n == 0) continue;
        if (nesting->outers == 0 || n < nesting->least) nesting->least = n;
        if (n > nesting->most) nesting->most = n;
        nesting->outers++;
    }
    free(inners);
    return PEIL_OK;
}

void peil_nesting_clear(peil_nesting *nesting) {
    peil_pairs_clear(&nesting->pairs);
    *nesting = (peil_nesting){0};
}
