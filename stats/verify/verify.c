/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/verify.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "estimate/figure.h"
#include "plan/preset.h"
#include "plan/request_keys.h"
#include "report/monitor.h"
#include "report/provenance.h"
#include "verify/explain.h"
#include "verify/placing.h"
#include "verify/rows.h"

/* ---- figures ---- */

/* Those of the monitor as well as those of the request. */
static peil_status tell_files(const peil_published_list *list, const peil_monitor *monitor,
                              peil_report *report, peil_fault *fault) {
    for (size_t f = 0; f < list->nsheets; f++) {
        const char *name = monitor->published.word[f], *sha256 = list->sheets[f].sha256;
        PEIL_TRY(peil_report_request(report, "published-file", name, fault));
        PEIL_TRY(peil_report_request(report, "published-file-sha256", sha256, fault));
    }
    return PEIL_OK;
}

static peil_status compute(peil_publication *p, const peil_published_list *list,
                           peil_verdict *verdicts, peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_placing_set_breakdowns(p->monitor, list, fault));
    PEIL_TRY(peil_publication_make(p, fault));
    PEIL_TRY(peil_publication_read(p, report, fault));
    PEIL_TRY(peil_verify_rows(p, list, verdicts, report, fault));
    PEIL_TRY(peil_report_check(report, fault));
    if (p->base->explain) PEIL_TRY(peil_verify_explain(p, list, verdicts, report, fault));
    PEIL_TRY(tell_files(list, p->monitor, report, fault));
    return peil_monitor_notes(p, report, fault);
}

static peil_status verify_list(peil_publication *p, const peil_published_list *list,
                               peil_report *report, peil_fault *fault) {
    peil_verdict *verdicts = NULL;
    if (list->n == 0) return peil_fail(fault, PEIL_EDATA, "there is no published figure to verify");
    PEIL_TRY(peil_array_make(&verdicts, list->n, sizeof *verdicts, fault));
    const peil_status status = compute(p, list, verdicts, report, fault);
    free(verdicts);
    return status;
}

/* The files of the request come behind those of the monitor. */
static peil_status add_files(const peil_request *request, peil_monitor *monitor,
                             peil_fault *fault) {
    const size_t n = monitor->published.n;
    const char **words = NULL;
    PEIL_TRY(peil_monitor_own(monitor, &words, n + request->published.n, sizeof *words, fault));
    for (size_t i = 0; i < n; i++) words[i] = monitor->published.word[i];
    for (size_t i = 0; i < request->published.n; i++) words[n + i] = request->published.word[i];
    monitor->published = (peil_words){n + request->published.n, words};
    return PEIL_OK;
}

/* ---- a monitor ---- */

/* Faults of the monitor do not keep those of the figures from being found. */
static peil_status gather(peil_publication *p, peil_published_list *list, peil_report *report,
                          peil_fault *fault) {
    const peil_status checked = peil_monitor_check(p, report, fault);
    if (checked != PEIL_OK && checked != PEIL_EDATA) return checked;
    PEIL_TRY(add_files(p->base, p->monitor, fault));
    return peil_published_gather(p->monitor, list, report, fault);
}

static peil_status verify_monitor(peil_publication *p, peil_report *report, peil_fault *fault) {
    peil_published_list list = {0};
    peil_status status = gather(p, &list, report, fault);
    if (status == PEIL_OK) status = verify_list(p, &list, report, fault);
    for (size_t i = 0; status == PEIL_OK && i < p->base->published.n; i++)
        status = peil_report_request(report, "published", p->base->published.word[i], fault);
    if (status == PEIL_OK && p->base->explain)
        status = peil_report_request(report, "explain", "yes", fault);
    peil_published_clear(&list);
    return status;
}

/* ---- data files with measures ---- */

/* The variable of --period, which may go on with =2015,2017. */
static peil_status take_period(const char *period, peil_monitor *out, peil_fault *fault) {
    const size_t length = strcspn(period, "=");
    char *name = NULL;
    PEIL_TRY(peil_monitor_own(out, &name, length + 1, 1, fault));
    memcpy(name, period, length);
    out->period = name;
    return PEIL_OK;
}

static peil_status keep_word(peil_monitor *out, const char *word, const char **kept,
                             peil_fault *fault) {
    char *copy = NULL;
    PEIL_TRY(peil_monitor_own(out, &copy, strlen(word) + 1, 1, fault));
    memcpy(copy, word, strlen(word));
    *kept = copy;
    return PEIL_OK;
}

