/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets as people write them. */
#include "plan/targets.h"

#include "support/testing.h"

static peil_status add(peil_targets *targets, const char *margin, const char *category,
                       int64_t amount, peil_fault *fault) {
    return peil_targets_add(targets, margin, category, (peil_decimal){amount, 0},
                            (peil_record){0, targets->n + 1}, fault);
}

Test(targets, margins_and_parts) {
    peil_targets t = {0};
    cr_assert_eq(add(&t, "g", "man", 3, NULL), PEIL_OK);
    cr_assert_eq(add(&t, "wijk : `a:b`", "01:`x:y``z`", 4, NULL), PEIL_OK);
    cr_assert_eq(add(&t, "x", "", -5, NULL), PEIL_OK);
    cr_assert_eq(add(&t, "g", " vrouw ", 6, NULL), PEIL_OK);
    cr_assert_eq(t.nmargins, 3);
    cr_expect_eq(t.margins[0].ntargets, 2);
    cr_expect_str_eq(t.margins[0].targets[1].values[0].text, "vrouw");
    cr_assert_eq(t.margins[1].variables.n, 2);
    cr_expect_str_eq(t.margins[1].variables.names[0], "wijk");
    cr_expect_str_eq(t.margins[1].variables.names[1], "a:b");
    cr_expect_str_eq(t.margins[1].targets[0].values[0].text, "01");
    cr_expect(t.margins[1].targets[0].values[0].is_text);
    cr_expect_str_eq(t.margins[1].targets[0].values[1].text, "x:y`z");
    cr_expect(t.margins[2].is_number);
    cr_expect_eq(t.margins[2].targets[0].amount.digits, -5);
    peil_targets_clear(&t);
}

Test(targets, refusals) {
    static const struct {
        const char *margin, *category;
        int64_t amount;
        const char *message;
    } cases[] = {
        {"g", "man", 1, "has this category a second time"},
        {"g", "kind", -1, "the target is below 0"},
        {"g", "a:b", 1, "the margin has 1 variables and its category 2 parts"},
        {"g:", "a:b", 1, "names no variable"},
        {"h:h", "a:b", 1, "crosses h with itself"},
        {"g:h", "a:", 1, "a part of the category is empty"},
        {"g:h", "", 1, "has no category; a target without one is the total of one variable"},
        {"g", "", 1, "has a target without a category"},
        {"x", "1", 1, "has a target without a category"},
        {"x", "", 1, "has a target without a category"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_targets t = {0};
        peil_fault fault = {0};
        cr_assert_eq(add(&t, "g", "man", 3, NULL), PEIL_OK);
        cr_assert_eq(add(&t, "x", "", 3, NULL), PEIL_OK);
        cr_expect_eq(add(&t, cases[i].margin, cases[i].category, cases[i].amount, &fault),
                     PEIL_EDATA, "%zu", i);
        cr_expect_eq(strncmp(fault.message, cases[i].message, strlen(cases[i].message)), 0,
                     "%zu: %s", i, fault.message);
        cr_expect_eq(fault.record, 3, "%zu", i);
        cr_expect_str_eq(fault.variable, cases[i].margin, "%zu", i);
        peil_targets_clear(&t);
    }
}

Test(targets, so_many_and_no_more) {
    peil_targets t = {0};
    peil_fault fault = {0};
    char category[16];
    peil_status status = PEIL_OK;
    for (int i = 0; i <= 5000 && status == PEIL_OK; i++) {
        snprintf(category, sizeof category, "%d", i);
        status = add(&t, "g", category, 1, &fault);
    }
    cr_expect_eq(status, PEIL_EDATA);
    cr_expect_str_eq(fault.message, "more than 5000 targets");
    cr_expect_eq(t.n, 5000);
    peil_targets_clear(&t);
}
