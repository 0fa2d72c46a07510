/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/changes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/decimal.h"
#include "core/text.h"
#include "infer/adjust.h"
#include "report/judge.h"
#include "report/rest.h"

const char *const peil_change_columns[] = {
    "reference", "difference",          "p",          "p_adjusted",          "significant",
    "baseline",  "baseline_difference", "baseline_p", "baseline_p_adjusted", "baseline_significant",
    NULL};

/* Cells of one comparison, in the order of the columns. */
typedef enum change_cell { REFERENCE, DIFFERENCE, P, P_ADJUSTED, SIGNIFICANT, PLACES } change_cell;

/* Which comparison: those of the baseline have columns behind the others. */
typedef enum change_side { AGAINST, BASELINE, SIDES } change_side;

/* A test, and the cells of its row where its outcome belongs. */
typedef struct test {
    size_t row;
    change_side side;
    size_t p; /* its number among the different tests */
} test;

/* The last question that a rule tested as a whole, in the rows of all its answers. */
typedef struct asked {
    const peil_tableau *tableau; /* NULL: none yet */
    uint32_t cell;
    size_t p;
} asked;

struct peil_changes {
    const peil_monitor *monitor;
    peil_report *report;
    const char *against; /* previous, first, rest or a period */
    const peil_test_rule *rule;
    const peil_adjustment *adjustment;
    size_t flag, columns[SIDES][PLACES]; /* of the report */
    size_t ntests, tests_capacity;
    test *tests;
    size_t np, p_capacity;
    double *p;       /* of the different tests */
    bool has_looked; /* note_absent has */
    asked asked[SIDES];
    peil_questions questions;
    const peil_indicator *by_t; /* the last one that the rule does not take */
    peil_text by_t_codes;       /* of all of those */
    peil_rests rests;
};

int peil_value_compare(const char *a, const char *b) {
    peil_decimal x, y;
    const bool is_number = peil_decimal_read(a, strlen(a), &x);
    if (is_number != peil_decimal_read(b, strlen(b), &y)) return is_number ? -1 : 1;
    return is_number ? peil_decimal_compare(x, y) : strcmp(a, b);
}

/* Adds a word to a cell of flags. */
static peil_status add_flag(peil_cell *cell, const char *word, peil_fault *fault) {
    peil_text flags = {0};
    if (cell->kind == PEIL_CELL_TEXT) peil_text_add_format(&flags, "%s ", cell->as.text);
    peil_text_add(&flags, word);
    const peil_status status =
        flags.failed ? peil_fail_memory(fault) : peil_cell_text(cell, flags.bytes, false, fault);
    peil_text_clear(&flags);
    return status;
}

peil_status peil_changes_new(const peil_monitor *monitor, peil_report *report, peil_changes **out,
                             peil_fault *fault) {
    const peil_request *compare = &monitor->compare;
    PEIL_TRY(peil_array_make(out, 1, sizeof **out, fault));
    **out = (peil_changes){
        .monitor = monitor,
        .report = report,
        .against = compare->against ? compare->against : "previous",
        .rule = compare->rule ? peil_test_rule_find(compare->rule) : peil_test_rules[0],
        .adjustment = peil_adjustment_find(compare->adjust ? compare->adjust : "none"),
        .flag = peil_report_find(report, "flag"),
    };
    for (size_t i = 0; peil_change_columns[i]; i++)
        (*out)->columns[i / PLACES][i % PLACES] = peil_report_find(report, peil_change_columns[i]);
    return PEIL_OK;
}

void peil_changes_free(peil_changes *changes) {
    if (!changes) return;
    peil_text_clear(&changes->by_t_codes);
    peil_rests_clear(&changes->rests);
    free(changes->tests);
    free(changes->p);
    free(changes);
}

static peil_cell *cell_of(const peil_changes *c, size_t row, change_side side, change_cell place) {
    return &c->report->cells[row * c->report->ncolumns + c->columns[side][place]];
}

/* ---- what is compared with what ---- */

static bool has_figure(const peil_series *s, size_t k) {
    const uint32_t cell = s->first + (uint32_t)k * s->step;
    return peil_tableau_linear(s->tableau, peil_tableau_cells(s->tableau, cell), s->category)
        .exists;
}

/* The period of that value; nperiods when there is none. */
static size_t find_period(const peil_series *s, const char *value) {
    size_t k = 0;
    while (k < s->nperiods && peil_value_compare(s->periods[k], value) != 0) k++;
    return k;
}

/* What period k is compared with: not every question is asked in every period, so the previous one
 * is the last before it that has a figure. nperiods: nothing. */
