/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that grow. Every array is either whole or untouched after a failing allocation, so that a
 * half-filled report can always be cleared. */
#include "report/report.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"

/* Makes room for `more` strings after the first n; columns, notes and request are short lists. */
static bool grow_list(char ***list, size_t n, size_t more) {
    char **grown = realloc(*list, (n + more) * sizeof **list);
    if (!grown) return false;
    *list = grown;
    return true;
}

static bool grow_kinds(peil_report *report) {
    peil_column_kind *grown =
        realloc(report->kinds, (report->ncolumns + 1) * sizeof *report->kinds);
    if (grown) report->kinds = grown;
    return grown;
}

static void clear_list(char **list, size_t n) {
    for (size_t i = 0; i < n; i++) free(list[i]);
    free(list);
}

static void release(peil_cell *cell) {
    if (cell->kind == PEIL_CELL_TEXT || cell->kind == PEIL_CELL_CODE) free(cell->as.text);
    *cell = (peil_cell){.kind = PEIL_CELL_EMPTY};
}

/* Doubles the room for rows. Two arrays: when the second fails the first is only larger. */
static bool grow_rows(peil_report *report) {
    const size_t limit = SIZE_MAX / 2 / sizeof(peil_cell) / report->ncolumns;
    const size_t capacity = report->rows_capacity ? report->rows_capacity : 8;
    if (capacity > limit) return false;
    peil_cell *cells = realloc(report->cells, 2 * capacity * report->ncolumns * sizeof *cells);
    if (!cells) return false;
    report->cells = cells;
    peil_unit *units = realloc(report->units, 2 * capacity * sizeof *units);
    if (!units) return false;
    report->units = units;
    report->rows_capacity = 2 * capacity;
    return true;
}

static peil_status copy_name(const char *name, char **out, peil_fault *fault) {
    return name ? peil_string_copy(name, strlen(name), out, fault) : PEIL_OK;
}

peil_status peil_input_copy(const peil_input *from, peil_input *out, peil_fault *fault) {
    *out = *from;
    out->name = out->schema = out->hierarchy = NULL;
    PEIL_TRY(copy_name(from->name, &out->name, fault));
    PEIL_TRY(copy_name(from->schema, &out->schema, fault));
    return copy_name(from->hierarchy, &out->hierarchy, fault);
}

void peil_input_clear(peil_input *input) {
    free(input->name);
    free(input->schema);
    free(input->hierarchy);
    *input = (peil_input){0};
}

peil_status peil_report_column(peil_report *report, const char *name, peil_fault *fault) {
    assert(report->nrows == 0 && !report->cells);
    char *text = NULL;
    PEIL_TRY(peil_string_copy(name, strlen(name), &text, fault));
    if (!grow_list(&report->columns, report->ncolumns, 1) || !grow_kinds(report)) {
        free(text);
        return peil_fail_memory(fault);
    }
    report->kinds[report->ncolumns] = PEIL_COLUMN_PLAIN;
    report->columns[report->ncolumns++] = text;
    return PEIL_OK;
}

peil_status peil_report_label_column(peil_report *report, peil_column_kind kind,
                                     peil_fault *fault) {
    peil_text name = {0};
    peil_text_add_format(&name, "%s_label", report->columns[report->ncolumns - 1]);
    const peil_status status =
        name.failed ? peil_fail_memory(fault) : peil_report_column(report, name.bytes, fault);
    if (status == PEIL_OK) report->kinds[report->ncolumns - 1] = kind;
    peil_text_clear(&name);
    return status;
}

peil_status peil_report_row(peil_report *report, peil_unit unit, peil_cell **cells,
                            peil_fault *fault) {
    assert(report->ncolumns > 0);
    if (report->nrows == report->rows_capacity && !grow_rows(report)) {
        return peil_fail_memory(fault);
    }
    peil_cell *row = report->cells + report->nrows * report->ncolumns;
    for (size_t i = 0; i < report->ncolumns; i++) row[i] = (peil_cell){.kind = PEIL_CELL_EMPTY};
    report->units[report->nrows++] = unit;
    *cells = row;
    return PEIL_OK;
}

peil_status peil_cell_text(peil_cell *cell, const char *text, bool is_code, peil_fault *fault) {
    char *bytes = NULL;
    PEIL_TRY(peil_string_copy(text, strlen(text), &bytes, fault));
    release(cell);
    cell->kind = is_code ? PEIL_CELL_CODE : PEIL_CELL_TEXT;
    cell->as.text = bytes;
    return PEIL_OK;
}

