/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"
#include "plan/plan.h"
#include "report/reading.h"
#include "report/run.h"
#include "report/study.h"

static const char *const columns[] = {"variable", "type", "role",   "distinct", "missing",
                                      "min",      "max",  "values", NULL};

typedef enum place { VARIABLE, TYPE, ROLE, DISTINCT, MISSING, MIN, MAX, VALUES } place;

#define DISTINCT_MOST 10000 /* more are not counted */
#define VALUES_SHOWN 12     /* a variable with more is no list of answers */

/* What was seen of one variable. */
typedef struct profile {
    uint64_t *counts; /* by code, while there are not too many distinct values */
    size_t counts_capacity;
    bool is_many; /* more than DISTINCT_MOST: the dictionary is dropped after each batch */
    uint64_t rows, missing, numbers, whole, not_positive;
    peil_decimal low, high;
} profile;

typedef struct description {
    const peil_request *request;
    peil_plan plan; /* for its missing codes alone */
    peil_batch batch;
    profile *profiles;
    peil_report *report;
} description;

/* ---- counting ---- */

static bool is_missing(const description *d, const peil_batch_column *column, uint32_t code) {
    if (code == PEIL_MISSING_CODE) return true;
    for (size_t i = 0; i < d->plan.nmissing; i++) {
        const peil_missing_codes *codes = &d->plan.missing[i];
        if (codes->variable && strcmp(codes->variable, column->name) != 0) continue;
        for (size_t k = 0; k < codes->n; k++)
            if (peil_literal_is(&codes->codes[k], column, code)) return true;
    }
    return false;
}

/* A value that occurred `count` times. */
static void add_value(profile *p, const peil_value *value, uint64_t count) {
    if (!value->is_number) return;
    if (p->numbers == 0 || peil_decimal_compare(value->number, p->low) < 0) p->low = value->number;
    if (p->numbers == 0 || peil_decimal_compare(value->number, p->high) > 0)
        p->high = value->number;
    p->numbers += count;
    if (value->number.scale <= 0) p->whole += count;
    if (value->number.digits <= 0) p->not_positive += count;
}

static peil_status count_codes(const peil_batch_column *column, size_t rows, profile *p,
                               peil_fault *fault) {
    PEIL_TRY(peil_array_extend(&p->counts, &p->counts_capacity, column->dictionary.count,
                               sizeof *p->counts, fault));
    for (size_t i = 0; i < rows; i++) p->counts[column->codes[i]]++;
    p->rows += rows;
    return PEIL_OK;
}

/* Takes the counts into the profile, for good. */
static void settle(const description *d, const peil_batch_column *column, profile *p) {
    for (uint32_t code = 0; code < column->dictionary.count && code < p->counts_capacity; code++) {
        if (is_missing(d, column, code))
            p->missing += p->counts[code];
        else if (p->counts[code])
            add_value(p, &column->dictionary.values[code], p->counts[code]);
    }
}

static peil_status add_batch(description *d, peil_fault *fault) {
    for (size_t i = 0; i < d->batch.ncolumns; i++) {
        peil_batch_column *column = &d->batch.columns[i];
        profile *p = &d->profiles[i];
        PEIL_TRY(count_codes(column, d->batch.rows, p, fault));
        if (column->dictionary.count <= DISTINCT_MOST) continue;
        uint32_t empty;
        p->is_many = true;
        settle(d, column, p);
        peil_dictionary_clear(&column->dictionary);
        memset(p->counts, 0, p->counts_capacity * sizeof *p->counts);
        PEIL_TRY(peil_dictionary_code(&column->dictionary, "", 0, &empty, fault));
    }
    return PEIL_OK;
}

static peil_status want_all(description *d, const peil_header *header, peil_fault *fault) {
    size_t column;
    for (size_t i = 0; i < header->nvariables; i++)
        if (header->variables[i].name[0])
            PEIL_TRY(peil_batch_want(&d->batch, header->variables[i].name, PEIL_AS_CODES, &column,
                                     fault));
    PEIL_TRY(peil_batch_allocate(&d->batch, d->request->batch_rows, fault));
    return peil_array_make(&d->profiles, d->batch.ncolumns, sizeof *d->profiles, fault);
}

