/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each key of a monitor is tried in a small request of its own, so that its faults are known by its
 * name and line, whatever is wrong elsewhere. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "infer/adjust.h"
#include "infer/rule.h"
#include "infer/trend.h"
#include "plan/areas.h"
#include "report/publication.h"
#include "report/reading.h"

/* A source with its files open. */
typedef struct checking {
    const peil_publication *publication;
    peil_faults *faults;
    const peil_monitor_data *data;
    size_t nfiles;
    peil_reader **readers;    /* NULL where a file cannot be read */
    peil_file_reading *how;   /* by file */
    const char *standardise;  /* NULL: not asked for, or faulty */
    peil_hierarchy hierarchy; /* empty: there is none, or it cannot be read */
} checking;

/* A key and the part of a request that it alone fills. */
typedef struct probe {
    const char *key;
    peil_yaml at; /* the mapping of the key */
    peil_request request;
} probe;

/* Lists a fault of the monitor; another trouble is passed up. */
static peil_status list(checking *c, const probe *p, const peil_fault *found, peil_fault *fault) {
    peil_fault made;
    char record[32] = "";
    if (found->status == PEIL_ESYSTEM) {
        if (fault) *fault = *found;
        return PEIL_ESYSTEM;
    }
    if (found->record) snprintf(record, sizeof record, "record %" PRIu64 ": ", found->record);
    peil_fail(&made, found->status, "%s: %s%s%s%s", p->key, found->file, found->file[0] ? ": " : "",
              record, found->message);
    made.line = peil_yaml_line_of(p->at, p->key);
    return peil_faults_add(c->faults, &made, fault);
}

/* ---- variables ---- */

static bool is_given_by_file(const peil_file_reading *how, const char *name) {
    return how->reading.constant_value && strcmp(how->period, name) == 0;
}

static bool is_given_by_hierarchy(const checking *c, size_t file, const char *name) {
    const size_t level = peil_hierarchy_find_level(&c->hierarchy, name);
    return level < c->hierarchy.nlevels &&
           peil_hierarchy_gives(&c->hierarchy, peil_reader_header(c->readers[file]), level);
}

static peil_status find_in_file(const checking *c, size_t file, const char *name,
                                peil_fault *fault) {
    const peil_header *header = peil_reader_header(c->readers[file]);
    size_t place;
    PEIL_TRY(peil_areas_check_name(&c->hierarchy, header, name, fault));
    return peil_header_find(header, name, "", &place, fault);
}

/* Whether all files have the variable; lists the first one that has not. */
static peil_status look_up(checking *c, const probe *p, const char *name, bool *is_there,
                           peil_fault *fault) {
    for (size_t f = 0; f < c->nfiles && *is_there; f++) {
        peil_fault found = {0};
        if (!c->readers[f] || is_given_by_file(&c->how[f], name)) continue;
        if (is_given_by_hierarchy(c, f, name)) continue;
        if (find_in_file(c, f, name, &found) == PEIL_OK) continue;
        *is_there = false;
        snprintf(found.file, sizeof found.file, "%s", c->data->request.files.word[f]);
        PEIL_TRY(list(c, p, &found, fault));
    }
    return PEIL_OK;
}

static peil_status look_up_all(checking *c, const probe *p, const peil_study *study,
                               const peil_batch *batch, bool *is_right, peil_fault *fault) {
    for (size_t i = 0; i < batch->ncolumns; i++) {
        bool is_there = true;
        PEIL_TRY(look_up(c, p, batch->columns[i].name, &is_there, fault));
        *is_right = *is_right && is_there;
    }
    for (size_t i = 0; i < study->plan.nmissing; i++) {
        bool is_there = true;
        const char *name = study->plan.missing[i].variable;
        if (name) PEIL_TRY(look_up(c, p, name, &is_there, fault));
    }
    return PEIL_OK;
}

static const char *const everybody[] = {"count()"};

/* Plans the probe; *is_right tells whether all is well, *form and *is_percent are then those of its
 * measure. A measure of its own must be one that the source's figures can be. */
