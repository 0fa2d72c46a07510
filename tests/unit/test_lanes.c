/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plane of lanes is as many planes side by side; those are held against plain arithmetic in
 * test_plane.c. */
#include "core/plane.h"

#include "support/testing.h"

enum { ROWS = 150, PLACES = 6, LANES = 5 };

/* Numbers of one word, of two, and of more. */
static const struct {
    uint64_t below;
    int32_t scales;
} kinds[] = {{1000, 2}, {UINT64_C(100000000000000000), 3}, {UINT64_C(100000000000000000), 40}};

/* A plane of lanes, and each lane as a plane of its own. */
typedef struct both {
    peil_plane lanes, alone[LANES];
    peil_addends addends, each[LANES];
    peil_decimal columns[LANES][ROWS];
    uint32_t place[ROWS];
} both;

static void draw(uint64_t *state, size_t kind, both *b) {
    for (size_t i = 0; i < ROWS; i++) {
        b->place[i] = random_below(state, 8) ? (uint32_t)random_below(state, PLACES) : PEIL_NONE;
        for (size_t lane = 0; lane < LANES; lane++) {
            const int64_t digits = (int64_t)random_below(state, kinds[kind].below);
            b->columns[lane][i] =
                (peil_decimal){random_below(state, 3) ? digits : -digits,
                               (int32_t)random_below(state, (uint64_t)kinds[kind].scales + 1)};
        }
    }
}

static void take(size_t kind, both *b) {
    peil_decimal *columns[LANES];
    for (size_t lane = 0; lane < LANES; lane++) {
        columns[lane] = b->columns[lane];
        cr_assert_eq(peil_addends_of(&b->each[lane], columns[lane], ROWS, kinds[kind].scales, NULL),
                     PEIL_OK);
        cr_assert_eq(peil_plane_resize(&b->alone[lane], PLACES, NULL), PEIL_OK);
    }
    cr_assert_eq(
        peil_addends_of_columns(&b->addends, columns, LANES, ROWS, kinds[kind].scales, NULL),
        PEIL_OK);
    b->lanes.lanes = LANES;
    cr_assert_eq(peil_plane_resize(&b->lanes, PLACES, NULL), PEIL_OK);
}

static void add(both *b) {
    cr_assert_eq(peil_plane_add(&b->lanes, b->place, &b->addends, ROWS, NULL), PEIL_OK);
    for (size_t lane = 0; lane < LANES; lane++)
        cr_assert_eq(peil_plane_add(&b->alone[lane], b->place, &b->each[lane], ROWS, NULL),
                     PEIL_OK);
}

static void make(uint64_t *state, size_t kind, both *b) {
    *b = (both){0};
    draw(state, kind, b);
    take(kind, b);
    add(b);
}

static void clear(both *b) {
    peil_plane_clear(&b->lanes);
    peil_addends_clear(&b->addends);
    for (size_t lane = 0; lane < LANES; lane++) {
        peil_plane_clear(&b->alone[lane]);
        peil_addends_clear(&b->each[lane]);
    }
}

static uint64_t word_of(const peil_plane *plane, size_t number, size_t k) {
    const uint64_t *words = plane->words + number * plane->width;
    return k < plane->width ? words[k] : words[plane->width - 1] >> 63 ? UINT64_MAX : 0;
}

static void check(const both *b, const char *what) {
    for (size_t place = 0; place < PLACES; place++)
        for (size_t lane = 0; lane < LANES; lane++)
            for (size_t k = 0; k < 16; k++)
                HOLDS(word_of(&b->lanes, place * LANES + lane, k) ==
                          word_of(&b->alone[lane], place, k),
                      "%s: place %zu, lane %zu", what, place, lane);
}

Test(lanes, sums_products_and_more_decimals) {
    uint64_t state = 1;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        static both b;
        peil_addends factor = {0}, products = {0}, product = {0};
        make(&state, kind, &b);
        check(&b, "added");
        cr_assert_eq(peil_addends_of(&factor, b.columns[0], ROWS, kinds[kind].scales, NULL),
                     PEIL_OK);
        cr_assert_eq(peil_addends_multiply(&products, &b.addends, &factor, ROWS, NULL), PEIL_OK);
        cr_assert_eq(peil_plane_add(&b.lanes, b.place, &products, ROWS, NULL), PEIL_OK);
        for (size_t lane = 0; lane < LANES; lane++) {
            cr_assert_eq(peil_addends_multiply(&product, &b.each[lane], &factor, ROWS, NULL),
                         PEIL_OK);
            cr_assert_eq(peil_plane_add(&b.alone[lane], b.place, &product, ROWS, NULL), PEIL_OK);
        }
        check(&b, "products");
        cr_assert_eq(peil_plane_scale(&b.lanes, 20, NULL), PEIL_OK);
        for (size_t lane = 0; lane < LANES; lane++)
            cr_assert_eq(peil_plane_scale(&b.alone[lane], 20, NULL), PEIL_OK);
        check(&b, "scaled");
        peil_addends_clear(&factor);
        peil_addends_clear(&products);
        peil_addends_clear(&product);
        clear(&b);
    }
}

