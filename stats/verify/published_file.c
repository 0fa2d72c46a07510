/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"
#include "estimate/figure.h"
#include "plan/plan.h"
#include "report/publication.h"
#include "verify/published.h"

typedef enum column_role { INDICATOR, PERIOD, SOURCE, VALUE, KEY, FIGURE } column_role;

typedef struct column {
    column_role role;
    const char *name;
    const char *variable; /* of a wide file: what `name` is a value of; NULL: a period, a total */
    bool is_total;
} column;

/* A measure, as far as a published figure must fit it. */
typedef struct unit {
    bool is_known;
    peil_form form;
    bool is_percent;
} unit;

typedef struct reading {
    peil_monitor *monitor;
    const char *name; /* of the file */
    peil_sheet *sheet;
    peil_names variables; /* of the monitor's breakdowns */
    column *columns;
    unit *units; /* by indicator */
    peil_published_list *out;
    peil_faults *faults;
} reading;

/* Lists a fault of the file. */
static peil_status list(const reading *r, size_t row, const char *message, peil_fault *fault) {
    peil_fault made;
    peil_fail(&made, PEIL_EDATA, "%s", message);
    snprintf(made.file, sizeof made.file, "%s", r->name);
    made.line = r->sheet->lines[row];
    return peil_faults_add(r->faults, &made, fault);
}

/* ---- the variables of the breakdowns ---- */

static peil_status add_variables(peil_words words, peil_names *out, peil_fault *fault) {
    for (size_t i = 0; i < words.n; i++) {
        peil_names names = {0};
        peil_status status = peil_names_split(words.word[i], "by", &names, fault);
        if (status == PEIL_OK)
            status = peil_array_reserve(&out->names, &out->capacity, out->n + names.n,
                                        sizeof *out->names, fault);
        for (size_t k = 0; status == PEIL_OK && k < names.n; k++) {
            out->names[out->n++] = names.names[k];
            names.names[k] = NULL; /* handed over */
        }
        peil_names_clear(&names);
        if (status != PEIL_OK) return status;
    }
    return PEIL_OK;
}

static const char *find_variable(const peil_names *names, const char *name) {
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->names[i], name) == 0) return names->names[i];
    return NULL;
}

/* A word that does not split is refused by who plans the breakdown. */
static peil_status gather_variables(reading *r, peil_fault *fault) {
    const peil_monitor *m = r->monitor;
    peil_fault found = {0};
    peil_status status = add_variables(m->breakdowns, &r->variables, &found);
    for (size_t i = 0; status != PEIL_ESYSTEM && i < m->nindicators; i++)
        status = add_variables(m->indicators[i].by, &r->variables, &found);
    if (status == PEIL_ESYSTEM && fault) *fault = found;
    return status == PEIL_ESYSTEM ? status : PEIL_OK;
}

/* ---- the columns ---- */

static bool is_one_of(const char *name, const char *const *words) {
    while (*words && strcmp(*words, name) != 0) words++;
    return *words != NULL;
}

static column_role role_of(const reading *r, const char *name) {
    static const char *const words[][5] = {
        [INDICATOR] = {"indicator", "code"},
        [PERIOD] = {"period", "periode"},
        [SOURCE] = {"source", "bron"},
        [VALUE] = {"published", "value", "gepubliceerd", "waarde"}};
    if (r->monitor->period && strcmp(r->monitor->period, name) == 0) return PERIOD;
    for (column_role k = INDICATOR; k <= VALUE; k++)
        if (is_one_of(name, words[k])) return k;
    return find_variable(&r->variables, name) ? KEY : FIGURE;
}

static size_t find_column(const reading *r, column_role role) {
    size_t i = 0;
    while (i < r->sheet->ncolumns && r->columns[i].role != role) i++;
    return i;
}

static size_t count_columns(const reading *r, column_role role) {
    size_t n = 0;
    for (size_t i = 0; i < r->sheet->ncolumns; i++) n += r->columns[i].role == role;
    return n;
}

static bool has_column(const reading *r, column_role role) {
    return find_column(r, role) < r->sheet->ncolumns;
}

static peil_status refuse_unknown(const reading *r, const char *name, peil_fault *fault) {
    const char *nearest =
        peil_nearest(name, (const char *const *)r->variables.names, r->variables.n);
    char message[400];
    snprintf(message, sizeof message, "there is no breakdown by %.100s%s%.100s%s", name,
             nearest ? "; is it " : "", nearest ? nearest : "", nearest ? "?" : "");
    return list(r, 0, message, fault);
}

