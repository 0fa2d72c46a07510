/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means of items, for scales that impute them: known when all data were read. */
#include <stdlib.h>

#include "core/array.h"
#include "plan/coder.h"

peil_status peil_item_sums_make(peil_coder *coder, peil_fault *fault) {
    const peil_plan *plan = coder->plan;
    PEIL_TRY(peil_array_make(&coder->item_sums, plan->nquestions, sizeof *coder->item_sums, fault));
    for (size_t q = 0; q < plan->nquestions; q++) {
        const peil_measure *m = plan->questions[q].measure;
        peil_item_sums *sums = &coder->item_sums[q];
        if (!m->rule.imputes || !(m->form & PEIL_FORMS_OF_SCALE)) continue;
        PEIL_TRY(peil_array_make(&sums->valid, m->nvariables, sizeof *sums->valid, fault));
        PEIL_TRY(peil_array_make(&sums->points, m->nvariables, sizeof *sums->points, fault));
        sums->nitems = m->nvariables;
    }
    return PEIL_OK;
}

bool peil_item_sums_add(peil_item_sums *sums, size_t item, uint64_t valid, peil_decimal points) {
    sums->valid[item] += valid;
    return peil_decimal_add(sums->points[item], points, &sums->points[item]);
}

peil_status peil_item_sums_merge(peil_coder *into, const peil_coder *from, peil_fault *fault) {
    for (size_t q = 0; q < from->plan->nquestions; q++) {
        const peil_item_sums *sums = &from->item_sums[q];
        for (size_t i = 0; i < sums->nitems; i++)
            if (!peil_item_sums_add(&into->item_sums[q], i, sums->valid[i], sums->points[i]))
                return peil_fail(fault, PEIL_EDATA, "%s: more decimals than a scale can sum",
                                 from->plan->questions[q].measure->text);
        into->item_sums[q].imputed += sums->imputed;
    }
    return PEIL_OK;
}

void peil_item_sums_clear(peil_coder *coder) {
    for (size_t q = 0; coder->item_sums && q < coder->plan->nquestions; q++) {
        free(coder->item_sums[q].valid);
        free(coder->item_sums[q].points);
    }
    free(coder->item_sums);
    coder->item_sums = NULL;
}
