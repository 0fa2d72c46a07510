/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"
#include "report/file_note.h"
#include "report/rank.h"
#include "report/reading.h"

/* ---- the request's choices ---- */

static peil_status choose(const char *option, const char *word, const char *const *names, size_t n,
                          size_t *choice, peil_fault *fault) {
    for (*choice = 0; *choice < n; ++*choice)
        if (strcmp(word, names[*choice]) == 0) return PEIL_OK;
    const char *nearest = peil_nearest(word, names, n);
    return peil_fail(fault, PEIL_EUSAGE, "%s does not know %s%s%s", option, word,
                     nearest ? "; is it " : "", nearest ? nearest : "");
}

static peil_status choose_options(const peil_request *request, peil_study *study,
                                  peil_fault *fault) {
    static const char *const missing_weight[] = {"fail", "zero"};
    static const char *const lonely[] = {"fail", "certainty", "adjust", "average"};
    static const char *const df[] = {"subset", "strata", "design"};
    size_t choice;
    PEIL_TRY(choose("--lonely-psu", request->lonely_psu ? request->lonely_psu : "fail", lonely, 4,
                    &choice, fault));
    study->rules.lonely = (peil_lonely)choice;
    PEIL_TRY(choose("--df", request->df ? request->df : "subset", df, 3, &choice, fault));
    study->rules.df = (peil_df)choice;
    PEIL_TRY(choose("--missing-weight", request->missing_weight ? request->missing_weight : "fail",
                    missing_weight, 2, &choice, fault));
    study->level = (request->level > 0 ? request->level : 95) / 100;
    if (!(study->level > 0 && study->level < 1))
        return peil_fail(fault, PEIL_EUSAGE, "--level is between 0 and 100");
    study->interval = peil_interval_find(request->interval ? request->interval : "logit");
    if (!study->interval)
        return peil_fail(fault, PEIL_EUSAGE, "--ci does not know %s", request->interval);
    return PEIL_OK;
}

/* ---- parts ---- */

static peil_status make_tally(const peil_plan *plan, peil_tally *tally, peil_fault *fault) {
    peil_shape *shapes = NULL;
    PEIL_TRY(peil_array_make(&shapes, plan->nquestions, sizeof *shapes, fault));
    for (size_t q = 0; q < plan->nquestions; q++) shapes[q] = plan->questions[q].shape;
    const bool clusters = plan->catalog.levels[plan->catalog.nlevels - 1].is_unit;
    const peil_status status =
        peil_tally_make(plan->catalog.ncubes, shapes, plan->nquestions, clusters, tally, fault);
    free(shapes);
    return status;
}

/* The part's batch is there already. */
static peil_status make_part(const peil_plan *plan, peil_part *part, peil_fault *fault) {
    PEIL_TRY(peil_coder_make(plan, &part->batch, &part->coder, fault));
    return make_tally(plan, &part->tally, fault);
}

static void clear_part(peil_part *part) {
    peil_tally_clear(&part->tally);
    peil_coder_clear(&part->coder);
    peil_batch_clear(&part->batch);
}

static peil_status merge_part(peil_study *study, peil_part *part, peil_fault *fault) {
    peil_translation translation = {0};
    peil_record record = {0};
    peil_status status =
        peil_coder_merge(&study->whole.coder, &part->coder, &translation, &record.file, fault);
    if (status == PEIL_EDATA) peil_study_name_file(study, record, fault);
    if (status == PEIL_OK)
        status = peil_tally_merge(&study->whole.tally, &part->tally, &translation, fault);
    peil_translation_clear(&translation);
    return status;
}

/* ---- the pass ---- */

static peil_status add_batch(const peil_plan *plan, peil_part *part, peil_fault *fault) {
    peil_coder *coder = &part->coder;
    PEIL_TRY(peil_coder_code(coder, fault));
    PEIL_TRY(peil_tally_begin(&part->tally, &coder->codes, fault));
    for (size_t q = 0; q < plan->nquestions; q++) {
        PEIL_TRY(peil_coder_answer(coder, q, fault));
        PEIL_TRY(peil_tally_add(&part->tally, q, &coder->answers, fault));
    }
    return peil_coder_verdict(coder, fault);
}

/* A fault of the reader comes behind the rows before it, which may hold an earlier fault. */
static peil_status read_rows(const peil_study *study, peil_reader *reader, peil_part *part,
                             peil_input *input, peil_fault *fault) {
    const peil_request *request = study->request;
    while (true) {
        const peil_status status = peil_reader_next(reader, &part->batch, fault);
        if (status == PEIL_ESYSTEM) return status;
        if (part->batch.rows) {
            peil_fault earlier;
            const peil_status added = add_batch(&study->plan, part, &earlier);
            if (added != PEIL_OK) {
                if (fault) *fault = earlier;
                return added;
            }
        }
        if (status != PEIL_OK) return status;
        if (part->batch.rows == 0) return PEIL_OK;
        input->records += part->batch.rows;
        input->sample += part->coder.codes.rows;
        if (request->progress)
            request->progress(request->progress_context, peil_reader_position(reader),
                              peil_reader_size(reader));
    }
}