void peil_cell_number(peil_cell *cell, double number) {
    release(cell);
    if (isnan(number)) return;
    cell->kind = PEIL_CELL_NUMBER;
    cell->as.number = number;
}

void peil_cell_count(peil_cell *cell, uint64_t count) {
    release(cell);
    cell->kind = PEIL_CELL_COUNT;
    cell->as.count = count;
}

void peil_cell_clear(peil_cell *cell) {
    release(cell);
}

/* The first text of a row says what it is about. */
static peil_status refuse_infinite(const peil_report *report, const peil_cell *row, size_t column,
                                   peil_fault *fault) {
    size_t first = 0;
    while (first < column && row[first].kind != PEIL_CELL_TEXT) first++;
    peil_fail(fault, PEIL_EDATA,
              "%.200s: %s is beyond 1.8e308, the largest number that fits; are the weights and the "
              "answers right?",
              first < column ? row[first].as.text : report->command, report->columns[column]);
    if (fault && report->ninputs == 1)
        snprintf(fault->file, sizeof fault->file, "%s", report->inputs[0].name);
    return PEIL_EDATA;
}

peil_status peil_report_check(const peil_report *report, peil_fault *fault) {
    const size_t n = report->nrows * report->ncolumns;
    for (size_t i = 0; i < n; i++) {
        const size_t column = i % report->ncolumns;
        if (report->cells[i].kind == PEIL_CELL_NUMBER && isinf(report->cells[i].as.number))
            return refuse_infinite(report, &report->cells[i - column], column, fault);
    }
    return report->weights ? peil_report_check(report->weights, fault) : PEIL_OK;
}

/* The formatted text, allocated; NULL when memory ran out. */
PEIL_PRINTF(1, 0)
static char *formatted(const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

static bool has_note(const peil_report *report, const char *text) {
    size_t i = 0;
    while (i < report->nnotes && strcmp(report->notes[i], text) != 0) i++;
    return i < report->nnotes;
}

static char *begin_with(const char *about, char *text) {
    peil_text whole = {0};
    peil_text_add_format(&whole, "%s: %s", about, text);
    free(text);
    if (whole.failed) peil_text_clear(&whole);
    return whole.bytes;
}

peil_status peil_report_note(peil_report *report, peil_fault *fault, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = formatted(format, arguments);
    va_end(arguments);
    if (text && report->note_about) text = begin_with(report->note_about, text);
    if (text && has_note(report, text)) {
        free(text);
        return PEIL_OK;
    }
    if (!text || !grow_list(&report->notes, report->nnotes, 1)) {
        free(text);
        return peil_fail_memory(fault);
    }
    report->notes[report->nnotes++] = text;
    return PEIL_OK;
}

peil_status peil_facts_add(peil_facts *facts, const char *name, const char *value,
                           peil_fault *fault) {
    char *first = NULL, *second = NULL;
    peil_status status = peil_string_copy(name, strlen(name), &first, fault);
    if (status == PEIL_OK) status = peil_string_copy(value, strlen(value), &second, fault);
    if (status == PEIL_OK && !grow_list(&facts->words, 2 * facts->n, 2)) {
        status = peil_fail_memory(fault);
    }
    if (status != PEIL_OK) {
        free(first);
        free(second);
        return status;
    }
    facts->words[2 * facts->n] = first;
    facts->words[2 * facts->n + 1] = second;
    facts->n++;
    return PEIL_OK;
}

const char *peil_facts_find(const peil_facts *facts, const char *name) {
    for (size_t i = 0; i < facts->n; i++) {
        if (strcmp(facts->words[2 * i], name) == 0) return facts->words[2 * i + 1];
    }
    return NULL;
}

static void clear_facts(peil_facts *facts) {
    clear_list(facts->words, 2 * facts->n);
}

peil_status peil_report_method(peil_report *report, peil_facts **method, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&report->methods, &report->methods_capacity, report->nmethods + 1,
                                sizeof *report->methods, fault));
    *method = &report->methods[report->nmethods++];
    **method = (peil_facts){0};
    return PEIL_OK;
}

peil_status peil_report_counts(peil_report *report, peil_counts **counts, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&report->counts, &report->counts_capacity, report->ncounts + 1,
                                sizeof *report->counts, fault));
    *counts = &report->counts[report->ncounts++];
    **counts = (peil_counts){0};
    return PEIL_OK;
}

peil_status peil_report_request(peil_report *report, const char *name, const char *value,
                                peil_fault *fault) {
    return peil_facts_add(&report->request, name, value, fault);
}

