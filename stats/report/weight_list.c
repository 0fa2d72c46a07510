/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/weight_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* What is listed. */
typedef struct listing {
    const peil_study *study;
    const peil_input *inputs; /* by file */
} listing;

/* The file and record of a row of the roster. */
static peil_record record_of(const listing *l, size_t row) {
    const peil_input *inputs = l->inputs;
    peil_record record = {0, (uint64_t)row};
    while (record.record >= inputs[record.file].records)
        record.record -= inputs[record.file++].records;
    record.record++;
    return record;
}

static peil_status refuse_row(const listing *l, size_t row, size_t column, const char *message,
                              peil_fault *fault) {
    const peil_record record = record_of(l, row);
    peil_refuse(fault, record.record, l->study->pass->whole.batch.columns[column].name, "%s",
                message);
    peil_pass_name_file(l->study->pass, record, fault);
    return PEIL_EDATA;
}

/* A double has no more than 15 digits for sure. */
static bool is_long(const peil_value *value) {
    const peil_decimal low = {-1, -15}, high = {1, -15};
    const int64_t most = 1000000000000000;
    if (!value->is_number) return false;
    return value->number.digits >= most || value->number.digits <= -most ||
           peil_decimal_compare(value->number, high) >= 0 ||
           peil_decimal_compare(value->number, low) <= 0;
}

static peil_status check_id(const listing *l, size_t row, size_t k, peil_fault *fault) {
    const peil_plan *plan = &l->study->plan;
    const peil_dictionary *d = &l->study->pass->whole.batch.columns[plan->ids[k]].dictionary;
    const uint32_t code = l->study->whole->roster.id[row * plan->nids + k];
    if (code == PEIL_MISSING_CODE)
        return refuse_row(l, row, plan->ids[k], "the id is missing", fault);
    if (is_long(&d->values[code]))
        return refuse_row(l, row, plan->ids[k],
                          "a number of more than 15 digits, which is not kept digit by digit; "
                          "without --id the weights stand in the order of the rows",
                          fault);
    return PEIL_OK;
}

/* Weights are joined to rows by these: each must be there, once, as it was written. */
static peil_status check_ids(const listing *l, peil_pairs *seen, peil_fault *fault) {
    const size_t nids = l->study->plan.nids;
    const peil_roster *roster = &l->study->whole->roster;
    for (size_t row = 0; row < roster->n; row++) {
        uint32_t at = 0;
        for (size_t k = 0; k < nids; k++) {
            PEIL_TRY(check_id(l, row, k, fault));
            PEIL_TRY(peil_pairs_number(&seen[k], at, roster->id[row * nids + k], &at, fault));
        }
        if (seen[nids - 1].count == row) /* no new one */
            return refuse_row(l, row, l->study->plan.ids[nids - 1],
                              "the id is that of an earlier row; --id takes several variables",
                              fault);
    }
    return PEIL_OK;
}

static peil_status check_all_ids(const listing *l, peil_fault *fault) {
    const size_t n = l->study->plan.nids;
    peil_pairs *seen = NULL;
    if (n == 0) return PEIL_OK;
    PEIL_TRY(peil_array_make(&seen, n, sizeof *seen, fault));
    const peil_status status = check_ids(l, seen, fault);
    for (size_t k = 0; k < n; k++) peil_pairs_clear(&seen[k]);
    free(seen);
    return status;
}

static peil_status fill_ids(const listing *l, size_t row, peil_cell *cells, peil_fault *fault) {
    const peil_plan *plan = &l->study->plan;
    if (plan->nids == 0) peil_cell_count(&cells[0], row + 1);
    for (size_t k = 0; k < plan->nids; k++) {
        const peil_dictionary *d = &l->study->pass->whole.batch.columns[plan->ids[k]].dictionary;
        const uint32_t code = l->study->whole->roster.id[row * plan->nids + k];
        PEIL_TRY(peil_cell_text(&cells[k], peil_dictionary_text(d, code), d->values[code].is_number,
                                fault));
    }
    return PEIL_OK;
}

static peil_status add_columns(const peil_study *study, peil_report *list, peil_fault *fault) {
    const peil_plan *plan = &study->plan;
    const char *name = study->request->new_weight ? study->request->new_weight : "weight";
    for (size_t k = 0; k < plan->nids; k++) {
        const char *id = study->pass->whole.batch.columns[plan->ids[k]].name;
        if (strcmp(id, name) == 0)
            return peil_fail(fault, PEIL_EUSAGE,
                             "--new-weight %s is one of --id; the weight needs a name of its own",
                             name);
        PEIL_TRY(peil_report_column(list, id, fault));
    }
    if (plan->nids == 0) PEIL_TRY(peil_report_column(list, "record", fault));
    return peil_report_column(list, name, fault);
}

peil_status peil_weight_list(const peil_study *study, const peil_input *inputs,
                             const double *weights, peil_report *list, peil_fault *fault) {
    const listing l = {study, inputs};
    list->command = "weight";
    PEIL_TRY(add_columns(study, list, fault));
    PEIL_TRY(check_all_ids(&l, fault));
    for (size_t row = 0; row < study->whole->roster.n; row++) {
        peil_cell *cells;
        PEIL_TRY(peil_report_row(list, PEIL_UNIT_NONE, &cells, fault));
        PEIL_TRY(fill_ids(&l, row, cells, fault));
        peil_cell_number(&cells[list->ncolumns - 1], weights[row]);
    }
    return PEIL_OK;
}
