/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/areas.h"
#include "plan/score.h"

/* ---- saving ---- */

static const char *replicate_name(const peil_pass *pass, size_t r) {
    return pass->whole.batch.columns[pass->studies[0].plan.replicates[r]].name;
}

static void save_replicates(const peil_pass *pass, peil_text *out) {
    const size_t n = pass->studies[0].plan.nreplicates;
    peil_pack_u64(out, n);
    for (size_t r = 0; r < n; r++) peil_pack_string(out, replicate_name(pass, r));
}

/* The variables in which the files have their areas. */
static void save_areas(const peil_batch *batch, peil_text *out) {
    size_t n = 0;
    for (size_t c = 0; c < batch->ncolumns; c++) n += batch->columns[c].origin == PEIL_SPELLED;
    peil_pack_u64(out, n);
    for (size_t c = 0; c < batch->ncolumns; c++)
        if (batch->columns[c].origin == PEIL_SPELLED) peil_pack_string(out, batch->columns[c].name);
}

peil_status peil_state_save(const peil_pass *pass, const peil_request *request,
                            const peil_state_parts *parts, peil_text *out, peil_fault *fault) {
    peil_text contents = {0};
    peil_request_save(request, &contents);
    const size_t request_length = contents.length;
    save_replicates(pass, &contents);
    save_areas(&pass->whole.batch, &contents);
    peil_state_parts_save(parts, &contents);
    peil_batch_save(&pass->whole.batch, &contents);
    peil_coder_save(&pass->whole.shares[0].coder, &contents);
    peil_tally_save(&pass->whole.shares[0].tally, &contents);
    peil_state_frame(&contents, request_length, out);
    peil_text_clear(&contents);
    return out->failed ? peil_fail_memory(fault) : PEIL_OK;
}

/* ---- loading one ---- */

/* Names as a header, in which the request finds its variables again. */
static peil_status load_names(peil_header *header, peil_unpacking *in, peil_fault *fault) {
    const size_t n = peil_unpack_count(in, 9);
    for (size_t r = 0; r < n && !in->failed; r++) {
        char *name = NULL;
        PEIL_TRY(peil_unpack_string(in, &name, fault));
        const peil_status status = peil_header_add(header, name, strlen(name), NULL, fault);
        free(name);
        PEIL_TRY(status);
    }
    return peil_unpack_verdict(in, fault);
}

/* In the same order: each has a factor of its own. */
static bool has_replicates(const peil_pass *pass, const peil_header *header) {
    if (header->nvariables != pass->studies[0].plan.nreplicates) return false;
    for (size_t r = 0; r < header->nvariables; r++)
        if (strcmp(header->variables[r].name, replicate_name(pass, r)) != 0) return false;
    return true;
}

static peil_status take_replicates(peil_pass *pass, bool is_first, const peil_header *header,
                                   peil_fault *fault) {
    if (is_first)
        PEIL_TRY(
            peil_study_find_replicates(&pass->studies[0], 0, header, &pass->whole.batch, fault));
    if (has_replicates(pass, header)) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA,
                     "has other replicate weights than the states before it, or in another order");
}

static bool has_areas(const peil_batch *batch, const peil_header *header) {
    size_t n = 0;
    for (size_t c = 0; c < batch->ncolumns; c++) {
        if (batch->columns[c].origin != PEIL_SPELLED) continue;
        if (n == header->nvariables) return false;
        if (strcmp(header->variables[n++].name, batch->columns[c].name) != 0) return false;
    }
    return n == header->nvariables;
}

static peil_status take_areas(peil_pass *pass, bool is_first, const peil_header *header,
                              peil_fault *fault) {
    if (is_first && pass->request->hierarchy)
        PEIL_TRY(peil_plan_areas(&pass->hierarchy, header, &pass->whole.batch, fault));
    if (has_areas(&pass->whole.batch, header)) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA, "has areas in other variables than the states before it");
}

/* Finds variables that only the files know, by their names in the state. */
typedef peil_status taking(peil_pass *pass, bool is_first, const peil_header *header,
                           peil_fault *fault);

static peil_status load_variables(peil_pass *pass, bool is_first, taking *take, peil_unpacking *in,
                                  peil_fault *fault) {
    peil_header header = {0};
    peil_status status = load_names(&header, in, fault);
    if (status == PEIL_OK) status = take(pass, is_first, &header, fault);
    for (size_t i = 0; i < header.nvariables; i++) peil_variable_clear(&header.variables[i]);
    free(header.variables);
    return status;
}

/* The codes that answers to a question can have. */
static size_t count_answers(const peil_coder *coder, size_t question) {
    const peil_question *q = &coder->plan->questions[question];
    if (!q->shape.coded) return 0;
    return q->shape.ncodes
               ? q->shape.ncodes
               : coder->batch->columns[q->measure->variables[0].column].dictionary.count;
}

