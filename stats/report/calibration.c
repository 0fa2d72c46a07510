/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/calibration.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/limits.h"
#include "report/study.h"
#include "report/target_file.h"

#define EQUAL ((peil_real)1e-9) /* sums of targets that differ less are meant to be the same */

static double shown(peil_real x) {
    return (double)x;
}

/* ---- the request ---- */

static peil_status choose_distance(const peil_request *request, peil_calibration *out,
                                   peil_fault *fault) {
    const char *name = request->calibrate ? request->calibrate : peil_distances[0]->name;
    out->distance = peil_distance_find(name);
    if (!out->distance) return peil_fail(fault, PEIL_EUSAGE, "--calibrate does not know %s", name);
    PEIL_TRY(peil_limits_read(request->bounds, "--bounds", &out->limits, fault));
    const bool is_around_1 = out->limits.low < 1 && out->limits.high > 1 &&
                             isfinite(shown(out->limits.low)) && isfinite(shown(out->limits.high));
    if (out->distance->needs_limits && !is_around_1)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--calibrate %s needs --bounds on both sides of 1, such as 0.3,3", name);
    return PEIL_OK;
}

static peil_status check_population(const char *word, peil_fault *fault) {
    peil_decimal number;
    if (!word || strcmp(word, "sum") == 0) return PEIL_OK;
    if (peil_decimal_read(word, strlen(word), &number) && number.digits > 0) return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE,
                     "--population is a number of people, or sum: that of the start weights");
}

static peil_status check_margins(const peil_calibration *c, peil_fault *fault) {
    if (c->targets.nmargins == 0) return peil_fail(fault, PEIL_EDATA, "--targets has no target");
    if (c->distance->one_margin && (c->targets.nmargins > 1 || c->targets.margins[0].is_number))
        return peil_fail(fault, PEIL_EUSAGE,
                         "--calibrate %s takes one margin of categories; rake takes several",
                         c->distance->name);
    return PEIL_OK;
}

/* Numbers the targets, margin by margin. */
static peil_status make_columns(peil_calibration *c, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&c->columns, c->targets.n, sizeof *c->columns, fault));
    PEIL_TRY(peil_array_make(&c->first, c->targets.nmargins, sizeof *c->first, fault));
    for (size_t m = 0; m < c->targets.nmargins; m++) {
        const peil_margin *margin = &c->targets.margins[m];
        c->first[m] = c->ncolumns;
        for (size_t t = 0; t < margin->ntargets; t++)
            c->columns[c->ncolumns++] =
                (peil_calibration_column){.margin = margin, .target = &margin->targets[t]};
    }
    return PEIL_OK;
}

peil_status peil_calibration_begin(const peil_request *request, peil_calibration *out,
                                   peil_fault *fault) {
    if (request->targets.n == 0) {
        if (request->calibrate || request->bounds || request->population)
            return peil_fail(fault, PEIL_EUSAGE, "%s needs --targets FILE",
                             request->calibrate ? "--calibrate"
                             : request->bounds  ? "--bounds"
                                                : "--population");
        return PEIL_OK;
    }
    out->population = request->population;
    PEIL_TRY(choose_distance(request, out, fault));
    PEIL_TRY(check_population(request->population, fault));
    PEIL_TRY(peil_array_make(&out->inputs, request->targets.n, sizeof *out->inputs, fault));
    PEIL_TRY(peil_targets_read(request, &out->targets, out->inputs, &out->ninputs, fault));
    PEIL_TRY(check_margins(out, fault));
    return make_columns(out, fault);
}

void peil_calibration_clear(peil_calibration *c, size_t ncubes) {
    for (size_t i = 0; i < c->ninputs; i++) free(c->inputs[i].name);
    free(c->inputs);
    for (size_t i = 0; c->pattern_of && i < ncubes; i++) free(c->pattern_of[i]);
    free(c->pattern_of);
    free(c->met);
    free(c->columns);
    free(c->first);
    free(c->weight);
    free(c->n);
    free(c->amount);
    free(c->factor);
    peil_auxiliaries_clear(&c->x);
    peil_view_clear(&c->everybody);
    peil_crossing_clear(&c->crossing);
    peil_calibration_solution_clear(&c->solution);
    peil_fit_clear(&c->fit);
    peil_targets_clear(&c->targets);
    *c = (peil_calibration){0};
}

/* ---- who there is ---- */

static peil_status see_everybody(peil_study *study, peil_fault *fault) {
    peil_calibration *c = &study->calibration;
    const peil_catalog *catalog = &study->whole->coder.catalog;
    const size_t cube = peil_catalog_everybody(catalog);
    static const peil_real one = 1, none = 0;
    uint32_t rank = 0;
    const peil_answer_values values = {.n = 1,
                                       .rank = &rank,
                                       .a = (peil_real *)(uintptr_t)&one,
                                       .b = (peil_real *)(uintptr_t)&none};
    PEIL_TRY(peil_crossing_make(&catalog->cubes[cube], NULL, 0, NULL, &c->crossing, fault));
    c->crossing.pattern_of = c->pattern_of[cube];
    return peil_view_make(&study->whole->tally, study->plan.nquestions - 1, cube, &c->crossing,
                          &study->design, &values, &c->everybody, fault);
}

