/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weight of each row of a batch, for weighted counts. */
#ifndef PEIL_REPORT_ROW_WEIGHTS_H
#define PEIL_REPORT_ROW_WEIGHTS_H

#include "core/plane.h"
#include "read/batch.h"

/* Zero is empty. */
typedef struct peil_row_weights {
    int32_t scale;    /* `addends` are the weights times 10^scale; it only grows */
    int32_t raised;   /* by how much it grew for the batch at hand */
    uint64_t missing; /* rows without a weight, of all batches */
    bool *weighs;     /* by row: it has a weight */
    peil_decimal *decimals;
    peil_addends addends;
    size_t weighs_capacity, decimals_capacity;
} peil_row_weights;

/* Takes the weights from a coded column of the batch. lacks: by code, whether it is no answer.
 * Refuses text and negative numbers: PEIL_EDATA. */
peil_status peil_row_weights_take(peil_row_weights *weights, const peil_batch *batch, size_t column,
                                  const uint8_t *lacks, peil_fault *fault) PEIL_CHECKED;

void peil_row_weights_clear(peil_row_weights *weights);

#endif
