/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between the tests of a comparison, whatever the data are: small surveys from many
 * seeds, in designs of every sort. */
#include "infer/adjust.h"
#include "infer/rule.h"

#include "people.h"

enum { PEOPLE = 120, SURVEYS = 200 };

static const char *const table_rules[] = {"rao-scott", "rao-scott-1", "wald", "adjwald"};

static const peil_request designs[] = {
    {.weight = "w"},
    {.weight = "w", .strata = WORDS("h"), .fpc = "F"},
    {.weight = "w", .strata = WORDS("h"), .cluster = "c"},
    {.weight = "w",
     .strata = WORDS("h"),
     .cluster = "c,i",
     .fpc = "f,F",
     .lonely_psu = "certainty"},
    {.weight = "w", .cluster = "i"},
    {.weight = "w", .strata = WORDS("j,h"), .lonely_psu = "adjust"},
    {.weight = "w", .strata = WORDS("h,c"), .cluster = "z", .lonely_psu = "average"},
    {.weight = "w", .strata = WORDS("h,c,j"), .cluster = "z", .lonely_psu = "certainty"},
};

static const char *const nine[] = {"9"};

/* A survey of a seed, and a request in a design that goes with it. */
typedef struct survey {
    person people[PEOPLE];
    peil_request request;
} survey;

static void survey_make(uint64_t seed, survey *s) {
    people_make(1000 + seed, s->people, PEOPLE);
    s->request = designs[seed % COUNT(designs)];
    s->request.missing = (peil_words){1, nine};
    s->request.over = "j";
}

static peil_report compared(const survey *s, layout l, peil_request request) {
    const scratch file = people_file(s->people, PEOPLE, l);
    const peil_report report = report_of(peil_run_compare, request, file.path);
    scratch_remove(&file);
    return report;
}

static peil_report by_rule(const survey *s, const char *rule, const char *measure) {
    peil_request request = s->request;
    request.rule = rule;
    request.measures = (peil_words){1, &measure};
    return compared(s, (layout){0}, request);
}

static void same_test(const peil_report *a, size_t i, const peil_report *b, size_t j, uint64_t seed,
                      const char *what) {
    static const char *const columns[] = {"statistic", "df", "p", "significant"};
    for (size_t k = 0; k < COUNT(columns); k++)
        HOLDS(is_near(figure_of(a, i, columns[k]), figure_of(b, j, columns[k]), 1e-11),
              "%s, seed %" PRIu64 ", row %zu: %s: %.17g, not %.17g", what, seed, i, columns[k],
              figure_of(a, i, columns[k]), figure_of(b, j, columns[k]));
}

/* How many rows have a test: enough for a property to mean something. */
static size_t count_tests(const peil_report *report) {
    size_t n = 0;
    for (size_t row = 0; row < report->nrows; row++) n += !isnan(figure_of(report, row, "p"));
    return n;
}

/* ---- what a test may not depend on ---- */

Test(rules, weights_times_a_constant) {
    size_t tests = 0;
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        s.request.rule = table_rules[seed % COUNT(table_rules)];
        s.request.measures = (peil_words)WORDS("percent(q)");
        peil_report plain = compared(&s, (layout){0}, s.request);
        peil_report times = compared(&s, (layout){.weight_times = 7, .weight_power = 3}, s.request);
        cr_assert_eq(plain.nrows, times.nrows);
        for (size_t row = 0; row < plain.nrows; row++)
            same_test(&plain, row, &times, row, seed, s.request.rule);
        tests += count_tests(&plain);
        peil_report_clear(&plain);
        peil_report_clear(&times);
    }
    cr_assert_gt(tests, 9 * SURVEYS);
}

/* The categories the other way round, and the groups. */
Test(rules, names_of_answers_and_groups) {
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        s.request.rule = table_rules[seed % COUNT(table_rules)];
        s.request.measures = (peil_words)WORDS("percent(q)");
        s.request.where = "j <> 2015";
        s.request.against = "2014";
        peil_report plain = compared(&s, (layout){0}, s.request);
        s.request.against = "2016";
        peil_report turned = compared(&s, (layout){.turned = true}, s.request);
        cr_assert_eq(plain.nrows, turned.nrows);
        for (size_t row = 0; row < plain.nrows; row++)
            same_test(&plain, row, &turned, plain.nrows - 1 - row, seed, s.request.rule);
        peil_report_clear(&plain);
        peil_report_clear(&turned);
    }
}

