/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor/monitor.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "monitor/reading.h"
#include "plan/preset.h"

typedef peil_monitor_reading reading;
typedef peil_monitor_key key;

/* A key whose value is a text that is kept as it is. */
#define TAKE_TEXT(type, field)                                                   \
    static void take_##type##_##field(reading *r, peil_yaml value, void *into) { \
        peil_take_text(r, value, &((peil_##type *)into)->field);                 \
    }

/* ---- data ---- */

static void take_files(reading *r, peil_yaml value, void *into) {
    peil_monitor_data *data = into;
    data->request.files = peil_take_words(r, value, peil_take_file);
    if (data->request.files.n == 0)
        peil_monitor_refuse(r, peil_yaml_line(value), "there is no file");
}

static void take_hierarchy(reading *r, peil_yaml value, void *into) {
    ((peil_monitor_data *)into)->request.hierarchy = peil_take_file(r, value);
}

/* What the weights add up to, not what an indicator aims at. */
static void take_targets(reading *r, peil_yaml value, void *into) {
    ((peil_monitor_data *)into)->request.targets = peil_take_words(r, value, peil_take_file);
}

static void take_register(reading *r, peil_yaml value, void *into) {
    peil_take_flag(r, value, &((peil_monitor_data *)into)->is_register);
}

static void take_breaks(reading *r, peil_yaml value, void *into) {
    ((peil_monitor_data *)into)->breaks = peil_take_words(r, value, peil_take_word);
}

static const key data_keys[] = {
    {"files", take_files, true},
    {"register", take_register, false},
    {"hierarchy", take_hierarchy, false},
    {"breaks", take_breaks, false},
    {"weight", NULL, false},
    {"missing-weight", NULL, false},
    {"targets", take_targets, false},
    {"calibrate", NULL, false},
    {"bounds", NULL, false},
    {"population", NULL, false},
    {"strata", NULL, false},
    {"cluster", NULL, false},
    {"fpc", NULL, false},
    {"lonely-psu", NULL, false},
    {"repweights", NULL, false},
    {"replication", NULL, false},
    {"replicate-centre", NULL, false},
    {"scale", NULL, false},
    {"rscales", NULL, false},
    {"replicates", NULL, false},
    {"seed", NULL, false},
    {"df", NULL, false},
    {"missing", NULL, false},
    {"include-missing", NULL, false},
    {"sample", NULL, false},
    {"where", NULL, false},
    {"standardise", NULL, false},
    {"ci", NULL, false},
    {"reliability", NULL, false},
    {"period", NULL, false},
    {"delimiter", NULL, false},
    {"decimal", NULL, false},
    {"encoding", NULL, false},
    {"no-header", NULL, false},
    {NULL, NULL, false},
};

static void take_data(reading *r, peil_yaml value, void *into) {
    peil_monitor *m = into;
    const size_t n = peil_yaml_count(value);
    if (peil_yaml_form(value) != PEIL_MAP || n == 0) {
        peil_monitor_refuse(r, peil_yaml_line(value),
                            "a mapping stands here: a name for each source, and below it its keys");
        return;
    }
    m->data = peil_monitor_room(r, n, sizeof *m->data);
    for (size_t i = 0; m->data && i < n; i++) {
        peil_monitor_data *made = &m->data[m->ndata++];
        made->name = peil_yaml_text(peil_yaml_key(value, i));
        made->at = peil_yaml_value(value, i);
        peil_take_map(r, made->at, data_keys, made->name, made, &made->request);
    }
}

/* ---- indicators ---- */

static void take_published(reading *r, peil_yaml value, void *into) {
    ((peil_indicator *)into)->published = peil_take_stated(r, value, true);
}

static void take_target(reading *r, peil_yaml value, void *into) {
    ((peil_indicator *)into)->target = peil_take_stated(r, value, false);
}

static void take_decimals(reading *r, peil_yaml value, void *into) {
    peil_take_whole(r, value, 15, &((peil_indicator *)into)->decimals);
}

static void take_by(reading *r, peil_yaml value, void *into) {
    ((peil_indicator *)into)->by = peil_take_words(r, value, peil_take_names);
    ((peil_indicator *)into)->has_by = true;
}

static void take_better(reading *r, peil_yaml value, void *into) {
    static const char *const words[] = {"higher", "lower", NULL};
    int choice;
    peil_take_choice(r, value, words, &choice);
    ((peil_indicator *)into)->better = choice ? PEIL_BETTER_LOWER : PEIL_BETTER_HIGHER;
}

TAKE_TEXT(indicator, code)
TAKE_TEXT(indicator, title)
TAKE_TEXT(indicator, source)
TAKE_TEXT(indicator, note)
TAKE_TEXT(indicator, data_name)
TAKE_TEXT(indicator, measure)
TAKE_TEXT(indicator, where)
TAKE_TEXT(indicator, weight)
TAKE_TEXT(indicator, baseline)

static const key indicator_keys[] = {
    {"code", take_indicator_code, true},
    {"title", take_indicator_title, false},
    {"source", take_indicator_source, false},
    {"note", take_indicator_note, false},
    {"data", take_indicator_data_name, false},
    {"measure", take_indicator_measure, true},
    {"where", take_indicator_where, false},
    {"weight", take_indicator_weight, false},
    {"by", take_by, false},
    {"decimals", take_decimals, false},
    {"published", take_published, false},
    {"target", take_target, false},
    {"better", take_better, false},
    {"baseline", take_indicator_baseline, false},
    {NULL, NULL, false},
};

static void take_indicators(reading *r, peil_yaml value, void *into) {
    peil_monitor *m = into;
    const size_t n = peil_yaml_count(value);
    if (peil_yaml_form(value) != PEIL_LIST || n == 0) {
        peil_monitor_refuse(r, peil_yaml_line(value),
                            "a list stands here: each indicator begins with '- code: ...'");
        return;
    }
    m->indicators = peil_monitor_room(r, n, sizeof *m->indicators);
    for (size_t i = 0; m->indicators && i < n; i++) {
        peil_indicator *made = &m->indicators[m->nindicators++];
        made->at = peil_yaml_value(value, i);
        made->decimals = -1;
        r->key = "";
        peil_take_map(r, made->at, indicator_keys, "an indicator", made, NULL);
    }
}

/* ---- the whole ---- */

static void take_version(reading *r, peil_yaml value, void *into) {
    (void)into;
    const char *text = peil_yaml_text(value);
    if (!text || strcmp(text, "1") != 0)
        peil_monitor_refuse(r, peil_yaml_line(value),
                            "1 is the only version of monitor files that is known here");
}

static void take_language(reading *r, peil_yaml value, void *into) {
    static const char *const words[] = {"nl", "en", NULL};
    int choice;
    peil_take_choice(r, value, words, &choice);
    ((peil_monitor *)into)->language = choice ? PEIL_ENGLISH : PEIL_DUTCH;
    ((peil_monitor *)into)->has_language = true;
}

static void take_breakdowns(reading *r, peil_yaml value, void *into) {
    ((peil_monitor *)into)->breakdowns = peil_take_words(r, value, peil_take_names);
}

static void take_published_files(reading *r, peil_yaml value, void *into) {
    ((peil_monitor *)into)->published = peil_take_words(r, value, peil_take_file);
}

static void take_margins(reading *r, peil_yaml value, void *into) {
    peil_take_flag(r, value, &((peil_monitor *)into)->margins);
}

TAKE_TEXT(monitor, title)
TAKE_TEXT(monitor, period)

static const key compare_keys[] = {{"against", NULL, false},
                                   {"rule", NULL, false},
                                   {"adjust", NULL, false},
                                   {"level", NULL, false},
                                   {NULL, NULL, false}};

static void take_compare(reading *r, peil_yaml value, void *into) {
    peil_monitor *m = into;
    m->has_compare = true;
    peil_take_map(r, value, compare_keys, "compare", m, &m->compare);
}

/* What Dutch health services agreed on: fewer than 50 answers to a question in the adult monitor
 * are not published. A min-n of its own goes before. */
static void take_preset(reading *r, peil_yaml value, void *into) {
    static const char *const presets[] = {"ggd", NULL};
    static const int min_n[] = {50};
    int choice;
    peil_take_choice(r, value, presets, &choice);
    if (((peil_monitor *)into)->min_n < 0) ((peil_monitor *)into)->min_n = min_n[choice];
}

static void take_min_n(reading *r, peil_yaml value, void *into) {
    peil_take_whole(r, value, 1000000, &((peil_monitor *)into)->min_n);
}

static const key disclosure_keys[] = {
    {"preset", take_preset, false}, {"min-n", take_min_n, false}, {NULL, NULL, false}};

static void take_disclosure(reading *r, peil_yaml value, void *into) {
    peil_take_map(r, value, disclosure_keys, "disclosure", into, NULL);
}

TAKE_TEXT(monitor, preset)

/* Whatever the file says itself goes before its preset; the rows of a register are no respondents.
 */
static void apply_preset(reading *r, peil_monitor *m) {
    if (m->preset && !peil_preset_find(m->preset)) {
        peil_monitor_refuse(r, peil_yaml_line_of(m->at, "preset"),
                            "there is no preset %.100s; 'peil table --preset help' lists them",
                            m->preset);
        return;
    }
    for (size_t i = 0; i < m->ndata && r->status == PEIL_OK; i++) {
        peil_request *request = &m->data[i].request;
        request->preset = m->preset;
        r->status = peil_preset_fill(request, false, r->fault);
        if (m->min_n >= 0) request->min_n = m->min_n;
        if (m->data[i].is_register) request->min_n = 0;
    }
    m->compare.preset = m->preset;
    if (r->status == PEIL_OK) r->status = peil_preset_fill(&m->compare, true, r->fault);
}

static const key monitor_keys[] = {
    {"peil", take_version, true},
    {"title", take_monitor_title, false},
    {"language", take_language, false},
    {"data", take_data, true},
    {"preset", take_monitor_preset, false},
    {"period", take_monitor_period, false},
    {"breakdowns", take_breakdowns, false},
    {"margins", take_margins, false},
    {"published", take_published_files, false},
    {"indicators", take_indicators, true},
    {"compare", take_compare, false},
    {"disclosure", take_disclosure, false},
    {NULL, NULL, false},
};

const char *peil_monitor_key_name(const char *mapping, size_t i) {
    static const struct {
        const char *name;
        const key *keys;
    } mappings[] = {{"monitor", monitor_keys},
                    {"data", data_keys},
                    {"indicator", indicator_keys},
                    {"compare", compare_keys},
                    {"disclosure", disclosure_keys}};
    for (size_t k = 0; k < sizeof mappings / sizeof *mappings; k++)
        if (strcmp(mappings[k].name, mapping) == 0) return mappings[k].keys[i].name;
    return NULL;
}

/* Whether a line begins with a key of a monitor: then faults are those of one. */
static bool begins_with_key(const char *line, const char *end) {
    while (line < end && (*line == ' ' || *line == '"' || *line == '{')) line++;
    for (const key *k = monitor_keys; k->name; k++) {
        const size_t length = strlen(k->name);
        const bool is_there = (size_t)(end - line) > length && memcmp(line, k->name, length) == 0;
        if (is_there && (line[length] == ':' || line[length] == '"')) return true;
    }
    return false;
}

static bool looks_like_monitor(const char *text, size_t length) {
    const char *end = text + length;
    while (text < end) {
        if (begins_with_key(text, end)) return true;
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        text = feed ? feed + 1 : end;
    }
    return false;
}

static peil_status parse_mapping(const char *text, size_t length, peil_monitor *out,
                                 peil_faults *faults, peil_fault *fault) {
    PEIL_TRY(peil_document_parse(text, length, &out->document, faults, fault));
    out->at = peil_document_root(out->document);
    if (!peil_yaml_is_there(out->at)) return peil_fail(fault, PEIL_EDATA, "the file is empty");
    if (peil_yaml_form(out->at) == PEIL_MAP) return PEIL_OK;
    peil_fail(fault, PEIL_EDATA, "a monitor is a mapping: lines of 'key: value'");
    if (fault) fault->line = peil_yaml_line(out->at);
    return PEIL_EDATA;
}

/* Mostly a data file that was given to the wrong command. */
static peil_status fail_as_none(peil_fault *fault) {
    *fault = (peil_fault){0};
    return peil_fail(fault, PEIL_EDATA,
                     "is no monitor; if it is data, 'peil table' makes figures of it, 'peil "
                     "describe' tells what is in it, and 'peil verify' with --measure and "
                     "--published holds published figures against it");
}

static peil_status parse(const char *text, size_t length, peil_monitor *out, peil_faults *faults,
                         peil_fault *fault) {
    *out = (peil_monitor){.language = PEIL_DUTCH, .min_n = -1};
    const peil_status status = parse_mapping(text, length, out, faults, fault);
    const bool is_other = status == PEIL_EDATA && length > 0 && !looks_like_monitor(text, length);
    return is_other ? fail_as_none(fault) : status;
}

peil_status peil_monitor_read(const char *text, size_t length, const char *folder,
                              peil_monitor *out, peil_faults *faults, peil_fault *fault) {
    reading r = {out, faults, folder, "", PEIL_OK, fault};
    peil_fault found = {0};
    const peil_status parsed = parse(text, length, out, faults, &found);
    if (parsed == PEIL_EDATA) {
        PEIL_TRY(peil_faults_add(faults, &found, fault));
        return PEIL_EDATA;
    }
    if (parsed != PEIL_OK) return peil_fail_memory(fault);
    peil_take_map(&r, out->at, monitor_keys, "a monitor", out, NULL);
    if (r.status == PEIL_OK) apply_preset(&r, out);
    if (r.status == PEIL_OK) peil_monitor_resolve(&r);
    if (r.status != PEIL_OK) return r.status;
    peil_faults_sort(faults);
    return faults->n ? PEIL_EDATA : PEIL_OK;
}

peil_status peil_monitor_own(peil_monitor *monitor, void *array, size_t count, size_t size,
                             peil_fault *fault) {
    void *made = NULL;
    PEIL_TRY(peil_array_reserve(&monitor->owned, &monitor->owned_capacity, monitor->nowned + 1,
                                sizeof *monitor->owned, fault));
    PEIL_TRY(peil_array_make(&made, count ? count : 1, size, fault));
    monitor->owned[monitor->nowned++] = made;
    memcpy(array, &made, sizeof made);
    return PEIL_OK;
}

void peil_monitor_clear(peil_monitor *monitor) {
    for (size_t i = 0; i < monitor->nowned; i++) free(monitor->owned[i]);
    free(monitor->owned);
    peil_document_free(monitor->document);
    *monitor = (peil_monitor){0};
}
