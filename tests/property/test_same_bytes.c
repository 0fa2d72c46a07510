/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same rows in another form or order give the same output, byte for byte. */
#include <zlib.h>

#include "people.h"
#include "questions.h"

enum { PEOPLE = 240 };

static char *output_on(const question *q, const peil_request *form, const scratch *files,
                       size_t nfiles) {
    peil_request request = q->request;
    const char *paths[4];
    cr_assert_leq(nfiles, COUNT(paths));
    for (size_t i = 0; i < nfiles; i++) paths[i] = files[i].path;
    request.files = (peil_words){nfiles, paths};
    request.block_bytes = form ? form->block_bytes : 0;
    request.batch_rows = form ? form->batch_rows : 0;
    request.threads = form ? form->threads : 0;
    return output_of(q->run, &request);
}

/* What the questions say of the survey in its plain form. */
typedef struct answers {
    person people[PEOPLE];
    size_t n;
    char *outputs[32];
} answers;

static void answers_make(answers *a) {
    const question questions[] = {QUESTIONS};
    people_make(18, a->people, PEOPLE);
    const scratch file = people_file(a->people, PEOPLE, (layout){0});
    a->n = COUNT(questions);
    for (size_t i = 0; i < a->n; i++) {
        a->outputs[i] = output_on(&questions[i], NULL, &file, 1);
        cr_assert(strncmp(a->outputs[i], "refused", 7), "%s: %s", questions[i].name, a->outputs[i]);
        cr_assert_gt(strlen(a->outputs[i]), 500, "%s", questions[i].name);
    }
    scratch_remove(&file);
}

static void answers_clear(answers *a) {
    for (size_t i = 0; i < a->n; i++) free(a->outputs[i]);
}

static void compare(const answers *a, const peil_request *form, const scratch *files, size_t nfiles,
                    const char *what) {
    const question questions[] = {QUESTIONS};
    for (size_t i = 0; i < a->n; i++) {
        char *output = output_on(&questions[i], form, files, nfiles);
        HOLDS(!strcmp(output, a->outputs[i]), "%s: %s:\n%.200s", questions[i].name, what,
              first_difference(output, a->outputs[i]));
        free(output);
    }
}

static void compare_people(const answers *a, const person *people, layout l, const char *what) {
    const scratch file = people_file(people, PEOPLE, l);
    compare(a, NULL, &file, 1, what);
    scratch_remove(&file);
}

Test(same_bytes, rows_in_another_order) {
    static answers a;
    answers_make(&a);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        person people[PEOPLE];
        memcpy(people, a.people, sizeof people);
        people_shuffle(seed, people, PEOPLE);
        compare_people(&a, people, (layout){.columns = "hcwqyzgjifFPQRSTUV"}, "shuffled");
    }
    answers_clear(&a);
}

Test(same_bytes, file_in_another_form) {
    static const struct {
        const char *what;
        layout form;
    } forms[] = {
        {"columns turned round", {.columns = "VFTfijgUzyRPqQwSch"}},
        {"columns in another order", {.columns = "UyFgPqQjRVhSwTzfic"}},
        {"CRLF", {.end = "\r\n"}},
        {"CR", {.end = "\r"}},
        {"no last end", {.unended = true}},
        {"no last end, CRLF", {.end = "\r\n", .unended = true}},
        {"semicolons", {.separator = ';'}},
        {"tabs", {.separator = '\t'}},
        {"quoted", {.quoted = true}},
        {"byte order mark", {.marked = true}},
        {"all of it", {.marked = true, .quoted = true, .separator = ';', .end = "\r\n"}},
        {"blank lines between", {.end = "\n\n"}},
    };
    static answers a;
    answers_make(&a);
    for (size_t i = 0; i < COUNT(forms); i++)
        compare_people(&a, a.people, forms[i].form, forms[i].what);
    answers_clear(&a);
}

Test(same_bytes, blocks_and_batches) {
    static const size_t blocks[] = {1, 2, 3, 61, 65536}, batches[] = {2, 3, 5, 17, 240, 241, 1000};
    static answers a;
    answers_make(&a);
    const scratch file = people_file(a.people, PEOPLE, (layout){0});
    for (size_t b = 0; b < COUNT(blocks); b++)
        for (size_t r = 0; r < COUNT(batches); r++) {
            const peil_request form = {.block_bytes = blocks[b], .batch_rows = batches[r]};
            char what[64];
            snprintf(what, sizeof what, "blocks of %zu, batches of %zu", blocks[b], batches[r]);
            compare(&a, &form, &file, 1, what);
        }
    scratch_remove(&file);
    answers_clear(&a);
}

