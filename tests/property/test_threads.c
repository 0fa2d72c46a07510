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

static char *say(const char *path, size_t which, size_t block, int threads) {
    const char *const files[] = {path};
    peil_request request = requests[which];
    request.files = (peil_words){1, files};
    request.delimiter = ";";
    request.block_bytes = block;
    request.batch_rows = 4 + block % 60;
    request.threads = threads;
    return output_of(peil_run_table, &request);
}

static void hold(const char *path, size_t which, size_t block, int threads) {
    char *wanted = say(path, which, 0, 1), *said = say(path, which, block, threads);
    HOLDS(!strcmp(said, wanted), "request %zu, blocks of %zu, %d threads say\n%.300s\nnot\n%.300s",
          which, block, threads, said, wanted);
    free(wanted);
    free(said);
}

Test(threads, say_what_one_says) {
    enum { FILES = 1200 };
    uint64_t random = 4711;
    peil_text text = {0};
    size_t refused = 0;
    for (int i = 0; i < FILES; i++) {
        make_file(&text, &random);
        const scratch file = scratch_make("data.csv", text.bytes, text.length);
        const size_t which = (size_t)i % COUNT(requests);
        hold(file.path, which, 1 + random_below(&random, 400), 2 + (int)random_below(&random, 7));
        char *said = say(file.path, which, 0, 1);
        refused += strncmp(said, "refused", 7) == 0;
        free(said);
        scratch_remove(&file);
    }
    cr_expect(refused > FILES / 5 && refused < FILES / 5 * 4, "%zu were refused", refused);
    peil_text_clear(&text);
}