static size_t find_reference(const peil_changes *c, const peil_series *s, size_t k) {
    size_t reference = 0;
    if (strcmp(c->against, "previous") == 0) {
        for (reference = k; reference > 0; reference--)
            if (has_figure(s, reference - 1)) return reference - 1;
        return s->nperiods;
    }
    if (strcmp(c->against, "first") == 0)
        while (reference < k && !has_figure(s, reference)) reference++;
    else
        reference = find_period(s, c->against);
    return reference == k ? s->nperiods : reference;
}

/* A change since the baseline is told of later periods. */
static size_t find_baseline(const peil_series *s, size_t k) {
    if (!s->indicator->baseline) return s->nperiods;
    const size_t baseline = find_period(s, s->indicator->baseline);
    return baseline < k ? baseline : s->nperiods;
}

/* Whether a method changed between two periods: a break lies before the period it names. */
static bool is_broken(const peil_changes *c, const peil_series *s, size_t a, size_t b) {
    const peil_words *breaks = &c->monitor->data[s->indicator->data].breaks;
    const char *early = s->periods[a < b ? a : b], *late = s->periods[a < b ? b : a];
    for (size_t i = 0; i < breaks->n; i++)
        if (peil_value_compare(early, breaks->word[i]) < 0 &&
            peil_value_compare(breaks->word[i], late) <= 0)
            return true;
    return false;
}

/* ---- one comparison ---- */

static bool is_register(const peil_changes *c, const peil_series *s) {
    return c->monitor->data[s->indicator->data].is_register;
}

/* A test, by the number of its p, whose outcome belongs in the last row. */
static peil_status add_test(peil_changes *c, change_side side, size_t p, peil_fault *fault) {
    const size_t row = c->report->nrows - 1;
    PEIL_TRY(
        peil_array_reserve(&c->tests, &c->tests_capacity, c->ntests + 1, sizeof *c->tests, fault));
    peil_cell_number(cell_of(c, row, side, P), c->p[p]);
    c->tests[c->ntests++] = (test){row, side, p};
    return PEIL_OK;
}

static peil_status add_p(peil_changes *c, double p, size_t *number, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&c->p, &c->p_capacity, c->np + 1, sizeof *c->p, fault));
    c->p[ *number = c->np++] = p;
    return PEIL_OK;
}

/* What is held against what. */
typedef struct pair {
    uint32_t cell;
    peil_cells others;
    const char *reference;   /* how the others are called: a period, or rest */
    bool is_broken;          /* a break in the method lies between them */
    const peil_ahead *ahead; /* what was made of both; or NULL */
} pair;

/* A rule on the whole question is asked in the row of its first answer, and counts once. */
static peil_status judge_question(peil_changes *c, const peil_series *s, const pair *p,
                                  change_side side, peil_fault *fault) {
    asked *last = &c->asked[side];
    peil_verdict verdict;
    if (last->tableau != s->tableau || last->cell != p->cell) {
        PEIL_TRY(peil_judge_question(c->rule, s->tableau, peil_tableau_cells(s->tableau, p->cell),
                                     p->others, &verdict, fault));
        peil_questions_count(&c->questions, s->tableau, &verdict);
        *last = (asked){.tableau = s->tableau, .cell = p->cell};
        PEIL_TRY(add_p(c, verdict.p, &last->p, fault));
    }
    return add_test(c, side, last->p, fault);
}

static peil_status judge_difference(peil_changes *c, const peil_test_rule *rule,
                                    const peil_series *s, const peil_sides *sides,
                                    const peil_difference *d, change_side side, peil_fault *fault) {
    peil_verdict verdict;
    size_t p;
    PEIL_TRY(peil_judge_difference(rule, s->tableau, sides, d, &verdict, fault));
    if (verdict.differs >= 0)
        peil_cell_count(cell_of(c, c->report->nrows - 1, side, SIGNIFICANT),
                        (uint64_t)verdict.differs);
    if (rule->basis != PEIL_BASIS_DIFFERENCE) return PEIL_OK;
    PEIL_TRY(add_p(c, verdict.p, &p, fault));
    return add_test(c, side, p, fault);
}

/* Indicators stand together: each is remembered once. */
static void remember_by_t(peil_changes *c, const peil_indicator *indicator) {
    if (indicator == c->by_t) return;
    peil_text_add_format(&c->by_t_codes, "%s%s", c->by_t ? ", " : "", indicator->code);
    c->by_t = indicator;
}

/* A publication has means as well: t is for what a rule on answers cannot take. */
static peil_status judge(peil_changes *c, const peil_series *s, const pair *p,
                         const peil_sides *sides, const peil_difference *d, change_side side,
                         peil_fault *fault) {
    const bool is_taken = peil_judge_takes(c->rule, s->tableau);
    if (is_taken && c->rule->basis == PEIL_BASIS_TABLE) return judge_question(c, s, p, side, fault);
    if (!is_taken) remember_by_t(c, s->indicator);
    return judge_difference(c, is_taken ? c->rule : peil_test_rules[0], s, sides, d, side, fault);
}

