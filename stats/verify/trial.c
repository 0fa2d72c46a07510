/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "verify/placing.h"

/* A request of some trials, which differ in their measures only. */
typedef struct trial_study {
    peil_request request;
    const char **measures;
    size_t nmeasures, capacity;
} trial_study;

/* One reading of the files. */
typedef struct peil_trial_pass {
    size_t nstudies;
    peil_request *requests;
    peil_pass pass;
    peil_report report; /* nobody looks at it */
} trial_pass;

/* What is computed of one source. */
typedef struct run {
    const peil_publication *publication;
    peil_trials *trials;
    size_t from, data;
    size_t nstudies, capacity;
    trial_study *studies;
    size_t *study_of; /* by trial */
} run;

/* ---- requests ---- */

static void leave_design(peil_request *request) {
    request->strata = (peil_words){0, NULL};
    request->cluster = request->fpc = NULL;
    request->repweights = request->replication = request->replicate_centre = NULL;
    request->rscales = request->reliability = NULL;
    request->scale = 0;
    request->replicates = request->seed = request->min_n = 0;
    request->hash_inputs = false;
}

/* How the files are read is the source's; the design is left out. */
static peil_status make_request(const run *r, const peil_trial *trial, peil_request *out,
                                peil_fault *fault) {
    const peil_draft *draft = &trial->draft;
    peil_monitor *monitor = r->publication->monitor;
    peil_indicator *indicator = &monitor->indicators[trial->indicator];
    const peil_words by = indicator->by;
    indicator->by = trial->by;
    const peil_status status =
        peil_publication_indicator(r->publication, trial->indicator, out, fault);
    indicator->by = by;
    leave_design(out);
    out->where = draft->where;
    out->weight = draft->weight;
    if (draft->zero_weights) out->missing_weight = "zero";
    out->missing = draft->missing;
    out->include_missing = draft->include_missing;
    return status;
}

static peil_status add_measure(trial_study *study, const char *measure, size_t *place,
                               peil_fault *fault) {
    for (*place = 0; *place < study->nmeasures; ++*place)
        if (strcmp(study->measures[*place], measure) == 0) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&study->measures, &study->capacity, study->nmeasures + 1,
                                sizeof *study->measures, fault));
    study->measures[study->nmeasures++] = measure;
    return PEIL_OK;
}

static peil_status seat(run *r, size_t i, peil_fault *fault) {
    peil_trial *trial = &r->trials->list[i];
    peil_request made;
    size_t s = 0;
    PEIL_TRY(make_request(r, trial, &made, fault));
    while (s < r->nstudies && !peil_publication_is_same_study(&r->studies[s].request, &made)) s++;
    if (s == r->nstudies) {
        PEIL_TRY(peil_array_extend(&r->studies, &r->capacity, r->nstudies + 1, sizeof *r->studies,
                                   fault));
        r->studies[r->nstudies++].request = made;
    }
    r->study_of[i] = s;
    return add_measure(&r->studies[s], trial->draft.measure, &trial->measure, fault);
}

/* ---- passes ---- */

static void clear_pass(trial_pass *p) {
    if (!p) return;
    peil_pass_clear(&p->pass);
    peil_report_clear(&p->report);
    free(p->requests);
    free(p);
}

static peil_status make_pass(const run *r, size_t first, size_t n, trial_pass **out,
                             peil_fault *fault) {
    PEIL_TRY(peil_array_make(out, 1, sizeof **out, fault));
    trial_pass *p = *out;
    PEIL_TRY(peil_array_make(&p->requests, n, sizeof *p->requests, fault));
    for (size_t i = 0; i < n; i++) {
        const trial_study *study = &r->studies[first + i];
        p->requests[i] = study->request;
        p->requests[i].measures = (peil_words){study->nmeasures, study->measures};
    }
    PEIL_TRY(peil_pass_run(p->requests, n, &p->pass, &p->report, fault));
    for (size_t i = 0; i < n; i++) p->requests[i].measures = (peil_words){0, NULL}; /* planned */
    return PEIL_OK;
}

/* Whether a trial is one of this run. */
static bool is_mine(const run *r, size_t i) {
    const peil_trial *trial = &r->trials->list[i];
    const size_t data = r->publication->monitor->indicators[trial->indicator].data;
    return i >= r->from && data == r->data && trial->draft.measure;
}

