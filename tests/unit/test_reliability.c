/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The presentation standards against their rules as R works them out. */
#include "infer/reliability.h"

#include "expected.h"

static peil_figure figure_of(const expected *table) {
    return (peil_figure){.value = expected_number(table, 1),
                         .se = expected_number(table, 2),
                         .n = expected_number(table, 3),
                         .df = expected_number(table, 4)};
}

static unsigned judge(const expected *table) {
    const peil_reliability *standard = peil_reliability_find("nchs-2023");
    const peil_figure figure = figure_of(table);
    if (strcmp(table->cell[0], "count") == 0)
        return standard->judge_count(figure, expected_number(table, 5));
    cr_assert_eq(peil_reliability_find("nchs-2017")->judge_share, standard->judge_share);
    return standard->judge_share(figure);
}

Test(reliability, as_the_standards) {
    expected table = expected_open("reliability.csv");
    while (expected_next(&table, 7)) {
        const char *words = peil_reliability_words(judge(&table));
        cr_expect_str_eq(words, table.cell[6], "row %zu, %s: %s, not %s", table.row, table.cell[0],
                         words, table.cell[6]);
    }
    cr_assert_gt(table.row, 2000);
}

Test(reliability, without_numbers) {
    const peil_reliability *standard = peil_reliability_find("nchs-2023");
    cr_expect_eq(standard->judge_share((peil_figure){.3, NAN, 500, 20}), PEIL_SUPPRESS);
    cr_expect_eq(standard->judge_share((peil_figure){NAN, NAN, 0, 20}), PEIL_SUPPRESS);
    cr_expect_eq(standard->judge_count((peil_figure){900, NAN, 500, 20}, 100), PEIL_SUPPRESS);
    cr_expect_eq(standard->judge_count((peil_figure){900, 10, 500, 20}, NAN), PEIL_SUPPRESS);
}

Test(reliability, find) {
    for (size_t i = 0; peil_reliabilities[i]; i++) {
        cr_expect_eq(peil_reliability_find(peil_reliabilities[i]->name), peil_reliabilities[i]);
        cr_expect(peil_reliabilities[i]->help && *peil_reliabilities[i]->help);
    }
    cr_expect_null(peil_reliability_find("nchs"));
}
