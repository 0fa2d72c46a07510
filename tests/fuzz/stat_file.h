/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of a statistical program: what is said of it. */
#ifndef PEIL_TESTS_FUZZ_STAT_FILE_H
#define PEIL_TESTS_FUZZ_STAT_FILE_H

#include "fuzz/memory_file.h" /* first: it asks for memfd_create */

#include <inttypes.h>

#include "core/text.h"
#include "read/reader.h"

enum { STAT_VARIABLES_MOST = 64 };

static inline void stat_add_value(const peil_batch_column *column, size_t row, peil_text *out) {
    peil_decimal number;
    uint32_t code;
    char text[PEIL_DECIMAL_TEXT];
    if (peil_batch_number(column, row, &number, &code)) {
        peil_decimal_write(number, text);
        peil_text_add_format(out, "%s|", text);
    } else {
        peil_text_add_format(out, "\"%s\"|", peil_dictionary_text(&column->dictionary, code));
    }
}

/* What stands in the header: every text and list is looked at. */
static inline void stat_add_header(const peil_header *header, peil_text *out) {
    for (size_t i = 0; i < header->nvariables; i++) {
        const peil_variable *v = &header->variables[i];
        peil_text_add_format(out, "%s %s %d\n", v->name, v->label ? v->label : "", v->type);
        for (size_t k = 0; k < v->nlabels; k++)
            peil_text_add_format(out, "%s=%s\n", v->labels[k].value,
                                 peil_variable_label_of(v, v->labels[k].value));
        for (size_t k = 0; k < v->nabsences; k++)
            if (v->absences[k].text) peil_text_add_format(out, "-%s\n", v->absences[k].text);
    }
}

static inline peil_status stat_add_rows(peil_reader *reader, size_t rows, peil_text *out,
                                        peil_fault *fault) {
    const peil_header *header = peil_reader_header(reader);
    peil_batch batch = {0};
    size_t column;
    peil_status status = PEIL_OK;
    for (size_t i = 0; i < header->nvariables && i < STAT_VARIABLES_MOST; i++)
        if (status == PEIL_OK)
            status = peil_batch_want(&batch, header->variables[i].name,
                                     i % 2 ? PEIL_AS_NUMBERS : PEIL_AS_CODES, &column, fault);
    if (status == PEIL_OK) status = peil_batch_allocate(&batch, rows, fault);
    if (status == PEIL_OK) status = peil_reader_bind(reader, &batch, fault);
    do {
        if (status == PEIL_OK) status = peil_reader_next(reader, &batch, fault);
        for (size_t row = 0; row < batch.rows; row++) {
            for (size_t i = 0; i < batch.ncolumns; i++) stat_add_value(&batch.columns[i], row, out);
            peil_text_add(out, "\n");
        }
    } while (status == PEIL_OK && batch.rows);
    peil_batch_clear(&batch);
    return status;
}

static inline peil_text stat_say(const char *path, size_t rows) {
    static const peil_reading how;
    peil_text out = {0};
    peil_fault fault = {0};
    peil_reader *reader = NULL;
    peil_status status = peil_reader_open(path, &how, &reader, &fault);
    if (status == PEIL_OK) stat_add_header(peil_reader_header(reader), &out);
    if (status == PEIL_OK) status = stat_add_rows(reader, rows, &out, &fault);
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_text_add_format(&out, "%d %" PRIu64 " %s %s", status, fault.record, fault.variable,
                         fault.message);
    peil_reader_free(reader);
    return out;
}

/* Reads the bytes as a file. `begin`: what it begins with, so that it is known for what it is;
 * NULL: nothing. */
static inline int stat_fuzz(const char *begin, const uint8_t *bytes, size_t length) {
    const size_t n = begin ? strlen(begin) : 0;
    if (length < n) return 0;
    const memory_file file = memory_file_of(bytes, length);
    if (n && pwrite(file.file, begin, n, 0) != (ssize_t)n) abort();
    peil_text said = stat_say(file.path, 4);
    peil_text_clear(&said);
    memory_file_close(&file);
    return 0;
}

#endif