peil_status peil_report_title(peil_report *report, const char *title, peil_fault *fault) {
    return peil_string_copy(title, strlen(title), &report->title, fault);
}

peil_status peil_report_section(peil_report *report, const char *title, peil_section **section,
                                peil_fault *fault) {
    peil_section made = {.row = report->nrows, .decimals = -1};
    PEIL_TRY(peil_array_reserve(&report->sections, &report->sections_capacity,
                                report->nsections + 1, sizeof made, fault));
    PEIL_TRY(peil_string_copy(title, strlen(title), &made.title, fault));
    *section = &report->sections[report->nsections++];
    **section = made;
    return PEIL_OK;
}

const peil_section *peil_report_section_of(const peil_report *report, size_t row) {
    size_t low = 0, high = report->nsections;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (report->sections[middle].row <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &report->sections[low - 1] : NULL;
}

size_t peil_report_find(const peil_report *report, const char *name) {
    size_t i = 0;
    while (i < report->ncolumns && strcmp(report->columns[i], name) != 0) i++;
    return i;
}

/* ---- pieces ---- */

peil_status peil_report_like(const peil_report *report, peil_report *out, peil_fault *fault) {
    *out = (peil_report){.command = report->command,
                         .has_keys = report->has_keys,
                         .note_about = report->note_about,
                         .has_language = report->has_language,
                         .language = report->language,
                         .level = report->level};
    for (size_t i = 0; i < report->ncolumns; i++) {
        PEIL_TRY(peil_report_column(out, report->columns[i], fault));
        out->kinds[i] = report->kinds[i];
    }
    return PEIL_OK;
}

static peil_status take_sections(peil_report *report, peil_report *from, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&report->sections, &report->sections_capacity,
                                report->nsections + from->nsections, sizeof *report->sections,
                                fault));
    for (size_t i = 0; i < from->nsections; i++) {
        peil_section *section = &report->sections[report->nsections++];
        *section = from->sections[i];
        section->row += report->nrows;
    }
    from->nsections = 0;
    return PEIL_OK;
}

static peil_status take_rows(peil_report *report, peil_report *from, peil_fault *fault) {
    const size_t width = report->ncolumns;
    if (from->nrows == 0) return PEIL_OK;
    while (report->rows_capacity - report->nrows < from->nrows)
        if (!grow_rows(report)) return peil_fail_memory(fault);
    memcpy(report->cells + report->nrows * width, from->cells,
           from->nrows * width * sizeof *from->cells);
    memcpy(report->units + report->nrows, from->units, from->nrows * sizeof *from->units);
    report->nrows += from->nrows;
    from->nrows = 0;
    return PEIL_OK;
}

/* Those that are there already stay where they are. */
static peil_status take_notes(peil_report *report, peil_report *from, peil_fault *fault) {
    if (from->nnotes && !grow_list(&report->notes, report->nnotes, from->nnotes))
        return peil_fail_memory(fault);
    for (size_t i = 0; i < from->nnotes; i++) {
        if (has_note(report, from->notes[i])) continue;
        report->notes[report->nnotes++] = from->notes[i];
        from->notes[i] = NULL;
    }
    return PEIL_OK;
}

peil_status peil_report_take(peil_report *report, peil_report *from, peil_fault *fault) {
    assert(from->ncolumns == report->ncolumns);
    PEIL_TRY(take_sections(report, from, fault));
    PEIL_TRY(take_rows(report, from, fault));
    return take_notes(report, from, fault);
}

void peil_report_clear(peil_report *report) {
    for (size_t i = 0; i < report->nrows * report->ncolumns; i++) release(&report->cells[i]);
    for (size_t i = 0; i < report->ninputs; i++) peil_input_clear(&report->inputs[i]);
    for (size_t i = 0; i < report->nsections; i++) {
        free(report->sections[i].title);
        peil_text_clear(&report->sections[i].head);
        peil_text_clear(&report->sections[i].tail);
    }
    free(report->sections);
    free(report->title);
    peil_faults_clear(&report->faults);
    if (report->weights) peil_report_clear(report->weights);
    free(report->weights);
    free(report->cells);
    free(report->units);
    free(report->inputs);
    clear_list(report->columns, report->ncolumns);
    free(report->kinds);
    clear_list(report->notes, report->nnotes);
    clear_facts(&report->request);
    for (size_t i = 0; i < report->nmethods; i++) clear_facts(&report->methods[i]);
    for (size_t i = 0; i < report->ncounts; i++) clear_facts(&report->counts[i].about);
    free(report->methods);
    free(report->counts);
    peil_text_clear(&report->document);
    *report = (peil_report){0};
}
