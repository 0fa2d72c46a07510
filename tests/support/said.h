/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a reader says of a csv file, as text, to hold two readings against each other. */
#ifndef PEIL_TESTS_SAID_H
#define PEIL_TESTS_SAID_H

#include <inttypes.h>

#include "core/text.h"
#include "read/reader.h"

enum { SAID_MOST = 64 }; /* variables */

static inline void said_value(const peil_batch_column *column, size_t row, peil_text *out) {
    peil_decimal number;
    uint32_t code;
    char text[PEIL_DECIMAL_TEXT];
    if (!peil_batch_number(column, row, &number, &code)) {
        peil_text_add_format(out, "\"%s\"|", peil_dictionary_text(&column->dictionary, code));
        return;
    }
    peil_decimal_write(number, text);
    peil_text_add_format(out, "%s|", text);
}

static inline peil_status said_rows(peil_reader *reader, peil_batch *batch, peil_text *out,
                                    peil_fault *fault) {
    peil_status status;
    do {
        status = peil_reader_next(reader, batch, fault);
        for (size_t row = 0; row < batch->rows; row++) {
            for (size_t i = 0; i < batch->ncolumns; i++) said_value(&batch->columns[i], row, out);
            peil_text_add(out, "\n");
        }
    } while (status == PEIL_OK && batch->rows);
    return status;
}

/* Of the first variables, every second one is asked for as numbers. */
static inline peil_status said_want(const peil_header *header, size_t rows, peil_batch *batch,
                                    peil_text *out, peil_fault *fault) {
    size_t column;
    for (size_t i = 0; i < header->nvariables && i < SAID_MOST; i++) {
        const char *name = header->variables[i].name;
        peil_text_add_format(out, "%s|", name);
        PEIL_TRY(
            peil_batch_want(batch, name, i % 2 ? PEIL_AS_NUMBERS : PEIL_AS_CODES, &column, fault));
    }
    peil_text_add_format(out, "%c%c%c %s %d\n", header->delimiter, header->quote, header->decimal,
                         header->encoding, header->encoding_is_guess);
    return peil_batch_allocate(batch, rows, fault);
}

/* All that is said: names, rows, and the fault if there is one. The caller clears it. */
static inline peil_text say(const char *path, peil_reading how, size_t rows) {
    peil_text out = {0};
    peil_fault fault = {0};
    peil_batch batch = {0};
    peil_reader *reader = NULL;
    peil_status status = peil_reader_open(path, &how, &reader, &fault);
    if (status == PEIL_OK)
        status = said_want(peil_reader_header(reader), rows, &batch, &out, &fault);
    if (status == PEIL_OK) status = peil_reader_bind(reader, &batch, &fault);
    if (status == PEIL_OK) status = said_rows(reader, &batch, &out, &fault);
    peil_text_add_format(&out, "%d %" PRIu64 " %s %s", status, fault.record, fault.variable,
                         fault.message);
    peil_batch_clear(&batch);
    peil_reader_free(reader);
    return out;
}

#endif
