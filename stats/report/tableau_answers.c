/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers to a question in their order, and what each counts for in a measure. */
#include <math.h>
#include <stdlib.h>

#include "core/array.h"
#include "plan/pattern.h"
#include "plan/score.h"
#include "report/study.h"

#define CATEGORIES_MOST 2000 /* more answers are no question */

typedef struct sorted_answer {
    uint64_t rank;
    uint32_t code;
} sorted_answer;

/* Most numbers differ by their doubles already. */
typedef struct sorted_number {
    double key;
    const peil_number *number;
} sorted_number;

static int compare_numbers(const peil_number *x, const peil_number *y) {
    const int order = peil_decimal_compare(x->a, y->a);
    return order ? order : peil_decimal_compare(x->b, y->b);
}

static int by_number(const void *a, const void *b) {
    const sorted_number *x = a, *y = b;
    if (x->key < y->key) return -1;
    return x->key > y->key ? 1 : compare_numbers(x->number, y->number);
}

static int by_rank(const void *a, const void *b) {
    const uint64_t x = ((const sorted_answer *)a)->rank, y = ((const sorted_answer *)b)->rank;
    return (x > y) - (x < y);
}

static peil_status make_values(peil_answer_values *values, size_t ncodes, size_t n,
                               peil_fault *fault) {
    values->n = n;
    PEIL_TRY(peil_array_make(&values->rank, ncodes, sizeof *values->rank, fault));
    PEIL_TRY(peil_array_make(&values->a, n, sizeof *values->a, fault));
    PEIL_TRY(peil_array_make(&values->b, n, sizeof *values->b, fault));
    for (size_t i = 0; i < ncodes; i++) values->rank[i] = PEIL_NONE;
    return PEIL_OK;
}

/* 0 and 1 for a condition, 0 for everybody. */
static peil_status take_truths(peil_answer_values *values, size_t n, peil_fault *fault) {
    PEIL_TRY(make_values(values, n, n, fault));
    for (uint32_t i = 0; i < n; i++) {
        values->rank[i] = i;
        values->a[i] = i;
    }
    return PEIL_OK;
}

static peil_status sort_numbers(const peil_numbers *numbers, sorted_number **order,
                                peil_fault *fault) {
    *order = NULL;
    PEIL_TRY(peil_array_make(order, numbers->count, sizeof **order, fault));
    for (size_t i = 0; i < numbers->count; i++) {
        const peil_number *number = &numbers->values[i];
        (*order)[i] = (sorted_number){(double)peil_decimal_real(number->a), number};
    }
    qsort(*order, numbers->count, sizeof **order, by_number);
    return PEIL_OK;
}

static peil_status take_numbers(const peil_question *question, const peil_numbers *numbers,
                                const peil_real *means, peil_answer_values *values,
                                peil_fault *fault) {
    sorted_number *order;
    PEIL_TRY(make_values(values, numbers->count, numbers->count, fault));
    PEIL_TRY(sort_numbers(numbers, &order, fault));
    for (uint32_t i = 0; i < numbers->count; i++) {
        const peil_number *number = order[i].number;
        const bool has_value = peil_question_value(question, means, *number, &values->a[i]);
        values->rank[number - numbers->values] = has_value ? i : PEIL_NONE;
        values->b[i] = peil_decimal_real(number->b);
    }
    free(order);
    return PEIL_OK;
}

/* ---- scores in order ---- */

typedef struct sorted_score {
    peil_real score;
    const peil_number *number;
} sorted_score;

static int by_score(const void *a, const void *b) {
    const sorted_score *x = a, *y = b;
    if (x->score < y->score) return -1;
    return x->score > y->score ? 1 : compare_numbers(x->number, y->number);
}

