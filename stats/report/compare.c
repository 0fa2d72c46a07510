/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"
#include "infer/compare.h"
#include "report/difference.h"
#include "report/provenance.h"
#include "report/run.h"
#include "report/study.h"

static const char *const columns[] = {
    "measure",    "category",   "period",      "reference", "estimate",  "reference_estimate",
    "difference", "se",         "ci_low",      "ci_high",   "statistic", "df",
    "p",          "p_adjusted", "significant", NULL};

enum { LEAD = 2 };

/* The cells of figures, in the order of `columns`. */
typedef enum place {
    ESTIMATE,
    REFERENCE_ESTIMATE,
    DIFFERENCE,
    SE,
    CI_LOW,
    CI_HIGH,
    STATISTIC,
    DF,
    P,
    P_ADJUSTED,
    SIGNIFICANT
} place;

typedef enum against_what {
    AGAINST_PREVIOUS,
    AGAINST_FIRST,
    AGAINST_REST,
    AGAINST_VALUE
} against_what;

/* The comparison at hand. */
typedef struct comparison {
    const peil_study *study;
    against_what against;
    bool overlap; /* the rule */
    const peil_adjustment *adjustment;
    size_t over;    /* index of the plan's by variables */
    uint32_t value; /* AGAINST_VALUE: its code */
    peil_report *report;
    peil_places places;
    size_t reference; /* column of the report */
    size_t nlacking;  /* differences that do not exist in every replicate */
    double *p;        /* by row */
    size_t p_capacity;
} comparison;

/* ---- the request ---- */

static peil_status check_over(const char *over, peil_fault *fault) {
    peil_names names = {0};
    peil_status status = peil_names_split(over, "--over", &names, fault);
    if (status == PEIL_OK && names.n > 1)
        status = peil_fail(fault, PEIL_EUSAGE, "--over takes one variable");
    peil_names_clear(&names);
    return status;
}

static peil_status choose(const peil_request *request, comparison *c, peil_fault *fault) {
    const char *against = request->against ? request->against : "previous";
    const char *rule = request->rule ? request->rule : "t";
    const char *adjust = request->adjust ? request->adjust : "none";
    c->against = strcmp(against, "previous") == 0 ? AGAINST_PREVIOUS
                 : strcmp(against, "first") == 0  ? AGAINST_FIRST
                 : strcmp(against, "rest") == 0   ? AGAINST_REST
                                                  : AGAINST_VALUE;
    c->overlap = strcmp(rule, "overlap") == 0;
    if (!c->overlap && strcmp(rule, "t") != 0)
        return peil_fail(fault, PEIL_EUSAGE, "--rule does not know %s; it is t or overlap", rule);
    c->adjustment = peil_adjustment_find(adjust);
    if (!c->adjustment) return peil_fail(fault, PEIL_EUSAGE, "--adjust does not know %s", adjust);
    if (c->overlap && strcmp(adjust, "none") != 0)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--rule overlap has no p to adjust; leave --adjust out");
    if (!request->over)
        return peil_fail(fault, PEIL_EUSAGE, "compare needs --over, such as --over jaar");
    return check_over(request->over, fault);
}

/* Each breakdown crossed with the variable that is compared over, as words. */
static peil_status cross(const peil_request *request, char ***words, size_t *n, peil_fault *fault) {
    *n = request->by.n ? request->by.n : 1;
    *words = NULL;
    PEIL_TRY(peil_array_make(words, *n, sizeof **words, fault));
    for (size_t i = 0; i < *n; i++) {
        peil_text text = {0};
        if (request->by.n) peil_text_add_format(&text, "%s,", request->by.word[i]);
        peil_text_add(&text, request->over);
        (*words)[i] = text.bytes;
        if (text.failed) return peil_fail_memory(fault);
    }
    return PEIL_OK;
}

/* ---- pairs ---- */

/* Some cells together, with their figure. */
typedef struct side {
    const uint32_t *cells;
    size_t n;
    peil_finding finding;
} side;

