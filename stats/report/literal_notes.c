/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that a condition asks for and that the data do not have: probably slips. The value is the
 * user's own; those of respondents are not named. */
#include "report/study.h"

typedef struct telling {
    const peil_study *study;
    peil_report *report;
} telling;

static bool occurs(const peil_literal *literal, const peil_batch_column *column) {
    if (column->use != PEIL_AS_CODES && !literal->is_text) return true; /* not kept apart */
    for (uint32_t code = 1; code < column->dictionary.count; code++)
        if (peil_literal_is(literal, column, code)) return true;
    return false;
}

static bool asks_for_values(const peil_condition *leaf) {
    return leaf->node == PEIL_IN || leaf->op == PEIL_EQUAL || leaf->op == PEIL_UNEQUAL;
}

static peil_status tell_leaf(peil_condition *leaf, void *context, peil_fault *fault) {
    const telling *t = context;
    const peil_batch_column *column = &t->study->pass->whole.batch.columns[leaf->column];
    const bool dutch = t->study->request->language == PEIL_DUTCH;
    for (size_t i = 0; i < leaf->nliterals && asks_for_values(leaf); i++) {
        const peil_literal *literal = &leaf->literals[i];
        const char *quote = literal->is_text ? "\"" : "";
        if (occurs(literal, column)) continue;
        PEIL_TRY(peil_report_note(
            t->report, fault,
            dutch ? "%s: de waarde %s%s%s komt niet voor" : "%s: the value %s%s%s does not occur",
            column->name, quote, literal->text, quote));
    }
    return PEIL_OK;
}

/* A figure of one answer that nobody gave has a note of its own. */
static bool is_one_answer(const peil_condition *condition) {
    return (condition->node == PEIL_COMPARE || condition->node == PEIL_IN) &&
           condition->nliterals == 1;
}

peil_status peil_study_literal_notes(const peil_study *study, peil_report *report,
                                     peil_fault *fault) {
    const peil_plan *plan = &study->plan;
    telling t = {study, report};
    if (plan->where) PEIL_TRY(peil_condition_each(plan->where, tell_leaf, &t, fault));
    if (plan->sample) PEIL_TRY(peil_condition_each(plan->sample, tell_leaf, &t, fault));
    for (size_t m = 0; m < plan->nmeasures; m++) {
        const peil_measure *measure = &plan->measures[m];
        if (measure->form == PEIL_FORM_CONDITION && !is_one_answer(measure->condition))
            PEIL_TRY(peil_condition_each(measure->condition, tell_leaf, &t, fault));
    }
    return PEIL_OK;
}
