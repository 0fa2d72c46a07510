/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"

/* The formats, in the order in which they are tried. */
#define ROWS(ROW) ROW(csv)

#define DECLARE(name) extern const peil_format peil_format_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_format_##name,
static const peil_format *const formats[] = {ROWS(ADDRESS) NULL};

struct peil_reader {
    char *name;
    peil_source *source;
    const peil_format *format;
    void *state;
    peil_header header;
    size_t *column; /* by the batch's column: the file's */
};

static peil_status name_file(const peil_reader *reader, peil_status status, peil_fault *fault) {
    if (status != PEIL_OK && fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", reader->name);
    return status;
}

static peil_status open_format(peil_reader *reader, peil_fault *fault) {
    const char *head;
    size_t length;
    PEIL_TRY(peil_source_next(reader->source, &head, &length, fault));
    if (length == 0) return peil_fail(fault, PEIL_EDATA, "the file is empty");
    size_t i = 0;
    while (formats[i + 1] && !formats[i]->detect(head, length)) i++;
    reader->format = formats[i];
    reader->header.format = formats[i]->name;
    return formats[i]->open(reader->source, head, length, &reader->state, &reader->header, fault);
}

peil_status peil_reader_open(const char *name, size_t block_bytes, bool hash, peil_reader **out,
                             peil_fault *fault) {
    peil_reader *reader = NULL;
    PEIL_TRY(peil_array_make(&reader, 1, sizeof *reader, fault));
    const char *shown = strcmp(name, "-") == 0 ? "stdin" : name;
    peil_status status = peil_string_copy(shown, strlen(shown), &reader->name, fault);
    if (status == PEIL_OK) {
        status = peil_source_open(name, block_bytes, hash, &reader->source, fault);
        if (status == PEIL_OK) status = open_format(reader, fault);
        status = name_file(reader, status, fault);
    }
    if (status == PEIL_OK)
        *out = reader;
    else
        peil_reader_free(reader);
    return status;
}

const peil_header *peil_reader_header(const peil_reader *reader) {
    return &reader->header;
}

peil_status peil_header_find(const peil_header *header, const char *name, const char *option,
                             size_t *place, peil_fault *fault) {
    for (*place = 0; *place < header->nvariables; ++*place)
        if (strcmp(header->variables[*place], name) == 0) return PEIL_OK;
    const char *nearest =
        peil_nearest(name, (const char *const *)header->variables, header->nvariables);
    return nearest ? peil_fail(fault, PEIL_EDATA, "%shas no variable %s; is it %s?", option, name,
                               nearest)
                   : peil_fail(fault, PEIL_EDATA, "%shas no variable %s", option, name);
}

peil_status peil_reader_bind(peil_reader *reader, const peil_batch *batch, peil_fault *fault) {
    free(reader->column);
    reader->column = NULL;
    PEIL_TRY(peil_array_make(&reader->column, batch->ncolumns, sizeof *reader->column, fault));
    for (size_t i = 0; i < batch->ncolumns; i++)
        PEIL_TRY(name_file(reader,
                           peil_header_find(&reader->header, batch->columns[i].name, "",
                                            &reader->column[i], fault),
                           fault));
    return PEIL_OK;
}

peil_status peil_reader_next(peil_reader *reader, peil_batch *batch, peil_fault *fault) {
    return name_file(reader, reader->format->next(reader->state, reader->column, batch, fault),
                     fault);
}

peil_source *peil_reader_source(peil_reader *reader) {
    return reader->source;
}

void peil_reader_free(peil_reader *reader) {
    if (!reader) return;
    if (reader->format) reader->format->free(reader->state);
    for (size_t i = 0; i < reader->header.nvariables; i++) free(reader->header.variables[i]);
    free(reader->header.variables);
    peil_source_free(reader->source);
    free(reader->column);
    free(reader->name);
    free(reader);
}
