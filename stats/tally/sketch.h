/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many dimensions the replicate weights of some respondents span: their degrees of freedom and
 * one. A respondent is a row of R weights. In each cell a fixed number of sums stands for the rows:
 * a row is added to five of them, with signs, all drawn from the row itself. So many rows become
 * few that span as much, unless chance has it otherwise, which it does about never (a sparse random
 * embedding: Nelson and Nguyen 2013; three places suffice while rows are fewer than 0.9 of the
 * sums: Dubois and Mandler 2002). The sums are exact and add up, so that they depend on the set of
 * rows alone, and those of the respondents with an answer are those of all less those of the
 * others. */
#ifndef PEIL_TALLY_SKETCH_H
#define PEIL_TALLY_SKETCH_H

#include "core/plane.h"
#include "plan/codes.h"

/* Ranks below this are found whatever the number of replicates; all are found up to 160 of them. */
#define PEIL_RANK_KNOWN 128

typedef struct peil_sketch {
    peil_pairs slots; /* (cell, sum) */
    peil_plane sums;  /* by slot: peil_sketch_lanes numbers */
} peil_sketch;

/* A batch's rows, ready to be added to sketches. */
typedef struct peil_sketch_rows {
    size_t nreplicates;
    uint64_t *hash; /* by row */
    size_t hash_capacity;
    peil_addends folded;       /* where there are more replicates than lanes */
    uint32_t *to;              /* by replicate, five: the lanes it folds to */
    bool *minus;               /* the same */
    peil_scattered *scattered; /* scratch: five a row */
    size_t scattered_capacity;
} peil_sketch_rows;

/* The caller clears, also after a failure. */
peil_status peil_sketch_rows_make(size_t nreplicates, peil_sketch_rows *rows,
                                  peil_fault *fault) PEIL_CHECKED;
void peil_sketch_rows_clear(peil_sketch_rows *rows);

/* Takes a batch: its replicate weights as they are in the data, and as addends. */
peil_status peil_sketch_rows_take(peil_sketch_rows *rows, const peil_codes *codes,
                                  const peil_addends *weights, peil_fault *fault) PEIL_CHECKED;

/* Adds row i to cell[i], for every row with cell[i] != PEIL_NONE. weights: as taken. */
peil_status peil_sketch_add(peil_sketch *sketch, peil_sketch_rows *rows,
                            const peil_addends *weights, const uint32_t *cell, size_t n,
                            peil_fault *fault) PEIL_CHECKED;

/* into += from; cell: by cell of `from`, that of `into`. Both have the same scale. */
peil_status peil_sketch_merge(peil_sketch *into, const peil_sketch *from, const uint32_t *cell,
                              peil_fault *fault) PEIL_CHECKED;

/* Into a state file, and out of one: of an empty sketch of so many cells. */
void peil_sketch_save(const peil_sketch *sketch, peil_text *out);
peil_status peil_sketch_load(peil_sketch *sketch, size_t ncells, size_t nreplicates,
                             peil_unpacking *in, peil_fault *fault) PEIL_CHECKED;

void peil_sketch_clear(peil_sketch *sketch);

/* The sums of a cell, and the numbers in each. */
size_t peil_sketch_sums(size_t nreplicates);
size_t peil_sketch_lanes(size_t nreplicates);

#endif
