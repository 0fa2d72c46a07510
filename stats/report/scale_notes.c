/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader of scale scores should know: which items count double, how many were imputed, and
 * how many scores lie in no class. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/array.h"
#include "plan/score.h"
#include "report/study.h"

static bool is_dutch(const peil_study *study) {
    return study->request->language == PEIL_DUTCH;
}

/* Once a question, by the first measure that asks it. */
static peil_status note_imputed(const peil_study *study, size_t m, peil_report *report,
                                peil_fault *fault) {
    const size_t question = study->plan.question_of[m];
    const uint64_t n = study->whole->coder.item_sums[question].imputed;
    if (n == 0 || study->plan.questions[question].measure != &study->plan.measures[m])
        return PEIL_OK;
    return peil_report_note(
        report, fault,
        is_dutch(study) ? "%s: ontbrekende items die het gemiddelde van de steekproef kregen: "
                          "%" PRIu64 "; de marge telt dat gemiddelde als vast"
                        : "%s: missing items that got the mean of the sample: %" PRIu64
                          "; the margin takes that mean as fixed",
        study->plan.measures[m].text, n);
}

/* An item that counts double is seldom meant. */
static peil_status note_repeated(const peil_study *study, size_t m, peil_report *report,
                                 peil_fault *fault) {
    const peil_measure *measure = &study->plan.measures[m];
    for (size_t i = 1; i < measure->nvariables && measure->form != PEIL_FORM_RATIO; i++) {
        const struct peil_item *item = &measure->variables[i];
        size_t first = 0;
        while (measure->variables[first].column != item->column) first++;
        if (first < i)
            PEIL_TRY(peil_report_note(report, fault,
                                      is_dutch(study) ? "%s: %s staat twee keer tussen de items"
                                                      : "%s: %s stands twice among the items",
                                      measure->text, item->variable));
    }
    return PEIL_OK;
}

/* Respondents of the domain with that answer; code: of the question's numbers. */
static void count_answers(const peil_tally *tally, size_t question, uint64_t *counts) {
    const peil_plane *n = &tally->questions[question].cubes[0].n;
    for (uint32_t entry = 0; entry < peil_entry_count(tally, question, 0); entry++) {
        uint32_t pair, code;
        peil_entry_place(tally, question, 0, entry, &pair, &code);
        if (entry < n->count) counts[code] += n->words[entry * n->width];
    }
}

static uint64_t count_unclassed(const peil_question *q, const peil_scale *scale,
                                const peil_numbers *numbers, const peil_real *means,
                                const uint64_t *counts) {
    uint64_t n = 0;
    for (size_t i = 0; i < numbers->count; i++) {
        peil_real score;
        if (peil_question_value(q, means, numbers->values[i], &score) &&
            peil_score_class(scale, score) == scale->nclasses)
            n += counts[i];
    }
    return n;
}

static peil_status note_unclassed(const peil_study *study, size_t m, peil_report *report,
                                  peil_fault *fault) {
    const peil_measure *measure = &study->plan.measures[m];
    const size_t question = study->plan.question_of[m];
    const peil_numbers *numbers = &study->whole->tally.questions[question].numbers;
    uint64_t *counts = NULL, n = 0;
    peil_real *means = NULL;
    if (measure->form != PEIL_FORM_CLASSES) return PEIL_OK;
    PEIL_TRY(peil_array_make(&counts, numbers->count, sizeof *counts, fault));
    peil_status status = peil_study_item_means(study, question, &means, fault);
    if (status == PEIL_OK) {
        count_answers(&study->whole->tally, question, counts);
        n = count_unclassed(&study->plan.questions[question], measure->rule.scale, numbers, means,
                            counts);
    }
    free(counts);
    free(means);
    if (status != PEIL_OK || n == 0) return status;
    return peil_report_note(
        report, fault,
        is_dutch(study) ? "%s: respondenten met een score tussen twee klassen, die in geen van "
                          "beide vallen: %" PRIu64
                        : "%s: respondents with a score between two classes, who are in neither: "
                          "%" PRIu64,
        measure->text, n);
}

peil_status peil_study_scale_notes(const peil_study *study, peil_report *report,
                                   peil_fault *fault) {
    for (size_t m = 0; m < study->plan.nmeasures; m++) {
        PEIL_TRY(note_repeated(study, m, report, fault));
        PEIL_TRY(note_imputed(study, m, report, fault));
        PEIL_TRY(note_unclassed(study, m, report, fault));
    }
    return PEIL_OK;
}
