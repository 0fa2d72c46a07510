/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicates against plain arithmetic, against Taylor linearisation where both must agree, and
 * those that are made against the same ones in columns. */
#include "core/hadamard.h"
#include "core/rng.h"
#include "support/figures.h"

enum { ROWS = 320, MOST = 220, GROUPS = 3 };

typedef struct respondent {
    int h, c, g, q; /* stratum, unit within it, group, answer: 1 to 3, or 0: missing */
    int64_t w, y, z;
    int64_t replicate[MOST]; /* in quarters */
} respondent;

typedef struct sample {
    size_t n, nreplicates;
    respondent rows[ROWS];
} sample;

/* What a sample may look like: decimals of its weights, and how many different y. */
static const struct {
    int64_t weights;
    int power;
    int64_t answers;
} kinds[] = {{400, -2, 90}, {400, -2, 1000000}, {INT64_C(1000000000000000), -15, 1000000}};

static void draw_rows(uint64_t *state, size_t kind, size_t n, sample *s) {
    *s = (sample){.n = n};
    for (size_t i = 0; i < n; i++) {
        respondent *r = &s->rows[i];
        r->h = (int)random_below(state, 4);
        r->c = (int)random_below(state, r->h % 2 ? 2 : 5);
        r->g = (int)random_below(state, GROUPS);
        r->q = (int)random_below(state, 4);
        r->w = 1 + (int64_t)random_below(state, (uint64_t)kinds[kind].weights);
        r->y = (int64_t)random_below(state, (uint64_t)kinds[kind].answers);
        r->z = 1 + (int64_t)random_below(state, 20);
    }
    /* every unit has someone */
    for (int unit = 0; unit < 14; unit++) {
        s->rows[unit].h = unit < 5 ? 0 : unit < 7 ? 1 : unit < 12 ? 2 : 3;
        s->rows[unit].c = unit < 5 ? unit : unit < 7 ? unit - 5 : unit < 12 ? unit - 7 : unit - 12;
    }
}

static peil_report report_on_sample(const sample *s, size_t kind, command *run,
                                    peil_request request) {
    peil_text text = {0};
    peil_text_add(&text, "h,c,g,q,w,y,z");
    for (size_t r = 0; r < s->nreplicates; r++) peil_text_add_format(&text, ",r%03zu", r);
    for (size_t i = 0; i < s->n; i++) {
        const respondent *x = &s->rows[i];
        peil_text_add_format(&text, "\n%d,%d,%d,", x->h, x->c, x->g);
        if (x->q) peil_text_add_format(&text, "%d", x->q);
        peil_text_add_format(&text, ",%" PRId64 "e%d,%" PRId64 ",%" PRId64, x->w, kinds[kind].power,
                             x->y, x->z);
        for (size_t r = 0; r < s->nreplicates; r++)
            peil_text_add_format(&text, ",%" PRId64 ".%02de%d", x->replicate[r] / 4,
                                 (int)(x->replicate[r] % 4) * 25, kinds[kind].power);
    }
    peil_text_add(&text, "\n");
    cr_assert_not(text.failed);
    peil_report report = report_on(run, request, text.bytes);
    peil_text_clear(&text);
    return report;
}

/* ---- plain arithmetic ---- */

typedef struct moments {
    long double n, w, y, yy, z, yes, answered;
} moments;

/* Of a group, or all (-1); with the weights of replicate r, or those of the sample (-1). */
static moments add_up(const sample *s, int group, int r, size_t kind) {
    moments m = {0};
    for (size_t i = 0; i < s->n; i++) {
        const respondent *x = &s->rows[i];
        if (group >= 0 && x->g != group) continue;
        const long double w = (r < 0 ? (long double)x->w : (long double)x->replicate[r] / 4) *
                              powl(10, kinds[kind].power);
        const long double y = (long double)x->y;
        m.n++;
        m.w += w;
        m.y += w * y;
        m.yy += w * y * y;
        m.z += w * (long double)x->z;
        if (x->q) m.answered += w;
        if (x->q == 1) m.yes += w;
    }
    return m;
}

static long double mean_of(const moments *m) {
    return m->y / m->w;
}
static long double sd_of(const moments *m) {
    const long double mean = m->y / m->w;
    return sqrtl((m->yy / m->w - mean * mean) * m->n / (m->n - 1));
}
static long double total_of(const moments *m) {
    return m->y;
}
static long double ratio_of(const moments *m) {
    return m->y / m->z;
}
static long double count_of(const moments *m) {
    return m->w;
}
static long double percent_of(const moments *m) {
    return 100 * m->yes / m->answered;
}

