/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/files.h"
#include "report/rank.h"
#include "report/team.h"
#include "report/reading.h"
#include "report/state.h"
#include "report/study.h"

/* ---- parts ---- */

static peil_keeping keeping_of(const peil_study *study) {
    const peil_plan *plan = &study->plan;
    const bool has_clusters = plan->catalog.levels[plan->catalog.nlevels - 1].is_unit;
    peil_keeping keeping = {.replicates = plan->nreplicates};
    keeping.squares = peil_variance_method_of(study->rules)->needs_squares && !has_clusters;
    if (plan->nreplicates)
        keeping.ranks = study->rules.df == PEIL_DF_DESIGN ? PEIL_RANK_OF_ALL : PEIL_RANKS_OF_CELLS;
    return keeping;
}

static peil_status make_tally(const peil_study *study, peil_tally *tally, peil_fault *fault) {
    const peil_plan *plan = &study->plan;
    peil_shape *shapes = NULL;
    PEIL_TRY(peil_array_make(&shapes, plan->nquestions, sizeof *shapes, fault));
    for (size_t q = 0; q < plan->nquestions; q++) shapes[q] = plan->questions[q].shape;
    const peil_status status = peil_tally_make(plan->catalog.ncubes, shapes, plan->nquestions,
                                               keeping_of(study), tally, fault);
    free(shapes);
    return status;
}

peil_status peil_part_make(const peil_pass *pass, peil_part *part, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&part->shares, pass->nstudies, sizeof *part->shares, fault));
    for (size_t i = 0; i < pass->nstudies; i++) {
        const peil_study *study = &pass->studies[i];
        PEIL_TRY(peil_coder_make(&study->plan, &part->batch, &part->shares[i].coder, fault));
        PEIL_TRY(make_tally(study, &part->shares[i].tally, fault));
    }
    return PEIL_OK;
}

void peil_part_clear(const peil_pass *pass, peil_part *part) {
    for (size_t i = 0; part->shares && i < pass->nstudies; i++) {
        peil_roster_clear(&part->shares[i].roster);
        peil_tally_clear(&part->shares[i].tally);
        peil_coder_clear(&part->shares[i].coder);
    }
    free(part->shares);
    peil_batch_clear(&part->batch);
}

