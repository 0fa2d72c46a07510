/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/explain.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "verify/in_file.h"
#include "verify/placing.h"
#include "verify/search.h"
#include "verify/sentence.h"

/* Values of a breakdown's variable that are looked at; with more, one of them always fits. */
#define GROUPS_MOST 100

/* What is searched for one indicator. */
typedef struct inquiry {
    size_t first, n; /* its figures in the list */
    peil_draft draft;
    bool *is_wrong, *is_exact;
    const char **variables; /* of the breakdowns that its figures may be of */
    size_t nvariables, variables_capacity;
    const char **periods;
    peil_published_key *groups;
    size_t groups_capacity;
    peil_search search;
} inquiry;

typedef struct explaining {
    const peil_publication *publication;
    const peil_published_list *list;
    const peil_verdict *verdicts;
    peil_report *report;
    peil_in_file *in_files; /* by data */
    size_t ninquiries;
    inquiry *inquiries;
    peil_trials trials;
} explaining;

static peil_monitor *monitor_of(const explaining *e) {
    return e->publication->monitor;
}

/* ---- what there is to explain ---- */

static bool is_wrong(peil_verdict verdict) {
    return verdict == PEIL_DIFFERS || verdict == PEIL_WITHIN_CI;
}

static peil_status mark_figures(const explaining *e, inquiry *q, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&q->is_wrong, q->n, sizeof *q->is_wrong, fault));
    PEIL_TRY(peil_array_make(&q->is_exact, q->n, sizeof *q->is_exact, fault));
    for (size_t i = 0; i < q->n; i++) {
        q->is_wrong[i] = is_wrong(e->verdicts[q->first + i]);
        q->is_exact[i] = e->verdicts[q->first + i] == PEIL_EXACT;
        q->search.situation.nwrong += q->is_wrong[i];
    }
    return PEIL_OK;
}

static peil_draft draft_of(const peil_request *request, const char *measure) {
    return (peil_draft){.measure = measure,
                        .where = request->where,
                        .weight = request->weight,
                        .include_missing = request->include_missing,
                        .missing = request->missing};
}

static peil_status make_situation(const explaining *e, inquiry *q, peil_fault *fault) {
    const size_t i = e->list->list[q->first].indicator;
    const peil_study *study = peil_publication_study(e->publication, i);
    peil_situation *s = &q->search.situation;
    s->monitor = monitor_of(e);
    s->indicator = i;
    s->study = study;
    s->measure = &study->plan.measures[e->publication->seats[i].measure];
    q->draft = draft_of(study->request, monitor_of(e)->indicators[i].measure);
    s->draft = &q->draft;
    s->in_file = &e->in_files[monitor_of(e)->indicators[i].data];
    q->search.nfigures = q->n;
    q->search.figures = &e->list->list[q->first];
    PEIL_TRY(mark_figures(e, q, fault));
    q->search.is_wrong = q->is_wrong;
    q->search.is_exact = q->is_exact;
    return PEIL_OK;
}

/* ---- breakdowns ---- */

static peil_status add_variable(inquiry *q, const char *name, peil_fault *fault) {
    for (size_t i = 0; i < q->nvariables; i++)
        if (strcmp(q->variables[i], name) == 0) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&q->variables, &q->variables_capacity, q->nvariables + 1,
                                sizeof *q->variables, fault));
    q->variables[q->nvariables++] = name;
    return PEIL_OK;
}

static const char *find_in_file(const peil_in_file *in_file, const char *name) {
    for (size_t i = 0; i < in_file->nnames; i++)
        if (strcmp(in_file->names[i], name) == 0) return in_file->names[i];
    return NULL;
}

