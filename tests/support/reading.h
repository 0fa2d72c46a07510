/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader makes of a file: every variable as codes, rows as text. */
#ifndef PEIL_TESTS_READING_H
#define PEIL_TESTS_READING_H

#include "core/text.h"
#include "read/reader.h"
#include "support/testing.h"

enum { READING_MOST = 64 }; /* variables */

typedef struct reading {
    peil_status status;
    peil_fault fault;
    uint64_t records;   /* whole rows that were handed out */
    peil_text content;  /* fields between bars, rows between tildes; the header first */
    peil_header header; /* its plain fields alone */
} reading;

static inline void reading_add_row(const peil_batch *batch, const size_t *column, size_t ncolumns,
                                   size_t row, peil_text *out) {
    peil_text_add(out, "~");
    for (size_t i = 0; i < ncolumns; i++) {
        const peil_batch_column *c = &batch->columns[column[i]];
        if (i) peil_text_add(out, "|");
        peil_text_add(out, peil_dictionary_text(&c->dictionary, c->codes[row]));
    }
}

static inline void reading_take_rows(peil_reader *reader, peil_batch *batch, const size_t *column,
                                     reading *out) {
    const size_t n = peil_reader_header(reader)->nvariables;
    do {
        out->status = peil_reader_next(reader, batch, &out->fault);
        HOLDS(batch->rows <= batch->capacity, "%zu rows", batch->rows);
        HOLDS(!batch->rows || batch->first_record == out->records + 1,
              "a batch from %" PRIu64 " after %" PRIu64, batch->first_record, out->records);
        for (size_t row = 0; row < batch->rows; row++)
            reading_add_row(batch, column, n, row, &out->content);
        out->records += batch->rows;
    } while (out->status == PEIL_OK && batch->rows);
}

static inline void reading_take(peil_reader *reader, size_t rows, reading *out) {
    const peil_header *header = peil_reader_header(reader);
    peil_batch batch = {0};
    size_t column[READING_MOST];
    cr_assert_leq(header->nvariables, READING_MOST);
    for (size_t i = 0; i < header->nvariables; i++) {
        if (i) peil_text_add(&out->content, "|");
        peil_text_add(&out->content, header->variables[i].name);
        cr_assert_eq(
            peil_batch_want(&batch, header->variables[i].name, PEIL_AS_CODES, &column[i], NULL),
            PEIL_OK);
    }
    cr_assert_eq(peil_batch_allocate(&batch, rows, NULL), PEIL_OK);
    out->status = peil_reader_bind(reader, &batch, &out->fault);
    if (out->status == PEIL_OK) reading_take_rows(reader, &batch, column, out);
    peil_batch_clear(&batch);
}

/* Reads a file in batches of so many rows, 0 for the default; the caller clears the content. */
static inline reading read_as(const char *path, peil_reading how, size_t rows) {
    reading out = {0};
    peil_reader *reader = NULL;
    peil_text_add(&out.content, "");
    out.status = peil_reader_open(path, &how, &reader, &out.fault);
    if (out.status == PEIL_OK) {
        out.header = *peil_reader_header(reader);
        out.header.variables = NULL;
        reading_take(reader, rows, &out);
    }
    peil_reader_free(reader);
    return out;
}

/* The same of a file of those bytes. */
static inline reading read_bytes(const void *bytes, size_t length, peil_reading how, size_t rows) {
    const scratch file = scratch_make("data.csv", bytes, length);
    const reading out = read_as(file.path, how, rows);
    scratch_remove(&file);
    return out;
}

#endif