static peil_status read_all(description *d, peil_reader *reader, peil_input *input,
                            peil_fault *fault) {
    do {
        PEIL_TRY(peil_reader_next(reader, &d->batch, fault));
        PEIL_TRY(add_batch(d, fault));
        input->records += d->batch.rows;
        if (d->request->progress)
            d->request->progress(d->request->progress_context,
                                 peil_source_position(peil_reader_source(reader)),
                                 peil_source_size(peil_reader_source(reader)));
    } while (d->batch.rows);
    input->sample = input->records;
    return PEIL_OK;
}

static peil_status note_file(description *d, const peil_header *header, const peil_input *input,
                             peil_fault *fault) {
    const bool dutch = d->request->language == PEIL_DUTCH;
    const char *mark = header->delimiter == '\t'  ? "tab"
                       : header->delimiter == ';' ? (dutch ? "puntkomma" : "semicolon")
                                                  : (dutch ? "komma" : "comma");
    return peil_report_note(d->report, fault,
                            dutch ? "%s: %s, gescheiden door een %s, %" PRIu64
                                    " records, %zu variabelen"
                                  : "%s: %s, separated by a %s, %" PRIu64 " records, %zu variables",
                            input->name, header->format, mark, input->records, header->nvariables);
}

static peil_status read_file(description *d, size_t file, peil_input *input, peil_fault *fault) {
    const char *name = d->request->files.word[file];
    peil_file_reading how;
    peil_reader *reader = NULL;
    PEIL_TRY(peil_file_reading_make(d->request, file, &how, fault));
    PEIL_TRY(peil_string_copy(name, strlen(name), &input->name, fault));
    peil_status status = peil_reader_open(name, &how.reading, &reader, fault);
    if (status == PEIL_OK && d->batch.ncolumns == 0)
        status = want_all(d, peil_reader_header(reader), fault);
    if (status == PEIL_OK) status = peil_reader_bind(reader, &d->batch, fault);
    if (status == PEIL_OK) status = read_all(d, reader, input, fault);
    if (status == PEIL_OK) peil_source_sha256(peil_reader_source(reader), input->sha256);
    if (status == PEIL_OK) status = note_file(d, peil_reader_header(reader), input, fault);
    peil_reader_free(reader);
    return status;
}

/* ---- what a variable looks like ---- */

static const char *type_of(const profile *p) {
    if (p->missing == p->rows) return "empty";
    if (p->numbers + p->missing < p->rows) return "text";
    return p->whole == p->numbers ? "whole" : "number";
}

/* Whether the name has this part, in any case; parts of two letters only at its begin or end. */
static bool has_part(const char *name, const char *part) {
    const size_t length = strlen(part), all = strlen(name);
    for (size_t at = 0; at + length <= all; at++) {
        size_t k = 0;
        while (k < length && (name[at + k] | 0x20) == part[k]) k++;
        if (k == length && (length > 2 || at == 0 || at + length == all)) return true;
    }
    return false;
}

static bool has_any(const char *name, const char *const *parts) {
    while (*parts && !has_part(name, *parts)) parts++;
    return *parts != NULL;
}

static bool is_year(const profile *p, size_t distinct) {
    const peil_decimal from = {1900, 0}, to = {2100, 0};
    return strcmp(type_of(p), "whole") == 0 && distinct <= 60 &&
           peil_decimal_compare(p->low, from) >= 0 && peil_decimal_compare(p->high, to) <= 0;
}

/* A guess from name and values, for a person to judge. */
static const char *role_of(const char *name, const profile *p, size_t distinct) {
    static const char *const weights[] = {"weeg", "weging", "gewicht", "weight",
                                          "wt",   "pw",     "ew",      NULL};
    static const char *const strata[] = {"strat", "stra", "stype", "primaireeenheid", NULL};
    static const char *const clusters[] = {"psu", "cluster", "dnum", NULL};
    static const char *const sizes[] = {"fpc", NULL};
    const bool is_numeric = p->missing < p->rows && strcmp(type_of(p), "text") != 0;
    if (is_year(p, distinct)) return "year?";
    if (has_any(name, strata)) return "strata?";
    if (has_any(name, clusters)) return "cluster?";
    if (is_numeric && p->not_positive == 0 && has_any(name, sizes)) return "fpc?";
    if (is_numeric && p->not_positive == 0 && has_any(name, weights)) return "weight?";
    return NULL;
}

