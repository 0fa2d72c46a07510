/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between figures of related data, whatever the data are. */
#include "infer/interval.h"

#include "people.h"

enum { PEOPLE = 240 };

static const char *const columns[] = {"estimate", "se",         "ci_low", "ci_high", "n",
                                      "cases",    "weighted_n", "n_eff",  "deff",    "df"};

/* Compares the figures of two rows in the columns of that list. */
static void same_figures(const peil_report *a, size_t i, const peil_report *b, size_t j,
                         const char *const *names, size_t n, double tolerance, const char *what) {
    for (size_t k = 0; k < n; k++) {
        const double x = figure_of(a, i, names[k]), y = figure_of(b, j, names[k]);
        HOLDS(is_near(x, y, tolerance), "%s: rows %zu and %zu: %s %.17g, %.17g", what, i, j,
              names[k], x, y);
    }
    HOLDS(!strcmp(word_of_cell(a, i, "flag"), word_of_cell(b, j, "flag")), "%s: row %zu", what, i);
}

static peil_report report_people(const person *people, size_t n, layout l, peil_request request) {
    const scratch file = people_file(people, n, l);
    const peil_report report = report_of(peil_run_table, request, file.path);
    scratch_remove(&file);
    return report;
}

#define MEANS                                                                              \
    WORDS("percent(q)", "percent(q = 1)", "mean(y)", "sd(y)", "ratio(y / z)", "median(y)", \
          "quantile(z, 0.3; school)", "quantile(y, 0.8; hf6)")

/* ---- weights ---- */

Test(properties, weights_times_a_constant) {
    static const layout factors[] = {{.weight_times = 3},
                                     {.weight_times = 7919},
                                     {.weight_power = 12},
                                     {.weight_power = -12},
                                     {.weight_times = 3, .weight_power = -5}};
    static const char *const kept[] = {"estimate", "se",    "ci_low", "ci_high", "n",
                                       "cases",    "n_eff", "deff",   "df"};
    const peil_request requests[] = {
        {.measures = MEANS, .missing = WORDS("9"), .weight = "w", .by = WORDS("g")},
        {.measures = MEANS,
         .missing = WORDS("9"),
         .weight = "w",
         .strata = WORDS("h"),
         .cluster = "c",
         .by = WORDS("g")}};
    person people[PEOPLE];
    people_make(19, people, PEOPLE);
    for (size_t r = 0; r < COUNT(requests); r++) {
        peil_report plain = report_people(people, PEOPLE, (layout){0}, requests[r]);
        for (size_t i = 0; i < COUNT(factors); i++) {
            peil_report times = report_people(people, PEOPLE, factors[i], requests[r]);
            const double factor = (factors[i].weight_times ? factors[i].weight_times : 1) *
                                  pow(10, factors[i].weight_power);
            cr_assert_eq(times.nrows, plain.nrows);
            for (size_t row = 0; row < plain.nrows; row++) {
                same_figures(&plain, row, &times, row, kept, COUNT(kept), 1e-15, "times");
                HOLDS(is_near(figure_of(&times, row, "weighted_n"),
                              factor * figure_of(&plain, row, "weighted_n"), 1e-14),
                      "factor %zu, row %zu", i, row);
            }
            peil_report_clear(&times);
        }
        peil_report_clear(&plain);
    }
}

/* A weight of 0 counts in the design and nowhere else, as one outside the domain does. */
Test(properties, weight_0_is_outside_the_domain) {
    const peil_request requests[] = {
        {.measures = MEANS, .missing = WORDS("9"), .weight = "w", .strata = WORDS("h")},
        {.measures = MEANS,
         .missing = WORDS("9"),
         .weight = "w",
         .strata = WORDS("h"),
         .cluster = "c",
         .by = WORDS("j")},
        {.measures = WORDS("total(y)", "count()", "total(q = 2)"), .weight = "w"}};
    person people[PEOPLE], zeros[PEOPLE];
    people_make(20, people, PEOPLE);
    memcpy(zeros, people, sizeof people);
    for (size_t i = 0; i < PEOPLE; i++)
        if (zeros[i].group == 2) zeros[i].weight = 0;
    for (size_t r = 0; r < COUNT(requests); r++) {
        peil_request where = requests[r];
        where.where = "g <> \"zuid\"";
        peil_report a = report_people(people, PEOPLE, (layout){0}, where);
        peil_report b = report_people(zeros, PEOPLE, (layout){0}, requests[r]);
        cr_assert_eq(a.nrows, b.nrows);
        for (size_t row = 0; row < a.nrows; row++)
            same_figures(&a, row, &b, row, columns, COUNT(columns), 0, "weight 0");
        peil_report_clear(&a);
        peil_report_clear(&b);
    }
}

