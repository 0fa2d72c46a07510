/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums. A plane is an array of whole numbers of the same width, in two's complement words of
 * 64 bits, as many words as provably hold every sum: one for most surveys, more when weights have
 * many decimals. So addition never rounds and never overflows, and its order does not matter. */
#ifndef PEIL_CORE_PLANE_H
#define PEIL_CORE_PLANE_H

#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/pairs.h"
#include "core/real.h"

/* One whole number a row, all of the same width. */
typedef struct peil_addends {
    uint64_t *words; /* row after row, least significant word first */
    size_t words_capacity;
    size_t width;  /* words a number, at least 1 */
    unsigned bits; /* every |number| is below 2^bits */
} peil_addends;

/* Makes addends of `n` decimals: each times 10^scale, which must be no less than any decimal's own
 * scale. A row that does not take part may hold any decimal of a smaller scale. */
peil_status peil_addends_of(peil_addends *out, const peil_decimal *values, size_t n, int32_t scale,
                            peil_fault *fault) PEIL_CHECKED;

/* out[i] = a[i] * b[i]; out must be neither. */
peil_status peil_addends_multiply(peil_addends *out, const peil_addends *a, const peil_addends *b,
                                  size_t n, peil_fault *fault) PEIL_CHECKED;

void peil_addends_clear(peil_addends *addends);

typedef struct peil_plane {
    uint64_t *words;
    size_t words_capacity;
    size_t count;       /* sums */
    size_t width;       /* words a sum; 0 while empty */
    unsigned bits;      /* no addend reached 2^bits */
    uint64_t additions; /* numbers added to the whole plane, so at most so many to one sum */
} peil_plane;

/* Makes the plane hold `count` sums, new ones zero. */
peil_status peil_plane_resize(peil_plane *plane, size_t count, peil_fault *fault) PEIL_CHECKED;

/* sum[place[i]] += addends[i] for every i < n with place[i] != PEIL_NONE. */
peil_status peil_plane_add(peil_plane *plane, const uint32_t *place, const peil_addends *addends,
                           size_t n, peil_fault *fault) PEIL_CHECKED;

/* Every sum times 10^power, power >= 0. */
peil_status peil_plane_scale(peil_plane *plane, int32_t power, peil_fault *fault) PEIL_CHECKED;

/* into[place[i]] += from[i] for every sum of `from` with place[i] != PEIL_NONE. Both hold the same
 * scale, and `into` has room for every place. */
peil_status peil_plane_merge(peil_plane *into, const peil_plane *from, const uint32_t *place,
                             peil_fault *fault) PEIL_CHECKED;

/* A sum in 113 bits. */
peil_real peil_plane_real(const peil_plane *plane, size_t i);

/* plane[i] -= factor[i] * 2^(64 words) * other[i] for every sum: the step that moves moments to
 * another origin, exactly. The planes have the same count. */
peil_status peil_plane_shift(peil_plane *plane, const peil_plane *other, const int64_t *factor,
                             size_t words, peil_fault *fault) PEIL_CHECKED;

void peil_plane_clear(peil_plane *plane);

#endif
