/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of designs small enough to work out by hand. */
#include "examples.h"

#define TOTAL_AND_MEAN WORDS("total(y)", "mean(y)")

static const example examples[] = {
    /* s^2 = 5/3, V = s^2/4 */
    {"a simple sample",
     "y\n1\n2\n3\n4\n",
     {.measures = WORDS("mean(y)")},
     {{0, "estimate", 2.5},
      {0, "variance", 5.0 / 12},
      {0, "n", 4},
      {0, "df", 3},
      {0, "deff", 1},
      {0, "n_eff", 4},
      {0, "weighted_n", 4}},
     NULL},
    {"of a population of 8",
     "y,N\n1,8\n2,8\n3,8\n4,8\n",
     {.measures = WORDS("mean(y)"), .fpc = "N"},
     {{0, "estimate", 2.5}, {0, "variance", 5.0 / 24}, {0, "deff", 0.5}},
     NULL},
    {"of half the population",
     "y,f\n1,.5\n2,.5\n3,.5\n4,.5\n",
     {.measures = WORDS("mean(y)"), .fpc = "f"},
     {{0, "estimate", 2.5}, {0, "variance", 5.0 / 24}},
     NULL},
    {"all of it",
     "y,N\n1,4\n2,4\n3,4\n4,4\n",
     {.measures = WORDS("mean(y)"), .fpc = "N"},
     {{0, "estimate", 2.5}, {0, "variance", 0}},
     NULL},

    /* w y: 10 30 | 40 120 80; 2 (10^2 + 10^2) + 3/2 (40^2 + 40^2). The mean's influences are w (y -
     * 3.5) / 80. */
    {"two strata",
     "h,w,y\n1,10,1\n1,10,3\n2,20,2\n2,20,6\n2,20,4\n",
     {.measures = TOTAL_AND_MEAN, .weight = "w", .strata = WORDS("h")},
     {{0, "estimate", 280},
      {0, "variance", 5200},
      {0, "df", 3},
      {1, "estimate", 3.5},
      {1, "variance", 5200.0 / 6400},
      {1, "weighted_n", 80}},
     NULL},
    {"two strata of known sizes",
     "h,w,y,N\n1,10,1,20\n1,10,3,20\n2,20,2,60\n2,20,6,60\n2,20,4,60\n",
     {.measures = TOTAL_AND_MEAN, .weight = "w", .strata = WORDS("h"), .fpc = "N"},
     {{0, "variance", 0.9 * 400 + 0.95 * 4800}, {1, "variance", 4920.0 / 6400}},
     NULL},
    {"the size of the population is known",
     "h,w\n1,10\n1,10\n2,20\n2,20\n2,20\n",
     {.measures = WORDS("count()"), .weight = "w", .strata = WORDS("h")},
     {{0, "estimate", 80}, {0, "variance", 0}},
     NULL},
    {"strata of two variables",
     "a,b,y\n1,1,1\n1,1,3\n1,2,5\n1,2,9\n2,1,2\n2,1,2\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("a,b")},
     {{0, "estimate", 22}, {0, "variance", 2 * 2 + 2 * 8}, {0, "df", 3}},
     NULL},

    /* totals 3 3 6; influences of the mean (-1.8 + 0.6 + 1.2) / 5 */
    {"three clusters",
     "c,y\na,1\na,2\nb,3\nc,6\nc,0\n",
     {.measures = TOTAL_AND_MEAN, .cluster = "c"},
     {{0, "estimate", 12},
      {0, "variance", 9},
      {0, "df", 2},
      {0, "n", 5},
      {1, "estimate", 2.4},
      {1, "variance", 1.5 * (1.8 * 1.8 + 0.6 * 0.6 + 1.2 * 1.2) / 25}},
     NULL},
    {"clusters are their stratum's",
     "h,c,y\n1,1,1\n1,2,3\n2,1,5\n2,2,9\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("h"), .cluster = "c"},
     {{0, "estimate", 18}, {0, "variance", 4 + 16}, {0, "df", 2}},
     NULL},

    /* t: 20 75 of 5 clusters; then 5 15 of 4 and 10 20 45 of 6, times 2/5 */
    {"two stages",
     "c,N,M,w,y\na,5,4,5,1\na,5,4,5,3\nb,5,6,5,2\nb,5,6,5,4\nb,5,6,5,9\n",
     {.measures = WORDS("total(y)"), .weight = "w", .cluster = "c,y", .fpc = "N,M"},
     {{0, "estimate", 95},
      {0, "variance", 0.6 * 2 * 1512.5 + 0.4 * (0.5 * 2 * 50 + 0.5 * 1.5 * 650)},
      {0, "df", 1}},
     NULL},
    {"two stages by fractions",
     "c,F,f,w,y\na,.4,.5,5,1\na,.4,.5,5,3\nb,.4,.5,5,2\nb,.4,.5,5,4\nb,.4,.5,5,9\n",
     {.measures = WORDS("total(y)"), .weight = "w", .cluster = "c,y", .fpc = "F,f"},
     {{0, "variance", 2030}},
     NULL},
    {"the second stage without an fpc adds nothing",
     "c,w,y\na,5,1\na,5,3\nb,5,2\nb,5,4\nb,5,9\n",
     {.measures = WORDS("total(y)"), .weight = "w", .cluster = "c,y"},
     {{0, "estimate", 95}, {0, "variance", 2 * 1512.5}},
     NULL},
    /* t: 12 10 of 4 clusters; then 1 3 of 4, 2 6 of 4 and 5 5 of 4, times 1/2 */
    {"strata at the second stage",
     "s,c,N,h,d,M,y\n1,a,4,1,1,4,1\n1,a,4,1,2,4,3\n1,a,4,2,1,4,2\n1,a,4,2,2,4,6\n"
     "1,b,4,1,1,4,5\n1,b,4,1,2,4,5\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("s", "h"), .cluster = "c,d", .fpc = "N,M"},
     {{0, "estimate", 22},
      {0, "variance", 0.5 * 2 * 2 + 0.5 * (0.5 * 2 * 2 + 0.5 * 2 * 8)},
      {0, "df", 1}},
     NULL},

    /* 1 2 0 0 about 3/4; the mean's (y - 1.5) / 2 */
    {"a domain",
     "g,y\na,1\na,2\nb,3\nb,4\n",
     {.measures = TOTAL_AND_MEAN, .where = "g = \"a\""},
     {{0, "estimate", 3},
      {0, "variance", 11.0 / 3},
      {0, "df", 1},
      {0, "n", 2},
      {1, "estimate", 1.5},
      {1, "variance", 1.0 / 6}},
     NULL},
    {"a domain by breakdown",
     "g,y\na,1\na,2\nb,3\nb,4\n",
     {.measures = WORDS("total(y)"), .by = WORDS("g")},
     {{0, "estimate", 3}, {0, "variance", 11.0 / 3}, {1, "estimate", 7}},
     NULL},
    {"a sample is a smaller design",
     "g,y\na,1\na,2\nb,3\nb,4\n",
     {.measures = WORDS("total(y)"), .sample = "g = \"a\""},
     {{0, "estimate", 3}, {0, "variance", 1}, {0, "df", 1}},
     NULL},
    {"a missing answer is outside the domain",
     "y\n1\n2\n\n\n",
     {.measures = TOTAL_AND_MEAN},
     {{0, "estimate", 3}, {0, "variance", 11.0 / 3}, {0, "n", 2}, {1, "variance", 1.0 / 6}},
     NULL},

    /* strata 1 | 2 6 */
    {"a lonely unit, as certain",
     "h,y\n1,1\n2,2\n2,6\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("h"), .lonely_psu = "certainty"},
     {{0, "estimate", 9}, {0, "variance", 16}, {0, "df", 1}},
     "lonely"},
    {"a lonely unit, about the mean of all",
     "h,y\n1,1\n2,2\n2,6\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("h"), .lonely_psu = "adjust"},
     {{0, "variance", 16 + 4}},
     "lonely"},
    {"a lonely unit, as the average of the others",
     "h,y\n1,1\n2,2\n2,6\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("h"), .lonely_psu = "average"},
     {{0, "variance", 32}},
     "lonely"},
    {"a stratum of one that was sampled whole is not lonely",
     "h,y,N\n1,1,1\n2,2,4\n2,6,4\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("h"), .fpc = "N"},
     {{0, "estimate", 9}, {0, "variance", 8}},
     NULL},
    {"nor one with more units in the design",
     "h,y\n1,1\n1,\n2,2\n2,6\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("h")},
     {{0, "estimate", 9}, {0, "variance", 1 + 16}, {0, "df", 1}},
     NULL},
    {"only lonely ones have no average",
     "h,y\n1,1\n2,2\n",
     {.measures = WORDS("total(y)"), .strata = WORDS("h"), .lonely_psu = "average"},
     {{0, "estimate", 3}, {0, "se", NAN}, {0, "ci_low", NAN}, {0, "df", 0}},
     "df lonely"},

    /* 1/4: sum (x - p)^2 / (4 * 3) */
    {"a share",
     "q\n1\n2\n2\n3\n",
     {.measures = WORDS("percent(q = 1)")},
     {{0, "estimate", 25},
      {0, "se", 25},
      {0, "n_eff", 3},
      {0, "cases", 1},
      {0, "n", 4},
      {0, "deff", 1}},
     NULL},
    {"every share",
     "q\n1\n2\n2\n3\n",
     {.measures = WORDS("percent(q)")},
     {{0, "estimate", 25}, {1, "estimate", 50}, {2, "estimate", 25}, {1, "cases", 2}},
     NULL},
    {"nobody",
     "q\n1\n2\n2\n3\n",
     {.measures = WORDS("percent(q = 9)")},
     {{0, "estimate", 0},
      {0, "se", 0},
      {0, "ci_low", 0},
      {0, "ci_high", 60.236463561647471},
      {0, "cases", 0}},
     "boundary"},
    {"everybody",
     "q\n1\n1\n1\n1\n",
     {.measures = WORDS("percent(q = 1)")},
     {{0, "estimate", 100}, {0, "ci_low", 39.763536438352529}, {0, "ci_high", 100}},
     "boundary"},
    {"missing answers count",
     "q\n1\n2\n\n\n",
     {.measures = WORDS("percent(q = 1)"), .include_missing = true},
     {{0, "estimate", 25}, {0, "n", 4}},
     NULL},

    /* (2 - 1.5) / 4 and (4 - 4.5) / 4 */
    {"a ratio",
     "y,x\n2,1\n4,3\n",
     {.measures = WORDS("ratio(y / x)")},
     {{0, "estimate", 1.5}, {0, "variance", 0.0625}, {0, "df", 1}},
     NULL},
    {"a ratio to nothing",
     "y,x\n2,0\n4,0\n",
     {.measures = WORDS("ratio(y / x)")},
     {{0, "estimate", NAN}, {0, "se", NAN}, {0, "n", 2}},
     NULL},
    {"a standard deviation",
     "y\n1\n2\n3\n4\n",
     {.measures = WORDS("sd(y)")},
     {{0, "estimate", 1.2909944487358056}, {0, "deff", NAN}, {0, "n_eff", NAN}},
     NULL},
    /* S^2 = 2 * 85 * 46 * 35^2 / 131^2; in either replicate nothing differs */
    {"a standard deviation of replicates of one respondent",
     "w,y,r1,r2\n85,68,170,0\n46,33,0,92\n",
     {.measures = WORDS("sd(y)"), .weight = "w", .repweights = "r1,r2", .replication = "brr"},
     {{0, "estimate", 23.626539967334203}, {0, "se", 0}},
     NULL},
    /* b is the same for all: nothing is common to both */
    {"alpha of an item that varies alone",
     "w,a,b\n1,1,1\n2,2,1\n",
     {.measures = WORDS("alpha(a, b; 1..5)"), .weight = "w"},
     {{0, "estimate", 0}, {0, "se", 0}},
     NULL},
    {"an index",
     "q\n1\n2\n2\n1\n",
     {.measures = WORDS("index(q: 1 = 0, 2 = 100)")},
     {{0, "estimate", 50}, {0, "variance", 10000.0 / 3 / 4}},
     NULL},
    /* scores 0, 10 and 5; the fourth has no valid item */
    {"a scale",
     "a,b\n1,5\n5,\n3,3\n,\n",
     {.measures = WORDS("scale(a, -b; 1..5 -> 0..10; min 1)", "scale(a, -b; 1..5 -> 0..10)")},
     {{0, "estimate", 5}, {0, "n", 3}, {1, "estimate", 2.5}, {1, "n", 2}},
     NULL},
    {"a total of people",
     "q,w\n1,2.5\n1,.5\n2,4\n",
     {.measures = WORDS("total(q = 1)"), .weight = "w"},
     {{0, "estimate", 3}, {0, "n", 3}},
     NULL},

    {"a weight of 0 is in the design alone",
     "w,y\n1,1\n0,7\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     {{0, "estimate", 1}, {0, "n", 1}, {0, "df", 0}, {0, "ci_low", NAN}},
     "df"},
    {"nobody with a weight",
     "w,y\n0,1\n0,7\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     {{0, "estimate", NAN}, {0, "n", 0}, {0, "weighted_n", NAN}},
     NULL},
    {"a missing weight as 0",
     "w,y\n1,1\n,7\n1,3\n",
     {.measures = WORDS("mean(y)"), .weight = "w", .missing_weight = "zero"},
     {{0, "estimate", 2}, {0, "n", 2}},
     NULL},
    {"a cell without anybody",
     "a,b,y\n1,1,4\n2,2,6\n1,1,8\n",
     {.measures = WORDS("mean(y)"), .by = WORDS("a,b")},
     {{0, "estimate", 6}, {1, "estimate", NAN}, {1, "n", 0}, {2, "n", 0}, {3, "estimate", 6}},
     NULL},
    {"nobody in the domain",
     "y\n1\n2\n",
     {.measures = WORDS("mean(y)"), .where = "y > 5"},
     {{0, "estimate", NAN}, {0, "n", 0}},
     NULL},
    {"nobody in the sample",
     "y\n1\n2\n",
     {.measures = WORDS("mean(y)"), .sample = "y > 5"},
     {{0, "estimate", NAN}, {0, "n", 0}},
     NULL},
    {"one respondent",
     "y\n7\n",
     {.measures = WORDS("mean(y)"), .lonely_psu = "certainty"},
     {{0, "estimate", 7}, {0, "se", 0}, {0, "df", 0}, {0, "deff", NAN}},
     "df lonely"},

    {"other logic of missing answers",
     "a,b\n1,\n2,\n,1\n,2\n1,1\n2,2\n",
     {.measures = WORDS("percent(a = 1 and b = 1)", "percent(a = 1 or b = 1)")},
     {{0, "n", 4}, {0, "cases", 1}, {1, "n", 4}, {1, "cases", 3}},
     NULL},
    {"missing codes hold for measures",
     "q\n1\n9\n2\nNA\n",
     {.measures = WORDS("percent(q = 1)", "percent(q)"),
      .missing = WORDS("9 NA"),
      .by = WORDS("q")},
     {{0, "n", 1}, {2, "n", 0}, {3, "n", 0}},
     "boundary df"},
};