Test(properties, no_weight_is_a_weight_of_1) {
    person people[PEOPLE];
    people_make(21, people, PEOPLE);
    for (size_t i = 0; i < PEOPLE; i++) people[i].weight = 100;
    const peil_request plain = {.measures = MEANS, .strata = WORDS("h"), .by = WORDS("g")};
    peil_request weighted = plain;
    weighted.weight = "w";
    peil_report a = report_people(people, PEOPLE, (layout){0}, plain);
    peil_report b = report_people(people, PEOPLE, (layout){0}, weighted);
    for (size_t row = 0; row < a.nrows; row++)
        same_figures(&a, row, &b, row, columns, COUNT(columns), 0, "weight 1");
    peil_report_clear(&a);
    peil_report_clear(&b);
}

/* ---- designs ---- */

/* Everybody twice, the pair as a cluster: what the clusters say is said once. */
Test(properties, doubled_data_with_doubled_clusters) {
    static const char *const kept[] = {"estimate", "se", "ci_low", "ci_high", "df"};
    person people[PEOPLE], twice[2 * PEOPLE];
    people_make(22, people, PEOPLE);
    for (size_t i = 0; i < 2 * PEOPLE; i++) twice[i] = people[i / 2];
    const peil_request once = {.measures = MEANS,
                               .missing = WORDS("9"),
                               .weight = "w",
                               .strata = WORDS("h"),
                               .by = WORDS("g")};
    peil_request pairs = once;
    pairs.cluster = "i";
    peil_report a = report_people(people, PEOPLE, (layout){0}, once);
    peil_report b = report_people(twice, 2 * PEOPLE, (layout){0}, pairs);
    cr_assert_eq(a.nrows, b.nrows);
    for (size_t row = 0; row < a.nrows; row++) {
        const char *measure = word_of_cell(&a, row, "measure"); /* some count people */
        if (strcmp(measure, "sd(y)") == 0 || strstr(measure, "hf6")) continue;
        same_figures(&a, row, &b, row, kept, COUNT(kept), 1e-12, "twice");
        HOLDS(figure_of(&b, row, "n") == 2 * figure_of(&a, row, "n"), "row %zu", row);
    }
    peil_report_clear(&a);
    peil_report_clear(&b);
}

/* Respondents as clusters of one are the sampled units that they were. */
Test(properties, clusters_of_one) {
    person people[PEOPLE];
    people_make(23, people, PEOPLE);
    const peil_request plain = {.measures = MEANS,
                                .missing = WORDS("9"),
                                .weight = "w",
                                .strata = WORDS("h"),
                                .by = WORDS("g", "j")};
    peil_request clusters = plain;
    clusters.cluster = "i";
    peil_report a = report_people(people, PEOPLE, (layout){0}, plain);
    peil_report b = report_people(people, PEOPLE, (layout){0}, clusters);
    for (size_t row = 0; row < a.nrows; row++)
        same_figures(&a, row, &b, row, columns, COUNT(columns), 1e-14, "clusters of one");
    peil_report_clear(&a);
    peil_report_clear(&b);
}

/* Without an fpc later stages add nothing, however many there are. */
Test(properties, stages_without_fpc) {
    person people[PEOPLE];
    people_make(24, people, PEOPLE);
    const peil_request one = {
        .measures = MEANS, .weight = "w", .strata = WORDS("h"), .cluster = "c"};
    peil_request two = one;
    two.cluster = "c,i";
    peil_report a = report_people(people, PEOPLE, (layout){0}, one);
    peil_report b = report_people(people, PEOPLE, (layout){0}, two);
    for (size_t row = 0; row < a.nrows; row++)
        same_figures(&a, row, &b, row, columns, COUNT(columns), 1e-14, "stages");
    peil_report_clear(&a);
    peil_report_clear(&b);
}

