/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles against their definitions: Hyndman and Fan's formula, people counted as often as they
 * weigh, and Woodruff's interval put together from other figures. */
#include "people.h"

enum { MOST = 40 };

/* ---- rules ---- */

/* Hyndman and Fan (1996), (1): (1 - g) x_j + g x_(j+1), j = floor(n p + m), g what is left of it
 * or, for the types with steps, whether there is something left. Type 3 is R survey's own. */
static const struct {
    const char *rule;
    double alpha, beta; /* m = alpha + p (1 - alpha - beta) */
    bool has_steps;
    double at_step;
} types[] = {
    {"math", 0, 1, true, 0},
    {"school", 0, 1, true, 0.5},
    {"hf1", 0, 1, true, 0},
    {"hf2", 0, 1, true, 0.5},
    {"hf4", 0, 1, false, 0},
    {"hf5", 0.5, 0.5, false, 0},
    {"hf6", 0, 0, false, 0},
    {"hf7", 1, 1, false, 0},
    {"hf8", 1.0 / 3, 1.0 / 3, false, 0},
    {"hf9", 0.375, 0.375, false, 0},
};

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double formula(size_t type, const double *x, size_t n, double p) {
    const double m = types[type].alpha + p * (1 - types[type].alpha - types[type].beta);
    const double place = (double)n * p + m, near = round(place);
    const double whole = fabs(place - near) < 1e-9 ? near : floor(place);
    double rest = fabs(place - near) < 1e-9 ? 0 : place - whole;
    if (types[type].has_steps) rest = rest > 0 ? 1 : types[type].at_step;
    const double last = (double)n;
    const size_t j = (size_t)fmin(fmax(whole, 1), last), k = (size_t)fmin(fmax(whole + 1, 1), last);
    return (1 - rest) * x[j - 1] + rest * x[k - 1];
}

/* Measures, one after the other. */
enum { MEASURES = 150 };
typedef struct measures {
    char text[MEASURES][60];
    const char *words[MEASURES];
    size_t n;
} measures;

static void ask(measures *m, const char *format, ...) PEIL_PRINTF(2, 3);
static void ask(measures *m, const char *format, ...) {
    va_list arguments;
    cr_assert_lt(m->n, MEASURES);
    va_start(arguments, format);
    vsnprintf(m->text[m->n], sizeof m->text[m->n], format, arguments);
    va_end(arguments);
    m->words[m->n] = m->text[m->n];
    m->n++;
}

static peil_report answer(const measures *m, peil_request request, const char *path) {
    request.measures = (peil_words){m->n, m->words};
    return report_of(peil_run_table, request, path);
}

/* The same of numbers that all weigh as much. */
static peil_report answer_on(const measures *m, const double *x, size_t n, const char *weight) {
    const peil_request request = {.weight = "w", .lonely_psu = "certainty"};
    peil_text text = {0};
    peil_text_add(&text, "x,w\n");
    for (size_t i = 0; i < n; i++) peil_text_add_format(&text, "%.17g,%s\n", x[i], weight);
    const scratch file = scratch_text("data.csv", text.bytes);
    peil_report report = answer(m, request, file.path);
    scratch_remove(&file);
    peil_text_clear(&text);
    return report;
}

static const double shares[] = {0, 0.01, 0.1, 0.2, 0.25, 0.3, 0.45, 0.5, 0.6, 0.75, 0.9, 0.99, 1};

static void check_rules(const double *x, size_t n) {
    static measures m;
    double sorted[MOST];
    m.n = 0;
    for (size_t t = 0; t < COUNT(types); t++)
        for (size_t p = 0; p < COUNT(shares); p++)
            ask(&m, "quantile(x, %g; %s)", shares[p], types[t].rule);
    peil_report report = answer_on(&m, x, n, "2.5");
    memcpy(sorted, x, n * sizeof *x);
    qsort(sorted, n, sizeof *sorted, by_value);
    for (size_t i = 0; i < m.n; i++) {
        const double here = figure_of(&report, i, "estimate");
        const double there = formula(i / COUNT(shares), sorted, n, shares[i % COUNT(shares)]);
        HOLDS(is_near(here, there, 1e-13), "%s of %zu: %.17g, not %.17g", m.words[i], n, here,
              there);
    }
    peil_report_clear(&report);
}

Test(quantiles, rules_are_hyndman_and_fans) {
    static const size_t sizes[] = {1, 2, 3, 4, 5, 10, 20, 37}, different[] = {3, 8, 1000};
    uint64_t seed = 61;
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (size_t d = 0; d < COUNT(different); d++) {
            double x[MOST];
            for (size_t i = 0; i < sizes[s]; i++)
                x[i] = (double)random_below(&seed, different[d]) / 4 - 10;
            check_rules(x, sizes[s]);
        }
}

