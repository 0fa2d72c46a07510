/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/jobs.h"
#include "plan/preset.h"
#include "report/comparison.h"
#include "report/provenance.h"
#include "report/run.h"
#include "report/threads.h"

static const char *const columns[] = {
    "measure",    "category",   "period",      "reference", "estimate",  "reference_estimate",
    "difference", "se",         "ci_low",      "ci_high",   "statistic", "df",
    "p",          "p_adjusted", "significant", NULL};

#define LEAD 2

/* ---- the request ---- */

static void choose_against(const char *against, peil_comparison *c) {
    static const struct {
        const char *name;
        peil_against against;
    } words[] = {{"previous", PEIL_AGAINST_PREVIOUS},
                 {"first", PEIL_AGAINST_FIRST},
                 {"rest", PEIL_AGAINST_REST}};
    c->against = PEIL_AGAINST_VALUE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(against, words[i].name) == 0) c->against = words[i].against;
    c->trend = peil_trend_find(against);
    if (c->trend) c->against = PEIL_AGAINST_TREND;
}

static peil_status choose(const peil_request *request, peil_comparison *c, peil_fault *fault) {
    const char *rule = request->rule ? request->rule : "t";
    const char *adjust = request->adjust ? request->adjust : "none";
    choose_against(request->against ? request->against : "previous", c);
    c->rule = peil_test_rule_find(rule);
    if (!c->rule) return peil_fail(fault, PEIL_EUSAGE, "--rule does not know %s", rule);
    c->adjustment = peil_adjustment_find(adjust);
    if (!c->adjustment) return peil_fail(fault, PEIL_EUSAGE, "--adjust does not know %s", adjust);
    if (c->rule->basis == PEIL_BASIS_INTERVALS && strcmp(adjust, "none") != 0)
        return peil_fail(fault, PEIL_EUSAGE, "--rule %s has no p to adjust; leave --adjust out",
                         rule);
    if (c->trend && c->rule->basis != PEIL_BASIS_DIFFERENCE)
        return peil_fail(fault, PEIL_EUSAGE, "--against %s is tested by --rule t, not by %s",
                         c->trend->name, rule);
    if (c->rule->basis == PEIL_BASIS_TABLE && request->standardise)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--rule %s tests the answers as they were given: it does not go with "
                         "--standardise",
                         rule);
    if (!request->over)
        return peil_fail(fault, PEIL_EUSAGE, "compare needs --over, such as --over jaar");
    return PEIL_OK;
}

/* A table of answers is what a question has; refused before anything is read. */
static peil_status check_measures(const peil_request *request, const peil_test_rule *rule,
                                  peil_fault *fault) {
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    if (rule->basis != PEIL_BASIS_TABLE) return PEIL_OK;
    for (size_t m = 0; m < request->measures.n; m++) {
        peil_measure measure = {0};
        peil_status status = peil_measure_parse(request->measures.word[m], kinds, &measure, fault);
        if (status == PEIL_OK && !measure.kind->is_percent)
            status = peil_fail(fault, PEIL_EUSAGE,
                               "--rule %s compares the answers to a question: it takes "
                               "percent(...), not %s",
                               rule->name, measure.text);
        peil_measure_clear(&measure);
        if (status != PEIL_OK) return status;
    }
    return PEIL_OK;
}

peil_status peil_comparison_check(const peil_request *request, peil_fault *fault) {
    peil_comparison c = {0};
    peil_request filled = *request;
    PEIL_TRY(peil_preset_fill(&filled, true, fault));
    PEIL_TRY(choose(&filled, &c, fault));
    return check_measures(&filled, c.rule, fault);
}

/* A label of it is suggested, never a value that only respondents have. */
peil_status peil_compare_refuse_value(const peil_comparison *c, peil_fault *fault) {
    const peil_study *study = c->study;
    const char *against = study->request->against, *over = study->request->over;
    const peil_batch_column *column = &study->pass->whole.batch.columns[study->plan.by[c->over]];
    const char *nearest = peil_variable_nearest_label(&column->about, against);
    if (nearest && strcmp(nearest, against) != 0)
        return peil_fail(fault, PEIL_EUSAGE, "--against %s: %s has no such value; is it \"%s\"?",
                         against, over, nearest);
    return peil_fail(fault, PEIL_EUSAGE,
                     "--against %s: %s has no such value; --against takes previous, first, rest, "
                     "a trend (linear, quadratic, cubic) or a value of it",
                     against, over);
}