static void check_no_error(const person *people, peil_request request) {
    peil_report r = report_people(people, PEOPLE, (layout){0}, request);
    for (size_t row = 0; row < r.nrows; row++)
        HOLDS(figure_of(&r, row, "se") <= 0, "%s, %s: row %zu: %g", request.calibrate,
              word_of_cell(&r, row, "measure"), row, figure_of(&r, row, "se"));
    peil_report_clear(&r);
}

/* What weights were calibrated to is known. */
Test(properties, targets_have_no_error) {
    static const char *const calibrations[] = {"rake", "linear"};
    const peil_request designs[] = {
        {0}, {.strata = WORDS("h")}, {.strata = WORDS("h"), .cluster = "c"}};
    person people[PEOPLE];
    people_make(27, people, PEOPLE);
    for (size_t d = 0; d < COUNT(designs); d++)
        for (size_t k = 0; k < COUNT(calibrations); k++) {
            peil_request request = designs[d];
            request.weight = "w";
            request.targets = (peil_words)WORDS(PEOPLE_TARGETS);
            request.calibrate = calibrations[k];
            request.measures = (peil_words)WORDS("count()", "total(z)", "mean(z)");
            check_no_error(people, request);
            request.measures = (peil_words)WORDS("count()");
            request.by = (peil_words)WORDS("g", "j");
            check_no_error(people, request);
        }
}

/* ---- domains and breakdowns ---- */

static const peil_request broken_down = {
    .measures = WORDS("mean(y)"), .missing = WORDS("9"), .weight = "w", .strata = WORDS("h")};

/* Rows of a run from `from` on against all rows of another. */
static void same_rows(const peil_report *whole, size_t *from, const peil_report *part,
                      const char *const *by, size_t nby, const char *what) {
    for (size_t row = 0; row < part->nrows; row++, ++*from) {
        same_figures(whole, *from, part, row, columns, COUNT(columns), 0, what);
        for (size_t k = 0; k < nby; k++) {
            const char *in_part = peil_report_find(part, by[k]) < part->ncolumns
                                      ? word_of_cell(part, row, by[k])
                                      : "";
            HOLDS(!strcmp(word_of_cell(whole, *from, by[k]), in_part), "%s: row %zu", what, row);
        }
    }
}

Test(properties, several_breakdowns_are_separate_runs) {
    static const char *const names[] = {"g", "j", "q", "h"};
    const peil_words together = WORDS("g", "j,q", "q", "h,g");
    person people[PEOPLE];
    people_make(25, people, PEOPLE);
    peil_request request = broken_down;
    request.by = together;
    peil_report whole = report_people(people, PEOPLE, (layout){0}, request);
    size_t row = 0;
    for (size_t b = 0; b < together.n; b++) {
        request.by = (peil_words){1, &together.word[b]};
        peil_report part = report_people(people, PEOPLE, (layout){0}, request);
        same_rows(&whole, &row, &part, names, COUNT(names), together.word[b]);
        peil_report_clear(&part);
    }
    cr_expect_eq(row, whole.nrows);
    peil_report_clear(&whole);
}

/* Margins follow their cells, larger ones first, and the grand total ends it. */
Test(properties, margins_are_separate_runs) {
    static const char *const names[] = {"g", "j", "h"};
    const peil_words parts = WORDS("g,j,h", "g,j", "g,h", "j,h", "g", "j", "h");
    person people[PEOPLE];
    people_make(26, people, PEOPLE);
    peil_request request = broken_down;
    request.by = (peil_words){1, parts.word};
    request.margins = true;
    peil_report whole = report_people(people, PEOPLE, (layout){0}, request);
    size_t row = 0;
    request.margins = false;
    for (size_t b = 0; b <= parts.n; b++) {
        request.by = b < parts.n ? (peil_words){1, &parts.word[b]} : (peil_words){0};
        peil_report part = report_people(people, PEOPLE, (layout){0}, request);
        same_rows(&whole, &row, &part, names, COUNT(names), b < parts.n ? parts.word[b] : "total");
        peil_report_clear(&part);
    }
    cr_expect_eq(row, whole.nrows);
    peil_report_clear(&whole);
}

