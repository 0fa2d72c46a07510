/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in the files: one pass that counts every variable, then a row for each. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"
#include "report/file_note.h"
#include "report/nonresponse.h"
#include "report/provenance.h"
#include "report/reading.h"
#include "report/roles.h"
#include "report/row_weights.h"
#include "report/run.h"
#include "report/table_schema.h"
#include "report/values.h"

static const char *const columns[] = {"variable", "label", "type", "role",  "distinct",
                                      "missing",  "min",   "max",  "values"};

typedef enum place {
    VARIABLE,
    LABEL,
    TYPE,
    ROLE,
    DISTINCT,
    MISSING,
    MIN,
    MAX,
    VALUES,
    VALUES_FOR_PEOPLE /* in their language */
} place;

enum { NPLACES = sizeof columns / sizeof *columns };

/* By code of a column's dictionary: whether the value is no answer. */
typedef struct lacks_table {
    uint8_t *of;
    size_t capacity;
} lacks_table;

typedef struct description {
    const peil_request *request;
    peil_plan plan; /* for its missing codes alone */
    peil_batch batch;
    peil_profile *profiles; /* by column of the batch */
    lacks_table *lacks;     /* the same */
    size_t weight;          /* column, or PEIL_NO_PLACE */
    peil_row_weights weights;
    peil_design_guess design;
    bool has_labels; /* some file has labels */
    peil_report *report;
} description;

/* ---- counting ---- */

static bool is_declared(const peil_batch_column *column, uint32_t code) {
    const peil_value *value = &column->dictionary.values[code];
    return value->is_number ? peil_variable_lacks_number(&column->about, value->number)
                            : peil_variable_lacks_text(
                                  &column->about, peil_dictionary_text(&column->dictionary, code));
}

static bool is_missing(const peil_plan *plan, const peil_batch_column *column, uint32_t code) {
    if (code == PEIL_MISSING_CODE || is_declared(column, code)) return true;
    for (size_t i = 0; i < plan->nmissing; i++) {
        const peil_missing_codes *codes = &plan->missing[i];
        if (codes->variable && strcmp(codes->variable, column->name) != 0) continue;
        for (size_t k = 0; k < codes->n; k++)
            if (peil_literal_is(&codes->codes[k], column, code)) return true;
    }
    return false;
}

static peil_status find_lacks(const description *d, size_t i, peil_fault *fault) {
    const peil_batch_column *column = &d->batch.columns[i];
    lacks_table *lacks = &d->lacks[i];
    PEIL_TRY(peil_array_reserve(&lacks->of, &lacks->capacity, column->dictionary.count, 1, fault));
    for (uint32_t code = 0; code < column->dictionary.count; code++)
        lacks->of[code] = is_missing(&d->plan, column, code);
    return PEIL_OK;
}

/* Weights may get more decimals on the way: earlier sums are raised to their scale. */
static peil_status weigh(description *d, peil_fault *fault) {
    const size_t rows = d->batch.rows;
    if (d->weight == PEIL_NO_PLACE) return PEIL_OK;
    PEIL_TRY(
        peil_row_weights_take(&d->weights, &d->batch, d->weight, d->lacks[d->weight].of, fault));
    for (size_t i = 0; i < d->batch.ncolumns; i++) {
        if (d->weights.raised && d->profiles[i].weights.count)
            PEIL_TRY(peil_plane_scale(&d->profiles[i].weights, d->weights.raised, fault));
        PEIL_TRY(peil_profile_weigh(&d->profiles[i], d->lacks[i].of, &d->weights.addends,
                                    d->weights.weighs, rows, fault));
    }
    return PEIL_OK;
}

static peil_status nest(description *d, size_t inner, peil_nesting *nesting, peil_fault *fault) {
    const size_t outer = d->design.strata;
    if (outer == PEIL_NO_PLACE || inner == PEIL_NO_PLACE) return PEIL_OK;
    return peil_nesting_add(nesting, &d->profiles[outer], d->lacks[outer].of, &d->profiles[inner],
                            d->lacks[inner].of, d->batch.rows, fault);
}

