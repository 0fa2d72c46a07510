/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "report/study.h"

peil_status peil_tableau_make(const peil_study *study, size_t measure, size_t breakdown,
                              peil_tableau *out, peil_fault *fault) {
    const peil_breakdown *b = &study->plan.breakdowns[breakdown];
    const size_t question = study->plan.question_of[measure];
    *out =
        (peil_tableau){.study = study, .measure = &study->plan.measures[measure], .breakdown = b};
    out->estimator = peil_estimator_of(out->measure->kind);
    PEIL_TRY(peil_crossing_make(&study->whole->coder.catalog.cubes[b->cube], b->by, b->nby,
                                study->by_ranks, &out->crossing, fault));
    if (study->calibration.factor) {
        out->crossing.pattern_of = study->calibration.pattern_of[b->cube];
        out->crossing.g = study->calibration.factor;
    }
    PEIL_TRY(peil_tableau_answers(study, question, out, fault));
    PEIL_TRY(peil_view_make(&study->whole->tally, question, b->cube, &out->crossing, &study->design,
                            &out->values, &out->view, fault));
    if (study->replicates.design)
        PEIL_TRY(peil_replicates_fill(&study->replicates, &out->view, fault));
    return peil_view_run(&out->view, fault);
}

void peil_tableau_clear(peil_tableau *tableau) {
    peil_crossing_clear(&tableau->crossing);
    peil_view_clear(&tableau->view);
    free(tableau->values.rank);
    free(tableau->values.a);
    free(tableau->values.b);
    free(tableau->values.parts);
    free(tableau->categories);
    free(tableau->category_codes);
    *tableau = (peil_tableau){0};
}

/* ---- figures ---- */

peil_linear peil_tableau_linear(const peil_tableau *tableau, const uint32_t *cells, size_t ncells,
                                size_t category) {
    const uint32_t answer = tableau->categories[category];
    const peil_domain domain = {
        .view = &tableau->view, .cells = cells, .ncells = ncells, .first = answer, .last = answer};
    return peil_linear_make(tableau->estimator, tableau->measure->parameters, &domain);
}

static peil_bounds bounds_of(const peil_tableau *tableau, const peil_estimate *estimate,
                             double level) {
    const peil_figure figure = {estimate->value, estimate->se, (double)estimate->n,
                                (double)estimate->df};
    return tableau->estimator->kind.is_percent
               ? peil_interval_proportion(tableau->study->interval, figure, level)
               : peil_interval_mean(figure, level);
}

peil_status peil_tableau_figure(const peil_tableau *tableau, const uint32_t *cells, size_t ncells,
                                size_t category, peil_finding *out, peil_fault *fault) {
    return peil_tableau_figure_at(tableau, cells, ncells, category, tableau->study->level, out,
                                  fault);
}

peil_status peil_tableau_figure_at(const peil_tableau *tableau, const uint32_t *cells,
                                   size_t ncells, size_t category, double level, peil_finding *out,
                                   peil_fault *fault) {
    const peil_study *study = tableau->study;
    peil_record lonely = {0};
    *out = (peil_finding){.linear = peil_tableau_linear(tableau, cells, ncells, category)};
    const peil_status status = peil_estimate_make(tableau->estimator, &out->linear, study->rules,
                                                  study->workspace, &out->estimate, &lonely, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(study->pass, lonely, fault);
    if (status != PEIL_OK) return status;
    if (tableau->estimator->invert) {
        peil_finding_invert(out, tableau->estimator, level);
        return PEIL_OK;
    }
    out->bounds = bounds_of(tableau, &out->estimate, level);
    const double value = out->estimate.value;
    out->is_boundary = tableau->estimator->kind.is_percent && (value <= 0 || value >= 1);
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
