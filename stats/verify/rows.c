/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/columns.h"
#include "report/section.h"
#include "verify/placing.h"

/* The contract's columns: two before the by variables. */
static const char *const columns[] = {"indicator", "period", "published", "computed", "ci_low",
                                      "ci_high",   "n",      "status",    NULL};

enum { LEAD = 2 };

/* The cells behind the by variables, in the order of `columns`. */
enum { PUBLISHED, COMPUTED, CI_LOW, CI_HIGH, N, STATUS };

/* The rows at hand. */
typedef struct rows {
    const peil_publication *publication;
    const peil_published_list *list;
    peil_verdict *verdicts;
    peil_report *report;
    size_t figures; /* the column of the first figure */
    peil_tableau tableau;
    const peil_published *of; /* a figure of the tableau; NULL: there is none */
} rows;

/* ---- columns ---- */

static bool has_labels(const peil_publication *p) {
    bool found = false;
    for (size_t d = 0; d < p->monitor->ndata; d++) found = found || p->passes[d].has_labels;
    return found;
}

static bool is_among(const char *const *names, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

/* The variables of the published figures, as they come. */
static peil_status gather_by(const peil_published_list *list, const char ***names, size_t *n,
                             peil_fault *fault) {
    size_t capacity = 0;
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < list->list[i].nkeys; k++) {
            const char *name = list->list[i].keys[k].variable;
            if (is_among(*names, *n, name)) continue;
            PEIL_TRY(peil_array_reserve(names, &capacity, *n + 1, sizeof **names, fault));
            (*names)[(*n)++] = name;
        }
    return PEIL_OK;
}

static peil_status make_columns(rows *r, peil_fault *fault) {
    const char **names = NULL;
    peil_by_names by = {.has_labels = has_labels(r->publication)};
    peil_status status = gather_by(r->list, &names, &by.n, fault);
    by.names = names;
    if (status == PEIL_OK) status = peil_columns_check(&by, columns, fault);
    if (status == PEIL_OK) status = peil_columns_add(&by, columns, LEAD, r->report, fault);
    if (status == PEIL_OK && r->publication->base->explain)
        status = peil_report_column(r->report, "explanation", fault);
    free(names);
    r->figures = peil_report_find(r->report, "published");
    return status;
}

/* ---- one row ---- */

static const peil_indicator *about(const rows *r, const peil_published *p) {
    return &r->publication->monitor->indicators[p->indicator];
}

/* A value as the data have it, with its label; else as it was written. */
static peil_status fill_key(const rows *r, size_t k, const char *wanted, peil_cell *cell,
                            peil_fault *fault) {
    const peil_tableau *t = &r->tableau;
    const size_t value = wanted                        ? peil_placing_value(t, k, wanted)
                         : t->crossing.nvalues[k] == 1 ? 0
                                                       : t->crossing.nvalues[k];
    const size_t column = t->study->plan.by[t->breakdown->by[k]];
    peil_decimal number;
    if (value < t->crossing.nvalues[k])
        return peil_study_value(t->study, column, t->crossing.values[k][value], cell, fault);
    const bool is_number = wanted && peil_decimal_read(wanted, strlen(wanted), &number);
    return wanted ? peil_cell_text(cell, wanted, is_number, fault) : PEIL_OK;
}

static peil_status fill_keys(const rows *r, const peil_published *p, peil_cell *cells,
                             peil_fault *fault) {
    const peil_monitor *monitor = r->publication->monitor;
    const peil_tableau *t = &r->tableau;
    PEIL_TRY(peil_cell_text(&cells[0], about(r, p)->code, false, fault));
    for (size_t k = 0; k < t->breakdown->nby; k++) {
        const size_t column = t->study->plan.by[t->breakdown->by[k]];
        const char *name = t->study->pass->whole.batch.columns[column].name;
        const bool is_period = monitor->period && strcmp(name, monitor->period) == 0;
        const size_t place = peil_report_find(r->report, is_period ? "period" : name);
        const char *wanted = peil_placing_wanted(monitor, t, k, p);
        PEIL_TRY(fill_key(r, k, wanted, &cells[place], fault));
    }
    return PEIL_OK;
}

