/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/limits.h"
#include "report/provenance.h"
#include "report/run.h"
#include "report/study.h"
#include "report/weight_list.h"

static const char *const columns[] = {"item",  "margin", "category", "n",
                                      "start", "target", "achieved", "deviation"};

typedef enum place {
    ITEM,
    MARGIN,
    CATEGORY,
    CATEGORY_FOR_PEOPLE, /* in their language, where it is no value of a variable */
    N,
    START,
    TARGET,
    ACHIEVED,
    DEVIATION
} place;

/* The start weights of a pattern's respondents, as in the data; 0 aside. */
typedef struct range {
    bool any;
    peil_decimal low, high;
} range;

/* The work at hand. g is by pattern, with --trim by unit: it then depends on the start weight. */
typedef struct weighting {
    const peil_request *request;
    peil_pass pass;
    const peil_study *study;
    peil_report *report;
    const uint32_t *pattern_of; /* by cell of everybody */
    range *ranges;              /* by pattern */
    peil_limits trim;
    peil_units units;                  /* with --trim */
    peil_calibration_solution trimmed; /* the same */
    uint64_t on_limit;                 /* respondents whose weight --trim holds */
} weighting;

static const peil_calibration_solution *solution_of(const weighting *w) {
    return w->request->trim ? &w->trimmed : &w->study->calibration.solution;
}

/* A start weight as it counts. */
static peil_real start_of(const weighting *w, peil_decimal weight) {
    return w->study->calibration.times * peil_decimal_real(weight);
}

/* ---- trimming ---- */

/* Limits of a weight are limits of g for who has that start weight. */
static peil_status limit_units(const weighting *w, peil_limits *limits, peil_fault *fault) {
    const peil_limits all = w->study->calibration.limits;
    for (size_t i = 0; i < w->units.n; i++) {
        const peil_real start = start_of(w, w->units.units[i].weight);
        limits[i] = all;
        if (start == 0) continue;
        if (w->trim.low / start > all.low) limits[i].low = w->trim.low / start;
        if (w->trim.high / start < all.high) limits[i].high = w->trim.high / start;
        if (limits[i].low > limits[i].high)
            return peil_fail(fault, PEIL_EDATA,
                             "--bounds and --trim contradict each other for some start weights");
    }
    return PEIL_OK;
}

static void count_limits(weighting *w, const peil_limits *limits) {
    for (size_t i = 0; i < w->units.n; i++)
        if (!(w->trimmed.g[i] > limits[i].low && w->trimmed.g[i] < limits[i].high))
            w->on_limit += w->units.units[i].n;
}

static peil_status solve_units(weighting *w, uint32_t *pattern, peil_real *weight,
                               peil_limits *limits, peil_fault *fault) {
    const peil_calibration *c = &w->study->calibration;
    for (size_t i = 0; i < w->units.n; i++) {
        pattern[i] = w->units.units[i].pattern;
        weight[i] = (peil_real)w->units.units[i].n * start_of(w, w->units.units[i].weight);
    }
    const peil_calibration_problem problem = {.x = &c->x,
                                              .distance = c->distance,
                                              .limits = c->limits,
                                              .nunits = w->units.n,
                                              .pattern = pattern,
                                              .weight = weight,
                                              .unit_limits = limits,
                                              .target = c->amount};
    PEIL_TRY(limit_units(w, limits, fault));
    PEIL_TRY(peil_calibration_solve(&problem, &w->trimmed, fault));
    PEIL_TRY(peil_study_check_met(w->study, &w->trimmed, fault));
    count_limits(w, limits);
    return PEIL_OK;
}

/* Trimmed and calibrated at once: the weights nearest to the start that keep within the limits. So
 * what is cut off is shared out by the distance, and the targets hold (R: calibrate with
 * bounds.const = TRUE). */
static peil_status trim(weighting *w, peil_fault *fault) {
    PEIL_TRY(peil_units_make(&w->study->whole->roster, w->pattern_of, &w->units, fault));
    const size_t n = w->units.n;
    uint32_t *pattern = NULL;
    peil_real *weight = NULL;
    peil_limits *limits = NULL;
    peil_status status = peil_array_make(&pattern, n, sizeof *pattern, fault);
    if (status == PEIL_OK) status = peil_array_make(&weight, n, sizeof *weight, fault);
    if (status == PEIL_OK) status = peil_array_make(&limits, n, sizeof *limits, fault);
    if (status == PEIL_OK) status = solve_units(w, pattern, weight, limits, fault);
    free(pattern);
    free(weight);
    free(limits);
    return status;
}

