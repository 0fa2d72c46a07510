/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distribution functions against R, and at the edges of their domain. */
#include "core/distribution.h"

#include <float.h>

#include "expected.h"

/* Asserts closeness to R, and keeps the worst difference seen. */
static void check(const expected *table, const char *what, double actual, double wanted,
                  double tolerance, double *worst) {
    const double difference = relative_difference(actual, wanted);
    cr_expect(difference <= tolerance, "row %zu, %s: %.17g, not %.17g (%.2g)", table->row, what,
              actual, wanted, difference);
    if (difference > *worst) *worst = difference;
}

/* The tails of R lose digits where the counts are large: it forms a - (a+b)x in 53 bits. */
static double tail_tolerance(double a, double b) {
    return a + b > 1e7 ? 1e-10 : 1e-11;
}

Test(distribution, beta_as_r) {
    expected table = expected_open("beta.csv");
    double quantile = 0, lower = 0, upper = 0;
    while (expected_next(&table, 6)) {
        const double a = expected_number(&table, 0), b = expected_number(&table, 1);
        const double p = expected_number(&table, 2), x = expected_number(&table, 3);
        const double tolerance = tail_tolerance(a, b);
        check(&table, "quantile", peil_beta_quantile(p, a, b), x, 1e-13, &quantile);
        check(&table, "lower", peil_beta_lower(x, 1 - x, a, b), expected_number(&table, 4),
              tolerance, &lower);
        check(&table, "upper", peil_beta_upper(x, 1 - x, a, b), expected_number(&table, 5),
              tolerance, &upper);
    }
    cr_assert_gt(table.row, 1500);
    cr_log_info("worst: quantile %.2g, lower %.2g, upper %.2g", quantile, lower, upper);
}

/* Close to the median R has 1e-10 only: it takes 1 - p where the answer hangs on 1/2 - p. */
static double t_quantile_tolerance(double p) {
    return fabs(p - 0.5) < 1e-4 ? 1e-10 : 1e-12;
}

Test(distribution, t_as_r) {
    expected table = expected_open("t.csv");
    double quantile = 0, upper = 0;
    while (expected_next(&table, 5)) {
        const double df = expected_number(&table, 0), p = expected_number(&table, 1);
        const double t = expected_number(&table, 3);
        check(&table, "quantile", peil_t_quantile_upper(p, df), expected_number(&table, 2),
              t_quantile_tolerance(p), &quantile);
        check(&table, "upper", peil_t_upper(t, df), expected_number(&table, 4), 1e-12, &upper);
    }
    cr_assert_gt(table.row, 400);
    cr_log_info("worst: quantile %.2g, upper %.2g", quantile, upper);
}

Test(distribution, f_as_r) {
    expected table = expected_open("f.csv");
    double worst = 0;
    while (expected_next(&table, 4)) {
        const double df1 = expected_number(&table, 0), df2 = expected_number(&table, 1);
        const double upper = peil_f_upper(expected_number(&table, 2), df1, df2);
        check(&table, "upper", upper, expected_number(&table, 3), 1e-12, &worst);
    }
    cr_assert_gt(table.row, 400);
    cr_log_info("worst: %.2g", worst);
}

Test(distribution, chi2_as_r) {
    expected table = expected_open("chi2.csv");
    double worst = 0;
    while (expected_next(&table, 3)) {
        const double upper =
            peil_chi2_upper(expected_number(&table, 1), expected_number(&table, 0));
        check(&table, "upper", upper, expected_number(&table, 2), 1e-12, &worst);
    }
    cr_assert_gt(table.row, 150);
    cr_log_info("worst: %.2g", worst);
}

