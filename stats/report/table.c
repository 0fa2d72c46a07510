/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/jobs.h"
#include "plan/preset.h"
#include "report/provenance.h"
#include "report/run.h"
#include "report/study.h"
#include "report/threads.h"
#include "report/together.h"

/* The contract's columns: two before the by variables, the others behind them. */
static const char *const columns[] = {"measure", "category", "estimate", "se",         "ci_low",
                                      "ci_high", "n",        "cases",    "weighted_n", "n_eff",
                                      "deff",    "df",       "flag",     NULL};

enum { LEAD = 2 };

/* The cells behind the by variables, in the order of `columns`. */
typedef enum place {
    ESTIMATE,
    SE,
    CI_LOW,
    CI_HIGH,
    N,
    CASES,
    WEIGHTED_N,
    N_EFF,
    DEFF,
    DF,
    FLAG
} place;

peil_unit peil_unit_of(const peil_kind *kind) {
    return kind->is_percent ? PEIL_UNIT_PERCENT : kind->is_total ? PEIL_UNIT_TOTAL : PEIL_UNIT_MEAN;
}

/* What a standard says of a figure, or NULL. */
static const char *reliability_of(const peil_tableau *tableau, const peil_finding *finding) {
    const peil_reliability *standard = tableau->study->reliability;
    const peil_kind *kind = &tableau->estimator->kind;
    const peil_domain *domain = &finding->linear.domain;
    const peil_estimate *e = &finding->estimate;
    peil_figure figure = {e->value, e->se, (double)e->n, (double)e->df};
    if (!standard) return NULL;
    if (kind->is_percent) return peil_reliability_words(standard->judge_share(figure));
    if (!kind->is_total || tableau->measure->form != PEIL_FORM_CONDITION || !standard->judge_count)
        return NULL;
    figure.n = (double)peil_domain_count(domain, domain->first, domain->last);
    return peil_reliability_words(standard->judge_count(figure, pow(e->value / e->se, 2)));
}

static peil_status set_flags(const peil_tableau *tableau, const peil_finding *finding,
                             peil_cell *cell, peil_fault *fault) {
    char flags[96] = "";
    const char *reliability = reliability_of(tableau, finding);
    if (finding->is_boundary) strcat(flags, " boundary");
    if (finding->is_edge) strcat(flags, " edge");
    if (finding->estimate.df <= 0 || finding->lacks_spread) strcat(flags, " df");
    if (finding->estimate.used_lonely) strcat(flags, " lonely");
    if (finding->estimate.lacks_replicates) strcat(flags, " replicates");
    if (reliability) strcat(strcat(flags, " "), reliability);
    return flags[0] ? peil_cell_text(cell, flags + 1, false, fault) : PEIL_OK;
}

peil_status peil_table_fill(const peil_tableau *tableau, const peil_finding *finding,
                            peil_cell *cells, peil_fault *fault) {
    const peil_estimate *e = &finding->estimate;
    const bool percent = tableau->estimator->kind.is_percent;
    const double times = percent ? 100 : 1;
    peil_cell_count(&cells[N], e->n);
    if (e->n == 0) return PEIL_OK;
    peil_cell_number(&cells[WEIGHTED_N], e->weighted_n);
    if (peil_linear_lacks_class(&finding->linear))
        return peil_cell_text(&cells[FLAG], "standard", false, fault);
    if (!e->exists) return PEIL_OK;
    if (e->n < tableau->study->min_n) return peil_cell_text(&cells[FLAG], "small-n", false, fault);
    peil_cell_number(&cells[ESTIMATE], percent ? e->value_100 : e->value);
    peil_cell_number(&cells[SE], percent ? e->se_100 : e->se);
    peil_cell_number(&cells[CI_LOW], times * finding->bounds.low);
    peil_cell_number(&cells[CI_HIGH], times * finding->bounds.high);
    const peil_domain *domain = &finding->linear.domain;
    if (percent)
        peil_cell_count(&cells[CASES], peil_domain_count(domain, domain->first, domain->last));
    peil_cell_number(&cells[N_EFF], e->n_eff);
    peil_cell_number(&cells[DEFF], e->deff);
    peil_cell_number(&cells[DF], (double)e->df);
    return set_flags(tableau, finding, &cells[FLAG], fault);
}

