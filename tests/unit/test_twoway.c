/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of two groups by the answers to a question, on tables written down by hand. */
#include "infer/twoway.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { MOST = 4, CELLS = 2 * MOST };

typedef struct example {
    size_t n;
    peil_real totals[CELLS], covariance[CELLS * CELLS];
} example;

/* A simple random sample with these counts: V = n/(n-1) (diag T - T T'/n). */
static example sampled(size_t n, const double *counts) {
    example e = {.n = n};
    peil_real all = 0;
    for (size_t i = 0; i < 2 * n; i++) all += e.totals[i] = (peil_real)counts[i];
    for (size_t i = 0; i < 2 * n; i++)
        for (size_t j = 0; j < 2 * n; j++)
            e.covariance[i * 2 * n + j] =
                all / (all - 1) * ((i == j ? e.totals[i] : 0) - e.totals[i] * e.totals[j] / all);
    return e;
}

static double pearson_of(size_t n, const double *counts) {
    double row[2] = {0}, all = 0, x = 0;
    for (size_t i = 0; i < 2 * n; i++) row[i / n] += counts[i];
    all = row[0] + row[1];
    for (size_t i = 0; i < 2 * n; i++) {
        const double column = counts[i % n] + counts[n + i % n];
        const double expected = row[i / n] * column / all;
        if (expected > 0) x += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return x * (all - 1) / all;
}

/* From the covariance of totals to that of their shares in all, to the first order: J V J' with J =
 * (I - P 1') / N. */
static void take_shares(const example *e, peil_real *covariance) {
    const size_t cells = 2 * e->n;
    peil_real all = 0, half[CELLS * CELLS];
    for (size_t i = 0; i < cells; i++) all += e->totals[i];
    for (size_t j = 0; j < cells; j++) {
        peil_real sum = 0;
        for (size_t i = 0; i < cells; i++) sum += e->covariance[i * cells + j];
        for (size_t i = 0; i < cells; i++)
            half[i * cells + j] = (e->covariance[i * cells + j] - e->totals[i] / all * sum) / all;
    }
    for (size_t i = 0; i < cells; i++) {
        peil_real sum = 0;
        for (size_t j = 0; j < cells; j++) sum += half[i * cells + j];
        for (size_t j = 0; j < cells; j++)
            covariance[i * cells + j] = (half[i * cells + j] - e->totals[j] / all * sum) / all;
    }
}

static peil_association rao_scott(const example *e) {
    peil_association out;
    peil_real covariance[CELLS * CELLS];
    take_shares(e, covariance);
    const peil_twoway table = {e->n, e->totals, covariance};
    cr_assert_eq(peil_twoway_rao_scott(&table, &out, NULL), PEIL_OK);
    return out;
}

static peil_association wald(const example *e) {
    peil_association out;
    const peil_twoway table = {e->n, e->totals, e->covariance};
    cr_assert_eq(peil_twoway_wald(&table, &out, NULL), PEIL_OK);
    return out;
}

static const double counts[][CELLS] = {
    {10, 20, 15, 5}, {7, 9, 4, 13, 2, 6}, {3, 8, 5, 1, 9, 2, 2, 6}};

Test(twoway, a_simple_random_sample_is_the_textbook) {
    for (size_t c = 0; c < 3; c++) {
        const size_t n = c + 2;
        const example e = sampled(n, counts[c]);
        const peil_association out = rao_scott(&e);
        const double k = (double)n - 1;
        cr_expect_eq(out.df, n - 1);
        cr_expect_float_eq(out.statistic, pearson_of(n, counts[c]) / k, 1e-13);
        cr_expect_float_eq(out.effective_df, k, 1e-13);
        cr_expect(!out.gap.zero && !out.gap.unchosen && !out.gap.untested);
    }
}

/* An answer without anybody is as if it were not in the table. */
Test(twoway, an_answer_that_nobody_gave) {
    const double with[] = {7, 9, 0, 4, 13, 2, 0, 6};
    const example e = sampled(4, with), without = sampled(3, counts[1]);
    peil_association a = rao_scott(&e), b = rao_scott(&without);
    cr_expect(a.gap.unchosen && !a.gap.zero && !b.gap.unchosen);
    cr_expect(a.df == b.df && fabs(a.statistic - b.statistic) < 1e-14);
    a = wald(&e);
    b = wald(&without);
    cr_expect(a.gap.unchosen && a.df == b.df && fabs(a.statistic - b.statistic) < 1e-13);
}

/* The groups, and the answers, in another order. */
static example turned(const example *e, bool groups, bool answers) {
    example out = {.n = e->n};
    size_t from[CELLS];
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < e->n; c++)
            from[r * e->n + c] = (groups ? 1 - r : r) * e->n + (answers ? e->n - 1 - c : c);
    for (size_t i = 0; i < 2 * e->n; i++) {
        out.totals[i] = e->totals[from[i]];
        for (size_t j = 0; j < 2 * e->n; j++)
            out.covariance[i * 2 * e->n + j] = e->covariance[from[i] * 2 * e->n + from[j]];
    }
    return out;
}

