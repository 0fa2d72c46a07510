/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published figures against computed ones. The expected verdicts follow from the rule by hand. */
#include "verify/status.h"

#include <math.h>
#include <string.h>

#include <criterion/criterion.h>

typedef struct held {
    const char *published;
    double computed, low, high;
    peil_verdict verdict;
} held;

#define NONE ((double)NAN)

static void expect_all(const held *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const held *c = &cases[i];
        peil_statement statement;
        peil_fault fault = {0};
        cr_assert_eq(peil_statement_read(c->published, PEIL_DUTCH, &statement, &fault), PEIL_OK);
        cr_expect_eq(peil_verdict_of(&statement, c->computed, (peil_bounds){c->low, c->high}),
                     c->verdict, "%s against %g (%g to %g)", c->published, c->computed, c->low,
                     c->high);
    }
}

#define EXPECT(cases) expect_all(cases, sizeof(cases) / sizeof *(cases))

Test(verdict, rounds_to_the_decimals_that_are_shown) {
    static const held cases[] = {
        {"34%", 34.49, 30, 38, PEIL_EXACT},       {"34%", 33.51, 30, 38, PEIL_EXACT},
        {"34%", 34.51, 30, 38, PEIL_WITHIN_CI},   {"34%", 33.49, 30, 38, PEIL_WITHIN_CI},
        {"34,0%", 34.04, 30, 38, PEIL_EXACT},     {"34,0%", 34.06, 30, 38, PEIL_WITHIN_CI},
        {"-2,5", -2.54, -3, -2, PEIL_EXACT},      {"0", 0.4, 0, 1, PEIL_EXACT},
        {"3.204", 3204.4, 3000, 3300, PEIL_EXACT}};
    EXPECT(cases);
}

Test(verdict, halves_go_either_way) {
    static const held cases[] = {{"34", 33.5, 33.4, 33.6, PEIL_EXACT},
                                 {"33", 33.5, 33.4, 33.6, PEIL_EXACT},
                                 {"5,7", 5.65, 5.6, 5.7, PEIL_EXACT},
                                 {"5,6", 5.65, 5.6, 5.7, PEIL_EXACT},
                                 {"1,005", 1.0055, 1, 2, PEIL_EXACT},
                                 {"1,006", 1.0055, 1, 2, PEIL_EXACT},
                                 {"5,6", 5.650000000000001, 5.64, 5.66, PEIL_DIFFERS},
                                 {"5,7", 5.649999999999999, 5.64, 5.66, PEIL_DIFFERS}};
    EXPECT(cases);
}

Test(verdict, the_interval_has_its_ends) {
    static const held cases[] = {
        {"38", 34, 30, 38, PEIL_WITHIN_CI},           {"30", 34, 30, 38, PEIL_WITHIN_CI},
        {"38,1", 34, 30, 38, PEIL_DIFFERS},           {"29,9", 34, 30, 38, PEIL_DIFFERS},
        {"35", 34, NONE, NONE, PEIL_DIFFERS},         {"34", 34, NONE, NONE, PEIL_EXACT},
        {"34", NONE, NONE, NONE, PEIL_NOT_COMPUTABLE}};
    EXPECT(cases);
}

Test(verdict, ranges_and_about) {
    static const held cases[] = {
        {"10 - 15%", 9.5, 5, 9.6, PEIL_EXACT},     {"10 - 15%", 15.5, 15, 16, PEIL_EXACT},
        {"10 - 15%", 16, 15, 17, PEIL_WITHIN_CI},  {"10 - 15%", 9, 8, 10, PEIL_WITHIN_CI},
        {"10 - 15%", 17, 16, 18, PEIL_DIFFERS},    {"± 3.200", 3150, NONE, NONE, PEIL_EXACT},
        {"± 3.200", 3250, NONE, NONE, PEIL_EXACT}, {"± 3.200", 3251, NONE, NONE, PEIL_DIFFERS},
        {"3.200", 3201, NONE, NONE, PEIL_DIFFERS}};
    EXPECT(cases);
}

Test(verdict, words) {
    cr_expect_str_eq(peil_verdict_word(PEIL_EXACT), "exact");
    cr_expect_str_eq(peil_verdict_word(PEIL_WITHIN_CI), "within-ci");
    cr_expect_str_eq(peil_verdict_word(PEIL_DIFFERS), "differs");
    cr_expect_str_eq(peil_verdict_word(PEIL_NOT_COMPUTABLE), "not-computable");
}
