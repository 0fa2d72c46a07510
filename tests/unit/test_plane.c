/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums against plain arithmetic on numbers of a fixed, generous width. */
#include "core/plane.h"

#include "support/testing.h"

__extension__ typedef unsigned __int128 uint128;
__extension__ typedef __int128 int128;

enum { WORDS = 24, ROWS = 400, SUMS = 7 };

typedef struct big {
    uint64_t word[WORDS]; /* two's complement, least significant first */
} big;

static big big_of(int64_t x) {
    big out;
    for (size_t i = 0; i < WORDS; i++) out.word[i] = i ? (x < 0 ? UINT64_MAX : 0) : (uint64_t)x;
    return out;
}

static big big_add(big a, big b) {
    uint128 carry = 0;
    for (size_t i = 0; i < WORDS; i++) {
        carry += (uint128)a.word[i] + b.word[i];
        a.word[i] = (uint64_t)carry;
        carry >>= 64;
    }
    return a;
}

static big big_multiply(big a, big b) {
    big out = {{0}};
    for (size_t i = 0; i < WORDS; i++) {
        uint128 carry = 0;
        for (size_t j = 0; i + j < WORDS; j++) {
            carry += (uint128)a.word[i] * b.word[j] + out.word[i + j];
            out.word[i + j] = (uint64_t)carry;
            carry >>= 64;
        }
    }
    return out;
}

static big big_times_power(big x, int32_t power) {
    for (; power > 0; power--) x = big_multiply(x, big_of(10));
    return x;
}

/* The fewest bits with |x| < 2^bits. */
static unsigned bits_of(big x) {
    if (x.word[WORDS - 1] >> 63) x = big_multiply(x, big_of(-1));
    unsigned bits = 64 * WORDS;
    while (bits && !(x.word[(bits - 1) / 64] >> (bits - 1) % 64 & 1)) bits--;
    return bits;
}

static bool is_same(const uint64_t *words, size_t width, const big *wanted) {
    const uint64_t sign = words[width - 1] >> 63 ? UINT64_MAX : 0;
    for (size_t i = 0; i < WORDS; i++)
        if ((i < width ? words[i] : sign) != wanted->word[i]) return false;
    return true;
}

static void check_plane(const peil_plane *plane, const big *wanted, const char *what) {
    for (size_t i = 0; i < plane->count; i++)
        HOLDS(is_same(plane->words + i * plane->width, plane->width, &wanted[i]),
              "%s: sum %zu of width %zu", what, i, plane->width);
}

/* What a series of batches may look like. */
static const struct {
    int digits_most;    /* of a number */
    int32_t scale_most; /* of a number */
    bool negative;
} kinds[] = {{1, 0, false}, {4, 3, false},  {17, 0, true},
             {17, 5, true}, {10, 40, true}, {17, 300, true}};

static peil_decimal random_decimal(uint64_t *state, size_t kind, int32_t scale_most) {
    int64_t most = 1;
    for (int i = 0; i < kinds[kind].digits_most; i++) most *= 10;
    int64_t digits = (int64_t)random_below(state, (uint64_t)most);
    if (kinds[kind].negative && random_below(state, 2)) digits = -digits;
    return (peil_decimal){digits, (int32_t)random_below(state, (uint64_t)scale_most + 1)};
}

static big big_of_decimal(peil_decimal x, int32_t scale) {
    return big_times_power(big_of(x.digits), scale - x.scale);
}

static void random_batch(uint64_t *state, size_t kind, int32_t scale, peil_decimal *values,
                         uint32_t *place, size_t nsums) {
    for (size_t i = 0; i < ROWS; i++) {
        values[i] = random_decimal(state, kind, scale);
        place[i] = random_below(state, 10) ? (uint32_t)random_below(state, nsums) : PEIL_NONE;
    }
}

Test(plane, sums_are_exact) {
    uint64_t state = 3;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        peil_plane plane = {0};
        peil_addends addends = {0};
        big wanted[SUMS] = {{{0}}};
        peil_decimal values[ROWS];
        uint32_t place[ROWS];
        int32_t scale = 0;
        for (size_t batch = 0; batch < 6; batch++) {
            /* scales and sums grow as batches come, as in a tally */
            const int32_t now = (int32_t)((size_t)kinds[kind].scale_most * (batch + 1) / 6);
            const size_t nsums = batch < 5 ? batch + 2 : SUMS;
            random_batch(&state, kind, now, values, place, nsums);
            for (size_t i = 0; i < SUMS; i++) wanted[i] = big_times_power(wanted[i], now - scale);
            for (size_t i = 0; i < ROWS; i++)
                if (place[i] != PEIL_NONE)
                    wanted[place[i]] = big_add(wanted[place[i]], big_of_decimal(values[i], now));
            cr_assert_eq(peil_plane_scale(&plane, now - scale, NULL), PEIL_OK);
            cr_assert_eq(peil_plane_resize(&plane, nsums, NULL), PEIL_OK);
            cr_assert_eq(peil_addends_of(&addends, values, ROWS, now, NULL), PEIL_OK);
            cr_assert_eq(peil_plane_add(&plane, place, &addends, ROWS, NULL), PEIL_OK);
            scale = now;
            check_plane(&plane, wanted, "added");
        }
        cr_expect_eq(plane.count, SUMS);
        peil_addends_clear(&addends);
        peil_plane_clear(&plane);
    }
}

