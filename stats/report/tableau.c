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
    return peil_view_make(&study->whole->tally, question, b->cube, &out->crossing, &study->design,
                          &out->values, &out->view, fault);
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

peil_linear peil_tableau_linear(const peil_tableau *tableau, const uint32_t *cells, size_t ncells,
                                size_t category) {
    const peil_domain domain = {.view = &tableau->view,
                                .cells = cells,
                                .ncells = ncells,
                                .category = tableau->categories[category]};
    return peil_linear_make(tableau->estimator, &domain);
}

peil_status peil_tableau_figure(const peil_tableau *tableau, const uint32_t *cells, size_t ncells,
                                size_t category, peil_linear *linear, peil_estimate *estimate,
                                peil_fault *fault) {
    const peil_study *study = tableau->study;
    peil_record lonely = {0};
    *linear = peil_tableau_linear(tableau, cells, ncells, category);
    const peil_status status = peil_estimate_make(tableau->estimator, linear, study->rules,
                                                  study->workspace, estimate, &lonely, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(study->pass, lonely, fault);
    return status;
}

peil_bounds peil_tableau_bounds(const peil_tableau *tableau, const peil_estimate *estimate) {
    const peil_figure figure = {estimate->value, estimate->se, (double)estimate->n,
                                (double)estimate->df};
    return tableau->estimator->kind.is_percent
               ? peil_interval_proportion(tableau->study->interval, figure, tableau->study->level)
               : peil_interval_mean(figure, tableau->study->level);
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
