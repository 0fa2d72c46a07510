/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pairs.h"

#include <stdlib.h>

#include "core/array.h"

static peil_status grow(peil_pairs *pairs, peil_fault *fault) {
    peil_pairs wider = *pairs;
    wider.nplaces = pairs->nplaces ? 2 * pairs->nplaces : 64;
    PEIL_TRY(peil_array_make(&wider.places, wider.nplaces, sizeof *wider.places, fault));
    for (size_t i = 0; i < wider.nplaces; i++) wider.places[i].number = PEIL_NONE;
    for (uint32_t number = 0; number < pairs->count; number++) {
        struct peil_pairs_place *place = peil_pairs_place_of(&wider, pairs->keys[number]);
        place->key = pairs->keys[number];
        place->number = number;
    }
    free(pairs->places);
    *pairs = wider;
    return PEIL_OK;
}

peil_status peil_pairs_add(peil_pairs *pairs, uint64_t key, uint32_t *number, peil_fault *fault) {
    if (pairs->count >= PEIL_NONE - 1) return peil_fail(fault, PEIL_EDATA, "too many combinations");
    if (2 * (pairs->count + 1) > pairs->nplaces) PEIL_TRY(grow(pairs, fault));
    PEIL_TRY(peil_array_reserve(&pairs->keys, &pairs->capacity, pairs->count + 1,
                                sizeof *pairs->keys, fault));
    struct peil_pairs_place *place = peil_pairs_place_of(pairs, key);
    place->key = key;
    place->number = *number = (uint32_t)pairs->count;
    pairs->keys[pairs->count++] = key;
    return PEIL_OK;
}

void peil_pairs_save(const peil_pairs *pairs, peil_text *out) {
    peil_pack_u64(out, pairs->count);
    for (size_t i = 0; i < pairs->count; i++) peil_pack_u64(out, pairs->keys[i]);
}

peil_status peil_pairs_load(peil_pairs *pairs, size_t first, size_t second, peil_unpacking *in,
                            peil_fault *fault) {
    const size_t n = peil_unpack_count(in, sizeof *pairs->keys);
    for (size_t i = 0; i < n && !in->failed; i++) {
        const uint64_t key = peil_unpack_u64(in);
        uint32_t number;
        peil_unpack_claim(in, key >> 32 < first && (uint32_t)key < second);
        PEIL_TRY(peil_pairs_number(pairs, (uint32_t)(key >> 32), (uint32_t)key, &number, fault));
        peil_unpack_claim(in, number == i);
    }
    return peil_unpack_verdict(in, fault);
}

void peil_pairs_clear(peil_pairs *pairs) {
    free(pairs->keys);
    free(pairs->places);
    *pairs = (peil_pairs){0};
}
