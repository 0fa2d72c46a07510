/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every writer, and the formats for scripts byte by byte. */
#include <math.h>

#include "rows.h"

#define DASH "–"

/* --- every writer ------------------------------------------------------------------------- */

static peil_report example(void) {
    peil_report report = make("table", 2, 1, TABLE_COLUMNS);
    add(&report, PEIL_UNIT_PERCENT,
        "'percent(q = 1)~~'a|b~20.125~1.5~17.25~23~=1203~=242~1210.5~1100~1.1~1200~");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q = 1)~~'caf\xC3\xA9~~~~~=0~=0~0~~~~");
    cr_assert_eq(peil_report_note(&report, NULL, "code 9 is %s", "missing"), PEIL_OK);
    cr_assert_eq(peil_report_request(&report, "measure", "percent(q = 1)", NULL), PEIL_OK);
    cr_assert_eq(peil_report_request(&report, "by", "wijk", NULL), PEIL_OK);
    cr_assert_eq(peil_report_request(&report, "measure", "count()", NULL), PEIL_OK);
    peil_facts *method;
    peil_counts *counts;
    cr_assert_eq(peil_report_method(&report, &method, NULL), PEIL_OK);
    cr_assert_eq(peil_facts_add(method, "strata", "jaar", NULL), PEIL_OK);
    cr_assert_eq(peil_facts_add(method, "strata", "klas|x", NULL), PEIL_OK);
    cr_assert_eq(peil_facts_add(method, "df", "subset", NULL), PEIL_OK);
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(peil_report_counts(&report, &counts, NULL), PEIL_OK);
        if (i) cr_assert_eq(peil_facts_add(&counts->about, "indicator", "9A|1", NULL), PEIL_OK);
        cr_assert_eq(peil_facts_add(&counts->about, "measure", "count()", NULL), PEIL_OK);
        counts->records = 2406;
        counts->sample = 2400;
        counts->domain = 1300 + i;
        counts->valid = 1203;
    }
    report.inputs = calloc(1, sizeof *report.inputs);
    cr_assert_not_null(report.inputs);
    report.ninputs = 1;
    report.inputs[0] = (peil_input){.sha256 = "e3b0", .records = 2406, .sample = 2406};
    report.inputs[0].name = calloc(1, 8);
    cr_assert_not_null(report.inputs[0].name);
    strcpy(report.inputs[0].name, "in.csv");
    return report;
}

