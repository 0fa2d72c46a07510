/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a state file, its checksum aside. It is refused, or gives figures, also when its
 * totals are added to themselves. A seed is made by peil tally; the request's checksum keeps to the
 * requests of the seeds, so that no input asks for a day's work. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/run.h"
#include "report/state.h"
#include "write/write.h"

static const char *const name = "state";

/* The states of one file, whose bytes are copied; false when it is refused. */
static bool open_states(const uint8_t *bytes, size_t length, peil_states *out) {
    peil_fault fault = {0};
    *out = (peil_states){.files = {1, &name}, .first = {.name = name}};
    peil_text_add_bytes(&out->first.bytes, (const char *)bytes, length);
    peil_status status = peil_state_unframe(&out->first, &fault);
    if (status == PEIL_OK) status = peil_states_begin(out, &fault);
    if (status != PEIL_OK && !fault.message[0]) abort();
    return status == PEIL_OK;
}

/* Figures, or a refusal. */
static void make_figures(peil_states *states) {
    peil_request request = states->asked.request;
    peil_report report = {0};
    peil_fault fault = {0};
    peil_text out = {0};
    request.states = states;
    const peil_status status = request.over ? peil_run_compare(&request, &report, &fault)
                                            : peil_run_table(&request, &report, &fault);
    if (status == PEIL_OK) peil_writer_find("json")->write(&report, &(peil_style){0}, &out);
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_text_clear(&out);
    peil_report_clear(&report);
}

/* The whole, and the same once more. */
static void add_to_itself(peil_states *states) {
    peil_request request = states->asked.request;
    peil_unpacking again = states->first.contents;
    peil_text kept = states->first.bytes; /* which the pass would release */
    peil_pass pass = {0};
    peil_part other = {0};
    peil_state_parts parts = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    states->first.bytes = (peil_text){0};
    states->are_some = true;
    request.states = states;
    peil_status status = peil_pass_total(&request, 1, &pass, &report, &fault);
    if (status == PEIL_OK) {
        status = peil_state_load(&pass, false, &other, &parts, &again, &fault);
        if (status == PEIL_OK) status = peil_part_add(&pass, &pass.whole, &other, &fault);
        peil_part_clear(&pass, &other);
    }
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_state_parts_clear(&parts);
    peil_pass_clear(&pass);
    peil_report_clear(&report);
    peil_text_clear(&kept);
}

static void read_request(const uint8_t *bytes, size_t length) {
    peil_unpacking in = {.bytes = (const char *)bytes, .left = length};
    peil_saved_request saved = {0};
    peil_fault fault = {0};
    if (peil_request_load(&saved, &in, &fault) != PEIL_OK && !fault.message[0]) abort();
    peil_saved_request_clear(&saved);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    peil_states states;
    if (open_states(bytes, length, &states)) make_figures(&states);
    peil_states_clear(&states);
    if (open_states(bytes, length, &states) && !states.asked.request.over) add_to_itself(&states);
    peil_states_clear(&states);
    read_request(bytes, length);
    return 0;
}
