/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A monitor file as structs, and what is refused of it. */
#include "infer/rule.h"
#include "monitor/monitor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#define HEAD "peil: 1\ndata: {a: {files: [a.csv, /b.csv]}}\n"
#define TAIL "indicators: [{code: A, measure: count()}]\n"

static peil_status read_text(const char *text, peil_monitor *m, peil_faults *faults) {
    peil_fault fault = {0};
    return peil_monitor_read(text, strlen(text), "folder", m, faults, &fault);
}

Test(monitor, options_are_those_of_the_command_line) {
    peil_monitor m;
    peil_faults faults = {0};
    const char *text =
        "peil: 1\n"
        "data:\n"
        "  a:\n"
        "    files: [a.csv, /b.csv]\n"
        "    weight: weging\n"
        "    strata: [[jaar, onze wijk], [klas]]\n"
        "    cluster: [school, klas]\n"
        "    missing: {\"*\": [9, NA], \"q1,q2\": [8, weet niet]}\n"
        "    register: false\n"
        "    breaks: [2016, 2018]\n"
        "period: jaar\n" TAIL;
    cr_assert_eq(read_text(text, &m, &faults), PEIL_OK, "%s",
                 faults.n ? faults.list[0].message : "");
    const peil_request *r = &m.data[0].request;
    cr_expect_str_eq(r->files.word[0], "folder/a.csv");
    cr_expect_str_eq(r->files.word[1], "/b.csv");
    cr_expect_str_eq(r->weight, "weging");
    cr_assert_eq(r->strata.n, 2);
    cr_expect_str_eq(r->strata.word[0], "jaar,`onze wijk`");
    cr_expect_str_eq(r->strata.word[1], "klas");
    cr_expect_str_eq(r->cluster, "school,klas");
    cr_assert_eq(r->missing.n, 2);
    cr_expect_str_eq(r->missing.word[0], "9 NA");
    cr_expect_str_eq(r->missing.word[1], "q1,q2: 8 \"weet niet\"");
    cr_assert_eq(m.data[0].breaks.n, 2);
    cr_expect_str_eq(m.data[0].breaks.word[1], "2018");
    peil_monitor_clear(&m);
    peil_faults_clear(&faults);
}

Test(monitor, indicators_and_what_was_stated) {
    peil_monitor m;
    peil_faults faults = {0};
    const char *text = HEAD
        "period: jaar\n"
        "breakdowns: [[wijk], [geslacht, klas]]\n"
        "indicators:\n"
        "  - {code: A, measure: mean(x), decimals: 1, published: {2015: \"5,7\"}, baseline: 2015}\n"
        "  - {code: B, measure: percent(y = 1), target: \">34%\", by: [], better: lower}\n"
        "compare: {against: first, level: 90}\n"
        "disclosure: {preset: ggd}\n";
    cr_assert_eq(read_text(text, &m, &faults), PEIL_OK, "%s",
                 faults.n ? faults.list[0].message : "");
    cr_expect_str_eq(m.breakdowns.word[1], "geslacht,klas");
    const peil_indicator *a = &m.indicators[0], *b = &m.indicators[1];
    cr_expect_eq(a->decimals, 1);
    cr_expect_eq(b->decimals, -1);
    cr_expect_not(a->has_by);
    cr_expect(b->has_by && b->by.n == 0);
    cr_expect_str_eq(a->published.list[0].period, "2015");
    cr_expect_eq(a->published.list[0].statement.decimals, 1);
    cr_expect_eq(a->published.list[0].line, 6);
    cr_expect_null(b->target.list[0].period);
    cr_expect_eq(b->target.list[0].statement.relation, PEIL_ABOVE);
    cr_expect_eq(b->better, PEIL_BETTER_LOWER);
    cr_expect_eq(m.min_n, 50, "of the Dutch health services");
    cr_expect_float_eq(m.compare.level, 90, 0);
    peil_monitor_clear(&m);
    peil_faults_clear(&faults);
}

