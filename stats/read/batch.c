/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/batch.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* Enough rows to make the work a row cheap, few enough to stay in the caches. Numbers are wide, and
 * many of them are replicate weights, which are worked on side by side. */
#define BATCH_BYTES ((size_t)1 << 19)
#define NUMBERS_BYTES ((size_t)1 << 20)
#define BYTES_MOST ((size_t)1 << 26) /* of thousands of columns, such as describe looks at */
#define ROWS_LEAST 8192
#define ROWS_LEAST_WIDE 512
#define ROWS_MOST 65536
#define ROWS_ROOM 4 /* a reader needs room for a row that it must finish */

static size_t bytes_of(peil_use use) {
    return use == PEIL_AS_NUMBERS ? sizeof(peil_decimal) : sizeof(uint32_t);
}

peil_status peil_batch_add(peil_batch *batch, const char *name, peil_use use, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&batch->columns, &batch->columns_capacity, batch->ncolumns + 1,
                                sizeof *batch->columns, fault));
    peil_batch_column made = {.use = use};
    PEIL_TRY(peil_string_copy(name, strlen(name), &made.name, fault));
    batch->columns[batch->ncolumns++] = made;
    /* The empty value has its code before the first row. */
    uint32_t empty;
    return peil_dictionary_code(&batch->columns[batch->ncolumns - 1].dictionary, "", 0, &empty,
                                fault);
}

peil_status peil_batch_want(peil_batch *batch, const char *name, peil_use use, size_t *column,
                            peil_fault *fault) {
    for (size_t i = 0; i < batch->ncolumns; i++) {
        if (batch->columns[i].origin == PEIL_SPELLED) continue;
        if (strcmp(batch->columns[i].name, name) != 0) continue;
        if (use == PEIL_AS_CODES) batch->columns[i].use = use;
        *column = i;
        return PEIL_OK;
    }
    *column = batch->ncolumns;
    return peil_batch_add(batch, name, use, fault);
}

peil_status peil_batch_want_spelled(peil_batch *batch, const char *name, size_t level,
                                    peil_fault *fault) {
    PEIL_TRY(peil_batch_add(batch, name, PEIL_AS_CODES, fault));
    batch->columns[batch->ncolumns - 1].origin = PEIL_SPELLED;
    batch->columns[batch->ncolumns - 1].level = level;
    return PEIL_OK;
}

static size_t within(size_t rows, size_t least, size_t most) {
    return rows < least ? least : rows > most ? most : rows;
}

static size_t suitable_rows(const peil_batch *batch) {
    size_t row_bytes = 1, number_bytes = 1;
    for (size_t i = 0; i < batch->ncolumns; i++) {
        const peil_use use = batch->columns[i].use;
        row_bytes += bytes_of(use);
        if (use == PEIL_AS_NUMBERS) number_bytes += bytes_of(use);
    }
    const size_t most = within(BYTES_MOST / row_bytes, ROWS_LEAST_WIDE, ROWS_LEAST);
    const size_t least = within(NUMBERS_BYTES / number_bytes, ROWS_LEAST_WIDE, most);
    return within(BATCH_BYTES / row_bytes, least, ROWS_MOST);
}

peil_status peil_batch_allocate(peil_batch *batch, size_t rows, peil_fault *fault) {
    batch->capacity = rows ? rows : suitable_rows(batch);
    if (batch->capacity < ROWS_ROOM) batch->capacity = ROWS_ROOM;
    for (size_t i = 0; i < batch->ncolumns; i++) {
        peil_batch_column *c = &batch->columns[i];
        if (c->use == PEIL_AS_NUMBERS)
            PEIL_TRY(peil_array_make(&c->decimals, batch->capacity, sizeof *c->decimals, fault));
        else
            PEIL_TRY(peil_array_make(&c->codes, batch->capacity, sizeof *c->codes, fault));
    }
    return PEIL_OK;
}

/* What is known of areas does not come from a file. */
static peil_status copy_column(const peil_batch_column *from, peil_batch *out, peil_fault *fault) {
    PEIL_TRY(peil_batch_add(out, from->name, from->use, fault));
    peil_batch_column *made = &out->columns[out->ncolumns - 1];
    made->origin = from->origin;
    made->level = from->level;
    return from->origin == PEIL_AREAS ? peil_variable_copy(&from->about, &made->about, fault)
                                      : PEIL_OK;
}

peil_status peil_batch_like(const peil_batch *model, peil_batch *out, peil_fault *fault) {
    for (size_t i = 0; i < model->ncolumns; i++)
        PEIL_TRY(copy_column(&model->columns[i], out, fault));
    return peil_batch_allocate(out, model->capacity, fault);
}

void peil_batch_begin(peil_batch *batch, uint64_t first_record) {
    batch->rows = batch->nskips = 0;
    batch->first_record = first_record;
}

peil_status peil_batch_skip_to(peil_batch *batch, uint64_t record, peil_fault *fault) {
    if (batch->rows == 0) peil_batch_begin(batch, record);
    if (peil_batch_record(batch, batch->rows) == record) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&batch->skips, &batch->skips_capacity, batch->nskips + 1,
                                sizeof *batch->skips, fault));
    batch->skips[batch->nskips++] = (peil_batch_skip){batch->rows, record};
    return PEIL_OK;
}

uint64_t peil_batch_record(const peil_batch *batch, size_t row) {
    for (size_t i = batch->nskips; i-- > 0;)
        if (batch->skips[i].row <= row) return batch->skips[i].record + (row - batch->skips[i].row);
    return batch->first_record + row;
}

void peil_batch_clear(peil_batch *batch) {
    for (size_t i = 0; i < batch->ncolumns; i++) {
        free(batch->columns[i].name);
        free(batch->columns[i].decimals);
        free(batch->columns[i].codes);
        peil_dictionary_clear(&batch->columns[i].dictionary);
        peil_variable_clear(&batch->columns[i].about);
    }
    free(batch->columns);
    free(batch->skips);
    *batch = (peil_batch){0};
}

void peil_batch_save(const peil_batch *batch, peil_text *out) {
    for (size_t i = 0; i < batch->ncolumns; i++) {
        peil_pack_string(out, batch->columns[i].name);
        peil_dictionary_save(&batch->columns[i].dictionary, out);
    }
}

peil_status peil_batch_load(peil_batch *batch, peil_unpacking *in, peil_fault *fault) {
    for (size_t i = 0; i < batch->ncolumns; i++) {
        char *name = NULL;
        PEIL_TRY(peil_unpack_string(in, &name, fault));
        peil_unpack_claim(in, strcmp(name, batch->columns[i].name) == 0);
        free(name);
        PEIL_TRY(peil_dictionary_load(&batch->columns[i].dictionary, in, fault));
    }
    return peil_unpack_verdict(in, fault);
}
