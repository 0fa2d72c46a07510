/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures while memory runs out. */
#include "failing.h"

#include <pthread.h>

#include "support/post.h"

/* ---- tables ---- */

Test(faults, table_with_clusters) {
    person people[PEOPLE];
    people_make(50, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each("clusters", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "sd(y)", "ratio(y / z)", "median(y)"),
                             .missing = WORDS("q: 9", "9 \"NA\""),
                             .weight = "w",
                             .strata = WORDS("h"),
                             .cluster = "c,i",
                             .fpc = "f,F",
                             .lonely_psu = "adjust",
                             .where = "not (z = 3 or g in (\"zuid\"))",
                             .by = WORDS("g,j", "j"),
                             .margins = true,
                             .batch_rows = 5},
              file.path);
    scratch_remove(&file);
}

Test(faults, table_of_every_kind) {
    person people[PEOPLE];
    people_make(51, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each("kinds", peil_run_table,
              (peil_request){.measures = WORDS("a: percent(q = 1)", "total(y)", "count()",
                                               "index(q: 1 = 0, 2 = 2, 3 = 3, 4 = 4, 5 = 5)",
                                               "scale(q, -q; 1..5 -> 0..10; min 1)"),
                             .missing = WORDS("9"),
                             .sample = "j > 2000",
                             .include_missing = true,
                             .by = WORDS("g"),
                             .block_bytes = 64,
                             .hash_inputs = true},
              file.path);
    scratch_remove(&file);
}

/* Stacks of threads are kept for the next ones: as many as are needed are made here. */
static void *meet(void *barrier) {
    pthread_barrier_wait(barrier);
    return NULL;
}

static void make_stacks(void) {
    pthread_barrier_t barrier;
    pthread_t threads[3];
    pthread_barrier_init(&barrier, NULL, COUNT(threads));
    for (size_t i = 0; i < COUNT(threads); i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, meet, &barrier), 0);
    for (size_t i = 0; i < COUNT(threads); i++) pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&barrier);
}

/* Which allocation is which differs from run to run. */
Test(faults, table_by_threads) {
    person people[PEOPLE];
    people_make(58, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
#if defined(UNDER_ASAN)
    cr_skip("the sanitizer itself does not bear it");
#endif
    make_stacks();
    fail_each("threads", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "mean(y)"),
                             .missing = WORDS("9"),
                             .weight = "w",
                             .strata = WORDS("h"),
                             .cluster = "c",
                             .lonely_psu = "adjust",
                             .by = WORDS("g,j", "j"),
                             .block_bytes = 64,
                             .batch_rows = 5,
                             .threads = 3},
              file.path);
    scratch_remove(&file);
}

static peil_status run_team_of_two(const peil_request *request, peil_report *report,
                                   peil_fault *fault) {
    post p = {.rank = 1};
    peil_request own = *request;
    peil_report unused = {0};
    const peil_team second = post_team(&p, 2);
    own.team = &second;
    peil_status status = peil_run_table(&own, &unused, fault);
    peil_report_clear(&unused);
    p.rank = 0;
    const peil_team first = post_team(&p, 2);
    own.team = &first;
    if (status == PEIL_ESYSTEM) status = peil_run_table(&own, report, fault);
    post_clear(&p);
    return status;
}

