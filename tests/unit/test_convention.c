/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of conventions, and roundings worked out by hand. */
#include "verify/convention.h"

#include <string.h>

#include "support/testing.h"

typedef struct rounded {
    const char *published;
    double x;
    bool away, even, cut;
} rounded;

static const peil_convention *find(const char *name) {
    const peil_convention *const *c = peil_conventions;
    while (*c && strcmp((*c)->name, name) != 0) c++;
    cr_assert(*c, "no %s", name);
    return *c;
}

Test(convention, three_ways) {
    static const rounded cases[] = {
        {"32", 32.4, true, true, true},       {"32", 32.5, false, true, true},
        {"33", 32.5, true, false, false},     {"34", 33.5, true, true, false},
        {"33", 33.5, false, false, true},     {"33", 32.7, true, true, false},
        {"32", 32.99, false, false, true},    {"32", 33, false, false, false},
        {"32", 31.99, true, true, false},     {"5,6", 5.65, false, true, true},
        {"5,7", 5.65, true, false, false},    {"50", 49.5, true, true, false},
        {"50", 50.5, false, true, true},      {"5,60", 5.605, false, true, true},
        {"0", 0.5, false, true, true},        {"0", -0.9, false, false, true},
        {"1", 0.5, true, false, false},       {"-32", -32.5, false, true, true},
        {"-33", -32.5, true, false, false},   {"-32", -32.9, false, false, true},
        {"-32", -31.5, true, true, false},    {"30 - 35", 35.5, true, false, false},
        {"± 3.200", 3250, true, false, false}};
    const peil_convention *even = find("half-even"), *cut = find("truncated");
    for (size_t i = 0; i < COUNT(cases); i++) {
        const rounded *c = &cases[i];
        peil_statement s;
        peil_fault fault = {0};
        cr_assert_eq(peil_statement_read(c->published, PEIL_DUTCH, &s, &fault), PEIL_OK);
        cr_expect_eq(peil_rounds_away(&s, c->x), c->away, "away: %s of %g", c->published, c->x);
        cr_expect_eq(even->rounds(&s, c->x), c->even, "even: %s of %g", c->published, c->x);
        cr_expect_eq(cut->rounds(&s, c->x), c->cut, "cut: %s of %g", c->published, c->x);
    }
}

/* A row that changes the question has `apply`, one that looks elsewhere `look`, a rounding
 * `rounds`; all have a name of their own and a phrase in two languages that names the same thing.
 */
Test(convention, rows_of_conventions_are_whole) {
    for (const peil_convention *const *c = peil_conventions; *c; c++) {
        const peil_aspect aspect = (*c)->aspect;
        cr_expect_eq((*c)->apply != NULL, aspect < PEIL_ASPECT_CELL, "%s", (*c)->name);
        cr_expect_eq((*c)->rounds != NULL, aspect == PEIL_ASPECT_ROUNDING, "%s", (*c)->name);
        cr_expect_eq((*c)->look != NULL,
                     aspect >= PEIL_ASPECT_CELL && aspect < PEIL_ASPECT_ROUNDING, "%s", (*c)->name);
        cr_expect((*c)->list && (*c)->phrase[0] && (*c)->phrase[1], "%s", (*c)->name);
        cr_expect_eq(strstr((*c)->phrase[0], "%s") != NULL, strstr((*c)->phrase[1], "%s") != NULL,
                     "%s", (*c)->name);
        for (const peil_convention *const *k = peil_conventions; k < c; k++)
            cr_expect_str_neq((*k)->name, (*c)->name);
    }
}
