/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/jobs.h"
#include "report/changes.h"
#include "report/columns.h"
#include "report/publication.h"
#include "report/section.h"
#include "report/table.h"
#include "report/target.h"
#include "report/threads.h"

/* The contract's columns: four before the by variables, and what a monitor adds behind the rest. */
static const char *const columns[] = {"indicator",  "period",    "measure", "category", "estimate",
                                      "se",         "ci_low",    "ci_high", "n",        "cases",
                                      "weighted_n", "n_eff",     "deff",    "df",       "flag",
                                      "target",     "judgement", "reason",  NULL};

enum { LEAD = 4 };

/* The cells of a figure, in the order of the contract. */
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
    FLAG,
    FIGURE_CELLS,
    TARGET = FIGURE_CELLS,
    JUDGEMENT,
    REASON
} place;

/* The figures of a breakdown. */
typedef struct block {
    peil_tableau tableau;
    size_t nperiods;      /* that it has; 1 when there are none */
    const char **periods; /* their values, in order */
} block;

/* The rows at hand. */
typedef struct rows {
    const peil_publication *publication;
    peil_report *report;
    peil_changes *changes; /* NULL: nothing is compared */
    size_t indicator;
    const peil_study *study;
    peil_places places;
    size_t nblocks;
    block *blocks; /* the total first: it has all periods */
} rows;

static const peil_indicator *about(const rows *r) {
    return &r->publication->monitor->indicators[r->indicator];
}

static bool has_period(const rows *r) {
    return r->publication->monitor->period != NULL;
}

/* ---- columns ---- */

/* The name of a variable as the data have it, without backquotes. */
static const char *by_name(const peil_study *study, size_t i) {
    return study->pass->whole.batch.columns[study->plan.by[i]].name;
}

static bool is_period(const peil_monitor *monitor, const char *name) {
    return monitor->period && strcmp(monitor->period, name) == 0;
}

static peil_status gather_by(const peil_publication *p, const char ***names, size_t *n,
                             peil_fault *fault) {
    size_t most = 0;
    for (size_t i = 0; i < p->monitor->nindicators; i++)
        most += peil_publication_study(p, i)->plan.nby;
    *n = 0;
    PEIL_TRY(peil_array_make(names, most, sizeof **names, fault));
    for (size_t i = 0; i < p->monitor->nindicators; i++) {
        const peil_study *study = peil_publication_study(p, i);
        for (size_t k = 0; k < study->plan.nby; k++) {
            const char *name = by_name(study, k);
            size_t same = 0;
            while (same < *n && strcmp((*names)[same], name) != 0) same++;
            if (same == *n && !is_period(p->monitor, name)) (*names)[(*n)++] = name;
        }
    }
    return PEIL_OK;
}

static bool has_labels(const peil_publication *p) {
    bool found = false;
    for (size_t d = 0; d < p->monitor->ndata; d++) found = found || p->passes[d].has_labels;
    return found;
}

static peil_status make_columns(const peil_publication *p, peil_report *report, peil_fault *fault) {
    const char **names = NULL;
    peil_by_names by = {.has_labels = has_labels(p)};
    peil_status status = gather_by(p, &names, &by.n, fault);
    by.names = names;
    if (status == PEIL_OK) status = peil_columns_check(&by, columns, fault);
    if (status == PEIL_OK) status = peil_columns_check(&by, peil_change_columns, fault);
    if (status == PEIL_OK) status = peil_columns_add(&by, columns, LEAD, report, fault);
    for (size_t i = 0; status == PEIL_OK && p->monitor->has_compare && peil_change_columns[i]; i++)
        status = peil_report_column(report, peil_change_columns[i], fault);
    free(names);
    return status;
}

static void find_places(rows *r) {
    const peil_monitor *monitor = r->publication->monitor;
    for (size_t i = 0; i < r->study->plan.nby; i++) {
        const char *name = by_name(r->study, i);
        r->places.by[i] = peil_report_find(r->report, is_period(monitor, name) ? "period" : name);
    }
    r->places.measure = peil_report_find(r->report, "measure");
    r->places.category = peil_report_find(r->report, "category");
    r->places.figures = peil_report_find(r->report, "estimate");
}

/* ---- one row ---- */

/* Everybody was counted: nothing is uncertain. */
static void make_certain(peil_cell *figures) {
    static const place uncertain[] = {SE, CI_LOW, CI_HIGH, N_EFF, DEFF, DF, FLAG};
    for (size_t i = 0; i < sizeof uncertain / sizeof *uncertain; i++)
        peil_cell_clear(&figures[uncertain[i]]);
}