/* Sums of weights by pattern, and of the auxiliaries by column. */
static peil_status weigh(peil_calibration *c, peil_fault *fault) {
    const peil_view *all = &c->everybody;
    peil_sum *sums = NULL;
    PEIL_TRY(peil_array_make(&c->weight, c->x.npatterns, sizeof *c->weight, fault));
    PEIL_TRY(peil_array_make(&c->n, c->x.npatterns, sizeof *c->n, fault));
    PEIL_TRY(peil_array_make(&sums, c->ncolumns, sizeof *sums, fault));
    for (size_t i = 0; i < all->nitems; i++) {
        c->weight[all->pattern[i]] += all->w[i];
        c->n[all->pattern[i]] += all->n[i];
    }
    for (size_t p = 0; p < c->x.npatterns; p++) {
        peil_auxiliaries_add(&c->x, p, c->weight[p], sums);
        for (size_t m = 0; m < c->x.nmargins; m++)
            c->columns[c->x.column[p * c->x.nmargins + m]].n += c->n[p];
    }
    for (size_t i = 0; i < c->ncolumns; i++) c->columns[i].start = sums[i].high + sums[i].low;
    free(sums);
    return PEIL_OK;
}

/* ---- what to reach ---- */

static peil_status refuse_target(const peil_study *study, const peil_calibration_column *column,
                                 const char *message, peil_fault *fault) {
    const peil_record record = column->target->record;
    peil_refuse(fault, record.record, column->margin->name, "the category %s %s",
                column->target->category, message);
    if (!fault) return PEIL_EDATA;
    snprintf(fault->file, sizeof fault->file, "%s", study->request->targets.word[record.file]);
    fault->row = record.record + 1;
    return PEIL_EDATA;
}

/* Nobody can stand for people whom the sample does not have. */
static peil_status check_empty(const peil_study *study, peil_fault *fault) {
    const peil_calibration *c = &study->calibration;
    for (size_t i = 0; i < c->ncolumns; i++) {
        const peil_calibration_column *column = &c->columns[i];
        const bool is_zero = column->target->amount.digits == 0;
        if (column->margin->is_number) continue;
        if (column->n == 0 && !is_zero)
            return refuse_target(study, column, "has a target, and nobody in the data", fault);
        if (column->n > 0 && is_zero)
            return refuse_target(study, column,
                                 "has a target of 0, and respondents; --sample leaves them out",
                                 fault);
    }
    return PEIL_OK;
}

static peil_real sum_margin(const peil_margin *margin) {
    peil_sum sum = {0, 0};
    for (size_t t = 0; t < margin->ntargets; t++)
        peil_sum_add(&sum, peil_decimal_real(margin->targets[t].amount));
    return sum.high + sum.low;
}

static bool are_equal(peil_real a, peil_real b) {
    const peil_real away = a < b ? b - a : a - b;
    return away <= EQUAL * b;
}

static const peil_margin *first_of_categories(const peil_calibration *c) {
    for (size_t m = 0; m < c->targets.nmargins; m++)
        if (!c->targets.margins[m].is_number) return &c->targets.margins[m];
    return NULL;
}

static peil_real sum_of_weights(const peil_calibration *c) {
    peil_sum sum = {0, 0};
    for (size_t p = 0; p < c->x.npatterns; p++) peil_sum_add(&sum, c->weight[p]);
    return sum.high + sum.low;
}

/* How many people the categories of a margin stand for. Respondents without a weight begin with
 * equal shares of them, so that limits of g are about that. */
static peil_status find_size(peil_calibration *c, bool has_weights, peil_fault *fault) {
    const peil_margin *first = first_of_categories(c);
    const peil_real weights = sum_of_weights(c);
    peil_decimal given;
    c->size = weights;
    if (c->population && strcmp(c->population, "sum") != 0) {
        if (peil_decimal_read(c->population, strlen(c->population), &given))
            c->size = peil_decimal_real(given);
    } else if (!c->population && first) {
        c->size = sum_margin(first);
        if (are_equal(c->size, 100))
            return peil_refuse(fault, 0, first->name,
                               "the targets add up to 100: of percentages --population gives the "
                               "number of people, or sum to keep that of the start weights");
    }
    c->times = has_weights || weights == 0 ? 1 : c->size / weights;
    for (size_t i = 0; i < c->ncolumns; i++) c->columns[i].start *= c->times;
    return PEIL_OK;
}

