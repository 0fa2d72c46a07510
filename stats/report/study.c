/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"
#include "report/columns.h"
#include "report/standard.h"

/* ---- the request's choices ---- */

static peil_status choose(const char *option, const char *word, const char *const *names, size_t n,
                          size_t *choice, peil_fault *fault) {
    for (*choice = 0; *choice < n; ++*choice)
        if (strcmp(word, names[*choice]) == 0) return PEIL_OK;
    const char *nearest = peil_nearest(word, names, n);
    return peil_fail(fault, PEIL_EUSAGE, "%s does not know %s%s%s%s", option, word,
                     nearest ? "; is it " : "", nearest ? nearest : "", nearest ? "?" : "");
}

static peil_status choose_options(const peil_request *request, peil_study *study,
                                  peil_fault *fault) {
    static const char *const missing_weight[] = {"fail", "zero"};
    static const char *const lonely[] = {"fail", "certainty", "adjust", "average"};
    static const char *const df[] = {"subset", "strata", "design"};
    size_t choice;
    PEIL_TRY(choose("--lonely-psu", request->lonely_psu ? request->lonely_psu : "fail", lonely, 4,
                    &choice, fault));
    study->rules.lonely = (peil_lonely)choice;
    PEIL_TRY(choose("--df", request->df ? request->df : "subset", df, 3, &choice, fault));
    study->rules.df = (peil_df)choice;
    PEIL_TRY(choose("--missing-weight", request->missing_weight ? request->missing_weight : "fail",
                    missing_weight, 2, &choice, fault));
    PEIL_TRY(peil_replication_read(request, &study->replication, fault));
    if (study->replication.method) study->rules.replicates = &study->replicates;
    study->level = (request->level > 0 ? request->level : 95) / 100;
    if (!(study->level > 0 && study->level < 1))
        return peil_fail(fault, PEIL_EUSAGE, "--level is between 0 and 100");
    study->interval = peil_interval_find(request->interval ? request->interval : "logit");
    if (!study->interval)
        return peil_fail(fault, PEIL_EUSAGE, "--ci does not know %s", request->interval);
    study->min_n = (uint64_t)request->min_n;
    if (request->reliability) {
        study->reliability = peil_reliability_find(request->reliability);
        if (!study->reliability)
            return peil_fail(fault, PEIL_EUSAGE, "--reliability does not know %s",
                             request->reliability);
    }
    return PEIL_OK;
}

/* ---- the design ---- */

static peil_status make_design(peil_study *study, peil_fault *fault) {
    const char **names = NULL;
    const peil_plan *plan = &study->plan;
    if (plan->fpc) PEIL_TRY(peil_array_make(&names, plan->nstages, sizeof *names, fault));
    for (size_t s = 0; plan->fpc && s < plan->nstages; s++)
        names[s] = study->pass->whole.batch.columns[plan->fpc[s]].name;
    const peil_status status = peil_design_make(&study->whole->coder.catalog, study->pass->ranks,
                                                names, study->pass->files, &study->design, fault);
    free(names);
    return status;
}

peil_status peil_study_plan(const peil_pass *pass, const peil_request *request, peil_batch *batch,
                            peil_study *study, peil_fault *fault) {
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    study->pass = pass;
    study->request = request;
    PEIL_TRY(choose_options(request, study, fault));
    study->plan.replicates_go_below_zero =
        study->replication.method && study->replication.method->may_be_negative;
    PEIL_TRY(peil_calibration_begin(request, &study->calibration, fault));
    PEIL_TRY(peil_plan_make(request, kinds, &study->plan, batch, fault));
    if (study->calibration.targets.n == 0) return PEIL_OK;
    if (request->standardise)
        return peil_fail(fault, PEIL_EUSAGE, "--targets and --standardise do not go together");
    if (study->replication.method)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--targets and --replication do not go together: every replicate would "
                         "have to meet the targets anew");
    return peil_plan_calibrate(&study->plan, &study->calibration.targets, batch, fault);
}

peil_status peil_study_find_replicates(peil_study *study, size_t file, const peil_header *header,
                                       peil_batch *batch, peil_fault *fault) {
    const peil_request *request = study->request;
    if (!request->repweights) return PEIL_OK;
    if (file > 0) return peil_plan_check_replicates(request, header, &study->plan, batch, fault);
    PEIL_TRY(peil_plan_replicates(request, header, &study->plan, batch, fault));
    return peil_replicates_of_columns(request, &study->replication, study->plan.nreplicates,
                                      &study->replicates, fault);
}