/* All rows of a question have its test; a question of two answers is the test of either. */
Test(rules, a_question_has_one_test) {
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        for (size_t i = 0; i < PEOPLE; i++) s.people[i].q = 1 + s.people[i].q % 2;
        const char *rule = table_rules[seed % COUNT(table_rules)];
        peil_report whole = by_rule(&s, rule, "percent(q)");
        peil_report one = by_rule(&s, rule, "percent(q = 1)");
        peil_report other = by_rule(&s, rule, "percent(not q = 1)");
        cr_assert_eq(whole.nrows, 4);
        cr_assert_eq(one.nrows, 2);
        for (size_t row = 0; row < 4; row++) {
            same_test(&whole, row, &one, row / 2, seed, rule);
            same_test(&whole, row, &other, row / 2, seed, rule);
        }
        peil_report_clear(&whole);
        peil_report_clear(&one);
        peil_report_clear(&other);
    }
}

/* With --include-missing no answer is an answer like any other. */
Test(rules, no_answer_as_an_answer) {
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        s.request.missing = (peil_words){0};
        s.request.include_missing = true;
        const char *rule = table_rules[seed % COUNT(table_rules)];
        peil_report missing = by_rule(&s, rule, "percent(q)");
        for (size_t i = 0; i < PEOPLE; i++)
            if (s.people[i].q == 0) s.people[i].q = 6;
        peil_report given = by_rule(&s, rule, "percent(q)");
        for (size_t period = 2015; period <= 2016; period++) {
            size_t a = 0, b = 0;
            char year[8];
            snprintf(year, sizeof year, "%zu", period);
            while (strcmp(word_of_cell(&missing, a, "period"), year) != 0) a++;
            while (strcmp(word_of_cell(&given, b, "period"), year) != 0) b++;
            same_test(&missing, a, &given, b, seed, rule);
        }
        peil_report_clear(&missing);
        peil_report_clear(&given);
    }
}

/* ---- one rule and another ---- */

/* The first order is the sum of design effects as a mean; the adjusted Wald test is the other with
 * fewer degrees of freedom. */
Test(rules, related_statistics) {
    size_t tests = 0;
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        peil_report second = by_rule(&s, "rao-scott", "percent(q)");
        peil_report first = by_rule(&s, "rao-scott-1", "percent(q)");
        peil_report wald = by_rule(&s, "wald", "percent(q)");
        peil_report adjusted = by_rule(&s, "adjwald", "percent(q)");
        for (size_t row = 0; row < first.nrows; row++) {
            const double k = figure_of(&first, row, "df"), nu = figure_of(&wald, row, "df");
            HOLDS(is_near(figure_of(&first, row, "statistic"),
                          k * figure_of(&second, row, "statistic"), 1e-12),
                  "seed %" PRIu64 ", row %zu", seed, row);
            const double d0 = figure_of(&second, row, "df") / nu; /* of effects that are even: k */
            HOLDS(isnan(d0) || (d0 > 1 - 1e-12 && d0 < k + 1e-12), "seed %" PRIu64 ": %g", seed,
                  d0);
            if (isnan(figure_of(&adjusted, row, "p"))) continue;
            HOLDS(figure_of(&adjusted, row, "df") == nu - k + 1, "seed %" PRIu64, seed);
            HOLDS(is_near(figure_of(&adjusted, row, "statistic"),
                          figure_of(&wald, row, "statistic") * (nu - k + 1) / nu, 1e-12),
                  "seed %" PRIu64 ", row %zu", seed, row);
            tests++;
        }
        peil_report_clear(&second);
        peil_report_clear(&first);
        peil_report_clear(&wald);
        peil_report_clear(&adjusted);
    }
    cr_assert_gt(tests, 5 * SURVEYS);
}

/* Where each group is a stratum of its own with one weight, the sizes of the groups are known, and
 * Wald's Y is the difference of the two percentages times a constant. */
Test(rules, wald_is_t_squared_where_sizes_are_known) {
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        for (size_t i = 0; i < PEOPLE; i++) {
            s.people[i].weight = 37 * (s.people[i].year - 2010);
            s.people[i].q = 1 + s.people[i].q % 3;
        }
        s.request = (peil_request){.weight = "w", .strata = WORDS("j"), .over = "j"};
        s.request.fpc = seed % 2 ? "F" : NULL;
        peil_report wald = by_rule(&s, "wald", "percent(q = 1)");
        peil_report t = by_rule(&s, "t", "percent(q = 1)");
        for (size_t row = 0; row < 2; row++) {
            const double root = figure_of(&t, row, "statistic");
            HOLDS(is_near(figure_of(&wald, row, "statistic"), root * root, 1e-12), "seed %" PRIu64,
                  seed);
            HOLDS(is_near(figure_of(&wald, row, "p"), figure_of(&t, row, "p"), 1e-11),
                  "seed %" PRIu64, seed);
            HOLDS(figure_of(&wald, row, "df") == figure_of(&t, row, "df"), "seed %" PRIu64, seed);
        }
        peil_report_clear(&wald);
        peil_report_clear(&t);
    }
}