static peil_status load_tally(const peil_coder *coder, uint64_t rows, peil_tally *tally,
                              peil_unpacking *in, peil_fault *fault) {
    const peil_catalog *catalog = &coder->catalog;
    size_t *counts = NULL;
    PEIL_TRY(peil_array_make(&counts, tally->ncubes + tally->nquestions, sizeof *counts, fault));
    size_t *nanswers = counts + tally->ncubes;
    for (size_t c = 0; c < tally->ncubes; c++) counts[c] = peil_cube_cells(&catalog->cubes[c]);
    for (size_t q = 0; q < tally->nquestions; q++) nanswers[q] = count_answers(coder, q);
    const peil_tally_limits limits = {catalog->levels[catalog->nlevels - 1].nodes.count, counts,
                                      nanswers, rows};
    const peil_status status = peil_tally_load(tally, &limits, in, fault);
    free(counts);
    return status;
}

static void check_answers(const peil_plan *plan, const peil_tally *tally, peil_unpacking *in) {
    for (size_t q = 0; q < plan->nquestions; q++) {
        const peil_numbers *numbers = &tally->questions[q].numbers;
        for (size_t i = 0; i < numbers->count; i++)
            peil_unpack_claim(in, peil_question_takes(&plan->questions[q], numbers->values[i]));
    }
}

static peil_status make_part(peil_pass *pass, bool is_first, peil_part *part, peil_fault *fault) {
    peil_batch *batch = &pass->whole.batch;
    PEIL_TRY(is_first ? peil_batch_allocate(batch, 1, fault)
                      : peil_batch_like(batch, &part->batch, fault));
    return peil_part_make(pass, part, fault);
}

/* Areas were put together as the file had them then. */
static peil_status check_hierarchy(const peil_pass *pass, const peil_state_parts *parts,
                                   peil_fault *fault) {
    for (size_t i = 0; pass->request->hierarchy && i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].nfiles; k++)
            if (strcmp(parts->parts[i].files[k].input.hierarchy_sha256, pass->hierarchy.sha256))
                return peil_fail(fault, PEIL_EDATA, "was made when %.200s was another file",
                                 pass->request->hierarchy);
    return PEIL_OK;
}

peil_status peil_state_load(peil_pass *pass, bool is_first, peil_part *part,
                            peil_state_parts *parts, peil_unpacking *in, peil_fault *fault) {
    PEIL_TRY(load_variables(pass, is_first, take_replicates, in, fault));
    PEIL_TRY(load_variables(pass, is_first, take_areas, in, fault));
    PEIL_TRY(make_part(pass, is_first, part, fault));
    PEIL_TRY(peil_state_parts_load(parts, &part->batch, in, fault));
    PEIL_TRY(check_hierarchy(pass, parts, fault));
    PEIL_TRY(peil_batch_load(&part->batch, in, fault));
    peil_coder *coder = &part->shares[0].coder;
    peil_tally *tally = &part->shares[0].tally;
    const peil_coder_limits limits = {parts->nfiles, peil_state_parts_sample(parts)};
    PEIL_TRY(peil_coder_load(coder, &limits, in, fault));
    PEIL_TRY(load_tally(coder, limits.rows, tally, in, fault));
    check_answers(coder->plan, tally, in);
    peil_unpack_claim(in, in->left == 0);
    return peil_unpack_verdict(in, fault);
}

/* ---- adding up ---- */

