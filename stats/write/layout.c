/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of all cells are made first; then it is known what fits beside each other. */
#include "write/layout.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "write/glyph.h"
#include "write/words.h"

/* The longest word that folding leaves whole: a sha256. One of a hostile file may be longer. */
enum { LONGEST_WORD = 64 };

static const peil_cell *cell_at(const peil_layout *layout, size_t row, size_t column) {
    return &layout->report->cells[row * layout->report->ncolumns + column];
}

/* Texts differ by bytes; a key that is no text tells no rows apart. */
static bool is_same(const peil_cell *a, const peil_cell *b) {
    if (a->kind != b->kind) return false;
    if (a->kind == PEIL_CELL_COUNT) return a->as.count == b->as.count;
    const bool is_text = a->kind == PEIL_CELL_TEXT || a->kind == PEIL_CELL_CODE;
    return is_text ? strcmp(a->as.text, b->as.text) == 0 : a->kind == PEIL_CELL_EMPTY;
}

static bool is_pair(const peil_layout *layout, const peil_layout_column *column) {
    return column->partner < layout->report->ncolumns;
}

static bool is_absent(const peil_layout *layout, size_t row, const peil_layout_column *column) {
    if (cell_at(layout, row, column->source)->kind != PEIL_CELL_EMPTY) return false;
    if (!is_pair(layout, column)) return true;
    return cell_at(layout, row, column->partner)->kind == PEIL_CELL_EMPTY;
}

/* A section may have decimals of its own; those that the user asks for go before. */
static peil_shaping shaping_of(const peil_layout *layout, size_t row) {
    const peil_section *section = peil_report_section_of(layout->report, row);
    peil_shaping shaping = layout->shaping;
    if (section && shaping.decimals < 0) shaping.decimals = section->decimals;
    if (shaping.decimals < 0) shaping.decimals = layout->decimals[row];
    return shaping;
}

static void add_part(peil_layout *layout, size_t row, size_t source, peil_shape_add *add) {
    const peil_cell *cell = cell_at(layout, row, source);
    const peil_shaping shaping = shaping_of(layout, row);
    if (cell->kind == PEIL_CELL_EMPTY) {
        peil_text_add(&layout->pool, PEIL_SHAPE_ABSENT);
    } else {
        add(&shaping, layout->report->units[row], cell, &layout->pool);
    }
}

/* The label, and the code as well where the label alone does not tell codes apart. */
static void add_labelled(peil_layout *layout, size_t row, const peil_layout_column *column) {
    add_part(layout, row, column->label, column->shape->add);
    if (!column->is_ambiguous) return;
    peil_text_add(&layout->pool, " (");
    add_part(layout, row, column->source, column->shape->add);
    peil_text_add(&layout->pool, ")");
}

/* What the column shows of its source: a label where there is one. */
static void add_source(peil_layout *layout, size_t row, const peil_layout_column *column) {
    const bool may_label = column->label < layout->report->ncolumns;
    if (may_label && cell_at(layout, row, column->label)->kind != PEIL_CELL_EMPTY)
        add_labelled(layout, row, column);
    else
        add_part(layout, row, column->source, column->shape->add);
}

static size_t width_since(const peil_layout *layout, size_t start) {
    if (layout->pool.failed) return 0;
    return peil_glyph_width(layout->pool.bytes + start, layout->pool.length - start);
}

/* The widths of the parts of a pair; the pool is left as it was. */
static void measure_parts(peil_layout *layout, size_t row, const peil_layout_column *column,
                          size_t *left, size_t *right) {
    const size_t start = layout->pool.length;
    add_source(layout, row, column);
    *left = width_since(layout, start);
    const size_t middle = layout->pool.length;
    add_part(layout, row, column->partner, column->shape->add_partner);
    *right = width_since(layout, middle);
    layout->pool.length = start;
}

/* Pairs stand under each other within a section: another one may hold larger numbers. */
static void measure_pairs(peil_layout *layout, peil_layout_column *column, size_t row, size_t end) {
    column->left = column->right = 0;
    for (; is_pair(layout, column) && row < end; row++) {
        size_t left, right;
        if (is_absent(layout, row, column)) continue;
        measure_parts(layout, row, column, &left, &right);
        if (left > column->left) column->left = left;
        if (right > column->right) column->right = right;
    }
}

/* Right-aligned pairs meet at their joint when only the right parts are padded; left-aligned ones
 * need both. */