Test(estimate, by_hand) {
    for (size_t i = 0; i < COUNT(examples); i++) check_example(&examples[i]);
}

/* 39 years apart: 1 2 3 and 2 4 9, independent strata. */
Test(estimate, difference_by_hand) {
    const peil_request request = {.measures = WORDS("mean(y)"), .over = "j", .strata = WORDS("j")};
    peil_report r = report_on(peil_run_compare, request, "j,y\n1,1\n1,2\n1,3\n2,2\n2,4\n2,9\n");
    cr_assert_eq(r.nrows, 1);
    cr_expect_eq(figure_of(&r, 0, "difference"), 3);
    cr_expect_eq(figure_of(&r, 0, "df"), 4);
    const double se = sqrt(1.0 / 3 + 13.0 / 3);
    cr_expect(is_near(figure_of(&r, 0, "se"), se, 1e-15));
    cr_expect(is_near(figure_of(&r, 0, "statistic"), 3 / se, 1e-15));
    peil_report_clear(&r);
}

/* What one cluster adds up to is nothing, whatever the rounding of its parts: with few answers, and
 * with so many that moments are kept. */
Test(estimate, a_domain_in_one_cluster_has_no_variance) {
    static const int distinct[] = {3, 7, 400};
    for (size_t d = 0; d < COUNT(distinct); d++) {
        peil_text text = {0};
        peil_text_add(&text, "c,k,w,y,x\n");
        for (int i = 0; i < 1000; i++)
            peil_text_add_format(&text, "%d,%d,%d.%d,%d.7,%d\n", i % 2, i % 3, 1 + i % 7, i % 9,
                                 i * 31 % distinct[d], 1 + i % distinct[d]);
        for (int stages = 1; stages <= 2; stages++) {
            const peil_request request = {.measures = WORDS("mean(y)", "sd(y)", "ratio(x / y)",
                                                            "percent(y < 2)", "percent(x)"),
                                          .weight = "w",
                                          .cluster = stages == 1 ? "c" : "c,k",
                                          .where = "c = 1"};
            peil_report r = report_on(peil_run_table, request, text.bytes);
            for (size_t row = 0; row < r.nrows; row++)
                HOLDS(figure_of(&r, row, "se") <= 0, "%d, %s: %g", distinct[d],
                      word_of_cell(&r, row, "measure"), figure_of(&r, row, "se"));
            peil_report_clear(&r);
        }
        peil_text_clear(&text);
    }
}

