/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader of the figures should know, in their language. Names of variables and the codes
 * that the user declared may be named; values of respondents not. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/array.h"
#include "core/number.h"
#include "core/text.h"
#include "report/file_note.h"
#include "report/standard.h"
#include "report/study.h"

static bool is_dutch(const peil_study *study) {
    return study->request->language == PEIL_DUTCH;
}

/* "9: 12, NA: 3" */
static void list_codes(const peil_removals *r, peil_text *out) {
    for (size_t k = 0; k < r->ncodes; k++)
        if (r->counts[k])
            peil_text_add_format(out, "%s%s: %" PRIu64, out->length ? ", " : "", r->codes[k]->text,
                                 r->counts[k]);
}

static peil_status note_removed(const peil_study *study, const peil_removals *r,
                                peil_report *report, peil_fault *fault) {
    peil_text codes = {0};
    uint64_t all = 0;
    for (size_t k = 0; k < r->ncodes; k++) all += r->counts[k];
    if (all == 0) return PEIL_OK;
    list_codes(r, &codes);
    const peil_status status =
        codes.failed
            ? peil_fail_memory(fault)
            : peil_report_note(report, fault,
                               is_dutch(study)
                                   ? "%s: antwoorden die als ontbrekend tellen: %" PRIu64 " (%s)"
                                   : "%s: answers taken as missing: %" PRIu64 " (%s)",
                               study->pass->whole.batch.columns[r->column].name, all, codes.bytes);
    peil_text_clear(&codes);
    return status;
}

/* A mark of 9 among marks from 1 to 10 may be an answer. */
static peil_status note_inside(const peil_study *study, const peil_removals *r, peil_report *report,
                               peil_fault *fault) {
    for (size_t k = 0; k < r->ncodes; k++) {
        const peil_literal *code = r->codes[k];
        if (!r->any || code->is_text || r->counts[k] == 0) continue;
        if (peil_decimal_compare(code->number, r->low) <= 0 ||
            peil_decimal_compare(code->number, r->high) >= 0)
            continue;
        PEIL_TRY(peil_report_note(
            report, fault,
            is_dutch(study)
                ? "%s: de code %s telt als ontbrekend, maar ligt tussen de geldige waarden"
                : "%s: the code %s counts as missing, but lies between the valid values",
            study->pass->whole.batch.columns[r->column].name, code->text));
    }
    return PEIL_OK;
}

/* An answer that is asked for and that nobody gave is probably a slip. */
static peil_status note_unchosen(const peil_study *study, size_t m, peil_report *report,
                                 peil_fault *fault) {
    const peil_measure *measure = &study->plan.measures[m];
    const peil_tally_question *q = &study->whole->tally.questions[study->plan.question_of[m]];
    if (study->whole->coder.domain == 0) return PEIL_OK;
    if (measure->form != PEIL_FORM_CONDITION || (q->nseen > 1 && q->seen[1])) return PEIL_OK;
    return peil_report_note(
        report, fault,
        is_dutch(study) ? "%s: niemand gaf dit antwoord" : "%s: nobody gave this answer",
        measure->text);
}

/* Figures without a class of the standard. */
static size_t count_lacking(const peil_report *report) {
    const size_t flag = peil_report_find(report, "flag");
    size_t lacking = 0;
    for (size_t row = 0; flag < report->ncolumns && row < report->nrows; row++) {
        const peil_cell *cell = &report->cells[row * report->ncolumns + flag];
        lacking += cell->kind == PEIL_CELL_TEXT && strcmp(cell->as.text, "standard") == 0;
    }
    return lacking;
}

/* Figures that nobody answered. */
peil_status peil_row_notes(peil_language language, peil_report *report, peil_fault *fault) {
    const size_t n = peil_report_find(report, "n");
    size_t empty = 0;
    PEIL_TRY(peil_standard_note_lacking(language, count_lacking(report), report, fault));
    for (size_t row = 0; n < report->ncolumns && row < report->nrows; row++) {
        const peil_cell *cell = &report->cells[row * report->ncolumns + n];
        empty += cell->kind == PEIL_CELL_COUNT && cell->as.count == 0;
    }
    if (empty == 0) return PEIL_OK;
    return peil_report_note(report, fault,
                            language == PEIL_DUTCH
                                ? "rijen zonder antwoorden (n = 0): %zu van de %zu"
                                : "rows without answers (n = 0): %zu of %zu",
                            empty, report->nrows);
}

