/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of one difference, and corrections for many against R's p.adjust. */
#include "infer/compare.h"

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

Test(compare, overlap) {
    static const struct {
        peil_bounds a, b;
        int wanted;
    } cases[] = {
        {{1, 2}, {3, 4}, 1},      {{3, 4}, {1, 2}, 1},    {{1, 2}, {2, 3}, 0},
        {{2, 3}, {1, 2}, 0},      {{1, 4}, {2, 3}, 0},    {{2, 3}, {1, 4}, 0},
        {{1, 1}, {1, 1}, 0},      {{1, 1}, {2, 2}, 1},    {{NAN, NAN}, {1, 2}, -1},
        {{1, 2}, {NAN, NAN}, -1}, {{1, NAN}, {3, 4}, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(peil_test_overlap(cases[i].a, cases[i].b), cases[i].wanted, "case %zu", i);
}