/* Type 3 of R survey: at a step the answer at an even place among the different ones. */
Test(quantiles, the_even_rule) {
    static const double x[] = {1, 1, 2, 2, 5, 5, 7, 7, 8, 8};
    static const double quantiles[] = {1, 1, 2, 2, 2, 5, 7, 7, 7, 8, 8}; /* at 0, 0.1, ... */
    static measures m;
    for (size_t i = 0; i < COUNT(quantiles); i++) ask(&m, "quantile(x, %g; hf3)", (double)i / 10);
    peil_report report = answer_on(&m, x, COUNT(x), "0.1");
    for (size_t i = 0; i < m.n; i++)
        HOLDS(is_near(figure_of(&report, i, "estimate"), quantiles[i], 0), "%s: %g", m.words[i],
              figure_of(&report, i, "estimate"));
    peil_report_clear(&report);
}

/* Half of the people are exactly half, whatever decimals the weights have. */
Test(quantiles, steps_are_exact) {
    static const char *const weights[] = {"1",         "0.1",   "30.97", "44.209999084472656",
                                          "1e-9",      "7e11",  "0.7",   "3.3333333333333335",
                                          "123456789", "1e300", "1e-300"};
    static measures m;
    double x[MOST];
    for (size_t i = 0; i < MOST; i++) x[i] = (double)i;
    for (size_t i = 1; i < MOST; i++) ask(&m, "quantile(x, %g)", (double)i / MOST);
    for (size_t i = 1; i < MOST; i++) ask(&m, "quantile(x, %g; school)", (double)i / MOST);
    for (size_t w = 0; w < COUNT(weights); w++) {
        peil_report report = answer_on(&m, x, MOST, weights[w]);
        for (size_t i = 0; i < m.n; i++) {
            const bool is_school = i >= MOST - 1;
            const double wanted = (double)(i % (MOST - 1)) + (is_school ? 0.5 : 0);
            HOLDS(is_near(figure_of(&report, i, "estimate"), wanted, 0), "%s, %s: %.17g",
                  weights[w], m.words[i], figure_of(&report, i, "estimate"));
        }
        peil_report_clear(&report);
    }
}

/* ---- weights ---- */

/* A weight of 3 is three people of weight 1: their shares are the same. */
Test(quantiles, weights_are_people) {
    enum { PEOPLE = 60 };
    static person people[PEOPLE], counted[5 * PEOPLE];
    size_t n = 0;
    people_make(62, people, PEOPLE);
    for (size_t i = 0; i < PEOPLE; i++) {
        const int times = people[i].weight % 5;
        people[i].weight = 100 * times;
        for (int k = 0; k < times; k++) {
            counted[n] = people[i];
            counted[n++].weight = 100;
        }
    }
    const peil_request request = {
        .measures = WORDS("median(y)", "quantile(y, 0.1)", "quantile(y, 0.35; school)",
                          "quantile(z, 0.8; hf3)", "quantile(z, 0.25; hf2)"),
        .weight = "w",
        .by = WORDS("g")};
    const scratch few = people_file(people, PEOPLE, (layout){0});
    const scratch many = people_file(counted, n, (layout){0});
    peil_report a = report_of(peil_run_table, request, few.path);
    peil_report b = report_of(peil_run_table, request, many.path);
    cr_assert_eq(a.nrows, 15);
    for (size_t row = 0; row < a.nrows; row++)
        HOLDS(is_near(figure_of(&a, row, "estimate"), figure_of(&b, row, "estimate"), 0),
              "row %zu: %g, %g", row, figure_of(&a, row, "estimate"),
              figure_of(&b, row, "estimate"));
    peil_report_clear(&a);
    peil_report_clear(&b);
    scratch_remove(&few);
    scratch_remove(&many);
}

/* ---- Woodruff ---- */

/* What the percentages at or below quantiles say. */
static peil_report ask_shares(const peil_report *quantiles, peil_request request,
                              const char *path) {
    static measures m;
    m.n = 0;
    for (size_t i = 0; i < quantiles->nrows; i++)
        ask(&m, "s%zu: percent(y <= %.17g)", i, figure_of(quantiles, i, "estimate") + 1e-9);
    request.interval = "wald";
    return answer(&m, request, path);
}

