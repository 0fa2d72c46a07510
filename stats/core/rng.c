/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rng.h"

__extension__ typedef unsigned __int128 uint128;

#define STEP 0x9E3779B97F4A7C15u /* 2^64 over the golden ratio */

peil_rng peil_rng_make(uint64_t seed, uint64_t a, uint64_t b) {
    const uint64_t first = peil_mix(peil_mix(seed + STEP) + a + STEP);
    return (peil_rng){peil_mix(first + b + STEP)};
}

uint64_t peil_rng_next(peil_rng *rng) {
    rng->state += STEP;
    return peil_mix(rng->state);
}

/* Lemire (2019): the high word of bits * n; bits with too low a low word are drawn again, as they
 * would make some numbers likelier. */
uint64_t peil_rng_below(peil_rng *rng, uint64_t n) {
    const uint64_t surplus = (0 - n) % n; /* 2^64 modulo n */
    uint128 product;
    do product = (uint128)peil_rng_next(rng) * n;
    while ((uint64_t)product < surplus);
    return (uint64_t)(product >> 64);
}
