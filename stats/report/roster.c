/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/roster.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/numbers.h"

static peil_status make_room(peil_roster *roster, size_t more, size_t nids, peil_fault *fault) {
    const size_t n = roster->n + more;
    PEIL_TRY(
        peil_array_reserve(&roster->cell, &roster->cells_capacity, n, sizeof *roster->cell, fault));
    PEIL_TRY(peil_array_reserve(&roster->weight, &roster->weights_capacity, n,
                                sizeof *roster->weight, fault));
    return peil_array_reserve(&roster->id, &roster->ids_capacity, n * nids, sizeof *roster->id,
                              fault);
}

peil_status peil_roster_add(peil_roster *roster, const peil_coder *coder, peil_fault *fault) {
    const peil_batch *batch = coder->batch;
    const peil_plan *plan = coder->plan;
    const size_t everybody = peil_catalog_everybody(&coder->catalog);
    PEIL_TRY(make_room(roster, batch->rows, plan->nids, fault));
    for (size_t row = 0; row < batch->rows; row++) {
        roster->cell[roster->n + row] = PEIL_NONE;
        roster->weight[roster->n + row] = (peil_decimal){0, 0};
        for (size_t k = 0; k < plan->nids; k++)
            roster->id[(roster->n + row) * plan->nids + k] =
                batch->columns[plan->ids[k]].codes[row];
    }
    for (size_t i = 0; i < coder->codes.rows; i++) {
        roster->cell[roster->n + coder->row[i]] = coder->codes.cell[everybody][i];
        roster->weight[roster->n + coder->row[i]] = coder->codes.weight[i];
    }
    roster->n += batch->rows;
    return PEIL_OK;
}

peil_status peil_roster_merge(peil_roster *into, const peil_roster *from, const peil_plan *plan,
                              const peil_translation *translation, peil_fault *fault) {
    const uint32_t *cell = translation->cell[plan->catalog.ncubes - 1];
    PEIL_TRY(make_room(into, from->n, plan->nids, fault));
    for (size_t row = 0; row < from->n; row++) {
        const size_t to = into->n + row;
        into->cell[to] = from->cell[row] == PEIL_NONE ? PEIL_NONE : cell[from->cell[row]];
        into->weight[to] = from->weight[row];
        for (size_t k = 0; k < plan->nids; k++)
            into->id[to * plan->nids + k] =
                translation->code[plan->ids[k]][from->id[row * plan->nids + k]];
    }
    into->n += from->n;
    return PEIL_OK;
}

void peil_roster_clear(peil_roster *roster) {
    free(roster->cell);
    free(roster->weight);
    free(roster->id);
    *roster = (peil_roster){0};
}

/* ---- units ---- */

typedef struct sorted_unit {
    peil_unit_of_rows unit;
    uint32_t number;
} sorted_unit;

static int by_unit(const void *a, const void *b) {
    const peil_unit_of_rows *x = &((const sorted_unit *)a)->unit,
                            *y = &((const sorted_unit *)b)->unit;
    if (x->pattern != y->pattern) return x->pattern < y->pattern ? -1 : 1;
    return peil_decimal_compare(x->weight, y->weight);
}

/* Numbers the units as they are met. */
static peil_status meet_units(const peil_roster *roster, const uint32_t *pattern_of,
                              peil_numbers *weights, peil_pairs *pairs, uint32_t *of_row,
                              peil_fault *fault) {
    const peil_decimal none = {0, 0};
    for (size_t row = 0; row < roster->n; row++) {
        uint32_t weight;
        of_row[row] = PEIL_NONE;
        if (roster->cell[row] == PEIL_NONE) continue;
        PEIL_TRY(peil_numbers_code(weights, roster->weight[row], none, &weight, fault));
        PEIL_TRY(
            peil_pairs_number(pairs, pattern_of[roster->cell[row]], weight, &of_row[row], fault));
    }
    return PEIL_OK;
}

/* Puts them in order, so that nothing depends on that of the rows. */
static peil_status sort_units(const peil_numbers *weights, const peil_pairs *pairs, size_t nrows,
                              peil_units *out, peil_fault *fault) {
    sorted_unit *order = NULL;
    uint32_t *rank = NULL;
    out->n = pairs->count;
    peil_status status = peil_array_make(&order, out->n, sizeof *order, fault);
    if (status == PEIL_OK) status = peil_array_make(&rank, out->n, sizeof *rank, fault);
    if (status == PEIL_OK) status = peil_array_make(&out->units, out->n, sizeof *out->units, fault);
    for (uint32_t i = 0; i < out->n && status == PEIL_OK; i++)
        order[i] = (sorted_unit){
            {peil_pairs_first(pairs, i), weights->values[peil_pairs_second(pairs, i)].a, 0}, i};
    if (status == PEIL_OK) qsort(order, out->n, sizeof *order, by_unit);
    for (uint32_t i = 0; i < out->n && status == PEIL_OK; i++) {
        rank[order[i].number] = i;
        out->units[i] = order[i].unit;
    }
    for (size_t row = 0; row < nrows && status == PEIL_OK; row++) {
        if (out->of_row[row] == PEIL_NONE) continue;
        out->of_row[row] = rank[out->of_row[row]];
        out->units[out->of_row[row]].n++;
    }
    free(order);
    free(rank);
    return status;
}

peil_status peil_units_make(const peil_roster *roster, const uint32_t *pattern_of, peil_units *out,
                            peil_fault *fault) {
    peil_numbers weights = {0};
    peil_pairs pairs = {0};
    *out = (peil_units){0};
    peil_status status = peil_array_make(&out->of_row, roster->n, sizeof *out->of_row, fault);
    if (status == PEIL_OK)
        status = meet_units(roster, pattern_of, &weights, &pairs, out->of_row, fault);
    if (status == PEIL_OK) status = sort_units(&weights, &pairs, roster->n, out, fault);
    peil_numbers_clear(&weights);
    peil_pairs_clear(&pairs);
    return status;
}

void peil_units_clear(peil_units *units) {
    free(units->units);
    free(units->of_row);
    *units = (peil_units){0};
}
