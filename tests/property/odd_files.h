/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small csv files of which some are clean and some are all but, requests of them, and all that is
 * said of them: to hold many readers against one. */
#ifndef PEIL_TESTS_ODD_FILES_H
#define PEIL_TESTS_ODD_FILES_H

#include "support/figures.h"

typedef struct odd_field {
    const char *name, *likely[5], *unlikely[9];
} odd_field;

static const odd_field odd_fields[] = {
    {"q", {"1", "2", "3", "1", ""}, {"9", "\"1\"", " 2 ", "01", "\"x\ny\"", "\xE9", "1.0"}},
    {"w",
     {"1.5", "2.25", "1", "0.5", "3"},
     {"", "-1", "0", "1,5", "1.234", "x", "\"2.5\"", "0,25"}},
    {"h", {"1", "2", "1", "2", "1"}, {"\"3\"", "", "\"a \"\"b\"\"\"", "\"two\r\nlines\"", "4"}},
    {"t", {"ja", "nee", "\"ja\"", "2.5", ""}, {"2,5", "\"1,2,3\"", "1.234", "\"", "a\"b", "'"}},
    {"f", {"50", "50", "50", "50", "50"}, {"51", "50.0", "", "\"50\""}},
    {"v", {"7", "8.5", "9.25", "1.125", ""}, {"8,5", "x", "\"1,2,3\"", "1e3", "8,125", "1.5"}},
};

static inline const char *odd_choose(uint64_t *random, const char *const *words, size_t most) {
    size_t n = 0;
    while (n < most && words[n]) n++;
    return words[random_below(random, n)];
}

static inline void odd_row(peil_text *out, uint64_t *random, uint64_t oddity, const char *end) {
    for (size_t i = 0; i < COUNT(odd_fields); i++) {
        const bool odd = random_below(random, oddity) == 0;
        if (i) peil_text_add(out, ";");
        peil_text_add(
            out, odd ? odd_choose(random, odd_fields[i].unlikely, COUNT(odd_fields[i].unlikely))
                     : odd_choose(random, odd_fields[i].likely, COUNT(odd_fields[i].likely)));
    }
    if (random_below(random, 8 * oddity) == 0) peil_text_add(out, ";1");
    if (random_below(random, 40 * oddity) == 0) peil_text_add_bytes(out, "\0", 1);
    peil_text_add(out, end);
    if (random_below(random, oddity) == 0) peil_text_add(out, end);
}

/* Up to some hundred rows; some files are clean, some are all but. */
static inline void odd_file(peil_text *out, uint64_t *random) {
    static const char *const ends[] = {"\n", "\r\n", "\n", "\r\n", "\r"};
    const uint64_t oddity = (uint64_t)8 << random_below(random, 14),
                   rows = random_below(random, 200);
    const char *end = ends[random_below(random, COUNT(ends))];
    out->length = 0;
    for (size_t i = 0; i < COUNT(odd_fields); i++)
        peil_text_add_format(out, "%s%s", i ? ";" : "", odd_fields[i].name);
    peil_text_add(out, end);
    for (uint64_t i = 0; i < rows; i++) odd_row(out, random, oddity, end);
    if (random_below(random, 40) == 0) peil_text_add(out, "q;w;h;t;f;v\n");
    if (random_below(random, 4) == 0 && out->length > 20) out->length--; /* no last line end */
}

static const peil_request odd_requests[] = {
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
    {.measures = WORDS("count()"), .strata = WORDS("h")},
};

/* How they are read; zero: in one piece. */
typedef struct odd_reading {
    size_t block;
    int threads;
    const struct peil_team *team; /* or NULL */
} odd_reading;

/* The output, or the refusal and the file that it is of; the caller frees. */
static inline char *odd_say(const char *const *paths, size_t n, size_t which, odd_reading how) {
    peil_request request = odd_requests[which];
    peil_report report = {0};
    peil_fault fault = {0};
    peil_text out = {0};
    request.files = (peil_words){n, paths};
    request.delimiter = ";";
    request.block_bytes = how.block;
    request.batch_rows = 4 + how.block % 60;
    request.threads = how.threads;
    request.team = how.team;
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

#endif