/* A covariance of no simple sample: the sum of some outer products. */
static example clustered(void) {
    example e = sampled(3, counts[1]);
    static const double units[][6] = {{1, 2, 0, 3, 1, 0}, {0, 1, 2, 2, 0, 4}, {3, 0, 1, 1, 2, 0},
                                      {1, 4, 0, 0, 1, 1}, {2, 1, 1, 5, 0, 2}, {0, 3, 3, 1, 1, 0}};
    memset(e.covariance, 0, sizeof e.covariance);
    for (size_t u = 0; u < 6; u++)
        for (size_t i = 0; i < 6; i++)
            for (size_t j = 0; j < 6; j++)
                e.covariance[i * 6 + j] += (peil_real)(units[u][i] * units[u][j]);
    return e;
}

Test(twoway, order_and_unit_of_weight_play_no_part) {
    const example e = clustered();
    example times = e;
    for (size_t i = 0; i < 6; i++) times.totals[i] *= 1000;
    for (size_t i = 0; i < 36; i++) times.covariance[i] *= 1000000;
    const example others[] = {turned(&e, true, false), turned(&e, false, true),
                              turned(&e, true, true), times};
    const peil_association r = rao_scott(&e), w = wald(&e);
    cr_assert(r.statistic > 0 && w.statistic > 0);
    cr_expect(r.effective_df > 1 && r.effective_df < 2);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const peil_association a = rao_scott(&others[i]), b = wald(&others[i]);
        cr_expect_float_eq(a.statistic, r.statistic, 1e-13 * r.statistic, "%zu", i);
        cr_expect_float_eq(a.effective_df, r.effective_df, 1e-13, "%zu", i);
        cr_expect_float_eq(b.statistic, w.statistic, 1e-12 * w.statistic, "%zu", i);
    }
}

static void expect_no_test(const example *e, const char *what) {
    const peil_association r = rao_scott(e), w = wald(e);
    cr_expect(r.gap.untested && isnan(r.statistic), "%s", what);
    cr_expect(w.gap.untested && isnan(w.statistic), "%s", what);
}

Test(twoway, no_test) {
    example e = sampled(2, (const double[]){4, 0, 7, 0});
    expect_no_test(&e, "one answer in all");
    e = sampled(2, (const double[]){4, 3, 0, 0});
    expect_no_test(&e, "nobody in a group");
    e = sampled(2, (const double[]){0, 0, 0, 0});
    expect_no_test(&e, "nobody");
    e = sampled(0, NULL);
    expect_no_test(&e, "no answers");
    e = sampled(2, counts[0]);
    memset(e.covariance, 0, sizeof e.covariance);
    expect_no_test(&e, "no variance");
    e.covariance[0] = (peil_real)NAN;
    expect_no_test(&e, "no variance at all");
}

/* Two units cannot tell three answers apart; Rao and Scott's test can do with them. */
Test(twoway, more_answers_than_units) {
    example e = clustered();
    memset(e.covariance, 0, sizeof e.covariance);
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            e.covariance[i * 6 + j] =
                (peil_real)((double)(i * i) - 3) * (peil_real)((double)(j * j) - 3);
    cr_expect(wald(&e).gap.untested);
    cr_expect_float_eq(rao_scott(&e).effective_df, 1, 1e-13);
}

Test(twoway, a_cell_without_anybody) {
    const example e = sampled(3, (const double[]){7, 9, 0, 13, 2, 6});
    const peil_association out = rao_scott(&e);
    cr_expect(out.gap.zero && !out.gap.unchosen && !out.gap.untested);
    cr_expect(isfinite(out.statistic) && out.statistic > 0);
}

/* Equal shares differ by nothing. */
Test(twoway, no_difference) {
    const example e = sampled(3, (const double[]){1, 2, 3, 2, 4, 6});
    cr_expect_eq(rao_scott(&e).statistic, 0);
    cr_expect_eq(wald(&e).statistic, 0);
}
