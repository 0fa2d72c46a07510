/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presets: their words are known where they go, and never stand above what was given. */
#include "plan/preset.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "infer/interval.h"
#include "infer/reliability.h"
#include "plan/request_keys.h"

static peil_request filled(peil_request request, bool compares) {
    peil_fault fault = {0};
    cr_assert_eq(peil_preset_fill(&request, compares, &fault), PEIL_OK, "%s", fault.message);
    return request;
}

static void check_number(const peil_request_key *key, const char *word) {
    char *end;
    const double number = strtod(word, &end);
    cr_expect(*end == '\0' && number >= key->low && number <= key->high, "%s %s", key->name, word);
}

Test(preset, words_are_known) {
    for (const peil_preset *preset = peil_presets; preset->name; preset++) {
        cr_expect_eq(peil_preset_find(preset->name), preset);
        cr_expect(preset->help && strlen(preset->help) < 250);
        cr_expect(preset->options[0].name, "%s says nothing", preset->name);
        for (const peil_preset_option *o = preset->options; o->name; o++) {
            const peil_request_key *key = peil_request_key_find(o->name);
            cr_assert(key, "%s: no option %s", preset->name, o->name);
            cr_expect(key->kind == PEIL_KEY_WORD || key->kind == PEIL_KEY_NUMBER ||
                      key->kind == PEIL_KEY_WHOLE);
            if (key->kind != PEIL_KEY_WORD) check_number(key, o->word);
            if (strcmp(o->name, "ci") == 0) cr_expect(peil_interval_find(o->word));
            if (strcmp(o->name, "reliability") == 0) cr_expect(peil_reliability_find(o->word));
        }
    }
}

Test(preset, fills_what_is_open) {
    const peil_request r = filled((peil_request){.preset = "tabellenboek"}, true);
    cr_expect_str_eq(r.lonely_psu, "certainty");
    cr_expect_str_eq(r.missing_weight, "zero");
    cr_expect_str_eq(r.rule, "rao-scott");
    cr_expect_str_eq(r.adjust, "bonferroni");
    cr_expect_eq(r.min_n, 10);
    const peil_request cbs = filled((peil_request){.preset = "cbs"}, true);
    cr_expect_eq(cbs.level, 95);
    cr_expect_str_eq(cbs.interval, "logit");
}

Test(preset, leaves_what_is_given) {
    const peil_request given = {.preset = "tabellenboek", .rule = "t", .min_n = 5};
    const peil_request r = filled(given, true);
    cr_expect_str_eq(r.rule, "t");
    cr_expect_eq(r.min_n, 5);
    cr_expect_str_eq(r.adjust, "bonferroni");
    const peil_request level = filled((peil_request){.preset = "cbs", .level = 90}, true);
    cr_expect_eq(level.level, 90);
}

Test(preset, tests_only_where_there_are_tests) {
    const peil_request r = filled((peil_request){.preset = "tabellenboek"}, false);
    cr_expect_null(r.rule);
    cr_expect_null(r.adjust);
    cr_expect_str_eq(r.lonely_psu, "certainty");
}

Test(preset, none_and_unknown) {
    peil_fault fault = {0};
    peil_request r = {.preset = "tabelenboek"};
    cr_expect_null(filled((peil_request){0}, true).rule);
    cr_expect_eq(peil_preset_fill(&r, true, &fault), PEIL_EUSAGE);
}
