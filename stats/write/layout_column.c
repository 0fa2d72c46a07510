/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns people see, in what order and under what heading. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/number.h"
#include "write/glyph.h"
#include "write/layout.h"
#include "write/words.h"

static const peil_cell *cell_at(const peil_report *report, size_t row, size_t column) {
    return &report->cells[row * report->ncolumns + column];
}

static bool has_values(const peil_report *report, size_t column) {
    for (size_t row = 0; row < report->nrows; row++) {
        if (cell_at(report, row, column)->kind != PEIL_CELL_EMPTY) return true;
    }
    return false;
}

/* Whether a column holds the labels of the one before it. */
static bool is_label(const peil_report *report, size_t column) {
    return column < report->ncolumns && report->kinds[column] != PEIL_COLUMN_PLAIN;
}

static bool differs(const peil_cell *a, const peil_cell *b) {
    if (a->kind != PEIL_CELL_NUMBER || b->kind != PEIL_CELL_NUMBER) return a->kind != b->kind;
    return a->as.number < b->as.number || a->as.number > b->as.number;
}

/* Whether the adjusted p is worth showing: instead of p, and only when some row differs. */
static bool is_adjusted(const peil_report *report) {
    const size_t p = peil_report_find(report, "p");
    const size_t adjusted = peil_report_find(report, "p_adjusted");
    if (p == report->ncolumns || adjusted == report->ncolumns) return false;
    for (size_t row = 0; row < report->nrows; row++) {
        if (differs(cell_at(report, row, p), cell_at(report, row, adjusted))) return true;
    }
    return false;
}

static bool is_by(const peil_report *report, size_t column) {
    return column >= report->nlead && column < report->nlead + report->nby;
}

static bool is_wanted(const peil_report *report, size_t column) {
    const char *name = report->columns[column];
    if (!peil_shape_of(report, column)->add || is_label(report, column)) return false;
    if (is_by(report, column)) return true;
    if (strcmp(name, "p") == 0) return !is_adjusted(report);
    if (strcmp(name, "p_adjusted") == 0) return is_adjusted(report);
    return true;
}

typedef struct pair {
    const char *label, *code;
} pair;

static int compare_pairs(const void *a, const void *b) {
    const pair *x = a, *y = b;
    const int order = strcmp(x->label, y->label);
    return order ? order : strcmp(x->code, y->code);
}

static bool has_text(const peil_cell *cell) {
    return cell->kind == PEIL_CELL_TEXT || cell->kind == PEIL_CELL_CODE;
}

/* Whether two codes of a column share a label, as "don't know" may stand for 8 and for 9. */
static bool shares_labels(peil_layout *layout, size_t codes, size_t labels) {
    const peil_report *report = layout->report;
    pair *pairs = NULL;
    size_t n = 0;
    if (labels == report->ncolumns) return false;
    if (peil_array_make(&pairs, report->nrows, sizeof *pairs, NULL) != PEIL_OK) {
        layout->pool.failed = true;
        return false;
    }
    for (size_t row = 0; row < report->nrows; row++) {
        const peil_cell *code = cell_at(report, row, codes), *label = cell_at(report, row, labels);
        if (has_text(code) && has_text(label)) pairs[n++] = (pair){label->as.text, code->as.text};
    }
    qsort(pairs, n, sizeof *pairs, compare_pairs);
    bool found = false;
    for (size_t i = 1; i < n && !found; i++) {
        found = strcmp(pairs[i - 1].label, pairs[i].label) == 0 &&
                strcmp(pairs[i - 1].code, pairs[i].code) != 0;
    }
    free(pairs);
    return found;
}

/* Adds a text with its NUL and returns where it begins. */
static size_t add_text(peil_text *pool, const char *text) {
    const size_t start = pool->length;
    peil_text_add_bytes(pool, text, strlen(text) + 1);
    return start;
}

static size_t add_name(peil_text *pool, const char *name) {
    const size_t start = pool->length;
    peil_glyph_add_visible(pool, name);
    peil_text_add_bytes(pool, "", 1);
    return start;
}

/* "95% interval" */
static size_t add_interval(peil_layout *layout) {
    const double level = layout->report->level;
    const peil_language language = layout->shaping.language;
    const size_t start = layout->pool.length;
    if (!(level > 0)) return add_text(&layout->pool, "interval");
    peil_number_add_plain(&layout->pool, level, 6, language);
    add_text(&layout->pool, peil_word("% interval", language));
    return start;
}

/* The variable that is compared, if the request names it: "jaar" says more than "period". */
static const char *name_of_period(const peil_report *report) {
    return peil_facts_find(&report->request, "over");
}

static size_t add_heading(peil_layout *layout, const peil_layout_column *column) {
    const peil_report *report = layout->report;
    const char *name = report->columns[column->source];
    if (column->is_by) return add_name(&layout->pool, name);
    if (strcmp(name, "ci_low") == 0) return add_interval(layout);
    if (strcmp(name, "period") == 0 && name_of_period(report)) {
        return add_name(&layout->pool, name_of_period(report));
    }
    if (strcmp(name, "category") == 0 && peil_report_find(report, "margin") < report->ncolumns)
        return add_text(&layout->pool, peil_word("category of a margin", layout->shaping.language));
    const char *word = peil_word_heading(name, layout->shaping.language);
    return word ? add_text(&layout->pool, word) : add_name(&layout->pool, name);
}

static size_t add_percent_heading(peil_layout *layout, const peil_layout_column *column) {
    const char *name = layout->report->columns[column->source];
    const bool is_difference =
        strcmp(name, "difference") == 0 || strcmp(name, "baseline_difference") == 0;
    if (column->is_by || !is_difference) return column->heading;
    const char *word = peil_word("difference\nin % points", layout->shaping.language);
    return add_text(&layout->pool, word);
}

static void add_column(peil_layout *layout, size_t source) {
    const peil_report *report = layout->report;
    if (!is_wanted(report, source)) return;
    const peil_shape *shape = peil_shape_of(report, source);
    const bool is_key = source < report->nlead + report->nby;
    const bool is_number = !is_key && !*shape->column && peil_shape_is_numeric(report, source);
    peil_layout_column *column = &layout->columns[layout->ncolumns++];
    *column = (peil_layout_column){
        .source = source,
        .partner = shape->partner ? peil_report_find(report, shape->partner) : report->ncolumns,
        .label = is_label(report, source + 1) ? source + 1 : report->ncolumns,
        .shape = shape,
        .is_by = is_by(report, source),
        .is_key = is_key,
        .is_right = is_number || !shape->is_prose,
        .has_values = has_values(report, source),
    };
    column->is_ambiguous = shares_labels(layout, source, column->label);
    column->heading = add_heading(layout, column);
    column->percent_heading = add_percent_heading(layout, column);
}

/* What is measured and when first, then whom the rows are about, then the categories, then the
 * figures. */
void peil_layout_add_columns(peil_layout *layout) {
    const peil_report *report = layout->report;
    const size_t nkeys = report->nlead + report->nby, measure = peil_report_find(report, "measure");
    const size_t first = measure < report->nlead ? measure + 1 : report->nlead > 0 ? 1 : 0;
    for (size_t i = 0; i < first; i++) add_column(layout, i);
    for (size_t i = report->nlead; i < nkeys; i++) add_column(layout, i);
    for (size_t i = first; i < report->nlead; i++) add_column(layout, i);
    for (size_t i = nkeys; i < report->ncolumns; i++) add_column(layout, i);
}