Test(monitor, a_min_n_goes_before_the_preset) {
    static const char *const disclosures[] = {"{preset: ggd, min-n: 10}",
                                              "{min-n: 10, preset: ggd}"};
    for (size_t i = 0; i < 2; i++) {
        peil_monitor m;
        peil_faults faults = {0};
        char text[256];
        snprintf(text, sizeof text, HEAD TAIL "disclosure: %s\n", disclosures[i]);
        cr_assert_eq(read_text(text, &m, &faults), PEIL_OK);
        cr_expect_eq(m.min_n, 10);
        peil_monitor_clear(&m);
    }
}

Test(monitor, a_preset_is_for_what_is_not_given) {
    peil_monitor m;
    peil_faults faults = {0};
    cr_assert_eq(read_text(HEAD TAIL "preset: tabellenboek\n"
                                     "period: jaar\n"
                                     "compare: {adjust: holm}\n"
                                     "disclosure: {min-n: 0}\n",
                           &m, &faults),
                 PEIL_OK);
    cr_expect_str_eq(m.data[0].request.lonely_psu, "certainty");
    cr_expect_eq(m.data[0].request.min_n, 0);
    cr_expect_null(m.data[0].request.rule);
    cr_expect_str_eq(m.compare.rule, "rao-scott");
    cr_expect_str_eq(m.compare.adjust, "holm");
    peil_monitor_clear(&m);
}

Test(monitor, a_preset_nobody_knows) {
    peil_monitor m;
    peil_faults faults = {0};
    cr_assert_eq(read_text(HEAD TAIL "preset: tabelboek\n", &m, &faults), PEIL_EDATA);
    cr_assert_eq(faults.n, 1);
    cr_expect(strstr(faults.list[0].message, "there is no preset tabelboek"), "%s",
              faults.list[0].message);
    peil_monitor_clear(&m);
    peil_faults_clear(&faults);
}

Test(monitor, all_faults_in_the_order_of_their_lines) {
    static const struct {
        uint64_t line;
        const char *message;
    } wanted[] = {
        {1, "peil: 1 is the only version"},
        {2, "a has no key wieght; is it weight?"},
        {2, "a needs the key files"},
        {3, "an indicator needs the key measure"},
        {3, "target: it is for 2019"},
        {4, "code: A is the code of line 3 too"},
        {5, "a monitor has no key titel; is it title?"},
    };
    const char *text =
        "peil: 2\n"
        "data: {a: {wieght: w}}\n"
        "indicators: [{code: A, target: {2019: \"5\"}},\n"
        "  {code: A, measure: count()}]\n"
        "titel: x\n";
    peil_monitor m;
    peil_faults faults = {0};
    cr_assert_eq(read_text(text, &m, &faults), PEIL_EDATA);
    cr_assert_eq(faults.n, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < faults.n; i++) {
        cr_expect_eq(faults.list[i].line, wanted[i].line, "%s", faults.list[i].message);
        cr_expect(strstr(faults.list[i].message, wanted[i].message) != NULL, "%s",
                  faults.list[i].message);
    }
    peil_monitor_clear(&m);
    peil_faults_clear(&faults);
}

/* Whatever is cut out of a monitor, it is read or refused, and nothing leaks. */
Test(monitor, any_part_of_a_text_is_read_or_refused) {
    const char *text = HEAD "period: jaar\nbreakdowns: [[a], [b, c]]\n" TAIL
                            "compare: {adjust: holm}\ndisclosure: {min-n: 3}\n";
    for (size_t from = 0; from < strlen(text); from += 3)
        for (size_t to = from; to <= strlen(text); to += 5) {
            peil_monitor m;
            peil_faults faults = {0};
            peil_fault fault = {0};
            const peil_status status =
                peil_monitor_read(text + from, to - from, "", &m, &faults, &fault);
            cr_expect(status == PEIL_OK ? faults.n == 0 : faults.n > 0);
            peil_monitor_clear(&m);
            peil_faults_clear(&faults);
        }
}

