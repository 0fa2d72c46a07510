/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes that count as answers in a figure that does not show it - a 99 in a mean, a 9 in what a
 * percentage is of - and that mean none by their label or by their distance from the others. The
 * rows of percent(VAR) show theirs. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/candidates.h"
#include "report/nonresponse.h"
#include "report/study.h"

/* A value that measures read. */
typedef struct answer {
    peil_decimal number;
    bool is_number;
    uint32_t code; /* of the column's dictionary; 0: the column is not coded */
} answer;

/* A variable and its answers that nobody declared to be none, numbers in order behind text. */
typedef struct variable {
    const peil_study *study;
    const peil_batch_column *column;
    size_t place; /* of the column */
    size_t n;
    answer *answers;
} variable;

/* ---- which variables ---- */

static bool reads(const peil_condition *condition, size_t column) {
    if (!condition) return false;
    if (condition->variable) return condition->column == column;
    return reads(condition->left, column) || reads(condition->right, column);
}

/* Whether a measure is made of a variable without showing its values. */
static bool hides(const peil_study *study, size_t m, size_t column) {
    const peil_measure *measure = &study->plan.measures[m];
    if (study->plan.questions[study->plan.question_of[m]].includes_missing) return false;
    if (measure->form == PEIL_FORM_CONDITION) return reads(measure->condition, column);
    if (!(measure->form & (PEIL_FORM_VARIABLE | PEIL_FORM_RATIO))) return false;
    for (size_t i = 0; i < measure->nvariables; i++)
        if (measure->variables[i].column == column) return true;
    return false;
}

/* The first such measure, or nmeasures. Who chose respondents by the variable knows its codes. */
static size_t find_measure(const peil_study *study, size_t column) {
    const peil_plan *plan = &study->plan;
    size_t m = 0;
    if (reads(plan->where, column) || reads(plan->sample, column)) return plan->nmeasures;
    while (m < plan->nmeasures && !hides(study, m, column)) m++;
    return m;
}

/* ---- their answers ---- */

static bool is_meant(const variable *v, const peil_literal *literal, const answer *a) {
    return a->code ? peil_literal_is(literal, v->column, a->code)
                   : peil_literal_is_number(literal, &v->column->about, a->number);
}

static bool is_declared(const variable *v, const answer *a) {
    const peil_plan *plan = &v->study->plan;
    const peil_variable *about = &v->column->about;
    if (a->is_number && peil_variable_lacks_number(about, a->number)) return true;
    if (a->code &&
        peil_variable_lacks_text(about, peil_dictionary_text(&v->column->dictionary, a->code)))
        return true;
    for (size_t i = 0; i < plan->nmissing; i++) {
        if (!peil_missing_applies(&plan->missing[i], v->column->name, PEIL_ROLE_MEASURE)) continue;
        for (size_t k = 0; k < plan->missing[i].n; k++)
            if (is_meant(v, &plan->missing[i].codes[k], a)) return true;
    }
    return false;
}

static void add_answer(variable *v, answer a) {
    if (!is_declared(v, &a)) v->answers[v->n++] = a;
}

static int by_number(const void *a, const void *b) {
    const answer *x = a, *y = b;
    if (x->is_number != y->is_number) return x->is_number ? 1 : -1;
    if (x->is_number) return peil_decimal_compare(x->number, y->number);
    return (x->code > y->code) - (x->code < y->code);
}

/* Numbers that were read as such are known as long as they are few. */
static peil_status find_answers(variable *v, size_t m, peil_fault *fault) {
    const peil_study *study = v->study;
    const peil_dictionary *dictionary = &v->column->dictionary;
    const peil_tally_question *q = &study->whole->tally.questions[study->plan.question_of[m]];
    const bool is_coded = v->column->use == PEIL_AS_CODES;
    const bool is_kept =
        !is_coded && study->plan.measures[m].form == PEIL_FORM_VARIABLE && !q->is_moments;
    const size_t n = is_coded ? dictionary->count : is_kept ? q->numbers.count : 0;
    PEIL_TRY(peil_array_make(&v->answers, n, sizeof *v->answers, fault));
    for (uint32_t i = 0; i < n; i++) {
        const peil_value *value = is_coded ? &dictionary->values[i] : NULL;
        if (is_coded && i == PEIL_MISSING_CODE) continue;
        add_answer(v, value ? (answer){value->number, value->is_number, i}
                            : (answer){q->numbers.values[i].a, true, 0});
    }
    qsort(v->answers, v->n, sizeof *v->answers, by_number);
    return PEIL_OK;
}

/* ---- which of them mean none ---- */

static bool is_plain_code(peil_decimal number) {
    return peil_is_customary_code(number) && number.scale == 0 &&
           (number.digits >= 8 || number.digits <= -7);
}