/* The variables that are compared were put last in every breakdown that is no margin. */
static void find_over(peil_comparison *c) {
    const peil_plan *plan = &c->study->plan;
    for (size_t b = 0; b < plan->nbreakdowns; b++) {
        const peil_breakdown *breakdown = &plan->breakdowns[b];
        if (!breakdown->is_margin) c->is_over[breakdown->by[breakdown->nby - 1]] = true;
    }
    c->over = plan->breakdowns[0].by[plan->breakdowns[0].nby - 1];
}

static peil_status find_value(peil_comparison *c, peil_fault *fault) {
    const peil_study *study = c->study;
    if (c->trend && !study->pass->is_numeric[study->plan.by[c->over]])
        return peil_fail(fault, PEIL_EDATA,
                         "--against %s needs numbers: %s has a value that is none", c->trend->name,
                         study->request->over);
    if (c->against != PEIL_AGAINST_VALUE) return PEIL_OK;
    const peil_batch_column *column = &study->pass->whole.batch.columns[study->plan.by[c->over]];
    peil_literal literal = {.is_text = true, .text = (char *)(uintptr_t)study->request->against};
    literal.is_text = !peil_decimal_read(literal.text, strlen(literal.text), &literal.number);
    for (c->value = 1; c->value < column->dictionary.count; c->value++)
        if (peil_literal_is(&literal, column, c->value)) return PEIL_OK;
    return peil_compare_refuse_value(c, fault);
}

/* ---- rows ---- */

peil_status peil_compare_add_row(peil_comparison *c, const peil_tableau *t, uint32_t cell,
                                 size_t category, peil_cell **cells, peil_fault *fault) {
    const size_t row = c->report->nrows;
    PEIL_TRY(peil_array_reserve(&c->test, &c->rows_capacity, row + 1, sizeof *c->test, fault));
    c->test[row] = PEIL_NO_TEST;
    PEIL_TRY(peil_report_row(c->report, peil_unit_of(t->measure->kind), cells, fault));
    return peil_tableau_keys(t, cell, category, &c->places, *cells, fault);
}

peil_status peil_compare_add_test(peil_comparison *c, double p, size_t *test, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&c->p, &c->tests_capacity, c->ntests + 1, sizeof *c->p, fault));
    *test = c->ntests;
    c->p[c->ntests++] = p;
    return PEIL_OK;
}

peil_status peil_compare_name_reference(const peil_comparison *c, const peil_tableau *t,
                                        uint32_t cell, peil_cell *cells, peil_fault *fault) {
    uint32_t codes[PEIL_BY_MOST];
    peil_crossing_codes(&t->crossing, cell, codes);
    return peil_study_value(c->study, c->study->plan.by[c->over], codes[t->crossing.nby - 1],
                            &cells[c->reference], fault);
}

void peil_compare_fill_estimate(const peil_tableau *t, const peil_linear *linear, peil_cell *cell) {
    const peil_real times = t->estimator->kind.is_percent ? 100 : 1;
    if (linear->exists) peil_cell_number(cell, (double)(linear->theta * times));
}

void peil_compare_fill_difference(peil_comparison *c, const peil_difference *difference,
                                  peil_cell *figures) {
    c->lacking += difference->lacks_replicates;
    peil_cell_number(&figures[PEIL_COMPARE_DIFFERENCE], difference->value);
    peil_cell_number(&figures[PEIL_COMPARE_SE], difference->se);
    peil_cell_number(&figures[PEIL_COMPARE_CI_LOW], difference->bounds.low);
    peil_cell_number(&figures[PEIL_COMPARE_CI_HIGH], difference->bounds.high);
}