/* The variables of a breakdown of the monitor, where the files have them. */
static peil_status add_breakdown(const explaining *e, inquiry *q, const char *word,
                                 peil_fault *fault) {
    const char *period = monitor_of(e)->period;
    peil_names names = {0};
    peil_status status = peil_names_split(word, "by", &names, fault);
    for (size_t k = 0; status == PEIL_OK && k < names.n; k++) {
        const char *name = find_in_file(q->search.situation.in_file, names.names[k]);
        const bool is_period = name && period && strcmp(period, name) == 0;
        if (name && !is_period) status = add_variable(q, name, fault);
    }
    peil_names_clear(&names);
    return status;
}

static peil_status find_variables(const explaining *e, inquiry *q, peil_fault *fault) {
    const peil_words breakdowns = monitor_of(e)->breakdowns;
    for (size_t i = 0; i < q->n; i++)
        for (size_t k = 0; k < q->search.figures[i].nkeys; k++)
            PEIL_TRY(add_variable(q, q->search.figures[i].keys[k].variable, fault));
    for (size_t i = 0; i < breakdowns.n; i++)
        PEIL_TRY(add_breakdown(e, q, breakdowns.word[i], fault));
    return PEIL_OK;
}

/* The breakdowns of the published figures, and each variable alone. */
static peil_status make_by(const explaining *e, const inquiry *q, peil_words *out,
                           peil_fault *fault) {
    const peil_situation *s = &q->search.situation;
    const peil_words by = monitor_of(e)->indicators[s->indicator].by;
    const char **words = NULL;
    peil_status status = PEIL_OK;
    PEIL_TRY(peil_monitor_own(monitor_of(e), &words, by.n + q->nvariables, sizeof *words, fault));
    for (size_t i = 0; i < by.n; i++) words[i] = by.word[i];
    for (size_t i = 0; i < q->nvariables; i++)
        words[by.n + i] = peil_convention_word(s, &status, fault, "`%s`", q->variables[i]);
    *out = (peil_words){by.n + q->nvariables, words};
    return status;
}

static peil_status begin(explaining *e, inquiry *q, peil_fault *fault) {
    peil_words by;
    PEIL_TRY(make_situation(e, q, fault));
    PEIL_TRY(find_variables(e, q, fault));
    PEIL_TRY(make_by(e, q, &by, fault));
    return peil_search_begin(&q->search, by, &e->trials, fault);
}

/* ---- periods and groups, as the data have them ---- */

/* The breakdown of a study by the period and these variables, as a figure that is nobody's. */
static peil_status crossing_of(const explaining *e, const peil_study *study, size_t measure,
                               const char *variable, peil_tableau *out, peil_fault *fault) {
    peil_published of = {.nkeys = variable ? 1 : 0, .keys = {{variable, ""}}};
    const size_t b = peil_placing_breakdown(monitor_of(e), study, &of);
    *out = (peil_tableau){0};
    return b == study->plan.nbreakdowns ? PEIL_OK
                                        : peil_tableau_make(study, measure, b, out, fault);
}

static const char *value_at(const peil_tableau *t, size_t k, size_t i) {
    const size_t column = t->study->plan.by[t->breakdown->by[k]];
    return peil_dictionary_text(&t->study->pass->whole.batch.columns[column].dictionary,
                                t->crossing.values[k][i]);
}

static peil_status add_groups(inquiry *q, const peil_tableau *t, const char *variable,
                              peil_fault *fault) {
    peil_situation *s = &q->search.situation;
    const size_t k = t->crossing.nby - 1, n = t->crossing.nvalues[k];
    if (n > GROUPS_MOST) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&q->groups, &q->groups_capacity, s->ngroups + n, sizeof *q->groups,
                                fault));
    for (size_t i = 0; i < n; i++)
        q->groups[s->ngroups++] = (peil_published_key){variable, value_at(t, k, i)};
    s->groups = q->groups;
    return PEIL_OK;
}

