/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"
#include "read/reader.h"

/* ---- the request's choices ---- */

static peil_status choose(const char *option, const char *word, const char *const *names, size_t n,
                          size_t *choice, peil_fault *fault) {
    for (*choice = 0; *choice < n; ++*choice)
        if (strcmp(word, names[*choice]) == 0) return PEIL_OK;
    const char *nearest = peil_nearest(word, names, n);
    return peil_fail(fault, PEIL_EUSAGE, "%s does not know %s%s%s", option, word,
                     nearest ? "; is it " : "", nearest ? nearest : "");
}

static peil_status choose_lonely(const char *word, peil_lonely *lonely, peil_fault *fault) {
    static const char *const names[] = {"fail", "certainty", "adjust", "average"};
    size_t choice;
    PEIL_TRY(choose("--lonely-psu", word ? word : "fail", names, 4, &choice, fault));
    *lonely = (peil_lonely)choice;
    return PEIL_OK;
}

static peil_status choose_options(const peil_request *request, peil_study *study,
                                  peil_fault *fault) {
    static const char *const missing_weight[] = {"fail", "zero"};
    size_t choice;
    PEIL_TRY(choose_lonely(request->lonely_psu, &study->lonely, fault));
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

/* ---- the pass ---- */

static peil_status add_batch(peil_study *study, peil_fault *fault) {
    peil_coder *coder = &study->coder;
    PEIL_TRY(peil_coder_code(coder, fault));
    PEIL_TRY(peil_tally_begin(&study->tally, &coder->codes, fault));
    for (size_t q = 0; q < study->plan.nquestions; q++) {
        PEIL_TRY(peil_coder_answer(coder, q, fault));
        PEIL_TRY(peil_tally_add(&study->tally, q, &coder->answers, fault));
    }
    return peil_coder_verdict(coder, fault);
}

/* A fault of the reader comes behind the rows before it, which may hold an earlier fault. */
static peil_status read_rows(peil_study *study, peil_reader *reader, peil_input *input,
                             peil_fault *fault) {
    const peil_request *request = study->request;
    const peil_source *source = peil_reader_source(reader);
    while (true) {
        const peil_status status = peil_reader_next(reader, &study->batch, fault);
        if (status == PEIL_ESYSTEM) return status;
        if (study->batch.rows) {
            peil_fault earlier;
            const peil_status added = add_batch(study, &earlier);
            if (added != PEIL_OK) {
                if (fault) *fault = earlier;
                return added;
            }
        }
        if (status != PEIL_OK) return status;
        if (study->batch.rows == 0) return PEIL_OK;
        input->records += study->batch.rows;
        input->sample += study->coder.codes.rows;
        if (request->progress)
            request->progress(request->progress_context, peil_source_position(source),
                              peil_source_size(source));
    }
}

/* Missing codes of a variable that the file does not have are a slip of the pen. */
static peil_status check_missing(const peil_plan *plan, const peil_header *header,
                                 peil_fault *fault) {
    for (size_t i = 0; i < plan->nmissing; i++) {
        const char *name = plan->missing[i].variable;
        size_t k = 0;
        while (name && k < header->nvariables && strcmp(header->variables[k], name) != 0) k++;
        if (!name || k < header->nvariables) continue;
        const char *nearest =
            peil_nearest(name, (const char *const *)header->variables, header->nvariables);
        return peil_fail(fault, PEIL_EDATA, "--missing: has no variable %s%s%s", name,
                         nearest ? "; is it " : "", nearest ? nearest : "");
    }
    return PEIL_OK;
}

static peil_status read_file(peil_study *study, size_t file, peil_input *input,
                             peil_fault *fault) {
    const peil_request *request = study->request;
    const char *name = request->files.word[file];
    peil_reader *reader = NULL;
    study->coder.file = (uint32_t)file;
    peil_status status = peil_string_copy(name, strlen(name), &input->name, fault);
    if (status == PEIL_OK)
        status = peil_reader_open(name, request->block_bytes, request->hash_inputs, &reader, fault);
    if (status == PEIL_OK)
        status = check_missing(&study->plan, peil_reader_header(reader), fault);
    if (status == PEIL_OK) status = peil_reader_bind(reader, &study->batch, fault);
    if (status == PEIL_OK) status = read_rows(study, reader, input, fault);
    if (status == PEIL_OK) peil_source_sha256(peil_reader_source(reader), input->sha256);
    if (status != PEIL_OK && fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", strcmp(name, "-") == 0 ? "stdin" : name);
    peil_reader_free(reader);
    return status;
}

/* ---- order ---- */

static peil_status rank_values(peil_study *study, peil_fault *fault) {
    const size_t n = study->batch.ncolumns;
    PEIL_TRY(peil_array_make(&study->ranks, n, sizeof *study->ranks, fault));
    PEIL_TRY(peil_array_make(&study->by_ranks, study->plan.nby, sizeof *study->by_ranks, fault));
    for (size_t i = 0; i < n; i++) {
        const peil_batch_column *column = &study->batch.columns[i];
        if (column->use != PEIL_AS_CODES) continue;
        PEIL_TRY(peil_array_make(&study->ranks[i], column->dictionary.count, sizeof(uint32_t),
                                 fault));
        PEIL_TRY(peil_dictionary_rank(&column->dictionary, study->ranks[i], fault));
    }
    for (size_t i = 0; i < study->plan.nby; i++) study->by_ranks[i] = study->ranks[study->plan.by[i]];
    return PEIL_OK;
}

static peil_status make_tally(peil_study *study, peil_fault *fault) {
    const peil_plan *plan = &study->plan;
    peil_shape *shapes = NULL;
    PEIL_TRY(peil_array_make(&shapes, plan->nquestions, sizeof *shapes, fault));
    for (size_t q = 0; q < plan->nquestions; q++) shapes[q] = plan->questions[q].shape;
    const bool clusters = plan->catalog.levels[plan->catalog.nlevels - 1].is_unit;
    const peil_status status = peil_tally_make(plan->catalog.ncubes, shapes, plan->nquestions,
                                               clusters, &study->tally, fault);
    free(shapes);
    return status;
}

static peil_status prepare(const peil_request *request, peil_study *study, peil_fault *fault) {
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    study->request = request;
    PEIL_TRY(choose_options(request, study, fault));
    PEIL_TRY(peil_plan_make(request, kinds, &study->plan, &study->batch, fault));
    PEIL_TRY(peil_batch_allocate(&study->batch, request->batch_rows, fault));
    PEIL_TRY(peil_coder_make(&study->plan, &study->batch, &study->coder, fault));
    return make_tally(study, fault);
}

peil_status peil_study_run(const peil_request *request, peil_study *study, peil_report *report,
                           peil_fault *fault) {
    PEIL_TRY(prepare(request, study, fault));
    if (request->files.n == 0) return peil_fail(fault, PEIL_EUSAGE, "there is no data file");
    PEIL_TRY(peil_array_make(&report->inputs, request->files.n, sizeof *report->inputs, fault));
    for (size_t i = 0; i < request->files.n; i++)
        PEIL_TRY(read_file(study, i, &report->inputs[report->ninputs++], fault));
    PEIL_TRY(rank_values(study, fault));
    PEIL_TRY(peil_design_make(&study->coder.catalog, &study->batch, study->ranks, study->plan.fpc,
                              request->files.word, &study->design, fault));
    return peil_workspace_new(&study->design, &study->workspace, fault);
}

void peil_study_clear(peil_study *study) {
    for (size_t i = 0; study->ranks && i < study->batch.ncolumns; i++) free(study->ranks[i]);
    free(study->ranks);
    free(study->by_ranks);
    peil_workspace_free(study->workspace);
    peil_design_clear(&study->design);
    peil_tally_clear(&study->tally);
    peil_coder_clear(&study->coder);
    peil_plan_clear(&study->plan);
    peil_batch_clear(&study->batch);
    *study = (peil_study){0};
}

void peil_study_name_file(const peil_study *study, peil_record record, peil_fault *fault) {
    if (fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", study->request->files.word[record.file]);
}

peil_status peil_study_value(const peil_study *study, size_t column, uint32_t code,
                             peil_cell *cell, peil_fault *fault) {
    if (code == PEIL_MISSING_CODE) return PEIL_OK;
    const peil_dictionary *dictionary = &study->batch.columns[column].dictionary;
    return peil_cell_text(cell, peil_dictionary_text(dictionary, code),
                          peil_dictionary_is_numeric(dictionary), fault);
}

peil_status peil_study_check_names(const peil_study *study, const char *const *columns,
                                   peil_fault *fault) {
    for (size_t i = 0; i < study->plan.nby; i++)
        for (size_t k = 0; columns[k]; k++) {
            const char *name = study->batch.columns[study->plan.by[i]].name;
            if (strcmp(name, columns[k]) == 0)
                return peil_fail(fault, PEIL_EDATA,
                                 "the variable %s has the name of a column of the output; rename "
                                 "it in the data", name);
        }
    return PEIL_OK;
}