void peil_compare_fill_verdict(const peil_verdict *verdict, peil_cell *figures) {
    peil_cell_number(&figures[PEIL_COMPARE_STATISTIC], verdict->statistic);
    peil_cell_number(&figures[PEIL_COMPARE_DF], verdict->df);
    peil_cell_number(&figures[PEIL_COMPARE_P], verdict->p);
    if (verdict->differs >= 0)
        peil_cell_count(&figures[PEIL_COMPARE_SIGNIFICANT], (uint64_t)verdict->differs);
}

static peil_status check_length(const peil_comparison *c, size_t n, peil_fault *fault) {
    if (!c->trend || n > c->trend->degree) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA, "--against %s needs %zu values of %s, and there %s %zu",
                     c->trend->name, c->trend->degree + 1, c->study->request->over,
                     n == 1 ? "is" : "are", n);
}

static peil_status add_tableau(peil_comparison *c, size_t measure, size_t breakdown,
                               peil_fault *fault) {
    peil_tableau t;
    peil_status status = peil_tableau_make(c->study, measure, breakdown, &t, fault);
    const size_t n = status == PEIL_OK ? t.crossing.nvalues[t.crossing.nby - 1] : 0;
    if (status == PEIL_OK) status = check_length(c, n, fault);
    for (uint32_t cell = 0; status == PEIL_OK && cell < t.crossing.ncells; cell += (uint32_t)n)
        status = c->trend ? peil_compare_trend(c, &t, cell, n, fault)
                          : peil_compare_pairs(c, &t, cell, n, fault);
    peil_tableau_clear(&t);
    return status;
}

/* A breakdown whose last variable is compared; where several are, one may be around another. */
static peil_status add_breakdown(peil_comparison *c, size_t measure, size_t b, peil_fault *fault) {
    const peil_breakdown *breakdown = &c->study->plan.breakdowns[b];
    if (breakdown->nby == 0) return PEIL_OK;
    c->over = breakdown->by[breakdown->nby - 1];
    if (!c->is_over[c->over]) return PEIL_OK;
    c->places.by[c->over] = peil_report_find(c->report, "period");
    return add_tableau(c, measure, b, fault);
}

/* ---- a part for each measure in each breakdown, by several threads ---- */

typedef struct making {
    const peil_comparison *whole;
    peil_comparison *parts;
    peil_report *pieces; /* by part: its rows */
} making;

/* Asks the same, and found nothing. */
static peil_comparison make_part(const peil_comparison *whole, peil_report *piece) {
    peil_comparison part = {.study = whole->study,
                            .against = whole->against,
                            .trend = whole->trend,
                            .value = whole->value,
                            .rule = whole->rule,
                            .adjustment = whole->adjustment,
                            .report = piece,
                            .places = whole->places,
                            .reference = whole->reference};
    memcpy(part.is_over, whole->is_over, sizeof part.is_over);
    return part;
}

static peil_status fill_part(void *context, size_t number, peil_fault *fault) {
    const making *m = context;
    const size_t nbreakdowns = m->whole->study->plan.nbreakdowns;
    PEIL_TRY(peil_report_like(m->whole->report, &m->pieces[number], fault));
    m->parts[number] = make_part(m->whole, &m->pieces[number]);
    return add_breakdown(&m->parts[number], number / nbreakdowns, number % nbreakdowns, fault);
}

static void clear_part(peil_comparison *part, peil_report *piece) {
    free(part->p);
    free(part->test);
    peil_report_clear(piece);
}

/* Its tests come behind the others. */
static peil_status take_tests(peil_comparison *c, const peil_comparison *part, peil_fault *fault) {
    const size_t nrows = c->report->nrows, more = part->report->nrows;
    PEIL_TRY(peil_array_reserve(&c->test, &c->rows_capacity, nrows + more, sizeof *c->test, fault));
    PEIL_TRY(peil_array_reserve(&c->p, &c->tests_capacity, c->ntests + part->ntests, sizeof *c->p,
                                fault));
    for (size_t row = 0; row < more; row++)
        c->test[nrows + row] =
            part->test[row] == PEIL_NO_TEST ? PEIL_NO_TEST : c->ntests + part->test[row];
    for (size_t test = 0; test < part->ntests; test++) c->p[c->ntests++] = part->p[test];
    return PEIL_OK;
}

