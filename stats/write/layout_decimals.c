/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many decimals small figures need: 0.01 says little of a ratio of 0.0094. Rows of a measure
 * have as many, so that they can be compared. */
#include <math.h>
#include <string.h>

#include "write/layout.h"

enum { LEAST = 2, MOST = 15 };

static double size_of(const peil_report *report, size_t row, const char *column) {
    const size_t place = peil_report_find(report, column);
    if (place == report->ncolumns) return 0;
    const peil_cell *cell = &report->cells[row * report->ncolumns + place];
    const bool is_there = cell->kind == PEIL_CELL_NUMBER && isfinite(cell->as.number);
    return is_there ? fabs(cell->as.number) : 0;
}

/* The largest figure of a row, without its sign. */
static double largest(const peil_report *report, size_t row) {
    static const char *const columns[] = {"estimate", "reference_estimate", "computed"};
    double found = 0;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const double size = size_of(report, row, columns[i]);
        if (size > found) found = size;
    }
    return found;
}

/* Enough for three digits that are not leading zeros; -1 where those of the unit do. */
static int decimals_for(double size) {
    int decimals = LEAST;
    for (; size > 0 && size < 1 && decimals < MOST; decimals++) size *= 10;
    return decimals > LEAST ? decimals : -1;
}

static const char *measure_of(const peil_report *report, size_t row) {
    const peil_cell *cell = &report->cells[row * report->ncolumns];
    const bool is_text = cell->kind == PEIL_CELL_TEXT || cell->kind == PEIL_CELL_CODE;
    return is_text ? cell->as.text : "";
}

static bool continues(const peil_report *report, size_t row) {
    return report->units[row] == report->units[row - 1] &&
           strcmp(measure_of(report, row), measure_of(report, row - 1)) == 0;
}

void peil_layout_find_decimals(peil_layout *layout) {
    const peil_report *report = layout->report;
    for (size_t first = 0, end; first < report->nrows; first = end) {
        double size = 0;
        for (end = first; end < report->nrows && (end == first || continues(report, end)); end++) {
            const double here = largest(report, end);
            if (here > size) size = here;
        }
        const int decimals = report->units[first] == PEIL_UNIT_MEAN ? decimals_for(size) : -1;
        for (size_t row = first; row < end; row++) layout->decimals[row] = decimals;
    }
}
