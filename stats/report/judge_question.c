/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All answers to a question at once. */
#include <stdlib.h>

#include "core/array.h"
#include "report/figures.h"
#include "report/judge.h"

#define ANSWERS_MOST 200 /* the covariances are as many as their square */

/* The weighted totals of n answers in both groups. */
typedef struct question {
    size_t n;
    uint32_t *answers;   /* of the view */
    peil_figures totals; /* of the first group, then of the second */
} question;

static void clear(question *q) {
    free(q->answers);
    peil_figures_clear(&q->totals);
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

static void take_totals(question *q, const peil_tableau *t, peil_cells cells) {
    for (size_t i = 0; i < q->n; i++) {
        const peil_linear total = total_of(t, cells, q->answers[i]);
        peil_figures_add(&q->totals, &total);
    }
}

static peil_status judge(const peil_test_rule *rule, const question *q, peil_verdict *out,
                         peil_fault *fault) {
    const peil_figures *totals = &q->totals;
    peil_real *amounts = NULL;
    PEIL_TRY(peil_array_make(&amounts, totals->n, sizeof *amounts, fault));
    for (size_t i = 0; i < totals->n; i++) amounts[i] = totals->linears[i].theta;
    const peil_pair pair = {
        .df = (double)totals->df, .is_percent = true, .table = {q->n, amounts, totals->covariance}};
    const peil_status status = peil_test_rule_judge(rule, &pair, out, fault);
    free(amounts);
    return status;
}

peil_status peil_judge_question(const peil_test_rule *rule, const peil_tableau *t,
                                peil_cells period, peil_cells reference, peil_verdict *out,
                                peil_fault *fault) {
    question q = {0};
    if (t->ncategories > ANSWERS_MOST)
        return peil_fail(fault, PEIL_EDATA, "%s has more than %d different answers for rule %s",
                         t->measure->text, ANSWERS_MOST, rule->name);
    peil_status status = list_answers(&q, t, period, reference, fault);
    if (status == PEIL_OK) status = peil_figures_make(2 * q.n, &q.totals, fault);
    if (status == PEIL_OK) {
        take_totals(&q, t, period);
        take_totals(&q, t, reference);
        status = peil_figures_relate(t, rule->of_shares, &q.totals, fault);
    }
    if (status == PEIL_OK) status = judge(rule, &q, out, fault);
    clear(&q);
    return status;
}
