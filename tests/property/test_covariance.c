/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The covariance matrix of many figures against the variances of their sums, two by two, which is
 * what a covariance is; in designs of every sort. */
#include "estimate/rest.h"
#include "report/study.h"

#include "people.h"

enum { PEOPLE = 160, MOST = 40 };

static const peil_request designs[] = {
    {.weight = "w"},
    {.weight = "w", .strata = WORDS("h"), .fpc = "F"},
    {.weight = "w", .strata = WORDS("h"), .cluster = "c"},
    {.weight = "w", .strata = WORDS("h"), .cluster = "c,i", .fpc = "f,F"},
    {.weight = "w",
     .strata = WORDS("h"),
     .cluster = "c,q,i",
     .fpc = "f,f,F",
     .lonely_psu = "adjust"},
    {.weight = "w", .strata = WORDS("h,c"), .cluster = "q", .lonely_psu = "adjust"},
    {.weight = "w", .strata = WORDS("h,c"), .cluster = "q", .lonely_psu = "average"},
    {.weight = "w", .strata = WORDS("h,c,q,g"), .lonely_psu = "adjust"},
    {.weight = "w", .strata = WORDS("h,c,q,g"), .lonely_psu = "average", .df = "strata"},
    {.weight = "w", .strata = WORDS("h,c,q,g"), .lonely_psu = "certainty", .df = "design"},
    {.weight = "w", .strata = WORDS("h"), .cluster = "c", .replication = "jkn"},
    {.weight = "w",
     .repweights = PEOPLE_REPLICATES,
     .replication = "bootstrap",
     .replicate_centre = "estimate"},
};

static const char *const measures[] = {"percent(q)", "mean(y)",      "ratio(y / z)",
                                       "sd(y)",      "total(q = 1)", "alpha(q, z; 1..20)",
                                       "median(y)"};

/* Figures of every category, of every cell and of many cells together. */
typedef struct figures {
    size_t n;
    peil_linear list[MOST];
    const peil_linear *terms[MOST];
    peil_contrast contrasts[MOST];
    uint32_t cells[MOST];
} figures;

static size_t npairs, nrests; /* checked by now */

static const peil_real ones[] = {1, 1};

/* What a lonely stratum is held against depends on the domain: then all cells together only. */
static void take(const peil_tableau *t, figures *f) {
    const size_t ncells = t->crossing.ncells;
    const bool is_whole = t->study->rules.lonely >= PEIL_LONELY_ADJUST;
    for (uint32_t c = 0; c < MOST; c++) f->cells[c] = c;
    f->n = 0;
    for (size_t from = 0; from < (is_whole ? 1 : ncells); from++)
        for (size_t n = is_whole ? ncells : 1; from + n <= ncells; n += 2)
            for (size_t c = 0; c < t->ncategories && f->n < MOST; c++) {
                f->list[f->n] = peil_tableau_linear(t, (peil_cells){f->cells + from, n}, c);
                if (!f->list[f->n].exists) continue;
                f->terms[f->n] = &f->list[f->n];
                f->contrasts[f->n] = (peil_contrast){1, &f->terms[f->n], ones};
                f->n++;
            }
}

static peil_variance variance_of(const peil_tableau *t, const peil_linear *const *terms,
                                 const peil_real *factors, size_t n) {
    peil_variance out;
    const peil_contrast contrast = {n, terms, factors};
    cr_assert_eq(peil_variance_of(&contrast, t->study->rules, t->workspace, &out, NULL, NULL),
                 PEIL_OK);
    return out;
}

/* V(s + t) = V(s) + V(t) + 2 cov(s, t) */
static void check_pair(const peil_tableau *t, const figures *f, const peil_real *matrix, size_t i,
                       size_t j) {
    const peil_linear *const terms[] = {f->terms[i], f->terms[j]};
    const peil_real *row = matrix + i * f->n, *other = matrix + j * f->n;
    const double sum = (double)variance_of(t, terms, ones, 2).variance;
    const double parts = (double)(row[i] + other[j] + 2 * row[j]);
    HOLDS(is_near(sum, parts, 1e-14) || fabs(sum - parts) < 1e-20 * (double)(row[i] + other[j]),
          "%zu, %zu: %.17g, %.17g", i, j, sum, parts);
    HOLDS(row[j] == other[i] || (isnan((double)row[j]) && isnan((double)other[i])), "%zu, %zu", i,
          j);
}

static void check_tableau(const peil_tableau *t) {
    static figures f;
    static peil_real matrix[MOST * MOST];
    peil_variance all;
    take(t, &f);
    cr_assert_eq(peil_covariance_of(f.contrasts, f.n, false, t->study->rules, t->workspace, matrix,
                                    &all, NULL, NULL),
                 PEIL_OK);
    for (size_t i = 0; i < f.n; i++) {
        const peil_variance own = variance_of(t, &f.terms[i], ones, 1);
        HOLDS(is_near((double)own.variance, (double)matrix[i * f.n + i], 1e-15), "%zu", i);
        HOLDS(own.df <= all.df, "%zu", i);
        for (size_t j = 0; j < i; j++) check_pair(t, &f, matrix, i, j);
    }
    npairs += f.n * (f.n - 1) / 2;
}