static peil_status note_weights(const peil_study *study, peil_report *report, peil_fault *fault) {
    if (study->whole->coder.missing_weights == 0) return PEIL_OK;
    return peil_report_note(report, fault,
                            is_dutch(study) ? "%s: ontbrekende gewichten die als 0 tellen: %" PRIu64
                                            : "%s: missing weights taken as 0: %" PRIu64,
                            study->request->weight, study->whole->coder.missing_weights);
}

static peil_status note_without(const peil_study *study, peil_report *report, peil_fault *fault) {
    for (size_t v = 0; v < study->plan.nby; v++)
        if (study->whole->coder.without_by[v])
            PEIL_TRY(peil_report_note(report, fault,
                                      is_dutch(study)
                                          ? "respondenten zonder waarde van %s: %" PRIu64
                                            "; zij staan in geen rij van %s, wel in totalen"
                                          : "respondents without a value of %s: %" PRIu64
                                            "; they are in no row of %s, but in totals",
                                      study->pass->whole.batch.columns[study->plan.by[v]].name,
                                      study->whole->coder.without_by[v],
                                      study->pass->whole.batch.columns[study->plan.by[v]].name));
    return PEIL_OK;
}

/* A total leaves no answer out of the sum, which makes it too low. */
static peil_status note_total(const peil_study *study, size_t m, peil_report *report,
                              peil_fault *fault) {
    const peil_measure *measure = &study->plan.measures[m];
    const uint64_t n = study->whole->tally.questions[study->plan.question_of[m]].unanswered;
    if (!measure->kind->is_total || n == 0) return PEIL_OK;
    return peil_report_note(report, fault,
                            is_dutch(study)
                                ? "%s: ontbrekende antwoorden, die voor niets meetellen: %" PRIu64
                                : "%s: missing answers, which add nothing: %" PRIu64,
                            measure->text, n);
}

static peil_status note_twice(const peil_study *study, const char *name, const char *before,
                              peil_report *report, peil_fault *fault) {
    if (strcmp(name, before) == 0)
        return peil_report_note(report, fault,
                                is_dutch(study) ? "%s is twee keer opgegeven en telt twee keer"
                                                : "%s is given twice and counts twice",
                                name);
    return peil_report_note(report, fault,
                            is_dutch(study) ? "%s is hetzelfde bestand als %s en telt twee keer"
                                            : "%s is the same file as %s and counts twice",
                            name, before);
}

