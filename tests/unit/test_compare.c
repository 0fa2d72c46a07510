/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of one difference, and corrections for many against R's p.adjust. */
#include "infer/adjust.h"
#include "infer/rule.h"

#include "expected.h"

enum { max_p = 200 };

/* The p-values of one block (case and method) of adjust.csv. */
typedef struct block {
    char name[32], method[32];
    double p[max_p], wanted[max_p], adjusted[max_p];
    size_t n;
} block;

static void check_block(block *cases) {
    const peil_adjustment *adjustment = peil_adjustment_find(cases->method);
    cr_assert(adjustment, "no adjustment %s", cases->method);
    cr_assert(peil_adjust(adjustment, cases->p, cases->n, cases->adjusted));
    for (size_t i = 0; i < cases->n; i++)
        cr_expect(relative_difference(cases->adjusted[i], cases->wanted[i]) <= 0,
                  "%s, %s, %zu: %.17g, not %.17g", cases->name, cases->method, i,
                  cases->adjusted[i], cases->wanted[i]);
}

/* Bit for bit. */
Test(compare, adjust_as_r) {
    expected table = expected_open("adjust.csv");
    block cases = {.n = 0};
    while (expected_next(&table, 4)) {
        if (strcmp(cases.name, table.cell[0]) != 0 || strcmp(cases.method, table.cell[1]) != 0) {
            if (cases.n) check_block(&cases);
            snprintf(cases.name, sizeof cases.name, "%s", table.cell[0]);
            snprintf(cases.method, sizeof cases.method, "%s", table.cell[1]);
            cases.n = 0;
        }
        cr_assert_lt(cases.n, max_p);
        cases.p[cases.n] = expected_number(&table, 2);
        cases.wanted[cases.n++] = expected_number(&table, 3);
    }
    cr_assert_gt(table.row, 500);
    check_block(&cases);
}

static size_t reference_cases(const char *method) {
    expected table = expected_open("adjust.csv");
    size_t n = 0;
    while (expected_next(&table, 4)) n += strcmp(table.cell[1], method) == 0;
    return n;
}

Test(compare, every_adjustment_has_reference_cases) {
    for (size_t i = 0; peil_adjustments[i]; i++) {
        cr_expect_gt(reference_cases(peil_adjustments[i]->name), 50);
        cr_expect_eq(peil_adjustment_find(peil_adjustments[i]->name), peil_adjustments[i]);
        cr_expect(peil_adjustments[i]->help && *peil_adjustments[i]->help);
    }
    cr_expect_str_eq(peil_adjustments[0]->name, "none");
    cr_expect_null(peil_adjustment_find("BH"));
}

/* The step-up procedure itself: the largest k with p_(k) <= k/m alpha, and then all of 1..k. */
static void check_bh(const double *p, size_t m, double alpha, size_t n_rejected) {
    double adjusted[8];
    cr_assert(m <= 8 && peil_adjust(peil_adjustment_find("bh"), p, m, adjusted));
    size_t n = 0;
    for (size_t i = 0; i < m; i++) n += adjusted[i] <= alpha;
    cr_expect_eq(n, n_rejected, "%zu of %zu", n, m);
}

Test(compare, bh_rejects_up_to_the_largest) {
    /* Each is on its own line; the largest alone is on its line, and takes the others along. */
    check_bh((const double[]){0.05, 0.01, 0.04, 0.02, 0.03}, 5, 0.05, 5);
    check_bh((const double[]){0.041, 0.011, 0.05, 0.031, 0.021}, 5, 0.05, 5);
    /* The smallest misses 0.0125; the third, at 0.03, is the largest within its line. */
    check_bh((const double[]){0.9, 0.024, 0.03, 0.02}, 4, 0.05, 3);
    check_bh((const double[]){0.9, 0.026, 0.0376, 0.0126}, 4, 0.05, 0);
    check_bh((const double[]){0.05}, 1, 0.05, 1);
}

Test(compare, holm_stops_at_the_first_failure) {
    static const double p[] = {0.01, 0.04, 0.03, 0.02};
    double adjusted[4];
    cr_assert(peil_adjust(peil_adjustment_find("holm"), p, 4, adjusted));
    cr_expect_float_eq(adjusted[0], 0.04, 1e-15);
    for (size_t i = 1; i < 4; i++) cr_expect_float_eq(adjusted[i], 0.06, 1e-15, "%zu", i);
}