static peil_status note_header(peil_study *study, size_t file, const peil_header *header,
                               peil_fault *fault) {
    study->has_names[file] = header->has_names;
    study->has_labels = study->has_labels || header->has_labels;
    return peil_reading_check_missing(&study->plan, header, fault);
}

static peil_status read_part(peil_study *study, size_t file, peil_part *part, peil_input *input,
                             peil_fault *fault) {
    const peil_request *request = study->request;
    const char *name = request->files.word[file];
    peil_file_reading how;
    peil_reader *reader = NULL;
    part->coder.file = (uint32_t)file;
    peil_status status = peil_file_reading_make(request, file, &how, fault);
    if (status == PEIL_OK) status = peil_string_copy(name, strlen(name), &input->name, fault);
    if (status == PEIL_OK) status = peil_reader_open(name, &how.reading, &reader, fault);
    if (status == PEIL_OK) status = note_header(study, file, peil_reader_header(reader), fault);
    if (status == PEIL_OK) status = peil_reader_bind(reader, &part->batch, fault);
    if (status == PEIL_OK) status = read_rows(study, reader, part, input, fault);
    if (status == PEIL_OK) peil_source_sha256(peil_reader_source(reader), input->sha256);
    if (status == PEIL_OK) status = peil_input_describe(input, peil_reader_header(reader), fault);
    if (status != PEIL_OK && status != PEIL_EUSAGE)
        peil_study_name_file(study, (peil_record){(uint32_t)file, 0}, fault);
    peil_reader_free(reader);
    return status;
}

/* The first file goes to the whole at once; each other is a part that is added to it. */
static peil_status read_file(peil_study *study, size_t file, peil_input *input, peil_fault *fault) {
    if (file == 0) return read_part(study, file, &study->whole, input, fault);
    peil_part part = {0};
    peil_status status = peil_batch_like(&study->whole.batch, &part.batch, fault);
    if (status == PEIL_OK) status = make_part(&study->plan, &part, fault);
    if (status == PEIL_OK) status = read_part(study, file, &part, input, fault);
    if (status == PEIL_OK) status = merge_part(study, &part, fault);
    clear_part(&part);
    return status;
}

/* ---- order ---- */

/* What is no answer, as text among numbers, tells nothing of the order of the answers. */
static peil_status rank_column(peil_study *study, size_t i, peil_fault *fault) {
    const peil_batch_column *column = &study->whole.batch.columns[i];
    uint8_t *missing = NULL;
    PEIL_TRY(peil_array_make(&study->ranks[i], column->dictionary.count, sizeof(uint32_t), fault));
    PEIL_TRY(peil_coder_missing_table(&study->whole.coder, i, PEIL_ROLE_MEASURE, &missing, fault));
    study->is_numeric[i] = peil_dictionary_is_numeric(&column->dictionary, missing);
    const peil_status status = peil_rank_values(column, missing, study->ranks[i], fault);
    free(missing);
    return status;
}

static peil_status rank_values(peil_study *study, peil_fault *fault) {
    const size_t n = study->whole.batch.ncolumns;
    PEIL_TRY(peil_array_make(&study->ranks, n, sizeof *study->ranks, fault));
    PEIL_TRY(peil_array_make(&study->is_numeric, n, sizeof *study->is_numeric, fault));
    PEIL_TRY(peil_array_make(&study->by_ranks, study->plan.nby, sizeof *study->by_ranks, fault));
    for (size_t i = 0; i < n; i++) {
        const peil_batch_column *column = &study->whole.batch.columns[i];
        if (column->use != PEIL_AS_CODES) continue;
        PEIL_TRY(rank_column(study, i, fault));
    }
    for (size_t i = 0; i < study->plan.nby; i++)
        study->by_ranks[i] = study->ranks[study->plan.by[i]];
    return PEIL_OK;
}

static peil_status make_design(peil_study *study, peil_fault *fault) {
    const char **names = NULL;
    const peil_plan *plan = &study->plan;
    if (plan->fpc) PEIL_TRY(peil_array_make(&names, plan->nstages, sizeof *names, fault));
    for (size_t s = 0; plan->fpc && s < plan->nstages; s++)
        names[s] = study->whole.batch.columns[plan->fpc[s]].name;
    const peil_status status = peil_design_make(&study->whole.coder.catalog, study->ranks, names,
                                                study->request->files.word, &study->design, fault);
    free(names);
    return status;
}

static peil_status prepare(const peil_request *request, peil_study *study, peil_fault *fault) {
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    study->request = request;
    PEIL_TRY(choose_options(request, study, fault));
    PEIL_TRY(peil_plan_make(request, kinds, &study->plan, &study->whole.batch, fault));
    PEIL_TRY(peil_batch_allocate(&study->whole.batch, request->batch_rows, fault));
    return make_part(&study->plan, &study->whole, fault);
}