/* X^2 over its design effect from the figures of a table. With a share p_r of the answer in group
 * r, and g_r of all in that group: X^2 / N = g_1 g_2 (p_1 - p_2)^2 / (p (1 - p)), and the effect
 * over N is V(logit p_1 - logit p_2) over sum 1 / (g_r p_r (1 - p_r)). */
static double rao_scott_of(const peil_report *table, size_t a, size_t b) {
    const double w = figure_of(table, a, "weighted_n"), v = figure_of(table, b, "weighted_n");
    const double p = figure_of(table, a, "estimate") / 100,
                 r = figure_of(table, b, "estimate") / 100;
    const double se = figure_of(table, a, "se") / 100, su = figure_of(table, b, "se") / 100;
    const double g = w / (w + v), h = v / (w + v), all = g * p + h * r;
    const double logit = se * se / pow(p * (1 - p), 2) + su * su / pow(r * (1 - r), 2);
    const double simple = 1 / (g * p * (1 - p)) + 1 / (h * r * (1 - r));
    return g * h * (p - r) * (p - r) / (all * (1 - all)) * simple / logit;
}

Test(rules, rao_scott_of_two_independent_groups) {
    const peil_request independent[] = {
        {.weight = "w", .strata = WORDS("j"), .over = "j"},
        {.weight = "w", .strata = WORDS("j"), .over = "j", .fpc = "F"},
        {.weight = "w", .strata = WORDS("j,h"), .over = "j", .lonely_psu = "certainty"},
        {.weight = "w", .strata = WORDS("j"), .cluster = "c", .over = "j"},
        {.weight = "w",
         .strata = WORDS("j"),
         .cluster = "z,i",
         .fpc = "F,F",
         .over = "j",
         .lonely_psu = "certainty"}};
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        s.request = independent[seed % COUNT(independent)];
        s.request.missing = (peil_words){1, nine};
        peil_report test = by_rule(&s, "rao-scott", "percent(q = 1)");
        peil_request request = s.request;
        request.over = NULL;
        request.by = (peil_words)WORDS("j");
        request.measures = (peil_words)WORDS("percent(q = 1)");
        const scratch file = people_file(s.people, PEOPLE, (layout){0});
        peil_report table = report_of(peil_run_table, request, file.path);
        scratch_remove(&file);
        for (size_t row = 0; row < 2; row++)
            HOLDS(is_near(figure_of(&test, row, "statistic"), rao_scott_of(&table, row + 1, row),
                          1e-10),
                  "seed %" PRIu64 ": %.17g, not %.17g", seed, figure_of(&test, row, "statistic"),
                  rao_scott_of(&table, row + 1, row));
        peil_report_clear(&test);
        peil_report_clear(&table);
    }
}

/* Pearson's X^2 of q by year, and 0 where a cell has nobody. */
static double pearson_of(const person *people, int year, int other) {
    double n[2][6] = {{0}}, row[2] = {0}, x = 0;
    for (size_t i = 0; i < PEOPLE; i++) {
        if (people[i].year != year && people[i].year != other) continue;
        const int r = people[i].year == other;
        n[r][people[i].q]++;
        row[r]++;
    }
    for (int r = 0; r < 2; r++)
        for (int q = 1; q <= 3; q++) {
            const double expected = row[r] * (n[0][q] + n[1][q]) / (row[0] + row[1]);
            if (n[r][q] == 0) return 0;
            x += (n[r][q] - expected) * (n[r][q] - expected) / expected;
        }
    return x;
}

/* In a simple random sample every design effect is n / (n - 1), and the tests are the textbook's.
 */
Test(rules, simple_random_samples) {
    size_t tests = 0;
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        double n = 0;
        for (size_t i = 0; i < PEOPLE; i++) {
            s.people[i].q = 1 + s.people[i].q % 3;
            n += s.people[i].year != 2015;
        }
        s.request = (peil_request){.over = "j", .sample = "j <> 2015"};
        peil_report second = by_rule(&s, "rao-scott", "percent(q)");
        peil_report first = by_rule(&s, "rao-scott-1", "percent(q)");
        const double x = pearson_of(s.people, 2014, 2016) * (n - 1) / n;
        if (x > 0) {
            HOLDS(is_near(figure_of(&first, 0, "statistic"), x, 1e-12), "seed %" PRIu64, seed);
            HOLDS(is_near(figure_of(&first, 0, "p"), exp(-x / 2), 1e-12), "seed %" PRIu64, seed);
            HOLDS(is_near(figure_of(&second, 0, "statistic"), x / 2, 1e-12), "seed %" PRIu64, seed);
            HOLDS(is_near(figure_of(&second, 0, "df"), 2 * (n - 1), 1e-12), "seed %" PRIu64, seed);
            tests++;
        }
        peil_report_clear(&second);
        peil_report_clear(&first);
    }
    cr_assert_gt(tests, SURVEYS / 2);
}

