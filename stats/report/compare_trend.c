/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trend over all values of the variable, a row for each degree: orthogonal polynomial contrasts
 * of the figures, with all their covariances. */
#include <stdlib.h>

#include "core/array.h"
#include "core/text.h"
#include "report/compare.h"

/* The figures of one category that are there, in the order of the values. */
typedef struct series {
    size_t n;
    uint32_t *cells;
    peil_real *x; /* the values as numbers */
    peil_linear *linears;
    const peil_linear **terms;
    peil_real *factors;
    bool lacks_class; /* some value has no figure for want of a class of the standard */
} series;

static void clear(series *s) {
    free(s->cells);
    free(s->x);
    free(s->linears);
    free(s->terms);
    free(s->factors);
}

static peil_status make_room(series *s, size_t n, peil_fault *fault) {
    *s = (series){0};
    PEIL_TRY(peil_array_make(&s->cells, n, sizeof *s->cells, fault));
    PEIL_TRY(peil_array_make(&s->x, n, sizeof *s->x, fault));
    PEIL_TRY(peil_array_make(&s->linears, n, sizeof *s->linears, fault));
    PEIL_TRY(peil_array_make(&s->terms, n, sizeof *s->terms, fault));
    return peil_array_make(&s->factors, n, sizeof *s->factors, fault);
}

static peil_real number_of(const peil_comparison *c, uint32_t code) {
    const size_t column = c->study->plan.by[c->over];
    return peil_decimal_real(
        c->study->pass->whole.batch.columns[column].dictionary.values[code].number);
}

/* A value without a figure that may be shown, as where a question was not asked, is passed over. */
static peil_status take(const peil_comparison *c, const peil_tableau *t, uint32_t first, size_t n,
                        size_t category, series *s, peil_fault *fault) {
    const uint32_t *codes = t->crossing.values[t->crossing.nby - 1];
    s->n = 0;
    s->lacks_class = false;
    for (uint32_t k = 0; k < n; k++) {
        const peil_cells cells = peil_tableau_cells(t, first + k);
        peil_linear *linear = &s->linears[s->n];
        s->cells[s->n] = first + k;
        s->x[s->n] = number_of(c, codes[k]);
        PEIL_TRY(peil_difference_side(t, cells, category, linear, fault));
        s->terms[s->n] = linear;
        s->lacks_class = s->lacks_class || peil_linear_lacks_class(linear);
        s->n += linear->exists && !peil_judge_hides(t->study, &linear->domain);
    }
    return PEIL_OK;
}

/* ---- rows ---- */

/* "2012" becomes "2012 (linear)". */
static peil_status qualify(peil_cell *cell, const char *word, peil_fault *fault) {
    if (cell->kind != PEIL_CELL_TEXT && cell->kind != PEIL_CELL_CODE) return PEIL_OK;
    peil_text text = {0};
    peil_text_add_format(&text, "%s (%s)", cell->as.text, word);
    const peil_status status =
        text.failed ? peil_fail_memory(fault) : peil_cell_text(cell, text.bytes, false, fault);
    peil_text_clear(&text);
    return status;
}

/* The first value, with the trend's name; labels as well, where there are. */
static peil_status fill_reference(const peil_comparison *c, const peil_tableau *t, uint32_t cell,
                                  const char *word, peil_cell *cells, peil_fault *fault) {
    PEIL_TRY(peil_compare_name_reference(c, t, cell, cells, fault));
    for (size_t i = c->reference; i < c->places.figures; i++)
        PEIL_TRY(qualify(&cells[i], word, fault));
    return PEIL_OK;
}

static peil_status fill_trend(peil_comparison *c, const peil_tableau *t, const series *s,
                              size_t degree, peil_verdict *verdict, peil_cell *figures,
                              peil_fault *fault) {
    peil_difference difference;
    PEIL_TRY(peil_trend_factors(s->x, s->n, degree, s->factors, fault));
    PEIL_TRY(
        peil_difference_of(t, &(peil_contrast){s->n, s->terms, s->factors}, &difference, fault));
    peil_compare_fill_difference(c, &difference, figures);
    const peil_pair pair = {
        .difference = difference.share, .se = difference.share_se, .df = difference.df};
    return peil_test_rule_judge(c->rule, &pair, verdict, fault);
}

/* Too few figures for the degree leave a row without a trend. */
static peil_status add_row(peil_comparison *c, const peil_tableau *t, const series *s,
                           const peil_trend *trend, uint32_t first, size_t n, size_t category,
                           peil_fault *fault) {
    peil_verdict verdict = peil_no_verdict;
    peil_cell *cells;
    const uint32_t from = s->n ? s->cells[0] : first;
    const uint32_t to = s->n ? s->cells[s->n - 1] : first + (uint32_t)n - 1;
    PEIL_TRY(peil_compare_add_row(c, t, to, category, &cells, fault));
    PEIL_TRY(fill_reference(c, t, from, trend->name, cells, fault));
    peil_cell *figures = cells + c->places.figures;
    if (s->n) {
        peil_compare_fill_estimate(t, s->terms[s->n - 1], &figures[PEIL_COMPARE_ESTIMATE]);
        peil_compare_fill_estimate(t, s->terms[0], &figures[PEIL_COMPARE_REFERENCE_ESTIMATE]);
    }
    c->lacking_class += s->lacks_class;
    c->partial_trends += s->n < n;
    c->short_trends += s->n <= trend->degree;
    if (s->n > trend->degree)
        PEIL_TRY(fill_trend(c, t, s, trend->degree, &verdict, figures, fault));
    peil_compare_fill_verdict(&verdict, figures);
    return peil_compare_add_test(c, verdict.p, &c->test[c->report->nrows - 1], fault);
}

peil_status peil_compare_trend(peil_comparison *c, const peil_tableau *t, uint32_t first, size_t n,
                               peil_fault *fault) {
    series s;
    peil_status status = make_room(&s, n, fault);
    for (size_t category = 0; status == PEIL_OK && category < t->ncategories; category++) {
        status = take(c, t, first, n, category, &s, fault);
        for (const peil_trend *trend = peil_trends; status == PEIL_OK && trend <= c->trend; trend++)
            status = add_row(c, t, &s, trend, first, n, category, fault);
    }
    clear(&s);
    return status;
}
