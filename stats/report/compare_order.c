/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether values have an order that says which one is the previous. */
#include <string.h>

#include "report/compare.h"

/* Names of areas or answers. Classes such as "18-34" begin with a digit, and have an order. */
static bool is_name(const peil_cell *cell) {
    const bool is_text = cell->kind == PEIL_CELL_TEXT && cell->as.text[0];
    return is_text && !strchr("0123456789<>=-+", cell->as.text[0]);
}

/* Value labels have an order of their own. */
static bool has_label(const peil_report *report, size_t row, size_t column) {
    const bool may =
        column + 1 < report->ncolumns && report->kinds[column + 1] != PEIL_COLUMN_PLAIN;
    return may && report->cells[row * report->ncolumns + column + 1].kind != PEIL_CELL_EMPTY;
}

/* Whether all periods are names, and not the same one in every row: of two values the previous is
 * the other one. */
static bool are_names(const peil_report *report) {
    const size_t period = peil_report_find(report, "period");
    const peil_cell *first = &report->cells[period];
    bool differ = false;
    for (size_t row = 0; row < report->nrows; row++) {
        const peil_cell *cell = &report->cells[row * report->ncolumns + period];
        if (!is_name(cell) || has_label(report, row, period)) return false;
        differ = differ || strcmp(cell->as.text, first->as.text) != 0;
    }
    return differ;
}

peil_status peil_compare_note_order(const peil_comparison *c, peil_fault *fault) {
    const peil_request *request = c->study->request;
    if (request->against || c->against != PEIL_AGAINST_PREVIOUS || !are_names(c->report))
        return PEIL_OK;
    return peil_report_note(
        c->report, fault,
        request->language == PEIL_DUTCH
            ? "elke waarde van %s is vergeleken met de vorige in het alfabet; --against rest "
              "vergelijkt elk met alle andere samen"
            : "each value of %s is compared with the one before it in the alphabet; --against rest "
              "compares each with all others together",
        request->over);
}