/* A margin of its own is needed by the overlap rule alone. */
static peil_status figure(const comparison *c, const peil_tableau *t, size_t category, side *s,
                          peil_fault *fault) {
    if (c->overlap) return peil_tableau_figure(t, s->cells, s->n, category, &s->finding, fault);
    return peil_difference_side(t, s->cells, s->n, category, &s->finding.linear, fault);
}

/* t on the design's degrees of freedom, unless the rule is the overlap of the two intervals. */
static void judge(const comparison *c, const side *a, const side *b,
                  const peil_difference *difference, peil_cell *cells, double *p) {
    peil_cell_number(&cells[DIFFERENCE], difference->value);
    peil_cell_number(&cells[SE], difference->se);
    peil_cell_number(&cells[CI_LOW], difference->bounds.low);
    peil_cell_number(&cells[CI_HIGH], difference->bounds.high);
    if (c->overlap) {
        const int apart = peil_test_overlap(a->finding.bounds, b->finding.bounds);
        if (apart >= 0) peil_cell_count(&cells[SIGNIFICANT], (uint64_t)apart);
        return;
    }
    peil_cell_number(&cells[STATISTIC], difference->test.statistic);
    peil_cell_number(&cells[DF], difference->df);
    peil_cell_number(&cells[P], difference->test.p);
    *p = difference->test.p;
}

static peil_status keep_p(comparison *c, double p, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&c->p, &c->p_capacity, c->report->nrows, sizeof *c->p, fault));
    c->p[c->report->nrows - 1] = p;
    return PEIL_OK;
}

/* Measure, category, by variables, and what is compared with what. */
static peil_status fill_keys(const comparison *c, const peil_tableau *t, uint32_t cell,
                             uint32_t reference, size_t category, peil_cell *cells,
                             peil_fault *fault) {
    uint32_t codes[PEIL_BY_MOST];
    PEIL_TRY(peil_tableau_keys(t, cell, category, &c->places, cells, fault));
    if (c->against == AGAINST_REST)
        return peil_cell_text(&cells[c->reference], "rest", false, fault);
    peil_crossing_codes(&t->crossing, reference, codes);
    return peil_study_value(c->study, c->study->plan.by[c->over], codes[t->crossing.nby - 1],
                            &cells[c->reference], fault);
}

static void fill_estimate(const peil_linear *linear, double times, peil_cell *cell) {
    if (linear->exists) peil_cell_number(cell, (double)(linear->theta * (peil_real)times));
}

static peil_status add_pair(comparison *c, const peil_tableau *t, side *a, side *b,
                            uint32_t reference, size_t category, peil_fault *fault) {
    const double times = t->estimator->kind.is_percent ? 100 : 1;
    double p = (double)NAN;
    peil_cell *cells;
    peil_difference difference;
    PEIL_TRY(figure(c, t, category, a, fault));
    PEIL_TRY(figure(c, t, category, b, fault));
    PEIL_TRY(peil_report_row(c->report, peil_unit_of(t->measure->kind), &cells, fault));
    PEIL_TRY(fill_keys(c, t, a->cells[0], reference, category, cells, fault));
    cells += c->places.figures;
    fill_estimate(&a->finding.linear, times, &cells[ESTIMATE]);
    fill_estimate(&b->finding.linear, times, &cells[REFERENCE_ESTIMATE]);
    if (a->finding.linear.exists && b->finding.linear.exists) {
        PEIL_TRY(
            peil_difference_make(t, &a->finding.linear, &b->finding.linear, &difference, fault));
        judge(c, a, b, &difference, cells, &p);
        c->nlacking += difference.lacks_replicates;
    }
    return keep_p(c, p, fault);
}

static peil_status refuse_value(const comparison *c, peil_fault *fault) {
    return peil_fail(fault, PEIL_EUSAGE,
                     "--against %s: %s has no such value; it is previous, first, rest or a value",
                     c->study->request->against, c->study->request->over);
}

