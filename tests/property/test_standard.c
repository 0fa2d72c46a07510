/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between standardised figures and plain ones. */
#include "people.h"

enum { PEOPLE = 300 };

static const char *const columns[] = {"estimate", "se",         "ci_low", "ci_high", "n",
                                      "cases",    "weighted_n", "n_eff",  "deff",    "df"};

#define MEANS                                                    \
    WORDS("percent(q)", "percent(z >= 7)", "mean(y)", "mean(z)", \
          "index(j: 2014 = 1, 2015 = 3, 2016 = 7)")

static scratch file_of(uint64_t seed) {
    person people[PEOPLE];
    people_make(seed, people, PEOPLE);
    return people_file(people, PEOPLE, (layout){0});
}

static void same_rows(const peil_report *a, const peil_report *b, double tolerance) {
    cr_assert_eq(a->nrows, b->nrows);
    for (size_t row = 0; row < a->nrows; row++)
        for (size_t k = 0; k < COUNT(columns); k++) {
            const double x = figure_of(a, row, columns[k]), y = figure_of(b, row, columns[k]);
            HOLDS(is_near(x, y, tolerance), "row %zu: %s %.17g, %.17g", row, columns[k], x, y);
        }
}

/* Everybody in one class, or classes in their own shares of a group: nothing to put right. */
Test(standard, one_class_changes_nothing) {
    static const char *const clusters[] = {NULL, "c"};
    const scratch file = file_of(70);
    for (size_t i = 0; i < COUNT(clusters); i++) {
        const peil_request plain = {.measures = MEANS,
                                    .by = WORDS("g,j"),
                                    .margins = true,
                                    .missing = WORDS("9"),
                                    .weight = "w",
                                    .strata = WORDS("h"),
                                    .cluster = clusters[i]};
        peil_request standard = plain;
        standard.standardise = "F: 400 = 12";
        peil_report a = report_of(peil_run_table, plain, file.path);
        peil_report b = report_of(peil_run_table, standard, file.path);
        same_rows(&a, &b, 1e-14);
        peil_report_clear(&a);
        peil_report_clear(&b);
    }
    scratch_remove(&file);
}

Test(standard, shares_are_relative_and_in_any_order) {
    static const char *const shares[] = {"h: 1 = 0.1, 2 = 0.3, 3 = 0.4, 4 = 0.2",
                                         "h: 1 = 7, 2 = 21, 3 = 28, 4 = 14",
                                         "h: 4 = 200, 2 = 300, \"1\" = 100, 3.0 = 400"};
    const scratch file = file_of(71);
    peil_request request = {.measures = MEANS,
                            .by = WORDS("g"),
                            .missing = WORDS("9"),
                            .weight = "w",
                            .strata = WORDS("h"),
                            .standardise = shares[0]};
    peil_report first = report_of(peil_run_table, request, file.path);
    for (size_t i = 1; i < COUNT(shares); i++) {
        request.standardise = shares[i];
        peil_report other = report_of(peil_run_table, request, file.path);
        same_rows(&first, &other, 1e-15);
        peil_report_clear(&other);
    }
    peil_report_clear(&first);
    scratch_remove(&file);
}