static peil_status check_twice(const reading *r, size_t i, peil_fault *fault) {
    const column *c = &r->columns[i];
    for (size_t k = 0; k < i; k++) {
        const bool is_same = c->role == r->columns[k].role &&
                             (c->role < KEY || strcmp(c->name, r->columns[k].name) == 0);
        char message[400];
        if (!is_same) continue;
        snprintf(message, sizeof message, "%.100s and %.100s are the same column",
                 r->columns[k].name, c->name);
        return list(r, 0, message, fault);
    }
    return PEIL_OK;
}

/* The one variable of the breakdowns that is no column, or NULL. */
static const char *spread_variable(const reading *r) {
    const char *found = NULL;
    for (size_t i = 0; i < r->variables.n; i++) {
        const char *name = r->variables.names[i];
        bool is_column = false;
        for (size_t k = 0; k < r->sheet->ncolumns; k++)
            is_column = is_column || strcmp(r->columns[k].name, name) == 0;
        if (is_column || (found && strcmp(found, name) == 0)) continue;
        if (found) return NULL;
        found = name;
    }
    return found;
}

static peil_status keep(reading *r, const char *text, const char **out, peil_fault *fault) {
    char *copy = NULL;
    PEIL_TRY(peil_monitor_own(r->monitor, &copy, strlen(text) + 1, 1, fault));
    memcpy(copy, text, strlen(text));
    *out = copy;
    return PEIL_OK;
}

/* What the columns of figures in a wide file are about. */
static peil_status spread(reading *r, peil_fault *fault) {
    static const char *const totals[] = {"total", "totaal", NULL};
    const char *variable = NULL;
    if (r->monitor->period && !has_column(r, PERIOD)) return PEIL_OK;
    if (!spread_variable(r))
        return list(r, 0,
                    "there is no column published, so the others are periods (of --period), or "
                    "values of the one variable of --by or the breakdowns that is no column, and "
                    "here they can be neither; see docs/verify.md",
                    fault);
    PEIL_TRY(keep(r, spread_variable(r), &variable, fault));
    for (size_t i = 0; i < r->sheet->ncolumns; i++) {
        column *c = &r->columns[i];
        if (c->role == FIGURE && is_one_of(c->name, totals))
            c->is_total = true;
        else if (c->role == FIGURE)
            c->variable = variable;
    }
    return PEIL_OK;
}

static peil_status check_columns(reading *r, peil_fault *fault) {
    const bool is_long = has_column(r, VALUE);
    if (!has_column(r, INDICATOR) && r->monitor->nindicators != 1)
        PEIL_TRY(list(r, 0, "there is no column indicator", fault));
    if (has_column(r, PERIOD) && !r->monitor->period)
        PEIL_TRY(list(r, 0, "there is a column of periods, and no variable that holds the period",
                      fault));
    for (size_t i = 0; i < r->sheet->ncolumns; i++) {
        PEIL_TRY(check_twice(r, i, fault));
        if (is_long && r->columns[i].role == FIGURE)
            PEIL_TRY(refuse_unknown(r, r->columns[i].name, fault));
    }
    if (count_columns(r, KEY) >= PEIL_PUBLISHED_BY_MOST)
        PEIL_TRY(list(r, 0, "there are too many variables of breakdowns", fault));
    if (is_long) return PEIL_OK;
    if (!has_column(r, FIGURE)) return list(r, 0, "there is no column published", fault);
    return spread(r, fault);
}

static peil_status read_columns(reading *r, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&r->columns, r->sheet->ncolumns, sizeof *r->columns, fault));
    for (size_t i = 0; i < r->sheet->ncolumns; i++) {
        const char *name = peil_sheet_cell(r->sheet, 0, i);
        r->columns[i] = (column){.role = role_of(r, name), .name = name};
    }
    return check_columns(r, fault);
}

/* ---- the rows ---- */

static peil_status find_units(reading *r, peil_fault *fault) {
    const peil_monitor *m = r->monitor;
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    PEIL_TRY(peil_array_make(&r->units, m->nindicators, sizeof *r->units, fault));
    for (size_t i = 0; i < m->nindicators; i++) {
        peil_measure measure = {0};
        peil_fault found = {0};
        if (!m->indicators[i].measure) continue;
        const peil_status status =
            peil_measure_parse(m->indicators[i].measure, kinds, &measure, &found);
        if (status == PEIL_OK) r->units[i] = (unit){true, measure.form, measure.kind->is_percent};
        peil_measure_clear(&measure);
        if (status == PEIL_ESYSTEM) return peil_fail_memory(fault);
    }
    return PEIL_OK;
}