/* Answers to other items that give the same score, but for its rounding, are one answer. */
static peil_status take_ranked(const peil_question *question, const peil_numbers *numbers,
                               const peil_real *means, peil_answer_values *values,
                               peil_fault *fault) {
    sorted_score *order = NULL;
    size_t n = 0;
    PEIL_TRY(make_values(values, numbers->count, numbers->count, fault));
    PEIL_TRY(peil_array_make(&order, numbers->count, sizeof *order, fault));
    for (size_t i = 0; i < numbers->count; i++) {
        order[n].number = &numbers->values[i];
        n += peil_question_value(question, means, numbers->values[i], &order[n].score);
    }
    qsort(order, n, sizeof *order, by_score);
    values->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || peil_real_less(order[i].score, order[i - 1].score) > 0)
            values->a[values->n++] = order[i].score;
        values->rank[order[i].number - numbers->values] = (uint32_t)values->n - 1;
    }
    free(order);
    return PEIL_OK;
}

/* What the items of each pattern count for, and their sum. */
static peil_status take_patterns(const peil_question *question, const peil_numbers *numbers,
                                 peil_answer_values *values, peil_fault *fault) {
    const size_t n = question->measure->nvariables;
    const peil_pattern_shape shape = peil_pattern_of(&question->measure->rule, n);
    sorted_number *order;
    PEIL_TRY(make_values(values, numbers->count, numbers->count, fault));
    PEIL_TRY(peil_array_make(&values->parts, numbers->count, n * sizeof *values->parts, fault));
    PEIL_TRY(sort_numbers(numbers, &order, fault));
    values->nparts = n;
    for (uint32_t i = 0; i < numbers->count; i++) {
        const peil_number number = *order[i].number;
        peil_real *parts = values->parts + i * n;
        peil_pattern_points(
            shape, (peil_pattern){peil_decimal_int(number.a), peil_decimal_int(number.b)}, parts);
        for (size_t item = 0; item < n; item++) values->a[i] += parts[item];
        values->rank[order[i].number - numbers->values] = i;
    }
    free(order);
    return PEIL_OK;
}

/* ---- scores in groups ---- */

/* The groups of a measure's scores: its classes, or no and yes. */
static size_t count_groups(const peil_measure *measure) {
    return measure->form == PEIL_FORM_SCORE ? 2 : measure->rule.scale->nclasses;
}

/* The group of an answer; as many as there are: it has no score, or one that lies in no class. */
static size_t group_of(const peil_question *question, const peil_measure *measure,
                       const peil_real *means, peil_number answer) {
    peil_real score;
    if (!peil_question_value(question, means, answer, &score)) return count_groups(measure);
    if (measure->form == PEIL_FORM_SCORE) return peil_score_meets(measure->condition, score);
    return peil_score_class(measure->rule.scale, score);
}

/* Who is in no group is left out or, with --include-missing, one that is not chosen. */
static peil_status take_groups(const peil_question *question, const peil_numbers *numbers,
                               const peil_real *means, peil_tableau *out, peil_fault *fault) {
    peil_answer_values *values = &out->values;
    const size_t n = count_groups(out->measure);
    PEIL_TRY(make_values(values, numbers->count, n + 1, fault));
    values->is_grouped = true;
    for (uint32_t i = 0; i < numbers->count; i++) {
        const size_t group = group_of(question, out->measure, means, numbers->values[i]);
        const bool is_left_out = group == n && !question->includes_missing;
        values->rank[i] = is_left_out ? PEIL_NONE : (uint32_t)group;
    }
    if (out->measure->form == PEIL_FORM_SCORE) values->a[1] = 1;
    return PEIL_OK;
}

/* Every class is a category, also one that nobody is in. */
static peil_status take_classes(peil_tableau *out, peil_fault *fault) {
    const peil_scale *scale = out->measure->rule.scale;
    out->classes = scale->classes;
    out->ncategories = scale->nclasses;
    PEIL_TRY(peil_array_make(&out->categories, scale->nclasses, sizeof *out->categories, fault));
    for (uint32_t i = 0; i < scale->nclasses; i++) out->categories[i] = i;
    return PEIL_OK;
}

static peil_status take_scores(const peil_study *study, size_t question, peil_tableau *out,
                               peil_fault *fault) {
    const peil_question *q = &study->plan.questions[question];
    const peil_numbers *numbers = &study->whole->tally.questions[question].numbers;
    peil_real *means;
    PEIL_TRY(peil_study_item_means(study, question, &means, fault));
    const bool groups = out->measure->form != PEIL_FORM_SCALE;
    const peil_status status = groups ? take_groups(q, numbers, means, out, fault)
                               : out->measure->kind->ranks
                                   ? take_ranked(q, numbers, means, &out->values, fault)
                                   : take_numbers(q, numbers, means, &out->values, fault);
    free(means);
    return status;
}

