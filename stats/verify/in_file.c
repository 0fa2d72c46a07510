/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/in_file.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/run.h"

static peil_status add(char ***list, size_t *n, size_t *capacity, const char *name,
                       peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(list, capacity, *n + 1, sizeof **list, fault));
    PEIL_TRY(peil_string_copy(name, strlen(name), &(*list)[*n], fault));
    ++*n;
    return PEIL_OK;
}

static const peil_cell *cell_of(const peil_report *report, size_t row, const char *column) {
    return &report->cells[row * report->ncolumns + peil_report_find(report, column)];
}

static bool is_text(const peil_cell *cell, const char *text) {
    return cell->kind == PEIL_CELL_TEXT && strcmp(cell->as.text, text) == 0;
}

static bool may_weigh(const peil_report *report, size_t row) {
    const peil_cell *role = cell_of(report, row, "role"), *low = cell_of(report, row, "min");
    if (is_text(role, "weight?")) return true;
    return role->kind == PEIL_CELL_EMPTY && is_text(cell_of(report, row, "type"), "number") &&
           low->kind == PEIL_CELL_NUMBER && low->as.number > 0;
}

static peil_status take_rows(const peil_report *report, peil_in_file *out, peil_fault *fault) {
    for (size_t row = 0; row < report->nrows; row++) {
        const char *name = cell_of(report, row, "variable")->as.text;
        PEIL_TRY(add(&out->names, &out->nnames, &out->names_capacity, name, fault));
        if (may_weigh(report, row))
            PEIL_TRY(add(&out->weights, &out->nweights, &out->weights_capacity, name, fault));
    }
    return PEIL_OK;
}

peil_status peil_in_file_find(const peil_request *request, peil_in_file *out, peil_fault *fault) {
    peil_request asked = *request;
    peil_report report;
    peil_fault found = {0};
    asked.weight = NULL;
    asked.hash_inputs = false;
    peil_status status = peil_run_describe(&asked, &report, &found);
    if (status == PEIL_ESYSTEM && fault) *fault = found;
    if (status == PEIL_OK) status = take_rows(&report, out, fault);
    peil_report_clear(&report);
    return status == PEIL_ESYSTEM ? status : PEIL_OK;
}

static void clear(char **list, size_t n) {
    for (size_t i = 0; i < n; i++) free(list[i]);
    free(list);
}

void peil_in_file_clear(peil_in_file *in_file) {
    clear(in_file->names, in_file->nnames);
    clear(in_file->weights, in_file->nweights);
    *in_file = (peil_in_file){0};
}