/* Everything against something else; an area is compared with the rest of its own region only. */
static bool is_pair(const comparison *c, const peil_tableau *t, uint32_t k, uint32_t cell,
                    uint32_t other) {
    if (c->against == AGAINST_PREVIOUS) return k > 0;
    if (c->against == AGAINST_REST) return t->crossing.is_occupied[cell];
    return cell != other;
}

/* The pairs of one cell of the breakdown: n values of the variable from `first` on. */
static peil_status add_pairs(comparison *c, const peil_tableau *t, uint32_t first, size_t n,
                             uint32_t *rest, peil_fault *fault) {
    const uint32_t *values = t->crossing.values[t->crossing.nby - 1];
    uint32_t fixed = first;
    if (c->against == AGAINST_VALUE) {
        while (fixed < first + n && values[fixed - first] != c->value) fixed++;
        if (fixed == first + n) return refuse_value(c, fault);
    }
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t cell = first + k;
        const uint32_t other = c->against == AGAINST_PREVIOUS ? cell - 1 : fixed;
        if (!is_pair(c, t, k, cell, other)) continue;
        size_t nrest = 0;
        for (uint32_t i = 0; c->against == AGAINST_REST && i < n; i++)
            if (i != k) rest[nrest++] = first + i;
        for (size_t category = 0; category < t->ncategories; category++) {
            side a = {.cells = &cell, .n = 1};
            side b = c->against == AGAINST_REST ? (side){.cells = rest, .n = nrest}
                                                : (side){.cells = &other, .n = 1};
            PEIL_TRY(add_pair(c, t, &a, &b, other, category, fault));
        }
    }
    return PEIL_OK;
}

static peil_status add_tableau(comparison *c, size_t measure, size_t breakdown, peil_fault *fault) {
    peil_tableau t;
    uint32_t *rest = NULL;
    peil_status status = peil_tableau_make(c->study, measure, breakdown, &t, fault);
    const size_t n = status == PEIL_OK ? t.crossing.nvalues[t.crossing.nby - 1] : 0;
    if (status == PEIL_OK) status = peil_array_make(&rest, n, sizeof *rest, fault);
    for (uint32_t cell = 0; status == PEIL_OK && cell < t.crossing.ncells; cell += (uint32_t)n)
        status = add_pairs(c, &t, cell, n, rest, fault);
    free(rest);
    peil_tableau_clear(&t);
    return status;
}

/* ---- the whole ---- */

static peil_status find_over(comparison *c, peil_fault *fault) {
    const peil_study *study = c->study;
    const peil_breakdown *first = &study->plan.breakdowns[0];
    c->over = first->by[first->nby - 1]; /* it was put behind every list of --by */
    if (c->against != AGAINST_VALUE) return PEIL_OK;
    const peil_batch_column *column = &study->pass->whole.batch.columns[study->plan.by[c->over]];
    peil_literal literal = {.is_text = true, .text = (char *)(uintptr_t)study->request->against};
    literal.is_text = !peil_decimal_read(literal.text, strlen(literal.text), &literal.number);
    for (c->value = 1; c->value < column->dictionary.count; c->value++)
        if (peil_literal_is(&literal, column, c->value)) return PEIL_OK;
    return refuse_value(c, fault);
}

/* Over all pairs of the run; the largest rejected p is rejected. */
static peil_status adjust_all(comparison *c, peil_fault *fault) {
    const size_t n = c->report->nrows;
    double *adjusted = NULL;
    if (c->overlap || n == 0) return PEIL_OK;
    PEIL_TRY(peil_array_make(&adjusted, n, sizeof *adjusted, fault));
    const bool done = peil_adjust(c->adjustment, c->p, n, adjusted);
    for (size_t row = 0; done && row < n; row++) {
        peil_cell *cells = &c->report->cells[row * c->report->ncolumns + c->places.figures];
        peil_cell_number(&cells[P_ADJUSTED], adjusted[row]);
        if (!isnan(adjusted[row]))
            peil_cell_count(&cells[SIGNIFICANT], adjusted[row] <= 1 - c->study->level);
    }
    free(adjusted);
    return done ? PEIL_OK : peil_fail_memory(fault);
}