static peil_status add_batch(description *d, peil_fault *fault) {
    for (size_t i = 0; i < d->batch.ncolumns; i++) {
        PEIL_TRY(find_lacks(d, i, fault));
        PEIL_TRY(peil_profile_count(&d->profiles[i], d->lacks[i].of, d->batch.rows, fault));
    }
    PEIL_TRY(weigh(d, fault));
    PEIL_TRY(nest(d, d->design.cluster, &d->design.clusters, fault));
    PEIL_TRY(nest(d, d->design.fpc, &d->design.sizes, fault));
    for (size_t i = 0; i < d->batch.ncolumns; i++)
        if (peil_profile_is_full(&d->profiles[i]))
            PEIL_TRY(peil_profile_forget(&d->profiles[i], &d->batch.columns[i], fault));
    return PEIL_OK;
}

/* ---- files ---- */

/* The first variable that may have a role by its name. */
static size_t find_named(const description *d, peil_guess guess) {
    size_t i = 0;
    while (i < d->batch.ncolumns && !peil_guess_fits_name(guess, d->batch.columns[i].name)) i++;
    return i < d->batch.ncolumns ? i : PEIL_NO_PLACE;
}

static peil_status want_all(description *d, const peil_header *header, peil_fault *fault) {
    for (size_t i = 0; i < header->nvariables; i++)
        if (header->variables[i].name[0])
            PEIL_TRY(peil_batch_add(&d->batch, header->variables[i].name, PEIL_AS_CODES, fault));
    if (d->request->weight) {
        size_t column;
        PEIL_TRY(peil_header_find(header, d->request->weight, "", &column, fault));
        PEIL_TRY(peil_batch_want(&d->batch, d->request->weight, PEIL_AS_CODES, &d->weight, fault));
    }
    PEIL_TRY(peil_batch_allocate(&d->batch, d->request->batch_rows, fault));
    PEIL_TRY(peil_array_make(&d->profiles, d->batch.ncolumns, sizeof *d->profiles, fault));
    d->design.strata = find_named(d, PEIL_GUESS_STRATA);
    d->design.cluster = find_named(d, PEIL_GUESS_CLUSTER);
    d->design.fpc = find_named(d, PEIL_GUESS_FPC);
    return peil_array_make(&d->lacks, d->batch.ncolumns, sizeof *d->lacks, fault);
}

static peil_status begin_file(description *d, peil_reader *reader, peil_fault *fault) {
    const peil_header *header = peil_reader_header(reader);
    if (d->batch.ncolumns == 0) PEIL_TRY(want_all(d, header, fault));
    PEIL_TRY(peil_reading_check_missing(&d->plan, header, fault));
    PEIL_TRY(peil_reader_bind(reader, &d->batch, fault));
    for (size_t i = 0; i < d->batch.ncolumns; i++) {
        PEIL_TRY(peil_profile_begin(&d->profiles[i], &d->batch.columns[i], fault));
        d->has_labels = d->has_labels || d->profiles[i].about.label;
    }
    d->has_labels = d->has_labels || header->has_labels;
    return PEIL_OK;
}

/* A fault of the reader comes behind the rows before it, which may hold an earlier fault. */
static peil_status read_rows(description *d, peil_reader *reader, peil_input *input,
                             peil_fault *fault) {
    peil_reading_tell(d->request, reader, 0);
    while (true) {
        const peil_status status = peil_reader_next(reader, &d->batch, fault);
        if (status == PEIL_ESYSTEM) return status;
        peil_fault earlier;
        const peil_status added = add_batch(d, &earlier);
        if (added != PEIL_OK && fault) *fault = earlier;
        if (added != PEIL_OK) return added;
        if (status != PEIL_OK || d->batch.rows == 0) return status;
        input->records += d->batch.rows;
        peil_reading_tell(d->request, reader, input->records);
    }
}

static peil_status end_file(description *d, peil_reader *reader, peil_input *input,
                            peil_fault *fault) {
    const peil_header *header = peil_reader_header(reader);
    input->sample = input->records;
    peil_source_sha256(peil_reader_source(reader), input->sha256);
    PEIL_TRY(peil_input_describe(input, header, fault));
    return peil_note_file(input, header, d->request->language, d->report, fault);
}

