/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/rank.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* What stands among the labels comes before what does not, and in their order. */
typedef struct labelled_code {
    size_t label;
    uint32_t rank, code;
} labelled_code;

static int by_label(const void *a, const void *b) {
    const labelled_code *x = a, *y = b;
    if (x->label != y->label) return x->label < y->label ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static size_t place_of_label(const peil_variable *about, const char *value) {
    const peil_label *label = peil_variable_find_label(about, value);
    return label ? (size_t)(label - about->labels) : about->nlabels;
}

peil_status peil_rank_values(const peil_batch_column *column, const uint8_t *aside, uint32_t *ranks,
                             peil_fault *fault) {
    const peil_dictionary *d = &column->dictionary;
    labelled_code *order = NULL;
    PEIL_TRY(peil_dictionary_rank(d, aside, ranks, fault));
    if (column->about.nlabels == 0 || peil_dictionary_is_numeric(d, aside)) return PEIL_OK;
    PEIL_TRY(peil_array_make(&order, d->count, sizeof *order, fault));
    for (uint32_t code = 1; code < d->count; code++)
        order[code] = (labelled_code){place_of_label(&column->about, peil_dictionary_text(d, code)),
                                      ranks[code], code};
    qsort(order + 1, d->count - 1, sizeof *order, by_label);
    for (uint32_t i = 1; i < d->count; i++) ranks[order[i].code] = i;
    free(order);
    return PEIL_OK;
}
