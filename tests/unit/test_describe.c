/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What describe says of small files, counted by hand. */
#include "core/json.h"
#include "report/nonresponse.h"
#include "report/roles.h"
#include "support/figures.h"

static size_t row_of(const peil_report *report, const char *variable) {
    size_t row = 0;
    while (row < report->nrows && strcmp(word_of_cell(report, row, "variable"), variable)) row++;
    cr_assert_lt(row, report->nrows, "no row for %s", variable);
    return row;
}

static const char *word_for(const peil_report *report, const char *variable, const char *column) {
    return word_of_cell(report, row_of(report, variable), column);
}

static double figure_for(const peil_report *report, const char *variable, const char *column) {
    return figure_of(report, row_of(report, variable), column);
}

static bool has_note(const peil_report *report, const char *words) {
    size_t i = 0;
    while (i < report->nnotes && !strstr(report->notes[i], words)) i++;
    return i < report->nnotes;
}

/* A csv and the schema beside it, described. */
static peil_report describe_with(const char *csv, const char *schema, peil_request request) {
    const scratch data = scratch_text("x.csv", csv);
    char path[512];
    snprintf(path, sizeof path, "%s/x.schema.json", data.folder);
    FILE *out = fopen(path, "wb");
    cr_assert(out && fputs(schema, out) >= 0 && fclose(out) == 0);
    const peil_report report = report_of(peil_run_describe, request, data.path);
    unlink(path);
    scratch_remove(&data);
    return report;
}

static peil_report describe(const char *csv, peil_request request) {
    return report_on(peil_run_describe, request, csv);
}

/* ---- columns ---- */

Test(describe, says_what_each_variable_looks_like) {
    peil_report r = describe(
        "i,n,t,d,e,c,m\n"
        "1,1.5,a,2015-03-01,,01,1\n"
        "20,2,b,2014-12-31,,02,x\n"
        "-3,,a,,,01,2\n",
        (peil_request){0});
    static const struct {
        const char *variable, *type, *values;
        double distinct, missing, min, max;
    } cases[] = {
        {"i", "whole", "-3 (1), 1 (1), 20 (1)", 3, 0, -3, 20},
        {"n", "number", "1.5 (1), 2 (1)", 2, 1, 1.5, 2},
        {"t", "text", "a (2), b (1)", 2, 0, NAN, NAN},
        {"d", "date", "2014-12-31 (1), 2015-03-01 (1)", 2, 1, NAN, NAN},
        {"e", "empty", "", 0, 3, NAN, NAN},
        {"c", "text", "01 (2), 02 (1)", 2, 0, NAN, NAN},
    };
    cr_assert_eq(r.nrows, 7);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *name = cases[i].variable;
        cr_expect_str_eq(word_for(&r, name, "type"), cases[i].type);
        cr_expect_str_eq(word_for(&r, name, "values"), cases[i].values);
        cr_expect(figure_for(&r, name, "distinct") == cases[i].distinct, "%s", name);
        cr_expect(figure_for(&r, name, "missing") == cases[i].missing, "%s", name);
        cr_expect(is_near(figure_for(&r, name, "min"), cases[i].min, 0), "%s", name);
        cr_expect(is_near(figure_for(&r, name, "max"), cases[i].max, 0), "%s", name);
    }
    cr_expect_str_eq(word_for(&r, "d", "min"), "2014-12-31");
    cr_expect_str_eq(word_for(&r, "d", "max"), "2015-03-01");
    cr_expect_str_eq(word_for(&r, "m", "type"), "text");
    cr_expect(isnan(figure_for(&r, "m", "max"))); /* some are numbers */
    cr_expect_eq(peil_report_find(&r, "label"), r.ncolumns);
    peil_report_clear(&r);
}