/* theta = sum P_k theta_k; classes that are strata are independent, so that V = sum P_k^2 V_k. */
Test(standard, the_sum_over_classes_of_share_times_figure) {
    static const double shares[] = {0.1, 0.3, 0.4, 0.2};
    const scratch file = file_of(72);
    peil_request request = {.measures = MEANS,
                            .by = WORDS("g,h"),
                            .missing = WORDS("9"),
                            .weight = "w",
                            .strata = WORDS("h"),
                            .cluster = "c"};
    peil_report parts = report_of(peil_run_table, request, file.path);
    const peil_request standard = {.measures = MEANS,
                                   .by = WORDS("g"),
                                   .missing = WORDS("9"),
                                   .weight = "w",
                                   .strata = WORDS("h"),
                                   .cluster = "c",
                                   .standardise = "h: 1 = 0.1, 2 = 0.3, 3 = 0.4, 4 = 0.2"};
    peil_report whole = report_of(peil_run_table, standard, file.path);
    for (size_t row = 0; row < whole.nrows; row++) {
        double theta = 0, variance = 0, n = 0;
        for (size_t part = 0, k = 0; part < parts.nrows; part++) {
            if (strcmp(word_of_cell(&parts, part, "measure"), word_of_cell(&whole, row, "measure")))
                continue;
            if (strcmp(word_of_cell(&parts, part, "category"),
                       word_of_cell(&whole, row, "category")))
                continue;
            if (strcmp(word_of_cell(&parts, part, "g"), word_of_cell(&whole, row, "g"))) continue;
            theta += shares[k] * figure_of(&parts, part, "estimate");
            variance += pow(shares[k++] * figure_of(&parts, part, "se"), 2);
            n += figure_of(&parts, part, "n");
        }
        HOLDS(is_near(theta, figure_of(&whole, row, "estimate"), 1e-14), "row %zu", row);
        HOLDS(is_near(sqrt(variance), figure_of(&whole, row, "se"), 1e-13), "row %zu", row);
        HOLDS(is_near(n, figure_of(&whole, row, "n"), 0), "row %zu", row);
    }
    peil_report_clear(&parts);
    peil_report_clear(&whole);
    scratch_remove(&file);
}

/* Both sides of a difference are rows of the table, the rest that of all others. */
Test(standard, compare_shows_the_figures_of_table) {
    static const char *const groups[] = {"g <> \"noord\"", "g <> \"oost, \"\"b\"\"\"",
                                         "g <> \"zuid\""};
    const scratch file = file_of(73);
    peil_request request = {.measures = WORDS("mean(y)"),
                            .missing = WORDS("9"),
                            .weight = "w",
                            .strata = WORDS("h"),
                            .standardise = "j: 2014 = 1, 2015 = 2, 2016 = 5"};
    peil_request compare = request, table = request;
    compare.over = "g";
    compare.against = "rest";
    table.by = (peil_words)WORDS("g");
    peil_report pairs = report_of(peil_run_compare, compare, file.path);
    peil_report rows = report_of(peil_run_table, table, file.path);
    cr_assert_eq(pairs.nrows, 3);
    for (size_t i = 0; i < 3; i++) {
        request.where = groups[i];
        peil_report rest = report_of(peil_run_table, request, file.path);
        const double one = figure_of(&rows, i, "estimate"), other = figure_of(&rest, 0, "estimate");
        HOLDS(is_near(figure_of(&pairs, i, "estimate"), one, 0), "group %zu", i);
        HOLDS(is_near(figure_of(&pairs, i, "reference_estimate"), other, 1e-15), "group %zu", i);
        HOLDS(is_near(figure_of(&pairs, i, "difference"), one - other, 1e-12), "group %zu", i);
        peil_report_clear(&rest);
    }
    peil_report_clear(&pairs);
    peil_report_clear(&rows);
    scratch_remove(&file);
}

/* A group whose weights already have the shares has its plain mean. */
Test(standard, a_group_with_those_shares_keeps_its_mean) {
    const char *text =
        "g,k,y,w\n"
        "a,1,3,0.5\na,1,8,0.5\na,2,4,3\n"
        "b,1,2,2\nb,2,9,1\nb,2,7.5,5\n";
    const peil_request plain = {.measures = WORDS("mean(y)"), .by = WORDS("g"), .weight = "w"};
    peil_request standard = plain;
    standard.standardise = "k: 1 = 1, 2 = 3";
    peil_report a = report_on(peil_run_table, plain, text);
    peil_report b = report_on(peil_run_table, standard, text);
    for (size_t row = 0; row < 2; row++)
        cr_expect(is_near(figure_of(&a, row, "estimate"), figure_of(&b, row, "estimate"), 1e-15));
    peil_report_clear(&a);
    peil_report_clear(&b);
}

/* ---- refusals ---- */

static void refuses(command *run, peil_request request, const char *text, peil_status status,
                    const char *variable, const char *message) {
    const scratch file = scratch_text("data.csv", text);
    const char *const files[] = {file.path};
    peil_report report = {0};
    peil_fault fault = {0};
    request.files = (peil_words){1, files};
    cr_expect_eq(run(&request, &report, &fault), status, "%s", message);
    cr_expect_str_eq(fault.variable, variable, "%s", fault.message);
    cr_expect(strstr(fault.message, message), "\"%s\" is not in \"%s\"", message, fault.message);
    scratch_remove(&file);
}

