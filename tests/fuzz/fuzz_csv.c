/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a csv file. Blocks and batches of any size must say the same of it: the same rows,
 * or the same refusal at the same record. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/text.h"
#include "read/reader.h"

enum { VARIABLES_MOST = 64 };

/* ---- what a reader says of a file ---- */

static void add_value(const peil_batch_column *column, size_t row, peil_text *out) {
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

static peil_status add_rows(peil_reader *reader, peil_batch *batch, peil_text *out,
                            peil_fault *fault) {
    peil_status status;
    do {
        status = peil_reader_next(reader, batch, fault);
        for (size_t row = 0; row < batch->rows; row++) {
            for (size_t i = 0; i < batch->ncolumns; i++) add_value(&batch->columns[i], row, out);
            peil_text_add(out, "\n");
        }
    } while (status == PEIL_OK && batch->rows);
    return status;
}

/* Every second variable is asked for as numbers. */
static peil_status want(const peil_header *header, size_t rows, peil_batch *batch, peil_text *out,
                        peil_fault *fault) {
    size_t column;
    for (size_t i = 0; i < header->nvariables && i < VARIABLES_MOST; i++) {
        const char *name = header->variables[i].name;
        peil_text_add_format(out, "%s|", name);
        PEIL_TRY(
            peil_batch_want(batch, name, i % 2 ? PEIL_AS_NUMBERS : PEIL_AS_CODES, &column, fault));
    }
    peil_text_add_format(out, "%c%c%c %s %d\n", header->delimiter, header->quote, header->decimal,
                         header->encoding, header->encoding_is_guess);
    return peil_batch_allocate(batch, rows, fault);
}

/* All that is said: names, rows, and the fault if there is one. */
static peil_text say(const char *path, peil_reading how, size_t rows) {
    peil_text out = {0};
    peil_fault fault = {0};
    peil_batch batch = {0};
    peil_reader *reader = NULL;
    peil_status status = peil_reader_open(path, &how, &reader, &fault);
    if (status == PEIL_OK) status = want(peil_reader_header(reader), rows, &batch, &out, &fault);
    if (status == PEIL_OK) status = peil_reader_bind(reader, &batch, &fault);
    if (status == PEIL_OK) status = add_rows(reader, &batch, &out, &fault);
    peil_text_add_format(&out, "%d %" PRIu64 " %s %s", status, fault.record, fault.variable,
                         fault.message);
    peil_batch_clear(&batch);
    peil_reader_free(reader);
    return out;
}

/* ---- the oracle ---- */

static void compare(const char *path, const peil_text *wanted, peil_reading how, size_t rows) {
    peil_text said = say(path, how, rows);
    if (said.length != wanted->length || memcmp(said.bytes, wanted->bytes, said.length) != 0) {
        fprintf(stderr, "blocks of %zu, batches of %zu say\n%s\nnot\n%s\n", how.block_bytes, rows,
                said.bytes, wanted->bytes);
        abort();
    }
    peil_text_clear(&said);
}

static void check(const char *path, peil_reading how, size_t length, uint32_t choice) {
    const size_t blocks[] = {length < 300 ? 1 : 61, 2 + choice % 13, 64 + choice % 1000};
    peil_text whole = say(path, how, 0);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        how.block_bytes = blocks[i];
        compare(path, &whole, how, 2 + (choice >> 8) % 5);
    }
    peil_text_clear(&whole);
}

/* What a user may say of the file, as the bytes happen to choose. */
static peil_reading choose(uint32_t choice) {
    static const char delimiters[] = {0, ',', ';', '\t'}, decimals[] = {0, ',', '.'};
    static const char *const encodings[] = {NULL, "utf-8", "cp1252", "utf-16le"};
    return (peil_reading){.delimiter = delimiters[choice % 4],
                          .decimal = decimals[choice / 4 % 3],
                          .encoding = encodings[choice / 12 % 4],
                          .no_header = choice / 48 % 2};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char path[64];
    uint32_t choice = 2166136261; /* FNV-1a */
    for (size_t i = 0; i < length; i++) choice = (choice ^ bytes[i]) * 16777619;
    const int file = memfd_create("csv", 0);
    if (file < 0 || write(file, bytes, length) != (ssize_t)length) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    check(path, (peil_reading){0}, length, choice);
    check(path, choose(choice >> 4), length, choice);
    close(file);
    return 0;
}
