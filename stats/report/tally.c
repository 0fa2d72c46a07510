/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/comparison.h"
#include "report/run.h"
#include "report/state.h"

/* ---- the part ---- */

static peil_status take_files(const peil_pass *pass, peil_report *report, peil_state_part *part,
                              peil_fault *fault) {
    part->has_labels = pass->has_labels;
    for (size_t i = 0; i < part->nfiles; i++) {
        PEIL_TRY(peil_input_copy(&report->inputs[i], &part->files[i].input, fault));
        part->files[i].has_names = pass->has_names[i];
    }
    return peil_state_part_describe(part, &pass->whole.batch, fault);
}

static peil_status make_part(const peil_pass *pass, peil_report *report, peil_state_parts *parts,
                             peil_fault *fault) {
    peil_state_part *part;
    PEIL_TRY(peil_state_parts_add(parts, report->ninputs, &part, fault));
    PEIL_TRY(peil_part_number(pass->request->part, &part->number, &parts->of, fault));
    PEIL_TRY(take_files(pass, report, part, fault));
    return peil_state_part_check(part, fault);
}

/* ---- the state ---- */

static peil_status check_words(const peil_request *request, peil_fault *fault) {
    uint32_t k, n;
    PEIL_TRY(peil_part_number(request->part, &k, &n, fault));
    if (request->over) return peil_comparison_check(request, fault);
    const char *option = request->against  ? "--against"
                         : request->rule   ? "--rule"
                         : request->adjust ? "--adjust"
                                           : NULL;
    return option ? peil_fail(fault, PEIL_EUSAGE, "%s needs --over", option) : PEIL_OK;
}

static peil_status make_state(const peil_request *request, peil_pass *pass, peil_crossed *crossed,
                              peil_report *report, peil_fault *fault) {
    peil_state_parts parts = {0};
    PEIL_TRY(check_words(request, fault));
    PEIL_TRY(peil_request_check_files(request, fault));
    PEIL_TRY(peil_crossed_make(request, crossed, fault));
    PEIL_TRY(peil_pass_total(&crossed->request, 1, pass, report, fault));
    peil_status status = make_part(pass, report, &parts, fault);
    if (status == PEIL_OK)
        status = peil_state_save(pass, request, &parts, &report->document, fault);
    peil_state_parts_clear(&parts);
    return status;
}

peil_status peil_run_tally(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_pass pass = {0};
    peil_crossed crossed = {0};
    peil_request own = *request;
    own.hash_inputs = true; /* the digest of its data tells a part from another */
    own.may_be_empty = true;
    *report = (peil_report){.command = "tally"};
    const peil_status status = make_state(&own, &pass, &crossed, report, fault);
    peil_pass_clear(&pass);
    peil_crossed_clear(&crossed);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