static long double (*const figures[])(const moments *) = {mean_of,  sd_of,    total_of,
                                                          ratio_of, count_of, percent_of};
#define MEASURES WORDS("mean(y)", "sd(y)", "total(y)", "ratio(y / z)", "count()", "percent(q = 1)")

/* The root of scale * sum (theta_r - centre)^2. */
static long double error_of(const sample *s, size_t figure, int group, size_t kind,
                            long double scale, bool about_estimate) {
    long double theta[MOST], sum = 0, spread = 0;
    const moments whole = add_up(s, group, -1, kind);
    for (size_t r = 0; r < s->nreplicates; r++) {
        const moments m = add_up(s, group, (int)r, kind);
        theta[r] = figures[figure](&m);
        sum += theta[r];
    }
    const long double centre =
        about_estimate ? figures[figure](&whole) : sum / (long double)s->nreplicates;
    for (size_t r = 0; r < s->nreplicates; r++) spread += (theta[r] - centre) * (theta[r] - centre);
    return sqrtl(scale * spread);
}

static void check_errors(const sample *s, size_t kind, const peil_report *report, bool by_group,
                         bool about_estimate) {
    const size_t cells = by_group ? GROUPS : 1;
    cr_assert_eq(report->nrows, cells * COUNT(figures));
    for (size_t f = 0; f < COUNT(figures); f++)
        for (size_t c = 0; c < cells; c++) {
            const double wanted =
                (double)error_of(s, f, by_group ? (int)c : -1, kind, 0.3L, about_estimate);
            const double found = figure_of(report, f * cells + c, "se");
            HOLDS(is_near(found, wanted, 1e-11), "kind %zu, figure %zu, cell %zu: %.17g, not %.17g",
                  kind, f, c, found, wanted);
        }
}

Test(replicates, as_plain_arithmetic_has_them) {
    static sample s;
    uint64_t state = 60;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        draw_rows(&state, kind, ROWS, &s);
        s.nreplicates = 9;
        for (size_t i = 0; i < s.n; i++)
            for (size_t r = 0; r < s.nreplicates; r++)
                s.rows[i].replicate[r] = s.rows[i].w * (int64_t)random_below(&state, 9);
        peil_request request = {.measures = MEASURES,
                                .weight = "w",
                                .repweights = "r???",
                                .replication = "bootstrap",
                                .scale = 0.3};
        peil_report whole = report_on_sample(&s, kind, peil_run_table, request);
        check_errors(&s, kind, &whole, false, false);
        request.by = (peil_words)WORDS("g");
        request.replicate_centre = "estimate";
        peil_report groups = report_on_sample(&s, kind, peil_run_table, request);
        check_errors(&s, kind, &groups, true, true);
        peil_report_clear(&whole);
        peil_report_clear(&groups);
    }
}

/* ---- Taylor linearisation ---- */

/* Strata 1 and 3 have two units. */
#define TWO_UNITS "h in (1, 3)"

/* A total is its own linearisation. */
Test(replicates, totals_have_the_variance_of_taylor) {
    static const struct {
        const char *method, *sample, *centre;
    } cases[] = {{"jkn", NULL, "mean"},
                 {"jkn", NULL, "estimate"},
                 {"brr", TWO_UNITS, "mean"},
                 {"fay=0.5", TWO_UNITS, "estimate"},
                 {"jk1", "h = 0", "mean"}};
    static sample s;
    uint64_t state = 61;
    draw_rows(&state, 1, ROWS, &s);
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_request request = {.measures = WORDS("total(y)", "count()", "total(q = 1)"),
                                .weight = "w",
                                .strata = WORDS("h"),
                                .cluster = "c",
                                .sample = cases[i].sample,
                                .by = WORDS("g")};
        peil_report taylor = report_on_sample(&s, 1, peil_run_table, request);
        request.replication = cases[i].method;
        request.replicate_centre = cases[i].centre;
        if (strcmp(cases[i].method, "jk1") == 0) request.strata = (peil_words){0};
        peil_report made = report_on_sample(&s, 1, peil_run_table, request);
        cr_assert_eq(taylor.nrows, 9);
        for (size_t row = 0; row < taylor.nrows; row++) {
            static const char *const kept[] = {"estimate", "se", "ci_low", "deff", "df", "n"};
            for (size_t k = 0; k < COUNT(kept); k++)
                HOLDS(is_near(figure_of(&taylor, row, kept[k]), figure_of(&made, row, kept[k]),
                              1e-13),
                      "%s: row %zu: %s: %.17g, not %.17g", cases[i].method, row, kept[k],
                      figure_of(&made, row, kept[k]), figure_of(&taylor, row, kept[k]));
        }
        peil_report_clear(&taylor);
        peil_report_clear(&made);
    }
}

