/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/team.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/files.h"
#include "report/state.h"

/* ---- who reads what ---- */

/* Before anything is opened: of a pipe one rank would take the bytes, and the others wait. */
static peil_status check_words(const peil_words *files, peil_fault *fault) {
    for (size_t i = 0; i < files->n; i++) {
        if (peil_source_check_again(files->word[i], fault) == PEIL_OK) continue;
        return peil_fail(fault, PEIL_EUSAGE,
                         "several processes read files together, not standard input or a pipe");
    }
    return PEIL_OK;
}

peil_status peil_team_check(const peil_request *request, peil_fault *fault) {
    if (!request->team || request->team->size == 1) return PEIL_OK;
    const peil_words areas = {request->hierarchy ? 1 : 0, &request->hierarchy};
    PEIL_TRY(check_words(&request->files, fault));
    PEIL_TRY(check_words(&request->targets, fault));
    return check_words(&areas, fault);
}

peil_status peil_team_deal(const peil_pass *pass, size_t file, peil_reader *reader, bool *is_dealt,
                           bool *is_for_here, peil_fault *fault) {
    const peil_team *team = pass->request->team;
    *is_dealt = false;
    *is_for_here = true;
    if (!team || team->size == 1) return PEIL_OK;
    if (!pass->team) return PEIL_OK;
    if (pass->request->files.n < team->size)
        PEIL_TRY(peil_reader_deal(reader, team->rank, team->size, is_dealt, fault));
    *is_for_here = *is_dealt || file % team->size == team->rank;
    return PEIL_OK;
}

peil_status peil_team_end(const peil_pass *pass, size_t file, peil_reader *reader,
                          peil_fault *fault) {
    const peil_team *team = pass->team;
    pass->lessons[file] = peil_reader_lesson(reader);
    if (file % team->size != team->rank) return PEIL_OK;
    return peil_source_hash_whole(peil_reader_source(reader), fault);
}

/* ---- to rank 0: a fault, or lessons and a state ---- */

static void pack_fault(peil_status status, const peil_fault *fault, peil_text *out) {
    peil_pack_u32(out, (uint32_t)status);
    peil_pack_string(out, fault->file);
    peil_pack_string(out, fault->message);
}

static peil_status describe(const peil_pass *pass, const peil_report *report,
                            peil_state_parts *parts, peil_fault *fault) {
    peil_state_part *part;
    PEIL_TRY(peil_state_parts_add(parts, pass->nfiles, &part, fault));
    for (size_t i = 0; i < pass->nfiles; i++) {
        const peil_input *input = &report->inputs[pass->first_input + i];
        PEIL_TRY(peil_input_copy(input, &part->files[i].input, fault));
        part->files[i].has_names = pass->has_names[i];
    }
    return peil_state_part_describe(part, &pass->whole.batch, fault);
}

static peil_status pack_share(const peil_pass *pass, const peil_report *report, peil_text *out,
                              peil_fault *fault) {
    peil_state_parts parts = {0};
    peil_text state = {0};
    for (size_t i = 0; i < pass->nfiles; i++) {
        peil_pack_u64(out, pass->lessons[i].size);
        peil_pack_u64(out, pass->lessons[i].begin);
        peil_pack_u64(out, pass->lessons[i].end);
        peil_pack_byte(out, pass->lessons[i].commas);
        peil_pack_byte(out, pass->lessons[i].points);
    }
    peil_status status = describe(pass, report, &parts, fault);
    if (status == PEIL_OK) status = peil_state_save(pass, pass->request, &parts, &state, fault);
    if (status == PEIL_OK) peil_text_add_bytes(out, state.bytes, state.length);
    peil_text_clear(&state);
    peil_state_parts_clear(&parts);
    return status;
}

static peil_status hand_over(const peil_pass *pass, const peil_report *report, peil_status status,
                             peil_fault *fault) {
    const peil_team *team = pass->team;
    peil_text bytes = {0};
    peil_fault none = {0};
    pack_fault(status, status == PEIL_OK ? &none : fault, &bytes);
    if (status == PEIL_OK) status = pack_share(pass, report, &bytes, fault);
    if (bytes.failed) status = peil_fail_memory(fault);
    if (status != PEIL_OK) {
        peil_text_clear(&bytes);
        pack_fault(status, fault, &bytes);
    }
    status = team->send(team->context, &bytes, fault);
    peil_text_clear(&bytes);
    return status == PEIL_OK ? peil_fail(fault, PEIL_ESYSTEM, "rank 0 makes the figures") : status;
}

/* ---- at rank 0 ---- */

/* What is no fault of the data is told as it is. */
static peil_status take_fault(size_t from, peil_status status, peil_unpacking *in,
                              peil_fault *fault) {
    char *file = NULL, *message = NULL;
    peil_status unpacked = peil_unpack_string(in, &file, fault);
    if (unpacked == PEIL_OK) unpacked = peil_unpack_string(in, &message, fault);
    if (unpacked == PEIL_OK && status == PEIL_ESYSTEM) {
        peil_fail(fault, PEIL_ESYSTEM, "%.400s (rank %zu)", message, from);
        if (fault) snprintf(fault->file, sizeof fault->file, "%s", file);
        unpacked = PEIL_ESYSTEM;
    }
    free(file);
    free(message);
    return unpacked;
}