static peil_status merge_share(const peil_pass *pass, peil_share *into, peil_share *from,
                               peil_fault *fault) {
    const peil_plan *plan = into->coder.plan;
    peil_translation translation = {0};
    peil_record record = {0};
    peil_status status =
        peil_coder_merge(&into->coder, &from->coder, &translation, &record.file, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(pass, record, fault);
    if (status == PEIL_OK)
        status = peil_tally_merge(&into->tally, &from->tally, &translation, fault);
    if (status == PEIL_OK && pass->keeps_rows)
        status = peil_roster_merge(&into->roster, &from->roster, plan, &translation, fault);
    peil_translation_clear(&translation);
    return status;
}

peil_status peil_part_add(const peil_pass *pass, peil_part *into, peil_part *from,
                          peil_fault *fault) {
    for (size_t i = 0; i < pass->nstudies; i++)
        PEIL_TRY(merge_share(pass, &into->shares[i], &from->shares[i], fault));
    return PEIL_OK;
}

/* ---- the pass ---- */

static peil_status add_to(const peil_pass *pass, const peil_plan *plan, peil_share *share,
                          peil_fault *fault) {
    peil_coder *coder = &share->coder;
    PEIL_TRY(peil_coder_code(coder, fault));
    if (pass->keeps_rows) PEIL_TRY(peil_roster_add(&share->roster, coder, fault));
    PEIL_TRY(peil_tally_begin(&share->tally, &coder->codes, fault));
    for (size_t q = 0; q < plan->nquestions; q++) {
        PEIL_TRY(peil_coder_answer(coder, q, fault));
        PEIL_TRY(peil_tally_add(&share->tally, q, &coder->answers, fault));
    }
    return peil_coder_verdict(coder, fault);
}

/* The first faulty record decides, whichever study it is a fault of. */
static peil_status add_batch(const peil_pass *pass, peil_part *part, peil_fault *fault) {
    peil_fault first = {0};
    for (size_t i = 0; i < pass->nstudies; i++) {
        peil_fault found = {0};
        const peil_status status = add_to(pass, &pass->studies[i].plan, &part->shares[i], &found);
        if (status == PEIL_OK) continue;
        const bool is_first = first.status == PEIL_OK || found.record < first.record;
        if (is_first || status == PEIL_ESYSTEM) first = found;
        if (status == PEIL_ESYSTEM) break;
    }
    if (first.status != PEIL_OK && fault) *fault = first;
    return first.status;
}

/* A fault of the reader comes behind the rows before it, which may hold an earlier fault. */
peil_status peil_pass_read_rows(const peil_pass *pass, peil_reader *reader, peil_part *part,
                                peil_input *input, bool tells, peil_fault *fault) {
    const peil_request *request = pass->request;
    if (tells) peil_reading_tell(request, reader, 0);
    while (true) {
        const peil_status status = peil_reader_next(reader, &part->batch, fault);
        if (status == PEIL_ESYSTEM) return status;
        if (part->batch.rows) {
            peil_fault earlier;
            const peil_status added = add_batch(pass, part, &earlier);
            if (added != PEIL_OK) {
                if (fault) *fault = earlier;
                return added;
            }
        }
        if (status != PEIL_OK) return status;
        if (part->batch.rows == 0) return PEIL_OK;
        input->records += part->batch.rows;
        input->sample += part->shares[0].coder.codes.rows;
        if (tells)
            peil_reading_tell(request, reader,
                              peil_batch_record(&part->batch, part->batch.rows - 1));
    }
}

/* ---- order ---- */

/* What is no answer, as text among numbers, tells nothing of the order of the answers. The missing
 * codes are those of the source: the same in all its studies. */
static peil_status rank_column(peil_pass *pass, size_t i, peil_fault *fault) {
    const peil_batch_column *column = &pass->whole.batch.columns[i];
    uint8_t *missing = NULL;
    PEIL_TRY(peil_array_make(&pass->ranks[i], column->dictionary.count, sizeof(uint32_t), fault));
    PEIL_TRY(peil_coder_missing_table(&pass->whole.shares[0].coder, i, PEIL_ROLE_MEASURE, &missing,
                                      fault));
    pass->is_numeric[i] = peil_dictionary_is_numeric(&column->dictionary, missing);
    const peil_status status = peil_rank_values(column, missing, pass->ranks[i], fault);
    free(missing);
    return status;
}

/* There are as many ids as rows: nobody asks for their order. */
static bool is_ranked(const peil_pass *pass, size_t column) {
    const peil_plan *plan = &pass->studies[0].plan;
    size_t key = 0, id = 0;
    if (!pass->keeps_rows) return true;
    while (key < plan->nkeys && plan->by[key] != column) key++;
    while (id < plan->nids && plan->ids[id] != column) id++;
    return id == plan->nids || key < plan->nkeys;
}

static peil_status rank_values(peil_pass *pass, peil_fault *fault) {
    const size_t n = pass->whole.batch.ncolumns;
    PEIL_TRY(peil_array_make(&pass->ranks, n, sizeof *pass->ranks, fault));
    PEIL_TRY(peil_array_make(&pass->is_numeric, n, sizeof *pass->is_numeric, fault));
    for (size_t i = 0; i < n; i++) {
        const peil_batch_column *column = &pass->whole.batch.columns[i];
        if (column->use != PEIL_AS_CODES || !is_ranked(pass, i)) continue;
        PEIL_TRY(rank_column(pass, i, fault));
    }
    return PEIL_OK;
}

/* ---- the whole ---- */

static peil_status read_hierarchy(peil_pass *pass, peil_fault *fault) {
    if (!pass->request->hierarchy) return PEIL_OK;
    PEIL_TRY(peil_hierarchy_read(pass->request->hierarchy, &pass->hierarchy, fault));
    for (size_t i = 0; i < pass->nstudies; i++) pass->studies[i].plan.hierarchy = &pass->hierarchy;
    return PEIL_OK;
}

static peil_status plan_all(const peil_request *requests, size_t n, peil_pass *pass,
                            peil_fault *fault) {
    pass->request = &requests[0];
    PEIL_TRY(peil_array_make(&pass->studies, n, sizeof *pass->studies, fault));
    pass->nstudies = n;
    for (size_t i = 0; i < n; i++) {
        PEIL_TRY(peil_study_plan(pass, &requests[i], &pass->whole.batch, &pass->studies[i], fault));
        PEIL_TRY(peil_plan_check_standard(&pass->studies[i].plan, fault));
    }
    return read_hierarchy(pass, fault);
}

/* The files of targets come behind the data; the studies share them. */
static peil_status tell_targets(peil_pass *pass, peil_report *report, peil_fault *fault) {
    peil_calibration *c = &pass->studies[0].calibration;
    PEIL_TRY(peil_array_reserve(&report->inputs, &report->inputs_capacity,
                                report->ninputs + c->ninputs, sizeof *report->inputs, fault));
    for (size_t i = 0; i < c->ninputs; i++) report->inputs[report->ninputs++] = c->inputs[i];
    c->ninputs = 0;
    return PEIL_OK;
}

/* What ranks do not agree on, or refuse, is read once more here: the first faulty record of all is
 * then the one that is told, and rows that contradict each other meet. */
static peil_status read_alone(const peil_request *requests, size_t n, peil_pass *pass,
                              peil_report *report, peil_fault *fault) {
    while (report->ninputs > pass->first_input)
        peil_input_clear(&report->inputs[--report->ninputs]);
    peil_pass_clear(pass);
    PEIL_TRY(plan_all(requests, n, pass, fault));
    return peil_files_read(pass, report, fault);
}

static peil_status read_as_team(const peil_request *requests, size_t n, peil_pass *pass,
                                peil_report *report, peil_fault *fault) {
    bool agree;
    pass->team = pass->request->team;
    PEIL_TRY(peil_team_read(pass, report, &agree, fault));
    return agree ? PEIL_OK : read_alone(requests, n, pass, report, fault);
}

/* Of states only all together know which values there were. */
static peil_status check_part_naming(const peil_pass *pass, const peil_state_part *part,
                                     peil_fault *fault) {
    peil_status status = PEIL_OK;
    for (size_t c = 0; c < part->nvariables && status == PEIL_OK; c++) {
        const peil_batch_column *whole = &pass->whole.batch.columns[c];
        peil_batch_column met = *whole;
        met.about = part->variables[c];
        for (size_t i = 0; i < pass->nstudies && status == PEIL_OK; i++)
            status =
                peil_plan_check_naming(&pass->studies[i].plan, c, &met, &whole->about, true, fault);
    }
    if (status == PEIL_EDATA && fault && part->nfiles)
        snprintf(fault->file, sizeof fault->file, "%s", part->files[0].input.name);
    return status;
}

static peil_status load_states(peil_states *states, peil_pass *pass, peil_report *report,
                               peil_fault *fault) {
    PEIL_TRY(peil_states_load(states, pass, report, fault));
    for (size_t i = 0; i < pass->parts.n; i++)
        PEIL_TRY(check_part_naming(pass, &pass->parts.parts[i], fault));
    return PEIL_OK;
}

peil_status peil_pass_total(const peil_request *requests, size_t n, peil_pass *pass,
                            peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_team_check(&requests[0], fault));
    PEIL_TRY(plan_all(requests, n, pass, fault));
    peil_states *states = pass->request->states;
    if (states) return load_states(states, pass, report, fault);
    return pass->request->team ? read_as_team(requests, n, pass, report, fault)
                               : peil_files_read(pass, report, fault);
}