Test(plane, addends_are_exact_and_their_bits_hold) {
    uint64_t state = 4;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        peil_addends addends = {0};
        peil_decimal values[ROWS];
        uint32_t place[ROWS];
        random_batch(&state, kind, kinds[kind].scale_most, values, place, 1);
        values[0] = (peil_decimal){0, 0};
        values[1] = (peil_decimal){INT64_MAX, kinds[kind].scale_most};
        values[2] = (peil_decimal){-INT64_MAX, kinds[kind].scale_most};
        values[3] = (peil_decimal){5, kinds[kind].scale_most + 1}; /* takes no part */
        cr_assert_eq(peil_addends_of(&addends, values, ROWS, kinds[kind].scale_most, NULL),
                     PEIL_OK);
        for (size_t i = 0; i < ROWS; i++) {
            const big wanted =
                i == 3 ? big_of(0) : big_of_decimal(values[i], kinds[kind].scale_most);
            const uint64_t *words = addends.words + i * addends.width;
            HOLDS(is_same(words, addends.width, &wanted), "kind %zu, row %zu", kind, i);
            HOLDS(bits_of(wanted) <= addends.bits, "kind %zu, row %zu", kind, i);
        }
        peil_addends_clear(&addends);
    }
}

Test(plane, products_are_exact) {
    uint64_t state = 5;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        peil_addends a = {0}, b = {0}, ab = {0}, aab = {0};
        peil_decimal values[ROWS], others[ROWS];
        uint32_t place[ROWS];
        const int32_t scale = kinds[kind].scale_most / 4;
        random_batch(&state, kind, scale, values, place, 1);
        random_batch(&state, kind, scale, others, place, 1);
        values[0].digits = INT64_MAX;
        others[0].digits = -INT64_MAX;
        cr_assert_eq(peil_addends_of(&a, values, ROWS, scale, NULL), PEIL_OK);
        cr_assert_eq(peil_addends_of(&b, others, ROWS, scale, NULL), PEIL_OK);
        cr_assert_eq(peil_addends_multiply(&ab, &a, &b, ROWS, NULL), PEIL_OK);
        cr_assert_eq(peil_addends_multiply(&aab, &ab, &a, ROWS, NULL), PEIL_OK);
        for (size_t i = 0; i < ROWS; i++) {
            const big x = big_of_decimal(values[i], scale), y = big_of_decimal(others[i], scale);
            const big xy = big_multiply(x, y), xxy = big_multiply(xy, x);
            HOLDS(is_same(ab.words + i * ab.width, ab.width, &xy), "kind %zu, row %zu", kind, i);
            HOLDS(is_same(aab.words + i * aab.width, aab.width, &xxy), "kind %zu, row %zu", kind,
                  i);
        }
        peil_addends_clear(&a);
        peil_addends_clear(&b);
        peil_addends_clear(&ab);
        peil_addends_clear(&aab);
    }
}

/* A plane of random sums, and the same sums in plain arithmetic. */
static void fill(uint64_t *state, size_t kind, size_t count, peil_plane *plane, big *wanted) {
    peil_addends addends = {0};
    peil_decimal values[ROWS];
    uint32_t place[ROWS];
    random_batch(state, kind, kinds[kind].scale_most, values, place, count);
    for (size_t i = 0; i < count; i++) wanted[i] = big_of(0);
    for (size_t i = 0; i < ROWS; i++)
        if (place[i] != PEIL_NONE)
            wanted[place[i]] =
                big_add(wanted[place[i]], big_of_decimal(values[i], kinds[kind].scale_most));
    cr_assert_eq(peil_plane_resize(plane, count, NULL), PEIL_OK);
    cr_assert_eq(peil_addends_of(&addends, values, ROWS, kinds[kind].scale_most, NULL), PEIL_OK);
    cr_assert_eq(peil_plane_add(plane, place, &addends, ROWS, NULL), PEIL_OK);
    peil_addends_clear(&addends);
}

