/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals that hold together, against integrals in R. */
#include "infer/band.h"

#include "core/array.h"
#include "expected.h"

/* n figures with correlation rho, then some that stand alone; variances differ. */
static double *covariance_of(size_t n, double rho, size_t alone) {
    const size_t all = n + alone;
    double *c = calloc(all * all, sizeof *c);
    cr_assert(c);
    for (size_t i = 0; i < all; i++)
        for (size_t j = 0; j < all; j++) {
            const double size = (double)((i + 1) * (j + 1));
            c[i * all + j] = size * (i == j ? 1 : i < n && j < n ? rho : 0);
        }
    return c;
}

static double level_of(const double *covariance, size_t n, double level) {
    double each = NAN;
    peil_fault fault;
    cr_assert_eq(peil_band_level(covariance, n, level, &each, &fault), PEIL_OK);
    return each;
}

Test(band, as_integrals) {
    expected table = expected_open("bands.csv");
    while (expected_next(&table, 5)) {
        const size_t n = (size_t)expected_number(&table, 0),
                     alone = (size_t)expected_number(&table, 2);
        const double rho = expected_number(&table, 1), wanted = expected_number(&table, 4);
        double *covariance = covariance_of(n, rho, alone);
        const double each = level_of(covariance, n + alone, expected_number(&table, 3));
        const double tolerance = rho > 0 && n > 1 ? 0.05 : 1e-12;
        cr_expect_lt(relative_difference(1 - each, 1 - wanted), tolerance,
                     "n %zu, rho %g: %.12g, not %.12g", n, rho, 1 - each, 1 - wanted);
        free(covariance);
    }
    cr_assert_gt(table.row, 60);
}

Test(band, order_and_groups_do_not_matter) {
    /* figures 0 and 2 are one, 1 and 3 stand alone */
    const double c[] = {4, 0, 2, 0, 0, 9, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1};
    cr_expect_float_eq(level_of(c, 4, 0.95), exp(log(0.95) / 3), 1e-4);
}

Test(band, without_variance) {
    const double none[] = {0, 0, 0, NAN}, one[] = {0, 0, 0, 2};
    cr_expect_eq(level_of(none, 2, 0.95), 0.95);
    cr_expect_float_eq(level_of(one, 2, 0.9), 0.9, 1e-15);
    cr_expect_eq(level_of(NULL, 0, 0.9), 0.9);
}

/* A total beside its parts adds nothing that they do not say. */
Test(band, of_a_total_and_its_parts) {
    const double c[] = {1, 0, 1, 0, 1, 1, 1, 1, 2};
    const double two = exp(log(0.95) / 2), three = exp(log(0.95) / 3);
    const double each = level_of(c, 3, 0.95);
    cr_expect(each > two && each < three, "%g", each);
}
