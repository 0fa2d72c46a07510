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
    bool are_ranked;  /* as they do when figures look at their order */
    size_t nparts;    /* numbers that each answer is made of: the items of a pattern; or 0 */
    peil_real *parts; /* by answer in order, nparts apart; a is their sum */
} peil_answer_values;

/* What figures begin with: the items of a cell added up over its leaves. */
typedef struct peil_cell_sums {
    size_t *start;    /* ncells + 1: the sums of cell c are start[c] .. start[c + 1] - 1 */
    uint32_t *answer; /* by sum, in order within a cell; 0 for moments */
    uint64_t *n;      /* as the items' */
    peil_real *w;     /* as the items': nw a sum */
    peil_real *raw;   /* moments of one number: as the items' */
} peil_cell_sums;

/* The same in every replicate of the weights, replicate after replicate. */
typedef struct peil_replicate_sums {
    size_t n; /* replicates; 0: none */
    peil_real *w, *raw;
} peil_replicate_sums;

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
    bool is_running;   /* answers of one number and no parts: n, w and ww of items are those up to
                        * the answer in its run, of sums those up to the answer in the cell */
    size_t nw, nww;    /* numbers an item: 1 for answers, else moments; nww 0 unless kept */
    peil_real *w, *ww; /* by item: sums of start weights, and of their squares */
    size_t nanswers;
    const peil_real *a, *b; /* by answer; borrowed */
    size_t nparts;          /* as in peil_answer_values; with parts, answers are many */
    const peil_real *parts; /* borrowed */
    peil_real *pivot;       /* by cell: the moments are those of a - pivot */
    peil_real *raw;         /* by item, moments of one number: the sum of w a, without a pivot */
    peil_cell_sums sums;
    peil_replicate_sums replicates;
    struct peil_span *span; /* of the replicate weights in the data, or NULL */
    /* When running: the items of one leaf and pattern in one cell make a run. */
    size_t *run_start; /* ncells + 1: the runs of cell c are run_start[c] .. run_start[c + 1] - 1 */
    size_t *run;       /* by run, and one more: its first item */
} peil_view;

/* The first of the places from .. to - 1 whose answer is not before this one, or `to`. */
size_t peil_view_find(const uint32_t *answers, size_t from, size_t to, uint32_t answer);

/* Makes the view of a question in a breakdown. `values` must outlive it; NULL for moments.
 * peil_view_run completes it. */
peil_status peil_view_make(const peil_tally *tally, size_t question, size_t cube,
                           const peil_crossing *crossing, const peil_design *design,
                           const peil_answer_values *values, peil_view *view,
                           peil_fault *fault) PEIL_CHECKED;

/* Makes a view of answers of one number run, once its replicates are there; leaves others as they
 * are. */
peil_status peil_view_run(peil_view *view, peil_fault *fault) PEIL_CHECKED;

/* Room for the sums of n replicates, all 0, for whoever makes them of the items. */
peil_status peil_view_add_replicates(peil_view *view, size_t n, peil_fault *fault) PEIL_CHECKED;

/* The sum that an item of a cell belongs to. */
size_t peil_view_sum_of(const peil_view *view, size_t cell, size_t item);

/* How many numbers sums.w has, and each replicate of it. */
static inline size_t peil_view_numbers(const peil_view *view) {
    return view->sums.start[view->ncells] * view->nw;
}

/* The view as it is in replicate r, for figures without a variance. It owns nothing. */
peil_view peil_view_in_replicate(const peil_view *view, size_t r);

/* Whether a cell has the same sums in replicate r as in the one before; r is not 0. */
bool peil_view_is_as_before(const peil_view *view, size_t cell, size_t r);

/* For view.c: fills the sums of a view whose items are there. */
peil_status peil_view_add_up(peil_view *view, peil_fault *fault) PEIL_CHECKED;

/* For view.c: takes the replicate weights in the data, entry by entry of the tally to items, which
 * are those of one leaf; item: by entry, or PEIL_NONE. The pivots must be there. */
peil_status peil_view_take_replicates(const peil_tally *tally, size_t question, size_t cube,
                                      const uint32_t *item, peil_view *view,
                                      peil_fault *fault) PEIL_CHECKED;

/* For view.c: those of a view that was condensed from answers. */
peil_status peil_view_condense_replicates(const peil_view *answers, peil_view *view,
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