Test(plane, merges) {
    static const uint32_t places[] = {3, PEIL_NONE, 0, 3};
    uint64_t state = 6;
    for (size_t one = 0; one < COUNT(kinds); one++)
        for (size_t other = 0; other < COUNT(kinds); other++) {
            peil_plane into = {0}, from = {0};
            big wanted[SUMS], added[COUNT(places)];
            fill(&state, one, SUMS, &into, wanted);
            fill(&state, other, COUNT(places), &from, added);
            cr_assert_eq(peil_plane_merge(&into, &from, places, NULL), PEIL_OK);
            for (size_t i = 0; i < COUNT(places); i++)
                if (places[i] != PEIL_NONE)
                    wanted[places[i]] = big_add(wanted[places[i]], added[i]);
            check_plane(&into, wanted, "merged");
            check_plane(&from, added, "left alone");
            peil_plane_clear(&into);
            peil_plane_clear(&from);
        }
}

Test(plane, merges_into_an_empty_one) {
    static const uint32_t places[] = {1, 0};
    uint64_t state = 7;
    peil_plane into = {0}, from = {0}, nothing = {0};
    big added[2];
    fill(&state, 3, 2, &from, added);
    cr_assert_eq(peil_plane_resize(&into, 2, NULL), PEIL_OK);
    cr_assert_eq(peil_plane_merge(&into, &nothing, places, NULL), PEIL_OK);
    cr_assert_eq(peil_plane_merge(&into, &from, places, NULL), PEIL_OK);
    const big wanted[] = {added[1], added[0]};
    check_plane(&into, wanted, "merged");
    peil_plane_clear(&into);
    peil_plane_clear(&from);
}

Test(plane, shifts) {
    static const int64_t factors[SUMS] = {0, 1, -1, 10000000, INT64_MAX, -INT64_MAX, 3};
    uint64_t state = 8;
    for (size_t words = 0; words < 3; words++)
        for (size_t one = 0; one < COUNT(kinds); one++)
            for (size_t other = 0; other + 1 < COUNT(kinds); other++) {
                peil_plane plane = {0}, subtracted = {0};
                big wanted[SUMS], lower[SUMS], unit = big_of(0);
                unit.word[words] = 1;
                fill(&state, one, SUMS, &plane, wanted);
                fill(&state, other, SUMS, &subtracted, lower);
                cr_assert_eq(peil_plane_shift(&plane, &subtracted, factors, words, NULL), PEIL_OK);
                for (size_t i = 0; i < SUMS; i++) {
                    const big factor = big_multiply(big_of(-factors[i]), unit);
                    wanted[i] = big_add(wanted[i], big_multiply(factor, lower[i]));
                }
                check_plane(&plane, wanted, "shifted");
                peil_plane_clear(&plane);
                peil_plane_clear(&subtracted);
            }
}

Test(plane, scales) {
    static const int32_t powers[] = {0, 1, 17, 18, 19, 36, 37, 100, 300};
    uint64_t state = 9;
    for (size_t i = 0; i < COUNT(powers); i++) {
        peil_plane plane = {0};
        big wanted[SUMS];
        fill(&state, 2, SUMS, &plane, wanted);
        cr_assert_eq(peil_plane_scale(&plane, powers[i], NULL), PEIL_OK);
        for (size_t k = 0; k < SUMS; k++) wanted[k] = big_times_power(wanted[k], powers[i]);
        check_plane(&plane, wanted, "scaled");
        peil_plane_clear(&plane);
    }
}

static void add_often(int64_t digits, int times) {
    peil_plane plane = {0};
    peil_addends addends = {0};
    const peil_decimal value = {digits, 0};
    const uint32_t place = 0;
    big wanted = big_of(0);
    cr_assert_eq(peil_plane_resize(&plane, 1, NULL), PEIL_OK);
    cr_assert_eq(peil_addends_of(&addends, &value, 1, 0, NULL), PEIL_OK);
    while (times-- > 0) {
        HOLDS(peil_plane_add(&plane, &place, &addends, 1, NULL) == PEIL_OK, "%d", times);
        wanted = big_add(wanted, big_of(digits));
        check_plane(&plane, &wanted, "added");
    }
    peil_plane_clear(&plane);
    peil_addends_clear(&addends);
}

/* Sums that pass the largest number of a word, and of its sign. */
Test(plane, widens_in_time) {
    add_often(INT64_MAX, 1000);
    add_often(-INT64_MAX, 1000);
    add_often((int64_t)1 << 60, 1000);
    add_often(-((int64_t)1 << 62), 1000);
}

Test(plane, becomes_reals) {
    uint64_t state = 10;
    for (size_t i = 0; i < 200; i++) {
        const int64_t a = (int64_t)random_next(&state) >> random_below(&state, 63);
        const int64_t b = (int64_t)(random_next(&state) >> 15 >> random_below(&state, 40));
        const int128 number = (int128)a * b; /* at most 112 bits */
        uint64_t words[3] = {(uint64_t)number, (uint64_t)(number >> 64),
                             number < 0 ? UINT64_MAX : 0};
        const peil_plane plane = {.words = words, .count = 1, .width = 3};
        HOLDS(peil_plane_real(&plane, 0) == (peil_real)a * (peil_real)b, "%" PRId64 " %" PRId64, a,
              b);
    }
}
