/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The generator against the published numbers of splitmix64, and draws against their shares. */
#include "core/rng.h"

#include "support/testing.h"

/* Of a state of 1234567, as the generator's authors and others print them. */
Test(rng, is_splitmix64) {
    static const uint64_t wanted[] = {6457827717110365317u, 3203168211198807973u,
                                      9817491932198370423u, 4593380528125082431u,
                                      16408922859458223821u};
    peil_rng rng = {1234567};
    for (size_t i = 0; i < COUNT(wanted); i++) cr_expect_eq(peil_rng_next(&rng), wanted[i]);
}

Test(rng, keys_begin_apart) {
    static const uint64_t keys[][3] = {{1, 0, 0}, {1, 0, 1}, {1, 1, 0},
                                       {0, 1, 0}, {2, 0, 0}, {0, 0, 1},
                                       {0, 0, 0}, {1, 1, 1}, {UINT64_MAX, 0, 0}};
    for (size_t i = 0; i < COUNT(keys); i++)
        for (size_t k = 0; k < i; k++) {
            peil_rng a = peil_rng_make(keys[i][0], keys[i][1], keys[i][2]);
            peil_rng b = peil_rng_make(keys[k][0], keys[k][1], keys[k][2]);
            for (int draw = 0; draw < 4; draw++)
                cr_expect_neq(peil_rng_next(&a), peil_rng_next(&b), "%zu and %zu", i, k);
        }
}

Test(rng, a_key_is_a_series) {
    peil_rng a = peil_rng_make(5, 6, 7), b = peil_rng_make(5, 6, 7);
    for (int i = 0; i < 10; i++) cr_expect_eq(peil_rng_next(&a), peil_rng_next(&b));
}

/* 5 standard deviations of a binomial count. */
Test(rng, numbers_below_are_as_likely) {
    static const uint64_t sizes[] = {1, 2, 3, 7, 10, 100};
    enum { DRAWS = 200000 };
    peil_rng rng = peil_rng_make(3, 0, 0);
    for (size_t s = 0; s < COUNT(sizes); s++) {
        const double n = (double)sizes[s];
        uint64_t counts[100] = {0};
        for (int i = 0; i < DRAWS; i++) {
            const uint64_t drawn = peil_rng_below(&rng, sizes[s]);
            cr_assert_lt(drawn, sizes[s]);
            counts[drawn]++;
        }
        for (uint64_t k = 0; k < sizes[s]; k++) {
            const double away = (double)counts[k] - DRAWS / n;
            HOLDS(away * away <= 25 * DRAWS / n * (1 - 1 / n), "%" PRIu64 " below %.0f", k, n);
        }
    }
}

/* Two thirds of 2^64: without a second draw the lower half would come twice as often. */
Test(rng, large_numbers_below_are_as_likely) {
    const uint64_t n = UINT64_MAX / 3 * 2;
    peil_rng rng = peil_rng_make(4, 0, 0);
    int low = 0;
    for (int i = 0; i < 10000; i++) low += peil_rng_below(&rng, n) < n / 2;
    cr_expect(low > 4750 && low < 5250, "%d", low);
}
