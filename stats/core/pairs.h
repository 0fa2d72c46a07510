/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers pairs (a, b) as they are first seen: 0, 1, 2, ... Every crossing in peil is a chain of
 * such maps: strata, units in strata, cells of a breakdown, (unit, cell), (that, answer). */
#ifndef PEIL_CORE_PAIRS_H
#define PEIL_CORE_PAIRS_H

#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "core/pack.h"

#define PEIL_NONE UINT32_MAX

typedef struct peil_pairs {
    uint64_t *keys; /* a << 32 | b, by number */
    size_t count, capacity;
    struct peil_pairs_place {
        uint64_t key;
        uint32_t number; /* PEIL_NONE: free */
    } * places;
    size_t nplaces; /* a power of two, or 0 */
} peil_pairs;

/* The place of a key: its own, or the free one where it belongs. nplaces is not 0. */
static inline struct peil_pairs_place *peil_pairs_place_of(const peil_pairs *pairs, uint64_t key) {
    uint64_t hash = key * 0x9E3779B97F4A7C15u; /* Fibonacci hashing; the high bits are mixed */
    hash ^= hash >> 32;
    size_t place = (size_t)hash & (pairs->nplaces - 1);
    while (pairs->places[place].number != PEIL_NONE && pairs->places[place].key != key)
        place = (place + 1) & (pairs->nplaces - 1);
    return &pairs->places[place];
}

/* Adds a pair that is not there. */
peil_status peil_pairs_add(peil_pairs *pairs, uint64_t key, uint32_t *number,
                           peil_fault *fault) PEIL_CHECKED;

/* The number of (a, b), or PEIL_NONE. */
static inline uint32_t peil_pairs_find(const peil_pairs *pairs, uint32_t a, uint32_t b) {
    const uint64_t key = (uint64_t)a << 32 | b;
    return pairs->nplaces ? peil_pairs_place_of(pairs, key)->number : PEIL_NONE;
}

/* The number of (a, b), new when it was not seen before. */
static inline peil_status peil_pairs_number(peil_pairs *pairs, uint32_t a, uint32_t b,
                                            uint32_t *number, peil_fault *fault) {
    *number = peil_pairs_find(pairs, a, b);
    if (*number != PEIL_NONE) return PEIL_OK;
    return peil_pairs_add(pairs, (uint64_t)a << 32 | b, number, fault);
}

static inline uint32_t peil_pairs_first(const peil_pairs *pairs, uint32_t number) {
    return (uint32_t)(pairs->keys[number] >> 32);
}
static inline uint32_t peil_pairs_second(const peil_pairs *pairs, uint32_t number) {
    return (uint32_t)pairs->keys[number];
}

/* Into a state file, and out of one: of empty pairs, whose first halves are below `first` and
 * second ones below `second`. */
void peil_pairs_save(const peil_pairs *pairs, peil_text *out);
peil_status peil_pairs_load(peil_pairs *pairs, size_t first, size_t second, peil_unpacking *in,
                            peil_fault *fault) PEIL_CHECKED;

void peil_pairs_clear(peil_pairs *pairs);

#endif
