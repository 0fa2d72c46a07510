/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers to the items of a scale, item by item over the rows of a batch. The score itself is
 * made of them after the pass (score.h): only then the means of missing items are known. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/coder.h"
#include "plan/pattern.h"
#include "plan/rule.h"
#include "plan/score.h"

static const peil_decimal none = {0, PEIL_NO_ANSWER};

/* The items that a respondent left open. */
typedef struct gaps {
    size_t n;
    uint64_t which; /* a bit each, where they are imputed */
} gaps;

/* What adding items needs. */
typedef struct adding {
    peil_coder *coder;
    const peil_measure *measure;
    peil_item_sums *sums;
    peil_decimal *answers; /* by row: of the item at hand */
    gaps *gaps;            /* by row */
    peil_pattern_shape shape;
    peil_pattern *patterns; /* by row, for alpha */
} adding;

static void refuse_answer(const adding *a, size_t item, size_t row) {
    peil_coder_refuse(
        a->coder, a->coder->row[row], a->measure->variables[item].column,
        a->measure->rule.scale
            ? "an answer that the scale does not have (--missing says which code is no answer)"
            : "a value outside the scale's range (--missing says which code is no answer)");
}

/* The points of a row's answer, which is there; false after a refusal. */
static bool take_points(const adding *a, size_t item, size_t row, peil_decimal *points) {
    const peil_decimal answer = a->answers[row];
    if (!peil_rule_takes(a->measure, item, answer)) {
        refuse_answer(a, item, row);
        return false;
    }
    if (peil_rule_points(a->measure, item, answer, points)) return true;
    peil_coder_refuse(a->coder, a->coder->row[row], a->measure->variables[item].column,
                      "more decimals than a scale can sum");
    return false;
}

static bool add_answer(const adding *a, size_t item, size_t row) {
    peil_decimal points, *sum = &a->coder->answers.a[row];
    if (a->answers[row].scale == PEIL_NO_ANSWER) {
        a->gaps[row].n++;
        if (a->sums->nitems) a->gaps[row].which |= (uint64_t)1 << item;
        return true;
    }
    if (!take_points(a, item, row, &points)) return false;
    bool fits = peil_decimal_add(*sum, points, sum);
    if (a->sums->nitems) fits = fits && peil_item_sums_add(a->sums, item, 1, points);
    if (!fits)
        peil_coder_refuse(a->coder, a->coder->row[row], a->measure->variables[item].column,
                          "more decimals than a scale can sum");
    return fits;
}

static peil_status add_items(const adding *a, bool (*add)(const adding *a, size_t item, size_t row),
                             peil_fault *fault) {
    const peil_measure *m = a->measure;
    for (size_t item = 0; item < m->nvariables; item++) {
        PEIL_TRY(peil_coder_numbers(a->coder, m->variables[item].column, PEIL_ROLE_MEASURE,
                                    a->answers, fault));
        for (size_t i = 0; i < a->coder->codes.rows; i++)
            if (!add(a, item, i)) break; /* later rows do not matter any more */
    }
    return PEIL_OK;
}

/* b: the number of missing items, or which they are; PEIL_NO_SCORE where they are too many. */
static void close_row(const adding *a, bool keeps_missing, size_t row) {
    const peil_rule *rule = &a->measure->rule;
    peil_answers *answers = &a->coder->answers;
    const gaps *missing = &a->gaps[row];
    if (missing->n + rule->min_valid <= a->measure->nvariables) {
        answers->b[row] =
            peil_decimal_whole((int64_t)(rule->imputes ? missing->which : missing->n));
        if (rule->imputes && peil_coder_in_domain(a->coder, row)) a->sums->imputed += missing->n;
        return;
    }
    answers->a[row] = keeps_missing ? (peil_decimal){0, 0} : none;
    answers->b[row] = peil_decimal_whole(PEIL_NO_SCORE);
}

static peil_status begin(peil_coder *coder, size_t question, adding *a, peil_fault *fault) {
    const size_t rows = coder->codes.rows;
    *a = (adding){.coder = coder,
                  .measure = coder->plan->questions[question].measure,
                  .sums = &coder->item_sums[question]};
    memset(coder->answers.a, 0, rows * sizeof *coder->answers.a);
    memset(coder->answers.b, 0, rows * sizeof *coder->answers.b);
    PEIL_TRY(peil_array_make(&a->answers, rows, sizeof *a->answers, fault));
    return peil_array_make(&a->gaps, rows, sizeof *a->gaps, fault);
}

static void end(adding *a) {
    free(a->answers);
    free(a->gaps);
    free(a->patterns);
}

peil_status peil_coder_scores(peil_coder *coder, size_t question, peil_fault *fault) {
    adding a;
    peil_status status = begin(coder, question, &a, fault);
    if (status == PEIL_OK) status = add_items(&a, add_answer, fault);
    for (size_t i = 0; i < coder->codes.rows && status == PEIL_OK; i++)
        close_row(&a, coder->plan->questions[question].includes_missing, i);
    end(&a);
    return status;
}

/* ---- patterns ---- */

static bool add_to_pattern(const adding *a, size_t item, size_t row) {
    peil_decimal points;
    if (a->answers[row].scale == PEIL_NO_ANSWER) {
        a->gaps[row].n++;
        return true;
    }
    if (a->answers[row].scale > 0) {
        peil_coder_refuse(a->coder, a->coder->row[row], a->measure->variables[item].column,
                          "a number with decimals, where alpha takes whole numbers");
        return false;
    }
    if (!take_points(a, item, row, &points)) return false;
    peil_pattern_add(a->shape, item, points, &a->patterns[row]);
    return true;
}

/* alpha(a, -b; ...): the points of those who answered every item. */
static void close_pattern(const adding *a, size_t row) {
    peil_answers *answers = &a->coder->answers;
    answers->a[row] = a->gaps[row].n ? none : peil_decimal_whole(a->patterns[row].first);
    answers->b[row] = peil_decimal_whole(a->patterns[row].second);
}

peil_status peil_coder_patterns(peil_coder *coder, size_t question, peil_fault *fault) {
    adding a;
    peil_status status = begin(coder, question, &a, fault);
    a.shape = peil_pattern_of(&a.measure->rule, a.measure->nvariables);
    if (status == PEIL_OK)
        status = peil_array_make(&a.patterns, coder->codes.rows, sizeof *a.patterns, fault);
    if (status == PEIL_OK) status = add_items(&a, add_to_pattern, fault);
    for (size_t i = 0; i < coder->codes.rows && status == PEIL_OK; i++) close_pattern(&a, i);
    end(&a);
    return status;
}
