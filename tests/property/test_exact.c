/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals are exact: they are the nearest doubles of sums that are made here in whole numbers. And
 * whether answers or their moments are kept changes no figure. */
#include "core/decimal.h"

#include "support/figures.h"

__extension__ typedef __int128 int128;

/* number / 10^scale, to the nearest double. */
static double nearest_double(int128 number, int scale) {
    char text[64];
    size_t at = sizeof text;
    const bool is_negative = number < 0;
    text[--at] = '\0';
    at -= (size_t)snprintf(NULL, 0, "e-%d", scale);
    snprintf(text + at, sizeof text - at, "e-%d", scale);
    if (number == 0) text[--at] = '0';
    for (; number; number /= 10)
        text[--at] = (char)('0' + (int)(number < 0 ? -(number % 10) : number % 10));
    if (is_negative) text[--at] = '-';
    return strtod(text + at, NULL);
}

static int128 at_scale(peil_decimal x, int scale) {
    int128 number = x.digits;
    for (int i = x.scale; i < scale; i++) number *= 10;
    return number;
}

/* ---- sums of weights ---- */

static const struct {
    const char *name;
    int digits;                /* of a weight */
    int power_low, power_high; /* of ten, times the digits */
    int scale;                 /* at which the sums fit 128 bits */
} kinds[] = {
    {"whole", 6, 0, 0, 0},
    {"hundredths", 5, -2, -2, 2},
    {"15 digits", 15, -14, -14, 14},
    {"15 digits, small and large", 15, -18, -8, 18},
    {"16 digits", 16, -15, -15, 17},
    {"17 digits", 17, -16, -16, 18},
    {"from 1e-12 to 1e12", 3, -12, 10, 12},
};

static peil_decimal random_weight(uint64_t *state, size_t kind) {
    uint64_t most = 1;
    for (int i = 0; i < kinds[kind].digits; i++) most *= 10;
    const uint64_t powers = (uint64_t)(kinds[kind].power_high - kinds[kind].power_low) + 1;
    char text[48];
    snprintf(text, sizeof text, "%" PRIu64 "e%d", random_below(state, most),
             kinds[kind].power_low + (int)random_below(state, powers));
    peil_decimal weight;
    cr_assert(peil_decimal_read(text, strlen(text), &weight));
    return weight;
}

enum { ROWS = 500 };

/* Columns w,y,g; sums of w and of w y by group, y in tenths. */
static peil_text random_file(uint64_t *state, size_t kind, int128 sums[2][2]) {
    peil_text text = {0};
    peil_text_add(&text, "w,y,g\n");
    for (size_t i = 0; i < ROWS; i++) {
        char weight[PEIL_DECIMAL_TEXT];
        const peil_decimal w = random_weight(state, kind);
        const int y = (int)random_below(state, 2000) - 1000, g = (int)random_below(state, 2);
        peil_decimal_write(w, weight);
        peil_text_add_format(&text, "%s,%de-1,%d\n", weight, y, g);
        sums[g][0] += at_scale(w, kinds[kind].scale);
        sums[g][1] += at_scale(w, kinds[kind].scale) * y;
    }
    return text;
}

Test(exact, totals_are_the_nearest_doubles) {
    const peil_request request = {
        .measures = WORDS("total(y)", "count()"), .weight = "w", .by = WORDS("g")};
    uint64_t state = 40;
    for (size_t kind = 0; kind < COUNT(kinds); kind++)
        for (size_t round = 0; round < 10; round++) {
            int128 sums[2][2] = {{0}};
            peil_text text = random_file(&state, kind, sums);
            peil_report r = report_on(peil_run_table, request, text.bytes);
            for (size_t g = 0; g < 2; g++) {
                const double w = nearest_double(sums[g][0], kinds[kind].scale);
                const double wy = nearest_double(sums[g][1], kinds[kind].scale + 1);
                HOLDS(is_near(figure_of(&r, g, "weighted_n"), w, 0), "%s: %.17g, not %.17g",
                      kinds[kind].name, figure_of(&r, g, "weighted_n"), w);
                HOLDS(is_near(figure_of(&r, 2 + g, "estimate"), w, 0), "%s", kinds[kind].name);
                HOLDS(is_near(figure_of(&r, g, "estimate"), wy, 0), "%s: %.17g, not %.17g",
                      kinds[kind].name, figure_of(&r, g, "estimate"), wy);
            }
            peil_report_clear(&r);
            peil_text_clear(&text);
        }
}

