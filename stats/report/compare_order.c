/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether values have an order that says which one is the previous. */
#include <string.h>

#include "report/compare.h"
#include "report/roles.h"

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

/* Whether the rows have more than one period: of two values the previous is the other one. */
static bool differ(const peil_report *report, size_t period) {
    for (size_t row = 1; row < report->nrows; row++) {
        const peil_cell *cell = &report->cells[row * report->ncolumns + period];
        const bool is_text = cell->kind == PEIL_CELL_TEXT || cell->kind == PEIL_CELL_CODE;
        if (is_text && strcmp(cell->as.text, cell[-(ptrdiff_t)report->ncolumns].as.text) != 0)
            return true;
    }
    return false;
}

static bool are_names(const peil_report *report, size_t period) {
    for (size_t row = 0; row < report->nrows; row++)
        if (!is_name(&report->cells[row * report->ncolumns + period]) ||
            has_label(report, row, period))
            return false;
    return true;
}

peil_status peil_compare_note_order(const peil_comparison *c, peil_fault *fault) {
    const peil_request *request = c->study->request;
    const size_t period = peil_report_find(c->report, "period");
    if (request->against || c->against != PEIL_AGAINST_PREVIOUS || !differ(c->report, period))
        return PEIL_OK;
    const bool is_dutch = request->language == PEIL_DUTCH, by_name = are_names(c->report, period);
    if (!by_name && !peil_guess_fits_name(PEIL_GUESS_AREA, request->over)) return PEIL_OK;
    return peil_report_note(
        c->report, fault,
        is_dutch ? "elke waarde van %s is vergeleken met de vorige in %s; --against rest "
                   "vergelijkt elk met alle andere samen"
                 : "each value of %s is compared with the one before it in %s; --against rest "
                   "compares each with all others together",
        request->over,
        is_dutch ? (by_name ? "het alfabet" : "de volgorde van de codes")
                 : (by_name ? "the alphabet" : "the order of the codes"));
}
