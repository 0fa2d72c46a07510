/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/totals.h"

#include <stdlib.h>

#include "core/array.h"

peil_status peil_totals_make(peil_totals *totals, size_t width, peil_fault *fault) {
    *totals = (peil_totals){.width = width};
    if (width > UINT32_MAX) return peil_fail_memory(fault);
    PEIL_TRY(peil_array_make(&totals->members, width, sizeof *totals->members, fault));
    PEIL_TRY(peil_array_make(&totals->is_in, width, sizeof *totals->is_in, fault));
    PEIL_TRY(peil_array_make(&totals->total, width, sizeof *totals->total, fault));
    PEIL_TRY(peil_array_make(&totals->size, width, sizeof *totals->size, fault));
    return peil_array_make(&totals->pairs, width * width, sizeof *totals->pairs, fault);
}

void peil_totals_clear(peil_totals *totals) {
    free(totals->members);
    free(totals->is_in);
    free(totals->total);
    free(totals->size);
    free(totals->pairs);
    *totals = (peil_totals){0};
}

void peil_totals_add_totals(const peil_totals *from, peil_totals *to) {
    for (size_t i = 0; i < from->n; i++) {
        peil_totals_let_in(to, from->members[i]);
        to->total[from->members[i]] += from->total[from->members[i]];
        to->size[from->members[i]] += from->size[from->members[i]];
    }
}

void peil_totals_settle(peil_totals *totals) {
    for (size_t i = 0; i < totals->n; i++) {
        const uint32_t k = totals->members[i];
        totals->total[k] = peil_settled(&(peil_settling){totals->total[k], totals->size[k]});
    }
}

void peil_totals_empty(peil_totals *totals) {
    for (size_t i = 0; i < totals->n; i++) {
        const uint32_t member = totals->members[i];
        for (size_t j = 0; j <= i; j++) *peil_totals_pair(totals, member, totals->members[j]) = 0;
        totals->total[member] = totals->size[member] = 0;
        totals->is_in[member] = false;
    }
    totals->n = 0;
}