/* Both comparisons of a row may lie across a break. */
static peil_status flag(peil_changes *c, size_t row, const char *word, peil_fault *fault) {
    peil_cell *flags = &c->report->cells[row * c->report->ncolumns + c->flag];
    if (flags->kind == PEIL_CELL_TEXT && strstr(flags->as.text, word)) return PEIL_OK;
    return add_flag(flags, word, fault);
}

static peil_status set_reference(peil_cell *cell, const char *period, peil_fault *fault) {
    peil_decimal number;
    return peil_cell_text(cell, period, peil_decimal_read(period, strlen(period), &number), fault);
}

static peil_status compare(peil_changes *c, const peil_series *s, const pair *p, change_side side,
                           peil_fault *fault) {
    const peil_tableau *t = s->tableau;
    const size_t row = c->report->nrows - 1;
    peil_difference d;
    peil_sides sides;
    const peil_linear *a = &sides.period.linear, *b = &sides.reference.linear;
    const peil_cells own = peil_tableau_cells(t, p->cell);
    if (peil_judge_hides_either(t, own, p->others)) return PEIL_OK;
    PEIL_TRY(peil_judge_sides(c->rule, t, own, p->others, s->category, p->ahead, &sides, fault));
    if (!a->exists || !b->exists) return PEIL_OK;
    PEIL_TRY(set_reference(cell_of(c, row, side, REFERENCE), p->reference, fault));
    PEIL_TRY(peil_sides_difference(t, &sides, &d, fault));
    peil_cell_number(cell_of(c, row, side, DIFFERENCE), d.value);
    if (p->is_broken) return flag(c, row, "break", fault);
    if (d.lacks_replicates) PEIL_TRY(flag(c, row, "replicates", fault));
    return is_register(c, s) ? PEIL_OK : judge(c, s, p, &sides, &d, side, fault);
}

/* Period k against another one. */
static peil_status compare_periods(peil_changes *c, const peil_series *s, size_t k, size_t other,
                                   change_side side, peil_fault *fault) {
    const uint32_t reference = s->first + (uint32_t)other * s->step;
    const pair p = {.cell = s->first + (uint32_t)k * s->step,
                    .others = peil_tableau_cells(s->tableau, reference),
                    .reference = s->periods[other],
                    .is_broken = is_broken(c, s, k, other)};
    return compare(c, s, &p, side, fault);
}

/* A group in period k against everybody else in it. */
static peil_status compare_rest(peil_changes *c, const peil_series *s, size_t k,
                                peil_fault *fault) {
    const bool is_total = s->tableau->crossing.nby == (size_t)(s->periods != NULL);
    pair p = {.cell = s->first + (uint32_t)k * s->step, .reference = "rest"};
    if (is_total) return PEIL_OK;
    PEIL_TRY(
        peil_rests_find(&c->rests, s->tableau, p.cell, s->category, &p.others, &p.ahead, fault));
    return p.others.n ? compare(c, s, &p, AGAINST, fault) : PEIL_OK;
}

/* The baseline is often the period before: then it is the same test, and counts once. */
static peil_status repeat(peil_changes *c, const char *period, peil_fault *fault) {
    const size_t row = c->report->nrows - 1;
    const peil_cell *difference = cell_of(c, row, AGAINST, DIFFERENCE);
    const peil_cell *p = cell_of(c, row, AGAINST, P);
    const peil_cell *significant = cell_of(c, row, AGAINST, SIGNIFICANT);
    if (difference->kind != PEIL_CELL_NUMBER) return PEIL_OK;
    PEIL_TRY(set_reference(cell_of(c, row, BASELINE, REFERENCE), period, fault));
    peil_cell_number(cell_of(c, row, BASELINE, DIFFERENCE), difference->as.number);
    if (significant->kind == PEIL_CELL_COUNT)
        peil_cell_count(cell_of(c, row, BASELINE, SIGNIFICANT), significant->as.count);
    if (p->kind != PEIL_CELL_NUMBER) return PEIL_OK;
    return add_test(c, BASELINE, c->tests[c->ntests - 1].p, fault);
}

static peil_status note_no_period(const peil_changes *c, const peil_series *s, const char *period,
                                  peil_fault *fault) {
    return peil_report_note(c->report, fault,
                            c->report->language == PEIL_DUTCH
                                ? "%s: niet vergeleken met %s: de gegevens hebben die periode niet"
                                : "%s: not compared with %s: the data do not have that period",
                            s->indicator->code, period);
}

