/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data that are cut in any way, tallied apart and merged in any order give what one run on the
 * whole gives, byte for byte. */
#include "questions.h"
#include "support/states.h"

enum { PARTS_MOST = 1000 };

/* ---- a survey on disk, whole and in parts ---- */

typedef struct survey {
    scratch whole; /* in its folder stand the parts and their states */
    size_t n;      /* parts */
    char *parts[PARTS_MOST], *states[PARTS_MOST];
} survey;

static char *path_in(const scratch *whole, const char *kind, size_t i) {
    char path[400];
    snprintf(path, sizeof path, "%s/part-%04zu.%s", whole->folder, i, kind);
    return strdup(path);
}

/* Cuts after random people, so that no part is empty; forms differ from part to part. */
static survey cut(uint64_t *seed, const person *people, size_t npeople, size_t nparts) {
    static const layout forms[] = {{0}, {.separator = ';'}, {.end = "\r\n", .quoted = true}};
    survey s = {.whole = people_file(people, npeople, (layout){0}), .n = nparts};
    size_t from = 0;
    for (size_t i = 0; i < nparts; i++) {
        const size_t left = npeople - from - (nparts - i - 1);
        const size_t rows = i + 1 == nparts ? left : 1 + random_below(seed, left);
        const size_t few = 1 + 2 * npeople / nparts;
        const size_t taken = i + 1 < nparts && rows > few ? few : rows;
        peil_text text = people_text(people + from, taken, forms[random_below(seed, 3)]);
        s.parts[i] = path_in(&s.whole, "csv", i);
        s.states[i] = path_in(&s.whole, "state", i);
        write_bytes(s.parts[i], text.bytes, text.length);
        peil_text_clear(&text);
        from += taken;
    }
    cr_assert_eq(from, npeople);
    return s;
}

static void survey_remove(survey *s) {
    for (size_t i = 0; i < s->n; i++) {
        unlink(s->parts[i]);
        unlink(s->states[i]);
        free(s->parts[i]);
        free(s->states[i]);
    }
    scratch_remove(&s->whole);
}

/* ---- runs ---- */

/* What a command writes in a format, or how it refuses. */
static char *told(command *run, const peil_request *request, const char *format) {
    peil_report report = {0};
    peil_fault fault = {0};
    peil_text out = {0};
    const peil_status status = run(request, &report, &fault);
    if (status == PEIL_OK)
        peil_writer_find(format)->write(&report, &(peil_style){0}, &out);
    else
        peil_text_add_format(&out, "refused: %d %s %s", status, fault.variable, fault.message);
    peil_report_clear(&report);
    cr_assert_not(out.failed);
    return out.bytes;
}

static void tally_each(const survey *s, peil_request request, bool numbered) {
    for (size_t i = 0; i < s->n; i++) {
        const char *const files[] = {s->parts[i]};
        char number[32];
        snprintf(number, sizeof number, "%zu/%zu", i + 1, s->n);
        request.files = (peil_words){1, files};
        request.part = numbered ? number : NULL;
        keep_state(peil_run_tally, request, s->states[i]);
    }
}

static void shuffle(uint64_t *seed, const char **words, size_t n) {
    for (size_t i = n; i > 1; i--) {
        const size_t k = random_below(seed, i);
        const char *swap = words[i - 1];
        words[i - 1] = words[k];
        words[k] = swap;
    }
}

/* Merges some states into one of them, again and again, until `least` are left. */
static size_t merge_some(uint64_t *seed, const char **states, size_t n, size_t least) {
    while (n > least) {
        const size_t some = 2 + random_below(seed, n - 1 < 4 ? n - 1 : 4);
        const peil_request request = {.files = {some, states + n - some}, .partial = true};
        keep_state(peil_run_merge, request, states[n - some]);
        n -= some - 1;
        shuffle(seed, states, n);
    }
    return n;
}

