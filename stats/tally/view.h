/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question in one breakdown, as numbers: what the estimators look at. Answers that are codes
 * stay answers; numbers become moments about the mean of their cell, if the tally has not made them
 * so. Sums over base cells are made exactly; then they become reals, once. Items stand in the order
 * of cell, leaf, calibration pattern, answer, so that whatever is computed from them depends on the
 * set of rows alone. */
#ifndef PEIL_TALLY_VIEW_H
#define PEIL_TALLY_VIEW_H

#include "tally/design.h"
#include "tally/tally.h"

/* The cells of a breakdown: its variables' values, fully crossed, the last one fastest. */
typedef struct peil_crossing {
    size_t nby;
    size_t *nvalues;   /* by variable */
    uint32_t **values; /* by variable: codes in order */
    size_t ncells;
    uint32_t *cell_of; /* by base cell of the cube: its cell here, or PEIL_NONE */
    bool *is_occupied; /* by cell: somebody is in it, whatever the answers */
    /* Calibrated: by base cell its pattern, and by pattern its g-weight; borrowed. Else NULL. */
    const uint32_t *pattern_of;
    const peil_real *g;
} peil_crossing;

/* Crosses the values seen in the cube. by: indexes of the plan's by variables; ranks: by such
 * variable, the rank of each code. Refuses more than 10 million cells. */
peil_status peil_crossing_make(const peil_cube *cube, const size_t *by, size_t nby,
                               uint32_t *const *ranks, peil_crossing *out,
                               peil_fault *fault) PEIL_CHECKED;

/* Writes the nby codes of a cell. */
void peil_crossing_codes(const peil_crossing *crossing, size_t cell, uint32_t *codes);

void peil_crossing_clear(peil_crossing *crossing);

/* The answers to a question in their order, with what they count for. */
typedef struct peil_answer_values {
    size_t n;
    uint32_t *rank;   /* by the tally's answer code: the answer in order; PEIL_NONE: left out */
    peil_real *a, *b; /* by answer in order */
    bool is_grouped;  /* numbers were put together to categories: they stay answers */
    size_t nparts;    /* numbers that each answer is made of: the items of a pattern; or 0 */
    peil_real *parts; /* by answer in order, nparts apart; a is their sum */
} peil_answer_values;

typedef struct peil_view {
    const peil_design *design;
    size_t ncells;
    size_t *start; /* ncells + 1: the items of cell c are start[c] .. start[c + 1] - 1 */
    size_t nitems;
    uint32_t *leaf, *answer; /* by item; answers only */
    uint32_t *pattern;       /* by item; 0 when not calibrated */
    const peil_real *g;      /* by pattern; NULL: not calibrated; borrowed */
    uint64_t *n;             /* by item: respondents with a weight above 0 */
    bool is_moments, pairs;
    size_t nw, nww;    /* numbers an item: 1 for answers, else moments; nww 0 with clusters */
    peil_real *w, *ww; /* by item: sums of start weights, and of their squares */
    size_t nanswers;
    const peil_real *a, *b; /* by answer; borrowed */
    size_t nparts;          /* as in peil_answer_values; with parts, answers are many */
    const peil_real *parts; /* borrowed */
    peil_real *pivot;       /* by cell: the moments are those of a - pivot */
    peil_real *raw;
    /* by item, moments of one number: the sum of w a, without a pivot */ /* What figures begin
                                                                             with, added up over
                                                                             the leaves of each
                                                                             cell. */
    size_t width;        /* numbers a cell: nanswers, nw for moments, 1 with parts */
    peil_real *cell_w;   /* by cell, width apart: sums of g w by answer or moment, or of all */
    uint64_t *cell_n;    /* by cell, nanswers apart, or one for moments and with parts: as n */
    peil_real *cell_raw; /* by cell, moments of one number: as raw */
} peil_view;

/* Makes the view of a question in a breakdown. `values` must outlive it; NULL for moments. */
peil_status peil_view_make(const peil_tally *tally, size_t question, size_t cube,
                           const peil_crossing *crossing, const peil_design *design,
                           const peil_answer_values *values, peil_view *view,
                           peil_fault *fault) PEIL_CHECKED;

/* For view.c: the same question in moments about the mean of each cell. Not for pairs of numbers,
 * as the residuals of a ratio may be small beside both. The caller clears both. */
peil_status peil_view_condense(const peil_view *answers, const peil_shape *shape, peil_view *view,
                               peil_fault *fault) PEIL_CHECKED;

/* What the weights of an item were multiplied by. */
static inline peil_real peil_view_g(const peil_view *view, size_t item) {
    return view->g ? view->g[view->pattern[item]] : 1;
}

void peil_view_clear(peil_view *view);

#endif