/* 3000 replicates: a standard error of 1.3 percent of the standard error; 6 of them. */
Test(replicates, a_bootstrap_is_near_taylor) {
    static sample s;
    uint64_t state = 62;
    draw_rows(&state, 0, ROWS, &s);
    peil_request request = {
        .measures = MEASURES, .weight = "w", .strata = WORDS("h"), .cluster = "c"};
    peil_report taylor = report_on_sample(&s, 0, peil_run_table, request);
    request.replication = "bootstrap";
    request.replicates = 3000;
    peil_report one = report_on_sample(&s, 0, peil_run_table, request);
    request.seed = 2;
    peil_report other = report_on_sample(&s, 0, peil_run_table, request);
    for (size_t row = 0; row < taylor.nrows; row++) {
        if (row == 1) continue; /* an sd is far from its linearisation */
        HOLDS(is_near(figure_of(&taylor, row, "se"), figure_of(&one, row, "se"), 0.08),
              "row %zu: %g, not %g", row, figure_of(&one, row, "se"),
              figure_of(&taylor, row, "se"));
        cr_expect_neq(figure_of(&one, row, "se"), figure_of(&other, row, "se"));
        cr_expect_eq(figure_of(&one, row, "df"), figure_of(&taylor, row, "df"));
    }
    request.replicates = 6;
    peil_report few = report_on_sample(&s, 0, peil_run_table, request);
    cr_expect_eq(figure_of(&taylor, 0, "df"), 10);
    cr_expect_eq(figure_of(&few, 0, "df"), 5);
    peil_report_clear(&taylor);
    peil_report_clear(&one);
    peil_report_clear(&other);
    peil_report_clear(&few);
}

/* ---- made and in columns ---- */

static int units_of(int h) {
    return h % 2 ? 2 : 5;
}

/* Left out, or n/(n-1) of the rest of the stratum: 2 or 5/4. */
static void jackknife(sample *s) {
    size_t r = 0;
    for (int h = 0; h < 4; h++)
        for (int c = 0; c < units_of(h); c++, r++)
            for (size_t i = 0; i < s->n; i++) {
                respondent *x = &s->rows[i];
                x->replicate[r] = x->h != h   ? 4 * x->w
                                  : x->c == c ? 0
                                              : (units_of(h) == 2 ? 8 : 5) * x->w;
            }
    s->nreplicates = r;
}

/* As documented: n - 1 draws from a generator of the seed, the stratum and the replicate. */
static void bootstrap(sample *s, uint64_t seed, size_t n) {
    s->nreplicates = n;
    for (size_t r = 0; r < n; r++)
        for (int h = 0; h < 4; h++) {
            int times[5] = {0};
            peil_rng rng = peil_rng_make(seed, (uint64_t)h, r);
            for (int k = 1; k < units_of(h); k++)
                times[peil_rng_below(&rng, (uint64_t)units_of(h))]++;
            for (size_t i = 0; i < s->n; i++) {
                respondent *x = &s->rows[i];
                if (x->h == h) x->replicate[r] = (units_of(h) == 2 ? 8 : 5) * times[x->c] * x->w;
            }
        }
}

/* Strata 1 and 3: where the matrix has 1 the second unit counts for 2 - K, the first for K. */
static void half_samples(sample *s, int quarters) {
    int8_t *matrix;
    size_t order;
    cr_assert_eq(peil_hadamard_make(3, &matrix, &order, NULL), PEIL_OK);
    s->nreplicates = order;
    for (size_t i = 0; i < s->n; i++)
        for (size_t r = 0; r < order; r++) {
            respondent *x = &s->rows[i];
            const bool is_second = matrix[(size_t)(x->h + 1) / 2 * order + r] > 0;
            x->replicate[r] = (x->c == is_second ? 8 - quarters : quarters) * x->w;
        }
    free(matrix);
}

