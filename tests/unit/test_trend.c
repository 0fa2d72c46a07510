/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polynomial contrasts, by what defines them and by hand. */
#include "infer/trend.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 12 };

static void factors_of(const double *x, size_t n, size_t degree, peil_real *factors) {
    peil_real places[MOST];
    for (size_t i = 0; i < n; i++) places[i] = (peil_real)x[i];
    cr_assert_eq(peil_trend_factors(places, n, degree, factors, NULL), PEIL_OK);
}

Test(trend, names_are_degrees) {
    for (size_t i = 0; peil_trends[i].name; i++) {
        cr_expect_eq(peil_trends[i].degree, i + 1);
        cr_expect_eq(peil_trend_find(peil_trends[i].name), &peil_trends[i]);
    }
    cr_expect_null(peil_trend_find("first"));
}

Test(trend, by_hand) {
    static const struct {
        size_t n, degree;
        double x[MOST], wanted[MOST];
    } cases[] = {
        {2, 1, {2015, 2017}, {-1, 1}},
        {3, 1, {0, 1, 2}, {-1, 0, 1}},
        {3, 2, {0, 1, 2}, {2, -4, 2}},
        {3, 1, {2012, 2013, 2016}, {-20.0 / 26, -8.0 / 26, 28.0 / 26}},
        {4, 1, {1, 2, 3, 4}, {-0.9, -0.3, 0.3, 0.9}},
        {4, 2, {1, 2, 3, 4}, {2.25, -2.25, -2.25, 2.25}},
        {4, 3, {1, 2, 3, 4}, {-4.5, 13.5, -13.5, 4.5}},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        peil_real factors[MOST];
        factors_of(cases[c].x, cases[c].n, cases[c].degree, factors);
        for (size_t i = 0; i < cases[c].n; i++)
            cr_expect_float_eq((double)factors[i], cases[c].wanted[i], 1e-14, "%zu, %zu: %.17g", c,
                               i, (double)factors[i]);
    }
}

/* They give 0 for every polynomial of a lower degree, and 1 for u^degree; and they are themselves
 * such a polynomial: orthogonal to what no polynomial of that degree tells apart. */
Test(trend, what_defines_them) {
    static const double x[] = {1998, 2002, 2003.5, 2009, 2010, 2016, 2024};
    enum { N = sizeof x / sizeof *x };
    for (size_t n = 2; n <= N; n++)
        for (size_t degree = 1; degree <= 3 && degree < n; degree++) {
            peil_real factors[MOST];
            factors_of(x, n, degree, factors);
            for (size_t power = 0; power <= degree; power++) {
                double sum = 0;
                for (size_t i = 0; i < n; i++)
                    sum +=
                        (double)factors[i] * pow((x[i] - x[0]) / (x[n - 1] - x[0]), (double)power);
                cr_expect_float_eq(sum, power == degree, 1e-12, "%zu places, %zu, power %zu", n,
                                   degree, power);
            }
            for (size_t k = 0; k + degree + 1 < n; k++) { /* divided differences */
                double difference = 0;
                for (size_t i = k; i <= k + degree + 1; i++) {
                    double part = (double)factors[i];
                    for (size_t j = k; j <= k + degree + 1; j++)
                        if (j != i) part /= (x[i] - x[j]) / 26;
                    difference += part;
                }
                cr_expect_float_eq(difference, 0, 1e-7, "%zu places, degree %zu", n, degree);
            }
        }
}
