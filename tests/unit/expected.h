/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the tables of reference values in tests/reference/expected, which scripts there write. */
#ifndef PEIL_TESTS_EXPECTED_H
#define PEIL_TESTS_EXPECTED_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

enum { expected_max_cells = 12 };

typedef struct expected {
    FILE *file;
    size_t row; /* data rows read so far */
    char line[512];
    const char *cell[expected_max_cells]; /* of the row read last */
} expected;

/* Opens the table of that name and skips its header. */
static inline expected expected_open(const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/reference/expected/%s", PEIL_TESTS_DIR, name);
    expected table = {.file = fopen(path, "r")};
    cr_assert(table.file, "cannot read %s", path);
    cr_assert(fgets(table.line, sizeof table.line, table.file), "%s is empty", path);
    return table;
}

/* Reads a row of exactly n cells; false, and closed, after the last. */
static inline bool expected_next(expected *table, size_t n) {
    if (!fgets(table->line, sizeof table->line, table->file)) {
        fclose(table->file);
        return false;
    }
    table->row++;
    table->line[strcspn(table->line, "\n")] = '\0';
    size_t n_cells = 0;
    for (char *at = table->line; at && n_cells < expected_max_cells;) {
        char *comma = strchr(at, ',');
        if (comma) *comma++ = '\0';
        table->cell[n_cells++] = at;
        at = comma;
    }
    cr_assert_eq(n_cells, n, "row %zu has %zu cells", table->row, n_cells);
    return true;
}

static inline double expected_number(const expected *table, size_t cell) {
    return strtod(table->cell[cell], NULL);
}

/* |actual - wanted| / |wanted|; 0 when both are the same or both NaN, else infinite when wanted is
 * 0 or one is NaN. */
static inline double relative_difference(double actual, double wanted) {
    if (isnan(actual) || isnan(wanted)) return isnan(actual) && isnan(wanted) ? 0 : INFINITY;
    const double difference = fabs(actual - wanted);
    if (!(difference > 0)) return 0;
    return isfinite(wanted) ? difference / fabs(wanted) : isfinite(actual) ? INFINITY : 0;
}

#endif
