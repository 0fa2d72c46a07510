/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a file holds, any number of threads says of it what one says: the same figures, or the
 * same refusal of the same record. */
#include "support/figures.h"

/* ---- files ---- */

typedef struct field {
    const char *name, *likely[5], *unlikely[9];
} field;

static const field fields[] = {
    {"q", {"1", "2", "3", "1", ""}, {"9", "\"1\"", " 2 ", "01", "\"x\ny\"", "\xE9", "1.0"}},
    {"w",
     {"1.5", "2.25", "1", "0.5", "3"},
     {"", "-1", "0", "1,5", "1.234", "x", "\"2.5\"", "0,25"}},
    {"h", {"1", "2", "1", "2", "1"}, {"\"3\"", "", "\"a \"\"b\"\"\"", "\"two\r\nlines\"", "4"}},
    {"t", {"ja", "nee", "\"ja\"", "2.5", ""}, {"2,5", "\"1,2,3\"", "1.234", "\"", "a\"b", "'"}},
    {"f", {"50", "50", "50", "50", "50"}, {"51", "50.0", "", "\"50\""}},
    {"v", {"7", "8.5", "9.25", "1.125", ""}, {"8,5", "x", "\"1,2,3\"", "1e3", "8,125", "1.5"}},
};

static const char *choose(uint64_t *random, const char *const *words, size_t most) {
    size_t n = 0;
    while (n < most && words[n]) n++;
    return words[random_below(random, n)];
}

static void add_row(peil_text *out, uint64_t *random, uint64_t oddity, const char *end) {
    for (size_t i = 0; i < COUNT(fields); i++) {
        const bool odd = random_below(random, oddity) == 0;
        if (i) peil_text_add(out, ";");
        peil_text_add(out, odd ? choose(random, fields[i].unlikely, COUNT(fields[i].unlikely))
                               : choose(random, fields[i].likely, COUNT(fields[i].likely)));
    }
    if (random_below(random, 8 * oddity) == 0) peil_text_add(out, ";1");
    if (random_below(random, 40 * oddity) == 0) peil_text_add_bytes(out, "\0", 1);
    peil_text_add(out, end);
    if (random_below(random, oddity) == 0) peil_text_add(out, end);
}

/* Up to some hundred rows; some files are clean, some are all but. */
static void make_file(peil_text *out, uint64_t *random) {
    static const char *const ends[] = {"\n", "\r\n", "\n", "\r\n", "\r"};
    const uint64_t oddity = (uint64_t)8 << random_below(random, 14),
                   rows = random_below(random, 200);
    const char *end = ends[random_below(random, COUNT(ends))];
    out->length = 0;
    for (size_t i = 0; i < COUNT(fields); i++)
        peil_text_add_format(out, "%s%s", i ? ";" : "", fields[i].name);
    peil_text_add(out, end);
    for (uint64_t i = 0; i < rows; i++) add_row(out, random, oddity, end);
    if (random_below(random, 40) == 0) peil_text_add(out, "q;w;h;t;f;v\n");
    if (random_below(random, 4) == 0 && out->length > 20) out->length--; /* no last line end */
}

/* ---- what is said ---- */

static const peil_request requests[] = {
    {.measures = WORDS("percent(q)", "percent(t)", "mean(w)"),
     .weight = "w",
     .by = WORDS("h"),
     .missing = WORDS("9")},
    {.measures = WORDS("percent(q = 1)", "count()"),
     .weight = "w",
     .missing_weight = "zero",
     .strata = WORDS("h"),
     .fpc = "f",
     .lonely_psu = "certainty"},
    {.measures = WORDS("mean(v)", "total(v)", "percent(t)"),
     .where = "q <> 2",
     .by = WORDS("t", "h")},
    {.measures = WORDS("percent(v)", "median(w)"), .decimal = "comma"},
};

/* The output, or the refusal and the file that it is of. */
static char *say(const char *const *paths, size_t n, size_t which, size_t block, int threads) {
    peil_request request = requests[which];
    peil_report report = {0};
    peil_fault fault = {0};
    peil_text out = {0};
    request.files = (peil_words){n, paths};
    request.delimiter = ";";
    request.block_bytes = block;
    request.batch_rows = 4 + block % 60;
    request.threads = threads;
    const peil_status status = peil_run_table(&request, &report, &fault);
    if (status == PEIL_OK)
        peil_writer_find("csv")->write(&report, &(peil_style){0}, &out);
    else
        peil_text_add_format(&out, "refused: %d %s %" PRIu64 " %s %s", status, fault.file,
                             fault.record, fault.variable, fault.message);
    for (size_t i = 0; i < report.ninputs && status == PEIL_OK; i++)
        peil_text_add_format(&out, "%" PRIu64 " records\n", report.inputs[i].records);
    peil_report_clear(&report);
    return out.bytes;
}

/* Returns whether the files are refused. */
static bool hold(const char *const *paths, size_t n, size_t which, size_t block, int threads) {
    char *wanted = say(paths, n, which, 0, 1), *said = say(paths, n, which, block, threads);
    const bool is_refused = strncmp(wanted, "refused", 7) == 0;
    HOLDS(!strcmp(said, wanted), "request %zu, blocks of %zu, %d threads say\n%.300s\nnot\n%.300s",
          which, block, threads, said, wanted);
    free(wanted);
    free(said);
    return is_refused;
}

Test(threads, say_what_one_says) {
    enum { FILES = 1200 };
    uint64_t random = 4711;
    peil_text text = {0};
    size_t refused = 0;
    for (int i = 0; i < FILES; i++) {
        make_file(&text, &random);
        const scratch file = scratch_make("data.csv", text.bytes, text.length);
        refused += hold((const char *const[]){file.path}, 1, (size_t)i % COUNT(requests),
                        1 + random_below(&random, 400), 2 + (int)random_below(&random, 7));
        scratch_remove(&file);
    }
    cr_expect(refused > FILES / 5 && refused < FILES / 5 * 4, "%zu were refused", refused);
    peil_text_clear(&text);
}

/* Some files at once; of those that are refused it is the first. */
Test(threads, say_the_same_of_several_files) {
    enum { TIMES = 300, FILES = 5 };
    uint64_t random = 815;
    peil_text text = {0};
    size_t refused = 0;
    for (int i = 0; i < TIMES; i++) {
        scratch files[FILES];
        const char *paths[FILES];
        const size_t n = 2 + random_below(&random, FILES - 1);
        for (size_t k = 0; k < n; k++) {
            make_file(&text, &random);
            files[k] = scratch_make("data.csv", text.bytes, text.length);
            paths[k] = files[k].path;
        }
        refused += hold(paths, n, (size_t)i % COUNT(requests), i % 2 ? 300 : 0,
                        2 + (int)random_below(&random, 7));
        for (size_t k = 0; k < n; k++) scratch_remove(&files[k]);
    }
    cr_expect(refused > TIMES / 5 && refused < TIMES, "%zu were refused", refused);
    peil_text_clear(&text);
}
