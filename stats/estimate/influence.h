/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contrasts as what they make of respondents: for each cell the influences of the contrasts that
 * look at it, and where those respondents are, in the order of their leaves. Answers that no
 * contrast tells apart are a piece: in a view that runs these are few, in others each answer is
 * one. */
#ifndef PEIL_ESTIMATE_INFLUENCE_H
#define PEIL_ESTIMATE_INFLUENCE_H

#include "estimate/taylor.h"

/* The influence of one contrast on the respondents of one cell: its terms there, added up. */
typedef struct peil_influence {
    uint32_t contrast;
    peil_poly poly;    /* of moments: about the cell's pivot */
    size_t values;     /* of answers: where its values begin in the list's, one a piece */
    size_t first, end; /* its terms there, among the list's uses */
} peil_influence;

/* A cell with an influence or more. */
typedef struct peil_influenced {
    uint32_t cell;
    size_t first, end; /* its influences */
} peil_influenced;

/* An item of such a cell; in a view that runs, a run. */
typedef struct peil_visit {
    uint32_t leaf, at; /* at: its cell, among those with an influence */
    size_t place;
} peil_visit;

typedef struct peil_use peil_use;

/* All of it, and room to make the next; zero to begin with. */
typedef struct peil_influences {
    size_t n, capacity;
    peil_influence *list;
    size_t ncells, cells_capacity;
    peil_influenced *cells;
    size_t npieces, ends_capacity;
    uint32_t *ends; /* by piece, in a view that runs: the first answer behind it */
    size_t values_capacity;
    peil_real *values;
    size_t nvisits, visits_capacity;
    peil_visit *visits; /* by leaf, then by cell */

    size_t uses_capacity, runs_capacity, spare_capacity; /* scratch */
    peil_use *uses;
    size_t *runs;
    peil_visit *spare;
} peil_influences;

/* Fills them for contrasts of one view. */
peil_status peil_influences_make(const peil_contrast *contrasts, size_t n, peil_influences *out,
                                 peil_fault *fault) PEIL_CHECKED;

/* The influence of an answer with parts: these are many, and each is in few cells, so that there is
 * no list of their values. */
peil_real peil_influence_of_parts(const peil_influences *influences,
                                  const peil_influence *influence, const peil_contrast *contrast,
                                  uint32_t answer);

void peil_influences_clear(peil_influences *influences);

#endif
