/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "core/array.h"
#include "plan/score.h"
#include "report/study.h"

#define CATEGORIES_MOST 2000 /* more answers are no question */

/* ---- the answers to a question, in order ---- */

typedef struct sorted_answer {
    peil_number number;
    uint64_t rank;
    uint32_t code;
} sorted_answer;

static int by_number(const void *a, const void *b) {
    const sorted_answer *x = a, *y = b;
    const int order = peil_decimal_compare(x->number.a, y->number.a);
    return order ? order : peil_decimal_compare(x->number.b, y->number.b);
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

static peil_status take_numbers(const peil_question *question, const peil_numbers *numbers,
                                peil_answer_values *values, peil_fault *fault) {
    sorted_answer *order = NULL;
    PEIL_TRY(make_values(values, numbers->count, numbers->count, fault));
    PEIL_TRY(peil_array_make(&order, numbers->count, sizeof *order, fault));
    for (uint32_t i = 0; i < numbers->count; i++)
        order[i] = (sorted_answer){.number = numbers->values[i], .code = i};
    qsort(order, numbers->count, sizeof *order, by_number);
    for (uint32_t i = 0; i < numbers->count; i++) {
        values->rank[order[i].code] = i;
        values->a[i] = peil_question_value(question, order[i].number);
        values->b[i] = peil_decimal_real(order[i].number.b);
    }
    free(order);
    return PEIL_OK;
}

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

static peil_status take_answers(const peil_study *study, size_t question, peil_tableau *out,
                                peil_fault *fault) {
    const peil_question *q = &study->plan.questions[question];
    const peil_tally_question *tallied = &study->whole.tally.questions[question];
    const peil_form form = q->measure->form;
    if (form == PEIL_FORM_CATEGORIES)
        return take_categories(tallied, study->ranks[out->measure->variables[0].column], out,
                               fault);
    out->ncategories = 1;
    PEIL_TRY(peil_array_make(&out->categories, 1, sizeof *out->categories, fault));
    out->categories[0] = PEIL_EVERY_ANSWER;
    if (form == PEIL_FORM_NOTHING) return take_truths(&out->values, 1, fault);
    if (form == PEIL_FORM_CONDITION) return take_truths(&out->values, 2, fault);
    return take_numbers(q, &tallied->numbers, &out->values, fault);
}

/* ---- the tableau ---- */

peil_status peil_tableau_make(const peil_study *study, size_t measure, size_t breakdown,
                              peil_tableau *out, peil_fault *fault) {
    const peil_breakdown *b = &study->plan.breakdowns[breakdown];
    const size_t question = study->plan.question_of[measure];
    *out =
        (peil_tableau){.study = study, .measure = &study->plan.measures[measure], .breakdown = b};
    out->estimator = peil_estimator_of(out->measure->kind);
    PEIL_TRY(peil_crossing_make(&study->whole.coder.catalog.cubes[b->cube], b->by, b->nby,
                                study->by_ranks, &out->crossing, fault));
    PEIL_TRY(take_answers(study, question, out, fault));
    return peil_view_make(&study->whole.tally, question, b->cube, &out->crossing, &study->design,
                          &out->values, &out->view, fault);
}

void peil_tableau_clear(peil_tableau *tableau) {
    peil_crossing_clear(&tableau->crossing);
    peil_view_clear(&tableau->view);
    free(tableau->values.rank);
    free(tableau->values.a);
    free(tableau->values.b);
    free(tableau->categories);
    free(tableau->category_codes);
    *tableau = (peil_tableau){0};
}

peil_linear peil_tableau_linear(const peil_tableau *tableau, const uint32_t *cells, size_t ncells,
                                size_t category) {
    const peil_domain domain = {&tableau->view, cells, ncells, tableau->categories[category]};
    return peil_linear_make(tableau->estimator, &domain);
}

peil_status peil_tableau_figure(const peil_tableau *tableau, const uint32_t *cells, size_t ncells,
                                size_t category, peil_linear *linear, peil_estimate *estimate,
                                peil_fault *fault) {
    const peil_study *study = tableau->study;
    peil_record lonely = {0};
    *linear = peil_tableau_linear(tableau, cells, ncells, category);
    const peil_status status = peil_estimate_make(tableau->estimator, linear, study->rules,
                                                  study->workspace, estimate, &lonely, fault);
    if (status == PEIL_EDATA) peil_study_name_file(study, lonely, fault);
    return status;
}

peil_bounds peil_tableau_bounds(const peil_tableau *tableau, const peil_estimate *estimate) {
    const peil_figure figure = {estimate->value, estimate->se, (double)estimate->n,
                                (double)estimate->df};
    return tableau->estimator->kind.is_percent
               ? peil_interval_proportion(tableau->study->interval, figure, tableau->study->level)
               : peil_interval_mean(figure, tableau->study->level);
}

peil_status peil_tableau_keys(const peil_tableau *tableau, size_t cell, size_t category,
                              const peil_places *places, peil_cell *cells, peil_fault *fault) {
    const peil_study *study = tableau->study;
    const peil_breakdown *b = tableau->breakdown;
    uint32_t codes[PEIL_BY_MOST];
    PEIL_TRY(peil_cell_text(&cells[0], tableau->measure->name, false, fault));
    if (tableau->category_codes)
        PEIL_TRY(peil_study_value(study, tableau->measure->variables[0].column,
                                  tableau->category_codes[category], &cells[places->category],
                                  fault));
    peil_crossing_codes(&tableau->crossing, cell, codes);
    for (size_t k = 0; k < b->nby; k++)
        PEIL_TRY(peil_study_value(study, study->plan.by[b->by[k]], codes[k],
                                  &cells[places->by[b->by[k]]], fault));
    return PEIL_OK;
}