/* The computed figure, and what the published one is beside it. */
static peil_status fill_figure(const rows *r, const peil_published *p, peil_cell *cells,
                               peil_verdict *verdict, peil_fault *fault) {
    const peil_monitor *monitor = r->publication->monitor;
    const uint32_t cell = peil_placing_cell(monitor, &r->tableau, p);
    peil_finding f;
    *verdict = PEIL_NOT_COMPUTABLE;
    if (cell == PEIL_NO_CELL) return PEIL_OK;
    PEIL_TRY(peil_tableau_figure(&r->tableau, peil_tableau_cells(&r->tableau, cell), 0, &f, fault));
    const bool is_percent = r->tableau.estimator->kind.is_percent;
    const bool is_register = monitor->data[about(r, p)->data].is_register;
    const double times = is_percent ? 100 : 1;
    const peil_bounds none = {(double)NAN, (double)NAN},
                      bounds = {times * f.bounds.low, times * f.bounds.high};
    peil_cell_count(&cells[N], f.estimate.n);
    if (f.estimate.n == 0 || !f.estimate.exists || f.estimate.n < r->tableau.study->min_n)
        return PEIL_OK;
    const double computed = is_percent ? f.estimate.value_100 : f.estimate.value;
    peil_cell_number(&cells[COMPUTED], computed);
    if (!is_register) {
        peil_cell_number(&cells[CI_LOW], bounds.low);
        peil_cell_number(&cells[CI_HIGH], bounds.high);
    }
    *verdict = peil_verdict_of(&p->statement, computed, is_register ? none : bounds);
    return PEIL_OK;
}

/* The tableau of a figure; that of the figure before it often serves. */
static peil_status find_tableau(rows *r, const peil_published *p, peil_fault *fault) {
    const peil_publication *publication = r->publication;
    const peil_study *study = peil_publication_study(publication, p->indicator);
    const size_t breakdown = peil_placing_breakdown(publication->monitor, study, p);
    const bool is_same = r->of && r->of->indicator == p->indicator &&
                         r->tableau.breakdown == &study->plan.breakdowns[breakdown];
    if (is_same) return PEIL_OK;
    peil_tableau_clear(&r->tableau);
    r->of = p;
    return peil_tableau_make(study, publication->seats[p->indicator].measure, breakdown,
                             &r->tableau, fault);
}

/* People see the computed figure with one decimal more than was published, so that a figure near
 * the published one can be told from it. */
static peil_status begin_section(rows *r, size_t i, peil_fault *fault) {
    const peil_published *p = &r->list->list[i];
    if (i && p[-1].indicator == p->indicator) return PEIL_OK;
    PEIL_TRY(peil_section_begin(about(r, p), r->tableau.measure->text, r->report, fault));
    int *decimals = &r->report->sections[r->report->nsections - 1].decimals;
    *decimals = 0;
    for (; i < r->list->n && r->list->list[i].indicator == p->indicator; i++)
        if (r->list->list[i].statement.decimals + 1 > *decimals)
            *decimals = r->list->list[i].statement.decimals + 1;
    return PEIL_OK;
}

static peil_status add_row(rows *r, size_t i, peil_fault *fault) {
    const peil_published *p = &r->list->list[i];
    peil_cell *cells;
    PEIL_TRY(find_tableau(r, p, fault));
    PEIL_TRY(begin_section(r, i, fault));
    const peil_unit unit = peil_unit_of(r->tableau.measure->kind);
    PEIL_TRY(peil_report_row(r->report, unit, &cells, fault));
    PEIL_TRY(fill_keys(r, p, cells, fault));
    cells += r->figures;
    PEIL_TRY(peil_cell_text(&cells[PUBLISHED], p->text, false, fault));
    PEIL_TRY(fill_figure(r, p, cells, &r->verdicts[i], fault));
    return peil_cell_text(&cells[STATUS], peil_verdict_word(r->verdicts[i]), false, fault);
}

/* ---- notes ---- */

