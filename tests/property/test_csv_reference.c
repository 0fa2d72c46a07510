/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scan of csv rows says byte for byte what libcsv, the reference, says: of every file that the
 * repository has, and of any bytes. */
#define _XOPEN_SOURCE 700 /* nftw */
#include <ftw.h>

#include "support/said.h"
#include "support/testing.h"

static const size_t blocks[] = {1, 2, 3, 7, 64, 65, 1000, 4096, 100000, 0};
static const size_t batches[] = {4, 5, 100, 0};

static bool is_same(const peil_text *a, const peil_text *b) {
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* One of the sizes of batches goes with each size of blocks. */
static void hold(const char *path, peil_reading how, size_t first, size_t last) {
    how.by_reference = true;
    peil_text wanted = say(path, how, 0);
    how.by_reference = false;
    for (size_t i = first; i < last; i++) {
        how.block_bytes = blocks[i];
        peil_text said = say(path, how, batches[i % COUNT(batches)]);
        HOLDS(is_same(&said, &wanted), "%s in blocks of %zu says\n%s\nwhere libcsv says\n%s", path,
              blocks[i], said.bytes, wanted.bytes);
        peil_text_clear(&said);
    }
    peil_text_clear(&wanted);
}

/* ---- every file ---- */

static int files;

static bool is_csv(const char *path) {
    const char *dot = strrchr(path, '.');
    if (dot && strcmp(dot, ".gz") == 0) dot -= dot - path >= 4 ? 4 : 0;
    return dot && strncmp(dot, ".csv", 4) == 0;
}

/* Bench data are made, large and not of the repository. */
static int hold_file(const char *path, const struct stat *facts, int kind, struct FTW *place) {
    (void)place;
    if (kind != FTW_F || !is_csv(path) || strstr(path, "/bench/data/")) return 0;
    hold(path, (peil_reading){0}, facts->st_size < 20000 ? 0 : 5, COUNT(blocks));
    files++;
    return 0;
}

Test(csv_reference, every_file_of_the_repository) {
    cr_assert_eq(nftw(PEIL_TESTS_DIR, hold_file, 20, FTW_PHYS), 0);
    cr_assert_eq(nftw(PEIL_DATASETS_DIR, hold_file, 20, FTW_PHYS), 0);
    cr_assert_gt(files, 50);
}

/* ---- any bytes ---- */

/* What rows are made of: mostly what belongs there, and now and then anything else. */
static const char *const likely[] = {"1", "2", "9", "0.5", "12.25", "ja", "GM0363", "\"ja\"", ""};
static const char *const unlikely[] = {"\"",
                                       "\"\"",
                                       "\"a\"\"b\"",
                                       "\"x,y\"",
                                       "\"two\nlines\"",
                                       "\"two\r\nlines\"",
                                       " ",
                                       "\t",
                                       " 1 ",
                                       " \"q\" ",
                                       "\r",
                                       "\n",
                                       "\"1",
                                       "1\"",
                                       "q\"q",
                                       "1,5",
                                       "1;5",
                                       "a",
                                       "b",
                                       "\xEF\xBB\xBF",
                                       "\xC3\xA9",
                                       "\xE9",
                                       "'s",
                                       "1,2,3",
                                       "\"\r\"",
                                       "\"1\" 2"};

static void add_field(peil_text *out, uint64_t *random, uint64_t oddity) {
    const char *field = likely[random_below(random, COUNT(likely))];
    if (random_below(random, oddity) == 0) field = unlikely[random_below(random, COUNT(unlikely))];
    peil_text_add(out, field);
}

/* Some rows of a few fields. Each file has its own measure of order, and its line ends. */
static void make_rows(peil_text *out, uint64_t *random) {
    const uint64_t fields = 2 + random_below(random, 5), rows = random_below(random, 60);
    const uint64_t oddity = (uint64_t)4 << random_below(random, 12);
    const char *end = random_below(random, 2) ? "\n" : "\r\n";
    out->length = 0;
    for (uint64_t k = 0; k < fields; k++)
        peil_text_add_format(out, "%s%c", k ? "," : "", (char)('a' + k));
    peil_text_add(out, end);
    for (uint64_t row = 0; row < rows; row++) {
        const uint64_t wrong = random_below(random, 4 * oddity) == 0;
        for (uint64_t k = 0; k < fields + wrong; k++) {
            if (k) peil_text_add(out, ",");
            add_field(out, random, oddity);
        }
        peil_text_add(out, random_below(random, oddity) ? end : "\n\n");
    }
    if (random_below(random, 30) == 0) peil_text_add_bytes(out, "\0", 1);
    if (random_below(random, 30) == 0) peil_text_add(out, "a,b\n");
}

Test(csv_reference, rows_in_any_disorder) {
    enum { FILES = 4000 };
    uint64_t random = 20261;
    peil_text text = {0};
    for (int i = 0; i < FILES; i++) {
        make_rows(&text, &random);
        const scratch file = scratch_make("data.csv", text.bytes, text.length);
        const size_t first = random_below(&random, COUNT(blocks) - 2);
        hold(file.path, (peil_reading){.delimiter = ','}, first, first + 2);
        hold(file.path, (peil_reading){.decimal = i % 2 ? ',' : '.'}, COUNT(blocks) - 1,
             COUNT(blocks));
        scratch_remove(&file);
    }
    peil_text_clear(&text);
}

/* Rows that a piece does not hold, and rows and blanks that end at its last byte. */
Test(csv_reference, rows_about_as_long_as_a_piece) {
    peil_text text = {0};
    for (size_t more = 0; more < 5; more++) {
        text.length = 0;
        peil_text_add(&text, "a,b\n");
        for (size_t row = 0; row < 3; row++) {
            const size_t bytes = (row == 1 ? 65536 - 6 : 1000) + more;
            for (size_t i = 0; i < bytes; i++) peil_text_add_bytes(&text, "x", 1);
            peil_text_add(&text, more % 2 ? ",1\n" : ",1\r\n\r\n");
        }
        const scratch file = scratch_make("data.csv", text.bytes, text.length);
        hold(file.path, (peil_reading){0}, COUNT(blocks) - 2, COUNT(blocks));
        scratch_remove(&file);
    }
    peil_text_clear(&text);
}