/* In a moment, not by looking through all of them for each. */
Test(describe, many_columns, .timeout = 20) {
    enum { MANY = 80000 };
    peil_text csv = {0};
    for (int i = 0; i < MANY; i++) peil_text_add_format(&csv, i ? ",v%d" : "v%d", i);
    for (int i = 0; i < MANY; i++) peil_text_add(&csv, i ? ",7" : "\n7");
    peil_report r = describe(csv.bytes, (peil_request){0});
    cr_assert_eq(r.nrows, MANY);
    cr_expect_str_eq(word_of_cell(&r, MANY - 1, "variable"), "v79999");
    cr_expect_str_eq(word_of_cell(&r, MANY - 1, "values"), "7 (1)");
    peil_report_clear(&r);
    peil_text_clear(&csv);
}

/* A batch of many columns has fewer rows: 64 MB of codes at most. */
Test(describe, batches_of_many_columns) {
    enum { MANY = 20000 };
    peil_batch batch = {0};
    char name[16];
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "v%d", i);
        cr_assert_eq(peil_batch_add(&batch, name, PEIL_AS_CODES, NULL), PEIL_OK);
    }
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    cr_expect_leq(batch.capacity * MANY * sizeof(uint32_t), (size_t)1 << 26);
    peil_batch_clear(&batch);
}

static const char schema[] =
    "{\"fields\": [{\"name\": \"q\", \"title\": \"Tevreden?\", \"type\": \"integer\","
    " \"categories\": [{\"value\": 1, \"label\": \"ja\"}, {\"value\": 2, \"label\": \"nee\"},"
    " {\"value\": 8, \"label\": \"weet niet\"}],"
    " \"missingValues\": [\"\", {\"value\": \"9\", \"label\": \"geen antwoord\"}, \"-1\"]},"
    " {\"name\": \"t\", \"type\": \"string\", \"categories\": [{\"value\": \"z\", \"label\": "
    "\"eerst\"}, {\"value\": \"a\", \"label\": \"dan\"}]}]}";

#define SURVEY "q,t,w\n1,a,0.5\n1,z,1\n2,z,1.25\n8,a,0.25\n9,a,2\n,z,1\n-1,,\n"

Test(describe, shows_labels_and_declared_missing_values) {
    peil_report r = describe_with(SURVEY, schema, (peil_request){0});
    cr_expect_eq(peil_report_find(&r, "label"), 1);
    cr_expect_str_eq(word_for(&r, "q", "label"), "Tevreden?");
    cr_expect_str_eq(word_for(&r, "t", "label"), "");
    cr_expect_str_eq(word_for(&r, "q", "values"),
                     "1 ja (2), 2 nee (1), 8 weet niet (1), [-1 (1)], [9 geen antwoord (1)]");
    cr_expect_str_eq(word_for(&r, "t", "values"), "z eerst (3), a dan (3)");
    cr_expect(figure_for(&r, "q", "distinct") == 3);
    cr_expect(figure_for(&r, "q", "missing") == 3);
    cr_expect(figure_for(&r, "q", "min") == 1);
    cr_expect(figure_for(&r, "q", "max") == 8);
    cr_expect(has_note(&r, "8 weet niet; if so: --missing 'q: 8'"));
    cr_expect_not(has_note(&r, "geen antwoord"));
    peil_report_clear(&r);
}

/* 1: 0.5 + 1 of the weights 3 of those who answered; 2: 1.25; 8: 0.25. */
Test(describe, weighs_the_answers) {
    peil_report r = describe_with(SURVEY, schema, (peil_request){.weight = "w"});
    cr_expect_str_eq(word_for(&r, "q", "values"),
                     "1 ja (2, 50.0%), 2 nee (1, 41.7%), 8 weet niet (1, 8.3%), [-1 (1)], "
                     "[9 geen antwoord (1)]");
    cr_expect(has_note(&r, "w: missing weights taken as 0: 1"));
    peil_report_clear(&r);
}

