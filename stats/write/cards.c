/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write/cards.h"

#include <string.h>

#include "write/fold.h"
#include "write/glyph.h"
#include "write/shape.h"
#include "write/words.h"

enum { INDENT = 4 };

static const char bold[] = "\033[1m", normal[] = "\033[0m";

/* One variable being shown. */
typedef struct card {
    const peil_report *report;
    const peil_style *style;
    size_t row;
    peil_text *out;
} card;

bool peil_cards_suit(const peil_report *report) {
    return report->command && strcmp(report->command, "describe") == 0 &&
           peil_report_find(report, "label") < report->ncolumns;
}

static const peil_cell *cell_of(const card *c, const char *column) {
    const size_t place = peil_report_find(c->report, column);
    return &c->report->cells[c->row * c->report->ncolumns + place];
}

static bool is_empty(const card *c, const char *column) {
    const bool is_there = peil_report_find(c->report, column) < c->report->ncolumns;
    return !is_there || cell_of(c, column)->kind == PEIL_CELL_EMPTY;
}

/* Adds a cell as a table would show it. */
static void add_cell(const card *c, const char *column, peil_text *line) {
    const size_t place = peil_report_find(c->report, column);
    const peil_shaping shaping = {c->style->language, c->style->decimals};
    const peil_cell *cell = cell_of(c, column);
    if (cell->kind != PEIL_CELL_EMPTY)
        peil_shape_of(c->report, place)->add(&shaping, PEIL_UNIT_NONE, cell, line);
}

static void fold(const card *c, const peil_text *line, size_t at) {
    if (!line->failed && line->length)
        peil_fold_add(c->out, line->bytes, peil_fold_width(c->style->width), at, INDENT);
    c->out->failed = c->out->failed || line->failed;
}

/* "q5  Hoe tevreden bent u?" */
static void add_title(const card *c) {
    peil_text name = {0}, label = {0};
    add_cell(c, "variable", &name);
    add_cell(c, "label", &label);
    const size_t width = name.length ? peil_glyph_width(name.bytes, name.length) : 0;
    if (c->style->colour) peil_text_add(c->out, bold);
    peil_text_add(c->out, name.length ? name.bytes : "");
    if (c->style->colour) peil_text_add(c->out, normal);
    peil_text_add(c->out, label.length ? "  " : "\n");
    fold(c, &label, width + 2);
    c->out->failed = c->out->failed || name.failed;
    peil_text_clear(&name);
    peil_text_clear(&label);
}

static const char *word_of(const card *c, const char *english) {
    return peil_word(english, c->style->language);
}

/* ", 7 values: 1 - 10" */
static void add_distinct(const card *c, peil_text *line) {
    const peil_cell *distinct = cell_of(c, "distinct");
    const bool is_one = distinct->kind == PEIL_CELL_COUNT && distinct->as.count == 1;
    if (distinct->kind == PEIL_CELL_COUNT && distinct->as.count == 0) return;
    peil_text_add(line, ", ");
    add_cell(c, "distinct", line);
    peil_text_add_format(line, " %s", word_of(c, is_one ? "value" : "values"));
    if (is_empty(c, "min")) return;
    peil_text_add(line, ": ");
    add_cell(c, "min", line);
    if (is_one) return;
    peil_text_add(line, " " PEIL_SHAPE_ABSENT " ");
    add_cell(c, "max", line);
}

/* "whole number, 7 values: 1 - 10, 12 missing, weight?" */
static void add_facts(const card *c) {
    peil_text line = {0};
    add_cell(c, "type", &line);
    add_distinct(c, &line);
    const uint64_t missing = cell_of(c, "missing")->as.count;
    if (missing > 0) {
        peil_text_add(&line, ", ");
        add_cell(c, "missing", &line);
        peil_text_add_format(&line, " %s", word_of(c, missing == 1 ? "is missing" : "missing"));
    }
    if (!is_empty(c, "role")) {
        peil_text_add(&line, ", ");
        add_cell(c, "role", &line);
    }
    peil_text_add_format(c->out, "%*s", INDENT, "");
    fold(c, &line, INDENT);
    peil_text_clear(&line);
}

static void add_values(const card *c) {
    peil_text line = {0};
    if (is_empty(c, "values")) return;
    add_cell(c, is_empty(c, "values_label") ? "values" : "values_label", &line);
    peil_text_add_format(c->out, "%*s", INDENT, "");
    fold(c, &line, INDENT);
    peil_text_clear(&line);
}

void peil_cards_add(const peil_report *report, const peil_style *style, peil_text *out) {
    for (size_t row = 0; row < report->nrows; row++) {
        const card c = {report, style, row, out};
        if (row > 0) peil_text_add(out, "\n");
        add_title(&c);
        add_facts(&c);
        add_values(&c);
    }
}
