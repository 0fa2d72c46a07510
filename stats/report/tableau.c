/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/figures.h"

/* ---- cells ---- */

/* The crossing with the classes of the standard as a first variable. */
static peil_status cross_classes(const peil_tableau *t, peil_crossing *out, peil_fault *fault) {
    const peil_study *study = t->study;
    const peil_breakdown *b = t->breakdown;
    size_t by[PEIL_BY_MOST + 1] = {study->plan.nby};
    memcpy(by + 1, b->by, b->nby * sizeof *by);
    return peil_crossing_make(&study->whole->coder.catalog.cubes[b->cube], by, b->nby + 1,
                              study->by_ranks, out, fault);
}

static peil_status make_view(const peil_study *study, size_t question, peil_tableau *out,
                             peil_fault *fault) {
    peil_crossing by_class = {0};
    peil_status status = out->standard ? cross_classes(out, &by_class, fault) : PEIL_OK;
    by_class.pattern_of = out->crossing.pattern_of;
    by_class.g = out->crossing.g;
    if (status == PEIL_OK)
        status = peil_view_make(&study->whole->tally, question, out->breakdown->cube,
                                out->standard ? &by_class : &out->crossing, &study->design,
                                &out->values, &out->view, fault);
    peil_crossing_clear(&by_class);
    return status;
}

uint32_t peil_tableau_cell_in_class(const peil_tableau *t, size_t cell, size_t k) {
    return (uint32_t)(k * t->crossing.ncells + cell);
}

static peil_status list_cells(peil_tableau *t, peil_fault *fault) {
    const size_t n = t->crossing.ncells;
    t->nclasses = t->standard ? t->standard->nclasses : 1;
    PEIL_TRY(peil_array_make(&t->cells, n * t->nclasses, sizeof *t->cells, fault));
    for (size_t i = 0; i < n * t->nclasses; i++)
        t->cells[i] = peil_tableau_cell_in_class(t, i / t->nclasses, i % t->nclasses);
    return PEIL_OK;
}

peil_cells peil_tableau_cells(const peil_tableau *tableau, size_t cell) {
    return (peil_cells){tableau->cells + cell * tableau->nclasses, tableau->nclasses};
}

peil_cells peil_tableau_rest(const peil_tableau *tableau, uint32_t first, size_t n, uint32_t but,
                             uint32_t *out) {
    peil_cells rest = {out, 0};
    for (size_t k = 0; k < tableau->nclasses; k++)
        for (uint32_t cell = first; cell < first + n; cell++)
            if (cell != but) out[rest.n++] = peil_tableau_cell_in_class(tableau, cell, k);
    return rest;
}

/* ---- tableaus ---- */

peil_status peil_tableau_make(const peil_study *study, size_t measure, size_t breakdown,
                              peil_tableau *out, peil_fault *fault) {
    const peil_breakdown *b = &study->plan.breakdowns[breakdown];
    const size_t question = study->plan.question_of[measure];
    *out =
        (peil_tableau){.study = study, .measure = &study->plan.measures[measure], .breakdown = b};
    out->estimator = peil_estimator_of(out->measure->kind);
    if (peil_plan_is_standardised(&study->plan)) out->standard = &study->standard;
    PEIL_TRY(peil_crossing_make(&study->whole->coder.catalog.cubes[b->cube], b->by, b->nby,
                                study->by_ranks, &out->crossing, fault));
    if (study->calibration.factor) {
        out->crossing.pattern_of = study->calibration.pattern_of[b->cube];
        out->crossing.g = study->calibration.factor;
    }
    PEIL_TRY(peil_tableau_answers(study, question, out, fault));
    PEIL_TRY(list_cells(out, fault));
    PEIL_TRY(make_view(study, question, out, fault));
    PEIL_TRY(peil_workspace_new(&study->design, study->calibrated, &out->workspace, fault));
    if (study->replicates.design)
        PEIL_TRY(peil_replicates_fill(&study->replicates, &out->view, fault));
    return peil_view_run(&out->view, fault);
}

