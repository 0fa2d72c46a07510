/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result says of where its figures come from. */
#include "support/figures.h"

/* The last row but one weighs nothing, the last two are outside the domain and the sample. */
static const char answers[] =
    "w,g,j,q,y\n"
    "1,a,2015,1,5\n"
    "1,a,2015,9,6\n"
    "1,a,2015,9,4\n"
    "2,b,2015,2,\n"
    "1,,2015,1,8\n"
    "0,b,2015,1,7\n"
    "1,a,2016,1,9\n"
    "1,c,2014,1,1\n";

static const struct {
    const char *measure;
    uint64_t valid;
} measures[] = {{"percent(q = 1)", 3},
                {"percent(q)", 3},
                {"mean(y)", 4},
                {"median(y)", 4},
                {"count()", 5},
                {"scale(q, y; 1..9 -> 0..10; min 2)", 2},
                {"scale(q, y; 1..9 -> 0..10; min 1)", 5},
                {"total(scale(q, y; 1..9 -> 0..10; min 2) >= 5)", 2}};

Test(provenance, counts_what_each_filter_leaves) {
    const char *words[COUNT(measures)];
    for (size_t m = 0; m < COUNT(measures); m++) words[m] = measures[m].measure;
    peil_report report = report_on(peil_run_table,
                                   (peil_request){.measures = {COUNT(measures), words},
                                                  .by = WORDS("g"),
                                                  .weight = "w",
                                                  .missing = WORDS("q: 9"),
                                                  .sample = "j >= 2015",
                                                  .where = "j = 2015",
                                                  .batch_rows = 3},
                                   answers);
    cr_assert_eq(report.ncounts, COUNT(measures));
    for (size_t m = 0; m < COUNT(measures); m++) {
        const peil_counts *c = &report.counts[m];
        cr_expect_str_eq(peil_facts_find(&c->about, "measure"), measures[m].measure);
        cr_expect_eq(c->records, 8);
        cr_expect_eq(c->sample, 7);
        cr_expect_eq(c->domain, 6);
        cr_expect_eq(c->valid, measures[m].valid, "%s: %" PRIu64, measures[m].measure, c->valid);
    }
    peil_report_clear(&report);
}

/* 600 different numbers are kept as moments. */
Test(provenance, counts_of_moments) {
    peil_text data = {0};
    peil_text_add(&data, "x\n");
    for (int i = 0; i < 600; i++) peil_text_add_format(&data, i % 3 ? "%d\n" : "NA\n", i);
    peil_report report =
        report_on(peil_run_table,
                  (peil_request){.measures = WORDS("mean(x)"), .missing = WORDS("NA")}, data.bytes);
    cr_expect_eq(report.counts[0].valid, 400);
    peil_report_clear(&report);
    peil_text_clear(&data);
}

Test(provenance, methods_say_what_holds_when_nothing_was_given) {
    static const char *const wanted[][2] = {
        {"weight", "w"},        {"strata", "g"},   {"lonely-psu", "certainty"},
        {"variance", "taylor"}, {"ci", "logit"},   {"missing-answers", "not-chosen"},
        {"df", "subset"},       {"level", "90"},   {"against", "previous"},
        {"test", "t"},          {"adjust", "none"}};
    peil_report report = report_on(peil_run_compare,
                                   (peil_request){.measures = WORDS("percent(q = 1)"),
                                                  .over = "j",
                                                  .weight = "w",
                                                  .strata = WORDS("g"),
                                                  .sample = "g in (\"a\", \"b\")",
                                                  .include_missing = true,
                                                  .level = 90,
                                                  .lonely_psu = "certainty"},
                                   answers);
    cr_assert_eq(report.nmethods, 1);
    for (size_t i = 0; i < COUNT(wanted); i++) {
        const char *found = peil_facts_find(&report.methods[0], wanted[i][0]);
        cr_expect(found && !strcmp(found, wanted[i][1]), "%s: %s", wanted[i][0],
                  found ? found : "nothing");
    }
    cr_expect_str_eq(peil_facts_find(&report.request, "lang"), "en");
    peil_report_clear(&report);
}