/* A fault that names no file is about this one. */
static peil_status name_file(const char *name, const peil_header *header, peil_status status,
                             peil_fault *fault) {
    if (status == PEIL_OK || status == PEIL_EUSAGE || !fault || fault->file[0]) return status;
    if (fault->record && header && header->has_names) fault->row = fault->record + 1;
    snprintf(fault->file, sizeof fault->file, "%s", strcmp(name, "-") == 0 ? "stdin" : name);
    return status;
}

static peil_status read_file(description *d, size_t file, peil_input *input, peil_fault *fault) {
    const char *name = d->request->files.word[file];
    peil_file_reading how;
    peil_reader *reader = NULL;
    PEIL_TRY(peil_file_reading_make(d->request, file, &how, fault));
    PEIL_TRY(peil_string_copy(name, strlen(name), &input->name, fault));
    peil_status status = peil_reader_open(name, &how.reading, &reader, fault);
    if (status == PEIL_OK) status = begin_file(d, reader, fault);
    if (status == PEIL_OK) status = read_rows(d, reader, input, fault);
    if (status == PEIL_OK) status = end_file(d, reader, input, fault);
    status = name_file(name, reader ? peil_reader_header(reader) : NULL, status, fault);
    peil_reader_free(reader);
    return status;
}

/* ---- rows ---- */

static const char *word_of(peil_looks looks) {
    static const char *const words[] = {"empty", "whole", "number", "date", "text"};
    return words[looks];
}

/* A row being filled. */
typedef struct row {
    const description *d;
    const peil_profile *profile;
    peil_guess guess;
    peil_cell *cells;
} row;

/* There is no column of labels where nothing has them. */
static peil_cell *cell_of(const row *r, place p) {
    return &r->cells[p - (p > LABEL && !r->d->has_labels)];
}

static peil_status fill_text(const row *r, place p, const char *text, peil_fault *fault) {
    return text ? peil_cell_text(cell_of(r, p), text, false, fault) : PEIL_OK;
}

static peil_status fill_counts(const row *r, peil_fault *fault) {
    const peil_profile *p = r->profile;
    peil_cell_count(cell_of(r, MISSING), p->rows - p->given);
    if (peil_profile_is_long(p)) return fill_text(r, DISTINCT, ">10000", fault);
    peil_cell_count(cell_of(r, DISTINCT), p->distinct);
    return PEIL_OK;
}

static peil_status fill_range(const row *r, peil_fault *fault) {
    const peil_profile *p = r->profile;
    switch (peil_profile_looks(p)) {
        case PEIL_LOOKS_DATE:
            PEIL_TRY(fill_text(r, MIN, p->first, fault));
            return fill_text(r, MAX, p->last, fault);
        case PEIL_LOOKS_WHOLE:
        case PEIL_LOOKS_NUMBER:
            peil_cell_number(cell_of(r, MIN), (double)peil_decimal_real(p->low));
            peil_cell_number(cell_of(r, MAX), (double)peil_decimal_real(p->high));
            break;
        case PEIL_LOOKS_EMPTY:
        case PEIL_LOOKS_TEXT:
            break;
    }
    return PEIL_OK;
}

static peil_status fill_values_in(const row *r, place at, peil_language language,
                                  peil_fault *fault) {
    const peil_profile *p = r->profile;
    peil_text text = {0};
    peil_status status = peil_values_add(p, language, &text, fault);
    const bool weighs = r->guess == PEIL_GUESS_WEIGHT ||
                        (r->d->weight != PEIL_NO_PLACE && p == &r->d->profiles[r->d->weight]);
    if (status == PEIL_OK && weighs && p->numbers > p->zeros) peil_weighing_add(p, language, &text);
    if (status == PEIL_OK && text.failed) status = peil_fail_memory(fault);
    if (status == PEIL_OK && text.length) status = fill_text(r, at, text.bytes, fault);
    peil_text_clear(&text);
    return status;
}

static peil_status fill_values(const row *r, peil_fault *fault) {
    const peil_language language = r->d->request->language;
    PEIL_TRY(fill_values_in(r, VALUES, PEIL_ENGLISH, fault));
    if (language == PEIL_ENGLISH) return PEIL_OK;
    return fill_values_in(r, VALUES_FOR_PEOPLE, language, fault);
}

