/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV for scripts: the columns of the contract at full precision, quoted only where RFC 4180 asks
 * for it. A text that a spreadsheet would take for a formula begins with a single quote. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/decimal.h"
#include "write/write.h"

/* What a spreadsheet takes for the beginning of a formula (OWASP). */
static bool begins_formula(const char *text) {
    return *text && strchr("=+-@\t\r", *text);
}

/* A name that needs no backquotes in a measure; such a name calls no function and stays as it is,
 * so that scripts find the column of @2015. */
static bool is_bare_name(const char *text) {
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        const bool is_letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!is_letter && !(c >= '0' && c <= '9') && c < 0x80 && !strchr("_.$@#", c)) return false;
    }
    return true;
}

static void add_field(peil_text *out, const char *prefix, const char *text) {
    const bool is_quoted = strpbrk(text, ",\"\r\n") != NULL;
    if (is_quoted) peil_text_add(out, "\"");
    peil_text_add(out, prefix);
    for (const char *at = text; *at; at++) {
        if (*at == '"') peil_text_add(out, "\"");
        peil_text_add_bytes(out, at, 1);
    }
    if (is_quoted) peil_text_add(out, "\"");
}

static void add_number(peil_text *out, double x) {
    char digits[PEIL_DECIMAL_TEXT];
    if (!isfinite(x)) return;
    peil_double_write(x, digits);
    peil_text_add(out, digits);
}

static void add_cell(peil_text *out, const peil_cell *cell) {
    switch (cell->kind) {
        case PEIL_CELL_EMPTY:
            break;
        case PEIL_CELL_TEXT:
            add_field(out, begins_formula(cell->as.text) ? "'" : "", cell->as.text);
            break;
        case PEIL_CELL_CODE:
            add_field(out, "", cell->as.text);
            break;
        case PEIL_CELL_NUMBER:
            add_number(out, cell->as.number);
            break;
        case PEIL_CELL_COUNT:
            peil_text_add_format(out, "%" PRIu64, cell->as.count);
            break;
    }
}

static void add_header(peil_text *out, const peil_report *report) {
    for (size_t i = 0; i < report->ncolumns; i++) {
        const char *name = report->columns[i];
        if (report->kinds[i] == PEIL_COLUMN_CAPTION) continue;
        const bool is_risky = begins_formula(name) && !is_bare_name(name);
        if (i > 0) peil_text_add(out, ",");
        add_field(out, is_risky ? "'" : "", name);
    }
    peil_text_add(out, "\n");
}

static void render(const peil_report *report, const peil_style *style, peil_text *out) {
    (void)style; /* scripts read it: no language, no rounding */
    if (report->ncolumns == 0) return;
    add_header(out, report);
    for (size_t row = 0; row < report->nrows; row++) {
        for (size_t i = 0; i < report->ncolumns; i++) {
            if (report->kinds[i] == PEIL_COLUMN_CAPTION) continue;
            if (i > 0) peil_text_add(out, ",");
            add_cell(out, &report->cells[row * report->ncolumns + i]);
        }
        peil_text_add(out, "\n");
    }
}

const peil_writer peil_writer_csv = {
    .name = "csv",
    .help = "comma separated values at full precision, for scripts",
    .write = render,
};
