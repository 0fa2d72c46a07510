/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/fault.h"
#include "monitor/reading.h"

typedef peil_monitor_reading reading;

static size_t line_of(const peil_indicator *indicator, const char *key) {
    return peil_yaml_line_of(indicator->at, key);
}

/* ---- names that refer to something ---- */

static void check_code(reading *r, const peil_indicator *indicator) {
    for (const peil_indicator *other = r->out->indicators; other < indicator; other++)
        if (indicator->code && other->code && strcmp(other->code, indicator->code) == 0) {
            peil_monitor_refuse(r, line_of(indicator, "code"), "%s is the code of line %zu too",
                                indicator->code, line_of(other, "code"));
            return;
        }
}

static void refuse_data(reading *r, const peil_indicator *indicator, const char *name) {
    const peil_monitor *m = r->out;
    const char **names = peil_monitor_room(r, m->ndata, sizeof *names);
    char nearest[96];
    for (size_t i = 0; names && i < m->ndata; i++) names[i] = m->data[i].name;
    if (names)
        peil_monitor_refuse(r, line_of(indicator, "data"), "there are no data %s%s", name,
                            peil_monitor_nearest(name, names, m->ndata, nearest, sizeof nearest));
}

static void find_data(reading *r, peil_indicator *indicator) {
    const peil_monitor *m = r->out;
    const char *name = indicator->data_name;
    if (!name) {
        if (m->ndata == 1) return;
        indicator->data = PEIL_NO_DATA;
        peil_monitor_refuse(r, line_of(indicator, "data"),
                            "an indicator needs the key data, as there are several sources");
        return;
    }
    for (indicator->data = 0; indicator->data < m->ndata; indicator->data++)
        if (strcmp(m->data[indicator->data].name, name) == 0) return;
    indicator->data = PEIL_NO_DATA;
    refuse_data(r, indicator, name);
}

/* ---- statements ---- */

static void check_period(reading *r, size_t line, const char *period) {
    if (period && !r->out->period)
        peil_monitor_refuse(r, line, "it is for %s, but the monitor has no key period", period);
}

static void read_stated(reading *r, const char *key, peil_stated_list *stated) {
    r->key = key;
    for (size_t i = 0; i < stated->n; i++) {
        peil_stated *s = &stated->list[i];
        peil_fault found = {0};
        if (peil_statement_read(s->text, r->out->language, &s->statement, &found) != PEIL_OK)
            peil_monitor_refuse(r, s->line, "%s", found.message);
        check_period(r, s->line, s->period);
    }
    r->key = "";
}

/* A published figure is one figure, or a range of them. */
static void check_published(reading *r, const peil_stated_list *published) {
    r->key = "published";
    for (size_t i = 0; i < published->n; i++)
        if (peil_statement_is_bound(&published->list[i].statement))
            peil_monitor_refuse(r, published->list[i].line,
                                "\"%s\" is a bound; what was published is a figure",
                                published->list[i].text);
    r->key = "";
}

static void check_indicator(reading *r, peil_indicator *indicator) {
    r->key = "code";
    check_code(r, indicator);
    r->key = "data";
    find_data(r, indicator);
    read_stated(r, "published", &indicator->published);
    check_published(r, &indicator->published);
    read_stated(r, "target", &indicator->target);
    r->key = "baseline";
    check_period(r, line_of(indicator, "baseline"), indicator->baseline);
    r->key = "";
}

/* ---- contradictions ---- */

/* A register holds everybody, so nobody was drawn. */
static void check_register(reading *r, const peil_monitor_data *data) {
    static const char *const keys[] = {"strata",      "cluster", "fpc", "lonely-psu", "repweights",
                                       "replication", "df",      "ci",  "targets",    "calibrate"};
    if (!data->is_register) return;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (peil_yaml_is_there(peil_yaml_find(data->at, keys[i])))
            peil_monitor_refuse(r, peil_yaml_line_of(data->at, keys[i]),
                                "%s has register: true, and a register has no %s", data->name,
                                keys[i]);
}

static void check_breaks(reading *r, const peil_monitor_data *data) {
    r->key = "breaks";
    if (data->breaks.n && !r->out->period)
        peil_monitor_refuse(r, peil_yaml_line_of(data->at, "breaks"),
                            "a break lies before a period, but the monitor has no key period");
    r->key = "";
}

static void check_compare(reading *r) {
    const peil_monitor *m = r->out;
    const char *against = m->compare.against;
    const size_t line = peil_yaml_line_of(m->at, "compare");
    r->key = "compare";
    if (m->has_compare && !m->period && !(against && strcmp(against, "rest") == 0))
        peil_monitor_refuse(r, line, "periods are compared, but the monitor has no key period");
    r->key = "";
}

void peil_monitor_resolve(reading *r) {
    const peil_monitor *m = r->out;
    for (size_t i = 0; i < m->ndata; i++) {
        if (peil_yaml_form(m->data[i].at) != PEIL_MAP) continue;
        check_register(r, &m->data[i]);
        check_breaks(r, &m->data[i]);
    }
    for (size_t i = 0; i < m->nindicators; i++)
        if (peil_yaml_form(m->indicators[i].at) == PEIL_MAP) check_indicator(r, &m->indicators[i]);
    check_compare(r);
}