static peil_status find_indicator(const reading *r, size_t row, size_t *out, peil_fault *fault) {
    const peil_monitor *m = r->monitor;
    const size_t place = find_column(r, INDICATOR);
    *out = 0;
    if (place == r->sheet->ncolumns) return PEIL_OK; /* there is one */
    const char *code = peil_sheet_cell(r->sheet, row, place), *names[512];
    for (; *out < m->nindicators; ++*out)
        if (m->indicators[*out].code && strcmp(m->indicators[*out].code, code) == 0) return PEIL_OK;
    size_t n = 0;
    names[0] = NULL;
    for (size_t i = 0; i < m->nindicators && n < sizeof names / sizeof *names; i++)
        if (m->indicators[i].code) names[n++] = m->indicators[i].code;
    const char *nearest = peil_nearest(code, names, n);
    char message[400];
    const int used = snprintf(message, sizeof message, "there is no indicator %.100s", code);
    if (nearest)
        snprintf(message + used, sizeof message - (size_t)used, "; is it %.100s?", nearest);
    else if (n == 1)
        snprintf(message + used, sizeof message - (size_t)used, "; there is %.100s", names[0]);
    return list(r, row, message, fault);
}

/* What a row says of all its figures. */
static void take_row(const reading *r, size_t row, peil_published *out) {
    for (size_t i = 0; i < r->sheet->ncolumns; i++) {
        const char *text = peil_sheet_cell(r->sheet, row, i);
        const column_role role = r->columns[i].role;
        if (!text[0]) continue;
        if (role == PERIOD) out->period = text;
        if (role == SOURCE) out->source = text;
        if (role == KEY) out->keys[out->nkeys++] = (peil_published_key){r->columns[i].name, text};
    }
}

/* Why a figure cannot be one of the indicator, or nothing. */
static void find_fault(const reading *r, const peil_published *p, peil_fault *found) {
    const unit *u = &r->units[p->indicator];
    const peil_stated stated = {.text = p->text, .statement = p->statement};
    if (peil_statement_is_bound(&p->statement))
        peil_fail(found, PEIL_EDATA, "\"%.100s\" is a bound; what was published is a figure",
                  p->text);
    else if (u->is_known)
        peil_publication_fits(&stated, u->form, u->is_percent, found);
}

static peil_status add_figure(const reading *r, size_t row, const column *c, peil_published made,
                              peil_fault *fault) {
    peil_fault found = {0};
    if (peil_statement_read(made.text, r->monitor->language, &made.statement, &found) == PEIL_OK)
        find_fault(r, &made, &found);
    if (found.message[0]) return list(r, row, found.message, fault);
    if (c->role == FIGURE && c->variable)
        made.keys[made.nkeys++] = (peil_published_key){c->variable, c->name};
    else if (c->role == FIGURE && !c->is_total)
        made.period = c->name;
    return peil_published_add(r->out, &made, fault);
}

static peil_status read_row(const reading *r, size_t row, peil_fault *fault) {
    peil_published p = {.file = r->name, .line = r->sheet->lines[row]};
    PEIL_TRY(find_indicator(r, row, &p.indicator, fault));
    if (p.indicator == r->monitor->nindicators) return PEIL_OK; /* refused */
    take_row(r, row, &p);
    for (size_t i = 0; i < r->sheet->ncolumns; i++) {
        const column *c = &r->columns[i];
        if (c->role != VALUE && c->role != FIGURE) continue;
        p.text = peil_sheet_cell(r->sheet, row, i);
        PEIL_TRY(add_figure(r, row, c, p, fault));
    }
    return PEIL_OK;
}

static peil_status read_all(reading *r, peil_fault *fault) {
    const size_t before = r->faults->n;
    PEIL_TRY(gather_variables(r, fault));
    PEIL_TRY(find_units(r, fault));
    PEIL_TRY(read_columns(r, fault));
    if (r->faults->n > before) return PEIL_OK; /* its rows make no sense then */
    for (size_t row = 1; row < r->sheet->nrows; row++) PEIL_TRY(read_row(r, row, fault));
    return PEIL_OK;
}

peil_status peil_published_file(peil_monitor *monitor, const char *name, peil_published_list *out,
                                peil_report *report, peil_fault *fault) {
    reading r = {.monitor = monitor,
                 .name = name,
                 .sheet = &out->sheets[out->nsheets++],
                 .out = out,
                 .faults = &report->faults};
    PEIL_TRY(peil_sheet_read(name, r.sheet, fault));
    const peil_status status = read_all(&r, fault);
    peil_names_clear(&r.variables);
    free(r.columns);
    free(r.units);
    return status;
}