static bool take_lessons(peil_pass *pass, peil_unpacking *in) {
    bool agree = true;
    for (size_t i = 0; i < pass->nfiles; i++) {
        peil_lesson lesson = {.size = peil_unpack_u64(in)};
        lesson.begin = peil_unpack_u64(in);
        lesson.end = peil_unpack_u64(in);
        lesson.commas = peil_unpack_byte(in, 2);
        lesson.points = peil_unpack_byte(in, 2);
        agree = peil_lessons_agree(&pass->lessons[i], lesson) && agree;
    }
    return agree && !in->failed;
}

/* Who read nothing of a file knows nothing of it; one of those who did has its hash. */
static peil_status take_input(const peil_input *theirs, peil_input *ours, peil_fault *fault) {
    const uint64_t records = ours->records + theirs->records,
                   sample = ours->sample + theirs->sample;
    char sha256[sizeof ours->sha256];
    memcpy(sha256, theirs->sha256[0] ? theirs->sha256 : ours->sha256, sizeof sha256);
    if (ours->records == 0 && theirs->records) {
        peil_input_clear(ours);
        PEIL_TRY(peil_input_copy(theirs, ours, fault));
    }
    ours->records = records;
    ours->sample = sample;
    memcpy(ours->sha256, sha256, sizeof sha256);
    return PEIL_OK;
}

static peil_status take_inputs(const peil_pass *pass, const peil_state_parts *parts,
                               peil_report *report, peil_fault *fault) {
    for (size_t i = 0; i < pass->nfiles; i++)
        PEIL_TRY(take_input(&parts->parts[0].files[i].input, &report->inputs[pass->first_input + i],
                            fault));
    return PEIL_OK;
}

static peil_status skip_request(peil_unpacking *in, peil_fault *fault) {
    peil_saved_request request = {0};
    const peil_status status = peil_request_load(&request, in, fault);
    peil_saved_request_clear(&request);
    return status;
}

/* A rank counts the rows of its share; those of the ranks before it come first. */
static peil_status number_records(const peil_pass *pass, const peil_report *report, peil_part *part,
                                  peil_fault *fault) {
    uint64_t *before = NULL;
    PEIL_TRY(peil_array_make(&before, pass->nfiles, sizeof *before, fault));
    for (size_t i = 0; i < pass->nfiles; i++)
        before[i] = report->inputs[pass->first_input + i].records;
    peil_coder_shift(&part->shares[0].coder, before);
    free(before);
    return PEIL_OK;
}

static peil_status add_state(peil_pass *pass, peil_report *report, peil_unpacking *in,
                             peil_fault *fault) {
    peil_part part = {0};
    peil_state_parts parts = {0};
    peil_status status = skip_request(in, fault);
    if (status == PEIL_OK) status = peil_state_load(pass, false, &part, &parts, in, fault);
    if (status == PEIL_OK && (parts.n != 1 || parts.nfiles != pass->nfiles))
        status = peil_fail(fault, PEIL_ESYSTEM, "a rank has other files");
    if (status == PEIL_OK) status = number_records(pass, report, &part, fault);
    if (status == PEIL_OK) status = take_inputs(pass, &parts, report, fault);
    if (status == PEIL_OK) status = peil_part_add(pass, &pass->whole, &part, fault);
    peil_part_clear(pass, &part);
    peil_state_parts_clear(&parts);
    return status;
}

/* PEIL_EDATA: its rows are refused, or contradict those of another. */
static peil_status add_share(peil_pass *pass, peil_report *report, size_t from, peil_text *bytes,
                             peil_fault *fault) {
    peil_unpacking in = {.bytes = bytes->bytes, .left = bytes->length};
    const peil_status status = (peil_status)peil_unpack_u32(&in);
    if (in.failed) return PEIL_EDATA;
    PEIL_TRY(take_fault(from, status, &in, fault));
    if (status != PEIL_OK || !take_lessons(pass, &in)) return PEIL_EDATA;
    peil_state_bytes state = {.name = "", .bytes = {.bytes = (char *)in.bytes, .length = in.left}};
    PEIL_TRY(peil_state_unframe(&state, fault));
    return add_state(pass, report, &state.contents, fault);
}

static peil_status receive_share(peil_pass *pass, peil_report *report, size_t from,
                                 peil_fault *fault) {
    const peil_team *team = pass->team;
    peil_text bytes = {0};
    peil_status status = team->receive(team->context, from, &bytes, fault);
    if (status == PEIL_OK) status = add_share(pass, report, from, &bytes, fault);
    peil_text_clear(&bytes);
    return status;
}

static bool has_empty_file(const peil_pass *pass, const peil_report *report) {
    for (size_t i = 0; i < pass->nfiles; i++)
        if (report->inputs[pass->first_input + i].records == 0) return true;
    return false;
}

static peil_status gather(peil_pass *pass, peil_report *report, bool *agree, peil_fault *fault) {
    for (size_t from = 1; from < pass->team->size && *agree; from++) {
        const peil_status status = receive_share(pass, report, from, fault);
        if (status != PEIL_OK && status != PEIL_EDATA) return status;
        *agree = status == PEIL_OK;
    }
    *agree = *agree && !has_empty_file(pass, report);
    return PEIL_OK;
}

peil_status peil_team_read(peil_pass *pass, peil_report *report, bool *agree, peil_fault *fault) {
    peil_fault own = {0};
    PEIL_TRY(peil_array_make(&pass->lessons, pass->request->files.n, sizeof *pass->lessons, fault));
    const peil_status status = peil_files_read(pass, report, &own);
    *agree = status == PEIL_OK;
    if (fault) *fault = own;
    if (pass->team->rank > 0) return hand_over(pass, report, status, &own);
    if (status != PEIL_OK && status != PEIL_EDATA) return status;
    return gather(pass, report, agree, fault);
}
