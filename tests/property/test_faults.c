/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a run fails in turn, once and from then on: the run says that memory ran out,
 * or finds its way and says the same; it loses nothing and never crashes. The allocator of the
 * whole program is the one below, so that libraries fail too. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* RTLD_NEXT */
#endif
#include <dlfcn.h>
#include <stddef.h>
#include <sys/stat.h>

#include <pthread.h>

#include "people.h"
#include "report/replay.h"
#include "support/stat_files.h"
#include "support/states.h"
#include "verify/verify.h"

/* ---- an allocator that fails on demand ---- */

static struct {
    bool counts;            /* a run is on */
    bool persists;          /* all later ones fail too */
    _Atomic size_t made;    /* allocations of the run so far */
    size_t fails_at;        /* the allocation that fails, from 1; 0: none */
    _Atomic ptrdiff_t held; /* allocations of the run that were not freed */
} memory;

static void *(*real_malloc)(size_t size);
static void *(*real_calloc)(size_t count, size_t size);
static void *(*real_realloc)(void *old, size_t size);
static void (*real_free)(void *block);

/* Looking up the real allocator may itself allocate, and so may libraries as they begin. */
static union {
    char bytes[1 << 20];
    max_align_t aligned;
} early;
static size_t early_used;

static bool is_early(const void *block) {
    return (const char *)block >= early.bytes && (const char *)block < early.bytes + sizeof early;
}

static void *take_early(size_t size) {
    size_t needed = (size + 15) / 16 * 16;
    if (needed > sizeof early.bytes - early_used) return NULL;
    early_used += needed;
    return early.bytes + early_used - needed;
}

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN
#elif defined(__has_feature) /* clang says it in another way than gcc */
#if __has_feature(address_sanitizer)
#define UNDER_ASAN
#endif
#endif

#if defined(UNDER_ASAN)
/* The sanitizer's own, which is ready when this program begins. */
extern void *__interceptor_malloc(size_t size);
extern void *__interceptor_calloc(size_t count, size_t size);
extern void *__interceptor_realloc(void *old, size_t size);
extern void __interceptor_free(void *block);

__attribute__((constructor)) static void take_real(void) {
    real_malloc = __interceptor_malloc;
    real_calloc = __interceptor_calloc;
    real_realloc = __interceptor_realloc;
    real_free = __interceptor_free;
}

static void find_real(void) {}
#else
static void find_real(void) {
    static bool looking;
    if (real_free || looking) return;
    looking = true;
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
    *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
    *(void **)&real_free = dlsym(RTLD_NEXT, "free");
    looking = false;
}
#endif

static bool fails(void) {
    if (!memory.counts) return false;
    const size_t number = ++memory.made;
    return memory.persists ? memory.fails_at && number >= memory.fails_at
                           : number == memory.fails_at;
}

static void *held(void *block) {
    if (memory.counts && block) memory.held++;
    return block;
}

void *malloc(size_t size) {
    find_real();
    if (!real_free) return take_early(size);
    return fails() ? NULL : held(real_malloc(size));
}

void *calloc(size_t count, size_t size) {
    find_real();
    if (!real_free) return take_early(count * size); /* zero already */
    return fails() ? NULL : held(real_calloc(count, size));
}

void *realloc(void *old, size_t size) {
    find_real();
    if (is_early(old) || !real_free) {
        void *block = malloc(size);
        if (block && old) memcpy(block, old, size);
        return block;
    }
    if (fails()) return NULL;
    return old ? real_realloc(old, size) : held(real_realloc(old, size));
}

void free(void *block) {
    if (!block || is_early(block) || !real_free) return;
    if (memory.counts) memory.held--;
    real_free(block);
}