static void expect_same(char *expected, char *found, const char *what, uint64_t seed) {
    HOLDS(!strcmp(expected, found), "%s, seed %" PRIu64 ":\n%.300s\n%.300s", what, seed,
          first_difference(found, expected), first_difference(expected, found));
    free(expected);
    free(found);
}

/* A refusal may name another record of a part than of the whole. */
static bool are_refused(char *expected, char *found) {
    const bool refused = !strncmp(expected, "refused: 3", 10) && !strncmp(found, expected, 10);
    if (refused) {
        free(expected);
        free(found);
    }
    return refused;
}

/* The figures of the states against those of the whole, and all that is told of the parts against
 * what one run on them tells. */
static bool compare(const survey *s, const question *q, const char **states, size_t nstates,
                    uint64_t seed) {
    const char *const whole[] = {s->whole.path};
    peil_request once = q->request;
    const peil_request merged = {.files = {nstates, states}, .hash_inputs = true};
    once.files = (peil_words){1, whole};
    once.hash_inputs = true;
    char *expected = told(q->run, &once, "csv"), *found = told(peil_run_merge, &merged, "csv");
    if (are_refused(expected, found)) return false;
    expect_same(expected, found, q->name, seed);
    expect_same(told(q->run, &once, "text"), told(peil_run_merge, &merged, "text"), q->name, seed);
    once.files = (peil_words){s->n, (const char *const *)s->parts};
    expect_same(told(q->run, &once, "json"), told(peil_run_merge, &merged, "json"), q->name, seed);
    return true;
}

/* False where the question is refused, of the whole and of the parts. */
static bool try_parts(const question *q, const person *people, size_t npeople, size_t nparts,
                      uint64_t seed) {
    static const char *states[PARTS_MOST];
    const uint64_t begin = seed;
    survey s = cut(&seed, people, npeople, nparts);
    tally_each(&s, q->request, random_below(&seed, 2));
    memcpy(states, s.states, nparts * sizeof *states);
    shuffle(&seed, states, nparts);
    compare(&s, q, states, nparts, begin);
    const size_t left = merge_some(&seed, states, nparts, 1 + random_below(&seed, 3));
    const bool has_figures = compare(&s, q, states, left, begin);
    survey_remove(&s);
    return has_figures;
}

Test(parts, every_question) {
    static const size_t cuts[] = {1, 2, 3, 9, 31};
    const question questions[] = {QUESTIONS};
    person people[120];
    people_make(61, people, COUNT(people));
    for (size_t i = 0; i < COUNT(questions); i++)
        for (size_t k = 0; k < COUNT(cuts) && questions[i].run != peil_run_weight; k++)
            cr_expect(try_parts(&questions[i], people, COUNT(people), cuts[k], 100 * i + k));
}

Test(parts, one_for_each_respondent) {
    const question questions[] = {QUESTIONS};
    static person people[PARTS_MOST];
    people_make(62, people, COUNT(people));
    cr_expect(try_parts(&questions[2], people, COUNT(people), COUNT(people), 1));
}

/* Some parts have few different numbers and keep them, others turn them into moments; weights have
 * other decimals from part to part. */
Test(parts, answers_and_moments) {
    static person people[1400];
    static const size_t cuts[] = {2, 5, 40};
    const question questions[] = {QUESTIONS};
    uint64_t seed = 63;
    people_make(63, people, COUNT(people));
    for (size_t i = 0; i < COUNT(people); i++) {
        if (i > 500) people[i].y = (int64_t)random_below(&seed, i > 900 ? 1u << 30 : 3000);
        if (i % 300 < 150) people[i].weight = people[i].weight / 100 * 100;
    }
    for (size_t i = 0; i < COUNT(questions); i++) {
        question q = questions[i];
        if (q.run == peil_run_weight) continue; /* that is of rows */
        q.request.measures = (peil_words)WORDS("mean(y)", "sd(y)", "total(y)", "ratio(y / z)");
        q.request.rule = NULL; /* some are of percentages alone */
        cr_expect(try_parts(&q, people, COUNT(people), cuts[i % COUNT(cuts)], i));
    }
}