/* What doubles lose: a large weight comes and goes, and small ones stay. */
Test(exact, small_weights_beside_large_ones) {
    const peil_request request = {.measures = WORDS("total(y)", "mean(y)"), .weight = "w"};
    peil_report r =
        report_on(peil_run_table, request, "w,y\n1e22,1\n1e22,-1\n1,3\n0.001,5\n1e-22,1\n");
    cr_expect_eq(figure_of(&r, 0, "estimate"), 3.005);
    cr_expect_eq(figure_of(&r, 0, "weighted_n"), 2e22);
    peil_report_clear(&r);
}

Test(exact, weights_at_the_ends_of_doubles) {
    const peil_request request = {.measures = WORDS("percent(y = 1)", "mean(y)"), .weight = "w"};
    static const struct {
        const char *text;
        double percent, weighted_n;
    } cases[] = {{"w,y\n1e300,1\n3e300,0\n", 25, 4e300},
                 {"w,y\n1e-300,1\n3e-300,0\n", 25, 4e-300},
                 {"w,y\n1e150,1\n1e-150,0\n1e-150,0\n", 100, 1e150}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_report r = report_on(peil_run_table, request, cases[i].text);
        HOLDS(is_near(figure_of(&r, 0, "estimate"), cases[i].percent, 1e-15), "case %zu: %.17g", i,
              figure_of(&r, 0, "estimate"));
        HOLDS(is_near(figure_of(&r, 0, "weighted_n"), cases[i].weighted_n, 1e-15), "case %zu", i);
        peil_report_clear(&r);
    }
}

/* ---- answers and moments ---- */

/* A file of `distinct` values of y, and one row more outside the domain: with a value that was
 * there, or with a new one. */
static char *distinct_file(size_t distinct, double step, double begin, bool is_new) {
    uint64_t state = 41;
    peil_text text = {0};
    peil_text_add(&text, "h,c,w,y,z,in\n");
    for (size_t i = 0; i < 4 * distinct; i++)
        peil_text_add_format(
            &text, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 "e-3,%.10g,%" PRIu64 ",%zu\n",
            random_below(&state, 3), random_below(&state, 6), 1 + random_below(&state, 4000),
            begin + step * (double)(i % distinct), UINT64_C(1), i % 7 ? (size_t)1 : (size_t)0);
    peil_text_add_format(&text, "1,1,2,%.10g,1,0\n",
                         is_new ? begin - step : begin + step * (double)(distinct - 1));
    return text.bytes;
}

static void compare_kept(size_t distinct, double step, double begin, const peil_request *request) {
    static const char *const names[] = {"estimate",   "se",    "ci_low", "ci_high", "n",
                                        "weighted_n", "n_eff", "deff",   "df"};
    char *few = distinct_file(distinct, step, begin, false);
    char *more = distinct_file(distinct, step, begin, true);
    peil_report a = report_on(peil_run_table, *request, few);
    peil_report b = report_on(peil_run_table, *request, more);
    cr_assert_eq(a.nrows, b.nrows);
    for (size_t row = 0; row < a.nrows; row++)
        for (size_t k = 0; k < COUNT(names); k++) {
            const double x = figure_of(&a, row, names[k]), y = figure_of(&b, row, names[k]);
            HOLDS(is_near(x, y, 1e-14), "%zu values from %g, row %zu: %s %.17g, %.17g", distinct,
                  begin, row, names[k], x, y);
        }
    peil_report_clear(&a);
    peil_report_clear(&b);
    free(few);
    free(more);
}

Test(exact, answers_or_moments) {
    static const size_t distinct[] = {254, 255, 256, 257};
    static const double begins[] = {0, -12.5, 10000000, 10000000.25};
    const peil_request requests[] = {
        {.measures = WORDS("mean(y)", "sd(y)", "total(y)", "ratio(y / z)"),
         .weight = "w",
         .strata = WORDS("h"),
         .where = "in = 1"},
        {.measures = WORDS("mean(y)", "sd(y)", "total(y)", "ratio(y / z)"),
         .weight = "w",
         .strata = WORDS("h"),
         .cluster = "c",
         .where = "in = 1",
         .by = WORDS("z"),
         .batch_rows = 100}};
    for (size_t d = 0; d < COUNT(distinct); d++)
        for (size_t b = 0; b < COUNT(begins); b++)
            for (size_t r = 0; r < COUNT(requests); r++)
                compare_kept(distinct[d], 0.25, begins[b], &requests[r]);
}