Test(properties, where_is_a_row_of_by) {
    static const char *const conditions[] = {"g = \"noord\"", "g = \"oost, \"\"b\"\"\"",
                                             "g = \"zuid\""};
    const peil_request designs[] = {
        {.measures = MEANS, .missing = WORDS("9"), .weight = "w", .strata = WORDS("h")},
        {.measures = MEANS,
         .missing = WORDS("9"),
         .weight = "w",
         .strata = WORDS("h"),
         .cluster = "c"}};
    person people[PEOPLE];
    people_make(27, people, PEOPLE);
    for (size_t d = 0; d < COUNT(designs); d++) {
        peil_request request = designs[d];
        request.by = (peil_words)WORDS("g");
        peil_report by = report_people(people, PEOPLE, (layout){0}, request);
        for (size_t g = 0; g < COUNT(conditions); g++) {
            request = designs[d];
            request.where = conditions[g];
            peil_report where = report_people(people, PEOPLE, (layout){0}, request);
            for (size_t i = 0, row = 0; i < by.nrows; i++) {
                const char *group = word_of_cell(&by, i, "g");
                if (strcmp(group, (const char *[]){"noord", "oost, \"b\"", "zuid"}[g])) continue;
                same_figures(&where, row++, &by, i, columns, COUNT(columns), 0, group);
            }
            peil_report_clear(&where);
        }
        peil_report_clear(&by);
    }
}

Test(properties, totals_of_parts_add_up) {
    static const char *const measures[] = {"total(y)", "count()", "total(q = 1)", "total(z)"};
    person people[PEOPLE];
    people_make(28, people, PEOPLE);
    for (size_t m = 0; m < COUNT(measures); m++) {
        const peil_request request = {
            .measures = {1, &measures[m]}, .weight = "w", .by = WORDS("g,j"), .margins = true};
        peil_report r = report_people(people, PEOPLE, (layout){0}, request);
        double cells = 0, groups = 0, years = 0;
        for (size_t row = 0; row < r.nrows; row++) {
            const bool g = *word_of_cell(&r, row, "g"), j = *word_of_cell(&r, row, "j");
            double *sum = g && j ? &cells : g ? &groups : j ? &years : NULL;
            if (sum) *sum += figure_of(&r, row, "estimate");
        }
        const double total = figure_of(&r, r.nrows - 1, "estimate");
        HOLDS(is_near(cells, total, 1e-14) && is_near(groups, total, 1e-14) &&
                  is_near(years, total, 1e-14),
              "%s: %.17g %.17g %.17g %.17g", measures[m], cells, groups, years, total);
        peil_report_clear(&r);
    }
}

Test(properties, percentages_add_up) {
    person people[PEOPLE];
    people_make(29, people, PEOPLE);
    const peil_request request = {
        .measures = WORDS("percent(q)"), .missing = WORDS("9"), .weight = "w"};
    peil_report r = report_people(people, PEOPLE, (layout){0}, request);
    double percent = 0, cases = 0;
    for (size_t row = 0; row < r.nrows; row++) {
        percent += figure_of(&r, row, "estimate");
        cases += figure_of(&r, row, "cases");
    }
    cr_expect_eq(r.nrows, 5);
    cr_expect(is_near(percent, 100, 1e-14), "%.17g", percent);
    cr_expect_eq(cases, figure_of(&r, 0, "n"));
    peil_report_clear(&r);
}

/* ---- answers ---- */

