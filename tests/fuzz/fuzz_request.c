/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any lines as a request: on each an option and, behind a space, its value. Behind an empty line
 * stand the data, else they are a few people. It is refused, or there are figures, and those of a
 * state are the same. */
#include "fuzz/figures.h"

#include "core/pack.h"
#include "plan/request_keys.h"
#include "report/state.h"

enum { REPLICATES_MOST = 20 };

/* ---- the lines ---- */

/* The words in the order of their options, so that values of one option stand together. */
static void pack_lines(const char *text, peil_text *out) {
    for (const peil_request_key *key = peil_request_keys; key->name; key++) {
        const size_t length = strlen(key->name);
        for (const char *line = text; *line; line += *line == '\n') {
            const size_t end = strcspn(line, "\n");
            if (strncmp(line, key->name, length) == 0 && line[length] == ' ') {
                peil_pack_string(out, key->name);
                peil_pack_u64(out, end - length - 1);
                peil_text_add_bytes(out, line + length + 1, end - length - 1);
            }
            line += end;
        }
    }
    peil_pack_string(out, "");
}

static bool load_lines(const char *text, size_t length, peil_saved_request *out) {
    peil_text lines = {0}, packed = {0};
    peil_fault fault = {0};
    peil_text_add_bytes(&lines, text, length);
    peil_text_add_bytes(&lines, "", 1);
    pack_lines(lines.bytes, &packed);
    peil_unpacking in = {.bytes = packed.bytes, .left = packed.length};
    const peil_status status = peil_request_load(out, &in, &fault);
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_text_clear(&lines);
    peil_text_clear(&packed);
    return status == PEIL_OK;
}

/* ---- files ---- */

static const char *targets_path(void) {
    static const char targets[] = "margin,category,target\nage,1,40\nage,2,70\n";
    static memory_file file;
    if (!file.path[0]) file = memory_file_of(targets, sizeof targets - 1);
    return file.path;
}

static const char *areas_path(void) {
    static const char areas[] =
        "wijk,gemeente,gemeente_naam\nWK01,GM01,Noord\nWK02,GM01,\n"
        "WK03,GM02,Zuid\nWK04,GM02,\n";
    static memory_file file;
    if (!file.path[0]) file = memory_file_of(areas, sizeof areas - 1);
    return file.path;
}

/* ---- the figures ---- */

static peil_status run_states(const peil_request *request, peil_report *report, peil_fault *fault) {
    return request->over ? peil_run_compare(request, report, fault)
                         : peil_run_table(request, report, fault);
}

static bool make_state(const peil_request *request, peil_text *out) {
    peil_report report = {0};
    peil_fault fault = {0};
    const peil_status status = peil_run_tally(request, &report, &fault);
    if (status != PEIL_OK && !fault.message[0]) abort();
    *out = report.document;
    report.document = (peil_text){0};
    peil_report_clear(&report);
    return status == PEIL_OK;
}

/* The state's own first file takes the bytes over. */
static void check_state(const peil_request *request, const peil_text *wanted) {
    static const char *const name = "state";
    peil_states states = {.files = {1, &name}, .first = {.name = name}};
    peil_fault fault = {0};
    if (make_state(request, &states.first.bytes)) {
        if (peil_state_unframe(&states.first, &fault) != PEIL_OK) abort();
        if (peil_states_begin(&states, &fault) != PEIL_OK) abort();
        peil_request asked = states.asked.request;
        asked.states = &states;
        asked.hash_inputs = true;
        peil_text said = figures_say(run_states, &asked, false);
        if (wanted->bytes[0] == '{') figures_compare(wanted, &said);
        peil_text_clear(&said);
    }
    peil_states_clear(&states);
}

static void check(peil_request request, const char *data) {
    const char *targets = targets_path();
    request.files = (peil_words){1, &data};
    request.hash_inputs = true;
    if (request.targets.n) request.targets = (peil_words){1, &targets};
    if (request.hierarchy) request.hierarchy = areas_path();
    if (request.replicates > REPLICATES_MOST) request.replicates = REPLICATES_MOST;
    const bool is_weight = request.new_weight || request.trim;
    request.keep_weights = is_weight;
    peil_text said = figures_check(is_weight ? peil_run_weight : run_states, request);
    if (!is_weight) check_state(&request, &said);
    peil_text_clear(&said);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    peil_saved_request asked = {0};
    const char *text = (const char *)bytes, *end = memmem(text, length, "\n\n", 2);
    const size_t nlines = end ? (size_t)(end - text) : length, data_at = nlines + 2;
    if (load_lines(text, nlines, &asked)) {
        const memory_file data =
            end ? memory_file_of(text + data_at, length - data_at) : memory_file_of("", 0);
        check(asked.request, end ? data.path : figures_people());
        memory_file_close(&data);
    }
    peil_saved_request_clear(&asked);
    return 0;
}