static void same_errors(const sample *s, const char *name, peil_request columns,
                        peil_request made) {
    static const char *const kept[] = {"estimate", "se", "deff", "n_eff", "n"};
    columns.weight = made.weight = "w";
    columns.repweights = "r*";
    made.strata = (peil_words)WORDS("h");
    made.cluster = "c";
    columns.measures = made.measures =
        (peil_words)WORDS("mean(y)", "sd(y)", "total(y)", "ratio(y / z)", "percent(q)", "median(y)",
                          "quantile(z, 0.2)");
    columns.by = made.by = (peil_words)WORDS("g", "q");
    peil_report a = report_on_sample(s, 1, peil_run_table, columns);
    peil_report b = report_on_sample(s, 1, peil_run_table, made);
    cr_assert_eq(a.nrows, b.nrows);
    for (size_t row = 0; row < a.nrows; row++) {
        /* Degrees of freedom are not counted the same way; a quantile's interval rests on them. */
        const bool is_quantile = strchr("mq", word_of_cell(&a, row, "measure")[0]) &&
                                 strcmp(word_of_cell(&a, row, "measure"), "mean(y)") != 0;
        for (size_t k = 0; k < COUNT(kept); k++)
            HOLDS((is_quantile && k == 1) ||
                      is_near(figure_of(&a, row, kept[k]), figure_of(&b, row, kept[k]), 1e-13),
                  "%s: row %zu: %s: %.17g, %.17g", name, row, kept[k], figure_of(&a, row, kept[k]),
                  figure_of(&b, row, kept[k]));
    }
    peil_report_clear(&a);
    peil_report_clear(&b);
}

Test(replicates, made_are_those_in_columns) {
    static const char rscales[] = ".8 .8 .8 .8 .8 .5 .5 .8 .8 .8 .8 .8 .5 .5";
    static sample s;
    uint64_t state = 63;
    draw_rows(&state, 1, ROWS, &s);
    jackknife(&s);
    same_errors(&s, "jackknife", (peil_request){.replication = "jkn", .rscales = rscales},
                (peil_request){.replication = "jkn"});
    bootstrap(&s, 11, 60);
    same_errors(&s, "bootstrap", (peil_request){.replication = "bootstrap"},
                (peil_request){.replication = "bootstrap", .replicates = 60, .seed = 11});
    half_samples(&s, 0);
    same_errors(&s, "half samples", (peil_request){.replication = "brr", .sample = TWO_UNITS},
                (peil_request){.replication = "brr", .sample = TWO_UNITS});
    half_samples(&s, 1);
    same_errors(&s, "fay", (peil_request){.replication = "fay=0.25", .sample = TWO_UNITS},
                (peil_request){.replication = "fay=0.25", .sample = TWO_UNITS});
}

/* ---- degrees of freedom ---- */

#define PRIME INT64_C(1000000007)

static int64_t inverse(int64_t x) {
    int64_t result = 1;
    for (int64_t power = PRIME - 2; power; power /= 2, x = x * x % PRIME)
        if (power % 2) result = result * x % PRIME;
    return result;
}

/* The rank of whole numbers, by elimination modulo a prime. */
static size_t rank_of(int64_t (*matrix)[MOST], size_t rows, size_t columns) {
    size_t rank = 0;
    for (size_t j = 0; j < columns && rank < rows; j++) {
        size_t pivot = rank;
        while (pivot < rows && matrix[pivot][j] == 0) pivot++;
        if (pivot == rows) continue;
        for (size_t k = 0; k < columns; k++) {
            const int64_t swap = matrix[pivot][k];
            matrix[pivot][k] = matrix[rank][k];
            matrix[rank][k] = swap;
        }
        const int64_t turned = inverse(matrix[rank][j]);
        for (size_t i = rank + 1; i < rows; i++) {
            const int64_t factor = matrix[i][j] * turned % PRIME;
            for (size_t k = j; k < columns; k++)
                matrix[i][k] = ((matrix[i][k] - factor * matrix[rank][k]) % PRIME + PRIME) % PRIME;
        }
        rank++;
    }
    return rank;
}

/* Of those in a group (-1: all) who answered. */
static size_t rank_in(const sample *s, int group, bool answered) {
    static int64_t matrix[ROWS][MOST];
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        const respondent *x = &s->rows[i];
        if ((group >= 0 && x->g != group) || (answered && !x->q)) continue;
        for (size_t r = 0; r < s->nreplicates; r++) matrix[n][r] = x->replicate[r] % PRIME;
        n++;
    }
    return rank_of(matrix, n, s->nreplicates);
}

