/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write/shape.h"

#include <string.h>

#include "core/number.h"
#include "write/glyph.h"
#include "write/words.h"

/* A figure without a unit shows this many digits when the report computed it. */
enum { PLAIN_DIGITS = 6 };

static int decimals_of(const peil_shaping *shaping, peil_unit unit) {
    if (shaping->decimals >= 0) return shaping->decimals;
    switch (unit) {
        case PEIL_UNIT_PERCENT:
            return 1;
        case PEIL_UNIT_MEAN:
            return 2;
        case PEIL_UNIT_TOTAL:
        case PEIL_UNIT_NONE:
            break;
    }
    return 0;
}

/* By kind. What describe found stays whole; other numbers here are figures of an unknown sort. */
static void add_plain(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                      peil_text *out) {
    switch (cell->kind) {
        case PEIL_CELL_EMPTY:
            break;
        case PEIL_CELL_TEXT:
        case PEIL_CELL_CODE:
            peil_glyph_add_visible(out, cell->as.text);
            break;
        case PEIL_CELL_NUMBER:
            peil_number_add_plain(out, cell->as.number, unit == PEIL_UNIT_NONE ? 0 : PLAIN_DIGITS,
                                  shaping->language);
            break;
        case PEIL_CELL_COUNT:
            peil_number_add_count(out, cell->as.count, shaping->language);
            break;
    }
}

static void add_bound(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                      peil_text *out) {
    if (cell->kind != PEIL_CELL_NUMBER || unit == PEIL_UNIT_NONE) {
        add_plain(shaping, unit, cell, out);
        return;
    }
    peil_number_add(out, cell->as.number, decimals_of(shaping, unit), shaping->language);
}

static void add_estimate(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                         peil_text *out) {
    add_bound(shaping, unit, cell, out);
    if (unit == PEIL_UNIT_PERCENT) peil_text_add(out, "%");
}

/* With its sign; the heading names the unit. */
static void add_difference(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                           peil_text *out) {
    if (cell->kind != PEIL_CELL_NUMBER) {
        add_plain(shaping, unit, cell, out);
        return;
    }
    const int decimals = decimals_of(shaping, unit);
    peil_number_add_signed(out, cell->as.number, decimals, shaping->language);
}

/* Three decimals; smaller is not zero. */
static void add_p(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                  peil_text *out) {
    if (cell->kind != PEIL_CELL_NUMBER) {
        add_plain(shaping, unit, cell, out);
        return;
    }
    const bool is_small = cell->as.number < 0.001;
    if (is_small) peil_text_add(out, "<");
    peil_number_add(out, is_small ? 0.001 : cell->as.number, 3, shaping->language);
}

static void add_yes_no(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                       peil_text *out) {
    peil_text word = {0};
    add_plain(shaping, unit, cell, &word);
    const char *text = word.bytes ? word.bytes : "";
    if (strcmp(text, "1") == 0) text = peil_word("yes", shaping->language);
    if (strcmp(text, "0") == 0) text = peil_word("no", shaping->language);
    peil_text_add(out, text);
    out->failed = out->failed || word.failed;
    peil_text_clear(&word);
}

/* Words separated by spaces become phrases separated by commas; an unknown word stays. */
static void add_flags(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                      peil_text *out) {
    if (cell->kind != PEIL_CELL_TEXT) {
        add_plain(shaping, unit, cell, out);
        return;
    }
    for (const char *at = cell->as.text; *at;) {
        const size_t length = strcspn(at, " ");
        const char *phrase = peil_word_flag(at, length, shaping->language);
        if (!phrase) { /* not one of ours: show the rest as it is */
            peil_glyph_add_visible(out, at);
            return;
        }
        peil_text_add(out, phrase);
        at += length + strspn(at + length, " ");
        if (*at) peil_text_add(out, ", ");
    }
}

static void add_judgement(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                          peil_text *out) {
    const char *word =
        cell->kind == PEIL_CELL_TEXT ? peil_word_judgement(cell->as.text, shaping->language) : NULL;
    if (word)
        peil_text_add(out, word);
    else
        add_plain(shaping, unit, cell, out);
}

static void add_kind(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                     peil_text *out) {
    const char *word =
        cell->kind == PEIL_CELL_TEXT ? peil_word_kind(cell->as.text, shaping->language) : NULL;
    if (word)
        peil_text_add(out, word);
    else
        add_plain(shaping, unit, cell, out);
}