/* ---- the published schema ---- */

static char *read_document(const char *path) {
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file);
    char *text = calloc(1, 65536);
    cr_assert(text && fread(text, 1, 65535, file) > 0);
    fclose(file);
    return text;
}

static char *read_schema(void) {
    return read_document(PEIL_TESTS_DIR "/../docs/monitor.schema.json");
}

/* Where the properties of a mapping begin: the schema marks each with a title. */
static const char *properties_of(const char *schema, const char *mapping) {
    char title[64];
    snprintf(title, sizeof title, "\"title\": \"%s\"", mapping);
    const char *at = strstr(schema, title);
    cr_assert_not_null(at, "no mapping %s", mapping);
    at = strstr(at, "\"properties\": {");
    cr_assert_not_null(at);
    return at + strlen("\"properties\": {");
}

/* The keys of an object, one after another: those at its own depth. */
static size_t count_keys(const char *at, const char *wanted, bool *is_there) {
    size_t n = 0;
    int depth = 1;
    bool is_value = false;
    for (*is_there = false; depth > 0 && *at; at++) {
        if (*at == '{' || *at == '[') depth++;
        if (*at == '}' || *at == ']') depth--;
        if (*at == ',' && depth == 1) is_value = false;
        if (*at != '"') continue;
        const char *end = strchr(at + 1, '"');
        while (end[-1] == '\\') end = strchr(end + 1, '"');
        if (depth == 1 && !is_value) {
            n++;
            is_value = true;
            const size_t length = (size_t)(end - at - 1);
            *is_there = *is_there || (strlen(wanted) == length && !memcmp(at + 1, wanted, length));
        }
        at = end;
    }
    return n;
}

static const char *const mappings[] = {"monitor", "data", "indicator", "compare", "disclosure"};

Test(monitor, the_schema_has_every_key_and_no_other) {
    char *schema = read_schema();
    for (size_t k = 0; k < sizeof mappings / sizeof *mappings; k++) {
        const char *properties = properties_of(schema, mappings[k]), *name;
        bool is_there;
        size_t n = 0;
        for (; (name = peil_monitor_key_name(mappings[k], n)); n++) {
            count_keys(properties, name, &is_there);
            cr_expect(is_there, "%s has no %s", mappings[k], name);
        }
        cr_expect_gt(n, 0);
        cr_expect_eq(count_keys(properties, "", &is_there), n, "%s has other keys", mappings[k]);
    }
    free(schema);
}

Test(monitor, its_page_names_every_key) {
    char *page = read_document(PEIL_TESTS_DIR "/../docs/monitor.md"), quoted[64];
    for (size_t k = 0; k < sizeof mappings / sizeof *mappings; k++) {
        const char *name;
        for (size_t n = 0; (name = peil_monitor_key_name(mappings[k], n)); n++) {
            snprintf(quoted, sizeof quoted, "`%s`", name);
            const bool is_alone = strstr(page, quoted) != NULL;
            snprintf(quoted, sizeof quoted, "`%s: ", name);
            cr_expect(is_alone || strstr(page, quoted), "%s: no %s", mappings[k], name);
        }
    }
    free(page);
}

Test(monitor, the_schema_has_every_rule) {
    char *schema = read_schema(), quoted[64];
    const char *rules = strstr(properties_of(schema, "compare"), "\"rule\": {");
    cr_assert_not_null(rules);
    schema[strcspn(rules, "]") + (size_t)(rules - schema)] = 0;
    for (size_t i = 0; peil_test_rules[i]; i++) {
        snprintf(quoted, sizeof quoted, "\"%s\"", peil_test_rules[i]->name);
        cr_expect_not_null(strstr(rules, quoted), "no %s", quoted);
    }
    free(schema);
}