static peil_status add_periods(inquiry *q, const peil_tableau *t, peil_fault *fault) {
    peil_situation *s = &q->search.situation;
    PEIL_TRY(peil_array_make(&q->periods, t->crossing.nvalues[0], sizeof *q->periods, fault));
    for (size_t i = 0; i < t->crossing.nvalues[0]; i++) q->periods[i] = value_at(t, 0, i);
    s->nperiods = t->crossing.nvalues[0];
    s->periods = q->periods;
    return PEIL_OK;
}

static peil_status find_cells(const explaining *e, inquiry *q, peil_fault *fault) {
    const peil_trial *asked = &e->trials.list[q->search.first];
    peil_status status = PEIL_OK;
    for (size_t i = 0; status == PEIL_OK && asked->study && i <= q->nvariables; i++) {
        const char *variable = i ? q->variables[i - 1] : NULL;
        peil_tableau t;
        status = crossing_of(e, asked->study, asked->measure, variable, &t, fault);
        if (status == PEIL_OK && t.study && variable) status = add_groups(q, &t, variable, fault);
        if (status == PEIL_OK && t.study && !variable && monitor_of(e)->period)
            status = add_periods(q, &t, fault);
        peil_tableau_clear(&t);
    }
    return status;
}

/* ---- the search ---- */

static peil_status find_inquiries(explaining *e, peil_fault *fault) {
    const peil_published_list *list = e->list;
    PEIL_TRY(peil_array_make(&e->inquiries, list->n, sizeof *e->inquiries, fault));
    for (size_t i = 0; i < list->n;) {
        inquiry q = {.first = i};
        bool any = false;
        for (; i < list->n && list->list[i].indicator == list->list[q.first].indicator; i++)
            any = any || is_wrong(e->verdicts[i]);
        q.n = i - q.first;
        if (any) e->inquiries[e->ninquiries++] = q;
    }
    return PEIL_OK;
}

static peil_status look_into_files(explaining *e, peil_fault *fault) {
    const peil_monitor *m = monitor_of(e);
    bool *is_needed = NULL;
    PEIL_TRY(peil_array_make(&e->in_files, m->ndata, sizeof *e->in_files, fault));
    PEIL_TRY(peil_array_make(&is_needed, m->ndata, sizeof *is_needed, fault));
    for (size_t k = 0; k < e->ninquiries; k++)
        is_needed[m->indicators[e->list->list[e->inquiries[k].first].indicator].data] = true;
    peil_status status = PEIL_OK;
    for (size_t d = 0; status == PEIL_OK && d < m->ndata; d++) {
        const peil_request request = peil_publication_source(e->publication, d);
        if (is_needed[d]) status = peil_in_file_find(&request, &e->in_files[d], fault);
    }
    free(is_needed);
    return status;
}

static peil_status search_singles(explaining *e, peil_fault *fault) {
    for (size_t k = 0; k < e->ninquiries; k++) PEIL_TRY(begin(e, &e->inquiries[k], fault));
    PEIL_TRY(peil_trials_run(e->publication, &e->trials, 0, fault));
    for (size_t k = 0; k < e->ninquiries; k++) {
        PEIL_TRY(find_cells(e, &e->inquiries[k], fault));
        PEIL_TRY(peil_search_singles(&e->inquiries[k].search, &e->trials, fault));
    }
    return PEIL_OK;
}

static peil_status search_pairs(explaining *e, peil_fault *fault) {
    const size_t from = e->trials.n;
    for (size_t k = 0; k < e->ninquiries; k++)
        if (e->inquiries[k].search.nfound == 0)
            PEIL_TRY(peil_search_add_pairs(&e->inquiries[k].search, &e->trials, fault));
    PEIL_TRY(peil_trials_run(e->publication, &e->trials, from, fault));
    for (size_t k = 0; k < e->ninquiries; k++)
        if (e->inquiries[k].search.nfound == 0)
            PEIL_TRY(peil_search_pairs(&e->inquiries[k].search, &e->trials, fault));
    return PEIL_OK;
}

