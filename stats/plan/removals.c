/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What declared missing codes took away from the variables that measures read, and between which
 * numbers the rest lies: for the notes. */
#include <stdlib.h>

#include "core/array.h"
#include "plan/coder.h"

static void note_number(peil_removals *r, const peil_variable *about, peil_decimal number,
                        uint64_t times) {
    if (peil_variable_lacks_number(about, number)) return; /* the file says so itself */
    for (size_t k = 0; k < r->ncodes; k++)
        if (peil_literal_is_number(r->codes[k], about, number)) {
            r->counts[k] += times;
            return;
        }
    if (!r->any || peil_decimal_compare(number, r->low) < 0) r->low = number;
    if (!r->any || peil_decimal_compare(number, r->high) > 0) r->high = number;
    r->any = true;
}

static void note_text(peil_removals *r, const peil_batch_column *column, uint32_t code,
                      uint64_t times) {
    for (size_t k = 0; k < r->ncodes; k++)
        if (peil_literal_is(r->codes[k], column, code)) {
            r->counts[k] += times;
            return;
        }
}

static void note_code(peil_removals *r, const peil_batch_column *column, uint32_t code,
                      uint64_t times) {
    const peil_value *value = &column->dictionary.values[code];
    if (times == 0 || code == PEIL_MISSING_CODE) return;
    if (value->reads_number)
        note_number(r, &column->about, value->number, times);
    else
        note_text(r, column, code, times);
}

/* Each distinct value once, with how often it stands in the batch. Two counts a value take turns:
 * one that goes up in row after row would wait for itself. */
static peil_status note_codes(const peil_coder *coder, peil_removals *r, peil_fault *fault) {
    const peil_batch_column *column = &coder->batch->columns[r->column];
    uint64_t *times = NULL;
    PEIL_TRY(peil_array_make(&times, 2 * column->dictionary.count, sizeof *times, fault));
    for (size_t i = 0; i < coder->codes.rows; i++)
        times[2 * (size_t)column->codes[coder->row[i]] + i % 2] += peil_coder_in_domain(coder, i);
    for (uint32_t code = 0; code < column->dictionary.count; code++)
        note_code(r, column, code, times[2 * (size_t)code] + times[2 * (size_t)code + 1]);
    free(times);
    return PEIL_OK;
}

static peil_status note_column(peil_coder *coder, peil_removals *r, peil_fault *fault) {
    const peil_batch_column *column = &coder->batch->columns[r->column];
    if (column->use == PEIL_AS_CODES) return note_codes(coder, r, fault);
    for (size_t i = 0; i < coder->codes.rows; i++) {
        const peil_decimal number = column->decimals[coder->row[i]];
        if (!peil_coder_in_domain(coder, i)) continue;
        if (number.scale != PEIL_NO_NUMBER)
            note_number(r, &column->about, number, 1);
        else
            note_code(r, column, (uint32_t)number.digits, 1);
    }
    return PEIL_OK;
}

static bool reads_leaf(const peil_condition *condition, size_t column) {
    if (!condition) return false;
    if (condition->variable) return condition->column == column;
    return reads_leaf(condition->left, column) || reads_leaf(condition->right, column);
}

static bool is_measured(const peil_plan *plan, size_t column) {
    for (size_t m = 0; m < plan->nmeasures; m++) {
        for (size_t k = 0; k < plan->measures[m].nvariables; k++)
            if (plan->measures[m].variables[k].column == column) return true;
        if (reads_leaf(plan->measures[m].condition, column)) return true;
    }
    return false;
}

static peil_status add_column(peil_coder *coder, size_t column, peil_fault *fault) {
    const peil_plan *plan = coder->plan;
    peil_removals *r = &coder->removals[coder->nremovals];
    size_t most = 0;
    for (size_t i = 0; i < plan->nmissing; i++) most += plan->missing[i].n;
    r->column = column;
    coder->nremovals++;
    PEIL_TRY(peil_array_make(&r->codes, most, sizeof *r->codes, fault));
    PEIL_TRY(peil_array_make(&r->counts, most, sizeof *r->counts, fault));
    for (size_t i = 0; i < plan->nmissing; i++)
        for (size_t k = 0; k < plan->missing[i].n; k++)
            if (peil_missing_applies(&plan->missing[i], coder->batch->columns[column].name,
                                     PEIL_ROLE_MEASURE))
                r->codes[r->ncodes++] = &plan->missing[i].codes[k];
    if (r->ncodes == 0) { /* nothing is declared for this one */
        coder->nremovals--;
        free(r->codes);
        free(r->counts);
        *r = (peil_removals){0};
    }
    return PEIL_OK;
}

peil_status peil_removals_make(peil_coder *coder, peil_fault *fault) {
    const size_t n = coder->batch->ncolumns;
    PEIL_TRY(peil_array_make(&coder->removals, n, sizeof *coder->removals, fault));
    for (size_t i = 0; i < n && coder->plan->nmissing; i++)
        if (is_measured(coder->plan, i)) PEIL_TRY(add_column(coder, i, fault));
    return PEIL_OK;
}

peil_status peil_removals_note(peil_coder *coder, peil_fault *fault) {
    for (size_t i = 0; i < coder->nremovals; i++)
        PEIL_TRY(note_column(coder, &coder->removals[i], fault));
    return PEIL_OK;
}

void peil_removals_clear(peil_coder *coder) {
    for (size_t i = 0; i < coder->nremovals; i++) {
        free(coder->removals[i].codes);
        free(coder->removals[i].counts);
    }
    free(coder->removals);
}