static peil_status add_row(const peil_tableau *tableau, uint32_t cell, size_t category,
                           double level, const peil_places *places, peil_report *report,
                           peil_fault *fault) {
    peil_finding finding;
    peil_cell *cells;
    PEIL_TRY(peil_tableau_figure_at(tableau, peil_tableau_cells(tableau, cell), category, level,
                                    &finding, fault));
    PEIL_TRY(peil_report_row(report, peil_unit_of(tableau->measure->kind), &cells, fault));
    PEIL_TRY(peil_tableau_keys(tableau, cell, category, places, cells, fault));
    return peil_table_fill(tableau, &finding, &cells[places->figures], fault);
}

/* The level of the intervals, by category. */
static peil_status find_levels(const peil_tableau *tableau, double **levels, peil_fault *fault) {
    PEIL_TRY(peil_array_make(levels, tableau->ncategories, sizeof **levels, fault));
    for (size_t c = 0; c < tableau->ncategories; c++) {
        (*levels)[c] = tableau->study->level;
        if (tableau->study->request->simultaneous)
            PEIL_TRY(peil_together_level(tableau, c, &(*levels)[c], fault));
    }
    return PEIL_OK;
}

static peil_status add_rows(const peil_tableau *tableau, const peil_places *places,
                            peil_report *report, peil_fault *fault) {
    double *levels = NULL;
    peil_status status = find_levels(tableau, &levels, fault);
    for (uint32_t cell = 0; status == PEIL_OK && cell < tableau->crossing.ncells; cell++) {
        if (!peil_tableau_has_cell(tableau, cell)) continue;
        for (size_t c = 0; status == PEIL_OK && c < tableau->ncategories; c++)
            status = add_row(tableau, cell, c, levels[c], places, report, fault);
    }
    free(levels);
    return status;
}

/* ---- a tableau for each measure in each breakdown, by several threads ---- */

typedef struct making {
    const peil_study *study;
    peil_places places;
    const peil_report *report;
    peil_report *pieces; /* by tableau: its rows */
} making;

static peil_status make_piece(void *context, size_t number, peil_fault *fault) {
    const making *m = context;
    const size_t nbreakdowns = m->study->plan.nbreakdowns;
    peil_tableau tableau = {0};
    peil_status status = peil_report_like(m->report, &m->pieces[number], fault);
    if (status == PEIL_OK)
        status = peil_tableau_make(m->study, number / nbreakdowns, number % nbreakdowns, &tableau,
                                   fault);
    if (status == PEIL_OK) status = add_rows(&tableau, &m->places, &m->pieces[number], fault);
    peil_tableau_clear(&tableau);
    return status;
}

static peil_status make_rows(making *m, peil_report *report, peil_fault *fault) {
    const size_t n = m->study->plan.nmeasures * m->study->plan.nbreakdowns;
    PEIL_TRY(peil_array_make(&m->pieces, n, sizeof *m->pieces, fault));
    peil_status status =
        peil_jobs_do(n, peil_threads_count(m->study->request), make_piece, m, fault);
    for (size_t i = 0; i < n; i++) {
        if (status == PEIL_OK) status = peil_report_take(report, &m->pieces[i], fault);
        peil_report_clear(&m->pieces[i]);
    }
    free(m->pieces);
    return status;
}

static peil_status note_together(const peil_study *study, peil_report *report, peil_fault *fault) {
    return peil_report_note(
        report, fault,
        study->request->language == PEIL_DUTCH
            ? "de intervallen van %g%% gelden voor alle groepen van een uitsplitsing samen"
            : "the intervals of %g%% hold for all groups of a breakdown together",
        report->level);
}

static peil_status make_table(const peil_request *request, peil_pass *pass, peil_report *report,
                              peil_fault *fault) {
    PEIL_TRY(peil_pass_run(request, 1, pass, report, fault));
    const peil_study *study = &pass->studies[0];
    making m = {.study = study, .report = report};
    report->level = 100 * study->level;
    PEIL_TRY(peil_study_columns(study, columns, LEAD, PEIL_NO_COLUMN, report, &m.places, fault));
    PEIL_TRY(make_rows(&m, report, fault));
    PEIL_TRY(peil_report_check(report, fault));
    if (request->simultaneous) PEIL_TRY(note_together(study, report, fault));
    PEIL_TRY(peil_provenance_study(study, NULL, report, fault));
    PEIL_TRY(peil_report_describe_request(request, report, fault));
    return peil_study_notes(study, report, fault);
}

peil_status peil_run_table(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_pass pass = {0};
    peil_request filled = *request;
    *report = (peil_report){.command = "table"};
    peil_status status = peil_preset_fill(&filled, false, fault);
    if (status == PEIL_OK) status = make_table(&filled, &pass, report, fault);
    peil_pass_clear(&pass);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
