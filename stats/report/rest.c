/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/rest.h"

#include <stdlib.h>

#include "core/array.h"
#include "report/judge.h"

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

static size_t count_values(const peil_tableau *t) {
    return t->crossing.nvalues[t->crossing.nby - 1];
}

static peil_status begin(peil_rests *r, const peil_tableau *t, peil_fault *fault) {
    const size_t nvalues = count_values(t), level = level_around(t);
    r->tableau = NULL;
    r->n = 0;
    PEIL_TRY(
        peil_array_reserve(&r->around, &r->around_capacity, nvalues, sizeof *r->around, fault));
    for (size_t i = 0; i < nvalues; i++) r->around[i] = area_around(t, i, level);
    r->tableau = t;
    return PEIL_OK;
}

/* ---- looking ahead ---- */

static size_t list_rest(const peil_rests *r, uint32_t first, size_t own, uint32_t *cells) {
    const size_t nvalues = count_values(r->tableau);
    size_t n = 0;
    for (size_t k = 0; k < r->tableau->nclasses; k++)
        for (size_t i = 0; i < nvalues; i++)
            if (i != own && r->around[i] == r->around[own])
                cells[n++] = peil_tableau_cell_in_class(r->tableau, first + i, k);
    return n;
}

static void add_group(peil_rests *r, uint32_t first, size_t own) {
    const peil_tableau *t = r->tableau;
    const uint32_t cell = first + (uint32_t)own;
    uint32_t *cells = r->cells + r->n * count_values(t) * t->nclasses;
    const peil_cells rest = {cells, list_rest(r, first, own, cells)};
    const peil_cells group = peil_tableau_cells(t, cell);
    r->of[r->n] = cell;
    r->groups[r->n++] = (peil_opposed){group, rest, peil_judge_hides_either(t, group, rest)};
}

/* The cell and those behind it, as far as they have each other in their rests. */
static peil_status look_ahead(peil_rests *r, uint32_t cell, peil_fault *fault) {
    const peil_tableau *t = r->tableau;
    const size_t nvalues = count_values(t), own = cell % nvalues, most = peil_ahead_count(t);
    const uint32_t first = cell - (uint32_t)own;
    r->n = 0;
    PEIL_TRY(peil_array_reserve(&r->cells, &r->cells_capacity, most * nvalues * t->nclasses,
                                sizeof *r->cells, fault));
    PEIL_TRY(peil_array_reserve(&r->ahead, &r->ahead_capacity, most * t->ncategories,
                                sizeof *r->ahead, fault));
    for (size_t i = own; i < nvalues && r->n < most; i++)
        if (r->around[i] == r->around[own] && (i == own || t->crossing.is_occupied[first + i]))
            add_group(r, first, i);
    const peil_status status = peil_ahead_make(t, r->groups, r->n, r->ahead, fault);
    if (status != PEIL_OK) r->n = 0;
    return status;
}

peil_status peil_rests_find(peil_rests *r, const peil_tableau *t, uint32_t cell, size_t category,
                            peil_cells *rest, const peil_ahead **ahead, peil_fault *fault) {
    size_t i = 0;
    if (r->tableau != t) PEIL_TRY(begin(r, t, fault));
    while (i < r->n && r->of[i] != cell) i++;
    if (i == r->n) {
        PEIL_TRY(look_ahead(r, cell, fault));
        i = 0;
    }
    *rest = r->groups[i].rest;
    *ahead = &r->ahead[i * t->ncategories + category];
    return PEIL_OK;
}

void peil_rests_clear(peil_rests *r) {
    free(r->around);
    free(r->cells);
    free(r->ahead);
    *r = (peil_rests){0};
}