/* "1 (345), 2 (12)": the answers and how often each was given. */
static peil_status list_values(const peil_batch_column *column, const profile *p, peil_cell *cell,
                               peil_fault *fault) {
    const peil_dictionary *dictionary = &column->dictionary;
    uint32_t *rank = NULL, *order = NULL;
    peil_text text = {0};
    peil_status status = peil_array_make(&rank, dictionary->count, sizeof *rank, fault);
    if (status == PEIL_OK)
        status = peil_array_make(&order, dictionary->count, sizeof *order, fault);
    if (status == PEIL_OK) status = peil_dictionary_rank(dictionary, rank, fault);
    for (uint32_t code = 0; code < dictionary->count && status == PEIL_OK; code++)
        order[rank[code]] = code;
    for (size_t i = 1; i < dictionary->count && status == PEIL_OK; i++)
        if (p->counts[order[i]])
            peil_text_add_format(&text, "%s%s (%" PRIu64 ")", text.length ? ", " : "",
                                 peil_dictionary_text(dictionary, order[i]), p->counts[order[i]]);
    if (status == PEIL_OK && text.failed) status = peil_fail_memory(fault);
    if (status == PEIL_OK && text.length) status = peil_cell_text(cell, text.bytes, false, fault);
    peil_text_clear(&text);
    free(rank);
    free(order);
    return status;
}

static peil_status add_row(description *d, size_t i, peil_fault *fault) {
    const peil_batch_column *column = &d->batch.columns[i];
    profile *p = &d->profiles[i];
    peil_cell *cells;
    settle(d, column, p);
    const size_t distinct = p->is_many ? DISTINCT_MOST + 1 : column->dictionary.count - 1;
    PEIL_TRY(peil_report_row(d->report, PEIL_UNIT_NONE, &cells, fault));
    PEIL_TRY(peil_cell_text(&cells[VARIABLE], column->name, false, fault));
    PEIL_TRY(peil_cell_text(&cells[TYPE], type_of(p), false, fault));
    if (p->is_many)
        PEIL_TRY(peil_cell_text(&cells[DISTINCT], ">10000", false, fault));
    else
        peil_cell_count(&cells[DISTINCT], distinct);
    peil_cell_count(&cells[MISSING], p->missing);
    if (p->numbers) {
        peil_cell_number(&cells[MIN], (double)peil_decimal_real(p->low));
        peil_cell_number(&cells[MAX], (double)peil_decimal_real(p->high));
    }
    if (distinct <= VALUES_SHOWN) PEIL_TRY(list_values(column, p, &cells[VALUES], fault));
    const char *role = role_of(column->name, p, distinct);
    return role ? peil_cell_text(&cells[ROLE], role, false, fault) : PEIL_OK;
}

static peil_status describe(description *d, peil_fault *fault) {
    const peil_request *request = d->request;
    if (request->files.n == 0) return peil_fail(fault, PEIL_EUSAGE, "there is no data file");
    for (size_t i = 0; i < request->missing.n; i++)
        PEIL_TRY(peil_plan_missing(&d->plan, request->missing.word[i], fault));
    PEIL_TRY(
        peil_array_make(&d->report->inputs, request->files.n, sizeof *d->report->inputs, fault));
    for (size_t i = 0; i < request->files.n; i++)
        PEIL_TRY(read_file(d, i, &d->report->inputs[d->report->ninputs++], fault));
    for (size_t i = 0; columns[i]; i++) PEIL_TRY(peil_report_column(d->report, columns[i], fault));
    for (size_t i = 0; i < d->batch.ncolumns; i++) PEIL_TRY(add_row(d, i, fault));
    return PEIL_OK;
}

peil_status peil_run_describe(const peil_request *request, peil_report *report, peil_fault *fault) {
    description d = {.request = request, .report = report};
    *report = (peil_report){.command = "describe"};
    const peil_status status = describe(&d, fault);
    for (size_t i = 0; d.profiles && i < d.batch.ncolumns; i++) free(d.profiles[i].counts);
    free(d.profiles);
    peil_plan_clear(&d.plan);
    peil_batch_clear(&d.batch);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