/* A period that the data lack compares nothing, which no row shows: said once. */
static peil_status note_absent(peil_changes *c, const peil_series *s, peil_fault *fault) {
    static const char *const words[] = {"previous", "first", "rest"};
    const char *baseline = s->indicator->baseline;
    bool is_word = false;
    if (c->has_looked) return PEIL_OK;
    c->has_looked = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        is_word = is_word || strcmp(c->against, words[i]) == 0;
    if (!is_word && find_period(s, c->against) == s->nperiods)
        PEIL_TRY(note_no_period(c, s, c->against, fault));
    if (baseline && find_period(s, baseline) == s->nperiods)
        PEIL_TRY(note_no_period(c, s, baseline, fault));
    return PEIL_OK;
}

peil_status peil_changes_add(peil_changes *c, const peil_series *s, size_t k, peil_fault *fault) {
    const bool is_rest = strcmp(c->against, "rest") == 0;
    PEIL_TRY(note_absent(c, s, fault));
    const size_t reference = is_rest ? s->nperiods : find_reference(c, s, k);
    const size_t baseline = find_baseline(s, k);
    if (is_rest) PEIL_TRY(compare_rest(c, s, k, fault));
    if (reference < s->nperiods) PEIL_TRY(compare_periods(c, s, k, reference, AGAINST, fault));
    if (baseline == s->nperiods) return PEIL_OK;
    if (baseline == reference) return repeat(c, s->periods[baseline], fault);
    return compare_periods(c, s, k, baseline, BASELINE, fault);
}

/* ---- the whole publication ---- */

void peil_changes_close(peil_changes *changes) {
    peil_rests_clear(&changes->rests);
}

peil_status peil_changes_take(peil_changes *c, const peil_changes *from, peil_fault *fault) {
    const size_t row = c->report->nrows;
    PEIL_TRY(peil_array_reserve(&c->tests, &c->tests_capacity, c->ntests + from->ntests,
                                sizeof *c->tests, fault));
    PEIL_TRY(peil_array_reserve(&c->p, &c->p_capacity, c->np + from->np, sizeof *c->p, fault));
    for (size_t i = 0; i < from->ntests; i++) {
        const test *t = &from->tests[i];
        c->tests[c->ntests++] = (test){row + t->row, t->side, c->np + t->p};
    }
    for (size_t i = 0; i < from->np; i++) c->p[c->np++] = from->p[i];
    peil_questions_add(&c->questions, &from->questions);
    if (from->by_t) remember_by_t(c, from->by_t);
    return PEIL_OK;
}

static peil_status note_by_t(const peil_changes *c, peil_fault *fault) {
    if (!c->by_t) return PEIL_OK;
    if (c->by_t_codes.failed) return peil_fail_memory(fault);
    return peil_report_note(
        c->report, fault,
        c->report->language == PEIL_DUTCH
            ? "met t getoetst, want %s toetst alleen percentages die niet gestandaardiseerd zijn: "
              "%s"
            : "tested by t, as %s tests only percentages that are not standardised: %s",
        c->rule->name, c->by_t_codes.bytes);
}

static peil_status note_adjustment(const peil_changes *c, peil_fault *fault) {
    const bool dutch = c->report->language == PEIL_DUTCH;
    size_t n = 0;
    for (size_t i = 0; i < c->np; i++) n += isnan(c->p[i]) ? 0 : 1;
    if (n == 0 || strcmp(c->adjustment->name, "none") == 0) return PEIL_OK;
    return peil_report_note(
        c->report, fault,
        dutch ? "p is gecorrigeerd (%s) voor alle %zu toetsen van deze publicatie en bepaalt wat "
                "significant is; de intervallen zijn niet gecorrigeerd"
              : "p is adjusted (%s) for all %zu tests of this publication and decides what is "
                "significant; the intervals are not adjusted",
        c->adjustment->name, n);
}

static peil_status note_tests(const peil_changes *c, peil_fault *fault) {
    PEIL_TRY(note_by_t(c, fault));
    PEIL_TRY(peil_questions_note(&c->questions, c->report, c->report->language, fault));
    return note_adjustment(c, fault);
}

peil_status peil_changes_finish(peil_changes *c, peil_fault *fault) {
    double *adjusted = NULL;
    const double level = c->report->level / 100;
    if (c->np == 0) return PEIL_OK;
    PEIL_TRY(peil_array_make(&adjusted, c->np, sizeof *adjusted, fault));
    const bool done = peil_adjust(c->adjustment, c->p, c->np, adjusted);
    for (size_t i = 0; done && i < c->ntests; i++) {
        const test *t = &c->tests[i];
        const double p = adjusted[t->p];
        peil_cell_number(cell_of(c, t->row, t->side, P_ADJUSTED), p);
        if (!isnan(p)) peil_cell_count(cell_of(c, t->row, t->side, SIGNIFICANT), p <= 1 - level);
    }
    free(adjusted);
    return done ? note_tests(c, fault) : peil_fail_memory(fault);
}