Test(standard, refuses_what_it_cannot_do) {
    static const struct {
        const char *measure, *by, *standardise;
        peil_status status;
        const char *variable, *message;
    } cases[] = {
        {"total(y)", "g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "not total(y)"},
        {"count()", "g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "not count()"},
        {"sd(y)", "g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "not sd(y)"},
        {"ratio(y / k)", "g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "not ratio(y / k)"},
        {"median(y)", "g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "not median(y)"},
        {"quantile(y, 0.9)", "g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "not quantile(y, 0.9)"},
        {"alpha(y, k; 1..5)", "g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "not alpha("},
        {"mean(y)", "g", "k: 1 = 1, 2 = 0", PEIL_EUSAGE, "", "the share of 2 is not above 0"},
        {"mean(y)", "g", "k: 1 = 1, 2 = -1", PEIL_EUSAGE, "", "the share of 2 is not above 0"},
        {"mean(y)", "g", "k: 1 = 1, 1.0 = 2", PEIL_EUSAGE, "", "is there already"},
        {"mean(y)", "g", "k: 1 = 1, 2", PEIL_EUSAGE, "", "expected = here"},
        {"mean(y)", "g", "k: 1 = 1 2 = 1", PEIL_EUSAGE, "", "did not expect this here"},
        {"mean(y)", "k,g", "k: 1 = 1, 2 = 1", PEIL_EUSAGE, "", "no figures by it"},
        {"mean(y)", "g", "k: 1 = 1", PEIL_EDATA, "k", "a value that --standardise gives no share"},
        {"mean(y)", "g", "k: 1 = 1, \"1\" = 2, 2 = 1", PEIL_EUSAGE, "", "is there already"},
        {"mean(y)", "g", "k: 1 = 1, \"1.0\" = 2, 2 = 1", PEIL_EDATA, "k", "are the same value"},
        {"mean(y)", "g", "x: 1 = 1", PEIL_EDATA, "", "no variable x"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        refuses(peil_run_table,
                (peil_request){.measures = WORDS(cases[i].measure),
                               .by = WORDS(cases[i].by),
                               .standardise = cases[i].standardise},
                "g,k,y\na,1,1\na,2,3\nb,1,4\nb,2,3\n", cases[i].status, cases[i].variable,
                cases[i].message);
}

Test(standard, refuses_a_test_of_answers) {
    static const char *const rules[] = {"rao-scott", "rao-scott-1", "wald", "adjwald"};
    for (size_t i = 0; i < COUNT(rules); i++)
        refuses(peil_run_compare,
                (peil_request){.measures = WORDS("percent(y)"),
                               .over = "g",
                               .rule = rules[i],
                               .standardise = "k: 1 = 1, 2 = 1"},
                "g,k,y\na,1,1\na,2,3\nb,1,4\nb,2,3\n", PEIL_EUSAGE, "",
                "does not go with --standardise");
    refuses(peil_run_compare,
            (peil_request){
                .measures = WORDS("percent(y)"), .over = "k", .standardise = "k: 1 = 1, 2 = 1"},
            "g,k,y\na,1,1\na,2,3\nb,1,4\nb,2,3\n", PEIL_EUSAGE, "", "no figures by it");
}

/* Values outside the sample or the domain need no share; a declared code is no value. */
Test(standard, who_need_no_share) {
    const char *text = "g,k,y\na,1,1\na,2,3\na,7,3\na,9,4\na,,4\n";
    const peil_request request = {.measures = WORDS("mean(y)"),
                                  .where = "k <> 7",
                                  .missing = WORDS("k: 9"),
                                  .standardise = "k: 1 = 3, 2 = 1"};
    peil_report report = report_on(peil_run_table, request, text);
    cr_expect(is_near(figure_of(&report, 0, "estimate"), 1.5, 1e-15));
    cr_expect_eq(figure_of(&report, 0, "n"), 2);
    peil_report_clear(&report);
}