void peil_tableau_clear(peil_tableau *tableau) {
    peil_crossing_clear(&tableau->crossing);
    free(tableau->cells);
    peil_view_clear(&tableau->view);
    free(tableau->values.rank);
    free(tableau->values.a);
    free(tableau->values.b);
    free(tableau->values.parts);
    free(tableau->categories);
    free(tableau->category_codes);
    peil_workspace_free(tableau->workspace);
    *tableau = (peil_tableau){0};
}

/* ---- figures ---- */

peil_domain peil_tableau_domain(const peil_tableau *tableau, peil_cells cells, size_t category) {
    const uint32_t answer = tableau->categories[category];
    return (peil_domain){.view = &tableau->view,
                         .cells = cells.cells,
                         .ncells = cells.n,
                         .standard = tableau->standard,
                         .first = answer,
                         .last = answer};
}

peil_linear peil_tableau_linear(const peil_tableau *tableau, peil_cells cells, size_t category) {
    const peil_domain domain = peil_tableau_domain(tableau, cells, category);
    return peil_linear_make(tableau->estimator, tableau->measure->parameters, &domain);
}

bool peil_linear_lacks_class(const peil_linear *linear) {
    return linear->domain.standard && !linear->exists && peil_domain_n(&linear->domain) > 0;
}

static peil_bounds bounds_of(const peil_tableau *tableau, const peil_estimate *estimate,
                             double level) {
    const peil_figure figure = {estimate->value, estimate->se, (double)estimate->n,
                                (double)estimate->df};
    return tableau->estimator->kind.is_percent
               ? peil_interval_proportion(tableau->study->interval, figure, level)
               : peil_interval_mean(figure, level);
}

peil_status peil_tableau_figure(const peil_tableau *tableau, peil_cells cells, size_t category,
                                peil_finding *out, peil_fault *fault) {
    return peil_tableau_figure_at(tableau, cells, category, tableau->study->level, out, fault);
}

peil_status peil_tableau_figure_at(const peil_tableau *tableau, peil_cells cells, size_t category,
                                   double level, peil_finding *out, peil_fault *fault) {
    *out = (peil_finding){.linear = peil_tableau_linear(tableau, cells, category)};
    PEIL_TRY(peil_tableau_estimate(tableau, &out->linear, &out->estimate, fault));
    if (tableau->estimator->invert) {
        peil_finding_invert(out, tableau->estimator, level);
        return PEIL_OK;
    }
    out->bounds = bounds_of(tableau, &out->estimate, level);
    const double value = out->estimate.value;
    out->is_boundary = tableau->estimator->kind.is_percent && (value <= 0 || value >= 1);
    out->lacks_spread = tableau->standard && out->estimate.deff <= 0;
    if (out->lacks_spread) out->bounds = (peil_bounds){(double)NAN, (double)NAN};
    return PEIL_OK;
}

peil_status peil_tableau_keys(const peil_tableau *tableau, size_t cell, size_t category,
                              const peil_places *places, peil_cell *cells, peil_fault *fault) {
    const peil_study *study = tableau->study;
    const peil_breakdown *b = tableau->breakdown;
    uint32_t codes[PEIL_BY_MOST];
    PEIL_TRY(peil_cell_text(&cells[places->measure], tableau->measure->name, false, fault));
    if (tableau->category_codes)
        PEIL_TRY(peil_study_value(study, tableau->measure->variables[0].column,
                                  tableau->category_codes[category], &cells[places->category],
                                  fault));
    if (tableau->classes)
        PEIL_TRY(peil_cell_text(&cells[places->category], tableau->classes[category].name, false,
                                fault));
    peil_crossing_codes(&tableau->crossing, cell, codes);
    for (size_t k = 0; k < b->nby; k++)
        PEIL_TRY(peil_study_value(study, study->plan.by[b->by[k]], codes[k],
                                  &cells[places->by[b->by[k]]], fault));
    return PEIL_OK;
}