/* Rows that are multiples of so many patterns, group 0 of three of them alone. */
static void draw_patterns(uint64_t *state, size_t npatterns, size_t nreplicates, sample *s) {
    static int64_t patterns[MOST][MOST];
    s->nreplicates = nreplicates;
    for (size_t p = 0; p < npatterns; p++)
        for (size_t r = 0; r < nreplicates; r++)
            patterns[p][r] = 1 + (int64_t)random_below(state, 50);
    for (size_t i = 0; i < s->n; i++) {
        const size_t p = s->rows[i].g ? random_below(state, npatterns) : i % 3;
        const int64_t times = 1 + (int64_t)random_below(state, 9);
        for (size_t r = 0; r < nreplicates; r++)
            s->rows[i].replicate[r] = 4 * times * patterns[p][r];
        if (p % 4 == 2) s->rows[i].q = 0; /* some patterns have no answer */
    }
}

static void check_df(const sample *s, const char *what) {
    const peil_request request = {.measures = WORDS("mean(y)", "percent(q = 1)"),
                                  .weight = "w",
                                  .repweights = "r*",
                                  .replication = "bootstrap",
                                  .by = WORDS("g"),
                                  .margins = true};
    peil_report r = report_on_sample(s, 0, peil_run_table, request);
    for (size_t row = 0; row < r.nrows; row++) {
        const int group = row % 4 < GROUPS ? (int)(row % 4) : -1;
        const double wanted = (double)rank_in(s, group, row >= 4) - 1;
        HOLDS(figure_of(&r, row, "df") == wanted, "%s: row %zu: %g, not %g", what, row,
              figure_of(&r, row, "df"), wanted);
    }
    peil_report_clear(&r);
}

/* Up to 160 replicates every rank is found, above them those below 128. */
Test(replicates, degrees_of_freedom_are_a_rank) {
    static const size_t cases[][3] = {{320, 4, 6},   {320, 7, 7},    {10, 9, 40},   {60, 40, 40},
                                      {320, 80, 80}, {320, 60, 160}, {320, 4, 220}, {320, 100, 220},
                                      {3, 3, 2},     {320, 120, 200}};
    static sample s;
    uint64_t state = 64;
    for (int again = 0; again < 3; again++)
        for (size_t i = 0; i < COUNT(cases); i++) {
            char what[64];
            snprintf(what, sizeof what, "%zu rows, %zu patterns, %zu replicates", cases[i][0],
                     cases[i][1], cases[i][2]);
            draw_rows(&state, 0, cases[i][0] < 14 ? 14 : cases[i][0], &s);
            s.n = cases[i][0];
            for (size_t k = 0; k < GROUPS; k++) s.rows[k].g = (int)k;
            draw_patterns(&state, cases[i][1], cases[i][2], &s);
            for (size_t k = 0; k < GROUPS; k++) s.rows[k].q = 1 + (int)k % 2;
            check_df(&s, what);
        }
}

/* 2,000 cells of as many rows as replicates, where no row may be lost beside another. Weights of 1
 * to 100,000 are in general position but for once in as many cells. */
Test(replicates, degrees_of_freedom_of_few_in_many_cells) {
    enum { CELLS = 2000, N = 12 };
    uint64_t state = 67;
    peil_text text = {0};
    peil_text_add(&text, "g,y,w");
    for (int r = 0; r < N; r++) peil_text_add_format(&text, ",r%d", r);
    for (int i = 0; i < CELLS * N; i++) {
        peil_text_add_format(&text, "\n%d,%d,1", i / N, i % N);
        for (int r = 0; r < N; r++)
            peil_text_add_format(&text, ",%d", 1 + (int)random_below(&state, 100000));
    }
    peil_text_add(&text, "\n");
    cr_assert_not(text.failed);
    peil_report report = report_on(peil_run_table,
                                   (peil_request){.measures = WORDS("mean(y)"),
                                                  .weight = "w",
                                                  .by = WORDS("g"),
                                                  .repweights = "r*",
                                                  .replication = "bootstrap"},
                                   text.bytes);
    cr_assert_eq(report.nrows, CELLS);
    size_t short_of = 0;
    for (size_t row = 0; row < CELLS; row++) short_of += figure_of(&report, row, "df") != N - 1;
    cr_expect_eq(short_of, 0, "%zu", short_of);
    peil_report_clear(&report);
    peil_text_clear(&text);
}

/* Two respondents whose weights differ in two replicates alone: these two are one and its opposite
 * where each replicate is folded to three lanes, not five. */