Test(compare, adjust_nothing) {
    double adjusted[2] = {7, 7};
    const double p[] = {NAN, NAN};
    for (size_t i = 0; peil_adjustments[i]; i++) {
        cr_expect(peil_adjust(peil_adjustments[i], NULL, 0, NULL));
        cr_expect(peil_adjust(peil_adjustments[i], p, 2, adjusted));
        cr_expect(isnan(adjusted[0]) && isnan(adjusted[1]));
    }
}

/* No correction gives a smaller p or more than 1, keeps their order, and looks at the places. */
Test(compare, adjust_sound) {
    double p[max_p], adjusted[max_p];
    for (size_t i = 0; i < max_p; i++) p[i] = (double)(i * 37 % 101) / 101;
    for (size_t k = 0; peil_adjustments[k]; k++) {
        cr_assert(peil_adjust(peil_adjustments[k], p, max_p, adjusted));
        for (size_t i = 0; i < max_p; i++) {
            cr_expect(adjusted[i] >= p[i] && adjusted[i] <= 1, "%s", peil_adjustments[k]->name);
            for (size_t j = 0; j < max_p; j++)
                if (p[i] <= p[j]) cr_expect_leq(adjusted[i], adjusted[j]);
        }
    }
}

Test(compare, t_as_r) {
    expected table = expected_open("t.csv");
    while (expected_next(&table, 5)) {
        const double df = expected_number(&table, 0), t = expected_number(&table, 3);
        const double upper = expected_number(&table, 4);
        const peil_test plus = peil_test_t(3 * t, 3, df), minus = peil_test_t(-3 * t, 3, df);
        cr_expect(relative_difference(plus.p, 2 * fmin(upper, 1 - upper)) < 1e-12, "row %zu",
                  table.row);
        cr_expect_eq(plus.p, minus.p);
        cr_expect_eq(plus.statistic, -minus.statistic);
    }
}

Test(compare, t_edges) {
    const peil_test zero = peil_test_t(0, 2, 5);
    cr_expect(zero.statistic == 0 && zero.p == 1);
    static const double untestable[][3] = {
        {1, 0, 5},   {1, -1, 5},  {1, NAN, 5}, {1, 1, 0},        {1, 1, -1},
        {1, 1, NAN}, {NAN, 1, 5}, {0, 0, 5},   {1, INFINITY, 5}, {INFINITY, 1, 5}};
    for (size_t i = 0; i < sizeof untestable / sizeof untestable[0]; i++) {
        const peil_test test = peil_test_t(untestable[i][0], untestable[i][1], untestable[i][2]);
        cr_expect(isnan(test.statistic) && isnan(test.p), "case %zu", i);
    }
}

/* ---- rules ---- */

static peil_verdict judged(const char *rule, const peil_pair *pair) {
    peil_verdict verdict;
    cr_assert(peil_test_rule_find(rule), "no rule %s", rule);
    cr_assert_eq(peil_test_rule_judge(peil_test_rule_find(rule), pair, &verdict, NULL), PEIL_OK);
    return verdict;
}

Test(compare, rules_are_found_by_name) {
    cr_expect_str_eq(peil_test_rules[0]->name, "t");
    cr_expect_null(peil_test_rule_find("T"));
    for (size_t i = 0; peil_test_rules[i]; i++) {
        cr_expect_eq(peil_test_rule_find(peil_test_rules[i]->name), peil_test_rules[i]);
        cr_expect(peil_test_rules[i]->help && *peil_test_rules[i]->help);
    }
}

/* Of two figures, with the intervals that the rule asks for. */
static int differs(const char *name, peil_figure a, peil_figure b, bool is_percent, double level) {
    const peil_test_rule *rule = peil_test_rule_find(name);
    const double levels[] = {rule->period_level > 0 ? rule->period_level : level,
                             rule->reference_level > 0 ? rule->reference_level : level};
    const peil_pair pair = {.is_percent = is_percent,
                            .period = a.value,
                            .reference = b.value,
                            .around_period = peil_interval_mean(a, levels[0]),
                            .around_reference = peil_interval_mean(b, levels[1])};
    return judged(name, &pair).differs;
}

Test(compare, intervals_overlap_up_to_the_sum_of_their_halves) {
    const double t90 = peil_interval_t(0.90, 7), t95 = peil_interval_t(0.95, 7);
    const double t80 = peil_interval_t(0.80, 7);
    const struct {
        const char *rule;
        double level, reach;
    } cases[] = {{"overlap", 0.95, 2 * t95},
                 {"overlap", 0.80, 2 * t80},
                 {"overlap-90-95", 0.95, t90 + t95},
                 {"overlap-90-95", 0.80, t90 + t95}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            const double reach = sign * cases[i].reach;
            const peil_figure a = {0, 1, 9, 7}, near = {reach * (1 - 1e-12), 1, 9, 7},
                              far = {reach * (1 + 1e-12), 1, 9, 7};
            cr_expect_eq(differs(cases[i].rule, a, near, false, cases[i].level), 0, "%zu", i);
            cr_expect_eq(differs(cases[i].rule, a, far, false, cases[i].level), 1, "%zu", i);
        }
}