static peil_status try_probe(checking *c, const probe *p, bool *is_right, peil_form *form,
                             bool *is_percent, peil_fault *fault) {
    peil_study study = {0};
    peil_batch batch = {0};
    peil_fault found = {0};
    peil_status status = peil_study_plan(NULL, &p->request, &batch, &study, &found);
    if (status == PEIL_OK && p->request.measures.word != everybody)
        status = peil_plan_check_standard(&study.plan, &found);
    *is_right = status == PEIL_OK;
    if (status != PEIL_OK) {
        status = list(c, p, &found, fault);
    } else {
        *form = study.plan.measures[0].form;
        *is_percent = study.plan.measures[0].kind->is_percent;
        status = look_up_all(c, p, &study, &batch, is_right, fault);
    }
    peil_study_clear(&study);
    peil_batch_clear(&batch);
    return status;
}

static probe make_probe(const char *key, peil_yaml at) {
    return (probe){key, at, {.measures = {1, everybody}}};
}

static peil_status try_simple(checking *c, const probe *p, bool *is_right, peil_fault *fault) {
    peil_form form;
    bool is_percent;
    return try_probe(c, p, is_right, &form, &is_percent, fault);
}

/* ---- data ---- */

/* Whether a file can be opened; when it cannot, that is a fault of the monitor that names it. */
static peil_status find_file(const char *name, peil_fault *found) {
    errno = 0;
    FILE *file = fopen(name, "rb");
    if (file) {
        fclose(file);
        return PEIL_OK;
    }
    if (errno == ENOMEM || errno == 0) return peil_fail_memory(found);
    return peil_fail(found, PEIL_EDATA, "%s cannot be opened: %s", name, strerror(errno));
}

static peil_status open_file(checking *c, size_t f, peil_fault *fault) {
    const probe p = {.key = "files", .at = c->data->at};
    const peil_request request =
        peil_publication_source(c->publication, (size_t)(c->data - c->publication->monitor->data));
    const char *name = request.files.word[f];
    peil_fault found = {0};
    if (!name[0]) return PEIL_OK; /* refused already */
    peil_status status = find_file(name, &found);
    if (status == PEIL_OK) status = peil_file_reading_make(&request, f, &c->how[f], &found);
    c->how[f].reading.hash = false;
    if (status == PEIL_OK)
        status = peil_reader_open(name, &c->how[f].reading, &c->readers[f], &found);
    return status == PEIL_OK ? PEIL_OK : list(c, &p, &found, fault);
}

static peil_status open_hierarchy(checking *c, peil_fault *fault) {
    const probe p = {.key = "hierarchy", .at = c->data->at};
    const char *name = c->data->request.hierarchy;
    peil_fault found = {0};
    if (!name || !name[0]) return PEIL_OK;
    peil_status status = find_file(name, &found);
    if (status == PEIL_OK) status = peil_hierarchy_read(name, &c->hierarchy, &found);
    if (status != PEIL_OK) peil_hierarchy_clear(&c->hierarchy);
    return status == PEIL_OK ? PEIL_OK : list(c, &p, &found, fault);
}

/* The design's keys build on each other: where one is wrong the next ones are not tried. */
static peil_status check_design(checking *c, peil_fault *fault) {
    const peil_request *r = &c->data->request;
    bool is_right = true;
    probe p = make_probe("cluster", c->data->at);
    p.request.cluster = r->cluster;
    PEIL_TRY(try_simple(c, &p, &is_right, fault));
    p.key = "strata";
    p.request.strata = r->strata;
    if (is_right) PEIL_TRY(try_simple(c, &p, &is_right, fault));
    p.key = "fpc";
    p.request.fpc = r->fpc;
    return is_right ? try_simple(c, &p, &is_right, fault) : PEIL_OK;
}