peil_status peil_pass_run(const peil_request *requests, size_t n, peil_pass *pass,
                          peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_pass_total(requests, n, pass, report, fault));
    PEIL_TRY(tell_targets(pass, report, fault));
    PEIL_TRY(rank_values(pass, fault));
    for (size_t i = 0; i < n; i++) {
        pass->studies[i].whole = &pass->whole.shares[i];
        PEIL_TRY(peil_study_finish(&pass->studies[i], fault));
    }
    return PEIL_OK;
}

void peil_pass_clear(peil_pass *pass) {
    for (size_t i = 0; pass->ranks && i < pass->whole.batch.ncolumns; i++) free(pass->ranks[i]);
    free(pass->has_names);
    free(pass->lessons);
    free(pass->ranks);
    free(pass->is_numeric);
    peil_part_clear(pass, &pass->whole);
    for (size_t i = 0; pass->studies && i < pass->nstudies; i++)
        peil_study_clear(&pass->studies[i]);
    free(pass->studies);
    peil_hierarchy_clear(&pass->hierarchy);
    peil_state_parts_clear(&pass->parts);
    *pass = (peil_pass){0};
}

void peil_pass_name_file(const peil_pass *pass, peil_record record, peil_fault *fault) {
    if (!fault || fault->file[0]) return;
    const char *name = pass->files[record.file];
    if (fault->record && pass->has_names && pass->has_names[record.file])
        fault->row = fault->record + 1;
    snprintf(fault->file, sizeof fault->file, "%s", strcmp(name, "-") == 0 ? "stdin" : name);
}
