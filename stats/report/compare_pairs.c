/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values two by two, or each against the rest. */
#include <stdlib.h>

#include "core/array.h"
#include "report/compare.h"

/* What is compared with what. */
typedef struct pair {
    uint32_t cell, other; /* of the crossing; the rest has no cell of its own */
    peil_cells period, reference;
    size_t test; /* of the whole question, or PEIL_NO_TEST */
    peil_verdict verdict;
    bool is_hidden;
    const peil_ahead *ahead; /* of a group and its rest, by category; or NULL */
} pair;

/* The difference of two figures, and what a rule on it says; a rule on the whole question has said
 * it already. */
static peil_status fill_difference(peil_comparison *c, const peil_tableau *t,
                                   const peil_sides *sides, peil_verdict *verdict,
                                   peil_cell *figures, peil_fault *fault) {
    peil_difference difference;
    PEIL_TRY(peil_sides_difference(t, sides, &difference, fault));
    peil_compare_fill_difference(c, &difference, figures);
    if (c->rule->basis == PEIL_BASIS_TABLE) return PEIL_OK;
    return peil_judge_difference(c->rule, t, sides, &difference, verdict, fault);
}

static peil_status fill_reference(const peil_comparison *c, const peil_tableau *t, const pair *p,
                                  peil_cell *cells, peil_fault *fault) {
    if (c->against == PEIL_AGAINST_REST)
        return peil_cell_text(&cells[c->reference], "rest", false, fault);
    return peil_compare_name_reference(c, t, p->other, cells, fault);
}

/* The figures of a pair and what a rule says of them. */
static peil_status fill_row(peil_comparison *c, const peil_tableau *t, const pair *p,
                            size_t category, peil_cell *figures, peil_fault *fault) {
    peil_sides sides;
    size_t test = p->test;
    peil_verdict verdict = p->verdict;
    const peil_ahead *ahead = p->ahead ? &p->ahead[category] : NULL;
    PEIL_TRY(peil_judge_sides(c->rule, t, p->period, p->reference, category, ahead, &sides, fault));
    const peil_linear *a = &sides.period.linear, *b = &sides.reference.linear;
    c->lacking_class += peil_linear_lacks_class(a) || peil_linear_lacks_class(b);
    peil_compare_fill_estimate(t, a, &figures[PEIL_COMPARE_ESTIMATE]);
    peil_compare_fill_estimate(t, b, &figures[PEIL_COMPARE_REFERENCE_ESTIMATE]);
    if (a->exists && b->exists) PEIL_TRY(fill_difference(c, t, &sides, &verdict, figures, fault));
    peil_compare_fill_verdict(&verdict, figures);
    if (c->rule->basis == PEIL_BASIS_DIFFERENCE)
        PEIL_TRY(peil_compare_add_test(c, verdict.p, &test, fault));
    c->test[c->report->nrows - 1] = test;
    return PEIL_OK;
}

static peil_status add_row(peil_comparison *c, const peil_tableau *t, const pair *p,
                           size_t category, peil_fault *fault) {
    peil_cell *cells;
    PEIL_TRY(peil_compare_add_row(c, t, p->cell, category, &cells, fault));
    PEIL_TRY(fill_reference(c, t, p, cells, fault));
    c->hidden += p->is_hidden;
    return p->is_hidden ? PEIL_OK : fill_row(c, t, p, category, cells + c->places.figures, fault);
}

/* A rule on the whole question is asked once, and counts once; where nobody answered it there is no
 * row, and nothing to ask. */
static peil_status judge_question(peil_comparison *c, const peil_tableau *t, pair *p,
                                  peil_fault *fault) {
    p->test = PEIL_NO_TEST;
    p->verdict = peil_no_verdict;
    if (c->rule->basis != PEIL_BASIS_TABLE || t->ncategories == 0) return PEIL_OK;
    PEIL_TRY(peil_judge_question(c->rule, t, p->period, p->reference, &p->verdict, fault));
    peil_questions_count(&c->questions, t, &p->verdict);
    return peil_compare_add_test(c, p->verdict.p, &p->test, fault);
}

static peil_status add_pair(peil_comparison *c, const peil_tableau *t, pair *p, peil_fault *fault) {
    if (!p->is_hidden) PEIL_TRY(judge_question(c, t, p, fault));
    for (size_t category = 0; category < t->ncategories; category++)
        PEIL_TRY(add_row(c, t, p, category, fault));
    return PEIL_OK;
}

/* ---- many with their rest ---- */

