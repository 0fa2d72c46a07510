/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Medians and other quantiles of samples small enough to work out by hand. */
#include "examples.h"

static const example examples[] = {
    /* F = 1/2, V(F) = F (1 - F) / 19; t(19) = 2.093...: F lies between 0.2599 and 0.7401 */
    {"a median",
     "y\n5\n2\n3\n4\n1\n6\n7\n8\n20\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n9\n",
     {.measures = WORDS("median(y)", "median(y; school)", "quantile(y, 0.5)")},
     {{0, "estimate", 10},
      {0, "ci_low", 6},
      {0, "ci_high", 15},
      {0, "se", 9 / (2 * 2.0930240544083087)},
      {0, "n", 20},
      {0, "df", 19},
      {0, "deff", 1},
      {0, "n_eff", 20},
      {0, "cases", NAN},
      {1, "estimate", 10.5},
      {1, "ci_low", 6},
      {2, "estimate", 10}},
     NULL},
    /* F = 1/2 of four people: the bounds of F lie beyond 0 and 1 */
    {"a median of few",
     "y\n1\n2\n3\n4\n",
     {.measures = WORDS("median(y)", "median(y; school)", "median(y; hf7)")},
     {{0, "estimate", 2},
      {0, "ci_low", NAN},
      {0, "ci_high", NAN},
      {0, "se", NAN},
      {0, "deff", 1},
      {1, "estimate", 2.5},
      {2, "estimate", 2.5}},
     "edge"},
    /* six 1, four 2, three 3: the seventh is a 2, so F = 10/13 and lies above 0.504 */
    {"a median where a line ends",
     "y\n1\n1\n1\n1\n1\n1\n2\n2\n2\n2\n3\n3\n3\n",
     {.measures = WORDS("median(y; hf7)")},
     {{0, "estimate", 2}, {0, "ci_low", 2}, {0, "ci_high", NAN}},
     "edge"},
    /* F = 3/4, where the rule would say 3.5 */
    {"a quantile of everybody is known",
     "y,N\n1,4\n2,4\n3,4\n4,4\n",
     {.measures = WORDS("quantile(y, 0.6; school)", "quantile(y, 0.6)"), .fpc = "N"},
     {{0, "estimate", 3},
      {0, "se", 0},
      {0, "ci_low", 3},
      {0, "ci_high", 3},
      {1, "estimate", 3},
      {1, "ci_high", 3}},
     NULL},
    {"the lowest and the highest",
     "y\n4\n1\n3\n2\n",
     {.measures = WORDS("quantile(y, 0)", "quantile(y, 1)", "quantile(y, 0.01)")},
     {{0, "estimate", 1}, {1, "estimate", 4}, {2, "estimate", 1}, {1, "se", NAN}},
     "edge"},
    /* all are at or below 9: of 10 of 10 the lower bound is 0.025^(1/10) = 0.69 */
    {"the highest answer has an interval",
     "y\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n",
     {.measures = WORDS("quantile(y, 0.95)")},
     {{0, "estimate", 9}, {0, "ci_low", 6}, {0, "ci_high", 9}, {0, "se", NAN}, {0, "deff", NAN}},
     "edge"},
    {"one answer of all",
     "y\n7\n7\n7\n",
     {.measures = WORDS("median(y)", "quantile(y, 0.9; hf7)")},
     {{0, "estimate", 7},
      {0, "se", 0},
      {0, "ci_low", 7},
      {0, "ci_high", 7},
      {0, "n_eff", NAN},
      {1, "estimate", 7},
      {1, "se", 0}},
     "edge"},
    {"the median of one respondent",
     "y\n7\n",
     {.measures = WORDS("median(y)", "median(y; hf7)"), .lonely_psu = "certainty"},
     {{0, "estimate", 7}, {0, "se", NAN}, {0, "ci_low", NAN}, {0, "df", 0}, {1, "estimate", 7}},
     "edge df lonely"},
    {"the median of one cluster",
     "c,g,y\n1,a,1\n1,a,2\n1,a,9\n2,b,4\n3,b,5\n",
     {.measures = WORDS("median(y)"), .cluster = "c", .where = "g = \"a\""},
     {{0, "estimate", 2},
      {0, "se", NAN},
      {0, "ci_low", NAN},
      {0, "ci_high", NAN},
      {0, "df", 0},
      {0, "n_eff", NAN}},
     "df"},
    {"a weight of 0 has no place in the order",
     "w,y\n0,1\n1,2\n1,3\n1,4\n0,5\n1,6\n0,6\n0,9\n",
     {.measures = WORDS("quantile(y, 0.25)", "quantile(y, 0)", "quantile(y, 1)",
                        "median(y; school)", "quantile(y, 0.75; school)", "median(y; hf7)"),
      .weight = "w"},
     {{0, "estimate", 2},
      {1, "estimate", 2},
      {2, "estimate", 6},
      {3, "estimate", 3.5},
      {4, "estimate", 5},
      {5, "estimate", 3.5},
      {0, "n", 4}},
     "edge"},
    /* weights 1 1 | 4, half of them is 3: 1 2 weigh less, 9 more */
    {"a weighted median",
     "w,y\n1,1\n4,9\n1,2\n",
     {.measures = WORDS("median(y)", "quantile(y, 0.25)", "quantile(y, 0.34)"), .weight = "w"},
     {{0, "estimate", 9}, {1, "estimate", 2}, {2, "estimate", 9}},
     "edge"},
    /* C: 2 4 12 of 12; points of hf4 at the people: 1 2 | 3 4 | 5.6 7.2 ... */
    {"equal answers share their weight",
     "w,y\n1,1\n1,1\n.5,2\n1.5,2\n1,3\n2,3\n1,3\n3,3\n1,3\n",
     {.measures = WORDS("quantile(y, 0.2083333333333333; hf4)", "quantile(y, 0.4; hf4)"),
      .weight = "w"},
     {{0, "estimate", 1.5}, {1, "estimate", 2.5}},
     "edge"},
    {"a median by groups, and of all",
     "g,y\na,1\na,2\na,3\nb,7\nb,8\nb,9\n",
     {.measures = WORDS("median(y)"), .by = WORDS("g"), .margins = true},
     {{0, "estimate", 2}, {1, "estimate", 8}, {2, "estimate", 3}},
     "edge"},
    {"a quantile of negative numbers and decimals",
     "y\n-1.5\n-20\n0.25\n1e-3\n-0.125\n",
     {.measures = WORDS("median(y)", "quantile(y, 0.2)", "quantile(y, 0.7)", "quantile(y, 0.9)")},
     {{0, "estimate", -0.125}, {1, "estimate", -20}, {2, "estimate", 0.001}, {3, "estimate", 0.25}},
     "edge"},
    {"nobody has a median",
     "y\n1\n2\n",
     {.measures = WORDS("median(y)"), .where = "y > 5"},
     {{0, "estimate", NAN}, {0, "n", 0}, {0, "se", NAN}},
     NULL},
};

Test(median, by_hand) {
    for (size_t i = 0; i < COUNT(examples); i++) check_example(&examples[i]);
}

/* Four people a year: the shares have bounds beyond 0 and 1, so there is no standard error. */
Test(median, quantiles_without_a_bound_are_not_tested) {
    const peil_request request = {
        .measures = WORDS("median(y)"), .over = "j", .strata = WORDS("j"), .level = 99};
    peil_report r =
        report_on(peil_run_compare, request, "j,y\n1,1\n1,2\n1,3\n1,4\n2,12\n2,14\n2,16\n2,18\n");
    cr_expect_eq(figure_of(&r, 0, "estimate"), 14);
    cr_expect_eq(figure_of(&r, 0, "difference"), 12);
    cr_expect(isnan(figure_of(&r, 0, "se")) && isnan(figure_of(&r, 0, "p")));
    cr_expect_eq(cell_of(&r, 0, "significant")->kind, PEIL_CELL_EMPTY);
    peil_report_clear(&r);
}
