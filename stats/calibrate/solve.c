/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Newton's method on the dual: lambda such that sum w g(x' lambda) x = target. The dual is concave,
 * so a step is too long exactly when the slope along it has turned. Sums are in 113 bits, the
 * systems of equations in doubles: they give the direction, the sums decide where to end. */
#include "calibrate/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calibrate/gram.h"
#include "core/array.h"

#define ITERATIONS_MOST 300
#define HALVINGS_MOST 60
#define MET ((peil_real)1e-12)    /* deviation of a solution at most */
#define DONE ((peil_real)1e-24)   /* deviation that is rounding */
#define STIFF 1e-6                /* of the slope, for g on its limit: it may come off again */
#define CANCELS ((peil_real)1e-6) /* of the terms, for a total that is small beside them */
#define TURNED ((peil_real)-0.1)  /* of the slope at the beginning of a step, at its end */

typedef struct search {
    const peil_calibration_problem *p;
    peil_calibration_solution *out;
    peil_gram gram;
    peil_real *g, *total, *size; /* by pattern: g without limits; sums of w g and their sizes */
    double *slope;               /* by pattern: the sum of w times the slope of g */
    peil_sum *sums;              /* by column */
    peil_real *lambda, *step, *trial; /* by column */
    double *room;                     /* by column: scratch */
    peil_real *sizes;                 /* by column: what the total is made of */
} search;

static size_t pattern_of(const peil_calibration_problem *p, size_t unit) {
    return p->pattern ? p->pattern[unit] : unit;
}

static peil_real within(peil_limits limits, peil_real g) {
    return g < limits.low ? limits.low : g > limits.high ? limits.high : g;
}

static peil_limits limits_of(const peil_calibration_problem *p, size_t unit) {
    return p->unit_limits ? p->unit_limits[unit] : p->limits;
}

/* Where lambda leads: g by unit, and what the weights then add up to. */
static void look(search *s, const peil_real *lambda) {
    const peil_calibration_problem *p = s->p;
    const size_t n = p->x->ncolumns;
    for (size_t i = 0; i < p->x->npatterns; i++) {
        s->g[i] = p->distance->g(peil_auxiliaries_times(p->x, i, lambda), p->limits);
        s->total[i] = s->size[i] = 0;
    }
    for (size_t i = 0; i < p->nunits; i++) {
        const size_t pattern = pattern_of(p, i);
        const peil_real g = within(limits_of(p, i), s->g[pattern]), weight = p->weight[i] * g;
        s->out->g[i] = g;
        s->total[pattern] += weight;
        s->size[pattern] += peil_real_size(weight);
    }
    memset(s->sums, 0, n * sizeof *s->sums);
    for (size_t i = 0; i < p->x->npatterns; i++)
        peil_auxiliaries_add(p->x, i, s->total[i], s->sums);
    for (size_t c = 0; c < n; c++) s->out->achieved[c] = s->sums[c].high + s->sums[c].low;
}

/* What a total is made of: near 0 one of a number that takes both signs is measured by that. */
static void measure_sizes(search *s) {
    const peil_auxiliaries *x = s->p->x;
    memset(s->sizes, 0, x->ncolumns * sizeof *s->sizes);
    for (size_t i = 0; i < x->npatterns * x->nmargins; i++)
        s->sizes[x->column[i]] += peil_real_size(x->value[i]) * s->size[i / x->nmargins];
}

static void find_worst(search *s) {
    peil_calibration_solution *out = s->out;
    measure_sizes(s);
    out->deviation = 0;
    for (size_t c = 0; c < s->p->x->ncolumns; c++) {
        const peil_real target = peil_real_size(s->p->target[c]);
        const peil_real away = peil_real_size(s->p->target[c] - out->achieved[c]);
        const peil_real yardstick = s->sizes[c] * CANCELS > target ? s->sizes[c] : target;
        const peil_real deviation = away > 0 ? away / yardstick : 0;
        if (!(deviation <= out->deviation)) {
            out->worst = c;
            out->deviation = deviation;
        }
    }
}

/* The slopes of g at what was looked at last. */
static void find_slopes(search *s) {
    const peil_calibration_problem *p = s->p;
    memset(s->slope, 0, p->x->npatterns * sizeof *s->slope);
    for (size_t i = 0; i < p->nunits; i++) {
        const peil_limits limits = limits_of(p, i);
        const peil_real g = s->out->g[i];
        const bool is_on_limit = !(g > limits.low && g < limits.high);
        const double slope = (double)p->weight[i] * (double)p->distance->slope(g, p->limits);
        s->slope[pattern_of(p, i)] += is_on_limit ? slope * STIFF : slope;
    }
}

