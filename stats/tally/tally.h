/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact totals: for every question, cube, leaf, base cell and answer the respondents, their
 * weights and, where respondents are the sampled units, the squares of their weights; or their
 * weights in every replicate. They depend
 * on the set of rows alone, and two tallies add up to the tally of both.
 *
 * A question with few distinct numbers keeps each of them as an answer. One with more than
 * PEIL_FEW turns, exactly, into moments: sums of w a^i b^j and of w^2 a^i b^j. */
#ifndef PEIL_TALLY_TALLY_H
#define PEIL_TALLY_TALLY_H

#include "core/numbers.h"
#include "core/plane.h"
#include "plan/codes.h"
#include "tally/sketch.h"

#define PEIL_FEW 256

/* Moments up to a^2 b^2 for a pair, a^4 for one number. */
#define PEIL_MOMENTS 6

/* The powers of a and b in moment k. The first three of one number, and all of a pair, are those
 * of the weights; the squares of the weights go on to a^4 when squares are asked for. */
typedef struct peil_powers {
    int a, b;
} peil_powers;
peil_powers peil_moment_powers(bool pairs, size_t k);
size_t peil_moment_count(const peil_shape *shape, bool squared_weights);

/* The sums of one question in one cube. */
typedef struct peil_sums {
    peil_pairs entries; /* (pair, answer), where the answers' number is not known beforehand */
    peil_plane n;       /* respondents with a weight above 0 */
    peil_plane zeros;   /* respondents with a weight of 0: they are there, and count for nothing */
    peil_plane w[PEIL_MOMENTS], ww[PEIL_MOMENTS]; /* answers: only [0]; ww only as kept */
    peil_plane replicate[PEIL_MOMENTS];           /* as w, a lane for each replicate */
    peil_sketch unanswered; /* of those without a valid answer, when ranks of cells are kept */
} peil_sums;

/* Whose replicate weights are counted in degrees of freedom. */
typedef enum peil_ranks {
    PEIL_RANKS_NONE,
    PEIL_RANKS_OF_CELLS, /* of those who answered, in each cell */
    PEIL_RANK_OF_ALL     /* of everybody */
} peil_ranks;

/* What a tally keeps beside sums of weights. */
typedef struct peil_keeping {
    bool squares; /* sums of squared weights: respondents are the sampled units */
    size_t replicates;
    peil_ranks ranks;
} peil_keeping;

typedef struct peil_tally_question {
    peil_shape shape;
    bool is_moments;
    peil_numbers numbers; /* the answers, when they are not coded */
    uint8_t *seen;        /* coded answers: which codes occurred at all, domain or not */
    size_t nseen;
    uint64_t unanswered;      /* rows of the domain without a valid answer, when shape.is_total */
    int32_t scale_a, scale_b; /* decimals of the moments */
    peil_sums *cubes;
} peil_tally_question;

typedef struct peil_tally {
    size_t ncubes, nquestions;
    peil_keeping keeping;
    bool has_everybody;                    /* the last cube holds everybody */
    int32_t weight_scale, replicate_scale; /* decimals of the weights */
    peil_pairs *pairs;                     /* by cube: (leaf, base cell) */
    peil_tally_question *questions;
    peil_sketch *everyone; /* by cube: of pairs, when ranks of cells are kept */
    peil_sketch whole;     /* when the rank of all is kept */

    /* of the batch at hand */
    size_t rows;
    uint32_t **pair, *place, *code;
    size_t room;
    peil_addends ones, zeros, w, ww, replicate;
    bool has_zeros;
    peil_sketch_rows sketching;
} peil_tally;

/* How many entries the sums of a question hold, and the pair and answer code of one. Moments have
 * an entry for each pair, a known number of answers so many for each. An entry may be empty. */
size_t peil_entry_count(const peil_tally *tally, size_t question, size_t cube);
void peil_entry_place(const peil_tally *tally, size_t question, size_t cube, uint32_t entry,
                      uint32_t *pair, uint32_t *code);

/* An empty tally. The caller clears, also after a failure. */
peil_status peil_tally_make(size_t ncubes, const peil_shape *shapes, size_t nquestions,
                            peil_keeping keeping, peil_tally *tally,
                            peil_fault *fault) PEIL_CHECKED;

/* Begins a batch: its rows' weights and places. */
peil_status peil_tally_begin(peil_tally *tally, const peil_codes *codes,
                             peil_fault *fault) PEIL_CHECKED;

/* Adds the answers of that batch to one question. */
peil_status peil_tally_add(peil_tally *tally, size_t question, const peil_answers *answers,
                           peil_fault *fault) PEIL_CHECKED;

/* Adds `from` to `into`. `from` may be rescaled and turned into moments on the way. */
peil_status peil_tally_merge(peil_tally *into, peil_tally *from,
                             const peil_translation *translation, peil_fault *fault) PEIL_CHECKED;

/* Gives weights, and those of replicates, the higher number of decimals; for the merge. */
peil_status peil_tally_raise(peil_tally *tally, int32_t weight_scale, int32_t replicate_scale,
                             peil_fault *fault) PEIL_CHECKED;

/* Turns a question's answers into moments, if they are not yet; for the merge. */
peil_status peil_tally_condense(peil_tally *tally, size_t question, peil_fault *fault) PEIL_CHECKED;

/* Gives a question's moments at least so many decimals; for the merge. */
peil_status peil_tally_refine(peil_tally *tally, size_t question, int32_t scale_a, int32_t scale_b,
                              peil_fault *fault) PEIL_CHECKED;

void peil_tally_clear(peil_tally *tally);

/* What the sums of a tally are about, as far as it is known when they are loaded. */
typedef struct peil_tally_limits {
    size_t nleaves;
    const size_t *ncells;   /* by cube */
    const size_t *nanswers; /* by question: codes of answers; 0 where they are numbers */
    uint64_t rows;          /* that passed --sample */
} peil_tally_limits;

/* Into a state file, and out of one: of an empty tally of the same questions. */
void peil_tally_save(const peil_tally *tally, peil_text *out);
peil_status peil_tally_load(peil_tally *tally, const peil_tally_limits *limits, peil_unpacking *in,
                            peil_fault *fault) PEIL_CHECKED;

#endif