Test(faults, table_by_ranks) {
    person people[PEOPLE];
    people_make(60, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each("ranks", run_team_of_two,
              (peil_request){.measures = WORDS("percent(q)", "median(y)"),
                             .missing = WORDS("9"),
                             .weight = "w",
                             .strata = WORDS("h"),
                             .cluster = "c",
                             .lonely_psu = "adjust",
                             .by = WORDS("g"),
                             .block_bytes = 64,
                             .batch_rows = 5,
                             .hash_inputs = true},
              file.path);
    scratch_remove(&file);
}

Test(faults, replicates_in_columns) {
    person people[PEOPLE];
    people_make(56, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    peil_request request = {.measures = WORDS("percent(q)", "mean(y)", "ratio(y / z)", "median(y)"),
                            .missing = WORDS("9"),
                            .weight = "w",
                            .repweights = "P,Q,R,S,T,U,V",
                            .replication = "jkn",
                            .rscales = "1 1 1 1 .5 .5 .5",
                            .by = WORDS("g", "j"),
                            .batch_rows = 5};
    fail_each("columns", peil_run_table, request, file.path);
    request.df = "design";
    request.by = (peil_words){0};
    request.over = "g";
    fail_each("compared", peil_run_compare, request, file.path);
    scratch_remove(&file);
}

Test(faults, replicates_of_a_design) {
    static const char *const methods[] = {"jkn", "bootstrap", "brr"};
    person people[PEOPLE];
    people_make(57, people, PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        people[i].stratum = 1 + i / 4;
        people[i].cluster = 1 + i % 2;
    }
    const scratch file = FILE_OF(PEOPLE);
    for (size_t i = 0; i < COUNT(methods); i++)
        fail_each(methods[i], peil_run_table,
                  (peil_request){.measures = WORDS("percent(q)", "mean(y)"),
                                 .missing = WORDS("9"),
                                 .weight = "w",
                                 .strata = WORDS("h"),
                                 .cluster = "c",
                                 .replication = methods[i],
                                 .replicates = i == 1 ? 6 : 0,
                                 .by = WORDS("g")},
                  file.path);
    scratch_remove(&file);
}

/* More than 256 values of y: answers become moments on the way. */
Test(faults, table_of_moments) {
    static person people[300];
    people_make(52, people, COUNT(people));
    for (size_t i = 0; i < COUNT(people); i++) people[i].y = (int64_t)(37 * i);
    const scratch file = people_file(people, COUNT(people), (layout){.columns = "wyz"});
    fail_each("moments", peil_run_table,
              (peil_request){.measures = WORDS("sd(y)", "ratio(y / z)"), .weight = "w"}, file.path);
    scratch_remove(&file);
}

Test(faults, table_of_scales) {
    person people[PEOPLE];
    people_make(55, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each(
        "scales", peil_run_table,
        (peil_request){.measures = WORDS("percent(scale(weerbaarheid: q, q, q, q, q; min 2))",
                                         "sd(scale(q, y, z; 0..20 -> 0..1; min 1; impute mean))",
                                         "total(scale(q, -q; 1..5; count 1 2; min 1) in (0, 1))",
                                         "alpha(q, -z; 0..20)"),
                       .missing = WORDS("9"),
                       .weight = "w",
                       .by = WORDS("g", "j")},
        file.path);
    fail_each("list", peil_run_scales, (peil_request){.names = WORDS("djg6", "k10")}, file.path);
    scratch_remove(&file);
}

/* ---- comparisons and weights ---- */

Test(faults, compare) {
    person people[PEOPLE];
    people_make(53, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each("compare", peil_run_compare,
              (peil_request){.measures = WORDS("percent(q)", "mean(y)", "quantile(y, 0.4; hf9)"),
                             .weight = "w",
                             .over = "j",
                             .by = WORDS("g"),
                             .adjust = "holm"},
              file.path);
    fail_each("rest", peil_run_compare,
              (peil_request){.measures = WORDS("mean(y)"), .over = "g", .against = "rest"},
              file.path);
    scratch_remove(&file);
}

Test(faults, standardised) {
    person people[PEOPLE];
    people_make(58, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    peil_request request = {.measures = WORDS("percent(q)", "mean(y)"),
                            .missing = WORDS("j: 2014"),
                            .standardise = "j: 2015 = 1, 2016 = 2"};
    fail_each("table", peil_run_table, request, file.path);
    request.over = "g";
    request.against = "rest";
    fail_each("compare", peil_run_compare, request, file.path);
    scratch_remove(&file);
}

Test(faults, compare_questions) {
    static const char *const rules[] = {"rao-scott", "wald", "overlap-90-95"};
    person people[PEOPLE];
    people_make(55, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    for (size_t i = 0; i < COUNT(rules); i++)
        fail_each(rules[i], peil_run_compare,
                  (peil_request){.measures = WORDS("percent(q)", "percent(q = 1)"),
                                 .weight = "w",
                                 .strata = WORDS("h"),
                                 .cluster = "c",
                                 .lonely_psu = "adjust",
                                 .over = "j",
                                 .rule = rules[i]},
                  file.path);
    scratch_remove(&file);
}

Test(faults, compare_trends) {
    person people[PEOPLE];
    people_make(56, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each("trend", peil_run_compare,
              (peil_request){.measures = WORDS("percent(q)", "mean(y)"),
                             .weight = "w",
                             .over = "j",
                             .against = "quadratic",
                             .adjust = "bh"},
              file.path);
    scratch_remove(&file);
}

Test(faults, weight) {
    person people[PEOPLE];
    people_make(57, people, PEOPLE);
    for (int i = 0; i < PEOPLE; i++) people[i].group = i % 3, people[i].year = 2014 + i / 3 % 3;
    const scratch file = FILE_OF(PEOPLE);
    peil_request request = {.targets = WORDS(PEOPLE_TARGETS),
                            .calibrate = "linear",
                            .id = "i",
                            .keep_weights = true,
                            .batch_rows = 5};
    fail_each("weight", peil_run_weight, request, file.path);
    request.trim = "2,inf";
    request.weight = "w";
    fail_each("trim", peil_run_weight, request, file.path);
    scratch_remove(&file);
}

Test(faults, table_calibrated) {
    person people[PEOPLE];
    people_make(56, people, PEOPLE);
    for (int i = 0; i < PEOPLE; i++) people[i].group = i % 3, people[i].year = 2014 + i / 3 % 3;
    const scratch file = FILE_OF(PEOPLE);
    fail_each("calibrated", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "sd(y)"),
                             .targets = WORDS(PEOPLE_TARGETS),
                             .calibrate = "linear",
                             .by = WORDS("g", "j"),
                             .batch_rows = 5},
              file.path);
    scratch_remove(&file);
}

Test(faults, hierarchies) {
    const scratch areas =
        scratch_text("areas.csv", "j,h,g,g_naam\n1,10,GM01,a\n2,10,GM01,a\n3,20,GM02,\n");
    const scratch data = scratch_text("data.csv", "y,j,h\n1,1,10\n2,02,\n3,3,20\n4,1,10\n");
    peil_request request = {.measures = WORDS("mean(y)"),
                            .by = WORDS("j", "g"),
                            .where = "g in (1, 2)",
                            .hierarchy = areas.path};
    fail_each("levels", peil_run_table, request, data.path);
    request.by = (peil_words){0};
    request.over = "j,h";
    request.against = "rest";
    fail_each("rest", peil_run_compare, request, data.path);
    scratch_remove(&areas);
    scratch_remove(&data);
}