static peil_status refuse_sum(const peil_calibration *c, const peil_margin *margin, peil_real sum,
                              peil_fault *fault) {
    const double found = shown(sum), size = shown(c->size), away = shown(sum - c->size);
    if (!c->population)
        return peil_refuse(fault, 0, margin->name,
                           "the targets add up to %.15g, those of %s to %.15g: %.6g apart", found,
                           first_of_categories(c)->name, size, fabs(away));
    return peil_refuse(fault, 0, margin->name,
                       "the targets add up to %.15g, which is neither 100 percent (%.6g apart) nor "
                       "the population of %.15g (%.6g apart)",
                       found, fabs(found - 100), size, fabs(away));
}

/* The targets of a margin in people. Percentages, and sums that only rounding keeps apart, are
 * brought to the population. */
static peil_status set_amounts(peil_calibration *c, size_t m, peil_fault *fault) {
    const peil_margin *margin = &c->targets.margins[m];
    peil_real times = 1;
    if (!margin->is_number) {
        const peil_real sum = sum_margin(margin);
        const bool is_percent = c->population && are_equal(sum, 100);
        if (!is_percent && !are_equal(sum, c->size)) return refuse_sum(c, margin, sum, fault);
        if (sum != c->size) times = c->size / sum;
    }
    for (size_t t = 0; t < margin->ntargets; t++)
        c->amount[c->first[m] + t] = times * peil_decimal_real(margin->targets[t].amount);
    return PEIL_OK;
}

static peil_status set_all_amounts(const peil_study *study, peil_calibration *c,
                                   peil_fault *fault) {
    PEIL_TRY(peil_array_make(&c->amount, c->ncolumns, sizeof *c->amount, fault));
    peil_status status = find_size(c, study->request->weight, fault);
    for (size_t m = 0; m < c->targets.nmargins && status == PEIL_OK; m++)
        status = set_amounts(c, m, fault);
    if (status == PEIL_EDATA && fault)
        snprintf(fault->file, sizeof fault->file, "%s", study->request->targets.word[0]);
    return status;
}

peil_status peil_study_aim(peil_study *study, peil_fault *fault) {
    peil_calibration *c = &study->calibration;
    PEIL_TRY(peil_study_patterns(study, fault));
    PEIL_TRY(see_everybody(study, fault));
    PEIL_TRY(weigh(c, fault));
    PEIL_TRY(set_all_amounts(study, c, fault));
    return check_empty(study, fault);
}

/* ---- the weights ---- */

peil_status peil_study_check_met(const peil_study *study, const peil_calibration_solution *solution,
                                 peil_fault *fault) {
    const peil_calibration *c = &study->calibration;
    const bool has_limits = study->request->bounds || study->request->trim;
    if (solution->is_met) return PEIL_OK;
    const peil_calibration_column *column = &c->columns[solution->worst];
    const double target = shown(c->amount[solution->worst]);
    const double achieved = shown(solution->achieved[solution->worst]);
    char room[128];
    snprintf(room, sizeof room,
             "the limits leave no room (the targets ask for %.3g times the weights as a whole)",
             shown(c->size / (c->times * sum_of_weights(c))));
    return peil_refuse(
        fault, 0, column->margin->name,
        "the targets are not met after %zu iterations: %s%s adds up to %.10g where the target is "
        "%.10g (%+.3g); %s",
        solution->iterations, column->target->category[0] ? "category " : "its total",
        column->target->category, achieved, target, achieved - target,
        has_limits ? room
                   : "the margins contradict each other, or the sample has nobody who can make up "
                     "for it");
}

/* weight: by pattern, in shares. */
static peil_status solve(const peil_study *study, peil_calibration *c, const peil_real *weight,
                         peil_fault *fault) {
    const peil_calibration_problem problem = {.x = &c->x,
                                              .distance = c->distance,
                                              .limits = c->limits,
                                              .nunits = c->x.npatterns,
                                              .weight = weight,
                                              .target = c->amount};
    PEIL_TRY(peil_calibration_solve(&problem, &c->solution, fault));
    return peil_study_check_met(study, &c->solution, fault);
}

peil_status peil_study_calibrate(peil_study *study, peil_fault *fault) {
    peil_calibration *c = &study->calibration;
    const size_t n = c->x.npatterns;
    peil_real *weight = NULL;
    PEIL_TRY(peil_array_make(&c->factor, n, sizeof *c->factor, fault));
    PEIL_TRY(peil_array_make(&weight, n, sizeof *weight, fault));
    for (size_t p = 0; p < n; p++) weight[p] = c->times * c->weight[p];
    const peil_status status = solve(study, c, weight, fault);
    free(weight);
    if (status != PEIL_OK) return status;
    for (size_t p = 0; p < n; p++) c->factor[p] = c->times * c->solution.g[p];
    c->calibrated = (peil_calibrated){&c->everybody, c->factor, &c->fit};
    return peil_fit_make(&c->x, c->weight, &c->fit, fault);
}