static const struct {
    const char *format;
    const char *wanted;
} formats[] = {
    {"text",
     "percent(q = 1)\n\n"
     "wijk  schatting     95%-interval      n\n"
     "───────────────────────────────────────\n"
     "a|b       20,1%      17,3 " DASH " 23,0  1.203\n"
     "café          " DASH "  geen antwoorden      0\n\n"
     "Let op: code 9 is missing\n"},
    {"csv",
     "measure,category,wijk,estimate,se,ci_low,ci_high,n,cases,weighted_n,n_eff,deff,df,flag\n"
     "percent(q = 1),,a|b,20.125,1.5,17.25,23,1203,242,1210.5,1100,1.1,1200,\n"
     "percent(q = 1),,café,,,,,0,0,0,,,,\n"},
    {"json",
     "{\"peil\": 1,\n \"command\": \"table\",\n \"rows\": [\n"
     "  {\"measure\": \"percent(q = 1)\", \"category\": null, \"wijk\": \"a|b\", "
     "\"estimate\": 20.125, \"se\": 1.5, \"ci_low\": 17.25, \"ci_high\": 23, \"n\": 1203, "
     "\"cases\": 242, \"weighted_n\": 1210.5, \"n_eff\": 1100, \"deff\": 1.1, \"df\": 1200, "
     "\"flag\": null},\n"
     "  {\"measure\": \"percent(q = 1)\", \"category\": null, \"wijk\": \"café\", "
     "\"estimate\": null, \"se\": null, \"ci_low\": null, \"ci_high\": null, \"n\": 0, "
     "\"cases\": 0, \"weighted_n\": 0, \"n_eff\": null, \"deff\": null, \"df\": null, "
     "\"flag\": null}\n ],\n"
     " \"notes\": [\n  \"code 9 is missing\"\n ],\n"
     " \"provenance\": {\"version\": \"" PEIL_VERSION "\",\n  \"inputs\": [\n"
     "   {\"file\": \"in.csv\", \"sha256\": \"e3b0\", \"records\": 2406, \"sample\": 2406}\n  ],\n"
     "  \"methods\": [\n"
     "   {\"strata\": [\"jaar\", \"klas|x\"], \"df\": \"subset\"}\n  ],\n"
     "  \"counts\": [\n"
     "   {\"measure\": \"count()\", \"records\": 2406, \"sample\": 2400, \"domain\": 1300, "
     "\"valid\": 1203},\n"
     "   {\"indicator\": \"9A|1\", \"measure\": \"count()\", \"records\": 2406, "
     "\"sample\": 2400, \"domain\": 1301, \"valid\": 1203}\n  ],\n"
     "  \"request\": {\"measure\": [\"percent(q = 1)\", \"count()\"], \"by\": \"wijk\"}}}\n"},
    {"md",
     "### percent(q = 1)\n\n"
     "| wijk | schatting | 95%-interval | n |\n|---|---:|---:|---:|\n"
     "| a\\|b | 20,1% | 17,3 " DASH " 23,0 | 1.203 |\n"
     "| café | " DASH " | geen antwoorden | 0 |\n\n"
     "Let op: code 9 is missing\n\n---\n\npeil " PEIL_VERSION "\n\n"
     "| invoer | records | sha256 |\n|---|---:|---|\n| in.csv | 2.406 | e3b0 |\n\n"
     "| cijfer | records | in de steekproef | in het domein | geldige antwoorden |\n"
     "|---|---:|---:|---:|---:|\n"
     "| count() | 2.406 | 2.400 | 1.300 | 1.203 |\n"
     "| 9A\\|1 | 2.406 | 2.400 | 1.301 | 1.203 |\n\n"
     "- methode: strata jaar; strata klas\\|x; df subset\n"
     "- opdracht: measure percent(q = 1); by wijk; measure count()\n"},
};

Test(write, every_writer_has_a_case) {
    peil_report report = example();
    for (size_t i = 0; peil_writers[i]; i++) {
        size_t found = 0;
        while (found < COUNT(formats) && strcmp(formats[found].format, peil_writers[i]->name)) {
            found++;
        }
        cr_assert_lt(found, COUNT(formats), "%s has no case", peil_writers[i]->name);
        cr_expect(*peil_writers[i]->help);
        expect(formats[found].format, &report, dutch, formats[found].wanted);
    }
    peil_report_clear(&report);
}

Test(write, text_is_the_default_and_unknown_formats_are_not_found) {
    cr_assert_str_eq(peil_writers[0]->name, "text");
    cr_assert_null(peil_writer_find("pdf"));
    cr_assert_null(peil_writer_find(""));
}

Test(write, a_failed_text_stays_failed) {
    peil_report report = example();
    for (size_t i = 0; peil_writers[i]; i++) {
        peil_text out = {.failed = true};
        peil_writers[i]->write(&report, &dutch, &out);
        cr_expect(out.failed);
        cr_expect_null(out.bytes);
    }
    peil_report_clear(&report);
}

Test(write, empty_reports) {
    peil_report none = {.command = "table"};
    peil_report rowless = make("table", 1, 0, "measure~n");
    expect("text", &none, dutch, "Geen uitkomsten.\n");
    expect("text", &rowless, english, "No results.\n");
    expect("csv", &none, english, "");
    expect("csv", &rowless, english, "measure,n\n");
    expect("md", &rowless, english, "No results.\n\n---\n\npeil " PEIL_VERSION "\n");
    expect("json", &rowless, english,
           "{\"peil\": 1,\n \"command\": \"table\",\n \"rows\": [],\n \"notes\": [],\n"
           " \"provenance\": {\"version\": \"" PEIL_VERSION
           "\",\n  \"inputs\": [],\n  \"request\": {}}}\n");
    peil_report_clear(&rowless);
}