Test(describe, weights_of_any_scale_and_order_add_up) {
    peil_request request = {.weight = "w", .batch_rows = 4};
    peil_report a = describe("q,w\n1,1\n2,1e10\n1,3\n1,1\n2,0.0000000001\n1,1e-10\n", request);
    peil_report b = describe("q,w\n1,1e-10\n2,0.0000000001\n1,1\n1,3\n2,1e10\n1,1\n", request);
    cr_expect_str_eq(word_for(&a, "q", "values"), "1 (4, 0.0%), 2 (2, 100.0%)");
    cr_expect_str_eq(word_for(&a, "w", "values"), word_for(&b, "w", "values"));
    cr_expect_str_eq(word_for(&a, "q", "values"), word_for(&b, "q", "values"));
    peil_report_clear(&a);
    peil_report_clear(&b);
}

Test(describe, refuses_weights_that_are_none) {
    static const struct {
        const char *text;
        uint64_t record;
    } cases[] = {{"q,w\n1,1\n1,-2\n", 2}, {"q,w\n1,1\n1,1\n1,x\n", 3}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        const scratch file = scratch_text("data.csv", cases[i].text);
        const char *const files[] = {file.path};
        const peil_request request = {.files = {1, files}, .weight = "w"};
        peil_report report;
        peil_fault fault = {0};
        cr_expect_eq(peil_run_describe(&request, &report, &fault), PEIL_EDATA);
        cr_expect_eq(fault.record, cases[i].record);
        cr_expect_str_eq(fault.variable, "w");
        cr_expect_str_eq(fault.file, file.path);
        scratch_remove(&file);
    }
}

/* sum 6, mean 1.5 (zero counts), deff = 3 * (1 + 4 + 9) / 36 = 7/6, cv = sqrt(1/6) */
Test(describe, says_what_weights_do) {
    peil_report r = describe("weging\n1\n2\n3\n0\n\n", (peil_request){0});
    cr_expect_str_eq(word_for(&r, "weging", "role"), "weight?");
    cr_expect(strstr(word_for(&r, "weging", "values"),
                     "; sum 6, mean 1.5, cv 0.4082, deff 1.167, zero 1"),
              "%s", word_for(&r, "weging", "values"));
    cr_expect(has_note(&r, "--weight weging"));
    peil_report_clear(&r);
}

/* ---- many values ---- */

/* Rows "i,q,w": i as told, and one in every thousand 99999 or 99998. */
static char *many_rows(int64_t from, int64_t to, int step) {
    peil_text text = {0};
    peil_text_add(&text, "i,q\n");
    for (int64_t i = from; i != to; i += step)
        peil_text_add_format(&text, "%" PRId64 ".5,%" PRId64 "\n", i,
                             i % 1000 ? i : 99998 + i / 1000 % 2);
    cr_assert_not(text.failed);
    return text.bytes;
}

/* More distinct values than are counted: labelled and missing ones are kept, extremes and sums as
 * well, in any order and batch. Of 0 to 29999, 30 are replaced: 15 by 99998, 15 by 99999. */
Test(describe, forgets_values_but_not_their_sums) {
    static const char many_schema[] =
        "{\"fields\": [{\"name\": \"q\", \"categories\": [], \"missingValues\": [{\"value\": "
        "\"99999\", \"label\": \"geen antwoord\"}]}, {\"name\": \"i\"}]}";
    char *up = many_rows(0, 30000, 1), *down = many_rows(29999, -1, -1);
    const struct {
        const char *text;
        size_t batch;
    } cases[] = {{up, 0}, {down, 0}, {up, 5000}, {down, 999}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_report r = describe_with(cases[i].text, many_schema,
                                      (peil_request){.batch_rows = cases[i].batch, .weight = "i"});
        cr_expect_str_eq(word_for(&r, "q", "distinct"), ">10000");
        cr_expect(figure_for(&r, "q", "missing") == 15);
        cr_expect(figure_for(&r, "q", "min") == 1);
        cr_expect(figure_for(&r, "q", "max") == 99998);
        cr_expect_str_eq(word_for(&r, "q", "values"), "[99999 geen antwoord (15)]");
        /* sum of i + 0.5: 30000^2 / 2; R: x <- 0:29999 + 0.5; n*sum(x^2)/sum(x)^2 */
        cr_expect_str_eq(word_for(&r, "i", "values"),
                         "sum 450000000, mean 15000, cv 0.5774, deff 1.333, zero 0");
        peil_report_clear(&r);
    }
    free(up);
    free(down);
}

