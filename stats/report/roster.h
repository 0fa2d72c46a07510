/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of every row, where a row gets an answer of its own: its weight. */
#ifndef PEIL_REPORT_ROSTER_H
#define PEIL_REPORT_ROSTER_H

#include "plan/coder.h"

typedef struct peil_roster {
    size_t n, cells_capacity, weights_capacity, ids_capacity;
    uint32_t *cell;       /* by row: its cell of everybody; PEIL_NONE outside the sample */
    peil_decimal *weight; /* by row; 0 outside the sample */
    uint32_t *id;         /* n x the plan's ids: codes */
} peil_roster;

/* Appends the rows of the batch that the coder has coded. */
peil_status peil_roster_add(peil_roster *roster, const peil_coder *coder,
                            peil_fault *fault) PEIL_CHECKED;

/* Appends the rows of another part. */
peil_status peil_roster_merge(peil_roster *into, const peil_roster *from, const peil_plan *plan,
                              const peil_translation *translation, peil_fault *fault) PEIL_CHECKED;

void peil_roster_clear(peil_roster *roster);

/* Respondents who are the same to a calibration: of one pattern, with one start weight. */
typedef struct peil_unit_of_rows {
    uint32_t pattern;
    peil_decimal weight;
    uint64_t n;
} peil_unit_of_rows;

typedef struct peil_units {
    size_t n;
    peil_unit_of_rows *units; /* by pattern, then by weight */
    uint32_t *of_row;         /* by row of the roster; PEIL_NONE outside the sample */
} peil_units;

/* pattern_of: by cell of everybody. The caller clears, also after a failure. */
peil_status peil_units_make(const peil_roster *roster, const uint32_t *pattern_of, peil_units *out,
                            peil_fault *fault) PEIL_CHECKED;
void peil_units_clear(peil_units *units);

#endif