static peil_status take_part(peil_comparison *c, peil_comparison *part, peil_fault *fault) {
    PEIL_TRY(take_tests(c, part, fault));
    peil_questions_add(&c->questions, &part->questions);
    c->short_trends += part->short_trends;
    c->partial_trends += part->partial_trends;
    c->lacking_class += part->lacking_class;
    c->lacking += part->lacking;
    c->hidden += part->hidden;
    return peil_report_take(c->report, part->report, fault);
}

static peil_status make_rows(peil_comparison *c, peil_fault *fault) {
    const size_t n = c->study->plan.nmeasures * c->study->plan.nbreakdowns;
    making m = {.whole = c};
    peil_status status = peil_array_make(&m.parts, n, sizeof *m.parts, fault);
    if (status == PEIL_OK) status = peil_array_make(&m.pieces, n, sizeof *m.pieces, fault);
    if (status == PEIL_OK)
        status = peil_jobs_do(n, peil_threads_count(c->study->request), fill_part, &m, fault);
    for (size_t i = 0; m.pieces && i < n; i++) {
        if (status == PEIL_OK) status = take_part(c, &m.parts[i], fault);
        clear_part(&m.parts[i], &m.pieces[i]);
    }
    free(m.parts);
    free(m.pieces);
    return status;
}

/* ---- the whole ---- */

/* Over all tests of the run; the largest rejected p is rejected. */
static peil_status adjust_all(peil_comparison *c, peil_fault *fault) {
    double *adjusted = NULL;
    if (c->ntests == 0) return PEIL_OK;
    PEIL_TRY(peil_array_make(&adjusted, c->ntests, sizeof *adjusted, fault));
    const bool done = peil_adjust(c->adjustment, c->p, c->ntests, adjusted);
    for (size_t row = 0; done && row < c->report->nrows; row++) {
        peil_cell *figures = &c->report->cells[row * c->report->ncolumns + c->places.figures];
        if (c->test[row] == PEIL_NO_TEST) continue;
        const double p = adjusted[c->test[row]];
        peil_cell_number(&figures[PEIL_COMPARE_P_ADJUSTED], p);
        if (!isnan(p))
            peil_cell_count(&figures[PEIL_COMPARE_SIGNIFICANT], p <= 1 - c->study->level);
    }
    free(adjusted);
    return done ? PEIL_OK : peil_fail_memory(fault);
}

static peil_status make_comparison(const peil_request *request, const peil_request *crossed,
                                   peil_pass *pass, peil_comparison *c, peil_fault *fault) {
    PEIL_TRY(check_measures(request, c->rule, fault));
    PEIL_TRY(peil_pass_run(crossed, 1, pass, c->report, fault));
    const peil_study *study = c->study = &pass->studies[0];
    c->report->level = 100 * study->level;
    find_over(c);
    PEIL_TRY(find_value(c, fault));
    PEIL_TRY(peil_study_columns(study, columns, LEAD, c->over, c->report, &c->places, fault));
    c->reference = peil_report_find(c->report, "reference");
    PEIL_TRY(make_rows(c, fault));
    PEIL_TRY(adjust_all(c, fault));
    PEIL_TRY(peil_report_check(c->report, fault));
    PEIL_TRY(peil_compare_notes(c, fault));
    PEIL_TRY(peil_provenance_study(study, request, c->report, fault));
    PEIL_TRY(peil_report_describe_request(request, c->report, fault));
    return peil_study_notes(study, c->report, fault);
}

peil_status peil_run_compare(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_pass pass = {0};
    peil_comparison c = {.report = report};
    peil_crossed crossed = {0};
    *report = (peil_report){.command = "compare"};
    peil_request filled = *request;
    peil_status status = peil_preset_fill(&filled, true, fault);
    if (status == PEIL_OK) status = choose(&filled, &c, fault);
    if (status == PEIL_OK) status = peil_crossed_make(&filled, &crossed, fault);
    if (status == PEIL_OK) status = make_comparison(&filled, &crossed.request, &pass, &c, fault);
    peil_pass_clear(&pass);
    peil_crossed_clear(&crossed);
    free(c.p);
    free(c.test);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
