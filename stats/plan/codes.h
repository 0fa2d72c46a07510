/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch in the terms of the request: who was drawn where (leaf), who counts where (cell), with
 * what weight, and what was answered. Integers and decimals only; the tally needs no more. */
#ifndef PEIL_PLAN_CODES_H
#define PEIL_PLAN_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/pairs.h"

/* The rows of a batch that are in the sample. */
typedef struct peil_codes {
    size_t rows;
    uint32_t *leaf;       /* where the respondent was drawn */
    uint32_t **cell;      /* by cube: the base cell, PEIL_NONE outside the domain */
    peil_decimal *weight; /* never negative */
    size_t nreplicates;
    peil_decimal **replicate; /* by replicate: the weight of each row in it */
} peil_codes;

/* The answers of the same rows to one question: codes of answers, or numbers. */
typedef struct peil_answers {
    uint32_t *code;      /* coded questions; PEIL_NONE: no valid answer */
    peil_decimal *a, *b; /* others; a's scale is PEIL_NO_ANSWER where there is no valid answer */
} peil_answers;

#define PEIL_NO_ANSWER INT32_MAX

/* What the tally must keep of a question. */
typedef struct peil_shape {
    bool coded;      /* answers are codes */
    uint32_t ncodes; /* coded: they are below this; 0 when that is not known beforehand */
    bool pairs;      /* both a and b are summed (ratio) */
    bool keeps_b;    /* b is part of the answer (ratio, and the number of valid items of a scale) */
    bool squares;    /* sums go up to the fourth power of a */
    bool is_total;   /* who does not answer is counted: a total leaves them out of the sum */
    bool discrete;   /* each different number counts: they are never turned into moments */
    bool everybody;  /* kept in the last cube, which holds everybody, and in no other */
} peil_shape;

/* What the ids of one part of the data are in another. */
typedef struct peil_translation {
    size_t ncolumns, ncubes, nquestions;
    uint32_t **code;   /* by column of the batch: its codes */
    uint32_t *leaf;    /* leaves */
    uint32_t **cell;   /* by cube: base cells */
    uint32_t **answer; /* by question: borrowed from `code`; NULL where codes mean the same */
} peil_translation;

#endif
