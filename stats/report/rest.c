/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/rest.h"

#include "core/array.h"

static const peil_batch_column *column_of(const peil_tableau *t, size_t k) {
    return &t->study->pass->whole.batch.columns[t->study->plan.by[t->breakdown->by[k]]];
}

/* The level whose areas the comparison stays within; nlevels when there is none. */
static size_t level_around(const peil_tableau *t) {
    const peil_hierarchy *h = t->study->plan.hierarchy;
    const size_t last = t->crossing.nby - 1;
    if (!h || column_of(t, last)->origin != PEIL_AREAS) return h ? h->nlevels : 0;
    for (size_t k = 0; k < last; k++)
        if (column_of(t, k)->origin == PEIL_AREAS &&
            column_of(t, k)->level > column_of(t, last)->level)
            return h->nlevels; /* it is the same in all these cells */
    return column_of(t, last)->level + 1;
}

/* The area of that level around value i of the last variable; 0 where there is no such level. */
static uint32_t area_around(const peil_tableau *t, size_t i, size_t level) {
    const peil_hierarchy *h = t->study->plan.hierarchy;
    const size_t last = t->crossing.nby - 1;
    const peil_batch_column *column = column_of(t, last);
    if (!h || level >= h->nlevels) return 0;
    const char *code = peil_dictionary_text(&column->dictionary, t->crossing.values[last][i]);
    return peil_hierarchy_climb(h, column->level, peil_hierarchy_find(h, column->level, code),
                                level);
}

peil_status peil_rest_of(const peil_tableau *t, uint32_t cell, uint32_t **cells, size_t *n,
                         peil_fault *fault) {
    const size_t nvalues = t->crossing.nvalues[t->crossing.nby - 1], level = level_around(t);
    const size_t own = cell % nvalues;
    const uint32_t around = area_around(t, own, level);
    *n = 0;
    PEIL_TRY(peil_array_make(cells, nvalues * t->nclasses, sizeof **cells, fault));
    for (size_t k = 0; k < t->nclasses; k++)
        for (size_t i = 0; i < nvalues; i++)
            if (i != own && area_around(t, i, level) == around)
                (*cells)[(*n)++] = peil_tableau_cell_in_class(t, cell - own + i, k);
    return PEIL_OK;
}