/* ---- rows of the report ---- */

static peil_status add_row(weighting *w, const char *item, const char *margin, const char *category,
                           peil_cell **cells, peil_fault *fault) {
    PEIL_TRY(peil_report_row(w->report, PEIL_UNIT_MEAN, cells, fault));
    PEIL_TRY(peil_cell_text(&(*cells)[ITEM], item, false, fault));
    if (margin) PEIL_TRY(peil_cell_text(&(*cells)[MARGIN], margin, false, fault));
    return category ? peil_cell_text(&(*cells)[CATEGORY], category, false, fault) : PEIL_OK;
}

/* A figure of the weights or of the solution. */
typedef struct figure {
    const char *item, *name;
    const char *dutch; /* NULL: the same */
} figure;

static peil_status add_figure(weighting *w, const figure *f, peil_cell **cells, peil_fault *fault) {
    PEIL_TRY(add_row(w, f->item, NULL, f->name, cells, fault));
    if (w->request->language != PEIL_DUTCH || !f->dutch) return PEIL_OK;
    return peil_cell_text(&(*cells)[CATEGORY_FOR_PEOPLE], f->dutch, false, fault);
}

/* The deviation is that of the figures as they stand beside it. */
static void fill_sums(peil_cell *cells, uint64_t n, double start, double target, double achieved) {
    peil_cell_count(&cells[N], n);
    peil_cell_number(&cells[START], start);
    peil_cell_number(&cells[TARGET], target);
    peil_cell_number(&cells[ACHIEVED], achieved);
    peil_cell_number(&cells[DEVIATION], achieved - target);
}

static peil_status add_margins(weighting *w, peil_fault *fault) {
    const peil_calibration *c = &w->study->calibration;
    peil_cell *cells;
    for (size_t i = 0; i < c->ncolumns; i++) {
        const peil_calibration_column *column = &c->columns[i];
        PEIL_TRY(
            add_row(w, "margin", column->margin->name, column->target->category, &cells, fault));
        fill_sums(cells, column->n, (double)column->start, (double)c->amount[i],
                  (double)solution_of(w)->achieved[i]);
    }
    return PEIL_OK;
}

/* ---- the weights as a whole ---- */

/* What weights are like; respondents with a start weight above 0. */
typedef struct spread {
    uint64_t n;
    peil_real low, high;
    peil_sum sum, squares;
} spread;

/* Takes the two ends of some weights, in any order. */
static void add_ends(spread *s, peil_real low, peil_real high, uint64_t n) {
    const peil_real least = low < high ? low : high, most = low < high ? high : low;
    if (s->n == 0 || least < s->low) s->low = least;
    if (s->n == 0 || most > s->high) s->high = most;
    s->n += n;
}

static void add_sums(spread *s, peil_real sum, peil_real squares) {
    peil_sum_add(&s->sum, sum);
    peil_sum_add(&s->squares, squares);
}

static peil_real sum_of(const peil_sum *sum) {
    return sum->high + sum->low;
}

/* Kish (1965), 11.7: n sum w^2 / (sum w)^2, which is 1 + cv^2. */
static peil_real kish(const spread *s) {
    const peil_real sum = sum_of(&s->sum);
    return (peil_real)s->n * sum_of(&s->squares) / (sum * sum);
}

/* The figures of a spread, in the order of their names. */
static void describe(const spread *s, double *figures) {
    const peil_real deff = kish(s);
    figures[0] = (double)s->low;
    figures[1] = (double)(sum_of(&s->sum) / (peil_real)s->n);
    figures[2] = (double)s->high;
    figures[3] = (double)peil_real_sqrt(peil_real_less(deff, 1));
    figures[4] = (double)deff;
}

static peil_status add_weights(weighting *w, const spread *start, const spread *end,
                               peil_fault *fault) {
    static const figure figures[] = {{"weight", "minimum", NULL},
                                     {"weight", "mean", "gemiddelde"},
                                     {"weight", "maximum", NULL},
                                     {"weight", "cv", NULL},
                                     {"weight", "deff", NULL}};
    double before[5], after[5];
    peil_cell *cells;
    describe(start, before);
    describe(end, after);
    for (size_t i = 0; i < 5; i++) {
        PEIL_TRY(add_figure(w, &figures[i], &cells, fault));
        peil_cell_number(&cells[START], before[i]);
        peil_cell_number(&cells[ACHIEVED], after[i]);
    }
    return PEIL_OK;
}