static peil_status check_options(checking *c, peil_fault *fault) {
    const peil_request *r = &c->data->request;
    const peil_yaml at = c->data->at;
    bool is_right;
    probe probes[] = {make_probe("weight", at),     make_probe("missing-weight", at),
                      make_probe("lonely-psu", at), make_probe("df", at),
                      make_probe("missing", at),    make_probe("sample", at),
                      make_probe("where", at),      make_probe("ci", at)};
    probes[0].request.weight = r->weight;
    probes[1].request.missing_weight = r->missing_weight;
    probes[2].request.lonely_psu = r->lonely_psu;
    probes[3].request.df = r->df;
    probes[4].request.missing = r->missing;
    probes[5].request.sample = r->sample;
    probes[6].request.where = r->where;
    probes[7].request.interval = r->interval;
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
        PEIL_TRY(try_simple(c, &probes[i], &is_right, fault));
    return PEIL_OK;
}

/* What is standardised matters to measures and breakdowns. */
static peil_status check_standard(checking *c, peil_fault *fault) {
    bool is_right;
    probe p = make_probe("standardise", c->data->at);
    p.request.standardise = c->data->request.standardise;
    PEIL_TRY(try_simple(c, &p, &is_right, fault));
    if (is_right) c->standardise = p.request.standardise;
    return PEIL_OK;
}

/* ---- indicators ---- */

peil_status peil_publication_fits(const peil_stated *stated, peil_form form, bool is_percent,
                                  peil_fault *fault) {
    if (form == PEIL_FORM_CATEGORIES)
        return peil_fail(fault, PEIL_EDATA,
                         "the measure gives a figure for each answer; name one, such as "
                         "percent(VAR = 1)");
    if (form == PEIL_FORM_CLASSES)
        return peil_fail(fault, PEIL_EDATA,
                         "the measure gives a figure for each class; a condition names one, such "
                         "as percent(scale(...) >= 5)");
    if (stated->statement.is_percent && !is_percent)
        return peil_fail(fault, PEIL_EDATA, "\"%s\" is a percentage, and the measure is none",
                         stated->text);
    return PEIL_OK;
}

static peil_status check_unit(checking *c, const probe *p, const peil_stated_list *stated,
                              peil_form form, bool is_percent, peil_fault *fault) {
    for (size_t i = 0; i < stated->n; i++) {
        peil_fault found, made;
        if (peil_publication_fits(&stated->list[i], form, is_percent, &found) == PEIL_OK) continue;
        peil_fail(&made, PEIL_EDATA, "%s: %s", p->key, found.message);
        made.line = stated->list[i].line;
        PEIL_TRY(peil_faults_add(c->faults, &made, fault));
    }
    return PEIL_OK;
}

static peil_status check_measure(checking *c, const peil_indicator *about,
                                 const peil_request *request, peil_fault *fault) {
    probe p = make_probe("measure", about->at);
    peil_form form;
    bool is_right, is_percent;
    p.request.measures = request->measures;
    p.request.standardise = c->standardise;
    PEIL_TRY(try_probe(c, &p, &is_right, &form, &is_percent, fault));
    if (!is_right) return PEIL_OK;
    p.key = "published";
    PEIL_TRY(check_unit(c, &p, &about->published, form, is_percent, fault));
    p.key = "target";
    return check_unit(c, &p, &about->target, form, is_percent, fault);
}

static peil_status check_indicator(checking *c, size_t i, peil_fault *fault) {
    const peil_indicator *about = &c->publication->monitor->indicators[i];
    bool is_right;
    peil_request request;
    PEIL_TRY(peil_publication_indicator(c->publication, i, &request, fault));
    if (about->measure) PEIL_TRY(check_measure(c, about, &request, fault));
    probe where = make_probe("where", about->at), weight = make_probe("weight", about->at),
          by = make_probe("by", about->at);
    where.request.where = about->where;
    weight.request.weight = about->weight;
    by.request.by = request.by;
    by.request.standardise = c->standardise;
    PEIL_TRY(try_simple(c, &where, &is_right, fault));
    PEIL_TRY(try_simple(c, &weight, &is_right, fault));
    return about->has_by ? try_simple(c, &by, &is_right, fault) : PEIL_OK;
}