static void hand_out(const run *r, size_t first, size_t n, const trial_pass *p) {
    for (size_t i = r->from; i < r->trials->n; i++) {
        const size_t s = r->study_of[i];
        if (is_mine(r, i) && s >= first && s < first + n)
            r->trials->list[i].study = &p->pass.studies[s - first];
    }
}

/* Studies of one pass; when the data refuse one of them, each half in a pass of its own. */
static peil_status read_studies(const run *r, size_t first, size_t n, peil_fault *fault) {
    trial_pass *p = NULL;
    peil_fault found = {0};
    peil_trials *trials = r->trials;
    PEIL_TRY(peil_array_reserve(&trials->passes, &trials->passes_capacity, trials->npasses + 1,
                                sizeof *trials->passes, fault));
    const peil_status status = make_pass(r, first, n, &p, &found);
    if (status == PEIL_OK) {
        trials->passes[trials->npasses++] = p;
        hand_out(r, first, n, p);
        return PEIL_OK;
    }
    clear_pass(p);
    if (status == PEIL_ESYSTEM && fault) *fault = found;
    if (status == PEIL_ESYSTEM) return status;
    if (n == 1) return PEIL_OK;
    PEIL_TRY(read_studies(r, first, n / 2, fault));
    return read_studies(r, first + n / 2, n - n / 2, fault);
}

static peil_status run_source(run *r, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&r->study_of, r->trials->n, sizeof *r->study_of, fault));
    for (size_t i = r->from; i < r->trials->n; i++)
        if (is_mine(r, i)) PEIL_TRY(seat(r, i, fault));
    return r->nstudies ? read_studies(r, 0, r->nstudies, fault) : PEIL_OK;
}

static void clear_run(run *r) {
    for (size_t s = 0; s < r->nstudies; s++) free(r->studies[s].measures);
    free(r->studies);
    free(r->study_of);
}

peil_status peil_trials_run(const peil_publication *publication, peil_trials *trials, size_t from,
                            peil_fault *fault) {
    peil_status status = PEIL_OK;
    for (size_t d = 0; status == PEIL_OK && d < publication->monitor->ndata; d++) {
        run r = {.publication = publication, .trials = trials, .from = from, .data = d};
        status = run_source(&r, fault);
        clear_run(&r);
    }
    for (size_t i = from; status == PEIL_OK && i < trials->n; i++)
        if (trials->list[i].study)
            status =
                peil_array_make(&trials->list[i].tableaux, trials->list[i].study->plan.nbreakdowns,
                                sizeof *trials->list[i].tableaux, fault);
    return status;
}

/* ---- figures ---- */

peil_status peil_trials_add(peil_trials *trials, const peil_trial *added, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&trials->list, &trials->capacity, trials->n + 1,
                                sizeof *trials->list, fault));
    trials->list[trials->n++] = *added;
    return PEIL_OK;
}

peil_status peil_trial_value(const peil_monitor *monitor, peil_trial *trial,
                             const peil_published *published, double *out, peil_fault *fault) {
    *out = (double)NAN;
    if (!trial->study) return PEIL_OK;
    const size_t b = peil_placing_breakdown(monitor, trial->study, published);
    if (b == trial->study->plan.nbreakdowns) return PEIL_OK;
    peil_tableau *t = &trial->tableaux[b];
    if (!t->study) PEIL_TRY(peil_tableau_make(trial->study, trial->measure, b, t, fault));
    const uint32_t cell = peil_placing_cell(monitor, t, published);
    if (cell == PEIL_NO_CELL) return PEIL_OK;
    const peil_linear linear = peil_tableau_linear(t, peil_tableau_cells(t, cell), 0);
    if (!linear.exists || peil_domain_n(&linear.domain) == 0) return PEIL_OK;
    *out = (double)(t->estimator->kind.is_percent ? 100 * linear.theta : linear.theta);
    return PEIL_OK;
}

void peil_trials_clear(peil_trials *trials) {
    for (size_t i = 0; i < trials->n; i++) {
        peil_trial *trial = &trials->list[i];
        for (size_t b = 0; trial->tableaux && b < trial->study->plan.nbreakdowns; b++)
            peil_tableau_clear(&trial->tableaux[b]);
        free(trial->tableaux);
    }
    for (size_t p = 0; p < trials->npasses; p++) clear_pass(trials->passes[p]);
    free(trials->passes);
    free(trials->list);
    *trials = (peil_trials){0};
}
