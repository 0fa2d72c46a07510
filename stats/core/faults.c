/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/faults.h"

#include <stdlib.h>

#include "core/array.h"

peil_status peil_faults_add(peil_faults *faults, const peil_fault *added, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&faults->list, &faults->capacity, faults->n + 1,
                                sizeof *faults->list, fault));
    faults->list[faults->n++] = *added;
    return PEIL_OK;
}

/* By insertion: they are few, and mostly in order. */
void peil_faults_sort(peil_faults *faults) {
    for (size_t i = 1; i < faults->n; i++) {
        const peil_fault moved = faults->list[i];
        size_t place = i;
        for (; place > 0 && faults->list[place - 1].line > moved.line; place--)
            faults->list[place] = faults->list[place - 1];
        faults->list[place] = moved;
    }
}

void peil_faults_clear(peil_faults *faults) {
    free(faults->list);
    *faults = (peil_faults){0};
}
