/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/target_file.h"

#include <stdio.h>
#include <string.h>

#include "core/array.h"
#include "read/reader.h"

/* The columns of a file of targets. */
typedef struct table {
    peil_batch batch;
    size_t margin, category, target; /* of the batch */
    uint32_t file;
} table;

static peil_status want_columns(table *t, peil_fault *fault) {
    PEIL_TRY(peil_batch_want(&t->batch, "margin", PEIL_AS_CODES, &t->margin, fault));
    PEIL_TRY(peil_batch_want(&t->batch, "category", PEIL_AS_CODES, &t->category, fault));
    PEIL_TRY(peil_batch_want(&t->batch, "target", PEIL_AS_NUMBERS, &t->target, fault));
    return peil_batch_allocate(&t->batch, 0, fault);
}

/* Data or a table of another shape, given for targets. */
static peil_status check_columns(const peil_header *header, peil_fault *fault) {
    static const char *const columns[] = {"margin", "category", "target"};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        size_t i = 0;
        while (i < header->nvariables && strcmp(header->variables[i].name, columns[c]) != 0) i++;
        if (i == header->nvariables)
            return peil_fail(fault, PEIL_EDATA,
                             "has no column %s: targets have the columns margin, category and "
                             "target, see 'peil help weight'",
                             columns[c]);
    }
    return PEIL_OK;
}

static const char *text_at(const table *t, size_t column, size_t row) {
    const peil_batch_column *c = &t->batch.columns[column];
    return peil_dictionary_text(&c->dictionary, c->codes[row]);
}

static peil_status add_row(const table *t, size_t row, peil_targets *targets, peil_fault *fault) {
    const peil_record record = {t->file, t->batch.first_record + row};
    const char *margin = text_at(t, t->margin, row), *category = text_at(t, t->category, row);
    peil_decimal amount;
    uint32_t code;
    if (!margin[0]) return peil_refuse(fault, record.record, "margin", "names no variable");
    if (!peil_batch_number(&t->batch.columns[t->target], row, &amount, &code))
        return peil_refuse(fault, record.record, "target", "is no number");
    return peil_targets_add(targets, margin, category, amount, record, fault);
}

static peil_status read_rows(table *t, peil_reader *reader, peil_targets *targets,
                             peil_input *input, peil_fault *fault) {
    do {
        PEIL_TRY(peil_reader_next(reader, &t->batch, fault));
        for (size_t row = 0; row < t->batch.rows; row++) PEIL_TRY(add_row(t, row, targets, fault));
        input->records += t->batch.rows;
    } while (t->batch.rows);
    input->sample = input->records;
    peil_source_sha256(peil_reader_source(reader), input->sha256);
    return PEIL_OK;
}

static void name_file(const char *file, const peil_reader *reader, peil_fault *fault) {
    if (!fault || fault->file[0]) return;
    snprintf(fault->file, sizeof fault->file, "%s", strcmp(file, "-") == 0 ? "stdin" : file);
    if (fault->record && reader && peil_reader_header(reader)->has_names)
        fault->row = fault->record + 1;
}

static peil_status read_file(const peil_request *request, uint32_t number, peil_targets *targets,
                             peil_input *input, peil_fault *fault) {
    const char *file = request->targets.word[number];
    const peil_reading reading = {.block_bytes = request->block_bytes,
                                  .hash = request->hash_inputs};
    peil_reader *reader = NULL;
    table t = {.file = number};
    peil_status status = peil_string_copy(file, strlen(file), &input->name, fault);
    if (status == PEIL_OK) status = want_columns(&t, fault);
    if (status == PEIL_OK) status = peil_reader_open(file, &reading, &reader, fault);
    if (status == PEIL_OK) status = check_columns(peil_reader_header(reader), fault);
    if (status == PEIL_OK) status = peil_reader_bind(reader, &t.batch, fault);
    if (status == PEIL_OK) status = read_rows(&t, reader, targets, input, fault);
    if (status != PEIL_OK) name_file(file, reader, fault);
    peil_reader_free(reader);
    peil_batch_clear(&t.batch);
    return status;
}

peil_status peil_targets_read(const peil_request *request, peil_targets *targets,
                              peil_input *inputs, size_t *ninputs, peil_fault *fault) {
    for (size_t i = 0; i < request->targets.n; i++)
        PEIL_TRY(read_file(request, (uint32_t)i, targets, &inputs[(*ninputs)++], fault));
    return PEIL_OK;
}
