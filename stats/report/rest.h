/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody else: what a group of a breakdown is held against. */
#ifndef PEIL_REPORT_REST_H
#define PEIL_REPORT_REST_H

#include "report/ahead.h"

/* Groups of a tableau with their rests. The rest of a cell is the other values of its last
 * variable, with the same values of all others; of an area only those in the area around it, unless
 * a larger one is among the variables. A zeroed one knows nothing. */
typedef struct peil_rests {
    const peil_tableau *tableau; /* that is known */
    uint32_t *around;            /* by value of its last variable: who has the same is a rest */
    size_t around_capacity;
    size_t n; /* groups that were looked at, ahead of their rows */
    uint32_t of[PEIL_AHEAD_MOST];
    peil_opposed groups[PEIL_AHEAD_MOST];
    uint32_t *cells; /* of their rests */
    peil_ahead *ahead;
    size_t cells_capacity, ahead_capacity;
} peil_rests;

/* Finds the rest of a cell, as cells of the view, class by class, and what was made of both for a
 * category. It is borrowed until the next call, and quick when cells come in their order. */
peil_status peil_rests_find(peil_rests *rests, const peil_tableau *tableau, uint32_t cell,
                            size_t category, peil_cells *rest, const peil_ahead **ahead,
                            peil_fault *fault) PEIL_CHECKED;

void peil_rests_clear(peil_rests *rests);

#endif