/* The period is the one at 90%. */
Test(compare, the_period_has_the_short_interval) {
    const double reach = peil_interval_t(0.90, 7) * 1 + peil_interval_t(0.95, 7) * 10;
    static const char rule[] = "overlap-90-95";
    const peil_figure narrow = {0, 1, 9, 7}, wide = {0, 10, 9, 7};
    peil_figure far = {reach * 1.001, 10, 9, 7}, near = {reach * 0.999, 1, 9, 7};
    cr_expect_eq(differs(rule, narrow, far, false, 0.95), 1);
    cr_expect_eq(differs(rule, wide, near, false, 0.95), 1);
    far.value = reach * 0.999;
    cr_expect_eq(differs(rule, narrow, far, false, 0.95), 0);
}

Test(compare, points_and_missing_intervals) {
    static const struct {
        peil_figure a, b;
        int wanted;
    } cases[] = {
        {{1, 0, 9, 7}, {1, 0, 9, 7}, 0},    {{1, 0, 9, 7}, {2, 0, 9, 7}, 1},
        {{1, 0, 9, 0}, {2, 0, 9, 7}, -1},   {{1, 0, 9, 7}, {2, NAN, 9, 7}, -1},
        {{NAN, 0, 9, 7}, {2, 0, 9, 7}, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const peil_figure a = cases[i].a, b = cases[i].b;
        cr_expect_eq(differs("overlap", a, b, false, 0.95), cases[i].wanted, "case %zu", i);
        cr_expect_eq(differs("overlap-90-95", a, b, false, 0.95), cases[i].wanted, "case %zu", i);
    }
}

/* A bound that is missing lies beyond its figure, here 5 or 2: the others may settle it. */
Test(compare, bounds_that_are_missing) {
    static const struct {
        double a_low, a_high, b_low, b_high;
        int wanted;
    } cases[] = {
        {4, NAN, 1, 3, 1},    {4, NAN, 1, 4, 0},    {4, NAN, NAN, 3, 1},  {NAN, 6, 1, 3, -1},
        {NAN, 6, 1, NAN, -1}, {NAN, 6, 1, 5.5, 0},  {4, NAN, 1, NAN, -1}, {4, NAN, NAN, 4.5, 0},
        {NAN, NAN, 1, 3, -1}, {4, 6, NAN, NAN, -1}, {4, 6, NAN, 3, 1},    {4, 6, 1, NAN, -1},
        {2, 6, 1, NAN, 0},    {4, 6, 1, 3, 1},      {4, 6, 1, 4, 0},
    };
    static const char *const rules[] = {"overlap", "overlap-90-95"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
            const peil_pair there = {.period = 5,
                                     .reference = 2,
                                     .around_period = {cases[i].a_low, cases[i].a_high},
                                     .around_reference = {cases[i].b_low, cases[i].b_high}};
            const peil_pair back = {.period = 2,
                                    .reference = 5,
                                    .around_period = there.around_reference,
                                    .around_reference = there.around_period};
            cr_expect_eq(judged(rules[r], &there).differs, cases[i].wanted, "case %zu", i);
            cr_expect_eq(judged(rules[r], &back).differs, cases[i].wanted, "case %zu", i);
        }
}

/* 99.5% and 100% are both shown as 100%, 0.4% and 0% as 0%. */
Test(compare, percentages_that_look_the_same) {
    static const struct {
        double a, b;
        int overlap, hart_voor_brabant;
    } cases[] = {
        {0.995, 0.9999, 1, 0},  {0.9949, 0.9999, 1, 1}, {0.9999, 0.995, 1, 0},
        {0.0049, 0.0001, 1, 0}, {0.005, 0.0001, 1, 1},  {0.0001, 0.9999, 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const peil_figure a = {cases[i].a, 1e-6, 1e6, 1e6}, b = {cases[i].b, 1e-6, 1e6, 1e6};
        const int theirs = cases[i].hart_voor_brabant;
        cr_expect_eq(differs("overlap", a, b, true, 0.95), cases[i].overlap, "case %zu", i);
        cr_expect_eq(differs("overlap-90-95", a, b, true, 0.95), theirs, "case %zu", i);
        cr_expect_eq(differs("overlap-90-95", a, b, false, 0.95), 1, "case %zu", i);
    }
}