/* "16 published figures: 15 exact, 1 differs" */
static void add_counts(const size_t *n, size_t all, peil_language language, peil_text *out) {
    static const char *const words[][2] = {
        [PEIL_EXACT] = {"exact", "exact"},
        [PEIL_WITHIN_CI] = {"within the interval", "binnen het interval"},
        [PEIL_DIFFERS] = {"different", "afwijkend"},
        [PEIL_NOT_COMPUTABLE] = {"not computable", "niet te berekenen"}};
    const char *joint = ": ";
    peil_text_add_format(
        out, language == PEIL_DUTCH ? "gepubliceerde cijfers (%zu)" : "published figures (%zu)",
        all);
    for (size_t k = 0; k < PEIL_VERDICTS; k++) {
        if (n[k] == 0) continue;
        peil_text_add_format(out, "%s%zu %s", joint, n[k], words[k][language]);
        joint = ", ";
    }
}

static peil_status note(const rows *r, peil_text *text, peil_fault *fault) {
    const peil_status status = text->failed ? peil_fail_memory(fault)
                                            : peil_report_note(r->report, fault, "%s", text->bytes);
    peil_text_clear(text);
    return status;
}

static peil_status note_counts(const rows *r, peil_fault *fault) {
    size_t n[PEIL_VERDICTS] = {0};
    peil_text text = {0};
    for (size_t i = 0; i < r->list->n; i++) n[r->verdicts[i]]++;
    r->report->differs = n[PEIL_DIFFERS] > 0;
    add_counts(n, r->list->n, r->report->language, &text);
    return note(r, &text, fault);
}

static void add_place(const peil_published *p, peil_language language, peil_text *out) {
    const char *line = language == PEIL_DUTCH ? "regel" : "line";
    peil_text_add_format(out, "%s (", p->text);
    if (p->source) peil_text_add_format(out, "%s, ", p->source);
    if (p->file) peil_text_add_format(out, "%s, ", p->file);
    peil_text_add_format(out, "%s %zu)", line, p->line);
}

static void add_cell_name(const rows *r, const peil_published *p, peil_text *out) {
    peil_text_add(out, about(r, p)->code);
    if (p->period) peil_text_add_format(out, ", %s", p->period);
    for (size_t k = 0; k < p->nkeys; k++)
        peil_text_add_format(out, ", %s %s", p->keys[k].variable, p->keys[k].value);
}

static bool holds(peil_range outer, peil_range inner) {
    return outer.low <= inner.low && inner.high <= outer.high;
}

/* Two figures may show more and fewer decimals of the same value. */
static bool says_the_same(const peil_published *a, const peil_published *b) {
    const peil_range x = peil_published_range(&a->statement),
                     y = peil_published_range(&b->statement);
    return holds(x, y) || holds(y, x);
}

/* A figure that was published once more, and differently. */
static peil_status note_twice(const rows *r, const peil_published *p, peil_fault *fault) {
    const peil_language language = r->report->language;
    peil_text text = {0};
    add_cell_name(r, p, &text);
    peil_text_add(&text, language == PEIL_DUTCH ? ": verschillend gepubliceerd, als "
                                                : ": published differently, as ");
    add_place(p - 1, language, &text);
    peil_text_add(&text, language == PEIL_DUTCH ? " en als " : " and as ");
    add_place(p, language, &text);
    return note(r, &text, fault);
}

static peil_status add_all(rows *r, peil_fault *fault) {
    PEIL_TRY(make_columns(r, fault));
    for (size_t i = 0; i < r->list->n; i++) PEIL_TRY(add_row(r, i, fault));
    PEIL_TRY(note_counts(r, fault));
    for (size_t i = 1; i < r->list->n; i++) {
        const peil_published *p = &r->list->list[i];
        if (peil_published_compare(p - 1, p) == 0 && !says_the_same(p - 1, p))
            PEIL_TRY(note_twice(r, p, fault));
    }
    return PEIL_OK;
}

peil_status peil_verify_rows(const peil_publication *publication, const peil_published_list *list,
                             peil_verdict *verdicts, peil_report *report, peil_fault *fault) {
    rows r = {.publication = publication, .list = list, .verdicts = verdicts, .report = report};
    const peil_status status = add_all(&r, fault);
    peil_tableau_clear(&r.tableau);
    return status;
}