/* A measure is an indicator, and its name the code. */
static peil_status add_indicator(const char *word, peil_kinds kinds, peil_monitor *out,
                                 peil_fault *fault) {
    peil_measure measure = {0};
    peil_indicator *made = &out->indicators[out->nindicators];
    *made = (peil_indicator){.measure = word, .decimals = -1};
    peil_status status = peil_measure_parse(word, kinds, &measure, fault);
    if (status == PEIL_OK) status = keep_word(out, measure.name, &made->code, fault);
    peil_measure_clear(&measure);
    if (status == PEIL_OK) out->nindicators++;
    return status;
}

/* A monitor of one source with the request's files and design. */
static peil_status make_monitor(const peil_request *request, peil_monitor *out, peil_fault *fault) {
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    out->language = request->language;
    out->breakdowns = request->by;
    out->compare.level = request->level;
    if (request->period) PEIL_TRY(take_period(request->period, out, fault));
    PEIL_TRY(peil_monitor_own(out, &out->data, 1, sizeof *out->data, fault));
    out->ndata = 1;
    out->data[0] = (peil_monitor_data){.name = "data", .request = *request};
    out->data[0].request.measures = out->data[0].request.by = (peil_words){0, NULL};
    PEIL_TRY(peil_monitor_own(out, &out->indicators, request->measures.n, sizeof *out->indicators,
                              fault));
    for (size_t i = 0; i < request->measures.n; i++)
        PEIL_TRY(add_indicator(request->measures.word[i], kinds, out, fault));
    return add_files(request, out, fault);
}

static peil_status verify_data(const peil_request *request, peil_monitor *monitor,
                               peil_report *report, peil_fault *fault) {
    peil_publication p = {.base = request, .monitor = monitor};
    peil_published_list list = {0};
    report->has_language = true;
    report->language = request->language;
    report->level = request->level > 0 ? request->level : 95;
    peil_status status = make_monitor(request, monitor, fault);
    if (status == PEIL_OK) status = peil_published_gather(monitor, &list, report, fault);
    if (status == PEIL_OK) status = verify_list(&p, &list, report, fault);
    if (status == PEIL_OK) status = peil_report_describe_request(request, report, fault);
    peil_published_clear(&list);
    peil_publication_clear(&p);
    return status;
}

/* On failure nothing is left but what is wrong with the published figures. */
static peil_status fail(peil_status status, peil_report *report, peil_fault *fault) {
    peil_faults faults = report->faults;
    report->faults = (peil_faults){0};
    peil_report_clear(report);
    if (status == PEIL_EDATA && faults.n) {
        report->faults = faults;
        if (fault) fault->message[0] = '\0';
        if (fault) fault->status = status;
    } else {
        peil_faults_clear(&faults);
    }
    return status;
}

/* What was read from stdin is gone. */
static peil_status check_files(const peil_request *request, peil_fault *fault) {
    for (size_t i = 0; i < request->files.n; i++)
        if (request->explain && strcmp(request->files.word[i], "-") == 0)
            return peil_fail(fault, PEIL_EUSAGE,
                             "--explain reads the files more than once, and stdin is read once");
    return PEIL_OK;
}

static peil_status run_data(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_monitor monitor = {0};
    peil_request filled = *request;
    if (request->published.n == 0)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--measure needs --published FILE, the figures to hold it against");
    PEIL_TRY(check_files(request, fault));
    peil_status status = peil_preset_fill(&filled, false, fault);
    if (status == PEIL_OK) status = verify_data(&filled, &monitor, report, fault);
    peil_monitor_clear(&monitor);
    return status == PEIL_OK ? status : fail(status, report, fault);
}

/* A monitor says of itself how its figures are made: other words would be passed over. */
static peil_status run_monitor(const peil_request *request, peil_report *report,
                               peil_fault *fault) {
    for (const peil_request_key *key = peil_request_keys; key->name; key++) {
        if (strcmp(key->name, "published") == 0 || strcmp(key->name, "explain") == 0) continue;
        if (peil_request_key_is_given(request, key))
            return peil_fail(fault, PEIL_EUSAGE,
                             "--%s goes with data and --measure; a monitor says it itself",
                             key->name);
    }
    return peil_monitor_carry_out(request, verify_monitor, report, fault);
}

peil_status peil_run_verify(const peil_request *request, peil_report *report, peil_fault *fault) {
    *report = (peil_report){.command = "verify"};
    return request->measures.n ? run_data(request, report, fault)
                               : run_monitor(request, report, fault);
}