/* Each cell against the others, all at once and one by one. */
static void check_rests(const peil_tableau *t) {
    static peil_linear own[MOST], rest[MOST];
    static uint32_t others[MOST][MOST];
    peil_variance made[MOST];
    size_t n = 0;
    for (uint32_t cell = 0; cell < t->crossing.ncells; cell++) {
        own[n] = peil_tableau_linear(t, peil_tableau_cells(t, cell), 0);
        rest[n] =
            peil_tableau_linear(t, peil_tableau_rest(t, 0, t->crossing.ncells, cell, others[n]), 0);
        n += own[n].exists && rest[n].exists;
    }
    cr_assert_eq(peil_rest_variances(own, rest, n, t->study->rules, t->workspace, made, NULL, NULL),
                 PEIL_OK);
    for (size_t k = 0; k < n; k++) {
        static const peil_real factors[] = {1, -1};
        const peil_linear *const terms[] = {&own[k], &rest[k]};
        const peil_variance one = variance_of(t, terms, factors, 2);
        const double all = (double)made[k].variance, alone = (double)one.variance;
        HOLDS(is_near(all, alone, 1e-15) || (isnan(all) && isnan(alone)), "%zu: %.17g, %.17g", k,
              all, alone);
        HOLDS(made[k].df == one.df && made[k].used_lonely == one.used_lonely, "%zu", k);
    }
    nrests += n;
}

static void check_design(const scratch *file, const peil_request *design) {
    peil_pass pass = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    const char *const files[] = {file->path};
    peil_request request = *design;
    request.files = (peil_words){1, files};
    request.measures = (peil_words){COUNT(measures), measures};
    request.by = (peil_words)WORDS("g,j");
    cr_assert_eq(peil_pass_run(&request, 1, &pass, &report, &fault), PEIL_OK, "%s", fault.message);
    const peil_study *study = &pass.studies[0];
    for (size_t m = 0; m < COUNT(measures); m++) {
        peil_tableau t;
        cr_assert_eq(peil_tableau_make(study, m, 0, &t, &fault), PEIL_OK);
        check_tableau(&t);
        check_rests(&t);
        peil_tableau_clear(&t);
    }
    peil_pass_clear(&pass);
    peil_report_clear(&report);
}

Test(covariance, is_what_sums_vary_by) {
    person people[PEOPLE];
    people_make(60, people, PEOPLE);
    for (size_t i = 0; i < PEOPLE; i++) people[i].q = 1 + people[i].q % 4;
    const scratch file = people_file(people, PEOPLE, (layout){0});
    for (size_t d = 0; d < COUNT(designs); d++) check_design(&file, &designs[d]);
    cr_assert_gt(npairs, 5000);
    cr_assert_gt(nrests, 500);
    scratch_remove(&file);
}

/* Many values of y are moments about the mean of each cell. */
Test(covariance, of_moments) {
    static person people[5 * PEOPLE];
    people_make(61, people, COUNT(people));
    for (size_t i = 0; i < COUNT(people); i++) {
        people[i].y = (int64_t)(i * 7919 % 100003);
        people[i].q = 1 + people[i].q % 4;
    }
    const scratch file = people_file(people, COUNT(people), (layout){0});
    for (size_t d = 0; d < COUNT(designs); d++) check_design(&file, &designs[d]);
    cr_assert_gt(npairs, 5000);
    cr_assert_gt(nrests, 500);
    scratch_remove(&file);
}

/* One number is 1.1 times the other but for a part in 10^12: of the variance of either little is
 * left. Group 0 against the rest, beside other groups and as one of two. */
Test(covariance, of_what_cancels) {
    peil_text text = {0};
    peil_text_add(&text, "g,is0,c,y,z\n");
    for (int i = 0; i < 60; i++) {
        const int64_t z = (i * 37 % 11 + 1) * INT64_C(1000000000000);
        peil_text_add_format(&text, "%d,%d,%d,%" PRId64 ",%" PRId64 "\n", i % 4, i % 4 == 0, i % 7,
                             11 * z / 10 + i * 13 % 5, z);
    }
    peil_request request = {
        .measures = WORDS("ratio(y / z)"), .cluster = "c", .over = "g", .against = "rest"};
    peil_report many = report_on(peil_run_compare, request, text.bytes);
    request.over = "is0";
    peil_report two = report_on(peil_run_compare, request, text.bytes);
    HOLDS(is_near(figure_of(&many, 0, "se"), figure_of(&two, 1, "se"), 1e-15), "%.17g, %.17g",
          figure_of(&many, 0, "se"), figure_of(&two, 1, "se"));
    cr_expect_gt(figure_of(&two, 1, "se"), 0);
    peil_report_clear(&many);
    peil_report_clear(&two);
    peil_text_clear(&text);
}