static peil_status name_state(const char *name, peil_status status, peil_fault *fault) {
    if (status == PEIL_EDATA && fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", name);
    return status;
}

/* The request, which is the first thing in the contents, and has the digest of the first lines. */
static peil_status load_request(peil_state_bytes *file, peil_saved_request *out,
                                peil_fault *fault) {
    char digest[PEIL_DIGEST_TEXT];
    const peil_unpacking before = file->contents;
    PEIL_TRY(peil_request_load(out, &file->contents, fault));
    peil_digest_text(before.bytes, before.left - file->contents.left, digest);
    peil_unpack_claim(&file->contents, strcmp(digest, file->request) == 0);
    return peil_unpack_verdict(&file->contents, fault);
}

static peil_status check_request(const peil_states *states, peil_state_bytes *file,
                                 peil_fault *fault) {
    peil_saved_request asked = {0};
    peil_status status = load_request(file, &asked, fault);
    const char *option =
        status == PEIL_OK ? peil_saved_request_difference(&states->asked, &asked) : NULL;
    if (option)
        status = peil_fail(fault, PEIL_EDATA,
                           "is of another request than %.200s: --%s is another or not in both",
                           states->files.word[0], option);
    peil_saved_request_clear(&asked);
    return status;
}

peil_status peil_states_open(const peil_words *files, peil_states *out, peil_fault *fault) {
    *out = (peil_states){.files = *files};
    if (files->n == 0) return peil_fail(fault, PEIL_EUSAGE, "there is no state");
    PEIL_TRY(peil_state_read(files->word[0], &out->first, fault));
    return peil_states_begin(out, fault);
}

peil_status peil_states_begin(peil_states *states, peil_fault *fault) {
    return name_state(states->files.word[0], load_request(&states->first, &states->asked, fault),
                      fault);
}

void peil_states_clear(peil_states *states) {
    peil_saved_request_clear(&states->asked);
    peil_state_bytes_clear(&states->first);
}

/* For messages about records. */
static peil_status name_files(peil_pass *pass, peil_fault *fault) {
    const peil_state_parts *parts = &pass->parts;
    bool *has_names = NULL;
    PEIL_TRY(peil_array_make(&has_names, parts->nfiles, sizeof *has_names, fault));
    for (size_t i = 0, file = 0; i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].nfiles; k++)
            has_names[file++] = parts->parts[i].files[k].has_names;
    free(pass->has_names);
    pass->has_names = has_names;
    pass->nfiles = parts->nfiles;
    pass->files = parts->names;
    return PEIL_OK;
}

/* Adds a part to the whole, which is the first part itself when it is. */
static peil_status join(peil_pass *pass, peil_part *part, peil_state_parts *parts,
                        peil_fault *fault) {
    peil_renumbering numbers;
    peil_status status = peil_state_parts_join(&pass->parts, parts, &numbers, fault);
    if (status == PEIL_OK) status = name_files(pass, fault);
    if (status == PEIL_OK) {
        if (part != &pass->whole) peil_coder_renumber(&pass->whole.shares[0].coder, numbers.into);
        peil_coder_renumber(&part->shares[0].coder, numbers.from);
        if (part != &pass->whole) status = peil_part_add(pass, &pass->whole, part, fault);
    }
    free(numbers.into);
    free(numbers.from);
    return status;
}

/* From the contents of a state whose request is known. */
static peil_status add_contents(peil_pass *pass, bool is_first, peil_unpacking *in,
                                peil_fault *fault) {
    peil_part other = {0}, *part = is_first ? &pass->whole : &other;
    peil_state_parts parts = {0};
    peil_status status = peil_state_load(pass, is_first, part, &parts, in, fault);
    if (status == PEIL_OK) status = join(pass, part, &parts, fault);
    if (!is_first) peil_part_clear(pass, part);
    peil_state_parts_clear(&parts);
    return status;
}

static peil_status add_state(const peil_states *states, size_t i, peil_pass *pass,
                             peil_fault *fault) {
    peil_state_bytes file = {0};
    PEIL_TRY(peil_state_read(states->files.word[i], &file, fault));
    peil_status status = check_request(states, &file, fault);
    if (status == PEIL_OK) status = add_contents(pass, false, &file.contents, fault);
    peil_state_bytes_clear(&file);
    return status;
}

static peil_status add_first(peil_states *states, peil_pass *pass, peil_fault *fault) {
    const peil_status status = add_contents(pass, true, &states->first.contents, fault);
    peil_state_bytes_clear(&states->first);
    return status;
}

/* What the report and the studies know of the data, as if they had been read here. */
static peil_status settle(peil_pass *pass, peil_report *report, peil_fault *fault) {
    const peil_state_parts *parts = &pass->parts;
    pass->first_input = report->ninputs;
    PEIL_TRY(peil_state_parts_agree(parts, &pass->whole.batch, fault));
    PEIL_TRY(peil_array_reserve(&report->inputs, &report->inputs_capacity,
                                report->ninputs + parts->nfiles, sizeof *report->inputs, fault));
    for (size_t i = 0; i < parts->n; i++) {
        const peil_state_part *part = &parts->parts[i];
        pass->has_labels = pass->has_labels || part->has_labels;
        for (size_t k = 0; k < part->nfiles; k++)
            PEIL_TRY(
                peil_input_copy(&part->files[k].input, &report->inputs[report->ninputs++], fault));
    }
    return PEIL_OK;
}

peil_status peil_states_load(peil_states *states, peil_pass *pass, peil_report *report,
                             peil_fault *fault) {
    for (size_t i = 0; i < states->files.n; i++) {
        const peil_status status =
            i == 0 ? add_first(states, pass, fault) : add_state(states, i, pass, fault);
        if (status != PEIL_OK) return name_state(states->files.word[i], status, fault);
    }
    if (!states->are_some) PEIL_TRY(peil_state_parts_check_whole(&pass->parts, fault));
    return settle(pass, report, fault);
}