static peil_status search_most(explaining *e, peil_fault *fault) {
    for (size_t k = 0; k < e->ninquiries; k++)
        if (e->inquiries[k].search.nfound == 0)
            PEIL_TRY(peil_search_most(&e->inquiries[k].search, &e->trials, fault));
    return PEIL_OK;
}

/* ---- what is told ---- */

static peil_cell *cell_of(const explaining *e, size_t row, const char *column) {
    return &e->report->cells[row * e->report->ncolumns + peil_report_find(e->report, column)];
}

/* The figures that the explanation gives, or those that it misses. */
static peil_status tell_figures(const explaining *e, const inquiry *q, bool are_missed,
                                peil_fault *fault) {
    peil_text text = {0};
    peil_sentence_add(&q->search, are_missed, e->report->language, &text);
    peil_status status = text.failed ? peil_fail_memory(fault) : PEIL_OK;
    for (size_t i = 0; status == PEIL_OK && i < q->n; i++)
        if (q->is_wrong[i] && peil_search_misses(&q->search, i) == are_missed)
            status =
                peil_cell_text(cell_of(e, q->first + i, "explanation"), text.bytes, false, fault);
    if (status == PEIL_OK)
        status = peil_sentence_tell(&q->search, are_missed, text.bytes, q->first, e->report, fault);
    peil_text_clear(&text);
    return status;
}

static peil_status tell_inquiry(const explaining *e, const inquiry *q, peil_fault *fault) {
    PEIL_TRY(tell_figures(e, q, false, fault));
    return peil_search_missed(&q->search) ? tell_figures(e, q, true, fault) : PEIL_OK;
}

static peil_status tell_absent(const explaining *e, size_t row, peil_fault *fault) {
    const peil_cell *n = cell_of(e, row, "n");
    const peil_absent why = n->kind == PEIL_CELL_EMPTY ? PEIL_ABSENT_CELL
                            : n->as.count == 0         ? PEIL_ABSENT_ANSWERS
                                                       : PEIL_ABSENT_FIGURE;
    return peil_cell_text(cell_of(e, row, "explanation"),
                          peil_sentence_absent(why, e->report->language), false, fault);
}

static peil_status tell(const explaining *e, peil_fault *fault) {
    for (size_t i = 0; i < e->list->n; i++)
        if (e->verdicts[i] == PEIL_NOT_COMPUTABLE) PEIL_TRY(tell_absent(e, i, fault));
    for (size_t k = 0; k < e->ninquiries; k++) PEIL_TRY(tell_inquiry(e, &e->inquiries[k], fault));
    return PEIL_OK;
}

static peil_status explain(explaining *e, peil_fault *fault) {
    PEIL_TRY(find_inquiries(e, fault));
    if (e->ninquiries) PEIL_TRY(look_into_files(e, fault));
    PEIL_TRY(search_singles(e, fault));
    PEIL_TRY(search_pairs(e, fault));
    PEIL_TRY(search_most(e, fault));
    return tell(e, fault);
}

static void clear(explaining *e) {
    for (size_t k = 0; k < e->ninquiries; k++) {
        inquiry *q = &e->inquiries[k];
        peil_search_clear(&q->search);
        free(q->is_wrong);
        free(q->is_exact);
        free(q->variables);
        free(q->periods);
        free(q->groups);
    }
    free(e->inquiries);
    peil_trials_clear(&e->trials);
    for (size_t d = 0; e->in_files && d < monitor_of(e)->ndata; d++)
        peil_in_file_clear(&e->in_files[d]);
    free(e->in_files);
}

peil_status peil_verify_explain(const peil_publication *publication,
                                const peil_published_list *list, const peil_verdict *verdicts,
                                peil_report *report, peil_fault *fault) {
    explaining e = {
        .publication = publication, .list = list, .verdicts = verdicts, .report = report};
    const peil_status status = explain(&e, fault);
    clear(&e);
    return status;
}