Test(describe, shows_labels_among_many_values) {
    peil_text text = {0};
    peil_text_add(&text, "q\n");
    for (int i = 0; i < 20; i++) peil_text_add_format(&text, "%d\n", i % 15);
    peil_report plain = describe(text.bytes, (peil_request){0});
    peil_report r =
        describe_with(text.bytes,
                      "{\"fields\": [{\"name\": \"q\", \"missingValues\": [{\"value\": \"14\", "
                      "\"label\": \"x\"}, {\"value\": \"3\", \"label\": \"y\"}]}]}",
                      (peil_request){0});
    cr_expect_str_eq(word_for(&plain, "q", "values"), "");
    cr_expect_str_eq(word_for(&r, "q", "values"), "[3 y (2)], [14 x (1)]");
    peil_report_clear(&plain);
    peil_report_clear(&r);
    r = describe_with(text.bytes,
                      "{\"fields\": [{\"name\": \"q\", \"categories\": [{\"value\": 14, \"label\": "
                      "\"x\"}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]}]}",
                      (peil_request){0});
    cr_expect_str_eq(word_for(&r, "q", "values"), "14 x (1), ...");
    peil_report_clear(&r);
    peil_text_clear(&text);
}

/* ---- several files ---- */

/* A value that only one file declares missing is an answer in the other. */
Test(describe, counts_each_file_by_its_own_schema) {
    const scratch data = scratch_text("x.csv", "q\n1\n9\n9\n");
    const scratch other = scratch_text("y.csv", "q\n9\n2\n");
    char path[512];
    snprintf(path, sizeof path, "%s/x.schema.json", data.folder);
    FILE *out = fopen(path, "wb");
    cr_assert(out &&
              fputs("{\"fields\": [{\"name\": \"q\", \"missingValues\": [\"9\"]}]}", out) > 0);
    fclose(out);
    const char *const orders[][2] = {{data.path, other.path}, {other.path, data.path}};
    for (size_t i = 0; i < 2; i++) {
        peil_request request = {.files = {2, orders[i]}};
        peil_report r = report_of(peil_run_describe, request, NULL);
        cr_expect_str_eq(word_for(&r, "q", "values"), "1 (1), 2 (1), 9 (1), [9 (2)]");
        cr_expect(figure_for(&r, "q", "missing") == 2);
        peil_report_clear(&r);
    }
    unlink(path);
    scratch_remove(&data);
    scratch_remove(&other);
}

/* ---- no answers ---- */

Test(describe, words_that_say_there_is_no_answer) {
    static const char *const yes[] = {"weet niet",
                                      "Weet niet/geen mening",
                                      "GEEN ANTWOORD",
                                      "N.v.t.",
                                      "nvt",
                                      "(n.v.t.)",
                                      "Onbekend",
                                      "herkomst onbekend",
                                      "wil niet zeggen",
                                      "Don't know",
                                      "DON\xE2\x80\x99T KNOW",
                                      "Dont know",
                                      "(VOL) Don't know/Refused",
                                      "Refused",
                                      "NA",
                                      "n/a",
                                      "DK",
                                      "RF",
                                      "-",
                                      ".",
                                      "Not applicable",
                                      "niet van toepassing",
                                      "Geen opgave",
                                      "missing",
                                      "Weet ik niet",
                                      "Weet\xC2\xA0niet",
                                      "\xC2\xA0Onbekend\xC2\xA0"};
    static const char *const no[] = {"ja",
                                     "nee",
                                     "",
                                     "geen",
                                     "soms",
                                     "na 2015",
                                     "Na de lunch",
                                     "mening",
                                     "antwoord",
                                     "weet zeker",
                                     "onbekende",
                                     "neutraal",
                                     "geen problemen",
                                     "never",
                                     "none",
                                     "don't smoke",
                                     "I know",
                                     "niet",
                                     "\xC3\xA9\xC3\xA9n"};
    for (size_t i = 0; i < COUNT(yes); i++) cr_expect(peil_says_no_answer(yes[i]), "%s", yes[i]);
    for (size_t i = 0; i < COUNT(no); i++) cr_expect_not(peil_says_no_answer(no[i]), "%s", no[i]);
}