/* Where the codes at the high end begin: 9 behind 1 to 5, and 99 behind 1 to 10, but neither 9
 * behind 7 nor an age of 99. */
static size_t begin_high(const variable *v, size_t first) {
    size_t begin = v->n;
    while (begin > first && v->answers[begin - 1].number.digits > 0 &&
           is_plain_code(v->answers[begin - 1].number))
        begin--;
    for (; begin < v->n; begin++) {
        if (begin < first + 2) continue;
        const int64_t code = v->answers[begin].number.digits;
        const peil_decimal far = {code < 10 ? code - 3 : code / 2, 0};
        if (peil_decimal_compare(v->answers[begin - 1].number, far) <= 0) break;
    }
    return begin;
}

/* Where the codes below 0 end, when nothing else is below it. */
static size_t end_low(const variable *v) {
    size_t end = 0;
    while (end < v->n && v->answers[end].number.digits < 0) {
        if (!is_plain_code(v->answers[end].number)) return 0;
        end++;
    }
    return v->n - end >= 2 ? end : 0;
}

static bool are_whole(const variable *v) {
    for (size_t i = 0; i < v->n; i++)
        if (!v->answers[i].is_number || v->answers[i].number.scale > 0) return false;
    return true;
}

/* The text of a value; room: for that of a number. */
static const char *text_of(const variable *v, const answer *a, char room[PEIL_DECIMAL_TEXT]) {
    if (a->code) return peil_dictionary_text(&v->column->dictionary, a->code);
    peil_decimal_write(a->number, room);
    return room;
}

/* Labels tell what codes mean, unless they stand at some codes of what is a number itself. */
static bool labels_tell(const variable *v) {
    char room[PEIL_DECIMAL_TEXT];
    size_t without = 0;
    for (size_t i = 0; i < v->n; i++)
        without +=
            peil_variable_label_of(&v->column->about, text_of(v, &v->answers[i], room)) == NULL;
    return v->column->about.nlabels > 0 && without < 2;
}

static bool says_none(const variable *v, const char *text, bool is_number) {
    const char *label = peil_variable_label_of(&v->column->about, text);
    if (strchr(text, '"')) return false; /* --missing cannot name it */
    return label ? peil_says_no_answer(label) : !is_number && peil_says_no_answer(text);
}

static bool is_highest(const variable *v, const char *text) {
    const char *label = peil_variable_label_of(&v->column->about, text);
    return label && peil_says_highest(label, text);
}

static bool names(const variable *v, const peil_condition *condition, const answer *a) {
    if (!condition) return false;
    if (!condition->variable) return names(v, condition->left, a) || names(v, condition->right, a);
    for (size_t i = 0; i < condition->nliterals && condition->column == v->place; i++)
        if (is_meant(v, &condition->literals[i], a)) return true;
    return false;
}

/* Whether a measure asks for the very value. */
static bool is_asked(const variable *v, const answer *a) {
    for (size_t m = 0; m < v->study->plan.nmeasures; m++)
        if (names(v, v->study->plan.measures[m].condition, a)) return true;
    return false;
}

static void find_codes(const variable *v, peil_candidate *out) {
    const bool may_be_apart = are_whole(v) && !labels_tell(v);
    const size_t low = may_be_apart ? end_low(v) : 0;
    const size_t high = may_be_apart ? begin_high(v, low) : v->n;
    for (size_t i = 0; i < v->n; i++) {
        const answer *a = &v->answers[i];
        char room[PEIL_DECIMAL_TEXT];
        const char *text = text_of(v, a, room);
        const bool is_apart = (i < low || i >= high) && !is_highest(v, text);
        if ((is_apart || says_none(v, text, a->is_number)) && !is_asked(v, a))
            peil_candidate_add(out, &v->column->about, text, is_apart);
    }
}

static peil_status look(const peil_study *study, size_t column, peil_candidate *out,
                        peil_fault *fault) {
    const size_t m = find_measure(study, column);
    variable v = {study, &study->pass->whole.batch.columns[column], column, 0, NULL};
    if (m == study->plan.nmeasures) return PEIL_OK;
    const peil_status status = find_answers(&v, m, fault);
    if (status == PEIL_OK) find_codes(&v, out);
    free(v.answers);
    return status;
}

peil_status peil_study_undeclared_notes(const peil_study *study, peil_report *report,
                                        peil_fault *fault) {
    const size_t n = study->pass->whole.batch.ncolumns;
    peil_candidate *all = NULL;
    peil_status status = PEIL_OK;
    PEIL_TRY(peil_array_make(&all, n, sizeof *all, fault));
    for (size_t i = 0; i < n && status == PEIL_OK; i++) status = look(study, i, &all[i], fault);
    if (status == PEIL_OK)
        status = peil_candidates_note(all, n, study->request->language, report, fault);
    peil_candidates_clear(all, n);
    free(all);
    return status;
}
