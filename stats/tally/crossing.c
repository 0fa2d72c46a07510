/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "tally/view.h"

#define CELLS_MOST ((size_t)10000000)

typedef struct ranked_code {
    uint32_t rank, code;
} ranked_code;

static int by_rank(const void *a, const void *b) {
    const uint32_t x = ((const ranked_code *)a)->rank, y = ((const ranked_code *)b)->rank;
    return (x > y) - (x < y);
}

/* Where a variable of the breakdown stands in the cube's chain. */
static size_t place_in(const peil_cube *cube, size_t by) {
    size_t k = 0;
    while (cube->by[k] != by) k++;
    return k;
}

/* The distinct codes at one place of the cube, in order, the missing one left out. */
static peil_status collect(const peil_cube *cube, size_t place, const uint32_t *rank,
                           uint32_t **values, size_t *nvalues, peil_fault *fault) {
    const peil_pairs *map = &cube->chain[place];
    ranked_code *found = NULL;
    PEIL_TRY(peil_array_make(&found, map->count, sizeof *found, fault));
    for (uint32_t i = 0; i < map->count; i++) {
        const uint32_t code = peil_pairs_second(map, i);
        found[i] = (ranked_code){rank[code], code};
    }
    qsort(found, map->count, sizeof *found, by_rank);
    const peil_status status = peil_array_make(values, map->count, sizeof **values, fault);
    *nvalues = 0;
    for (size_t i = 0; i < map->count && status == PEIL_OK; i++)
        if (found[i].code != PEIL_MISSING_CODE && (i == 0 || found[i].code != found[i - 1].code))
            (*values)[(*nvalues)++] = found[i].code;
    free(found);
    return status;
}

/* The place of a code among a variable's values, or PEIL_NONE. */
static uint32_t find_value(const peil_crossing *crossing, size_t k, const uint32_t *rank,
                           uint32_t code) {
    size_t low = 0, high = crossing->nvalues[k];
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (rank[crossing->values[k][middle]] < rank[code])
            low = middle + 1;
        else
            high = middle;
    }
    const bool found = low < crossing->nvalues[k] && crossing->values[k][low] == code;
    return found ? (uint32_t)low : PEIL_NONE;
}

static peil_status place_cells(const peil_cube *cube, const size_t *by, uint32_t *const *ranks,
                               peil_crossing *out, peil_fault *fault) {
    const size_t n = peil_cube_cells(cube);
    uint32_t *codes = NULL;
    PEIL_TRY(peil_array_make(&out->cell_of, n, sizeof *out->cell_of, fault));
    PEIL_TRY(peil_array_make(&out->is_occupied, out->ncells, sizeof *out->is_occupied, fault));
    PEIL_TRY(peil_array_make(&codes, cube->nby, sizeof *codes, fault));
    for (uint32_t base = 0; base < n; base++) {
        size_t cell = 0;
        peil_cube_codes(cube, base, codes);
        for (size_t k = 0; k < out->nby && cell != PEIL_NONE; k++) {
            const uint32_t value = find_value(out, k, ranks[by[k]], codes[place_in(cube, by[k])]);
            cell = value == PEIL_NONE ? PEIL_NONE : cell * out->nvalues[k] + value;
        }
        out->cell_of[base] = (uint32_t)cell;
        if (cell != PEIL_NONE) out->is_occupied[cell] = true;
    }
    free(codes);
    return PEIL_OK;
}

peil_status peil_crossing_make(const peil_cube *cube, const size_t *by, size_t nby,
                               uint32_t *const *ranks, peil_crossing *out, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&out->nvalues, nby, sizeof *out->nvalues, fault));
    PEIL_TRY(peil_array_make(&out->values, nby, sizeof *out->values, fault));
    out->ncells = 1;
    for (size_t k = 0; k < nby; k++) {
        out->nby++;
        PEIL_TRY(collect(cube, place_in(cube, by[k]), ranks[by[k]], &out->values[k],
                         &out->nvalues[k], fault));
        if (out->nvalues[k] && out->ncells > CELLS_MOST / out->nvalues[k])
            return peil_fail(fault, PEIL_EDATA, "a breakdown has more than %zu cells", CELLS_MOST);
        out->ncells *= out->nvalues[k];
    }
    return place_cells(cube, by, ranks, out, fault);
}

void peil_crossing_codes(const peil_crossing *crossing, size_t cell, uint32_t *codes) {
    for (size_t k = crossing->nby; k-- > 0;) {
        codes[k] = crossing->values[k][cell % crossing->nvalues[k]];
        cell /= crossing->nvalues[k];
    }
}

void peil_crossing_clear(peil_crossing *crossing) {
    for (size_t k = 0; k < crossing->nby; k++) free(crossing->values[k]);
    free(crossing->values);
    free(crossing->nvalues);
    free(crossing->cell_of);
    free(crossing->is_occupied);
    *crossing = (peil_crossing){0};
}