static peil_status add_g(weighting *w, const spread *g, peil_fault *fault) {
    peil_cell *cells;
    PEIL_TRY(add_row(w, "g", NULL, "minimum", &cells, fault));
    peil_cell_number(&cells[ACHIEVED], (double)g->low);
    PEIL_TRY(add_row(w, "g", NULL, "maximum", &cells, fault));
    peil_cell_number(&cells[ACHIEVED], (double)g->high);
    PEIL_TRY(add_figure(w, &(figure){"solution", "iterations", "stappen"}, &cells, fault));
    peil_cell_count(&cells[ACHIEVED], solution_of(w)->iterations);
    return PEIL_OK;
}

static peil_status add_total(weighting *w, const spread *start, const spread *end,
                             peil_fault *fault) {
    peil_cell *cells;
    PEIL_TRY(add_row(w, "total", NULL, NULL, &cells, fault));
    peil_cell_count(&cells[N], start->n);
    peil_cell_number(&cells[START], (double)sum_of(&start->sum));
    peil_cell_number(&cells[ACHIEVED], (double)sum_of(&end->sum));
    return PEIL_OK;
}

/* The weights before and after, and the g between them. */
typedef struct spreads {
    spread start, end, g;
    uint64_t negative;
} spreads;

static void add_ends_to_all(spreads *all, peil_real low, peil_real high, peil_real g, uint64_t n) {
    add_ends(&all->start, low, high, n);
    add_ends(&all->end, g * low, g * high, n);
    add_ends(&all->g, g, g, n);
    if (g < 0) all->negative += n;
}

static void spread_patterns(const weighting *w, spreads *all) {
    const peil_calibration *c = &w->study->calibration;
    const peil_view *view = &c->everybody;
    for (size_t p = 0; p < c->x.npatterns; p++)
        if (w->ranges[p].any)
            add_ends_to_all(all, start_of(w, w->ranges[p].low), start_of(w, w->ranges[p].high),
                            c->solution.g[p], c->n[p]);
    for (size_t i = 0; i < view->nitems; i++) {
        const peil_real factor = c->factor[view->pattern[i]];
        add_sums(&all->start, c->times * view->w[i], c->times * c->times * view->ww[i]);
        add_sums(&all->end, factor * view->w[i], factor * factor * view->ww[i]);
    }
}

static void spread_units(const weighting *w, spreads *all) {
    for (size_t i = 0; i < w->units.n; i++) {
        const peil_real n = (peil_real)w->units.units[i].n, g = w->trimmed.g[i];
        const peil_real start = start_of(w, w->units.units[i].weight), end = start * g;
        if (start == 0) continue;
        add_ends_to_all(all, start, start, g, w->units.units[i].n);
        add_sums(&all->start, n * start, n * start * start);
        add_sums(&all->end, n * end, n * end * end);
    }
}

static peil_status add_rows(weighting *w, spreads *all, peil_fault *fault) {
    if (w->request->trim)
        spread_units(w, all);
    else
        spread_patterns(w, all);
    PEIL_TRY(add_total(w, &all->start, &all->end, fault));
    PEIL_TRY(add_margins(w, fault));
    PEIL_TRY(add_weights(w, &all->start, &all->end, fault));
    return add_g(w, &all->g, fault);
}

/* ---- the weight of every row ---- */

/* NaN outside the sample. */
static double weight_of(const weighting *w, size_t row) {
    const peil_roster *roster = &w->study->whole->roster;
    if (roster->cell[row] == PEIL_NONE) return (double)NAN;
    const peil_real g = w->request->trim
                            ? w->trimmed.g[w->units.of_row[row]]
                            : w->study->calibration.solution.g[w->pattern_of[roster->cell[row]]];
    return (double)(start_of(w, roster->weight[row]) * g);
}

static peil_status keep_weights(weighting *w, peil_fault *fault) {
    const size_t n = w->study->whole->roster.n;
    double *weights = NULL;
    if (!w->request->keep_weights) return PEIL_OK;
    PEIL_TRY(peil_array_make(&w->report->weights, 1, sizeof *w->report->weights, fault));
    PEIL_TRY(peil_array_make(&weights, n, sizeof *weights, fault));
    for (size_t row = 0; row < n; row++) weights[row] = weight_of(w, row);
    const peil_status status =
        peil_weight_list(w->study, w->report->inputs, weights, w->report->weights, fault);
    free(weights);
    return status;
}

