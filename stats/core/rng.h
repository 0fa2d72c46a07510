/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers that a key fixes: splitmix64 (Steele, Lea and Flood 2014), begun anew for every
 * key, so that draws depend on no other draws, on no order and on no machine. */
#ifndef PEIL_CORE_RNG_H
#define PEIL_CORE_RNG_H

#include <stdint.h>

typedef struct peil_rng {
    uint64_t state;
} peil_rng;

/* Any word to one that shows none of its pattern; one to one. */
static inline uint64_t peil_mix(uint64_t z) {
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* The generator of a seed and two numbers, such as those of a stratum and a replicate. */
peil_rng peil_rng_make(uint64_t seed, uint64_t a, uint64_t b);

/* 64 random bits. */
uint64_t peil_rng_next(peil_rng *rng);

/* From 0 to n - 1, each as likely; n is above 0. */
uint64_t peil_rng_below(peil_rng *rng, uint64_t n);

#endif
