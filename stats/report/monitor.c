/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/monitor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "report/provenance.h"
#include "report/run.h"
#include "report/stored.h"

#define MONITOR_BYTES \
    ((size_t)64 << 20) /* at most: what has no end, or is data, is not for memory */

/* ---- the file ---- */

/* Where a monitor's file names begin: its own folder. */
static void folder_of(const char *name, char *folder, size_t size) {
    const char *slash = strrchr(name, '/');
    snprintf(folder, size, "%.*s", slash ? (int)(slash - name) : 0, name);
}

/* ---- what --check tells ---- */

static peil_status add_checked(const peil_monitor *m, const peil_indicator *indicator,
                               peil_report *report, peil_fault *fault) {
    const char *const texts[] = {indicator->code, indicator->title, m->data[indicator->data].name,
                                 indicator->measure};
    peil_cell *cells;
    PEIL_TRY(peil_report_row(report, PEIL_UNIT_NONE, &cells, fault));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i]) PEIL_TRY(peil_cell_text(&cells[i], texts[i], false, fault));
    return PEIL_OK;
}

static peil_status note_fit(const peil_monitor *m, peil_report *report, peil_fault *fault) {
    size_t nfiles = 0;
    for (size_t d = 0; d < m->ndata; d++) nfiles += m->data[d].request.files.n;
    return peil_report_note(
        report, fault,
        report->language == PEIL_DUTCH
            ? "alles past: indicatoren %zu, gegevensbestanden %zu, met de variabelen die nodig "
              "zijn; de rijen zijn nog niet gelezen"
            : "all fits: indicators %zu, data files %zu, with the variables that are needed; the "
              "rows are not yet read",
        m->nindicators, nfiles);
}

static peil_status tell_checked(const peil_monitor *m, peil_report *report, peil_fault *fault) {
    static const char *const columns[] = {"indicator", "title", "data", "measure"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        PEIL_TRY(peil_report_column(report, columns[i], fault));
    for (size_t i = 0; i < m->nindicators; i++)
        PEIL_TRY(add_checked(m, &m->indicators[i], report, fault));
    return note_fit(m, report, fault);
}

/* ---- the run ---- */

/* By source the method, by indicator how many rows each filter leaves. */
static peil_status add_provenance(const peil_publication *p, peil_report *report,
                                  peil_fault *fault) {
    const peil_monitor *m = p->monitor;
    const peil_request *compare = m->has_compare ? &m->compare : NULL;
    for (size_t d = 0; d < m->ndata; d++) {
        if (p->nrequests[d] == 0) continue;
        const peil_request source = peil_publication_source(p, d);
        PEIL_TRY(peil_provenance_method(&p->passes[d].studies[0], &source, &m->data[d], compare,
                                        report, fault));
    }
    for (size_t i = 0; i < m->nindicators; i++)
        PEIL_TRY(peil_provenance_counts(peil_publication_study(p, i), p->seats[i].measure,
                                        m->indicators[i].code, m->data[m->indicators[i].data].name,
                                        report, fault));
    return PEIL_OK;
}

/* Sources may have variables of one name: notes on answers say of which source they are. */
static peil_status add_notes(const peil_publication *p, peil_report *report, peil_fault *fault) {
    const peil_monitor *m = p->monitor;
    PEIL_TRY(peil_input_notes(report->language, report, fault));
    for (size_t d = 0; d < m->ndata; d++) {
        report->note_about = m->ndata > 1 ? m->data[d].name : NULL;
        for (size_t s = 0; s < p->nrequests[d]; s++)
            PEIL_TRY(peil_answer_notes(&p->passes[d].studies[s], report, fault));
    }
    report->note_about = NULL;
    return peil_row_notes(report->language, report, fault);
}

peil_status peil_monitor_notes(const peil_publication *p, peil_report *report, peil_fault *fault) {
    PEIL_TRY(add_provenance(p, report, fault));
    return add_notes(p, report, fault);
}

peil_status peil_monitor_check(const peil_publication *p, peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_publication_check(p, &report->faults, fault));
    peil_faults_sort(&report->faults);
    return report->faults.n ? PEIL_EDATA : PEIL_OK;
}