static void add_pair(peil_layout *layout, size_t row, const peil_layout_column *column) {
    const peil_shape *shape = column->shape;
    size_t left, right, padding = 0;
    measure_parts(layout, row, column, &left, &right);
    if (layout->is_padded && !layout->pool.failed) {
        padding = column->right - right + (shape->is_prose ? column->left - left : 0);
    }
    add_source(layout, row, column);
    peil_text_add(&layout->pool, shape->joint);
    while (padding-- > 0) peil_text_add(&layout->pool, " ");
    add_part(layout, row, column->partner, shape->add_partner);
}

/* Whether nobody answered: then the place of the interval says so in words. */
static bool is_without_answers(const peil_layout *layout, size_t row) {
    const size_t n = peil_report_find(layout->report, "n");
    if (n == layout->report->ncolumns) return false;
    const peil_cell *cell = cell_at(layout, row, n);
    return cell->kind == PEIL_CELL_COUNT && cell->as.count == 0;
}

static void add_absent(peil_layout *layout, size_t row, const peil_layout_column *column) {
    const bool is_interval = is_pair(layout, column) && !column->shape->is_prose;
    if (is_interval && is_without_answers(layout, row)) {
        peil_text_add(&layout->pool, peil_word("no answers", layout->shaping.language));
    } else if (column->is_by && column->has_values) {
        peil_text_add(&layout->pool, peil_word("total", layout->shaping.language));
    } else if (column->shape->is_figure && column->has_values) {
        peil_text_add(&layout->pool, PEIL_SHAPE_ABSENT);
    }
}

static void add_cell(peil_layout *layout, size_t row, const peil_layout_column *column) {
    if (is_absent(layout, row, column)) {
        add_absent(layout, row, column);
    } else if (is_pair(layout, column)) {
        add_pair(layout, row, column);
    } else {
        add_source(layout, row, column);
    }
}

static void widen(peil_layout_column *column, const char *line, size_t length) {
    const size_t width = peil_glyph_width(line, length);
    if (width > column->width) column->width = width;
    for (size_t i = 0; i < length;) {
        const size_t word = strcspn(line + i, " \n");
        size_t least = peil_glyph_width(line + i, word);
        if (least > LONGEST_WORD) least = LONGEST_WORD;
        if (least > column->least) column->least = least;
        i += word + 1;
    }
}

static void widen_to_heading(peil_layout_column *column, const char *heading) {
    for (const char *line = heading;;) {
        const size_t length = strcspn(line, "\n");
        widen(column, line, length);
        if (!line[length]) return;
        line += length + 1;
    }
}

/* Where the section of a row ends; without sections, where the rows do. */
static size_t section_end(const peil_report *report, size_t row) {
    const peil_section *section = peil_report_section_of(report, row);
    const bool is_last = !section || section == &report->sections[report->nsections - 1];
    return is_last ? report->nrows : section[1].row;
}

static void add_cells(peil_layout *layout, size_t index) {
    peil_layout_column *column = &layout->columns[index];
    size_t end = 0; /* of the section at hand */
    column->least = PEIL_LAYOUT_LEAST;
    for (size_t row = 0; row < layout->report->nrows && !layout->pool.failed; row++) {
        if (row == end) {
            end = section_end(layout->report, row);
            measure_pairs(layout, column, row, end);
        }
        peil_layout_cell *cell = &layout->cells[row * layout->ncolumns + index];
        cell->text = layout->pool.length;
        add_cell(layout, row, column);
        cell->width = width_since(layout, cell->text);
        const size_t length = layout->pool.length - cell->text;
        peil_text_add_bytes(&layout->pool, "", 1);
        if (layout->pool.failed) return;
        widen(column, peil_layout_text(layout, row, index), length);
    }
    const peil_unit *units = layout->report->units;
    for (size_t row = 0; row < layout->report->nrows; row++) {
        if (row > 0 && units[row] == units[row - 1]) continue;
        widen_to_heading(column, peil_layout_heading(layout, row, index));
    }
}

/* Whether each measure has one row, so that it may stand before its figures. Differences may not
 * when some are in percentage points and some are not: the heading names the unit. */
static bool is_list(const peil_layout *layout) {
    const peil_report *report = layout->report;
    const bool has_differences = peil_report_find(report, "difference") < report->ncolumns;
    for (size_t row = 1; row < report->nrows; row++) {
        if (is_same(cell_at(layout, row - 1, 0), cell_at(layout, row, 0))) return false;
        const bool is_percent = report->units[row] == PEIL_UNIT_PERCENT;
        const bool is_mixed = is_percent != (report->units[0] == PEIL_UNIT_PERCENT);
        if (has_differences && is_mixed) return false;
    }
    return true;
}