/* Replicates that are no columns are made of the design, now that it is known. */
static peil_status make_replicates(peil_study *study, peil_fault *fault) {
    peil_record record = {0};
    if (!study->replication.method) return PEIL_OK;
    if (study->replication.are_columns)
        return peil_coder_check_replicates(&study->whole->coder, fault);
    const peil_status status = peil_replicates_of_design(&study->replication, &study->design,
                                                         &study->replicates, &record, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(study->pass, record, fault);
    return status;
}

peil_status peil_study_finish(peil_study *study, peil_fault *fault) {
    const peil_plan *plan = &study->plan;
    const bool has_targets = study->calibration.targets.n > 0;
    const bool calibrates = has_targets && !study->request->trim; /* by pattern */
    PEIL_TRY(peil_plan_check_labels(plan, &study->pass->whole.batch, fault));
    PEIL_TRY(peil_array_make(&study->by_ranks, plan->nkeys, sizeof *study->by_ranks, fault));
    for (size_t i = 0; i < plan->nkeys; i++) study->by_ranks[i] = study->pass->ranks[plan->by[i]];
    PEIL_TRY(peil_study_standard(study, fault));
    PEIL_TRY(make_design(study, fault));
    if (has_targets) PEIL_TRY(peil_study_aim(study, fault));
    if (calibrates) PEIL_TRY(peil_study_calibrate(study, fault));
    if (calibrates) study->calibrated = &study->calibration.calibrated;
    return make_replicates(study, fault);
}

void peil_study_clear(peil_study *study) {
    free(study->by_ranks);
    free(study->standard.shares);
    peil_replicates_clear(&study->replicates);
    peil_calibration_clear(&study->calibration, study->plan.catalog.ncubes);
    peil_design_clear(&study->design);
    peil_plan_clear(&study->plan);
    *study = (peil_study){0};
}

/* ---- values and columns ---- */

peil_status peil_study_value(const peil_study *study, size_t column, uint32_t code, peil_cell *cell,
                             peil_fault *fault) {
    if (code == PEIL_MISSING_CODE) return PEIL_OK;
    const peil_batch_column *c = &study->pass->whole.batch.columns[column];
    const char *text = peil_dictionary_text(&c->dictionary, code);
    PEIL_TRY(peil_cell_text(cell, text, study->pass->is_numeric[column], fault));
    if (!study->pass->has_labels) return PEIL_OK;
    const char *label = peil_variable_label_of(&c->about, text);
    if (c->origin == PEIL_AREAS && label && strcmp(label, text) == 0) return PEIL_OK; /* no name */
    return label ? peil_cell_text(cell + 1, label, false, fault) : PEIL_OK;
}

/* The names of the plan's by variables, but for the one numbered `apart`. */
static peil_status name_by(const peil_study *study, size_t apart, const char ***names, size_t *n,
                           peil_fault *fault) {
    *n = 0;
    *names = NULL;
    PEIL_TRY(peil_array_make(names, study->plan.nby, sizeof **names, fault));
    for (size_t i = 0; i < study->plan.nby; i++)
        if (i != apart) (*names)[(*n)++] = study->pass->whole.batch.columns[study->plan.by[i]].name;
    return PEIL_OK;
}

static void find_places(const peil_study *study, const peil_report *report, peil_places *places) {
    for (size_t i = 0; i < study->plan.nby; i++)
        places->by[i] =
            peil_report_find(report, study->pass->whole.batch.columns[study->plan.by[i]].name);
    places->measure = peil_report_find(report, "measure");
    places->category = peil_report_find(report, "category");
    places->figures = peil_report_find(report, "estimate");
}

peil_status peil_study_columns(const peil_study *study, const char *const *columns, size_t lead,
                               size_t apart, peil_report *report, peil_places *places,
                               peil_fault *fault) {
    const char **names = NULL;
    peil_by_names by = {.has_labels = study->pass->has_labels};
    peil_status status = name_by(study, apart, &names, &by.n, fault);
    by.names = names;
    if (status == PEIL_OK) status = peil_columns_check(&by, columns, fault);
    if (status == PEIL_OK) status = peil_columns_add(&by, columns, lead, report, fault);
    if (status == PEIL_OK) find_places(study, report, places);
    free(names);
    return status;
}
