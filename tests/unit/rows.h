/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small reports written down in a test, and what a writer makes of them. */
#ifndef PEIL_TESTS_ROWS_H
#define PEIL_TESTS_ROWS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "write/write.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define TABLE_COLUMNS \
    "measure~category~wijk~estimate~se~ci_low~ci_high~n~cases~weighted_n~n_eff~deff~df~flag"

/* Cells stand between tildes: 'text, #code, =count, a number, or nothing. */
static inline void rows_fill(peil_cell *cell, const char *spec) {
    if (*spec == '\'') cr_assert_eq(peil_cell_text(cell, spec + 1, false, NULL), PEIL_OK);
    if (*spec == '#') cr_assert_eq(peil_cell_text(cell, spec + 1, true, NULL), PEIL_OK);
    if (*spec == '=') peil_cell_count(cell, strtoull(spec + 1, NULL, 10));
    if (*spec && !strchr("'#=", *spec)) peil_cell_number(cell, strtod(spec, NULL));
}

/* The piece up to the next tilde, and what comes after it; false at the end. */
static inline bool rows_cut(const char **rest, char *piece, size_t size) {
    if (!*rest) return false;
    const size_t length = strcspn(*rest, "~");
    cr_assert_lt(length, size);
    memcpy(piece, *rest, length);
    piece[length] = '\0';
    *rest = (*rest)[length] ? *rest + length + 1 : NULL;
    return true;
}

static inline peil_report make(const char *command, size_t nlead, size_t nby, const char *columns) {
    peil_report report = {.command = command, .nlead = nlead, .nby = nby, .level = 95};
    char name[64];
    while (rows_cut(&columns, name, sizeof name)) {
        const bool is_label = report.ncolumns && strstr(name, "_label");
        cr_assert_eq(is_label ? peil_report_label_column(&report, PEIL_COLUMN_LABEL, NULL)
                              : peil_report_column(&report, name, NULL),
                     PEIL_OK);
    }
    return report;
}

static inline void add(peil_report *report, peil_unit unit, const char *cells) {
    char spec[256];
    peil_cell *row = NULL;
    cr_assert_eq(peil_report_row(report, unit, &row, NULL), PEIL_OK);
    for (size_t i = 0; rows_cut(&cells, spec, sizeof spec); i++) rows_fill(&row[i], spec);
}

/* What a writer makes of a report; the caller frees it. */
static inline char *written(const char *format, const peil_report *report, peil_style style) {
    peil_text out = {0};
    const peil_writer *writer = peil_writer_find(format);
    cr_assert_not_null(writer);
    writer->write(report, &style, &out);
    cr_assert_not(out.failed);
    if (!out.bytes) peil_text_add(&out, "");
    return out.bytes;
}

static inline void expect(const char *format, const peil_report *report, peil_style style,
                          const char *wanted) {
    char *text = written(format, report, style);
    cr_expect_str_eq(text, wanted, "%s wrote\n%s\nnot\n%s", format, text, wanted);
    free(text);
}

static const peil_style english = {.language = PEIL_ENGLISH, .decimals = -1};
static const peil_style dutch = {.language = PEIL_DUTCH, .decimals = -1};

#endif
