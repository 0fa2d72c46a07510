/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text goes to libcsv line by line, so that every row knows its line. */
#include "read/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "read/csv_head.h"
#include "read/dialect.h"

#define SHEET_BYTES ((size_t)16 << 20)

typedef struct sheet_state {
    peil_sheet *sheet;
    size_t line;    /* being parsed */
    size_t ncells;  /* of all rows, with those of the row at hand */
    size_t first;   /* cell of the row at hand */
    bool has_text;  /* in the row at hand */
    bool has_names; /* the first row is there, and with it the number of columns */
    peil_status status;
    peil_fault *fault;
} sheet_state;

/* ---- the text ---- */

static peil_status take_text(peil_characters *characters, peil_text *text, peil_fault *fault) {
    const char *bytes;
    size_t length;
    do {
        PEIL_TRY(peil_characters_next(characters, &bytes, &length, fault));
        peil_text_add_bytes(text, bytes, length);
        if (text->failed) return peil_fail_memory(fault);
        if (text->length > SHEET_BYTES)
            return peil_fail(fault, PEIL_EDATA, "over 16 MiB: no table of figures");
    } while (length);
    return PEIL_OK;
}

static peil_status read_text(const char *name, peil_text *text, char sha256[65],
                             peil_fault *fault) {
    peil_source *source = NULL;
    peil_characters *characters = NULL;
    const char *block;
    size_t length;
    peil_status status = peil_source_open(name, 0, true, &source, fault);
    if (status == PEIL_OK) status = peil_source_next(source, &block, &length, fault);
    if (status == PEIL_OK && length == 0)
        status = peil_fail(fault, PEIL_EDATA, "the file is empty");
    if (status == PEIL_OK)
        status = peil_characters_open(source, block, length, NULL, &characters, fault);
    if (status == PEIL_OK) status = take_text(characters, text, fault);
    if (status == PEIL_OK) peil_source_sha256(source, sha256);
    peil_characters_free(characters);
    peil_source_free(source);
    return status;
}

/* ---- the cells ---- */

static void stop(sheet_state *s, peil_status status) {
    if (s->status == PEIL_OK) s->status = status;
}

static void refuse(sheet_state *s, const char *message) {
    if (s->status != PEIL_OK) return;
    stop(s, peil_fail(s->fault, PEIL_EDATA, "%s", message));
    if (s->fault) s->fault->line = s->line;
}

static void trim(const char **text, size_t *length) {
    while (*length && (**text == ' ' || **text == '\t')) ++*text, --*length;
    while (*length && ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t')) --*length;
}

static void take_cell(void *bytes, size_t length, void *context) {
    sheet_state *s = context;
    peil_sheet *sheet = s->sheet;
    const char *text = bytes;
    if (s->status != PEIL_OK) return;
    trim(&text, &length);
    if (length && (memchr(text, '\0', length) || !peil_text_is_utf8(text, length))) {
        refuse(s, "a cell is no text");
        return;
    }
    stop(s, peil_array_reserve(&sheet->cells, &sheet->cells_capacity, s->ncells + 1,
                               sizeof *sheet->cells, s->fault));
    if (s->status != PEIL_OK) return;
    sheet->cells[s->ncells++] = sheet->pool.length;
    if (length) peil_text_add_bytes(&sheet->pool, text, length);
    peil_text_add_bytes(&sheet->pool, "", 1);
    s->has_text = s->has_text || length;
    if (sheet->pool.failed) stop(s, peil_fail_memory(s->fault));
}

static void keep_row(sheet_state *s) {
    peil_sheet *sheet = s->sheet;
    const size_t n = s->ncells - s->first;
    if (!s->has_names) sheet->ncolumns = n;
    s->has_names = true;
    if (n != sheet->ncolumns) {
        refuse(s, "the row has another number of cells than the first one");
        return;
    }
    stop(s, peil_array_reserve(&sheet->lines, &sheet->lines_capacity, sheet->nrows + 1,
                               sizeof *sheet->lines, s->fault));
    if (s->status == PEIL_OK) sheet->lines[sheet->nrows++] = s->line;
}

static void take_row(int terminator, void *context) {
    sheet_state *s = context;
    (void)terminator;
    if (s->status == PEIL_OK && s->has_text) keep_row(s);
    if (!s->has_text) s->ncells = s->first; /* spreadsheets leave such rows behind the last one */
    s->first = s->ncells;
    s->has_text = false;
}

static void parse_line(sheet_state *s, struct csv_parser *parser, const char *line, size_t length) {
    s->line++;
    if (csv_parse(parser, line, length, take_cell, take_row, s) == length) return;
    if (csv_error(parser) == CSV_EPARSE)
        refuse(s, "a stray quote");
    else
        stop(s, peil_fail_memory(s->fault));
}

static void parse_lines(sheet_state *s, struct csv_parser *parser, const char *text,
                        size_t length) {
    for (size_t at = 0; at < length && s->status == PEIL_OK;) {
        const char *end = memchr(text + at, '\n', length - at);
        const size_t n = end ? (size_t)(end - text) + 1 - at : length - at;
        parse_line(s, parser, text + at, n);
        at += n;
    }
    if (s->status == PEIL_OK && csv_fini(parser, take_cell, take_row, s) != 0)
        refuse(s, "the file ends inside quotes");
}

static peil_status parse(const peil_text *text, peil_sheet *out, peil_fault *fault) {
    struct csv_parser parser;
    const char *bytes = text->bytes ? text->bytes : "";
    const peil_dialect dialect = peil_dialect_find(bytes, text->length, true, 0);
    const peil_csv_head head = {.delimiter = dialect.delimiter ? dialect.delimiter : ',',
                                .quote = dialect.quote};
    sheet_state s = {.sheet = out, .line = dialect.begin ? 1 : 0, .fault = fault};
    PEIL_TRY(peil_csv_parser_make(&head, &parser, fault));
    parse_lines(&s, &parser, bytes + dialect.begin, text->length - dialect.begin);
    csv_free(&parser);
    if (s.status == PEIL_OK && out->nrows == 0)
        return peil_fail(fault, PEIL_EDATA, "the file is empty");
    return s.status;
}

peil_status peil_sheet_read(const char *name, peil_sheet *out, peil_fault *fault) {
    peil_text text = {0};
    peil_status status = read_text(name, &text, out->sha256, fault);
    if (status == PEIL_OK) status = parse(&text, out, fault);
    if (status != PEIL_OK && fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", name);
    peil_text_clear(&text);
    return status;
}

void peil_sheet_clear(peil_sheet *sheet) {
    free(sheet->cells);
    free(sheet->lines);
    peil_text_clear(&sheet->pool);
    *sheet = (peil_sheet){0};
}