Test(properties, the_complement_is_the_mirror) {
    person people[PEOPLE];
    people_make(30, people, PEOPLE);
    for (size_t m = 0; peil_intervals[m]; m++) {
        const peil_request request = {
            .measures = WORDS("percent(q in (1, 2))", "percent(not q in (1, 2))", "percent(q < 9)",
                              "percent(q >= 9)"),
            .weight = "w",
            .strata = WORDS("h"),
            .by = WORDS("g"),
            .margins = true,
            .interval = peil_intervals[m]->name};
        peil_report r = report_people(people, PEOPLE, (layout){0}, request);
        const size_t n = r.nrows / 4;
        for (size_t row = 0; row < r.nrows; row++) {
            if (row / n % 2) continue;
            const size_t other = row + n;
            HOLDS(is_near(figure_of(&r, row, "estimate") + figure_of(&r, other, "estimate"), 100,
                          1e-14),
                  "%s: row %zu", request.interval, row);
            HOLDS(is_near(figure_of(&r, row, "se"), figure_of(&r, other, "se"), 1e-14),
                  "%s: row %zu", request.interval, row);
            HOLDS(
                is_near(figure_of(&r, row, "ci_low") + figure_of(&r, other, "ci_high"), 100, 1e-12),
                "%s: row %zu: %.17g %.17g", request.interval, row, figure_of(&r, row, "ci_low"),
                figure_of(&r, other, "ci_high"));
            HOLDS(
                is_near(figure_of(&r, row, "ci_high") + figure_of(&r, other, "ci_low"), 100, 1e-12),
                "%s: row %zu", request.interval, row);
            HOLDS(is_near(figure_of(&r, row, "deff"), figure_of(&r, other, "deff"), 1e-13),
                  "%s: row %zu", request.interval, row);
        }
        peil_report_clear(&r);
    }
}

Test(properties, relabelled_categories_are_the_same_rows) {
    person people[PEOPLE];
    people_make(31, people, PEOPLE);
    const peil_request request = {.measures = WORDS("percent(q)"),
                                  .missing = WORDS("9"),
                                  .weight = "w",
                                  .strata = WORDS("h"),
                                  .cluster = "c"};
    peil_report a = report_people(people, PEOPLE, (layout){0}, request);
    peil_report b = report_people(people, PEOPLE, (layout){.turned = true}, request);
    cr_assert_eq(a.nrows, 5);
    for (size_t row = 0; row < 5; row++)
        same_figures(&a, row, &b, 4 - row, columns, COUNT(columns), 0, "relabelled");
    peil_report_clear(&a);
    peil_report_clear(&b);
}

/* A percentage is the mean of 0 and 100, but for its interval. */
Test(properties, percent_is_a_mean) {
    static const char *const kept[] = {"estimate", "se", "n", "weighted_n", "deff", "df"};
    person people[PEOPLE];
    people_make(32, people, PEOPLE);
    const peil_request request = {
        .measures = WORDS("percent(q = 2)", "index(q: 1 = 0, 2 = 100, 3 = 0, 4 = 0, 5 = 0)"),
        .missing = WORDS("9"),
        .weight = "w",
        .strata = WORDS("h"),
        .cluster = "c",
        .by = WORDS("g")};
    peil_report r = report_people(people, PEOPLE, (layout){0}, request);
    for (size_t row = 0; row < r.nrows / 2; row++)
        same_figures(&r, row, &r, row + r.nrows / 2, kept, COUNT(kept), 1e-14, "a mean");
    peil_report_clear(&r);
}

/* ---- a constant added ---- */

