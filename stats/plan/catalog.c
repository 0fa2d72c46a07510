/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/catalog.h"

#include <stdlib.h>

#include "plan/plan.h"

void peil_cube_codes(const peil_cube *cube, uint32_t cell, uint32_t *codes) {
    for (size_t i = cube->nby; i-- > 0;) {
        codes[i] = peil_pairs_second(&cube->chain[i], cell);
        cell = peil_pairs_first(&cube->chain[i], cell);
    }
}

uint32_t peil_cube_find(const peil_cube *cube, const uint32_t *codes) {
    uint32_t cell = 0;
    for (size_t i = 0; i < cube->nby && cell != PEIL_NONE; i++)
        cell = peil_pairs_find(&cube->chain[i], cell, codes[i]);
    return cell;
}

uint32_t peil_cube_around(const peil_cube *cube, uint32_t cell, const peil_cube *all) {
    uint32_t codes[PEIL_BY_MOST], own[PEIL_BY_MOST], by_key[PEIL_BY_MOST];
    peil_cube_codes(cube, cell, codes);
    for (size_t k = 0; k < cube->nby; k++) by_key[cube->by[k]] = codes[k];
    for (size_t k = 0; k < all->nby; k++) own[k] = by_key[all->by[k]];
    return peil_cube_find(all, own);
}

peil_status peil_cube_cell(peil_cube *cube, const uint32_t *codes, uint32_t *cell,
                           peil_fault *fault) {
    *cell = 0;
    for (size_t i = 0; i < cube->nby; i++)
        PEIL_TRY(peil_pairs_number(&cube->chain[i], *cell, codes[i], cell, fault));
    return PEIL_OK;
}

void peil_catalog_clear(peil_catalog *catalog) {
    for (size_t i = 0; i < catalog->nlevels; i++) {
        peil_pairs_clear(&catalog->levels[i].nodes);
        free(catalog->levels[i].facts);
    }
    for (size_t i = 0; i < catalog->ncubes; i++) {
        for (size_t k = 0; k < catalog->cubes[i].nby; k++)
            peil_pairs_clear(&catalog->cubes[i].chain[k]);
        free(catalog->cubes[i].chain);
        free(catalog->cubes[i].by);
    }
    free(catalog->levels);
    free(catalog->weighted);
    free(catalog->met);
    free(catalog->cubes);
    *catalog = (peil_catalog){0};
}