/* A sanitizer has one that goes past malloc. */
char *strdup(const char *text) {
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

/* ---- runs ---- */

typedef struct outcome {
    peil_status status;
    size_t made;
    ptrdiff_t lost;
    peil_text output;
} outcome;

static outcome run(command *tried, const peil_request *request, size_t fails_at, bool persists) {
    outcome o = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    memory.made = 0;
    memory.held = 0;
    memory.fails_at = fails_at;
    memory.persists = persists;
    memory.counts = true;
    o.status = tried(request, &report, &fault);
    if (o.status == PEIL_OK) peil_writer_find("csv")->write(&report, &(peil_style){0}, &o.output);
    peil_report_clear(&report);
    memory.counts = false;
    o.made = memory.made;
    o.lost = memory.held - (o.output.bytes != NULL);
    HOLDS(o.status == PEIL_OK || fault.message[0], "allocation %zu: no message", fails_at);
    return o;
}

static void check_failure(command *tried, const peil_request *request, const outcome *whole,
                          size_t fails_at, bool persists) {
    outcome o = run(tried, request, fails_at, persists);
    const bool wrote = o.status == PEIL_OK && !o.output.failed;
    HOLDS(o.status == PEIL_OK || o.status == PEIL_ESYSTEM, "allocation %zu: status %d", fails_at,
          o.status);
    HOLDS(!wrote || !strcmp(o.output.bytes, whole->output.bytes), "allocation %zu: other output",
          fails_at);
    HOLDS(o.lost == 0, "allocation %zu: %td blocks lost", fails_at, o.lost);
    peil_text_clear(&o.output);
}

static void fail_files(const char *name, command *tried, peil_request request) {
    if (!request.threads) request.threads = 1; /* so that each run allocates in the same order */
    outcome first = run(tried, &request, 0, false); /* what libraries keep for good */
    peil_text_clear(&first.output);
    outcome whole = run(tried, &request, 0, false);
    cr_assert_eq(whole.status, PEIL_OK, "%s", name);
    cr_assert_eq(whole.lost, 0, "%s: %td blocks lost", name, whole.lost);
    cr_assert_gt(whole.made, 50, "%s", name);
    for (size_t i = 1; i <= whole.made; i++) {
        check_failure(tried, &request, &whole, i, false);
        check_failure(tried, &request, &whole, i, true);
    }
    peil_text_clear(&whole.output);
}

static void fail_each(const char *name, command *tried, peil_request request, const char *path) {
    const char *const files[] = {path, path};
    request.files = (peil_words){request.by.n > 1 ? 2 : 1, files};
    fail_files(name, tried, request);
}

enum { PEOPLE = 12 };

#define FILE_OF(n) people_file(people, n, (layout){0})

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

/* In a child nothing fails: what becomes of it there is the file's fault. */
static void stop_failing(void) {
    memory.counts = false;
}

Test(faults, statistical_files) {
    static made bytes;
    cr_assert_eq(pthread_atfork(NULL, NULL, stop_failing), 0);
    make_stat_file(&made_kinds[1], &bytes);
    scratch file = scratch_make("data.sav", bytes.bytes, bytes.length);
    fail_each("sav", peil_run_table,
              (peil_request){.measures = WORDS("percent(VRAAG)", "mean(GEWICHT)"),
                             .sample = "NAAM <> \"a b\"",
                             .hash_inputs = true},
              file.path);
    scratch_remove(&file);
    make_stat_file(&made_kinds[9], &bytes);
    for (size_t i = 0; i + 1 < bytes.length; i++) /* as before Stata 14 */
        if (bytes.bytes[i] == 0xC3 && bytes.bytes[i + 1] == 0xAB) bytes.bytes[i] = 0xEB;
    file = scratch_make("data.dta", bytes.bytes, bytes.length);
    fail_each("dta", peil_run_table,
              (peil_request){.measures = WORDS("count()"), .by = WORDS("NAAM,DAG")}, file.path);
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

/* The request's file is a result; it is held against itself with another figure. */
static peil_status replay(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_replay r = {0};
    peil_text now = {0};
    bool is_same;
    *report = (peil_report){.command = "replay"};
    peil_status status = peil_replay_read(request->files.word[0], &r, fault);
    if (status == PEIL_OK) status = peil_replay_check(&r, report, &is_same, fault);
    if (status == PEIL_OK) {
        peil_text_add_bytes(&now, r.text.bytes, r.text.length);
        if (now.failed) status = peil_fail_memory(fault);
    }
    if (status == PEIL_OK) now.bytes[now.length - 4] = '2';
    if (status == PEIL_OK) status = peil_replay_compare(&r, &now, report, fault);
    peil_text_clear(&now);
    peil_replay_clear(&r);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
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

Test(faults, replays) {
    const scratch data = scratch_text("data.csv", "a\n1\n");
    peil_text text = {0};
    peil_text_add(&text,
                  "{\"peil\": 1, \"command\": \"table\", \"provenance\": {\"version\": \"0\", "
                  "\"request\": {\"by\": [\"a\", \"b\"]}, \"inputs\": [");
    for (int i = 0; i < 9; i++)
        peil_text_add_format(&text, "%s{\"file\": \"%s\", \"sha256\": \"0\"}", i ? ", " : "",
                             data.path);
    peil_text_add(&text, "]}, \"rows\": [1]}\n");
    const scratch file = scratch_text("result.json", text.bytes);
    fail_each("replay", replay, (peil_request){0}, file.path);
    peil_text_clear(&text);
    scratch_remove(&file);
    scratch_remove(&data);
}

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

Test(faults, describe) {
    person people[PEOPLE];
    people_make(54, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each("describe", peil_run_describe, (peil_request){0}, file.path);
    scratch_remove(&file);
}

/* Labels, missing values and rules from a schema, and a schema from them. */
static const char survey_schema[] =
    "{\"fields\": [{\"name\": \"q\", \"title\": \"Tevreden?\", \"type\": \"integer\","
    " \"categories\": [{\"value\": 1, \"label\": \"ja\"}, {\"value\": 2, \"label\": \"weet "
    "niet\"}],"
    " \"missingValues\": [\"\", {\"value\": \"9\", \"label\": \"geen antwoord\"}, \"NA\"]},"
    " {\"name\": \"t\", \"type\": \"string\", \"categories\": [\"a\", \"b\"]},"
    " {\"name\": \"weging\", \"type\": \"number\"}]}";

/* The document as the only cell of a report, so that it is compared. */
static peil_status run_schema(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_request with = *request;
    peil_cell *cells;
    with.schema = true;
    PEIL_TRY(peil_run_describe(&with, report, fault));
    PEIL_TRY(peil_report_column(report, "schema", fault));
    PEIL_TRY(peil_report_row(report, PEIL_UNIT_NONE, &cells, fault));
    return peil_cell_text(&cells[0], report->document.bytes, false, fault);
}

Test(faults, a_file_with_a_schema) {
    const scratch file = scratch_text("data.csv",
                                      "q,t,weging,stratum,psu,dag\n1,a,0.5,1,1,2015-03-01\n"
                                      "2,b,1.25,1,2,\n9,a,1,2,1,2015-03-02\nNA,,1,2,1,\n");
    char path[512];
    snprintf(path, sizeof path, "%s/data.schema.json", file.folder);
    FILE *out = fopen(path, "wb");
    cr_assert(out && fputs(survey_schema, out) >= 0 && fclose(out) == 0);
    fail_each("table", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "mean(q)"),
                             .by = WORDS("t"),
                             .weight = "weging",
                             .hash_inputs = true},
              file.path);
    fail_each("describe", peil_run_describe,
              (peil_request){.weight = "weging", .missing = WORDS("t: b")}, file.path);
    fail_each("schema", run_schema, (peil_request){.batch_rows = 2}, file.path);
    unlink(path);
    snprintf(path, sizeof path, "%s/datapackage.json", file.folder);
    out = fopen(path, "wb");
    cr_assert(out && fprintf(out, "{\"resources\": [{\"path\": \"data.csv\", \"schema\": %s}]}",
                             survey_schema) >= 0);
    fclose(out);
    fail_each("package", peil_run_describe, (peil_request){0}, file.path);
    unlink(path);
    scratch_remove(&file);
}

/* ---- states ---- */

/* The state in hex as the only cell of a report, so that it is compared. */
static peil_status show_document(peil_report *report, peil_fault *fault) {
    peil_cell *cells;
    peil_text hex = {0};
    for (size_t i = 0; i < report->document.length; i++)
        peil_text_add_format(&hex, "%02x", (unsigned)(unsigned char)report->document.bytes[i]);
    peil_status status = hex.failed ? peil_fail_memory(fault) : PEIL_OK;
    if (status == PEIL_OK) status = peil_report_column(report, "state", fault);
    if (status == PEIL_OK) status = peil_report_row(report, PEIL_UNIT_NONE, &cells, fault);
    if (status == PEIL_OK) status = peil_cell_text(&cells[0], hex.bytes, false, fault);
    peil_text_clear(&hex);
    return status;
}

static peil_status run_tally(const peil_request *request, peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_run_tally(request, report, fault));
    return show_document(report, fault);
}

static peil_status run_partial(const peil_request *request, peil_report *report,
                               peil_fault *fault) {
    peil_request partial = *request;
    partial.partial = true;
    PEIL_TRY(peil_run_merge(&partial, report, fault));
    return show_document(report, fault);
}

static const char people_schema[] =
    "{\"fields\": [{\"name\": \"q\", \"type\": \"integer\", \"title\": \"Vraag\","
    " \"missingValues\": [\"\", \"9\", \"NA\"], \"categories\": [{\"value\": 1, \"label\":"
    " \"ja\"}, {\"value\": 2}, {\"value\": 3}, {\"value\": 4}, {\"value\": 5}]}]}";

static void schema_path(const scratch *file, char path[400]) {
    snprintf(path, 400, "%.300s/data.schema.json", file->folder);
}

/* Two states of a request, which are kept and merged while memory runs out. */
static void fail_states(const char *name, peil_request request, const person *people) {
    scratch states[2];
    const scratch files[] = {people_file(people, 3, (layout){0}),
                             people_file(people + 3, PEOPLE - 3, (layout){0})};
    static const char *paths[2];
    for (size_t i = 0; i < 2; i++) {
        const char *const data[] = {files[i].path};
        char path[400];
        schema_path(&files[i], path);
        write_bytes(path, people_schema, strlen(people_schema));
        request.files = (peil_words){1, data};
        states[i] = scratch_text("part.state", "");
        paths[i] = states[i].path;
        keep_state(peil_run_tally, request, paths[i]);
    }
    fail_each(name, run_tally, request, files[1].path);
    fail_files(name, peil_run_merge, (peil_request){.files = {2, paths}});
    fail_files(name, run_partial, (peil_request){.files = {2, paths}});
    for (size_t i = 0; i < 2; i++) {
        char path[400];
        schema_path(&files[i], path);
        unlink(path);
        scratch_remove(&states[i]);
        scratch_remove(&files[i]);
    }
}

Test(faults, states) {
    person people[PEOPLE];
    people_make(59, people, PEOPLE);
    fail_states("plain",
                (peil_request){.measures = WORDS("percent(q)", "sd(y)", "ratio(y / z)"),
                               .missing = WORDS("9"),
                               .weight = "w",
                               .strata = WORDS("h"),
                               .fpc = "f",
                               .lonely_psu = "adjust",
                               .by = WORDS("g,j"),
                               .margins = true},
                people);
    fail_states("replicates",
                (peil_request){.measures = WORDS("mean(y)",
                                                 "scale(q, y, z; 0..20 -> 0..1; min 1; "
                                                 "impute mean)"),
                               .missing = WORDS("9"),
                               .weight = "w",
                               .repweights = "P,Q,R,S,T,U,V",
                               .replication = "jk1",
                               .over = "g"},
                people);
}

/* A monitor of two studies with all it can declare. */
static void fail_monitor(const char *name, const char *compare) {
    person people[PEOPLE];
    people_make(55, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    peil_text text = {0};
    peil_text_add_format(
        &text,
        "peil: 1\nlanguage: en\nperiod: j\nbreakdowns: [[g]]\nmargins: true\n"
        "data: {a: {files: [%s], weight: w, missing: {\"*\": [9, NA]}, breaks: [2016]}}\n"
        "indicators:\n"
        "  - {code: A, title: t, measure: percent(q = 1), target: \">=40%%\", baseline: 2015}\n"
        "  - {code: B, measure: mean(y), where: z = 1 or z = 2, by: [], published: \"5,0\"}\n"
        "  - {code: C, measure: percent(q), by: []}\n"
        "compare: %s\ndisclosure: {min-n: 2}\n",
        file.path, compare);
    const scratch monitor = scratch_text("monitor.yaml", text.bytes);
    fail_each(name, peil_run_monitor, (peil_request){0}, monitor.path);
    scratch_remove(&monitor);
    scratch_remove(&file);
    peil_text_clear(&text);
}

Test(faults, monitor) {
    fail_monitor("monitor", "{adjust: holm}");
}

Test(faults, monitor_questions) {
    fail_monitor("monitor of questions", "{rule: rao-scott, adjust: holm}");
}

/* Published figures of a monitor and of a file, and of a file alone. */
Test(faults, verify) {
    person people[PEOPLE];
    people_make(56, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE),
                  figures =
                      scratch_text("figures.csv", "code;j;g;value\nB;2015;a;5,0\nB;2015;;4\n");
    peil_text text = {0};
    peil_text_add_format(&text,
                         "peil: 1\nperiod: j\nbreakdowns: [[g]]\npublished: %s\n"
                         "data: {a: {files: [%s], weight: w, missing: {\"*\": [9, NA]}}}\n"
                         "indicators:\n"
                         "  - {code: A, measure: percent(q = 1), published: {2015: [40%%, 41%%]}}\n"
                         "  - {code: B, measure: mean(y), where: z = 1 or z = 2}\n",
                         figures.path, file.path);
    const scratch monitor = scratch_text("monitor.yaml", text.bytes);
    fail_each("verify", peil_run_verify, (peil_request){0}, monitor.path);
    fail_each("verify data", peil_run_verify,
              (peil_request){.measures = WORDS("B: mean(y)"),
                             .by = WORDS("g"),
                             .missing = WORDS("9 NA"),
                             .period = "j",
                             .published = WORDS(figures.path)},
              file.path);
    scratch_remove(&monitor);
    scratch_remove(&figures);
    scratch_remove(&file);
    peil_text_clear(&text);
}

/* A figure that no single convention gives, so that pairs are tried. */
Test(faults, explain) {
    const scratch file = scratch_text("people.csv", "q,w\n1,1.5\n2,2\n1,0.5\n");
    peil_text text = {0};
    peil_text_add_format(&text,
                         "peil: 1\ndata: {a: {files: %s, weight: w}}\n"
                         "indicators: [{code: A, measure: percent(q = 1), published: 97%%}]\n",
                         file.path);
    const scratch monitor = scratch_text("monitor.yaml", text.bytes);
    fail_each("explain", peil_run_verify, (peil_request){.explain = true}, monitor.path);
    scratch_remove(&monitor);
    scratch_remove(&file);
    peil_text_clear(&text);
}

/* A field that outgrows the parser's first buffer. */
Test(faults, a_long_field) {
    peil_text text = {0};
    peil_text_add_format(&text, "q,y\n%05000d,1\nb,2\n", 1);
    const scratch file = scratch_make("data.csv", text.bytes, text.length);
    fail_each("long field", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "mean(y)")}, file.path);
    scratch_remove(&file);
    peil_text_clear(&text);
}

