/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/comparison.h"
#include "report/run.h"
#include "report/state.h"

/* The request of the states, with what the user says of the figures' form. */
static peil_request request_of(const peil_request *request, peil_states *states) {
    peil_request asked = states->asked.request;
    asked.states = states;
    asked.hash_inputs = request->hash_inputs; /* files that are read again, as those of targets */
    asked.threads = request->threads;
    asked.language = request->language;
    asked.language_is_chosen = request->language_is_chosen;
    return asked;
}

/* The states as one, to be added to others. */
static peil_status join(const peil_request *asked, peil_report *report, peil_fault *fault) {
    peil_pass pass = {0};
    peil_crossed crossed = {0};
    peil_status status = peil_crossed_make(asked, &crossed, fault);
    if (status == PEIL_OK) status = peil_pass_total(&crossed.request, 1, &pass, report, fault);
    if (status == PEIL_OK)
        status = peil_state_save(&pass, asked, &pass.parts, &report->document, fault);
    peil_pass_clear(&pass);
    peil_crossed_clear(&crossed);
    return status;
}

static peil_status merge(const peil_request *request, peil_states *states, peil_report *report,
                         peil_fault *fault) {
    PEIL_TRY(peil_states_open(&request->files, states, fault));
    PEIL_TRY(peil_request_check_files(&states->asked.request, fault));
    const peil_request asked = request_of(request, states);
    states->are_some = request->partial;
    if (request->partial) return join(&asked, report, fault);
    return asked.over ? peil_run_compare(&asked, report, fault)
                      : peil_run_table(&asked, report, fault);
}

peil_status peil_run_merge(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_states states = {0};
    *report = (peil_report){.command = "merge"};
    const peil_status status = merge(request, &states, report, fault);
    peil_states_clear(&states);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