/* Groups whose figures and differences are made together, before their rows. */
typedef struct batch {
    size_t n, most;
    uint32_t of[PEIL_AHEAD_MOST]; /* the cell of the crossing */
    peil_opposed groups[PEIL_AHEAD_MOST];
    uint32_t *rests;   /* by group: the cells of its rest */
    peil_ahead *ahead; /* by group, then by category */
} batch;

static void clear_batch(batch *b) {
    free(b->rests);
    free(b->ahead);
}

/* For n cells of the crossing. */
static peil_status make_batch(const peil_tableau *t, size_t n, batch *b, peil_fault *fault) {
    const size_t most = peil_ahead_count(t);
    b->most = n < most ? n : most;
    PEIL_TRY(peil_array_make(&b->rests, b->most * n * t->nclasses, sizeof *b->rests, fault));
    return peil_array_make(&b->ahead, b->most * t->ncategories, sizeof *b->ahead, fault);
}

/* The rows of all groups so far. */
static peil_status add_batch(peil_comparison *c, const peil_tableau *t, batch *b,
                             peil_fault *fault) {
    PEIL_TRY(peil_ahead_make(t, b->groups, b->n, b->ahead, fault));
    for (size_t i = 0; i < b->n; i++) {
        pair p = {.cell = b->of[i],
                  .period = b->groups[i].own,
                  .reference = b->groups[i].rest,
                  .is_hidden = b->groups[i].is_hidden,
                  .ahead = b->ahead + i * t->ncategories};
        PEIL_TRY(add_pair(c, t, &p, fault));
    }
    b->n = 0;
    return PEIL_OK;
}

/* Each of n cells against the others; an area is compared with the rest of its own region only. */
static peil_status add_rests(peil_comparison *c, const peil_tableau *t, uint32_t first, size_t n,
                             batch *b, peil_fault *fault) {
    for (uint32_t cell = first; cell < first + n; cell++) {
        if (!peil_tableau_has_cell(t, cell) || !t->crossing.is_occupied[cell]) continue;
        peil_opposed *group = &b->groups[b->n];
        uint32_t *rest = b->rests + b->n * n * t->nclasses;
        b->of[b->n++] = cell;
        group->own = peil_tableau_cells(t, cell);
        group->rest = peil_tableau_rest(t, first, n, cell, rest);
        group->is_hidden = peil_judge_hides_either(t, group->own, group->rest);
        if (b->n == b->most) PEIL_TRY(add_batch(c, t, b, fault));
    }
    return add_batch(c, t, b, fault);
}

static peil_status compare_rests(peil_comparison *c, const peil_tableau *t, uint32_t first,
                                 size_t n, peil_fault *fault) {
    batch b = {0};
    peil_status status = make_batch(t, n, &b, fault);
    if (status == PEIL_OK) status = add_rests(c, t, first, n, &b, fault);
    clear_batch(&b);
    return status;
}

/* ---- two by two ---- */

/* Everything against something else. */
static bool is_pair(const peil_comparison *c, const peil_tableau *t, uint32_t k, uint32_t cell,
                    uint32_t other) {
    if (!peil_tableau_has_cell(t, cell)) return false;
    return c->against == PEIL_AGAINST_PREVIOUS ? k > 0 : cell != other;
}

/* The cell that all others are compared with, when there is one. */
static peil_status find_fixed(const peil_comparison *c, const peil_tableau *t, uint32_t first,
                              size_t n, uint32_t *fixed, peil_fault *fault) {
    const uint32_t *values = t->crossing.values[t->crossing.nby - 1];
    *fixed = first;
    if (c->against != PEIL_AGAINST_VALUE) return PEIL_OK;
    while (*fixed < first + n && values[*fixed - first] != c->value) ++*fixed;
    return *fixed < first + n ? PEIL_OK : peil_compare_refuse_value(c, fault);
}

peil_status peil_compare_pairs(peil_comparison *c, const peil_tableau *t, uint32_t first, size_t n,
                               peil_fault *fault) {
    uint32_t fixed;
    if (c->against == PEIL_AGAINST_REST) return compare_rests(c, t, first, n, fault);
    PEIL_TRY(find_fixed(c, t, first, n, &fixed, fault));
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t cell = first + k;
        const uint32_t other = c->against == PEIL_AGAINST_PREVIOUS ? cell - 1 : fixed;
        if (!is_pair(c, t, k, cell, other)) continue;
        pair p = {.cell = cell,
                  .other = other,
                  .period = peil_tableau_cells(t, cell),
                  .reference = peil_tableau_cells(t, other)};
        p.is_hidden = peil_judge_hides_either(t, p.period, p.reference);
        PEIL_TRY(add_pair(c, t, &p, fault));
    }
    return PEIL_OK;
}