peil_status peil_study_item_means(const peil_study *study, size_t question, peil_real **means,
                                  peil_fault *fault) {
    const peil_item_sums *sums = &study->whole->coder.item_sums[question];
    *means = NULL;
    if (sums->nitems == 0) return PEIL_OK;
    PEIL_TRY(peil_array_make(means, sums->nitems, sizeof **means, fault));
    for (size_t i = 0; i < sums->nitems; i++)
        (*means)[i] = sums->valid[i]
                          ? peil_decimal_real(sums->points[i]) / (peil_real)sums->valid[i]
                          : (peil_real)NAN;
    return PEIL_OK;
}

/* ---- answers that are codes ---- */

/* The answers that occurred at all, in the order of their values. */
static peil_status take_categories(const peil_tally_question *q, const uint32_t *ranks,
                                   peil_tableau *out, peil_fault *fault) {
    sorted_answer *order = NULL;
    size_t n = 0;
    PEIL_TRY(peil_array_make(&order, q->nseen, sizeof *order, fault));
    for (uint32_t code = 0; code < q->nseen; code++)
        if (q->seen[code]) order[n++] = (sorted_answer){.rank = ranks[code], .code = code};
    qsort(order, n, sizeof *order, by_rank);
    peil_status status = PEIL_OK;
    if (n > CATEGORIES_MOST)
        status = peil_fail(fault, PEIL_EDATA,
                           "%s has more than %d different answers: is it a number or a name?",
                           out->measure->text, CATEGORIES_MOST);
    if (status == PEIL_OK) status = make_values(&out->values, q->nseen, n, fault);
    if (status == PEIL_OK)
        status = peil_array_make(&out->categories, n, sizeof *out->categories, fault);
    if (status == PEIL_OK)
        status = peil_array_make(&out->category_codes, n, sizeof *out->category_codes, fault);
    for (uint32_t i = 0; i < n && status == PEIL_OK; i++) {
        out->values.rank[order[i].code] = i;
        if (order[i].code == PEIL_MISSING_CODE) continue; /* counts, but is no category */
        out->categories[out->ncategories] = i;
        out->category_codes[out->ncategories++] = order[i].code;
    }
    free(order);
    return status;
}

/* One row: about the answer that stands for yes, or all answers together. */
static peil_status take_one(peil_tableau *out, peil_fault *fault) {
    const peil_form form = out->measure->form;
    out->ncategories = 1;
    PEIL_TRY(peil_array_make(&out->categories, 1, sizeof *out->categories, fault));
    out->categories[0] = form == PEIL_FORM_NOTHING                        ? 0
                         : form & (PEIL_FORM_CONDITION | PEIL_FORM_SCORE) ? 1
                                                                          : PEIL_EVERY_ANSWER;
    return PEIL_OK;
}

peil_status peil_tableau_answers(const peil_study *study, size_t question, peil_tableau *out,
                                 peil_fault *fault) {
    const peil_question *q = &study->plan.questions[question];
    const peil_tally_question *tallied = &study->whole->tally.questions[question];
    const peil_form form = out->measure->form;
    out->values.are_ranked = out->measure->kind->ranks;
    if (form == PEIL_FORM_CATEGORIES)
        return take_categories(tallied, study->pass->ranks[out->measure->variables[0].column], out,
                               fault);
    if (form == PEIL_FORM_CLASSES)
        PEIL_TRY(take_classes(out, fault));
    else
        PEIL_TRY(take_one(out, fault));
    if (form == PEIL_FORM_NOTHING) return take_truths(&out->values, 1, fault);
    if (form == PEIL_FORM_CONDITION) return take_truths(&out->values, 2, fault);
    if (form == PEIL_FORM_ITEMS) return take_patterns(q, &tallied->numbers, &out->values, fault);
    if (form & PEIL_FORMS_OF_SCALE) return take_scores(study, question, out, fault);
    return take_numbers(q, &tallied->numbers, NULL, &out->values, fault);
}