/* ---- how many tests there are ---- */

/* Two questions over three years are four tests, however many rows they have. */
Test(rules, a_question_counts_once) {
    for (uint64_t seed = 0; seed < 20; seed++) {
        survey s;
        survey_make(seed, &s);
        s.request.measures = (peil_words)WORDS("percent(q)", "percent(g)");
        s.request.rule = "rao-scott";
        s.request.adjust = "bonferroni";
        peil_report r = compared(&s, (layout){0}, s.request);
        cr_assert_eq(r.nrows, 16);
        for (size_t row = 0; row < r.nrows; row++) {
            const double p = figure_of(&r, row, "p"), adjusted = figure_of(&r, row, "p_adjusted");
            HOLDS(is_near(adjusted, fmin(1, 4 * p), 1e-15), "seed %" PRIu64 ", row %zu", seed, row);
            HOLDS(figure_of(&r, row, "significant") == (adjusted <= 0.05), "row %zu", row);
        }
        peil_report_clear(&r);
    }
}

/* ---- trends ---- */

static void same_change(const peil_report *a, size_t i, const peil_report *b, size_t j,
                        double times, uint64_t seed) {
    static const char *const columns[] = {"difference", "se", "ci_low", "ci_high"};
    for (size_t k = 0; k < COUNT(columns); k++)
        HOLDS(is_near(figure_of(a, i, columns[k]), times * figure_of(b, j, columns[k]), 1e-11),
              "seed %" PRIu64 ", row %zu: %s: %.17g, not %.17g", seed, i, columns[k],
              figure_of(a, i, columns[k]), times * figure_of(b, j, columns[k]));
    HOLDS(is_near(figure_of(a, i, "statistic"), figure_of(b, j, "statistic"), 1e-11) &&
              is_near(figure_of(a, i, "p"), figure_of(b, j, "p"), 1e-11),
          "seed %" PRIu64 ", row %zu", seed, i);
}

static peil_report against(const survey *s, const char *what, const char *where) {
    peil_request request = s->request;
    request.measures =
        (peil_words)WORDS("percent(q = 1)", "mean(y)", "total(y)", "ratio(y / z)", "sd(y)");
    request.against = what;
    request.where = where;
    return compared(s, (layout){0}, request);
}

/* A line through two years is their difference. */
Test(rules, a_trend_of_two_values_is_a_difference) {
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        peil_report trend = against(&s, "linear", "j <> 2015");
        peil_report pair = against(&s, "first", "j <> 2015");
        cr_assert_eq(trend.nrows, 5);
        cr_assert_eq(pair.nrows, 5);
        for (size_t row = 0; row < 5; row++) {
            same_change(&trend, row, &pair, row, 1, seed);
            HOLDS(figure_of(&trend, row, "df") == figure_of(&pair, row, "df"), "row %zu", row);
            cr_expect_str_eq(word_of_cell(&trend, row, "reference"), "2014 (linear)");
            cr_expect_str_eq(word_of_cell(&trend, row, "period"), "2016");
        }
        peil_report_clear(&trend);
        peil_report_clear(&pair);
    }
}

/* Through three years at equal distances it is the difference of the last and the first, but on the
 * degrees of freedom of all; the bend is what the two changes differ, times 2. */
Test(rules, a_trend_of_three_values) {
    for (uint64_t seed = 0; seed < SURVEYS; seed++) {
        survey s;
        survey_make(seed, &s);
        s.request.df = "design"; /* so that degrees of freedom are the same */
        s.request.lonely_psu = s.request.lonely_psu ? "certainty" : NULL;
        peil_report trend = against(&s, "quadratic", NULL);
        peil_report pair = against(&s, "first", NULL);
        peil_report steps = against(&s, "previous", NULL);
        cr_assert_eq(trend.nrows, 10);
        for (size_t m = 0; m < 5; m++) {
            same_change(&trend, 2 * m, &pair, 2 * m + 1, 1, seed);
            const double bend = 2 * (figure_of(&steps, 2 * m + 1, "difference") -
                                     figure_of(&steps, 2 * m, "difference"));
            HOLDS(is_near(figure_of(&trend, 2 * m + 1, "difference"), bend, 1e-9),
                  "seed %" PRIu64 ": %.17g, %.17g", seed,
                  figure_of(&trend, 2 * m + 1, "difference"), bend);
        }
        peil_report_clear(&trend);
        peil_report_clear(&pair);
        peil_report_clear(&steps);
    }
}
