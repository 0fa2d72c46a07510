/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a csv file that are wanted: each becomes a code or a number in its column of the
 * batch, and teaches the column's marks and dictionary. */
#ifndef PEIL_READ_CSV_TARGET_H
#define PEIL_READ_CSV_TARGET_H

#include "read/batch.h"
#include "read/marks.h"

#define PEIL_NO_FIELD SIZE_MAX

typedef struct peil_csv_target {
    size_t field; /* of the row; PEIL_NO_FIELD behind the last target */
    peil_batch_column *column;
    uint32_t *codes; /* NULL: to decimals */
    peil_decimal *decimals;
    peil_marks marks;
    bool has_points; /* for certain: what reads as a number is one */
} peil_csv_target;

/* A byte order mark belongs at the begin of a file. */
bool peil_has_order_mark(const char *text, size_t length);

/* For peil_csv_take: what takes more than a look. */
peil_status peil_csv_search_code(peil_csv_target *target, const char *text, size_t length,
                                 uint64_t record, uint32_t *code, peil_fault *fault) PEIL_CHECKED;
peil_status peil_csv_take_number(peil_csv_target *target, const char *text, size_t length,
                                 uint64_t record, peil_decimal *number,
                                 peil_fault *fault) PEIL_CHECKED;

/* Puts a field, as the parser hands it over, in a row of the batch. Refuses, naming the record and
 * the variable, what is no value of its column. */
static inline peil_status peil_csv_take(peil_csv_target *target, const char *text, size_t length,
                                        size_t row, uint64_t record, peil_fault *fault) {
    if (!target->codes)
        return peil_csv_take_number(target, text, length, record, &target->decimals[row], fault);
    uint32_t *code = &target->codes[row];
    if (peil_dictionary_recall(&target->column->dictionary, text, length, code)) return PEIL_OK;
    return peil_csv_search_code(target, text, length, record, code, fault);
}

#endif
