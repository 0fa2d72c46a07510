/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/provenance.h"

#include <stdlib.h>

#include "core/decimal.h"
#include "plan/request_keys.h"

/* ---- the request ---- */

static peil_status tell_words(peil_facts *facts, const char *name, const peil_words *words,
                              peil_fault *fault) {
    for (size_t i = 0; i < words->n; i++)
        PEIL_TRY(peil_facts_add(facts, name, words->word[i], fault));
    return PEIL_OK;
}

static peil_status tell_number(peil_facts *facts, const peil_request_key *key, double number,
                               peil_fault *fault) {
    char text[PEIL_DECIMAL_TEXT];
    const char *word = number > 0 ? text : key->otherwise;
    peil_double_write(number, text);
    return word ? peil_facts_add(facts, key->name, word, fault) : PEIL_OK;
}

/* What is given, or what holds when it is not. */
static peil_status tell_key(const peil_request *request, const peil_request_key *key,
                            peil_facts *facts, peil_fault *fault) {
    const void *field = peil_request_field(request, key);
    if (key->kind == PEIL_KEY_WORDS) return tell_words(facts, key->name, field, fault);
    if (key->kind == PEIL_KEY_NUMBER) return tell_number(facts, key, *(const double *)field, fault);
    if (key->kind == PEIL_KEY_WHOLE) return tell_number(facts, key, *(const int *)field, fault);
    const char *word = key->kind == PEIL_KEY_WORD ? *(const char *const *)field
                       : *(const bool *)field     ? "yes"
                                                  : NULL;
    if (!word) word = key->otherwise;
    return word ? peil_facts_add(facts, key->name, word, fault) : PEIL_OK;
}

peil_status peil_report_language(peil_language language, peil_report *report, peil_fault *fault) {
    return peil_report_request(report, "lang", language == PEIL_DUTCH ? "nl" : "en", fault);
}

peil_status peil_report_describe_request(const peil_request *request, peil_report *report,
                                         peil_fault *fault) {
    for (const peil_request_key *key = peil_request_keys; key->name; key++)
        PEIL_TRY(tell_key(request, key, &report->request, fault));
    return peil_report_language(request->language, report, fault);
}

peil_status peil_report_describe_given(const peil_request *request, peil_report *report,
                                       peil_fault *fault) {
    for (const peil_request_key *key = peil_request_keys; key->name; key++) {
        peil_request_key given = *key;
        given.otherwise = NULL;
        PEIL_TRY(tell_key(request, &given, &report->request, fault));
    }
    return peil_report_language(request->language, report, fault);
}

/* ---- methods ---- */

static peil_status tell_keys(const peil_request *request, const char *const *names, peil_facts *out,
                             peil_fault *fault) {
    for (; *names; names++) PEIL_TRY(tell_key(request, peil_request_key_find(*names), out, fault));
    return PEIL_OK;
}

/* What a comparison takes unless another is given. */
static peil_status tell_test(const peil_request *compare, peil_facts *out, peil_fault *fault) {
    PEIL_TRY(
        peil_facts_add(out, "against", compare->against ? compare->against : "previous", fault));
    PEIL_TRY(peil_facts_add(out, "test", compare->rule ? compare->rule : "t", fault));
    return peil_facts_add(out, "adjust", compare->adjust ? compare->adjust : "none", fault);
}

static peil_status tell_missing(const peil_request *source, peil_facts *out, peil_fault *fault) {
    static const char *const missing[] = {"missing", NULL};
    PEIL_TRY(peil_facts_add(out, "missing-answers",
                            source->include_missing ? "not-chosen" : "left-out", fault));
    return tell_keys(source, missing, out, fault);
}

/* Everybody was counted: nothing was drawn, and nothing is tested. */
static peil_status tell_register(const peil_request *source, peil_facts *out, peil_fault *fault) {
    static const char *const weight[] = {"weight", "standardise", NULL};
    PEIL_TRY(peil_facts_add(out, "register", "yes", fault));
    PEIL_TRY(tell_keys(source, weight, out, fault));
    return tell_missing(source, out, fault);
}

static peil_status tell_calibration(const peil_study *study, const peil_request *source,
                                    peil_facts *out, peil_fault *fault) {
    static const char *const words[] = {"bounds", "population", NULL};
    if (source->targets.n == 0) return PEIL_OK;
    PEIL_TRY(tell_words(out, "targets", &source->targets, fault));
    PEIL_TRY(peil_facts_add(out, "calibrate", study->calibration.distance->name, fault));
    return tell_keys(source, words, out, fault);
}