Test(lanes, merged_taken_off_and_shifted) {
    static const uint32_t places[PLACES] = {3, PEIL_NONE, 0, 3, 5, 1};
    static const int64_t factors[PLACES] = {0, 1, -1, 10000000, INT64_MAX, 3};
    uint64_t state = 2;
    for (size_t one = 0; one < COUNT(kinds); one++)
        for (size_t other = 0; other < COUNT(kinds); other++) {
            static both a, b;
            make(&state, one, &a);
            make(&state, other, &b);
            cr_assert_eq(peil_plane_merge(&a.lanes, &b.lanes, places, NULL), PEIL_OK);
            for (size_t lane = 0; lane < LANES; lane++)
                cr_assert_eq(peil_plane_merge(&a.alone[lane], &b.alone[lane], places, NULL),
                             PEIL_OK);
            check(&a, "merged");
            cr_assert_eq(peil_plane_shift(&a.lanes, &b.lanes, factors, 0, NULL), PEIL_OK);
            for (size_t lane = 0; lane < LANES; lane++)
                cr_assert_eq(peil_plane_shift(&a.alone[lane], &b.alone[lane], factors, 0, NULL),
                             PEIL_OK);
            check(&a, "shifted");
            clear(&a);
            clear(&b);
        }
}

/* What is merged and taken off again leaves nothing behind. */
Test(lanes, taken_off_is_as_before) {
    static const uint32_t places[PLACES] = {3, PEIL_NONE, 0, 3, 5, 1};
    uint64_t state = 3;
    for (size_t one = 0; one < COUNT(kinds); one++)
        for (size_t other = 0; other < COUNT(kinds); other++) {
            static both a, b;
            make(&state, one, &a);
            make(&state, other, &b);
            cr_assert_eq(peil_plane_merge(&a.lanes, &b.lanes, places, NULL), PEIL_OK);
            cr_assert_eq(peil_plane_take_off(&a.lanes, &b.lanes, places, NULL), PEIL_OK);
            check(&a, "taken off");
            clear(&a);
            clear(&b);
        }
}

Test(lanes, scattered) {
    uint64_t state = 4;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        static both b;
        peil_scattered rows[ROWS];
        uint32_t plus[ROWS];
        size_t n = 0;
        make(&state, kind, &b);
        /* every third row once more, every fourth off */
        for (uint32_t i = 0; i < ROWS; i++) {
            plus[i] = i % 3 == 0 ? i % PLACES : PEIL_NONE;
            if (i % 3 == 0) rows[n++] = (peil_scattered){i, i % PLACES, false};
            if (i % 4 == 0 && b.place[i] != PEIL_NONE)
                rows[n++] = (peil_scattered){i, b.place[i], true};
            if (i % 4 == 0) b.place[i] = PEIL_NONE;
        }
        cr_assert_eq(peil_plane_scatter(&b.lanes, rows, n, &b.addends, NULL), PEIL_OK);
        for (size_t lane = 0; lane < LANES; lane++) {
            peil_plane *alone = &b.alone[lane];
            memset(alone->words, 0, PLACES * alone->width * sizeof *alone->words);
            cr_assert_eq(peil_plane_add(alone, b.place, &b.each[lane], ROWS, NULL), PEIL_OK);
            cr_assert_eq(peil_plane_add(alone, plus, &b.each[lane], ROWS, NULL), PEIL_OK);
        }
        check(&b, "scattered");
        clear(&b);
    }
}

/* Lanes 0 to 4 to so many of 4 lanes each. */
static void check_folded(size_t places) {
    enum { FEWER = 4, MOST = 5 };
    static const uint32_t to[MOST * LANES] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0,
                                              0, 0, 3, 1, 3, 2, 2, 1, 0, 3, 1, 2};
    static const bool minus[MOST * LANES] = {
        false, true,  false, false, true,  true, false, false, true, false, true, false, true,
        false, false, true,  true,  false, true, true,  false, true, true,  true, false};
    const peil_folding how = {FEWER, places, to, minus};
    uint64_t state = 5;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        static both b;
        peil_addends folded = {0};
        make(&state, kind, &b);
        cr_assert_eq(peil_addends_fold(&folded, &b.addends, ROWS, &how, NULL), PEIL_OK);
        for (size_t i = 0; i < ROWS; i++)
            for (uint32_t lane = 0; lane < FEWER; lane++) {
                peil_plane sum = {0}; /* the same by adding and taking off */
                cr_assert_eq(peil_plane_resize(&sum, 1, NULL), PEIL_OK);
                for (size_t k = 0; k < places * LANES; k++) {
                    const peil_scattered row = {(uint32_t)i, 0, minus[k]};
                    if (to[k] == lane)
                        cr_assert_eq(peil_plane_scatter(&sum, &row, 1, &b.each[k / places], NULL),
                                     PEIL_OK);
                }
                const peil_plane found = {.words = folded.words, .width = folded.width};
                for (size_t k = 0; k < 16; k++)
                    HOLDS(word_of(&found, i * FEWER + lane, k) == word_of(&sum, 0, k),
                          "to %zu: row %zu, lane %u", places, i, lane);
                peil_plane_clear(&sum);
            }
        peil_addends_clear(&folded);
        clear(&b);
    }
}

Test(lanes, folded) {
    check_folded(1);
    check_folded(3);
    check_folded(5);
}

Test(lanes, as_doubles) {
    uint64_t state = 6;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        static both b;
        make(&state, kind, &b);
        for (size_t i = 0; i < PLACES * LANES; i++) {
            const double near = (double)peil_plane_real(&b.lanes, i);
            const double found = peil_plane_double(&b.lanes, i);
            const double away = found > near ? found - near : near - found;
            HOLDS(away <= 4e-16 * (near < 0 ? -near : near), "%.17g, %.17g", found, near);
        }
        clear(&b);
    }
}