/* Moments, in whatever batches and parts they come, are the same bytes. */
Test(exact, moments_are_the_same_bytes_in_any_batches) {
    static const size_t batches[] = {2, 50, 255, 256, 257, 1000, 0};
    char *text = distinct_file(300, 0.001, 5000, true);
    const scratch file = scratch_text("data.csv", text);
    const char *const files[] = {file.path};
    char *first = NULL;
    for (size_t i = 0; i < COUNT(batches); i++) {
        const peil_request request = {.files = {1, files},
                                      .measures = WORDS("mean(y)", "sd(y)", "ratio(y / w)"),
                                      .weight = "w",
                                      .strata = WORDS("h"),
                                      .by = WORDS("c"),
                                      .margins = true,
                                      .batch_rows = batches[i]};
        char *output = output_of(peil_run_table, &request);
        if (!first) first = output;
        HOLDS(!strcmp(output, first), "batches of %zu", batches[i]);
        if (output != first) free(output);
    }
    free(first);
    free(text);
    scratch_remove(&file);
}

/* ---- parts ---- */

/* Rows of y, z and a weight; from `fine` on weights and answers have more decimals. */
static void add_rows(size_t from, size_t to, size_t distinct, size_t fine, peil_text *out) {
    for (size_t i = from; i < to; i++)
        peil_text_add_format(
            out, i < fine ? "%zu,%zu,%zu,%zu,%zu\n" : "%zu,%zue-9,%zu.25,%zue-1,%zu.5\n", i % 3,
            1 + i * 7 % 13, i % distinct, 1 + i % 11, i * 31 % distinct);
}

static char *output_of_parts(const size_t *ends, size_t n, size_t distinct, size_t fine) {
    scratch files[4];
    const char *paths[4];
    size_t from = 0;
    for (size_t k = 0; k < n; k++) {
        peil_text text = {0};
        peil_text_add(&text, "g,w,y,z,x\n");
        add_rows(from, ends[k], distinct, fine, &text);
        files[k] = scratch_make("data.csv", text.bytes, text.length);
        paths[k] = files[k].path;
        peil_text_clear(&text);
        from = ends[k];
    }
    const peil_request request = {
        .files = {n, paths},
        .measures = WORDS("mean(y)", "sd(y)", "total(y)", "ratio(y / z)", "percent(z)",
                          "total(z = 1)", "median(z; hf7)", "quantile(x, 0.3)"),
        .weight = "w",
        .by = WORDS("g"),
        .margins = true};
    char *output = output_of(peil_run_table, &request);
    for (size_t k = 0; k < n; k++) scratch_remove(&files[k]);
    return output;
}

/* Parts in which answers or moments are kept, with few or many decimals, are one whole. */
Test(exact, parts_of_any_kind_are_one_whole) {
    static const struct {
        size_t ends[4], n;
    } cuts[] = {{{300, 1200}, 2},      {{900, 1200}, 2},          {{1, 1200}, 2},
                {{1199, 1200}, 2},     {{100, 200, 1200}, 3},     {{600, 601, 1200}, 3},
                {{256, 512, 1200}, 3}, {{200, 400, 800, 1200}, 4}};
    static const size_t distinct[] = {200, 256, 257, 400}, fine[] = {0, 300, 1000, 1200};
    for (size_t d = 0; d < COUNT(distinct); d++)
        for (size_t f = 0; f < COUNT(fine); f++) {
            const size_t all[] = {1200};
            char *whole = output_of_parts(all, 1, distinct[d], fine[f]);
            cr_assert(strncmp(whole, "refused", 7), "%s", whole);
            for (size_t c = 0; c < COUNT(cuts); c++) {
                char *parts = output_of_parts(cuts[c].ends, cuts[c].n, distinct[d], fine[f]);
                HOLDS(!strcmp(parts, whole), "%zu values, decimals from %zu, cut %zu:\n%.300s",
                      distinct[d], fine[f], c, parts);
                free(parts);
            }
            free(whole);
        }
}
