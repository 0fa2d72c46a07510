/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "infer/twoway.h"

#include <math.h>
#include <stdlib.h>

#include "core/array.h"

/* A table without the answers that nobody gave. */
typedef struct table {
    const peil_twoway *given;
    size_t n;
    size_t *answer; /* of the given table */
    peil_real row[2], all;
} table;

static peil_real total_of(const table *t, size_t group, size_t c) {
    return t->given->totals[group * t->given->n + t->answer[c]];
}

static peil_real column_of(const table *t, size_t c) {
    return total_of(t, 0, c) + total_of(t, 1, c);
}

static peil_real covariance_of(const table *t, size_t r, size_t c, size_t s, size_t d) {
    const size_t n = t->given->n;
    return t->given->covariance[(r * n + t->answer[c]) * 2 * n + s * n + t->answer[d]];
}

/* Leaves out what nobody chose. The caller frees t->answer. */
static peil_status make_table(const peil_twoway *given, table *t, peil_gap *gap,
                              peil_fault *fault) {
    *t = (table){.given = given};
    *gap = (peil_gap){false, false, false};
    PEIL_TRY(peil_array_make(&t->answer, given->n, sizeof *t->answer, fault));
    for (size_t c = 0; c < given->n; c++) {
        const peil_real a = given->totals[c], b = given->totals[given->n + c];
        if (a > 0 || b > 0)
            t->answer[t->n++] = c;
        else
            gap->unchosen = true;
        if ((a > 0) != (b > 0)) gap->zero = true;
        t->row[0] += a;
        t->row[1] += b;
    }
    t->all = t->row[0] + t->row[1];
    gap->untested = t->n < 2 || !(t->row[0] > 0) || !(t->row[1] > 0);
    return PEIL_OK;
}

/* ---- Rao and Scott ---- */

/* sum (T - E)^2 / E, E = row total x column total / total */
static peil_real pearson(const table *t) {
    peil_real sum = 0;
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < t->n; c++) {
            const peil_real expected = t->row[r] * column_of(t, c) / t->all;
            const peil_real away = peil_real_less(total_of(t, r, c), expected);
            sum += away * away / expected;
        }
    return sum;
}

/* The covariance of log(P_1c / P_2c) and log(P_1d / P_2d), to the first order, P the shares of the
 * cells in all. A cell without anybody adds nothing. */
static peil_real log_covariance(const table *t, size_t c, size_t d) {
    peil_settling sum = {0, 0};
    for (size_t r = 0; r < 2; r++)
        for (size_t s = 0; s < 2; s++) {
            const peil_real sign = r == s ? 1 : -1;
            const peil_real a = total_of(t, r, c) / t->all, b = total_of(t, s, d) / t->all;
            if (a > 0 && b > 0)
                peil_settle_add(&sum, sign * covariance_of(t, r, c, s, d) / (a * b));
        }
    return peil_settled(&sum);
}

/* 1 over (1/T_1c + 1/T_2c), the multinomial variance of the same up to the sample size. */
static peil_real harmonic(const table *t, size_t c) {
    const peil_real a = total_of(t, 0, c), b = total_of(t, 1, c);
    return a > 0 && b > 0 ? a * b / (a + b) : a + b;
}

/* Rao and Scott's matrix is (E'SE)^-1 E'ME, with M the covariances of the log ratios, S the
 * diagonal matrix that they would have in a multinomial sample, and E any basis of the contrasts
 * between answers. With H = S^-1 and P = H - H11'H / 1'H1 it has the eigenvalues of PM, but for
 * zeros. Makes PM, n x n. */
static void make_effects(const table *t, peil_real *pm) {
    peil_real sum = 0;
    for (size_t c = 0; c < t->n; c++) sum += harmonic(t, c);
    for (size_t d = 0; d < t->n; d++) {
        peil_real mean = 0;
        for (size_t c = 0; c < t->n; c++) {
            pm[c * t->n + d] = log_covariance(t, c, d);
            mean += harmonic(t, c) * pm[c * t->n + d] / sum;
        }
        for (size_t c = 0; c < t->n; c++)
            pm[c * t->n + d] = harmonic(t, c) * peil_real_less(pm[c * t->n + d], mean);
    }
}

static peil_status test_pearson(table *t, peil_association *out, peil_fault *fault) {
    peil_real *pm = NULL, trace = 0, squares = 0;
    PEIL_TRY(peil_array_make(&pm, t->n * t->n, sizeof *pm, fault));
    make_effects(t, pm);
    for (size_t c = 0; c < t->n; c++) {
        trace += pm[c * t->n + c];
        for (size_t d = 0; d < t->n; d++) squares += pm[c * t->n + d] * pm[d * t->n + c];
    }
    free(pm);
    if (!(trace > 0) || !(squares > 0)) return PEIL_OK;
    out->statistic = (double)(pearson(t) / trace);
    out->effective_df = (double)(trace * trace / squares);
    out->gap.untested = false;
    return PEIL_OK;
}