peil_status peil_study_run(const peil_request *request, peil_study *study, peil_report *report,
                           peil_fault *fault) {
    PEIL_TRY(prepare(request, study, fault));
    if (request->files.n == 0) return peil_fail(fault, PEIL_EUSAGE, "there is no data file");
    PEIL_TRY(peil_array_make(&report->inputs, request->files.n, sizeof *report->inputs, fault));
    PEIL_TRY(peil_array_make(&study->has_names, request->files.n, sizeof *study->has_names, fault));
    for (size_t i = 0; i < request->files.n; i++)
        PEIL_TRY(read_file(study, i, &report->inputs[report->ninputs++], fault));
    PEIL_TRY(peil_plan_check_labels(&study->plan, &study->whole.batch, fault));
    PEIL_TRY(rank_values(study, fault));
    PEIL_TRY(make_design(study, fault));
    return peil_workspace_new(&study->design, &study->workspace, fault);
}

void peil_study_clear(peil_study *study) {
    for (size_t i = 0; study->ranks && i < study->whole.batch.ncolumns; i++) free(study->ranks[i]);
    free(study->has_names);
    free(study->ranks);
    free(study->by_ranks);
    free(study->is_numeric);
    peil_workspace_free(study->workspace);
    peil_design_clear(&study->design);
    clear_part(&study->whole);
    peil_plan_clear(&study->plan);
    *study = (peil_study){0};
}

void peil_study_name_file(const peil_study *study, peil_record record, peil_fault *fault) {
    if (!fault || fault->file[0]) return;
    const char *name = study->request->files.word[record.file];
    if (fault->record && study->has_names && study->has_names[record.file])
        fault->row = fault->record + 1;
    snprintf(fault->file, sizeof fault->file, "%s", strcmp(name, "-") == 0 ? "stdin" : name);
}

peil_status peil_study_value(const peil_study *study, size_t column, uint32_t code, peil_cell *cell,
                             peil_fault *fault) {
    if (code == PEIL_MISSING_CODE) return PEIL_OK;
    const peil_batch_column *c = &study->whole.batch.columns[column];
    const char *text = peil_dictionary_text(&c->dictionary, code);
    PEIL_TRY(peil_cell_text(cell, text, study->is_numeric[column], fault));
    if (!study->has_labels) return PEIL_OK;
    const char *label = peil_variable_label_of(&c->about, text);
    return label ? peil_cell_text(cell + 1, label, false, fault) : PEIL_OK;
}

static bool is_column(const peil_study *study, const char *const *columns, const char *name) {
    const size_t length = strlen(name);
    for (size_t k = 0; columns[k]; k++)
        if (strcmp(name, columns[k]) == 0) return true;
    if (!study->has_labels) return false;
    if (strcmp(name, "category_label") == 0) return true;
    for (size_t i = 0; i < study->plan.nby; i++) { /* or that of another one's labels */
        const char *other = study->whole.batch.columns[study->plan.by[i]].name;
        const size_t begin = strlen(other);
        if (length > begin && strncmp(name, other, begin) == 0 &&
            strcmp(name + begin, "_label") == 0)
            return true;
    }
    return false;
}

static peil_status check_names(const peil_study *study, const char *const *columns,
                               peil_fault *fault) {
    for (size_t i = 0; i < study->plan.nby; i++) {
        const char *name = study->whole.batch.columns[study->plan.by[i]].name;
        if (is_column(study, columns, name))
            return peil_fail(fault, PEIL_EDATA,
                             "the variable %s has the name of a column of the output; rename it in "
                             "the data",
                             name);
    }
    return PEIL_OK;
}

/* A column, with one for labels where files have them. */
static peil_status add_column(const peil_study *study, peil_report *report, const char *name,
                              peil_column_kind labels, peil_fault *fault) {
    PEIL_TRY(peil_report_column(report, name, fault));
    return study->has_labels && labels != PEIL_COLUMN_PLAIN
               ? peil_report_label_column(report, labels, fault)
               : PEIL_OK;
}

/* Which columns of the contract hold values of variables. */
static peil_column_kind labels_of(const char *column) {
    if (strcmp(column, "category") == 0) return PEIL_COLUMN_LABEL;
    const bool is_value = strcmp(column, "period") == 0 || strcmp(column, "reference") == 0;
    return is_value ? PEIL_COLUMN_CAPTION : PEIL_COLUMN_PLAIN;
}

peil_status peil_study_columns(const peil_study *study, const char *const *columns, size_t lead,
                               size_t apart, peil_report *report, peil_places *places,
                               peil_fault *fault) {
    PEIL_TRY(check_names(study, columns, fault));
    for (size_t i = 0; i < lead; i++)
        PEIL_TRY(add_column(study, report, columns[i], labels_of(columns[i]), fault));
    report->nlead = report->ncolumns;
    for (size_t i = 0; i < study->plan.nby; i++) {
        const char *name = study->whole.batch.columns[study->plan.by[i]].name;
        places->by[i] = report->ncolumns;
        if (i != apart) PEIL_TRY(add_column(study, report, name, PEIL_COLUMN_LABEL, fault));
    }
    report->nby = report->ncolumns - report->nlead;
    for (size_t i = lead; columns[i]; i++)
        PEIL_TRY(add_column(study, report, columns[i], labels_of(columns[i]), fault));
    places->category = peil_report_find(report, "category");
    places->figures = peil_report_find(report, "estimate");
    return PEIL_OK;
}
