/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps from pairs, and from numbers, to the order in which they were first seen. */
#include "core/numbers.h"
#include "core/pairs.h"

#include "support/testing.h"

static uint32_t number_of(peil_pairs *pairs, uint32_t a, uint32_t b) {
    uint32_t number = PEIL_NONE;
    cr_assert_eq(peil_pairs_number(pairs, a, b, &number, NULL), PEIL_OK);
    return number;
}

Test(pairs, numbers_as_first_seen) {
    static const struct {
        uint32_t a, b, number;
    } cases[] = {{0, 0, 0},          {0, 1, 1},          {1, 0, 2}, {0, 0, 0},
                 {UINT32_MAX, 0, 3}, {0, UINT32_MAX, 4}, {1, 0, 2}, {UINT32_MAX, UINT32_MAX, 5},
                 {0, UINT32_MAX, 4}};
    peil_pairs pairs = {0};
    for (size_t i = 0; i < COUNT(cases); i++)
        cr_expect_eq(number_of(&pairs, cases[i].a, cases[i].b), cases[i].number, "case %zu", i);
    cr_expect_eq(pairs.count, 6);
    peil_pairs_clear(&pairs);
    peil_pairs_clear(&pairs);
}

Test(pairs, many) {
    enum { A = 300, B = 100 };
    static uint32_t wanted[A][B]; /* number + 1 */
    peil_pairs pairs = {0};
    uint64_t state = 11;
    uint32_t next = 0;
    for (size_t i = 0; i < 50000; i++) {
        const uint32_t a = (uint32_t)random_below(&state, A), b = (uint32_t)random_below(&state, B);
        if (!wanted[a][b]) wanted[a][b] = ++next;
        const uint32_t number = number_of(&pairs, a << 16, b);
        HOLDS(number + 1 == wanted[a][b], "(%" PRIu32 ", %" PRIu32 ")", a, b);
        HOLDS(peil_pairs_first(&pairs, number) == a << 16, "%" PRIu32, number);
        HOLDS(peil_pairs_second(&pairs, number) == b, "%" PRIu32, number);
    }
    cr_expect_eq(pairs.count, next);
    cr_expect_gt(next, 20000);
    peil_pairs_clear(&pairs);
}

Test(numbers, number_as_first_seen) {
    peil_numbers numbers = {0};
    uint64_t state = 12;
    uint32_t code;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 3000; i++) {
            const peil_decimal a = {(int64_t)(i / 3) - 500, (int32_t)(i % 3)}, b = {(int64_t)i, 0};
            cr_assert_eq(peil_numbers_code(&numbers, a, b, &code, NULL), PEIL_OK);
            HOLDS(code == i, "round %d: %" PRIu32 " for %" PRIu32, round, code, i);
        }
    cr_expect_eq(numbers.count, 3000);
    for (size_t i = 0; i < 100; i++) {
        const size_t k = random_below(&state, 3000);
        HOLDS(numbers.values[k].b.digits == (int64_t)k, "%zu", k);
    }
    peil_numbers_clear(&numbers);
}
