/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some rows of the variables that a request needs, column by column. A batch is filled again and
 * again; its dictionaries stay, so that a code means the same value throughout a run, in every
 * file of it. */
#ifndef PEIL_READ_BATCH_H
#define PEIL_READ_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/dictionary.h"
#include "core/fault.h"
#include "read/variable.h"

/* What a column's values are wanted for. */
typedef enum peil_use {
    PEIL_AS_NUMBERS, /* decimals[] */
    PEIL_AS_CODES    /* codes[] of the dictionary */
} peil_use;

/* Where a column's values come from. */
typedef enum peil_origin {
    PEIL_OF_FILE, /* a variable of the file */
    PEIL_SPELLED, /* areas as the file spells them, beside the column of that name */
    PEIL_AREAS    /* codes of a level of a hierarchy; not the reader's to fill */
} peil_origin;

/* The scale of a decimal that is none: its digits are then a code of the column's dictionary, 0
 * for an empty field, else that of a text. */
#define PEIL_NO_NUMBER INT32_MAX

typedef struct peil_batch_column {
    char *name;
    peil_variable about; /* what the files read so far say of it */
    peil_use use;
    peil_origin origin;
    size_t level;           /* of the hierarchy, for both kinds of areas */
    peil_decimal *decimals; /* capacity places, when used as numbers */
    uint32_t *codes;        /* capacity places, when used as codes */
    peil_dictionary dictionary;
} peil_batch_column;

/* From this row on, records are numbered from this one. */
typedef struct peil_batch_skip {
    size_t row;
    uint64_t record;
} peil_batch_skip;

typedef struct peil_batch {
    size_t rows, capacity;
    uint64_t first_record; /* of the file; its first data record is 1 */
    size_t nskips, skips_capacity;
    peil_batch_skip *skips; /* records that other readers take, between some rows */
    size_t ncolumns, columns_capacity;
    peil_batch_column *columns;
} peil_batch;

/* Adds a column without looking for another of that name. Only before peil_batch_allocate. */
peil_status peil_batch_add(peil_batch *batch, const char *name, peil_use use,
                           peil_fault *fault) PEIL_CHECKED;

/* The index of the column of that name, added when it was not there. A column wanted both ways is
 * coded: a dictionary knows the numbers of its values. Only before peil_batch_allocate. */
peil_status peil_batch_want(peil_batch *batch, const char *name, peil_use use, size_t *column,
                            peil_fault *fault) PEIL_CHECKED;

/* The same of the areas of a level as the file spells them, coded; another column of that name is
 * another one. */
peil_status peil_batch_want_spelled(peil_batch *batch, const char *name, size_t level,
                                    peil_fault *fault) PEIL_CHECKED;

/* Makes room for so many rows, at least 4; 0: as many as suit the number of columns. */
peil_status peil_batch_allocate(peil_batch *batch, size_t rows, peil_fault *fault) PEIL_CHECKED;

/* An empty batch of the same columns and capacity. The caller clears, also after a failure. */
peil_status peil_batch_like(const peil_batch *model, peil_batch *out,
                            peil_fault *fault) PEIL_CHECKED;

/* For readers. Empties the batch, whose first row will be that record; and says which record the
 * next row will be. */
void peil_batch_begin(peil_batch *batch, uint64_t first_record);
peil_status peil_batch_skip_to(peil_batch *batch, uint64_t record, peil_fault *fault) PEIL_CHECKED;

/* The number of a row's record in its file. */
uint64_t peil_batch_record(const peil_batch *batch, size_t row);

/* The number in a row: false when it is missing or text, whose code goes to *code. */
static inline bool peil_batch_number(const peil_batch_column *column, size_t row,
                                     peil_decimal *number, uint32_t *code) {
    if (column->use == PEIL_AS_NUMBERS) {
        *number = column->decimals[row];
        *code = (uint32_t)number->digits;
        return number->scale != PEIL_NO_NUMBER;
    }
    *code = column->codes[row];
    *number = column->dictionary.values[*code].number;
    return column->dictionary.values[*code].reads_number;
}

void peil_batch_clear(peil_batch *batch);

/* The values met in each column, into a state file and out of one: of a batch of the same columns
 * that has met none. */
void peil_batch_save(const peil_batch *batch, peil_text *out);
peil_status peil_batch_load(peil_batch *batch, peil_unpacking *in, peil_fault *fault) PEIL_CHECKED;

#endif