Test(replicates, degrees_of_freedom_of_two_that_differ_in_two) {
    enum { N = 1108, FIRST = 307, LAST = 1107 };
    peil_text text = {0};
    peil_text_add(&text, "y,w");
    for (int r = 0; r < N; r++) peil_text_add_format(&text, ",r%d", r);
    for (int i = 0; i < 2; i++) {
        peil_text_add_format(&text, "\n%d,1", i);
        for (int r = 0; r < N; r++)
            peil_text_add(&text, i && (r == FIRST || r == LAST) ? ",2" : ",1");
    }
    peil_text_add(&text, "\n");
    cr_assert_not(text.failed);
    peil_report report = report_on(peil_run_table,
                                   (peil_request){.measures = WORDS("mean(y)"),
                                                  .weight = "w",
                                                  .repweights = "r*",
                                                  .replication = "bootstrap"},
                                   text.bytes);
    cr_expect_eq(figure_of(&report, 0, "df"), 1);
    peil_report_clear(&report);
    peil_text_clear(&text);
}

/* A rank of 128 or more of 220 is taken for the most that it can be. */
Test(replicates, many_degrees_of_freedom_are_all) {
    static sample s;
    uint64_t state = 65;
    draw_rows(&state, 0, ROWS, &s);
    draw_patterns(&state, 200, 220, &s);
    const peil_request request = {.measures = WORDS("mean(y)"),
                                  .weight = "w",
                                  .repweights = "r*",
                                  .replication = "bootstrap"};
    peil_report r = report_on_sample(&s, 0, peil_run_table, request);
    cr_expect_eq(figure_of(&r, 0, "df"), 219);
    peil_report_clear(&r);
}

/* Of a difference those of both cells together, of --df design those of everybody. */
Test(replicates, degrees_of_freedom_of_a_difference) {
    static sample s;
    uint64_t state = 66;
    draw_rows(&state, 0, ROWS, &s);
    draw_patterns(&state, 30, 40, &s);
    for (size_t i = 0; i < s.n; i++) /* group 1 of two patterns, of which one is group 0's */
        if (s.rows[i].g == 1)
            memcpy(s.rows[i].replicate, s.rows[i % 2].replicate, sizeof s.rows[i].replicate);
    peil_request request = {.measures = WORDS("mean(y)"),
                            .over = "g",
                            .against = "first",
                            .weight = "w",
                            .repweights = "r*",
                            .replication = "bootstrap"};
    peil_report r = report_on_sample(&s, 0, peil_run_compare, request);
    for (size_t i = 0; i < s.n; i++)
        if (s.rows[i].g == 1) s.rows[i].g = 0;
    cr_expect_eq(figure_of(&r, 0, "df"), (double)rank_in(&s, 0, false) - 1);
    request.df = "design";
    request.where = "g <= 1";
    peil_report all = report_on_sample(&s, 0, peil_run_table,
                                       (peil_request){.measures = request.measures,
                                                      .weight = "w",
                                                      .repweights = "r*",
                                                      .replication = "bootstrap",
                                                      .where = "g = 0",
                                                      .df = "design"});
    cr_expect_eq(figure_of(&all, 0, "df"), (double)rank_in(&s, -1, false) - 1);
    peil_report_clear(&r);
    peil_report_clear(&all);
}

/* ---- what does not exist in a replicate ---- */

Test(replicates, without_the_figure_are_left_out_and_flagged) {
    const peil_request request = {.measures = WORDS("mean(y)", "count()"),
                                  .weight = "w",
                                  .repweights = "r*",
                                  .replication = "bootstrap",
                                  .by = WORDS("g")};
    peil_report r =
        report_on(peil_run_table, request,
                  "g,w,y,r1,r2,r3\na,1,2,0,1,2\na,1,4,0,3,2\nb,1,1,1,0,1\nb,1,2,1,1,4\n");
    /* means of group a in replicates 2 and 3: 3.5 and 3; over 2 replicates */
    cr_expect(is_near(figure_of(&r, 0, "se"), sqrt((0.25 * 0.25 + 0.25 * 0.25) / 2), 1e-14));
    cr_expect_str_eq(word_of_cell(&r, 0, "flag"), "replicates");
    cr_expect_str_eq(word_of_cell(&r, 1, "flag"), "");
    /* counts 0 4 4 */
    cr_expect(is_near(figure_of(&r, 2, "se"), sqrt((64.0 / 9 + 16.0 / 9 + 16.0 / 9) / 2), 1e-14));
    cr_expect_str_eq(word_of_cell(&r, 2, "flag"), "");
    peil_report_clear(&r);
}
