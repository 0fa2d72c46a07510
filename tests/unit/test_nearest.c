/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name that was probably meant. */
#include "core/nearest.h"

#include "support/testing.h"

static const char *const variables[] = {"gewicht", "geslacht", "leeftijd", "wijk", "q5",
                                        "q15",     "cijfer",   "Wijken",   ""};

static const struct {
    const char *word, *nearest;
} cases[] = {
    {"gewicht", "gewicht"},
    {"gewciht", "gewicht"},
    {"Gewicht", "gewicht"},
    {"gewich", "gewicht"},
    {"geslagt", "geslacht"},
    {"leeftjid", "leeftijd"},
    {"wijkk", "wijk"},
    {"wik", "wijk"},
    {"wijken", "Wijken"},
    {"q51", "q5"},
    {"cyfer", "cijfer"},
    {"inkomen", NULL},
    {"x", NULL},
    {"abcd", NULL},
    {"CIJFER", "cijfer"},
    {"q6", "q5"},
};

Test(nearest, finds_the_slip_of_the_pen) {
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *found = peil_nearest(cases[i].word, variables, COUNT(variables));
        if (cases[i].nearest)
            cr_expect(found && !strcmp(found, cases[i].nearest), "%s: %s", cases[i].word,
                      found ? found : "none");
        else
            cr_expect_null(found, "%s: %s", cases[i].word, found);
    }
}

Test(nearest, first_of_equals) {
    static const char *const names[] = {"abcdx", "abcdy", "abcde1"};
    cr_expect_str_eq(peil_nearest("abcde", names, 3), "abcdx");
    cr_expect_null(peil_nearest("abcde", names, 0));
}

Test(nearest, long_names_are_left_alone) {
    char name[200];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    const char *const names[] = {name};
    cr_expect_null(peil_nearest(name, names, 1));
    cr_expect_null(peil_nearest("a", names, 1));
    name[64] = '\0';
    cr_expect_eq(peil_nearest(name, names, 1), name);
}