/* The bounds are the quantiles at the bounds of the percentage at or below; its deff is theirs. */
static void check_woodruff(const char *path, peil_request request) {
    static const double some[] = {0.15, 0.5, 0.7};
    static measures m, bounds;
    m.n = bounds.n = 0;
    for (size_t i = 0; i < COUNT(types) * COUNT(some); i++)
        ask(&m, "q%zu: quantile(y, %g; %s)", i, some[i % COUNT(some)], types[i / COUNT(some)].rule);
    peil_report q = answer(&m, request, path), share = ask_shares(&q, request, path);
    for (size_t i = 0; i < 2 * m.n; i++) {
        const double bound = figure_of(&share, i / 2, i % 2 ? "ci_high" : "ci_low") / 100;
        ask(&bounds, "b%zu: quantile(y, %.17g; %s)", i, bound, types[i / 2 / COUNT(some)].rule);
    }
    peil_report at = answer(&bounds, request, path);
    for (size_t i = 0; i < m.n; i++) {
        const double low = figure_of(&q, i, "ci_low"), high = figure_of(&q, i, "ci_high");
        const double t = (figure_of(&share, i, "ci_high") - figure_of(&share, i, "ci_low")) /
                         (2 * figure_of(&share, i, "se"));
        HOLDS(is_near(low, figure_of(&at, 2 * i, "estimate"), 1e-12), "%s: low %g", m.words[i],
              low);
        HOLDS(is_near(high, figure_of(&at, 2 * i + 1, "estimate"), 1e-12), "%s: high %g",
              m.words[i], high);
        HOLDS(is_near(figure_of(&q, i, "se"), (high - low) / (2 * t), 1e-11), "%s: se", m.words[i]);
        HOLDS(is_near(figure_of(&q, i, "deff"), figure_of(&share, i, "deff"), 1e-12), "%s: deff",
              m.words[i]);
    }
    peil_report_clear(&q);
    peil_report_clear(&share);
    peil_report_clear(&at);
}

Test(quantiles, the_interval_is_that_of_the_share) {
    enum { PEOPLE = 240 };
    const peil_request designs[] = {
        {.weight = "w"},
        {.weight = "w", .strata = WORDS("h"), .where = "g = \"noord\""},
        {.weight = "w", .strata = WORDS("h"), .cluster = "c", .level = 90},
        {.weight = "w", .strata = WORDS("h"), .cluster = "c,i", .fpc = "f,F", .df = "design"},
        {.weight = "w", .strata = WORDS("h,c"), .where = "q < 3", .lonely_psu = "average"}};
    static person people[PEOPLE];
    people_make(63, people, PEOPLE);
    const scratch file = people_file(people, PEOPLE, (layout){0});
    for (size_t d = 0; d < COUNT(designs); d++) check_woodruff(file.path, designs[d]);
    scratch_remove(&file);
}

/* Independent groups: the variances of the quantiles add up, each as its interval says. */
Test(quantiles, independent_quantiles_differ_by_both) {
    enum { PEOPLE = 240 };
    static person people[PEOPLE];
    people_make(64, people, PEOPLE);
    const scratch file = people_file(people, PEOPLE, (layout){0});
    peil_request request = {.measures = WORDS("quantile(y, 0.4; hf6)"), .strata = WORDS("j")};
    request.by = (peil_words)WORDS("j");
    peil_report years = report_of(peil_run_table, request, file.path);
    request.by = (peil_words){0};
    request.over = "j";
    peil_report differences = report_of(peil_run_compare, request, file.path);
    cr_assert_eq(differences.nrows, 2);
    for (size_t i = 0; i < 2; i++) {
        const double a = figure_of(&years, i, "se"), b = figure_of(&years, i + 1, "se");
        HOLDS(is_near(figure_of(&differences, i, "se"), sqrt(a * a + b * b), 1e-14), "%zu", i);
    }
    peil_report_clear(&years);
    peil_report_clear(&differences);
    scratch_remove(&file);
}

/* Everybody in both years with the same answer: nothing changed, and that is certain. */
Test(quantiles, a_panel_that_stays_the_same) {
    peil_text text = {0};
    peil_text_add(&text, "i,j,y\n");
    for (int i = 0; i < 60; i++)
        for (int j = 2020; j <= 2021; j++) peil_text_add_format(&text, "%d,%d,%d\n", i, j, i * i);
    const peil_request request = {
        .measures = WORDS("median(y)", "quantile(y, 0.8; hf7)"), .over = "j", .cluster = "i"};
    peil_report report = report_on(peil_run_compare, request, text.bytes);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(figure_of(&report, i, "difference"), 0);
        cr_expect_eq(figure_of(&report, i, "se"), 0);
    }
    peil_report_clear(&report);
    peil_text_clear(&text);
}