/* A file may have two names; a pipe has other bytes each time. */
static bool is_same_file(const struct stat *a, const struct stat *b) {
    return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* A file that is given twice counts twice, which is seldom meant. */
static peil_status note_files(const peil_study *study, peil_report *report, peil_fault *fault) {
    const peil_words *files = &study->request->files;
    struct stat *facts = NULL;
    peil_status status = peil_array_make(&facts, files->n, sizeof *facts, fault);
    for (size_t i = 0; status == PEIL_OK && i < files->n; i++) {
        size_t k = 0;
        if (stat(files->word[i], &facts[i]) != 0) facts[i].st_mode = 0;
        while (k < i && !is_same_file(&facts[k], &facts[i])) k++;
        if (k < i) status = note_twice(study, files->word[i], files->word[k], report, fault);
    }
    free(facts);
    return status;
}

static peil_status note_domain(const peil_study *study, peil_report *report, peil_fault *fault) {
    if (study->whole->coder.domain > 0) return PEIL_OK;
    return peil_report_note(report, fault,
                            is_dutch(study) ? "niemand voldoet aan --where of --sample"
                                            : "nobody meets --where or --sample");
}

/* A declared code that no variable of the measures has is probably a slip. */
static peil_status note_unseen(const peil_study *study, const peil_literal *code,
                               peil_report *report, peil_fault *fault) {
    const peil_coder *coder = &study->whole->coder;
    bool is_read = false;
    for (size_t i = 0; i < coder->nremovals; i++)
        for (size_t k = 0; k < coder->removals[i].ncodes; k++) {
            if (coder->removals[i].codes[k] != code) continue;
            if (coder->removals[i].counts[k]) return PEIL_OK;
            is_read = true;
        }
    if (!is_read || coder->domain == 0) return PEIL_OK;
    return peil_report_note(report, fault,
                            is_dutch(study) ? "--missing: de code %s komt niet voor"
                                            : "--missing: the code %s does not occur",
                            code->text);
}

static peil_status note_codes(const peil_study *study, peil_report *report, peil_fault *fault) {
    for (size_t i = 0; i < study->plan.nmissing; i++)
        for (size_t k = 0; k < study->plan.missing[i].n; k++)
            PEIL_TRY(note_unseen(study, &study->plan.missing[i].codes[k], report, fault));
    return PEIL_OK;
}

/* What figures with calibrated weights rest on. */
static peil_status note_calibration(const peil_study *study, peil_report *report,
                                    peil_fault *fault) {
    const peil_calibration *c = &study->calibration;
    if (!c->factor || study->plan.nmeasures == 0 || c->x.npatterns == 0) return PEIL_OK;
    peil_real low = c->solution.g[0], high = low;
    for (size_t p = 0; p < c->x.npatterns; p++) {
        if (c->n[p] && c->solution.g[p] < low) low = c->solution.g[p];
        if (c->n[p] && c->solution.g[p] > high) high = c->solution.g[p];
    }
    peil_text range = {0};
    peil_number_add_plain(&range, (double)low, 3, study->request->language);
    peil_text_add(&range, is_dutch(study) ? " tot " : " to ");
    peil_number_add_plain(&range, (double)high, 3, study->request->language);
    const peil_status status =
        range.failed ? peil_fail_memory(fault)
                     : peil_report_note(
                           report, fault,
                           is_dutch(study)
                               ? "gewichten gekalibreerd (%s) op %zu doelen: vermenigvuldigd met %s"
                               : "weights calibrated (%s) to %zu targets: multiplied by %s",
                           c->distance->name, c->ncolumns, range.bytes);
    peil_text_clear(&range);
    return status;
}

/* Fewer people than half of those asked: then the targets were not written in full numbers. */
static peil_status note_population(const peil_study *study, peil_report *report,
                                   peil_fault *fault) {
    const peil_calibration *c = &study->calibration;
    uint64_t respondents = 0;
    for (size_t p = 0; p < c->x.npatterns; p++) respondents += c->n[p];
    if (2 * c->size >= (peil_real)respondents) return PEIL_OK;
    peil_text size = {0};
    peil_number_add_plain(&size, (double)c->size, 6, study->request->language);
    const peil_status status =
        size.failed
            ? peil_fail_memory(fault)
            : peil_report_note(report, fault,
                               is_dutch(study)
                                   ? "de doelen tellen op tot %s, minder dan er respondenten zijn "
                                     "(%" PRIu64 "); een punt in een doel is een decimale punt"
                                   : "the targets add up to %s, less than there are respondents "
                                     "(%" PRIu64 "); a point in a target is a decimal point",
                               size.bytes, respondents);
    peil_text_clear(&size);
    return status;
}

peil_status peil_input_notes(peil_language language, peil_report *report, peil_fault *fault) {
    for (size_t i = 0; i < report->ninputs; i++)
        PEIL_TRY(peil_note_encoding(&report->inputs[i], language, report, fault));
    return PEIL_OK;
}

peil_status peil_answer_notes(const peil_study *study, peil_report *report, peil_fault *fault) {
    for (size_t i = 0; i < study->whole->coder.nremovals; i++) {
        PEIL_TRY(note_removed(study, &study->whole->coder.removals[i], report, fault));
        PEIL_TRY(note_inside(study, &study->whole->coder.removals[i], report, fault));
    }
    PEIL_TRY(peil_study_undeclared_notes(study, report, fault));
    PEIL_TRY(note_files(study, report, fault));
    PEIL_TRY(note_codes(study, report, fault));
    PEIL_TRY(note_domain(study, report, fault));
    PEIL_TRY(note_calibration(study, report, fault));
    PEIL_TRY(note_population(study, report, fault));
    PEIL_TRY(note_weights(study, report, fault));
    PEIL_TRY(note_without(study, report, fault));
    PEIL_TRY(peil_standard_note_outside(study, report, fault));
    for (size_t m = 0; m < study->plan.nmeasures; m++)
        PEIL_TRY(note_unchosen(study, m, report, fault));
    for (size_t m = 0; m < study->plan.nmeasures; m++)
        PEIL_TRY(note_total(study, m, report, fault));
    PEIL_TRY(peil_study_literal_notes(study, report, fault));
    return peil_study_scale_notes(study, report, fault);
}

peil_status peil_study_notes(const peil_study *study, peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_input_notes(study->request->language, report, fault));
    PEIL_TRY(peil_answer_notes(study, report, fault));
    return peil_row_notes(study->request->language, report, fault);
}