/* With few values and with so many that moments are kept; y has one decimal. */
Test(properties, a_constant_moves_the_mean_alone) {
    static const char *const kept[] = {"se", "n", "weighted_n", "deff", "df"};
    static const int64_t constants[] = {10000000, 100000000, 123456789012};
    static const int spreads[] = {100, 100000};
    const peil_request designs[] = {
        {.measures = WORDS("mean(y)", "sd(y)"), .weight = "w", .by = WORDS("g")},
        {.measures = WORDS("mean(y)", "sd(y)"),
         .weight = "w",
         .strata = WORDS("h"),
         .cluster = "c"}};
    enum { MANY = 800 };
    static person people[MANY];
    for (size_t s = 0; s < COUNT(spreads); s++)
        for (size_t d = 0; d < COUNT(designs); d++) {
            uint64_t state = 33;
            people_make(34, people, MANY);
            for (size_t i = 0; i < MANY; i++)
                people[i].y = (int64_t)random_below(&state, (uint64_t)spreads[s]);
            peil_report a = report_people(people, MANY, (layout){0}, designs[d]);
            for (size_t c = 0; c < COUNT(constants); c++) {
                const layout l = {.y_more = constants[c] * 10};
                peil_report b = report_people(people, MANY, l, designs[d]);
                const double constant = (double)constants[c];
                for (size_t row = 0; row < a.nrows; row++) {
                    const bool is_mean = !strcmp(word_of_cell(&a, row, "measure"), "mean(y)");
                    const double before = figure_of(&a, row, "estimate");
                    const double after = figure_of(&b, row, "estimate");
                    same_figures(&a, row, &b, row, kept, COUNT(kept), 1e-10, "moved");
                    HOLDS(is_near(after, before + (is_mean ? constant : 0), 1e-14),
                          "row %zu: %.17g, %.17g", row, before, after);
                }
                peil_report_clear(&b);
            }
            peil_report_clear(&a);
        }
}

/* ---- comparisons ---- */

/* Turning the reference round turns the sign and nothing else. */
Test(properties, a_difference_has_two_sides) {
    person people[PEOPLE];
    people_make(35, people, PEOPLE);
    const scratch file = people_file(people, PEOPLE, (layout){0});
    peil_request request = {.measures = WORDS("percent(q = 1)", "mean(y)", "median(y)"),
                            .missing = WORDS("9"),
                            .weight = "w",
                            .strata = WORDS("h"),
                            .cluster = "c",
                            .over = "j",
                            .where = "j <> 2015",
                            .against = "2014"};
    peil_report a = report_of(peil_run_compare, request, file.path);
    request.against = "2016";
    peil_report b = report_of(peil_run_compare, request, file.path);
    cr_assert_eq(a.nrows, 3);
    for (size_t row = 0; row < a.nrows; row++) {
        static const char *const kept[] = {"se", "df", "p", "p_adjusted", "significant"};
        static const char *const turned[][2] = {
            {"difference", "difference"}, {"statistic", "statistic"}, {"ci_low", "ci_high"}};
        for (size_t k = 0; k < COUNT(kept); k++)
            HOLDS(is_near(figure_of(&a, row, kept[k]), figure_of(&b, row, kept[k]), 1e-15), "%s",
                  kept[k]);
        for (size_t k = 0; k < COUNT(turned); k++)
            HOLDS(
                is_near(figure_of(&a, row, turned[k][0]), -figure_of(&b, row, turned[k][1]), 1e-15),
                "%s", turned[k][0]);
        HOLDS(is_near(figure_of(&a, row, "estimate"), figure_of(&b, row, "reference_estimate"), 0),
              "row %zu", row);
    }
    peil_report_clear(&a);
    peil_report_clear(&b);
    scratch_remove(&file);
}

/* The estimates of a comparison are those of a table. */
Test(properties, compare_shows_the_figures_of_table) {
    person people[PEOPLE];
    people_make(36, people, PEOPLE);
    const scratch file = people_file(people, PEOPLE, (layout){0});
    peil_request request = {.measures = WORDS("mean(y)"), .weight = "w", .strata = WORDS("h")};
    request.over = "j";
    peil_report differences = report_of(peil_run_compare, request, file.path);
    request.over = NULL;
    request.by = (peil_words)WORDS("j");
    peil_report years = report_of(peil_run_table, request, file.path);
    cr_assert_eq(years.nrows, 3);
    cr_assert_eq(differences.nrows, 2);
    for (size_t row = 0; row < 2; row++) {
        HOLDS(is_near(figure_of(&differences, row, "estimate"),
                      figure_of(&years, row + 1, "estimate"), 0),
              "row %zu", row);
        HOLDS(is_near(figure_of(&differences, row, "reference_estimate"),
                      figure_of(&years, row, "estimate"), 0),
              "row %zu", row);
    }
    peil_report_clear(&differences);
    peil_report_clear(&years);
    scratch_remove(&file);
}