/* The direction: the matrix of slopes against what is still missing. */
static void aim(search *s) {
    const peil_calibration_problem *p = s->p;
    find_slopes(s);
    peil_gram_begin(&s->gram);
    for (size_t i = 0; i < p->x->npatterns; i++) peil_gram_add(&s->gram, i, s->slope[i]);
    peil_gram_decompose(&s->gram);
    for (size_t c = 0; c < p->x->ncolumns; c++) s->step[c] = p->target[c] - s->out->achieved[c];
    peil_gram_solve(&s->gram, s->step, s->room, s->step);
}

/* The slope of the dual along the step, at what was looked at last. */
static peil_real slope_along(const search *s) {
    peil_real slope = 0;
    for (size_t c = 0; c < s->p->x->ncolumns; c++)
        slope += s->step[c] * (s->p->target[c] - s->out->achieved[c]);
    return slope;
}

/* Takes the step, or so much of it as does not lead over the top; false when it leads nowhere. */
static bool take_step(search *s) {
    const size_t n = s->p->x->ncolumns;
    const peil_real before = slope_along(s);
    peil_real length = 1;
    if (!(before > 0)) return false;
    for (int i = 0; i < HALVINGS_MOST; i++, length /= 2) {
        for (size_t c = 0; c < n; c++) s->trial[c] = s->lambda[c] + length * s->step[c];
        look(s, s->trial);
        if (slope_along(s) >= TURNED * before) { /* not when it is no number */
            memcpy(s->lambda, s->trial, n * sizeof *s->lambda);
            return true;
        }
    }
    look(s, s->lambda);
    return false;
}

static peil_status make_search(search *s, peil_fault *fault) {
    const size_t n = s->p->x->ncolumns, npatterns = s->p->x->npatterns;
    PEIL_TRY(peil_gram_make(s->p->x, &s->gram, fault));
    PEIL_TRY(peil_array_make(&s->sums, n, sizeof *s->sums, fault));
    PEIL_TRY(peil_array_make(&s->lambda, n, sizeof *s->lambda, fault));
    PEIL_TRY(peil_array_make(&s->step, n, sizeof *s->step, fault));
    PEIL_TRY(peil_array_make(&s->room, n, sizeof *s->room, fault));
    PEIL_TRY(peil_array_make(&s->trial, n, sizeof *s->trial, fault));
    PEIL_TRY(peil_array_make(&s->sizes, n, sizeof *s->sizes, fault));
    PEIL_TRY(peil_array_make(&s->g, npatterns, sizeof *s->g, fault));
    PEIL_TRY(peil_array_make(&s->total, npatterns, sizeof *s->total, fault));
    PEIL_TRY(peil_array_make(&s->size, npatterns, sizeof *s->size, fault));
    PEIL_TRY(peil_array_make(&s->slope, npatterns, sizeof *s->slope, fault));
    PEIL_TRY(peil_array_make(&s->out->achieved, n, sizeof *s->out->achieved, fault));
    return peil_array_make(&s->out->g, s->p->nunits, sizeof *s->out->g, fault);
}

static void clear_search(search *s) {
    peil_gram_clear(&s->gram);
    free(s->sums);
    free(s->lambda);
    free(s->step);
    free(s->room);
    free(s->trial);
    free(s->sizes);
    free(s->g);
    free(s->total);
    free(s->size);
    free(s->slope);
}

static void run(search *s) {
    peil_calibration_solution *out = s->out;
    bool goes_on = true;
    look(s, s->lambda);
    find_worst(s);
    while (goes_on && !(out->deviation <= DONE) && out->iterations < ITERATIONS_MOST) {
        const peil_real before = out->deviation;
        aim(s);
        goes_on = take_step(s);
        out->iterations++;
        find_worst(s);
        out->is_met = out->deviation <= MET;
        goes_on = goes_on && !(out->is_met && out->deviation >= before);
    }
    out->is_met = out->deviation <= MET;
}

peil_status peil_calibration_solve(const peil_calibration_problem *problem,
                                   peil_calibration_solution *out, peil_fault *fault) {
    search s = {.p = problem, .out = out};
    *out = (peil_calibration_solution){0};
    const peil_status status = make_search(&s, fault);
    if (status == PEIL_OK) run(&s);
    clear_search(&s);
    return status;
}

void peil_calibration_solution_clear(peil_calibration_solution *solution) {
    free(solution->g);
    free(solution->achieved);
    *solution = (peil_calibration_solution){0};
}