static peil_status tell_sample(const peil_study *study, const peil_request *source, peil_facts *out,
                               peil_fault *fault) {
    static const char *const design[] = {"weight", "missing-weight", "strata",      "cluster",
                                         "fpc",    "repweights",     "replication", "lonely-psu",
                                         NULL};
    static const char *const rules[] = {"standardise", "ci", "level", "simultaneous", "df", NULL};
    PEIL_TRY(tell_keys(source, design, out, fault));
    PEIL_TRY(tell_calibration(study, source, out, fault));
    PEIL_TRY(peil_facts_add(out, "variance", peil_variance_method_of(study->rules)->name, fault));
    PEIL_TRY(tell_missing(source, out, fault));
    return tell_keys(source, rules, out, fault);
}

peil_status peil_provenance_method(const peil_study *study, const peil_request *source,
                                   const peil_monitor_data *data, const peil_request *compare,
                                   peil_report *report, peil_fault *fault) {
    peil_facts *out;
    PEIL_TRY(peil_report_method(report, &out, fault));
    if (data) {
        PEIL_TRY(peil_facts_add(out, "data", data->name, fault));
        PEIL_TRY(tell_words(out, "files", &source->files, fault));
    }
    if (data && data->is_register) return tell_register(source, out, fault);
    PEIL_TRY(tell_sample(study, source, out, fault));
    return compare ? tell_test(compare, out, fault) : PEIL_OK;
}

/* ---- counts ---- */

/* Every base cell counts, those of respondents without a value of a breakdown's variable too. */
static uint64_t count_valid(const peil_study *study, size_t question,
                            const peil_answer_values *values) {
    const peil_tally *tally = &study->whole->tally;
    const peil_tally_question *q = &tally->questions[question];
    const peil_plane *n = &q->cubes[0].n;
    uint64_t sum = 0;
    for (uint32_t entry = 0; entry < n->count; entry++) {
        uint32_t pair, code;
        peil_entry_place(tally, question, 0, entry, &pair, &code);
        if (q->is_moments || values->rank[code] != PEIL_NONE) sum += n->words[entry * n->width];
    }
    return sum;
}

static peil_status fill_valid(const peil_study *study, size_t measure, uint64_t *valid,
                              peil_fault *fault) {
    const size_t question = study->plan.question_of[measure];
    peil_tableau t = {.study = study, .measure = &study->plan.measures[measure]};
    const peil_status status = peil_tableau_answers(study, question, &t, fault);
    if (status == PEIL_OK) *valid = count_valid(study, question, &t.values);
    peil_tableau_clear(&t);
    return status;
}

static peil_status tell_measure(const peil_study *study, size_t measure, const char *indicator,
                                const char *data, peil_facts *out, peil_fault *fault) {
    static const char *const filters[] = {"sample", "where", NULL};
    if (indicator) PEIL_TRY(peil_facts_add(out, "indicator", indicator, fault));
    if (data) PEIL_TRY(peil_facts_add(out, "data", data, fault));
    PEIL_TRY(peil_facts_add(out, "measure", study->plan.measures[measure].text, fault));
    return data ? tell_keys(study->request, filters, out, fault) : PEIL_OK;
}

peil_status peil_provenance_counts(const peil_study *study, size_t measure, const char *indicator,
                                   const char *data, peil_report *report, peil_fault *fault) {
    const peil_pass *pass = study->pass;
    peil_counts *out;
    PEIL_TRY(peil_report_counts(report, &out, fault));
    PEIL_TRY(tell_measure(study, measure, indicator, data, &out->about, fault));
    for (size_t i = 0; i < pass->nfiles; i++) {
        out->records += report->inputs[pass->first_input + i].records;
        out->sample += report->inputs[pass->first_input + i].sample;
    }
    out->domain = study->whole->coder.domain;
    return fill_valid(study, measure, &out->valid, fault);
}

peil_status peil_provenance_study(const peil_study *study, const peil_request *compare,
                                  peil_report *report, peil_fault *fault) {
    const peil_request *request = study->request;
    PEIL_TRY(peil_provenance_method(study, request, NULL, compare, report, fault));
    for (size_t m = 0; m < study->plan.nmeasures; m++)
        PEIL_TRY(peil_provenance_counts(study, m, NULL, NULL, report, fault));
    return PEIL_OK;
}