static const peil_stated *find_target(const rows *r, const char *period) {
    const peil_stated_list *targets = &about(r)->target;
    for (size_t i = 0; i < targets->n; i++) {
        const char *of = targets->list[i].period;
        if (targets->list[i].statement.relation == PEIL_UNMEASURED) continue;
        if (!of || (period && peil_value_compare(of, period) == 0)) return &targets->list[i];
    }
    return NULL;
}

static double number_of(const peil_cell *cell) {
    return cell->kind == PEIL_CELL_NUMBER ? cell->as.number : (double)NAN;
}

/* Holds the figure of a row against its target. */
static peil_status judge(const rows *r, const peil_stated *target, const char *period,
                         peil_cell *figures, peil_fault *fault) {
    const peil_indicator *indicator = about(r);
    peil_text reason = {0};
    const peil_measured measured = {
        .value = number_of(&figures[ESTIMATE]),
        .bounds = {number_of(&figures[CI_LOW]), number_of(&figures[CI_HIGH])},
        .is_register = r->publication->monitor->data[indicator->data].is_register};
    const peil_judgement judgement =
        peil_target_judge(target, indicator->better, measured, r->report->language, &reason);
    peil_status status = peil_cell_text(&figures[TARGET], target->text, false, fault);
    if (status == PEIL_OK && judgement != PEIL_NOT_JUDGED) {
        status = reason.failed ? peil_fail_memory(fault)
                               : peil_cell_text(&figures[REASON], reason.bytes, false, fault);
        if (status == PEIL_OK)
            status =
                peil_cell_text(&figures[JUDGEMENT], peil_judgement_word(judgement), false, fault);
        if (status == PEIL_OK)
            peil_section_judged(r->report, period, target, judgement, reason.bytes);
    }
    peil_text_clear(&reason);
    return status;
}

static peil_status finish_figure(const rows *r, const block *b, size_t k, peil_cell *figures,
                                 peil_fault *fault) {
    const peil_monitor *monitor = r->publication->monitor;
    const char *period = has_period(r) ? b->periods[k] : NULL;
    const peil_stated *target = b == r->blocks ? find_target(r, period) : NULL;
    if (monitor->data[about(r)->data].is_register) make_certain(figures);
    return target ? judge(r, target, period, figures, fault) : PEIL_OK;
}

static peil_status add_row(const rows *r, const block *b, uint32_t cell, size_t category, size_t k,
                           peil_fault *fault) {
    const peil_tableau *t = &b->tableau;
    peil_finding finding;
    peil_cell *cells;
    PEIL_TRY(peil_tableau_figure(t, peil_tableau_cells(t, cell), category, &finding, fault));
    PEIL_TRY(peil_report_row(r->report, peil_unit_of(t->measure->kind), &cells, fault));
    PEIL_TRY(peil_cell_text(&cells[0], about(r)->code, false, fault));
    PEIL_TRY(peil_tableau_keys(t, cell, category, &r->places, cells, fault));
    PEIL_TRY(peil_table_fill(t, &finding, &cells[r->places.figures], fault));
    return finish_figure(r, b, k, &cells[r->places.figures], fault);
}

/* The cells of a breakdown in its period k. */
static peil_status add_cells(const rows *r, const block *b, size_t k, peil_fault *fault) {
    const peil_tableau *t = &b->tableau;
    const uint32_t step = (uint32_t)(t->crossing.ncells / b->nperiods);
    for (uint32_t i = 0; i < step; i++) {
        if (!peil_tableau_has_cell(t, k * step + i)) continue;
        for (size_t category = 0; category < t->ncategories; category++) {
            const peil_series series = {about(r), t, b->nperiods, i, step, category, b->periods};
            PEIL_TRY(add_row(r, b, (uint32_t)k * step + i, category, k, fault));
            if (r->changes) PEIL_TRY(peil_changes_add(r->changes, &series, k, fault));
        }
    }
    return PEIL_OK;
}

/* ---- the rows of an indicator ---- */

static peil_status find_periods(const rows *r, block *b, peil_fault *fault) {
    const peil_crossing *crossing = &b->tableau.crossing;
    b->nperiods = has_period(r) ? crossing->nvalues[0] : 1;
    if (!has_period(r)) return PEIL_OK;
    PEIL_TRY(peil_array_make(&b->periods, b->nperiods, sizeof *b->periods, fault));
    const size_t column = r->study->plan.by[b->tableau.breakdown->by[0]];
    const peil_dictionary *values = &r->study->pass->whole.batch.columns[column].dictionary;
    for (size_t k = 0; k < b->nperiods; k++)
        b->periods[k] = peil_dictionary_text(values, crossing->values[0][k]);
    return PEIL_OK;
}