/* Small blocks, so that threads have something to share. */
Test(same_bytes, threads) {
    static const layout forms[] = {
        {0}, {.quoted = true, .end = "\r\n"}, {.end = "\n\n", .unended = true}};
    static const size_t blocks[] = {1, 61, 1000};
    static answers a;
    answers_make(&a);
    for (size_t f = 0; f < COUNT(forms); f++) {
        const scratch file = people_file(a.people, PEOPLE, forms[f]);
        for (int threads = 1; threads <= 8; threads++) {
            const peil_request form = {
                .block_bytes = blocks[(size_t)threads % 3], .batch_rows = 7, .threads = threads};
            char what[32];
            snprintf(what, sizeof what, "%d threads", threads);
            compare(&a, &form, &file, 1, what);
        }
        scratch_remove(&file);
    }
    answers_clear(&a);
}

static scratch gzip_file(const char *text, size_t length) {
    static unsigned char bytes[1 << 17];
    z_stream z = {.next_in = (Bytef *)(uintptr_t)text,
                  .avail_in = (uInt)length,
                  .next_out = bytes,
                  .avail_out = sizeof bytes};
    cr_assert_eq(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return scratch_make("data.csv.gz", bytes, sizeof bytes - z.avail_out);
}

Test(same_bytes, gzip) {
    static const size_t blocks[] = {1, 7, 4096, 0};
    static answers a;
    answers_make(&a);
    peil_text text = people_text(a.people, PEOPLE, (layout){0});
    const scratch file = gzip_file(text.bytes, text.length);
    for (size_t b = 0; b < COUNT(blocks); b++)
        compare(&a, &(peil_request){.block_bytes = blocks[b]}, &file, 1, "gzip");
    scratch_remove(&file);
    peil_text_clear(&text);
    answers_clear(&a);
}

/* Files are parts; cuts[i] people are in the first i + 1 of them. */
Test(same_bytes, files_cut_in_parts) {
    static const struct {
        size_t cuts[2];
        int order[3];
    } cases[] = {{{1, 2}, {0, 1, 2}},    {{120, 121}, {0, 1, 2}}, {{239, 239}, {0, 2, 1}},
                 {{80, 160}, {2, 0, 1}}, {{80, 160}, {1, 2, 0}},  {{80, 160}, {2, 1, 0}}};
    static answers a;
    answers_make(&a);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const size_t from[] = {0, cases[i].cuts[0], cases[i].cuts[1], PEOPLE};
        scratch files[3];
        size_t n = 0;
        for (size_t k = 0; k < 3; k++) {
            const size_t part = (size_t)cases[i].order[k];
            const size_t rows = from[part + 1] - from[part];
            if (rows) files[n++] = people_file(a.people + from[part], rows, (layout){0});
        }
        char what[32];
        snprintf(what, sizeof what, "cut %zu", i);
        compare(&a, NULL, files, n, what);
        compare(&a, &(peil_request){.block_bytes = 61}, files, n, what);
        for (size_t k = 0; k < n; k++) scratch_remove(&files[k]);
    }
    answers_clear(&a);
}

/* Files may have their own order of columns, ends and separator. */
Test(same_bytes, files_of_different_forms) {
    static answers a;
    answers_make(&a);
    const scratch files[] = {
        people_file(a.people, 100, (layout){.columns = "VFTfijgUzyRPqQwSch"}),
        people_file(a.people + 100, 7, (layout){.separator = ';', .marked = true}),
        people_file(a.people + 107, PEOPLE - 107, (layout){.end = "\r\n", .quoted = true}),
    };
    compare(&a, NULL, files, COUNT(files), "different forms");
    for (size_t i = 0; i < COUNT(files); i++) scratch_remove(&files[i]);
    answers_clear(&a);
}

/* Nothing in a run is left over from the one before. */
Test(same_bytes, again) {
    static answers a;
    answers_make(&a);
    for (int i = 0; i < 3; i++) compare_people(&a, a.people, (layout){0}, "again");
    answers_clear(&a);
}