static peil_status add_row(const description *d, const peil_profile *profile, peil_fault *fault) {
    row r = {d, profile, peil_guess_of(profile), NULL};
    PEIL_TRY(peil_report_row(d->report, PEIL_UNIT_NONE, &r.cells, fault));
    PEIL_TRY(fill_text(&r, VARIABLE, profile->about.name, fault));
    PEIL_TRY(fill_text(&r, LABEL, profile->about.label, fault));
    PEIL_TRY(fill_text(&r, TYPE, word_of(peil_profile_looks(profile)), fault));
    PEIL_TRY(fill_text(&r, ROLE, peil_guess_word(r.guess), fault));
    PEIL_TRY(fill_counts(&r, fault));
    PEIL_TRY(fill_range(&r, fault));
    return fill_values(&r, fault);
}

static peil_status add_columns(const description *d, peil_fault *fault) {
    for (size_t i = 0; i < NPLACES; i++)
        if (i != LABEL || d->has_labels) PEIL_TRY(peil_report_column(d->report, columns[i], fault));
    return peil_report_label_column(d->report, PEIL_COLUMN_CAPTION, fault);
}

/* ---- the whole ---- */

static peil_status finish(description *d, peil_fault *fault) {
    for (size_t i = 0; i < d->batch.ncolumns; i++)
        PEIL_TRY(peil_profile_finish(&d->profiles[i], fault));
    const size_t strata = d->design.strata;
    if (strata == PEIL_NO_PLACE || peil_guess_of(&d->profiles[strata]) != PEIL_GUESS_STRATA)
        return PEIL_OK;
    PEIL_TRY(peil_nesting_finish(&d->design.clusters, &d->profiles[strata], fault));
    return peil_nesting_finish(&d->design.sizes, &d->profiles[strata], fault);
}

static peil_status note_weights(const description *d, peil_fault *fault) {
    if (d->weights.missing == 0) return PEIL_OK;
    return peil_report_note(d->report, fault,
                            d->request->language == PEIL_DUTCH
                                ? "%s: ontbrekende gewichten die als 0 tellen: %" PRIu64
                                : "%s: missing weights taken as 0: %" PRIu64,
                            d->request->weight, d->weights.missing);
}

static peil_status tell(description *d, peil_fault *fault) {
    const peil_language language = d->request->language;
    const size_t n = d->batch.ncolumns;
    if (d->request->schema)
        return peil_table_schema_make(d->profiles, n, language, d->report, fault);
    PEIL_TRY(add_columns(d, fault));
    for (size_t i = 0; i < n; i++) PEIL_TRY(add_row(d, &d->profiles[i], fault));
    PEIL_TRY(note_weights(d, fault));
    PEIL_TRY(peil_nonresponse_note(d->profiles, n, language, d->report, fault));
    return peil_guess_note(d->profiles, n, &d->design, d->request->weight, language, d->report,
                           fault);
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
    PEIL_TRY(finish(d, fault));
    PEIL_TRY(peil_report_describe_given(request, d->report, fault));
    return tell(d, fault);
}

static void clear(description *d) {
    for (size_t i = 0; d->profiles && i < d->batch.ncolumns; i++)
        peil_profile_clear(&d->profiles[i]);
    for (size_t i = 0; d->lacks && i < d->batch.ncolumns; i++) free(d->lacks[i].of);
    free(d->profiles);
    free(d->lacks);
    peil_nesting_clear(&d->design.clusters);
    peil_nesting_clear(&d->design.sizes);
    peil_row_weights_clear(&d->weights);
    peil_plan_clear(&d->plan);
    peil_batch_clear(&d->batch);
}

peil_status peil_run_describe(const peil_request *request, peil_report *report, peil_fault *fault) {
    description d = {
        .request = request,
        .weight = PEIL_NO_PLACE,
        .design = {.strata = PEIL_NO_PLACE, .cluster = PEIL_NO_PLACE, .fpc = PEIL_NO_PLACE},
        .report = report};
    *report = (peil_report){.command = "describe"};
    const peil_status status = describe(&d, fault);
    clear(&d);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
