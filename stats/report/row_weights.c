/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/row_weights.h"

#include <stdlib.h>

#include "core/array.h"

static peil_status make_room(peil_row_weights *w, size_t rows, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&w->weighs, &w->weighs_capacity, rows, sizeof *w->weighs, fault));
    return peil_array_reserve(&w->decimals, &w->decimals_capacity, rows, sizeof *w->decimals,
                              fault);
}

peil_status peil_row_weights_take(peil_row_weights *weights, const peil_batch *batch, size_t column,
                                  const uint8_t *lacks, peil_fault *fault) {
    const peil_batch_column *c = &batch->columns[column];
    const int32_t before = weights->scale;
    PEIL_TRY(make_room(weights, batch->rows, fault));
    for (size_t i = 0; i < batch->rows; i++) {
        const peil_value *value = &c->dictionary.values[c->codes[i]];
        const bool weighs = !lacks[c->codes[i]];
        if (weighs && !value->reads_number)
            return peil_refuse(fault, peil_batch_record(batch, i), c->name,
                               "text where a number is needed (--missing says which text is no "
                               "answer)");
        if (weighs && value->number.digits < 0)
            return peil_refuse(fault, peil_batch_record(batch, i), c->name,
                               "the weight is negative");
        weights->weighs[i] = weighs;
        weights->decimals[i] = weighs ? value->number : (peil_decimal){0, 0};
        weights->missing += !weighs;
        if (weights->decimals[i].scale > weights->scale)
            weights->scale = weights->decimals[i].scale;
    }
    weights->raised = weights->scale - before;
    return peil_addends_of(&weights->addends, weights->decimals, batch->rows, weights->scale,
                           fault);
}

void peil_row_weights_clear(peil_row_weights *weights) {
    free(weights->weighs);
    free(weights->decimals);
    peil_addends_clear(&weights->addends);
    *weights = (peil_row_weights){0};
}
