/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums. A plane is an array of whole numbers of the same width, in two's complement words of
 * 64 bits, as many words as provably hold every sum: one for most surveys, more when weights have
 * many decimals. So addition never rounds and never overflows, and its order does not matter. */
#ifndef PEIL_CORE_PLANE_H
#define PEIL_CORE_PLANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/pack.h"
#include "core/pairs.h"
#include "core/real.h"

/* Whole numbers of the same width, one a row or several side by side. */
typedef struct peil_addends {
    uint64_t *words; /* row after row, lane after lane, least significant word first */
    size_t words_capacity;
    size_t lanes;  /* numbers a row; 0: one */
    size_t width;  /* words a number, at least 1 */
    unsigned bits; /* every |number| is below 2^bits */
} peil_addends;

/* Makes addends of `n` decimals: each times 10^scale, which must be no less than any decimal's own
 * scale. A row that does not take part may hold any decimal of a smaller scale. */
peil_status peil_addends_of(peil_addends *out, const peil_decimal *values, size_t n, int32_t scale,
                            peil_fault *fault) PEIL_CHECKED;

/* The same of several columns, which become the lanes: columns[lane][row]. */
peil_status peil_addends_of_columns(peil_addends *out, peil_decimal *const *columns,
                                    size_t ncolumns, size_t n, int32_t scale,
                                    peil_fault *fault) PEIL_CHECKED;

/* out[i] = a[i] * b[i], every lane of a times the one number of b; out must be neither. */
peil_status peil_addends_multiply(peil_addends *out, const peil_addends *a, const peil_addends *b,
                                  size_t n, peil_fault *fault) PEIL_CHECKED;

/* How lanes become fewer: each is added to, or taken off, so many of them. Borrows. */
typedef struct peil_folding {
    size_t lanes, places; /* lanes in the end; those that each goes to */
    const uint32_t *to;   /* lane after lane, its places */
    const bool *minus;    /* the same: whether it is taken off there */
} peil_folding;

/* out[i][to[k]] += a[i][k / places], or -= where minus[k]; out must not be a. */
peil_status peil_addends_fold(peil_addends *out, const peil_addends *a, size_t n,
                              const peil_folding *how, peil_fault *fault) PEIL_CHECKED;

void peil_addends_clear(peil_addends *addends);

typedef struct peil_plane {
    uint64_t *words;
    size_t words_capacity;
    size_t count;       /* places */
    size_t lanes;       /* sums a place, side by side; 0: one. Set before anything else. */
    size_t width;       /* words a sum; 0 while empty */
    unsigned bits;      /* no addend reached 2^bits */
    uint64_t additions; /* rows added to the whole plane, so at most so many to one sum */
} peil_plane;

/* Makes the plane hold `count` places, new sums zero. */
peil_status peil_plane_resize(peil_plane *plane, size_t count, peil_fault *fault) PEIL_CHECKED;

/* sum[place[i]] += addends[i], lane by lane, for every i < n with place[i] != PEIL_NONE. The plane
 * and the addends have the same number of lanes. */
peil_status peil_plane_add(peil_plane *plane, const uint32_t *place, const peil_addends *addends,
                           size_t n, peil_fault *fault) PEIL_CHECKED;

/* A row that is added to a place, or taken off it. */
typedef struct peil_scattered {
    uint32_t row, place;
    bool is_off;
} peil_scattered;

/* sum[place] += or -= addends[row], for each of n such rows. */
peil_status peil_plane_scatter(peil_plane *plane, const peil_scattered *rows, size_t n,
                               const peil_addends *addends, peil_fault *fault) PEIL_CHECKED;

/* Every sum times 10^power, power >= 0. */
peil_status peil_plane_scale(peil_plane *plane, int32_t power, peil_fault *fault) PEIL_CHECKED;

/* into[place[i]] += from[i] for every place of `from` with place[i] != PEIL_NONE. Both hold the
 * same scale and lanes, and `into` has room for every place. */
peil_status peil_plane_merge(peil_plane *into, const peil_plane *from, const uint32_t *place,
                             peil_fault *fault) PEIL_CHECKED;

/* into[place[i]] -= from[i] */
peil_status peil_plane_take_off(peil_plane *into, const peil_plane *from, const uint32_t *place,
                                peil_fault *fault) PEIL_CHECKED;

/* A sum in 113 bits; that of a lane is number place * lanes + lane. */
peil_real peil_plane_real(const peil_plane *plane, size_t i);

/* The same as a double, within its rounding. */
double peil_plane_double(const peil_plane *plane, size_t i);

/* -1, 0 or 1: the sign of a sum. */
int peil_plane_sign(const peil_plane *plane, size_t i);

/* plane[i] -= factor[i] * 2^(64 words) * other[i] for every place: the step that moves moments to
 * another origin, exactly. The planes have the same count and lanes. */
peil_status peil_plane_shift(peil_plane *plane, const peil_plane *other, const int64_t *factor,
                             size_t words, peil_fault *fault) PEIL_CHECKED;

#define PEIL_PLANE_WIDTH_MOST 240 /* of a plane from a state: reals end at 256 words */

/* Into a state file, in the fewest words that hold every sum, and out of one: of an empty plane. */
void peil_plane_save(const peil_plane *plane, peil_text *out);
peil_status peil_plane_load(peil_plane *plane, peil_unpacking *in, peil_fault *fault) PEIL_CHECKED;

void peil_plane_clear(peil_plane *plane);

#endif
