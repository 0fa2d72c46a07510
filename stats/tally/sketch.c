/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally/sketch.h"

#include <stdlib.h>

#include "core/array.h"
#include "core/rng.h"

#define LANES_MOST 160                 /* a quarter more than PEIL_RANK_KNOWN, as for sums */
#define NUMBERS_MOST ((size_t)1 << 29) /* of 8 bytes */
#define PLACES 5                       /* that a row is added to, one in each part of the sums */

size_t peil_sketch_lanes(size_t nreplicates) {
    return nreplicates < LANES_MOST ? nreplicates : LANES_MOST;
}

/* The sums of one place. Of n rows that all count, two have the same places and signs, and so count
 * as one, once in 32 part^5 / n^2 cells: with these, less than once in 200,000. */
static size_t part_of(size_t nreplicates) {
    return peil_sketch_lanes(nreplicates) / 4 + 16;
}

size_t peil_sketch_sums(size_t nreplicates) {
    return PLACES * part_of(nreplicates);
}

/* A draw from a row or a replicate: a place below `most`, and a sign. */
static uint32_t draw(uint64_t hash, size_t k, size_t most, bool *minus) {
    const uint64_t bits = peil_mix(hash + (k + 1) * 0x9E3779B97F4A7C15u);
    *minus = bits & 1;
    return (uint32_t)((bits >> 32) * most >> 32);
}

/* ---- the rows of a batch ---- */

peil_status peil_sketch_rows_make(size_t nreplicates, peil_sketch_rows *rows, peil_fault *fault) {
    const size_t part = LANES_MOST / PLACES;
    *rows = (peil_sketch_rows){.nreplicates = nreplicates};
    if (nreplicates <= LANES_MOST) return PEIL_OK;
    PEIL_TRY(peil_array_make(&rows->to, PLACES * nreplicates, sizeof *rows->to, fault));
    PEIL_TRY(peil_array_make(&rows->minus, PLACES * nreplicates, sizeof *rows->minus, fault));
    for (size_t r = 0; r < nreplicates; r++)
        for (size_t k = 0; k < PLACES; k++) {
            const size_t place = PLACES * r + k;
            rows->to[place] =
                (uint32_t)(k * part) + draw(peil_mix(r), k, part, &rows->minus[place]);
        }
    return PEIL_OK;
}

void peil_sketch_rows_clear(peil_sketch_rows *rows) {
    peil_addends_clear(&rows->folded);
    free(rows->hash);
    free(rows->to);
    free(rows->minus);
    free(rows->scattered);
    *rows = (peil_sketch_rows){0};
}

/* Of the weights as they are written, whatever the scale of the sums. */
static void hash_rows(peil_sketch_rows *rows, const peil_codes *codes) {
    for (size_t i = 0; i < codes->rows; i++) rows->hash[i] = 0;
    for (size_t r = 0; r < codes->nreplicates; r++) {
        const peil_decimal *weight = codes->replicate[r];
        const uint64_t odd = peil_mix(r + 1) | 1;
        for (size_t i = 0; i < codes->rows; i++) {
            const uint64_t x = (uint64_t)weight[i].digits + ((uint64_t)weight[i].scale << 57);
            rows->hash[i] = (rows->hash[i] ^ x ^ x >> 29) * odd;
        }
    }
}

peil_status peil_sketch_rows_take(peil_sketch_rows *rows, const peil_codes *codes,
                                  const peil_addends *weights, peil_fault *fault) {
    const size_t n = codes->rows;
    PEIL_TRY(peil_array_reserve(&rows->hash, &rows->hash_capacity, n, sizeof *rows->hash, fault));
    PEIL_TRY(peil_array_reserve(&rows->scattered, &rows->scattered_capacity, PLACES * n,
                                sizeof *rows->scattered, fault));
    hash_rows(rows, codes);
    if (!rows->to) return PEIL_OK;
    const peil_folding how = {LANES_MOST, PLACES, rows->to, rows->minus};
    return peil_addends_fold(&rows->folded, weights, n, &how, fault);
}

/* ---- sums ---- */

static peil_status make_slots(peil_sketch *sketch, peil_fault *fault) {
    if (sketch->slots.count > NUMBERS_MOST / sketch->sums.lanes)
        return peil_fail(fault, PEIL_EDATA,
                         "the degrees of freedom of so many cells and replicates take more than 4 "
                         "GB; --df design takes those of the whole sample");
    return peil_plane_resize(&sketch->sums, sketch->slots.count, fault);
}

peil_status peil_sketch_add(peil_sketch *sketch, peil_sketch_rows *rows,
                            const peil_addends *weights, const uint32_t *cell, size_t n,
                            peil_fault *fault) {
    const size_t part = part_of(rows->nreplicates);
    size_t nscattered = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < PLACES && cell[i] != PEIL_NONE; k++) {
            peil_scattered *at = &rows->scattered[nscattered++];
            const uint32_t sum = (uint32_t)(k * part) + draw(rows->hash[i], k, part, &at->is_off);
            PEIL_TRY(peil_pairs_number(&sketch->slots, cell[i], sum, &at->place, fault));
            at->row = (uint32_t)i;
        }
    if (nscattered == 0) return PEIL_OK;
    sketch->sums.lanes = peil_sketch_lanes(rows->nreplicates);
    PEIL_TRY(make_slots(sketch, fault));
    return peil_plane_scatter(&sketch->sums, rows->scattered, nscattered,
                              rows->to ? &rows->folded : weights, fault);
}

peil_status peil_sketch_merge(peil_sketch *into, const peil_sketch *from, const uint32_t *cell,
                              peil_fault *fault) {
    const size_t n = from->slots.count;
    uint32_t *place = NULL;
    PEIL_TRY(peil_array_make(&place, n, sizeof *place, fault));
    peil_status status = PEIL_OK;
    for (uint32_t i = 0; i < n && status == PEIL_OK; i++)
        status = peil_pairs_number(&into->slots, cell[peil_pairs_first(&from->slots, i)],
                                   peil_pairs_second(&from->slots, i), &place[i], fault);
    if (n) into->sums.lanes = from->sums.lanes;
    if (status == PEIL_OK && n) status = make_slots(into, fault);
    if (status == PEIL_OK && n) status = peil_plane_merge(&into->sums, &from->sums, place, fault);
    free(place);
    return status;
}

void peil_sketch_save(const peil_sketch *sketch, peil_text *out) {
    peil_pairs_save(&sketch->slots, out);
    peil_plane_save(&sketch->sums, out);
}

peil_status peil_sketch_load(peil_sketch *sketch, size_t ncells, size_t nreplicates,
                             peil_unpacking *in, peil_fault *fault) {
    PEIL_TRY(peil_pairs_load(&sketch->slots, ncells, peil_sketch_sums(nreplicates), in, fault));
    PEIL_TRY(peil_plane_load(&sketch->sums, in, fault));
    const size_t n = sketch->slots.count;
    peil_unpack_claim(in, sketch->sums.count == n);
    peil_unpack_claim(in, n == 0 || sketch->sums.lanes == peil_sketch_lanes(nreplicates));
    return peil_unpack_verdict(in, fault);
}

void peil_sketch_clear(peil_sketch *sketch) {
    peil_pairs_clear(&sketch->slots);
    peil_plane_clear(&sketch->sums);
}