/* Nor does the ratio of one respondent vary. */
Test(estimate, a_ratio_of_one_has_no_variance) {
    peil_text text = {0};
    peil_text_add(&text, "g,w,y,x\n");
    for (int i = 0; i < 200; i++)
        peil_text_add_format(&text, "%d,%d.%02d,%d.%d,%d.%d\n", i, i % 3, 1 + i % 97, i % 53, i % 7,
                             1 + i % 31, i % 9);
    const peil_request request = {
        .measures = WORDS("ratio(y / x)"), .weight = "w", .by = WORDS("g")};
    peil_report r = report_on(peil_run_table, request, text.bytes);
    cr_assert_eq(r.nrows, 200);
    for (size_t row = 0; row < r.nrows; row++)
        HOLDS(figure_of(&r, row, "se") <= 0, "row %zu: %g", row, figure_of(&r, row, "se"));
    peil_report_clear(&r);
    peil_text_clear(&text);
}

/* ---- refusals ---- */

static const struct {
    const char *text;
    peil_request request;
    peil_status status;
    uint64_t record;
    const char *variable, *message; /* the message begins so */
} refusals[] = {
    {"w,y\n1,1\n-1,2\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     PEIL_EDATA,
     2,
     "w",
     "the weight is negative"},
    {"w,y\n1,1\n,2\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     PEIL_EDATA,
     2,
     "w",
     "the weight is missing"},
    {"w,y\n1,1\nx,2\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     PEIL_EDATA,
     2,
     "w",
     "text where a number is needed"},
    {"w,y\n1,1\ninf,2\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     PEIL_EDATA,
     2,
     "w",
     "text where a number is needed"},
    {"w,y\n1,1\nnan,2\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     PEIL_EDATA,
     2,
     "w",
     "text where a number is needed"},
    {"w,y\n1,1\n1e999,2\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     PEIL_EDATA,
     2,
     "w",
     "text where a number is needed"},
    {"w,y\n1,1\n\"1,5,2\",2\n",
     {.measures = WORDS("mean(y)"), .weight = "w"},
     PEIL_EDATA,
     2,
     "w",
     "text where a number is needed"},
    {"h,y\n1,1\n,2\n",
     {.measures = WORDS("mean(y)"), .strata = WORDS("h")},
     PEIL_EDATA,
     2,
     "h",
     "the stratum is missing"},
    {"c,y\n1,1\n,2\n",
     {.measures = WORDS("mean(y)"), .cluster = "c"},
     PEIL_EDATA,
     2,
     "c",
     "the cluster is missing"},
    {"y\n1\nja\n",
     {.measures = WORDS("mean(y)")},
     PEIL_EDATA,
     2,
     "y",
     "text where a number is needed"},
    {"y\n1\nja\n",
     {.measures = WORDS("percent(y > 0)")},
     PEIL_EDATA,
     2,
     "y",
     "text where a number is needed"},
    {"y\n1\n6\n",
     {.measures = WORDS("scale(y; 1..5 -> 0..10)")},
     PEIL_EDATA,
     2,
     "y",
     "a value outside the scale's range"},
    {"y\n1\n3\n",
     {.measures = WORDS("index(y: 1 = 0, 2 = 100)")},
     PEIL_EDATA,
     2,
     "y",
     "an answer that the index does not list"},
    {"y,N\n1,8\n2,9\n",
     {.measures = WORDS("mean(y)"), .fpc = "N"},
     PEIL_EDATA,
     2,
     "N",
     "the fpc varies inside a stratum"},
    {"y,N\n1,8\n2,\n",
     {.measures = WORDS("mean(y)"), .fpc = "N"},
     PEIL_EDATA,
     2,
     "N",
     "the fpc is missing, zero or negative"},
    {"y,N\n1,0\n2,0\n",
     {.measures = WORDS("mean(y)"), .fpc = "N"},
     PEIL_EDATA,
     1,
     "N",
     "the fpc is missing, zero or negative"},
    {"y,N\n1,2\n2,2\n3,2\n",
     {.measures = WORDS("mean(y)"), .fpc = "N"},
     PEIL_EDATA,
     1,
     "N",
     "the fpc is smaller than the sample"},
    {"h,y,N\n1,1,9\n1,1,9\n2,2,.5\n",
     {.measures = WORDS("mean(y)"), .strata = WORDS("h"), .fpc = "N"},
     PEIL_EDATA,
     3,
     "N",
     "an fpc below 1 among population sizes"},
    {"h,y\n1,1\n2,2\n2,3\n",
     {.measures = WORDS("mean(y)"), .strata = WORDS("h")},
     PEIL_EDATA,
     1,
     "",
     "the stratum of this record has one sampled unit"},
    {"n,y\n1,1\n2,2\n",
     {.measures = WORDS("mean(y)"), .by = WORDS("n")},
     PEIL_EDATA,
     0,
     "",
     "the variable n has the name of a column of the output"},
    {"y\n1\n", {.measures = WORDS("mean(z)")}, PEIL_EDATA, 0, "", "has no variable z"},
    {"y\n1\n",
     {.measures = WORDS("mean(y)"), .missing = WORDS("z: 9")},
     PEIL_EDATA,
     0,
     "",
     "--missing: has no variable z"},
    {"y\n1\n", {.measures = {0}}, PEIL_EUSAGE, 0, "", "there is no measure"},
    {"y\n1\n",
     {.measures = WORDS("mean(y)"), .lonely_psu = "ajust"},
     PEIL_EUSAGE,
     0,
     "",
     "--lonely-psu does not know ajust; is it adjust"},
    {"y\n1\n",
     {.measures = WORDS("mean(y)"), .interval = "logits"},
     PEIL_EUSAGE,
     0,
     "",
     "--ci does not know logits"},
    {"y\n1\n",
     {.measures = WORDS("mean(y)"), .level = 100},
     PEIL_EUSAGE,
     0,
     "",
     "--level is between 0 and 100"},
    {"y\n1\n",
     {.measures = WORDS("mean(y)"), .fpc = "y,y"},
     PEIL_EUSAGE,
     0,
     "",
     "--fpc names 2 variables where the design has 1 stages"},
    {"y\n1\n",
     {.measures = WORDS("mean(y)"), .strata = WORDS("y", "y")},
     PEIL_EUSAGE,
     0,
     "",
     "--strata is given for 2 stages where --cluster gives"},
    {"y\n1\n",
     {.measures = WORDS("mean(y)"), .by = WORDS("y,y")},
     PEIL_EUSAGE,
     0,
     "",
     "--by names y twice"},
};

