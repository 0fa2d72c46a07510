/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hadamard.h"

#include "support/testing.h"

static int product(const int8_t *matrix, size_t order, size_t a, size_t b) {
    int sum = 0;
    for (size_t j = 0; j < order; j++) sum += matrix[a * order + j] * matrix[b * order + j];
    return sum;
}

Test(hadamard, rows_are_orthogonal) {
    for (size_t least = 1; least <= 130; least++) {
        int8_t *matrix = NULL;
        size_t order = 0;
        cr_assert_eq(peil_hadamard_make(least, &matrix, &order, NULL), PEIL_OK);
        cr_assert_geq(order, least);
        for (size_t i = 0; i < order * order; i++)
            HOLDS(matrix[i] == 1 || matrix[i] == -1, "order %zu: %d", order, matrix[i]);
        for (size_t a = 0; a < order; a++)
            for (size_t b = 0; b < a; b++)
                HOLDS(product(matrix, order, a, b) == 0, "order %zu: %zu and %zu", order, a, b);
        for (size_t j = 0; j < order; j++) HOLDS(matrix[j] == 1, "order %zu", order);
        free(matrix);
    }
}

/* 4 and 8 of 3 and 7, 16 of 8, 28 has neither, 36 has not either, 40 of 20. */
Test(hadamard, takes_the_first_order_that_it_can_make) {
    static const size_t orders[][2] = {{1, 1},   {2, 2},   {3, 4},   {5, 8},   {9, 12},  {13, 16},
                                       {17, 20}, {21, 24}, {25, 32}, {33, 40}, {41, 44}, {89, 96}};
    for (size_t i = 0; i < COUNT(orders); i++) {
        int8_t *matrix = NULL;
        size_t order = 0;
        cr_assert_eq(peil_hadamard_make(orders[i][0], &matrix, &order, NULL), PEIL_OK);
        cr_expect_eq(order, orders[i][1], "%zu: %zu", orders[i][0], order);
        free(matrix);
    }
}