/* The total, then the breakdowns as they were asked for. */
static peil_status make_blocks(rows *r, peil_fault *fault) {
    const peil_plan *plan = &r->study->plan;
    const size_t measure = r->publication->seats[r->indicator].measure;
    PEIL_TRY(peil_array_make(&r->blocks, plan->nbreakdowns, sizeof *r->blocks, fault));
    for (size_t turn = 0; turn < 2; turn++)
        for (size_t b = 0; b < plan->nbreakdowns; b++) {
            const bool is_total = plan->breakdowns[b].nby == (size_t)has_period(r);
            if (is_total != (turn == 0)) continue;
            block *made = &r->blocks[r->nblocks++];
            PEIL_TRY(peil_tableau_make(r->study, measure, b, &made->tableau, fault));
            PEIL_TRY(find_periods(r, made, fault));
        }
    return PEIL_OK;
}

/* Where a period of the total is in a breakdown: perhaps nobody has its other variables then. */
static size_t place_of(const block *b, const char *period) {
    size_t k = 0;
    while (period && k < b->nperiods && strcmp(b->periods[k], period) != 0) k++;
    return k;
}

static peil_status fill_indicator(rows *r, peil_fault *fault) {
    PEIL_TRY(make_blocks(r, fault));
    const block *total = &r->blocks[0];
    PEIL_TRY(peil_section_begin(about(r), total->tableau.measure->text, r->report, fault));
    for (size_t period = 0; period < total->nperiods; period++)
        for (size_t b = 0; b < r->nblocks; b++) {
            const size_t k = place_of(&r->blocks[b], has_period(r) ? total->periods[period] : NULL);
            if (k < r->blocks[b].nperiods) PEIL_TRY(add_cells(r, &r->blocks[b], k, fault));
        }
    return peil_section_end(about(r), total->periods, has_period(r) ? total->nperiods : 0,
                            r->report, fault);
}

static peil_status add_indicator(rows *r, peil_fault *fault) {
    find_places(r);
    const peil_status status = fill_indicator(r, fault);
    for (size_t b = 0; b < r->nblocks; b++) {
        peil_tableau_clear(&r->blocks[b].tableau);
        free(r->blocks[b].periods);
    }
    free(r->blocks);
    return status;
}

/* ---- an indicator after the other, made by several threads ---- */

/* An indicator's own. */
typedef struct piece {
    peil_report report;
    peil_changes *changes;
} piece;

typedef struct making {
    const peil_publication *publication;
    const peil_report *report;
    piece *pieces; /* by indicator */
} making;

static peil_status make_piece(void *context, size_t indicator, peil_fault *fault) {
    const making *m = context;
    const peil_monitor *monitor = m->publication->monitor;
    piece *made = &m->pieces[indicator];
    PEIL_TRY(peil_report_like(m->report, &made->report, fault));
    if (monitor->has_compare)
        PEIL_TRY(peil_changes_new(monitor, &made->report, &made->changes, fault));
    rows r = {.publication = m->publication,
              .report = &made->report,
              .changes = made->changes,
              .indicator = indicator,
              .study = peil_publication_study(m->publication, indicator)};
    const peil_status status = add_indicator(&r, fault);
    if (made->changes) peil_changes_close(made->changes);
    return status;
}

static peil_status take_piece(piece *made, peil_report *report, peil_changes *changes,
                              peil_fault *fault) {
    if (changes) PEIL_TRY(peil_changes_take(changes, made->changes, fault));
    return peil_report_take(report, &made->report, fault);
}

static peil_status add_indicators(const peil_publication *p, peil_report *report,
                                  peil_changes *changes, peil_fault *fault) {
    const size_t n = p->monitor->nindicators;
    making m = {.publication = p, .report = report};
    PEIL_TRY(peil_array_make(&m.pieces, n, sizeof *m.pieces, fault));
    peil_status status = peil_jobs_do(n, peil_threads_count(p->base), make_piece, &m, fault);
    for (size_t i = 0; i < n; i++) {
        if (status == PEIL_OK) status = take_piece(&m.pieces[i], report, changes, fault);
        peil_changes_free(m.pieces[i].changes);
        peil_report_clear(&m.pieces[i].report);
    }
    free(m.pieces);
    return status;
}

peil_status peil_publication_rows(const peil_publication *p, peil_report *report,
                                  peil_fault *fault) {
    peil_changes *changes = NULL;
    PEIL_TRY(make_columns(p, report, fault));
    peil_status status = PEIL_OK;
    if (p->monitor->has_compare) status = peil_changes_new(p->monitor, report, &changes, fault);
    if (status == PEIL_OK) status = add_indicators(p, report, changes, fault);
    if (status == PEIL_OK && changes) status = peil_changes_finish(changes, fault);
    peil_changes_free(changes);
    return status;
}
