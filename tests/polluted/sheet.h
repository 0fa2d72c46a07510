/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small survey whose figures are known, and its file in the dialects of csv that people use. */
#ifndef PEIL_TESTS_SHEET_H
#define PEIL_TESTS_SHEET_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

enum { ROWS = 24, COLUMNS = 7, CELL = 64, AREAS = 4 };
enum { NR, WIJK, WEGING, CIJFER, DOET, INKOMEN, OPMERKING };

static const char *const column_names[COLUMNS] = {"nr",   "wijk",    "weging",   "cijfer",
                                                  "doet", "inkomen", "opmerking"};
static const char *const areas[AREAS] = {"'s-Gravenland", "Noord", "Oost, midden", "Zuid\xC3\xA9"};
static const char *const remarks[] = {
    "prima", "", "ja; nee, of | niet", "zei \"nee\"", "caf\xC3\xA9", "zo'n buurt"};

/* The answers of respondent i: whole numbers, so that figures can be worked out exactly. */
static inline int area_of(int i) {
    return i % AREAS;
}
static inline int weight_of(int i) { /* in hundredths */
    return 53 + 37 * i % 190;
}
static inline int mark_of(int i) { /* in tenths */
    return 45 + 17 * i % 50;
}
static inline int does(int i) {
    return 1 + (i * i + i / 3) % 2;
}
static inline int income_of(int i) {
    return 1105 + 977 * i % 8000;
}

/* How a sheet is written. */
typedef struct form {
    const char *name;
    char separator, quote, decimal;
    const char *end;
    bool all_quoted, marked;
} form;

static const form forms[] = {
    {"comma", ',', '"', '.', "\n", false, false},
    {"comma-quoted", ',', '"', '.', "\r\n", true, false},
    {"semicolon", ';', '"', ',', "\r\n", false, true},
    {"semicolon-point", ';', '"', '.', "\n", false, true},
    {"tab", '\t', '"', '.', "\n", false, false},
    {"bar", '|', '"', ',', "\n", false, false},
    {"apostrophes", ',', '\'', '.', "\n", true, false},
};

enum { FORMS = sizeof forms / sizeof *forms };

typedef struct sheet {
    size_t rows, columns;
    char cells[ROWS + 4][COLUMNS + 1][CELL]; /* the first row has the names */
} sheet;

static inline void sheet_make(const form *f, sheet *out) {
    *out = (sheet){.rows = ROWS + 1, .columns = COLUMNS};
    for (int c = 0; c < COLUMNS; c++) strcpy(out->cells[0][c], column_names[c]);
    for (int i = 0; i < ROWS; i++) {
        char(*row)[CELL] = out->cells[i + 1];
        sprintf(row[NR], "%d", i + 1);
        strcpy(row[WIJK], areas[area_of(i)]);
        sprintf(row[WEGING], "%d%c%02d", weight_of(i) / 100, f->decimal, weight_of(i) % 100);
        sprintf(row[CIJFER], "%d%c%d", mark_of(i) / 10, f->decimal, mark_of(i) % 10);
        sprintf(row[DOET], "%d", does(i));
        sprintf(row[INKOMEN], "%d", income_of(i));
        strcpy(row[OPMERKING], remarks[i % 6]);
    }
}

static inline bool must_quote(const form *f, const char *cell) {
    const char special[] = {f->separator, f->quote, '\r', '\n', '\0'};
    return f->all_quoted || strpbrk(cell, special);
}

static inline void write_cell(const form *f, const char *cell, peil_text *out) {
    const bool is_quoted = must_quote(f, cell);
    if (is_quoted) peil_text_add_bytes(out, &f->quote, 1);
    for (; *cell; cell++) {
        if (is_quoted && *cell == f->quote) peil_text_add_bytes(out, cell, 1);
        peil_text_add_bytes(out, cell, 1);
    }
    if (is_quoted) peil_text_add_bytes(out, &f->quote, 1);
}

static inline void write_sheet(const form *f, const sheet *s, peil_text *out) {
    if (f->marked) peil_text_add(out, "\xEF\xBB\xBF");
    for (size_t r = 0; r < s->rows; r++) {
        for (size_t c = 0; c < s->columns; c++) {
            if (c) peil_text_add_bytes(out, &f->separator, 1);
            write_cell(f, s->cells[r][c], out);
        }
        peil_text_add(out, f->end);
    }
}

/* ---- places in a text ---- */

/* Where record r begins, and the length of all that is there for r behind the last. */
static inline size_t record_at(const form *f, const peil_text *text, size_t r) {
    bool is_quoted = false;
    size_t at = f->marked ? 3 : 0;
    for (; r && at < text->length; at++) {
        if (text->bytes[at] == f->quote) is_quoted = !is_quoted;
        if (!is_quoted && text->bytes[at] == '\n') r--;
    }
    return at;
}

/* Where field c of record r begins; behind the last field: the end of the record. */
static inline size_t field_at(const form *f, const peil_text *text, size_t r, size_t c) {
    bool is_quoted = false;
    size_t at = record_at(f, text, r);
    for (; at < text->length; at++) {
        if (text->bytes[at] == f->quote) is_quoted = !is_quoted;
        if (!is_quoted && strchr("\r\n", text->bytes[at])) break;
        if (c == 0) break;
        if (!is_quoted && text->bytes[at] == f->separator) c--;
    }
    return at;
}

/* Puts bytes in the place of others. */
static inline void splice(peil_text *text, size_t at, size_t removed, const void *bytes,
                          size_t length) {
    peil_text whole = {0};
    peil_text_add_bytes(&whole, text->bytes, at);
    peil_text_add_bytes(&whole, bytes, length);
    peil_text_add_bytes(&whole, text->bytes + at + removed, text->length - at - removed);
    peil_text_clear(text);
    *text = whole;
}

#endif