/* --- csv ---------------------------------------------------------------------------------- */

Test(write, csv_quotes_where_needed_and_stops_formulas) {
    static const struct {
        const char *cell, *wanted;
    } cases[] = {
        {"'plain", "plain"},
        {"'two words", "two words"},
        {"'a,b", "\"a,b\""},
        {"'say \"ja\"", "\"say \"\"ja\"\"\""},
        {"'two\nlines", "\"two\nlines\""},
        {"'", ""},
        {"'=1+1", "'=1+1"},
        {"'+31", "'+31"},
        {"'-1 tot 5", "'-1 tot 5"},
        {"'@SUM(A1)", "'@SUM(A1)"},
        {"'\t=1", "'\t=1"},
        {"'\r=1", "\"'\r=1\""},
        {"'=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""},
        {"'percent(x = 1)", "percent(x = 1)"},
        {"#-20", "-20"},
        {"-3.5", "-3.5"},
        {"0.1", "0.1"},
        {"1e300", "1e+300"},
        {"nan", ""},
        {"=18446744073709551615", "18446744073709551615"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char wanted[80];
        peil_report report = make("table", 1, 0, "x");
        add(&report, PEIL_UNIT_NONE, cases[i].cell);
        snprintf(wanted, sizeof wanted, "x\n%s\n", cases[i].wanted);
        expect("csv", &report, english, wanted);
        peil_report_clear(&report);
    }
}

Test(write, csv_headers_stay_names_but_never_formulas) {
    peil_report report = make("table", 0, 4, "@2015~=cmd()~-x y~a,b");
    expect("csv", &report, english, "@2015,'=cmd(),'-x y,\"a,b\"\n");
    peil_report_clear(&report);
}

/* --- json --------------------------------------------------------------------------------- */

Test(write, json_escapes) {
    static const struct {
        const char *cell, *wanted;
    } cases[] = {
        {"'say \"ja\" \\", "\"say \\\"ja\\\" \\\\\""},
        {"'\n\t\x1b", "\"\\u000a\\u0009\\u001b\""},
        {"'caf\xC3\xA9 \xF0\x9F\x98\x80", "\"caf\xC3\xA9 \xF0\x9F\x98\x80\""},
        {"'\xC2\x9B", "\"\\u009b\""},
        {"'\xE2\x80\xAE", "\"\\u202e\""},
        {"'\xF3\xA0\x80\x81", "\"\\udb40\\udc01\""},
        {"'a\xFF\xC3", "\"a\\ufffd\\ufffd\""},
        {"'\xED\xA0\x80", "\"\\ufffd\\ufffd\\ufffd\""},
        {"#2015", "2015"},
        {"#-1.5e+22", "-1.5e+22"},
        {"#007", "\"007\""},
        {"#.5", "\".5\""},
        {"#1.", "\"1.\""},
        {"#1e", "\"1e\""},
        {"#-", "\"-\""},
        {"inf", "null"},
        {"", "null"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char wanted[80];
        peil_report report = make("table", 1, 0, "x");
        add(&report, PEIL_UNIT_NONE, cases[i].cell);
        snprintf(wanted, sizeof wanted, "\n  {\"x\": %s}\n", cases[i].wanted);
        char *text = written("json", &report, english);
        cr_expect_not_null(strstr(text, wanted), "row %zu: %s", i, text);
        free(text);
        peil_report_clear(&report);
    }
}

/* A number that never came through peil_cell_number must not break the format either. */
Test(write, a_number_that_is_not_finite_is_absent) {
    peil_report report = make("table", 1, 0, "x");
    add(&report, PEIL_UNIT_NONE, "1");
    report.cells[0].as.number = NAN;
    expect("csv", &report, english, "x\n\n");
    char *text = written("json", &report, english);
    cr_expect_not_null(strstr(text, "{\"x\": null}"));
    free(text);
    peil_report_clear(&report);
}
