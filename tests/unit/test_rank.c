/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rank.h"

#include "support/testing.h"

typedef struct example {
    const char *name;
    size_t rows, columns, rank;
    double matrix[16];
} example;

/* With a tolerance of 1e-5. */
static const example examples[] = {
    {"nothing", 2, 2, 0, {0, 0, 0, 0}},
    {"one number", 1, 1, 1, {3}},
    {"independent", 2, 2, 2, {1, 2, 3, 4}},
    {"a multiple", 2, 2, 1, {1, 2, 3, 6}},
    {"a sum", 3, 3, 2, {1, 2, 3, 4, 5, 9, 7, 8, 15}},
    {"a column of nothing", 2, 3, 2, {0, 1, 2, 0, 3, 4}},
    {"more columns than rows", 2, 4, 2, {1, 2, 3, 4, 5, 6, 7, 8}},
    {"more rows than columns", 4, 2, 2, {1, 0, 0, 1, 1, 1, 2, 1}},
    {"within the tolerance", 2, 2, 1, {1, 1, 0, 9e-6}},
    {"beyond the tolerance", 2, 2, 2, {1, 1, 0, 1.1e-5}},
    {"of columns of any size", 2, 2, 2, {1e-9, 1, 0, 1}},
    {"a third beside two like it", 3, 3, 2, {1, 1, 1, 1, 1, 1, 0, 1e-6, 1}},
};

Test(rank, of_small_matrices) {
    for (size_t i = 0; i < COUNT(examples); i++) {
        const example *e = &examples[i];
        double matrix[16], room[16];
        memcpy(matrix, e->matrix, sizeof matrix);
        const size_t rank = peil_matrix_rank(matrix, e->rows, e->columns, 1e-5, room);
        cr_expect_eq(rank, e->rank, "%s: %zu", e->name, rank);
    }
}
