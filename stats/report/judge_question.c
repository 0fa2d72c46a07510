/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All answers to a question at once. */
#include <stdlib.h>

#include "core/array.h"
#include "report/judge.h"

#define ANSWERS_MOST 200 /* the covariances are as many as their square */

/* The weighted totals of 2 x n answers, as contrasts, with their covariances. */
typedef struct question {
    size_t n;
    uint32_t *answers; /* of the view */
    peil_linear *linears;
    const peil_linear **terms;
    peil_contrast *contrasts;
    peil_real *totals, *covariance;
} question;

static const peil_real one = 1;

static void clear(question *q) {
    free(q->answers);
    free(q->linears);
    free(q->terms);
    free(q->contrasts);
    free(q->totals);
    free(q->covariance);
}

static peil_status make_room(question *q, peil_fault *fault) {
    const size_t n = 2 * q->n;
    PEIL_TRY(peil_array_make(&q->linears, n, sizeof *q->linears, fault));
    PEIL_TRY(peil_array_make(&q->terms, n, sizeof *q->terms, fault));
    PEIL_TRY(peil_array_make(&q->contrasts, n, sizeof *q->contrasts, fault));
    PEIL_TRY(peil_array_make(&q->totals, n, sizeof *q->totals, fault));
    return peil_array_make(&q->covariance, n * n, sizeof *q->covariance, fault);
}

static peil_linear total_of(const peil_tableau *t, peil_cells cells, uint32_t answer) {
    const peil_domain domain = {
        .view = &t->view, .cells = cells.cells, .ncells = cells.n, .first = answer, .last = answer};
    return peil_total_make(&domain);
}

/* A category, yes or no; what else is in the view, as no answer at all, only where somebody gave
 * it. */
static bool is_asked(const peil_tableau *t, uint32_t answer) {
    if (t->measure->form == PEIL_FORM_CONDITION) return true;
    for (size_t c = 0; c < t->ncategories; c++)
        if (t->categories[c] == answer) return true;
    return false;
}

static peil_status list_answers(question *q, const peil_tableau *t, peil_cells period,
                                peil_cells reference, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&q->answers, t->view.nanswers, sizeof *q->answers, fault));
    for (uint32_t answer = 0; answer < t->view.nanswers; answer++)
        if (is_asked(t, answer) || total_of(t, period, answer).theta > 0 ||
            total_of(t, reference, answer).theta > 0)
            q->answers[q->n++] = answer;
    return PEIL_OK;
}

static void take_totals(question *q, const peil_tableau *t, peil_cells cells, size_t place) {
    for (size_t i = 0; i < q->n; i++, place++) {
        q->linears[place] = total_of(t, cells, q->answers[i]);
        q->totals[place] = q->linears[place].theta;
        q->terms[place] = &q->linears[place];
        q->contrasts[place] = (peil_contrast){1, &q->terms[place], &one};
    }
}

static peil_status judge(const peil_test_rule *rule, const peil_study *study, question *q,
                         peil_verdict *out, peil_fault *fault) {
    peil_record lonely = {0};
    peil_variance variance;
    const peil_status status =
        peil_covariance_of(q->contrasts, 2 * q->n, rule->of_shares, study->rules, study->workspace,
                           q->covariance, &variance, &lonely, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(study->pass, lonely, fault);
    if (status != PEIL_OK) return status;
    const peil_pair pair = {
        .df = (double)variance.df, .is_percent = true, .table = {q->n, q->totals, q->covariance}};
    return peil_test_rule_judge(rule, &pair, out, fault);
}

peil_status peil_judge_question(const peil_test_rule *rule, const peil_tableau *t,
                                peil_cells period, peil_cells reference, peil_verdict *out,
                                peil_fault *fault) {
    question q = {0};
    if (t->ncategories > ANSWERS_MOST)
        return peil_fail(fault, PEIL_EDATA, "%s has more than %d different answers for rule %s",
                         t->measure->text, ANSWERS_MOST, rule->name);
    peil_status status = list_answers(&q, t, period, reference, fault);
    if (status == PEIL_OK) status = make_room(&q, fault);
    if (status == PEIL_OK) {
        take_totals(&q, t, period, 0);
        take_totals(&q, t, reference, q.n);
        status = judge(rule, t->study, &q, out, fault);
    }
    clear(&q);
    return status;
}
