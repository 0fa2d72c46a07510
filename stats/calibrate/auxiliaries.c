/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/auxiliaries.h"

#include <stdlib.h>

#include "core/array.h"

peil_status peil_auxiliaries_make(size_t npatterns, size_t nmargins, size_t ncolumns,
                                  peil_auxiliaries *out, peil_fault *fault) {
    const size_t n = npatterns * nmargins;
    *out = (peil_auxiliaries){npatterns, nmargins, ncolumns, NULL, NULL};
    PEIL_TRY(peil_array_make(&out->column, n, sizeof *out->column, fault));
    return peil_array_make(&out->value, n, sizeof *out->value, fault);
}

void peil_auxiliaries_clear(peil_auxiliaries *x) {
    free(x->column);
    free(x->value);
    *x = (peil_auxiliaries){0};
}

peil_real peil_auxiliaries_times(const peil_auxiliaries *x, size_t pattern, const peil_real *beta) {
    const size_t first = pattern * x->nmargins;
    peil_real sum = 0;
    for (size_t i = first; i < first + x->nmargins; i++) sum += x->value[i] * beta[x->column[i]];
    return sum;
}

void peil_auxiliaries_add(const peil_auxiliaries *x, size_t pattern, peil_real amount,
                          peil_sum *total) {
    const size_t first = pattern * x->nmargins;
    for (size_t i = first; i < first + x->nmargins; i++)
        peil_sum_add(&total[x->column[i]], x->value[i] * amount);
}