/* "2012 (linear)": what a trend begins with, and its degree. */
static void add_reference(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                          peil_text *out) {
    const char *text = cell->kind == PEIL_CELL_TEXT ? cell->as.text : "";
    const char *degree = strstr(text, " ("), *end = degree ? strchr(degree, ')') : NULL;
    const char *word =
        end && !end[1] && text[strspn(text, "0123456789.-")] == ' '
            ? peil_word_degree(degree + 2, (size_t)(end - degree) - 2, shaping->language)
            : NULL;
    if (word)
        peil_text_add_format(out, "%.*s (%s)", (int)(degree - text), text, word);
    else
        add_plain(shaping, unit, cell, out);
}

static const peil_shape plain = {.column = "", .add = add_plain, .is_prose = true};

/* The first row that fits holds. Rows without .add are left to csv and json: a narrow table of
 * what people ask for beats a wide one of all there is. */
static const peil_shape shapes[] = {
    {.column = "type", .command = "describe", .add = add_kind, .is_prose = true},
    {.column = "role", .command = "describe", .add = add_kind, .is_prose = true},
    {.column = "part", .command = "scales", .add = add_kind, .is_prose = true},
    {.column = "item", .command = "weight", .add = add_kind, .is_prose = true},
    {.column = "period",
     .command = "compare",
     .add = add_plain,
     .partner = "estimate",
     .add_partner = add_estimate,
     .joint = ": ",
     .is_prose = true,
     .is_figure = true},
    {.column = "reference",
     .command = "compare",
     .add = add_reference,
     .partner = "reference_estimate",
     .add_partner = add_estimate,
     .joint = ": ",
     .is_prose = true,
     .is_figure = true},
    {.column = "measure", .command = "run"}, /* a line under the title tells it */
    {.column = "estimate", .command = "compare"},
    {.column = "reference_estimate", .command = "compare"},
    {.column = "difference", .add = add_difference, .is_figure = true},
    {.column = "estimate", .add = add_estimate, .is_figure = true},
    {.column = "published", .add = add_plain, .is_figure = true},
    {.column = "computed", .add = add_estimate, .is_figure = true},
    {.column = "status", .add = add_judgement, .is_prose = true},
    {.column = "ci_low",
     .add = add_bound,
     .partner = "ci_high",
     .add_partner = add_bound,
     .joint = " " PEIL_SHAPE_ABSENT " ",
     .is_figure = true},
    {.column = "ci_high"},
    {.column = "se"},
    {.column = "cases"},
    {.column = "weighted_n"},
    {.column = "n_eff"},
    {.column = "deff"},
    {.column = "df"},
    {.column = "statistic"},
    {.column = "p", .add = add_p},
    {.column = "p_adjusted", .add = add_p},
    {.column = "significant", .add = add_yes_no, .is_prose = true},
    {.column = "same", .add = add_yes_no, .is_prose = true},
    {.column = "baseline_difference", .add = add_difference, .is_figure = true},
    {.column = "baseline_p"},
    {.column = "baseline_p_adjusted"},
    {.column = "baseline_significant", .add = add_yes_no, .is_prose = true},
    {.column = "judgement", .add = add_judgement, .is_prose = true},
    {.column = "explanation"}, /* a line under the rows tells it */
    {.column = "reason"},      /* a line under the rows tells it */
    {.column = "flag", .add = add_flags, .is_prose = true},
};

static bool is_for(const peil_shape *shape, const peil_report *report, const char *column) {
    const char *command = report->command ? report->command : "";
    if (shape->command && strcmp(shape->command, command) != 0) return false;
    return strcmp(shape->column, column) == 0;
}

const peil_shape *peil_shape_of(const peil_report *report, size_t column) {
    const bool is_by = column >= report->nlead && column < report->nlead + report->nby;
    for (size_t i = 0; !is_by && i < sizeof shapes / sizeof *shapes; i++) {
        if (is_for(&shapes[i], report, report->columns[column])) return &shapes[i];
    }
    return &plain;
}

bool peil_shape_is_numeric(const peil_report *report, size_t column) {
    for (size_t row = 0; row < report->nrows; row++) {
        if (report->cells[row * report->ncolumns + column].kind == PEIL_CELL_TEXT) return false;
    }
    return true;
}