static peil_status publish(peil_publication *p, peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_monitor_check(p, report, fault));
    if (p->base->check) return tell_checked(p->monitor, report, fault);
    PEIL_TRY(peil_publication_make(p, fault));
    PEIL_TRY(peil_publication_read(p, report, fault));
    PEIL_TRY(peil_publication_rows(p, report, fault));
    PEIL_TRY(peil_report_check(report, fault));
    return peil_monitor_notes(p, report, fault);
}

static void choose_language(const peil_request *request, const peil_monitor *monitor,
                            peil_report *report) {
    const bool is_own = monitor->has_language && !request->language_is_chosen;
    report->has_language = true;
    report->language = is_own ? monitor->language : request->language;
}

static peil_status run(const peil_request *request, peil_monitor_work *work, peil_monitor *monitor,
                       peil_report *report, peil_fault *fault) {
    peil_request base = *request;
    report->has_keys = true;
    choose_language(request, monitor, report);
    base.language = report->language;
    report->level = monitor->compare.level > 0 ? monitor->compare.level : 95;
    if (monitor->title) PEIL_TRY(peil_report_title(report, monitor->title, fault));
    peil_publication publication = {.base = &base, .monitor = monitor};
    const peil_status status = work(&publication, report, fault);
    peil_publication_clear(&publication);
    return status;
}

/* Faults of the text do not keep those of the data from being found. */
static peil_status parse_and_run(const peil_request *request, peil_monitor_work *work,
                                 const peil_text *text, peil_monitor *monitor, peil_report *report,
                                 peil_fault *fault) {
    char folder[4096];
    folder_of(request->files.word[0], folder, sizeof folder);
    const peil_status status = peil_monitor_read(text->bytes ? text->bytes : "", text->length,
                                                 folder, monitor, &report->faults, fault);
    const bool is_there = peil_yaml_is_there(monitor->at);
    return status == PEIL_ESYSTEM || !is_there ? status
                                               : run(request, work, monitor, report, fault);
}

static peil_status read_and_run(const peil_request *request, peil_monitor_work *work,
                                peil_monitor *monitor, peil_report *report, peil_fault *fault) {
    const char *name = request->files.word[0];
    char sha256[65] = "";
    peil_text text = {0};
    peil_status status = peil_stored_text(name, MONITOR_BYTES, &text, sha256, fault);
    if (status == PEIL_OK) status = parse_and_run(request, work, &text, monitor, report, fault);
    if (status == PEIL_OK) status = peil_report_request(report, "monitor", name, fault);
    if (status == PEIL_OK) status = peil_report_request(report, "monitor-sha256", sha256, fault);
    if (status == PEIL_OK) status = peil_report_language(report->language, report, fault);
    peil_text_clear(&text);
    return status;
}

/* On failure nothing is left but what is wrong with the monitor. */
static peil_status fail(const char *name, peil_status status, peil_report *report,
                        peil_fault *fault) {
    const peil_faults faults = report->faults;
    report->faults = (peil_faults){0};
    peil_report_clear(report);
    if (status == PEIL_ESYSTEM) {
        peil_faults released = faults;
        peil_faults_clear(&released);
        return status;
    }
    report->faults = faults;
    for (size_t i = 0; i < faults.n; i++)
        if (!faults.list[i].file[0])
            snprintf(faults.list[i].file, sizeof faults.list[i].file, "%s", name);
    if (fault && faults.n) fault->message[0] = '\0';
    if (fault && !fault->file[0]) snprintf(fault->file, sizeof fault->file, "%s", name);
    if (fault) fault->status = PEIL_EDATA;
    return PEIL_EDATA; /* words of a monitor are data, not usage */
}

peil_status peil_monitor_carry_out(const peil_request *request, peil_monitor_work *work,
                                   peil_report *report, peil_fault *fault) {
    peil_monitor monitor = {0};
    if (request->files.n != 1)
        return peil_fail(fault, PEIL_EUSAGE, "%s takes one MONITOR", report->command);
    const peil_status status = read_and_run(request, work, &monitor, report, fault);
    peil_monitor_clear(&monitor);
    return status == PEIL_OK ? status : fail(request->files.word[0], status, report, fault);
}

peil_status peil_run_monitor(const peil_request *request, peil_report *report, peil_fault *fault) {
    *report = (peil_report){.command = request->check ? "check" : "run"};
    return peil_monitor_carry_out(request, publish, report, fault);
}