/* Every source must have the variables of the monitor's own breakdowns, where it is used. */
static peil_status check_breakdowns(checking *c, size_t data, peil_fault *fault) {
    const peil_monitor *m = c->publication->monitor;
    bool is_right;
    for (size_t i = 0; i < m->nindicators; i++) {
        if (m->indicators[i].data != data || m->indicators[i].has_by) continue;
        probe p = make_probe(m->breakdowns.n ? "breakdowns" : "period", m->at);
        peil_request request;
        PEIL_TRY(peil_publication_indicator(c->publication, i, &request, fault));
        p.request.by = request.by;
        p.request.standardise = c->standardise;
        return try_simple(c, &p, &is_right, fault);
    }
    return PEIL_OK;
}

static peil_status check_source(checking *c, size_t data, peil_fault *fault) {
    const peil_monitor *m = c->publication->monitor;
    for (size_t f = 0; f < c->nfiles; f++) PEIL_TRY(open_file(c, f, fault));
    PEIL_TRY(open_hierarchy(c, fault));
    PEIL_TRY(check_design(c, fault));
    PEIL_TRY(check_options(c, fault));
    PEIL_TRY(check_standard(c, fault));
    PEIL_TRY(check_breakdowns(c, data, fault));
    for (size_t i = 0; i < m->nindicators; i++)
        if (m->indicators[i].data == data) PEIL_TRY(check_indicator(c, i, fault));
    return PEIL_OK;
}

static peil_status check_data(const peil_publication *publication, size_t data, peil_faults *faults,
                              peil_fault *fault) {
    checking c = {
        .publication = publication, .faults = faults, .data = &publication->monitor->data[data]};
    const size_t n = c.data->request.files.n;
    peil_status status = peil_array_make(&c.readers, n, sizeof *c.readers, fault);
    if (status == PEIL_OK) status = peil_array_make(&c.how, n, sizeof *c.how, fault);
    if (status == PEIL_OK) c.nfiles = n;
    if (status == PEIL_OK) status = check_source(&c, data, fault);
    for (size_t f = 0; f < c.nfiles; f++) peil_reader_free(c.readers[f]);
    free(c.readers);
    free(c.how);
    peil_hierarchy_clear(&c.hierarchy);
    return status;
}

/* ---- comparisons ---- */

static void refuse_adjust(const char *adjust, peil_fault *found) {
    peil_text names = {0};
    for (size_t i = 0; peil_adjustments[i]; i++)
        peil_text_add_format(&names, "%s%s", i ? ", " : "", peil_adjustments[i]->name);
    snprintf(found->message, sizeof found->message,
             "adjust: there is no correction %.100s; it is one of %s", adjust,
             names.bytes ? names.bytes : "");
    peil_text_clear(&names);
}

static peil_status check_compare(const peil_monitor *m, peil_faults *faults, peil_fault *fault) {
    const peil_request *r = &m->compare;
    const peil_test_rule *rule = r->rule ? peil_test_rule_find(r->rule) : peil_test_rules[0];
    const peil_yaml at = peil_yaml_find(m->at, "compare");
    const char *key = "rule";
    peil_fault found = {.status = PEIL_EDATA};
    if (!m->has_compare) return PEIL_OK;
    if (!rule) {
        snprintf(found.message, sizeof found.message,
                 "rule: there is no rule %s; peil compare --rule help lists them", r->rule);
    } else if (r->adjust && !peil_adjustment_find(r->adjust)) {
        key = "adjust";
        refuse_adjust(r->adjust, &found);
    } else if (rule->basis == PEIL_BASIS_INTERVALS && r->adjust && strcmp(r->adjust, "none") != 0) {
        snprintf(found.message, sizeof found.message,
                 "rule: %s has no p to adjust; leave adjust out", rule->name);
    } else if (r->against && peil_trend_find(r->against)) {
        key = "against";
        snprintf(found.message, sizeof found.message,
                 "against: a monitor has no trends; it is previous, first, rest or a period");
    }
    found.line = peil_yaml_line_of(at, key);
    return found.message[0] ? peil_faults_add(faults, &found, fault) : PEIL_OK;
}

peil_status peil_publication_check(const peil_publication *publication, peil_faults *faults,
                                   peil_fault *fault) {
    for (size_t d = 0; d < publication->monitor->ndata; d++)
        PEIL_TRY(check_data(publication, d, faults, fault));
    return check_compare(publication->monitor, faults, fault);
}