/* ---- what is told beside the figures ---- */

/* A survey in two parts by hand, and their states the wrong way round. */
typedef struct halves {
    scratch folder; /* and the first part */
    char *paths[2], *states[2];
} halves;

static halves halves_make(const char *one, const char *other, peil_request request) {
    halves h = {.folder = scratch_text("a.csv", one)};
    for (size_t i = 0; i < 2; i++) {
        h.paths[i] = i ? path_in(&h.folder, "csv", 1) : strdup(h.folder.path);
        h.states[1 - i] = path_in(&h.folder, "state", i);
    }
    write_bytes(h.paths[1], other, strlen(other));
    for (size_t i = 0; i < 2; i++) {
        const char *const files[] = {h.paths[i]};
        request.files = (peil_words){1, files};
        keep_state(peil_run_tally, request, h.states[1 - i]);
    }
    return h;
}

static void halves_remove(halves *h) {
    for (size_t i = 0; i < 2; i++) {
        if (i) unlink(h->paths[i]);
        unlink(h->states[i]);
        free(h->paths[i]);
        free(h->states[i]);
    }
    scratch_remove(&h->folder);
}

static void expect_told(const char *one, const char *other, peil_request request) {
    halves h = halves_make(one, other, request);
    const peil_request merged = {.files = {2, (const char *const *)h.states}};
    request.files = (peil_words){2, (const char *const *)h.paths};
    request.hash_inputs = true;
    char *expected = told(peil_run_table, &request, "json");
    cr_expect(strncmp(expected, "refused", 7), "%s", expected);
    expect_same(expected, told(peil_run_merge, &merged, "json"), "by hand", 0);
    halves_remove(&h);
}

/* Missing weights, codes inside the range of the answers and below it, no value of a breakdown,
 * totals that lack answers, items that are imputed: each in one part, or in both. */
Test(parts, notes) {
    expect_told("g,w,y,z,a,b\n1,1,3,11,1,2\n1,,4,9,2,\n2,2,9,12,,3\n,1,8,9,4,5\n",
                "g,w,y,z,a,b\n1,1,10,15,1,2\n2,,1,10,2,4\n,1,,14,4,5\n2,1,9,9,5,5\n",
                (peil_request){.measures = WORDS("mean(y)", "mean(z)", "total(y)", "percent(y = 7)",
                                                 "scale(a, b; 1..5 -> 0..10; min 1; impute mean)"),
                               .missing = WORDS("9"),
                               .weight = "w",
                               .missing_weight = "zero",
                               .by = WORDS("g")});
}

/* In one part nobody has a weight in a replicate, and it holds no decimals. */
Test(parts, replicates_that_weigh_in_one_part) {
    expect_told(
        "w,y,r1,r2\n1,1,0,2\n1,2,0,1\n", "w,y,r1,r2\n1,3,1.25,0\n1,5,0.5,0\n",
        (peil_request){
            .measures = WORDS("mean(y)"), .weight = "w", .repweights = "r?", .replication = "jk1"});
}

/* A stratum that is in both parts. */
Test(parts, one_stratum_with_two_sizes) {
    halves h =
        halves_make("h,f,y\n1,10,1\n2,20,2\n2,20,5\n", "h,f,y\n1,10,3\n2,21,2\n",
                    (peil_request){.measures = WORDS("mean(y)"), .strata = WORDS("h"), .fpc = "f"});
    for (size_t last = 0; last < 2; last++) { /* the state that comes last is refused */
        const char *const states[] = {h.states[last], h.states[1 - last]};
        const peil_request merged = {.files = {2, states}};
        peil_report report = {0};
        peil_fault fault = {0};
        cr_expect_eq(peil_run_merge(&merged, &report, &fault), PEIL_EDATA);
        cr_expect_str_eq(fault.message, "the fpc varies inside a stratum");
        cr_expect_str_eq(fault.variable, "f");
        cr_expect_str_eq(fault.file, h.paths[last]);
        cr_expect_eq(fault.record, 2);
        peil_report_clear(&report);
    }
    halves_remove(&h);
}