/* ---- Wald ---- */

/* What a change of the totals does to Y in the second group, for the answers but the first: y gets
 * n - 1 values. change: by group and answer, `stride` apart. */
static void change_of(const table *t, const peil_real *change, size_t stride, peil_real *y) {
    const size_t n = t->given->n;
    peil_real row[2] = {0, 0};
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < t->n; c++) row[r] += change[(r * n + t->answer[c]) * stride];
    const peil_real share = t->row[1] / t->all, all = row[0] + row[1];
    for (size_t c = 1; c < t->n; c++) {
        const peil_real own = change[(n + t->answer[c]) * stride];
        const peil_real column = own + change[t->answer[c] * stride];
        const peil_real part = column_of(t, c) / t->all;
        y[c - 1] = own - part * row[1] - share * column + share * part * all;
    }
}

/* The covariance of Y, k x k; `half` has room for 2n x k. */
static void make_covariance(const table *t, size_t k, peil_real *half, peil_real *covariance) {
    const size_t n = t->given->n;
    for (size_t i = 0; i < 2 * n; i++)
        change_of(t, t->given->covariance + i * 2 * n, 1, half + i * k);
    for (size_t j = 0; j < k; j++) change_of(t, half + j, k, covariance + j * k);
}

/* Makes every variance 1, and y in standard errors; false where one is 0. */
static bool standardise(peil_real *v, peil_real *y, size_t k) {
    for (size_t i = 0; i < k; i++) {
        const peil_real se = peil_real_sqrt(v[i * k + i]);
        if (!(se > 0)) return false;
        y[i] /= se;
        for (size_t j = 0; j < k; j++) {
            v[i * k + j] /= se;
            v[j * k + i] /= se;
        }
    }
    return true;
}

/* y' V^-1 y by elimination, which uses both up. NaN where V is singular: where what is left of a
 * variance is its rounding. */
static peil_real quadratic_form(peil_real *v, peil_real *y, size_t k) {
    const peil_real rounding = (peil_real)8.077935669463161e-28; /* 2^-90 */
    peil_real sum = 0;
    if (!standardise(v, y, k)) return (peil_real)NAN;
    for (size_t i = 0; i < k; i++) {
        const peil_real pivot = v[i * k + i];
        if (!(pivot > rounding)) return (peil_real)NAN;
        sum += y[i] * y[i] / pivot;
        for (size_t j = i + 1; j < k; j++) {
            const peil_real times = v[j * k + i] / pivot;
            y[j] -= times * y[i];
            for (size_t l = i + 1; l < k; l++) v[j * k + l] -= times * v[i * k + l];
        }
    }
    return sum;
}

static peil_status test_wald(table *t, peil_association *out, peil_fault *fault) {
    const size_t k = t->n - 1, n = t->given->n;
    peil_real *room = NULL;
    PEIL_TRY(peil_array_make(&room, k + k * k + 2 * n * k, sizeof *room, fault));
    peil_real *y = room, *covariance = y + k;
    for (size_t c = 1; c < t->n; c++)
        y[c - 1] = peil_real_less(total_of(t, 1, c), t->row[1] * column_of(t, c) / t->all);
    make_covariance(t, k, covariance + k * k, covariance);
    out->statistic = (double)quadratic_form(covariance, y, k);
    out->gap.untested = isnan(out->statistic);
    free(room);
    return PEIL_OK;
}

/* ---- the whole ---- */

typedef peil_status test(table *t, peil_association *out, peil_fault *fault);

static peil_status run(test *chosen, const peil_twoway *given, peil_association *out,
                       peil_fault *fault) {
    table t;
    *out = (peil_association){.statistic = NAN, .effective_df = NAN};
    PEIL_TRY(make_table(given, &t, &out->gap, fault));
    peil_status status = PEIL_OK;
    if (!out->gap.untested) {
        out->df = t.n - 1;
        out->gap.untested = true; /* until it is */
        status = chosen(&t, out, fault);
    }
    free(t.answer);
    return status;
}

peil_status peil_twoway_rao_scott(const peil_twoway *given, peil_association *out,
                                  peil_fault *fault) {
    return run(test_pearson, given, out, fault);
}

peil_status peil_twoway_wald(const peil_twoway *given, peil_association *out, peil_fault *fault) {
    return run(test_wald, given, out, fault);
}
