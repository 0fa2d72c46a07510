/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals by contrast over respondents, a unit, a stratum or a family of strata, and a number for
 * every pair of contrasts. They are 0 but for the contrasts that were let in, and only those are
 * looked at. */
#ifndef PEIL_ESTIMATE_TOTALS_H
#define PEIL_ESTIMATE_TOTALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "core/real.h"

typedef struct peil_totals {
    size_t width; /* contrasts that there are */
    size_t n;     /* that are in */
    uint32_t *members;
    bool *is_in;
    peil_real *total;
    peil_real *size;  /* what each total is without the signs of its terms */
    peil_real *pairs; /* see peil_totals_pair */
} peil_totals;

/* Makes room for that many contrasts, none of them in. The caller clears, also after a failure. */
peil_status peil_totals_make(peil_totals *totals, size_t width, peil_fault *fault) PEIL_CHECKED;

void peil_totals_clear(peil_totals *totals);

static inline void peil_totals_let_in(peil_totals *totals, uint32_t contrast) {
    if (totals->is_in[contrast]) return;
    totals->is_in[contrast] = true;
    totals->members[totals->n++] = contrast;
}

/* Adds a term to the total of a contrast, which is then in. */
static inline void peil_totals_add(peil_totals *totals, uint32_t contrast, peil_real term) {
    peil_totals_let_in(totals, contrast);
    totals->total[contrast] += term;
    totals->size[contrast] += peil_real_size(term);
}

/* The number of a pair that is in; either order has one place. */
static inline peil_real *peil_totals_pair(const peil_totals *totals, uint32_t i, uint32_t j) {
    return &totals->pairs[i > j ? i * totals->width + j : j * totals->width + i];
}

/* Lets in what is in `from`, and adds its totals. */
void peil_totals_add_totals(const peil_totals *from, peil_totals *to);

/* Totals whose terms cancel but for their rounding become 0. */
void peil_totals_settle(peil_totals *totals);

/* All 0, and nothing in. */
void peil_totals_empty(peil_totals *totals);

#endif