Test(estimate, refusals) {
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const scratch file = scratch_text("data.csv", refusals[i].text);
        const char *const files[] = {file.path};
        peil_request request = refusals[i].request;
        peil_report report = {0};
        peil_fault fault = {0};
        request.files = (peil_words){1, files};
        const peil_status status = peil_run_table(&request, &report, &fault);
        const char *name = refusals[i].message;
        cr_expect_eq(status, refusals[i].status, "%s: %d, %s", name, status, fault.message);
        cr_expect_eq(fault.status, refusals[i].status, "%s", name);
        cr_expect_eq(fault.record, refusals[i].record, "%s: record %" PRIu64, name, fault.record);
        cr_expect_str_eq(fault.variable, refusals[i].variable, "%s", name);
        cr_expect_eq(strncmp(fault.message, name, strlen(name)), 0, "%s, not %s", fault.message,
                     name);
        if (fault.record) cr_expect_str_eq(fault.file, file.path, "%s", name);
        cr_expect_eq(report.nrows, 0);
        scratch_remove(&file);
    }
}

/* Of several faults the first record's is told, whatever the order in which columns are looked at
 * and the sizes of batches and blocks. */
Test(estimate, the_first_fault_is_told) {
    static const struct {
        const char *text;
        uint64_t record;
        const char *variable;
    } cases[] = {
        {"w,h,y\n1,1,1\n1,1,x\n-1,,1\n", 2, "y"},
        {"w,h,y\n1,1,1\n1,,1\n-1,1,x\n", 2, "h"},
        {"w,h,y\n1,1,1\n-1,1,1\n1,,x\n", 2, "w"},
        {"w,h,y\n1,1,1\n1,1,1\n1,1,1\n1,1,x\n1,1\n", 4, "y"},
        {"w,h,y\n1,1,1\n1,1,1\n1,1\n1,1,x\n", 3, ""},
        {"w,h,y\n1,1,1\n1,1,1\n1,1,x\n1,\"\n", 3, "y"},
    };
    static const size_t blocks[] = {1, 5, 0}, batches[] = {2, 3, 0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        const scratch file = scratch_text("data.csv", cases[i].text);
        const char *const files[] = {file.path};
        for (size_t k = 0; k < COUNT(blocks) * COUNT(batches); k++) {
            const peil_request request = {.files = {1, files},
                                          .measures = WORDS("count()", "mean(y)"),
                                          .weight = "w",
                                          .strata = WORDS("h"),
                                          .block_bytes = blocks[k % 3],
                                          .batch_rows = batches[k / 3]};
            peil_report report = {0};
            peil_fault fault = {0};
            cr_expect_eq(peil_run_table(&request, &report, &fault), PEIL_EDATA);
            cr_expect(fault.record == cases[i].record && !strcmp(fault.variable, cases[i].variable),
                      "case %zu, block %zu, batch %zu: record %" PRIu64 ", %s: %s", i,
                      request.block_bytes, request.batch_rows, fault.record, fault.variable,
                      fault.message);
        }
        scratch_remove(&file);
    }
}