/* Answers that are known without R, near enough to the last digit. */
Test(distribution, closed_forms) {
    static const double pi = 3.14159265358979323846;
    const struct {
        const char *what;
        double actual, wanted;
    } cases[] = {
        {"uniform", peil_beta_lower(0.3, 0.7, 1, 1), 0.3},
        {"power", peil_beta_lower(0.3, 0.7, 5, 1), 0.3 * 0.3 * 0.3 * 0.3 * 0.3},
        {"arcsine law", peil_beta_lower(0.25, 0.75, 0.5, 0.5), 1.0 / 3},
        {"middle", peil_beta_upper(0.5, 0.5, 1e9, 1e9), 0.5},
        {"small upper tail", peil_beta_upper(1, 1e-12, 4, 1), -expm1(4 * log1p(-1e-12))},
        {"one in a thousand million", peil_beta_quantile(0.975, 1, 1e9), -expm1(log(0.025) / 1e9)},
        {"all of a thousand million", peil_beta_quantile(0.025, 1e9, 1), exp(log(0.025) / 1e9)},
        {"median", peil_beta_quantile(0.5, 1e9, 1e9), 0.5},
        {"cauchy", peil_t_upper(1, 1), 0.25},
        {"cauchy, far", peil_t_upper(1e12, 1), 1e-12 / pi},
        {"cauchy quantile", peil_t_quantile_upper(0.025, 1), 1 / tan(0.025 * pi)},
        {"two df", peil_t_quantile_upper(0.025, 2), 0.95 / sqrt(2 * 0.025 * 0.975)},
        {"near the median", peil_t_quantile_upper(0.5 - 0x1p-40, 1), tan(0x1p-40 * pi)},
        {"negative t", peil_t_upper(-1, 1), 0.75},
        {"t of 0", peil_t_upper(0, 7), 0.5},
        {"t infinite", peil_t_upper(INFINITY, 7), 0},
        {"t minus infinite", peil_t_upper(-INFINITY, 7), 1},
        {"normal", peil_t_quantile_upper(0.025, INFINITY), 1.9599639845400545},
        {"normal tail", peil_t_upper(1.9599639845400545, INFINITY), 0.025},
        {"df beyond counting", peil_t_quantile_upper(0.025, 1e300), 1.9599639845400545},
        {"F on 1 and df is t squared", peil_f_upper(6.25, 1, 7), 2 * peil_t_upper(2.5, 7)},
        {"F on 2 and 2", peil_f_upper(3, 2, 2), 0.25},
        {"F of nothing", peil_f_upper(0, 3, 4), 1},
        {"F below nothing", peil_f_upper(-1, 3, 4), 1},
        {"F infinite", peil_f_upper(INFINITY, 3, 4), 0},
        {"chi-square on 2", peil_chi2_upper(5, 2), exp(-2.5)},
        {"chi-square on 4", peil_chi2_upper(50, 4), exp(-25) * 26},
        {"chi-square on 1 is the normal squared", peil_chi2_upper(9, 1), erfc(3 / sqrt(2))},
        {"chi-square of nothing", peil_chi2_upper(0, 3), 1},
        {"chi-square below nothing", peil_chi2_upper(-1, 3), 1},
        {"chi-square infinite", peil_chi2_upper(INFINITY, 3), 0},
        {"chi-square beyond doubles", peil_chi2_upper(1e6, 3), 0},
        {"chi-square far below its df", peil_chi2_upper(1e-300, 5000), 1},
        {"df just counted", peil_t_quantile_upper(0.025, 1e19), 1.9599639845400545},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect(relative_difference(cases[i].actual, cases[i].wanted) < 1e-13,
                  "%s: %.17g, not %.17g", cases[i].what, cases[i].actual, cases[i].wanted);
}

Test(distribution, ends) {
    cr_expect_eq(peil_beta_lower(0, 1, 2, 3), 0);
    cr_expect_eq(peil_beta_upper(0, 1, 2, 3), 1);
    cr_expect_eq(peil_beta_lower(1, 0, 2, 3), 1);
    cr_expect_eq(peil_beta_upper(1, 0, 2, 3), 0);
    cr_expect_eq(peil_beta_quantile(0, 2, 3), 0);
    cr_expect_eq(peil_beta_quantile(1, 2, 3), 1);
    cr_expect_eq(peil_t_quantile_upper(0.5, 3), 0);
    cr_expect_eq(peil_t_quantile_upper(0.75, 3), -peil_t_quantile_upper(0.25, 3));
}

Test(distribution, outside_the_domain_is_nan) {
    const double answers[] = {
        peil_beta_lower(NAN, 0.5, 1, 1),
        peil_beta_lower(-0.1, 1.1, 1, 1),
        peil_beta_upper(1.1, -0.1, 1, 1),
        peil_beta_lower(0.5, 0.5, 0, 1),
        peil_beta_lower(0.5, 0.5, 1, -1),
        peil_beta_upper(0.5, 0.5, NAN, 1),
        peil_beta_upper(0.5, 0.5, 1, INFINITY),
        peil_beta_quantile(NAN, 1, 1),
        peil_beta_quantile(-0.1, 1, 1),
        peil_beta_quantile(1.1, 1, 1),
        peil_beta_quantile(0.5, 0, 1),
        peil_beta_quantile(0.5, 1, 0),
        peil_beta_quantile(0.5, NAN, 1),
        peil_beta_quantile(0.5, INFINITY, 1),
        peil_t_upper(NAN, 3),
        peil_t_upper(1, 0),
        peil_t_upper(1, -1),
        peil_t_upper(1, NAN),
        peil_f_upper(NAN, 1, 1),
        peil_f_upper(1, 0, 1),
        peil_f_upper(1, 1, -1),
        peil_f_upper(1, INFINITY, 1),
        peil_f_upper(1, 1, NAN),
        peil_chi2_upper(NAN, 1),
        peil_chi2_upper(1, 0),
        peil_chi2_upper(1, NAN),
        peil_chi2_upper(1, INFINITY),
        peil_t_quantile_upper(0, 3),
        peil_t_quantile_upper(1, 3),
        peil_t_quantile_upper(NAN, 3),
        peil_t_quantile_upper(0.1, 0),
        peil_t_quantile_upper(0.1, NAN),
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        cr_expect(isnan(answers[i]), "case %zu: %g", i, answers[i]);
}

/* Every quantile gives its p back, rises with p, and none of them takes long: two tails of shapes
 * from a half to far beyond what a survey has. */
Test(distribution, quantile_inverts, .timeout = 60) {
    static const double shapes[] = {0.5, 0.7, 1, 2.5, 40, 358, 1e4, 5e5, 1e7, 1e9};
    static const double p[] = {1e-12, 1e-6, 0.0005, 0.025, 0.5, 0.975, 0.9995, 1 - 1e-6, 1 - 1e-12};
    enum { n_shapes = sizeof shapes / sizeof shapes[0], n_p = sizeof p / sizeof p[0] };
    for (size_t i = 0; i < n_shapes * n_shapes * n_p; i++) {
        const double a = shapes[i / n_p / n_shapes], b = shapes[i / n_p % n_shapes];
        const double x = peil_beta_quantile(p[i % n_p], a, b);
        if (i % n_p) cr_expect_geq(x, peil_beta_quantile(p[i % n_p - 1], a, b), "%g %g", a, b);
        /* Where x is a double next to 1 it cannot say which p it came from. */
        const double spacing = DBL_EPSILON * sqrt(a + b) * sqrt((a + b) / fmin(a, b)) * 8;
        const double back = peil_beta_lower(x, 1 - x, a, b);
        if (1 - x > 1e-4)
            cr_expect(relative_difference(back, p[i % n_p]) < 1e-13 + spacing, "%g %g %g: %g", a, b,
                      p[i % n_p], back);
    }
}

Test(distribution, huge_shapes_end, .timeout = 60) {
    for (double n = 1e10; n < 1e30; n *= 1e4)
        cr_expect_float_eq(peil_beta_quantile(0.025, n * 0.3, n * 0.7), 0.3, 3 / sqrt(n) + 1e-15);
    cr_expect_eq(peil_beta_quantile(0.025, 1e-9, 2), 0);
    cr_expect_eq(peil_beta_quantile(0.975, 2, 1e-9), 1);
}