/* Whether the first column may become the titles of groups of rows. */
static bool has_titles(const peil_report *report) {
    return strcmp(report->columns[0], "measure") == 0 || strcmp(report->columns[0], "scale") == 0;
}

static void fit(peil_layout *layout, size_t width) {
    const peil_report *report = layout->report;
    if (report->ncolumns == 0 || report->nrows == 0) return;
    const bool has_measure = has_titles(report);
    const bool has_sections = report->nsections > 0;
    for (size_t i = 0; i < layout->ncolumns; i++) {
        layout->columns[i].natural = layout->columns[i].width;
    }
    peil_layout_group(layout, 0);
    if (!has_sections && (!has_measure || is_list(layout)) &&
        peil_layout_fold_together(layout, width))
        return;
    if (has_sections || has_measure) {
        layout->is_grouped = true;
        layout->columns[0].is_shown = false;
        layout->columns[0].width = layout->columns[0].natural;
        if (peil_layout_fold_together(layout, width)) return;
    }
    peil_layout_fold_apart(layout, width);
}

void peil_layout_make(const peil_report *report, const peil_style *style, bool is_padded,
                      size_t width, peil_layout *out) {
    *out = (peil_layout){
        .report = report,
        .shaping = {style->language, style->decimals},
        .is_padded = is_padded,
        .is_for_terminal = style->width > 0,
    };
    const size_t size = sizeof(peil_layout_cell);
    peil_status status =
        peil_array_make(&out->columns, report->ncolumns, sizeof *out->columns, NULL);
    if (status == PEIL_OK) peil_layout_add_columns(out);
    const size_t row_size = (out->ncolumns ? out->ncolumns : 1) * size;
    if (status == PEIL_OK) status = peil_array_make(&out->cells, report->nrows, row_size, NULL);
    if (status == PEIL_OK)
        status = peil_array_make(&out->decimals, report->nrows, sizeof *out->decimals, NULL);
    if (status == PEIL_OK) peil_layout_find_decimals(out);
    if (status != PEIL_OK) out->pool.failed = true;
    for (size_t i = 0; i < out->ncolumns && !out->pool.failed; i++) add_cells(out, i);
    if (!out->pool.failed) fit(out, width);
}

void peil_layout_clear(peil_layout *layout) {
    free(layout->columns);
    free(layout->cells);
    free(layout->decimals);
    peil_text_clear(&layout->pool);
    *layout = (peil_layout){0};
}

static size_t group_end(const peil_layout *layout, size_t first) {
    const size_t nrows = layout->report->nrows;
    if (!layout->is_grouped) return nrows;
    size_t row = first + 1;
    while (row < nrows && is_same(cell_at(layout, first, 0), cell_at(layout, row, 0))) row++;
    return row;
}

/* Whether a column tells something of the rows of a group. In a section, one that only says that
 * something is absent does not, unless that is the figure itself. */
static bool is_telling(const peil_layout *layout, size_t i, size_t row) {
    const peil_layout_column *column = &layout->columns[i];
    if (layout->cells[row * layout->ncolumns + i].width == 0) return false;
    if (layout->report->nsections == 0) return true;
    return !is_absent(layout, row, column) || strcmp(column->shape->column, "estimate") == 0;
}

size_t peil_layout_group(peil_layout *layout, size_t first) {
    const size_t end = group_end(layout, first);
    for (size_t i = 0; i < layout->ncolumns; i++) {
        peil_layout_column *column = &layout->columns[i];
        column->is_shown = false;
        if (layout->is_grouped && column->source == 0) continue;
        for (size_t row = first; row < end && !column->is_shown; row++) {
            column->is_shown = is_telling(layout, i, row);
        }
    }
    return end;
}

const char *peil_layout_text(const peil_layout *layout, size_t row, size_t column) {
    return layout->pool.bytes + layout->cells[row * layout->ncolumns + column].text;
}

const char *peil_layout_heading(const peil_layout *layout, size_t row, size_t column) {
    const peil_layout_column *c = &layout->columns[column];
    const bool is_percent = layout->report->units[row] == PEIL_UNIT_PERCENT;
    return layout->pool.bytes + (is_percent ? c->percent_heading : c->heading);
}

bool peil_layout_repeats(const peil_layout *layout, size_t first, size_t row, size_t column) {
    if (row == first || !layout->columns[column].is_key) return false;
    for (size_t i = 0; i <= column; i++) { /* keys come first: all those before it repeat too */
        const size_t source = layout->columns[i].source;
        if (!is_same(cell_at(layout, row, source), cell_at(layout, row - 1, source))) return false;
    }
    return true;
}