/* ---- requests at random ---- */

typedef struct choices {
    const char *measures[4], *by[2];
    question question;
} choices;

/* Lists that outlive the choice. */
static const char *const one_stratum[] = {"h"}, *const two_strata[] = {"h,g"},
                         *const codes[] = {"9", "q: 8 9"};

static const char *one_of(uint64_t *seed, const char *const *words, size_t n) {
    return words[random_below(seed, n)];
}
#define ONE_OF(seed, ...)                            \
    one_of(seed, (const char *const[]){__VA_ARGS__}, \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void choose_design(uint64_t *seed, peil_request *r) {
    switch (random_below(seed, 6)) {
        case 0:
            r->strata = (peil_words){1, one_stratum};
            r->fpc = ONE_OF(seed, NULL, "F");
            break;
        case 1:
            r->cluster = "c";
            r->strata = (peil_words){1, one_stratum};
            break;
        case 2:
            r->cluster = "c,i";
            r->strata = (peil_words){1, two_strata};
            break;
        case 3:
            r->cluster = "i";
            r->replication = ONE_OF(seed, "jk1", "bootstrap");
            return;
        case 4:
            r->weight = "w";
            r->repweights = "P,Q,R,S,T,U,V";
            r->replication = ONE_OF(seed, "brr", "fay=0.5", "jk1");
            r->df = ONE_OF(seed, NULL, "design");
            return;
        default:
            break;
    }
    r->lonely_psu = ONE_OF(seed, NULL, "adjust", "average", "certainty");
    r->df = ONE_OF(seed, NULL, "design", "strata");
}

static void choose(uint64_t *seed, choices *c) {
    const peil_words all = EVERYTHING;
    peil_request *r = &c->question.request;
    *c = (choices){.question = {.name = "at random", .run = peil_run_table}};
    choose_design(seed, r);
    r->measures = (peil_words){1 + random_below(seed, 4), c->measures};
    r->by = (peil_words){random_below(seed, 3), c->by};
    for (size_t i = 0; i < r->measures.n; i++) c->measures[i] = one_of(seed, all.word, all.n);
    c->by[0] = ONE_OF(seed, "g", "j,g", "q");
    c->by[1] = ONE_OF(seed, "j", "z");
    if (!r->weight) r->weight = ONE_OF(seed, NULL, "w");
    r->where = ONE_OF(seed, NULL, "z > 5", "q = 1", "j = 2014");
    r->sample = ONE_OF(seed, NULL, NULL, "g <> \"oost\"");
    r->missing = (peil_words){1 + random_below(seed, 2), codes};
    r->margins = random_below(seed, 2);
    r->include_missing = random_below(seed, 4) == 0;
    r->interval = ONE_OF(seed, NULL, "wilson", "beta");
    if (random_below(seed, 3)) return;
    c->question.run = peil_run_compare;
    c->question.name = "a comparison at random";
    c->by[0] = "z";
    r->by.n = random_below(seed, 2);
    r->margins = false;
    r->over = ONE_OF(seed, "j", "g");
    r->against = ONE_OF(seed, NULL, "first", "rest");
    r->adjust = ONE_OF(seed, NULL, "bh");
}

Test(parts, requests_at_random) {
    size_t n = 0;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        uint64_t state = seed;
        person people[90];
        choices c;
        choose(&state, &c);
        people_make(seed, people, COUNT(people));
        n += try_parts(&c.question, people, COUNT(people), 1 + random_below(&state, 20), seed);
    }
    cr_expect_gt(n, 40, "only %zu have figures", n);
}