/* ---- notes ---- */

static bool is_dutch(const weighting *w) {
    return w->request->language == PEIL_DUTCH;
}

static peil_status add_notes(weighting *w, uint64_t negative, peil_fault *fault) {
    const peil_calibration_solution *s = solution_of(w);
    PEIL_TRY(peil_report_note(
        w->report, fault,
        is_dutch(w) ? "alle doelen zijn gehaald, na %zu stappen; de grootste afwijking is %.1g van "
                      "een doel"
                    : "all targets are met, after %zu iterations; the largest deviation is %.1g of "
                      "a target",
        s->iterations, (double)s->deviation));
    if (w->on_limit)
        PEIL_TRY(peil_report_note(
            w->report, fault,
            is_dutch(w) ? "gewichten op een grens: %" PRIu64 : "weights on a limit: %" PRIu64,
            w->on_limit));
    if (negative)
        PEIL_TRY(peil_report_note(
            w->report, fault,
            is_dutch(w) ? "gewichten onder 0: %" PRIu64 "; --bounds 0,inf sluit die uit"
                        : "weights below 0: %" PRIu64 "; --bounds 0,inf rules them "
                          "out",
            negative));
    return peil_study_notes(w->study, w->report, fault);
}

/* ---- the whole ---- */

static peil_status check_request(weighting *w, peil_fault *fault) {
    const peil_request *request = w->request;
    if (request->targets.n == 0)
        return peil_fail(fault, PEIL_EUSAGE, "weight needs --targets FILE");
    if (request->keep_weights && request->files.n > 1 && !request->id)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--save of several files needs --id, which says what row a weight is of");
    PEIL_TRY(peil_limits_read(request->trim, "--trim", &w->trim, fault));
    if (request->trim && request->calibrate && strcmp(request->calibrate, "logit") == 0)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--trim goes with rake and linear; logit keeps within its --bounds");
    return PEIL_OK;
}

static peil_status find_ranges(weighting *w, peil_fault *fault) {
    const peil_roster *roster = &w->study->whole->roster;
    PEIL_TRY(
        peil_array_make(&w->ranges, w->study->calibration.x.npatterns, sizeof *w->ranges, fault));
    for (size_t row = 0; row < roster->n; row++) {
        const peil_decimal weight = roster->weight[row];
        if (roster->cell[row] == PEIL_NONE || weight.digits == 0) continue;
        range *r = &w->ranges[w->pattern_of[roster->cell[row]]];
        if (!r->any || peil_decimal_compare(weight, r->low) < 0) r->low = weight;
        if (!r->any || peil_decimal_compare(weight, r->high) > 0) r->high = weight;
        r->any = true;
    }
    return PEIL_OK;
}

static peil_status add_columns(peil_report *report, peil_fault *fault) {
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        PEIL_TRY(peil_report_column(report, columns[i], fault));
        if (i == CATEGORY) PEIL_TRY(peil_report_label_column(report, PEIL_COLUMN_CAPTION, fault));
    }
    report->nlead = N;
    return PEIL_OK;
}

static peil_status make_weights(weighting *w, peil_fault *fault) {
    spreads all = {.negative = 0};
    PEIL_TRY(check_request(w, fault));
    PEIL_TRY(peil_pass_run(w->request, 1, &w->pass, w->report, fault));
    w->study = &w->pass.studies[0];
    const size_t everybody = peil_catalog_everybody(&w->study->whole->coder.catalog);
    w->pattern_of = w->study->calibration.pattern_of[everybody];
    if (w->request->trim)
        PEIL_TRY(trim(w, fault));
    else
        PEIL_TRY(find_ranges(w, fault));
    PEIL_TRY(add_columns(w->report, fault));
    PEIL_TRY(add_rows(w, &all, fault));
    PEIL_TRY(keep_weights(w, fault));
    PEIL_TRY(peil_report_check(w->report, fault));
    PEIL_TRY(peil_report_describe_given(w->request, w->report, fault));
    return add_notes(w, all.negative, fault);
}

peil_status peil_run_weight(const peil_request *request, peil_report *report, peil_fault *fault) {
    weighting w = {.request = request, .report = report, .pass.keeps_rows = true};
    *report = (peil_report){.command = "weight"};
    const peil_status status = make_weights(&w, fault);
    peil_calibration_solution_clear(&w.trimmed);
    peil_units_clear(&w.units);
    peil_pass_clear(&w.pass);
    free(w.ranges);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