Test(nonresponse, labels_of_the_highest_answer) {
    static const char *const yes[] = {"97 or more",         "97+",
                                      "97 + jaar",          "97 jaar of ouder",
                                      ">= 97 (97 en meer)", "97 years and over"};
    static const char *const no[] = {
        "97",           "197+",   "97e of meer", "meer dan 90", "of meer",
        "97 weet niet", "anders", "90 of meer",  "97 - 98+",    "97, more or less"};
    for (size_t i = 0; i < COUNT(yes); i++)
        cr_expect(peil_says_highest(yes[i], "97"), "%s", yes[i]);
    for (size_t i = 0; i < COUNT(no); i++)
        cr_expect_not(peil_says_highest(no[i], "97"), "%s", no[i]);
}

/* Numbers that lie apart by the customs of surveys; `option` is what the note offers, NULL none. */
Test(describe, numbers_that_lie_apart) {
    static const struct {
        const char *values; /* one a row */
        const char *option;
    } cases[] = {
        {"1\n2\n9\n", "--missing 'q: 9'"},
        {"1\n2\n3\n4\n5\n8\n9\n", "--missing 'q: 8 9'"},
        {"1\n2\n3\n4\n5\n6\n7\n9\n", "--missing 'q: 9'"},
        {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", NULL},
        {"4\n5\n6\n7\n8\n9\n10\n", NULL},
        {"0\n9\n10\n", NULL},
        {"18\n44\n89\n99\n", "--missing 'q: 99'"},
        {"18\n44\n90\n99\n", NULL},
        {"18\n44\n87\n98\n99\n", "--missing 'q: 98 99'"},
        {"0\n120\n800\n998\n999\n", "--missing 'q: 998 999'"},
        {"0\n1\n-1\n", "--missing 'q: -1'"},
        {"0\n1\n-9\n-8\n", "--missing 'q: -9 -8'"},
        {"0\n1\n-3.5\n-1\n", NULL},
        {"-5\n-40\n3\n", NULL},
        {"1\n9\n", NULL},
        {"1\n2\n9.5\n", NULL},
        {"a\nb\n9\n", NULL},
        {"a\nb\nonbekend\n", "--missing 'q: onbekend'"},
        {"a\nb\nweet niet\n", "--missing 'q: \"weet niet\"'"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "q,a\n");
        for (const char *at = cases[i].values; *at; at++)
            snprintf(csv + strlen(csv), sizeof csv - strlen(csv), *at == '\n' ? ",1\n" : "%c", *at);
        peil_report r = describe(csv, (peil_request){0});
        cr_expect_eq(has_note(&r, "--missing"), cases[i].option != NULL, "%s", csv);
        if (cases[i].option) cr_expect(has_note(&r, cases[i].option), "%s", csv);
        peil_report_clear(&r);
    }
}

/* What is declared is no candidate, and those of one kind stand together. */
Test(describe, offers_one_option_for_all_of_a_kind) {
    peil_report r = describe("a,b b,c\n1,1,1\n2,2,2\n9,9,9\n", (peil_request){0});
    cr_expect(has_note(&r, "--missing 'a, `b b`, c: 9'"));
    peil_report_clear(&r);
    r = describe("a,b b,c\n1,1,1\n2,2,2\n9,9,9\n", (peil_request){.missing = WORDS("a,c: 9")});
    cr_expect(has_note(&r, "--missing '`b b`: 9'"));
    cr_expect_str_eq(word_for(&r, "a", "values"), "1 (1), 2 (1), [9 (1)]");
    peil_report_clear(&r);
    r = describe("a\n1\n2\n9\n", (peil_request){.language = PEIL_DUTCH});
    cr_expect(has_note(&r, "misschien geen antwoord"));
    peil_report_clear(&r);
}

/* The option that a note offers is one that the command takes. */
Test(describe, takes_the_option_that_it_offers) {
    peil_report r = describe("x,a\nja,1\nnee,1\nweet niet,1\n-,1\n",
                             (peil_request){.missing = WORDS("x: - \"weet niet\"")});
    cr_expect(figure_for(&r, "x", "missing") == 2);
    cr_expect_not(has_note(&r, "--missing"));
    peil_report_clear(&r);
}

Test(describe, refuses_missing_codes_of_no_variable) {
    const scratch file = scratch_text("data.csv", "q5\n1\n");
    const char *const files[] = {file.path};
    const peil_request request = {.files = {1, files}, .missing = WORDS("q6: 9")};
    peil_report report;
    peil_fault fault = {0};
    cr_expect_eq(peil_run_describe(&request, &report, &fault), PEIL_EDATA);
    cr_expect(strstr(fault.message, "is it q5?"));
    scratch_remove(&file);
}

/* ---- roles ---- */

Test(describe, guesses_roles_from_names_and_values) {
    static const struct {
        const char *name, *values, *role; /* values: four rows each */
    } cases[] = {
        {"jaar", "2015 2015 2017 2017", "year?"},
        {"geboortejaar", "1950 1951 1960 2000", ""},
        {"ewGGD", "0.5 1.5 2 0", "weight?"},
        {"ewCBSGGD", "0.5 1.5 2 1", "weight?"},
        {"weegfactor1", "1 1 1 1", "weight?"},
        {"VO_Standaardisatiefactor_regio", "1.5 1 1 1", "weight?"},
        {"WTMEC2YR", "4189 153810 200 1", "weight?"},
        {"finalwt", "10 20 30 40", "weight?"},
        {"pw", "44.2 44.2 44.2 19.9", "weight?"},
        {"w", "1 2 3 4", "weight?"},
        {"weging", "1 2 -3 4", ""},
        {"weging", "a b c d", ""},
        {"weging", "0 0 0 0", ""},
        {"gewicht", "60 72 81 95", ""}, /* kilograms */
        {"interview", "1 2 3 4", ""},
        {"PrimaireEenheid", "1 1 2 2", "strata?"},
        {"Stratum_gemeente", "1 1 2 2", "strata?"},
        {"SDMVSTRA", "75 75 76 76", "strata?"},
        {"stype", "E E H H", "strata?"},
        {"stratum", "1 2 3 4", ""}, /* as many as rows */
        {"straat", "a a b b", ""},
        {"SDMVPSU", "1 2 1 2", "cluster?"},
        {"dnum", "401 401 55 55", "cluster?"},
        {"fpc", "4421 4421 755 755", "fpc?"},
        {"fpc", "0 0 755 755", ""},
        {"wijk", "a a b b", "area?"},
        {"gemeentecode", "363 363 14 14", "area?"},
        {"buurthulp", "1 1 2 2", ""},
        {"regio_s", "GM0363 GM0363 GM0014 GM0014", "area?"},
        {"q5", "1 1 2 2", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "%s,a\n", cases[i].name);
        for (const char *at = cases[i].values; *at; at++)
            snprintf(csv + strlen(csv), sizeof csv - strlen(csv), *at == ' ' ? ",1\n" : "%c", *at);
        strcat(csv, ",1\n");
        peil_report r = describe(csv, (peil_request){0});
        cr_expect_str_eq(word_of_cell(&r, 0, "role"), cases[i].role, "%s: %s", cases[i].name,
                         word_of_cell(&r, 0, "role"));
        peil_report_clear(&r);
    }
}

/* Weights that were made to have mean 1 tell themselves. */
Test(describe, knows_weights_of_mean_1) {
    peil_text text = {0};
    peil_text_add(&text, "x,y\n");
    for (int i = 0; i < 20; i++)
        peil_text_add_format(&text, "%d.%02d,%d.%02d\n", i % 2, i % 2 ? i : 100 - i - 1, i / 2, i);
    peil_report r = describe(text.bytes, (peil_request){0});
    cr_expect_str_eq(word_for(&r, "x", "role"), "weight?");
    cr_expect_str_eq(word_for(&r, "y", "role"), "");
    peil_report_clear(&r);
    peil_text_clear(&text);
}

Test(describe, sees_units_within_strata) {
    peil_report r = describe(
        "stratum,psu,fpc\n1,1,10\n1,2,10\n1,2,10\n2,1,20\n2,1,20\n2,2,20\n"
        "2,3,20\n",
        (peil_request){.batch_rows = 4});
    cr_expect(has_note(&r,
                       "stratum may be the strata: 2 values, each in 3 to 4 records; if so: "
                       "--strata stratum"));
    cr_expect(has_note(&r,
                       "psu may be the sampled unit: 5 of them in stratum, 2 to 3 in a stratum; "
                       "if so: --cluster psu"));
    cr_expect(has_note(&r,
                       "fpc may be the population size: the same throughout each stratum; if "
                       "so: --fpc fpc"));
    peil_report_clear(&r);
    r = describe("psu,fpc\n1,10\n2,20\n2,20\n", (peil_request){0});
    cr_expect(has_note(&r, "psu may be the sampled unit; if so"));
    cr_expect(has_note(&r, "fpc may be the population size; if so"));
    peil_report_clear(&r);
}

/* ---- schemas ---- */

static char *schema_of(const char *csv, const char *beside, peil_request request) {
    request.schema = true;
    peil_report r = beside ? describe_with(csv, beside, request) : describe(csv, request);
    char *text = r.document.bytes;
    cr_assert_not_null(text);
    cr_assert_eq(r.nrows, 0);
    r.document = (peil_text){0};
    peil_report_clear(&r);
    return text;
}

Test(describe, writes_a_schema) {
    char *text = schema_of(
        "i,n,t,d,s,e,c\n1,1.5,a,2015-03-01,2015-03-01T10:00,,01\n"
        "2,2,\"b \"\"c\"\"\",,,,02\n9,NA,,,,,\n",
        NULL, (peil_request){.missing = WORDS("i: 9", "n: NA")});
    cr_expect_str_eq(
        text,
        "{\n  \"$schema\": \"https://datapackage.org/profiles/2.0/tableschema.json\",\n"
        "  \"fields\": [\n"
        "    {\n      \"name\": \"i\",\n      \"type\": \"integer\",\n"
        "      \"missingValues\": [\n        {\"value\": \"\"},\n        {\"value\": "
        "\"9\"}\n      ]\n    },\n"
        "    {\n      \"name\": \"n\",\n      \"type\": \"number\",\n"
        "      \"missingValues\": [\n        {\"value\": \"\"},\n        {\"value\": "
        "\"NA\"}\n      ]\n    },\n"
        "    {\n      \"name\": \"t\",\n      \"type\": \"string\"\n    },\n"
        "    {\n      \"name\": \"d\",\n      \"type\": \"date\"\n    },\n"
        "    {\n      \"name\": \"s\",\n      \"type\": \"datetime\"\n    },\n"
        "    {\n      \"name\": \"e\",\n      \"type\": \"any\"\n    },\n"
        "    {\n      \"name\": \"c\",\n      \"type\": \"string\"\n    }\n  ]\n}\n");
    free(text);
}

Test(describe, writes_how_numbers_are_written) {
    static const char marks[] =
        "{\"fields\": [{\"name\": \"w\", \"type\": \"number\", \"decimalChar\": \",\", "
        "\"groupChar\": "
        "\".\"}]}";
    char *text = schema_of("q;w;v\n1;1.000,5;1,5\n2;2;2,25\n", marks, (peil_request){0});
    cr_expect(strstr(text,
                     "\"w\",\n      \"type\": \"number\",\n      \"decimalChar\": \",\",\n"
                     "      \"groupChar\": \".\"\n"),
              "%s", text);
    cr_expect(strstr(text, "\"v\",\n      \"type\": \"number\",\n      \"decimalChar\": \",\"\n"),
              "%s", text);
    cr_expect(strstr(text, "\"q\",\n      \"type\": \"integer\"\n"), "%s", text);
    free(text);
}

/* Labels of values that do not occur stay, and values without a label are categories as well. */
Test(describe, writes_all_values_of_a_labelled_variable) {
    char *text = schema_of("q\n5\n1\n10\n",
                           "{\"fields\": [{\"name\": \"q\", \"categories\": [5, "
                           "10, 1, {\"value\": 2, \"label\": \"b\"}, {\"value\": 1.5, \"label\": "
                           "\"c\"}]}]}",
                           (peil_request){0});
    cr_expect(strstr(text,
                     "\"type\": \"number\",\n      \"categories\": [\n        {\"value\": 1},\n"
                     "        {\"value\": 1.5, \"label\": \"c\"},\n"
                     "        {\"value\": 2, \"label\": \"b\"},\n        {\"value\": 5},\n"
                     "        {\"value\": 10}\n      ]"),
              "%s", text);
    free(text);
}

Test(describe, reads_the_schema_that_it_wrote) {
    char *first = schema_of(SURVEY, schema, (peil_request){0});
    char *second = schema_of(SURVEY, first, (peil_request){0});
    cr_expect_str_eq(first, second);
    static const char *const parts[] = {
        "\"title\": \"Tevreden?\"",
        "{\"value\": 1, \"label\": \"ja\"},\n        {\"value\": 2, \"label\": \"nee\"},\n"
        "        {\"value\": 8, \"label\": \"weet niet\"}\n",
        "{\"value\": \"\"},\n        {\"value\": \"-1\"},\n"
        "        {\"value\": \"9\", \"label\": \"geen antwoord\"}\n",
        "{\"value\": \"z\", \"label\": \"eerst\"},\n        {\"value\": \"a\", \"label\": "
        "\"dan\"}"};
    for (size_t i = 0; i < COUNT(parts); i++) cr_expect(strstr(first, parts[i]), "%s", first);
    peil_report a = describe_with(SURVEY, schema, (peil_request){.weight = "w"});
    peil_report b = describe_with(SURVEY, first, (peil_request){.weight = "w"});
    cr_expect_str_eq(word_for(&a, "q", "values"), word_for(&b, "q", "values"));
    cr_expect_str_eq(word_for(&a, "t", "values"), word_for(&b, "t", "values"));
    peil_report_clear(&a);
    peil_report_clear(&b);
    free(first);
    free(second);
}

/* ---- notes on files ---- */

Test(describe, says_how_a_file_was_read) {
    peil_report r = describe("a;b\n1,5;2\n", (peil_request){0});
    cr_expect(has_note(&r, ": csv, separated by a semicolon"));
    cr_expect(has_note(&r, "1 record, 2 variables"));
    peil_report_clear(&r);
    r = describe_with("a\tb\n1\t2\n", "{\"fields\": []}", (peil_request){.language = PEIL_DUTCH});
    cr_expect(has_note(&r, "gescheiden door een tab"));
    cr_expect(has_note(&r, "2 variabelen, schema "));
    peil_report_clear(&r);
    r = describe("a|b\n1|caf\xE9\n", (peil_request){.delimiter = "|"});
    cr_expect(has_note(&r, ": csv, separated by |, windows-1252, 1 record,"));
    cr_expect(has_note(&r, ": the encoding is a guess: windows-1252"));
    peil_report_clear(&r);
}
