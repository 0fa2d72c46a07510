/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups each held against its rest, all together before their rows: a walk through the design for
 * each would take as long as all groups times all respondents. */
#ifndef PEIL_REPORT_AHEAD_H
#define PEIL_REPORT_AHEAD_H

#include "report/difference.h"

#define PEIL_AHEAD_MOST 128 /* groups at a time */

/* A group and its rest, which together are the same respondents for all groups at hand. */
typedef struct peil_opposed {
    peil_cells own, rest;
    bool is_hidden; /* nothing is made of it */
} peil_opposed;

/* What is made of them for one category: two figures and, where both exist, their difference. */
typedef struct peil_ahead {
    peil_linear own, rest;
    peil_difference difference;
} peil_ahead;

/* How many groups to take at a time: so many that what is made of them is some 4 MB at most. */
size_t peil_ahead_count(const peil_tableau *tableau);

/* Fills `out` for n groups, at most PEIL_AHEAD_MOST: by group, then by category. */
peil_status peil_ahead_make(const peil_tableau *tableau, const peil_opposed *groups, size_t n,
                            peil_ahead *out, peil_fault *fault) PEIL_CHECKED;

#endif
