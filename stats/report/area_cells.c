/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/study.h"

/* An area in a cell of a breakdown. */
typedef struct placed_area {
    size_t level;
    uint32_t area;
} placed_area;

/* The areas of a cell; returns how many. */
static size_t areas_of(const peil_tableau *t, size_t cell, placed_area *out) {
    const peil_study *study = t->study;
    uint32_t codes[PEIL_BY_MOST];
    size_t n = 0;
    peil_crossing_codes(&t->crossing, cell, codes);
    for (size_t k = 0; k < t->crossing.nby; k++) {
        const size_t column = study->plan.by[t->breakdown->by[k]];
        const peil_batch_column *c = &study->pass->whole.batch.columns[column];
        if (c->origin != PEIL_AREAS) continue;
        const char *code = peil_dictionary_text(&c->dictionary, codes[k]);
        out[n++] =
            (placed_area){c->level, peil_hierarchy_find(study->plan.hierarchy, c->level, code)};
    }
    return n;
}

bool peil_tableau_has_cell(const peil_tableau *t, size_t cell) {
    const peil_hierarchy *h = t->study->plan.hierarchy;
    placed_area areas[PEIL_BY_MOST];
    if (!h || t->crossing.is_occupied[cell]) return true;
    const size_t n = areas_of(t, cell, areas);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (areas[i].level < areas[k].level &&
                peil_hierarchy_climb(h, areas[i].level, areas[i].area, areas[k].level) !=
                    areas[k].area)
                return false;
    return true;
}