/* Other characters, decimal commas, several answers and a first line for Excel. */
Test(faults, a_file_in_another_dialect) {
    const scratch file =
        scratch_text("data.csv", "sep=;\nq;y;a\n1,5;2,25;1,2\n2;12;1,2,3\ncaf\xE9;n.v.t.;1\n");
    static const size_t blocks[] = {0, 5};
    for (size_t i = 0; i < COUNT(blocks); i++)
        fail_each("dialect", peil_run_table,
                  (peil_request){.measures = WORDS("percent(q)", "mean(y)", "percent(a)"),
                                 .missing = WORDS("y: \"n.v.t.\""),
                                 .block_bytes = blocks[i]},
                  file.path);
    fail_each("given", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "percent(a)"), .decimal = "point"},
              file.path);
    scratch_remove(&file);
}

/* ---- files that cannot be read ---- */

Test(faults, files_that_cannot_be_read) {
    static const char *const paths[] = {"/nowhere/data.csv", "/", "", "/dev/null/x"};
    static command *const commands[] = {peil_run_table, peil_run_compare, peil_run_weight,
                                        peil_run_describe};
    for (size_t i = 0; i < COUNT(paths); i++)
        for (size_t c = 0; c < COUNT(commands); c++) {
            const peil_request request = {.files = {1, &paths[i]},
                                          .measures = WORDS("mean(y)"),
                                          .over = "j",
                                          .targets = WORDS(PEOPLE_TARGETS)};
            peil_report report = {0};
            peil_fault fault = {0};
            cr_expect_eq(commands[c](&request, &report, &fault), PEIL_ESYSTEM, "\"%s\"", paths[i]);
            cr_expect_str_eq(fault.file, paths[i]);
            cr_expect_eq(report.nrows, 0);
        }
}

Test(faults, a_file_without_permission) {
    const scratch file = scratch_text("data.csv", "y\n1\n");
    const char *const files[] = {file.path};
    const peil_request request = {.files = {1, files}, .measures = WORDS("mean(y)")};
    peil_report report = {0};
    peil_fault fault = {0};
    chmod(file.path, 0);
    const bool is_root = access(file.path, R_OK) == 0;
    if (!is_root) cr_expect_eq(peil_run_table(&request, &report, &fault), PEIL_ESYSTEM);
    scratch_remove(&file);
    if (is_root) cr_skip_test("everything may be read here");
}

/* The second file fails: nothing of the first one is shown. */
Test(faults, a_second_file_that_fails) {
    const scratch file = scratch_text("data.csv", "y\n1\n2\n");
    const char *const files[] = {file.path, "/nowhere/data.csv"};
    const peil_request request = {.files = {2, files}, .measures = WORDS("mean(y)")};
    peil_report report = {0};
    peil_fault fault = {0};
    cr_expect_eq(peil_run_table(&request, &report, &fault), PEIL_ESYSTEM);
    cr_expect_str_eq(fault.file, files[1]);
    cr_expect_eq(report.nrows, 0);
    cr_expect_null(report.cells);
    scratch_remove(&file);
}