/* What the p-values and intervals of an adjusted run mean. */
static peil_status note_tests(const comparison *c, peil_fault *fault) {
    const bool dutch = c->study->request->language == PEIL_DUTCH;
    size_t tests = 0;
    for (size_t row = 0; row < c->report->nrows; row++)
        if (!isnan(c->p[row])) tests++;
    if (c->report->nrows == 0)
        return peil_report_note(c->report, fault,
                                dutch ? "%s heeft te weinig waarden om te vergelijken"
                                      : "%s has too few values to compare",
                                c->study->request->over);
    if (strcmp(c->adjustment->name, "none") == 0) return PEIL_OK;
    return peil_report_note(
        c->report, fault,
        dutch ? "p is gecorrigeerd (%s) voor %zu toetsen en bepaalt wat significant is; de "
                "intervallen zijn niet gecorrigeerd"
              : "p is adjusted (%s) for %zu tests and decides what is significant; the intervals "
                "are not adjusted",
        c->adjustment->name, tests);
}

static peil_status note_replicates(const comparison *c, peil_fault *fault) {
    const bool dutch = c->study->request->language == PEIL_DUTCH;
    if (c->nlacking == 0) return PEIL_OK;
    return peil_report_note(
        c->report, fault,
        dutch ? "verschillen die niet in elk replicaat bestaan, en waarvan de standaardfout die "
                "weglaat: %zu van de %zu"
              : "differences that do not exist in every replicate, whose standard errors leave "
                "these out: %zu of %zu",
        c->nlacking, c->report->nrows);
}

static peil_status make_comparison(const peil_request *request, const peil_request *crossed,
                                   peil_pass *pass, comparison *c, peil_fault *fault) {
    PEIL_TRY(peil_pass_run(crossed, 1, pass, c->report, fault));
    const peil_study *study = c->study = &pass->studies[0];
    c->report->level = 100 * study->level;
    PEIL_TRY(find_over(c, fault));
    PEIL_TRY(peil_study_columns(study, columns, LEAD, c->over, c->report, &c->places, fault));
    c->places.by[c->over] = peil_report_find(c->report, "period");
    c->reference = peil_report_find(c->report, "reference");
    for (size_t m = 0; m < study->plan.nmeasures; m++)
        for (size_t b = 0; b < study->plan.nbreakdowns; b++) {
            const peil_breakdown *breakdown = &study->plan.breakdowns[b];
            if (breakdown->nby && breakdown->by[breakdown->nby - 1] == c->over)
                PEIL_TRY(add_tableau(c, m, b, fault));
        }
    PEIL_TRY(adjust_all(c, fault));
    PEIL_TRY(note_tests(c, fault));
    PEIL_TRY(note_replicates(c, fault));
    PEIL_TRY(peil_provenance_study(study, request, c->report, fault));
    PEIL_TRY(peil_report_describe_request(request, c->report, fault));
    return peil_study_notes(study, c->report, fault);
}

peil_status peil_run_compare(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_pass pass = {0};
    comparison c = {.report = report};
    char **words = NULL;
    size_t nwords = 0;
    *report = (peil_report){.command = "compare"};
    peil_status status = choose(request, &c, fault);
    if (status == PEIL_OK) status = cross(request, &words, &nwords, fault);
    peil_request crossed = *request;
    crossed.by = (peil_words){nwords, (const char *const *)words};
    if (status == PEIL_OK) status = make_comparison(request, &crossed, &pass, &c, fault);
    peil_pass_clear(&pass);
    for (size_t i = 0; words && i < nwords; i++) free(words[i]);
    free(words);
    free(c.p);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
