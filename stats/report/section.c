/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include "core/text.h"
#include "report/changes.h"

static void add_line(peil_text *out, const char *heading, const char *text) {
    if (text) peil_text_add_format(out, "%s: %s\n", heading, text);
}

static peil_section *last(peil_report *report) {
    return &report->sections[report->nsections - 1];
}

peil_status peil_section_begin(const peil_indicator *indicator, const char *measure,
                               peil_report *report, peil_fault *fault) {
    const bool dutch = report->language == PEIL_DUTCH;
    peil_section *section;
    peil_text title = {0};
    peil_text_add(&title, indicator->code);
    if (indicator->title) peil_text_add_format(&title, "  %s", indicator->title);
    const peil_status status = title.failed
                                   ? peil_fail_memory(fault)
                                   : peil_report_section(report, title.bytes, &section, fault);
    peil_text_clear(&title);
    if (status != PEIL_OK) return status;
    section->decimals = indicator->decimals;
    add_line(&section->head, dutch ? "Bron" : "Source", indicator->source);
    add_line(&section->head, dutch ? "Maat" : "Measure", measure);
    add_line(&section->head, dutch ? "Toelichting" : "Remark", indicator->note);
    return section->head.failed ? peil_fail_memory(fault) : PEIL_OK;
}

static const char *word_of(peil_judgement judgement, peil_language language) {
    static const char *const words[][2] = {
        [PEIL_NOT_JUDGED] = {"", ""},
        [PEIL_MET] = {"met", "gehaald"},
        [PEIL_NOT_MET] = {"not met", "niet gehaald"},
        [PEIL_NOT_DISTINGUISHABLE] = {"not distinguishable at this sample size",
                                      "niet te onderscheiden bij deze steekproef"}};
    return words[judgement][language];
}

void peil_section_judged(peil_report *report, const char *period, const peil_stated *target,
                         peil_judgement judgement, const char *reason) {
    const peil_language language = report->language;
    const char *name = language == PEIL_DUTCH ? "doel" : "target";
    peil_text *tail = &last(report)->tail;
    if (period) peil_text_add_format(tail, "%s, ", period);
    peil_text_add_format(tail, "%s %s: %s; %s\n", name, target->text, word_of(judgement, language),
                         reason);
}

static bool is_measured(const peil_stated *target, const char *const *periods, size_t n) {
    if (!target->period || target->statement.relation == PEIL_UNMEASURED) return true;
    for (size_t k = 0; k < n; k++)
        if (peil_value_compare(target->period, periods[k]) == 0) return true;
    return false;
}

peil_status peil_section_end(const peil_indicator *indicator, const char *const *periods, size_t n,
                             peil_report *report, peil_fault *fault) {
    peil_text *tail = &last(report)->tail;
    bool is_first = true;
    for (size_t i = 0; i < indicator->target.n; i++) {
        const peil_stated *target = &indicator->target.list[i];
        if (is_measured(target, periods, n)) continue;
        const char *heading = report->language == PEIL_DUTCH ? "Doelen" : "Targets";
        peil_text_add_format(tail, is_first ? "%s: " : "%s", is_first ? heading : ", ");
        peil_text_add_format(tail, "%s (%s)", target->text, target->period);
        is_first = false;
    }
    if (!is_first) peil_text_add(tail, "\n");
    return tail->failed ? peil_fail_memory(fault) : PEIL_OK;
}
