/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix sum of c x x' over the patterns, and systems of it solved: a pivoted Cholesky
 * decomposition in doubles, whose solutions callers refine against sums of 113 bits. Margins are
 * collinear by nature, as each adds up to the population: columns that follow from others get 0. */
#ifndef PEIL_CALIBRATE_GRAM_H
#define PEIL_CALIBRATE_GRAM_H

#include "calibrate/auxiliaries.h"

typedef struct peil_gram {
    const peil_auxiliaries *x;
    size_t rank;
    double *matrix; /* ncolumns x ncolumns */
    double *scale;  /* by column: one over the root of its diagonal */
    size_t *order;  /* the pivoting */
} peil_gram;

/* Room for the matrix of these auxiliaries, which must outlive it. The caller clears, also after a
 * failure. */
peil_status peil_gram_make(const peil_auxiliaries *x, peil_gram *out,
                           peil_fault *fault) PEIL_CHECKED;
void peil_gram_clear(peil_gram *gram);

/* Begins a matrix of 0. */
void peil_gram_begin(peil_gram *gram);

/* Adds c x x' of a pattern. */
void peil_gram_add(peil_gram *gram, size_t pattern, double c);

/* Decomposes what was added. */
void peil_gram_decompose(peil_gram *gram);

/* solution = matrix^-1 b, near enough to improve on, both by column. They may be one array. room:
 * scratch by column. */
void peil_gram_solve(const peil_gram *gram, const peil_real *b, double *room, peil_real *solution);

#endif
