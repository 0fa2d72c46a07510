/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cut between rows, and the number of rows before it, are those of libcsv. */
#include <csv.h>

#include "core/text.h"
#include "read/csv_cut.h"
#include "support/testing.h"

/* ---- what libcsv says ---- */

static void take_field(void *bytes, size_t length, void *context) {
    (void)bytes;
    (void)length;
    (void)context;
}

static void take_row(int end, void *context) {
    (void)end;
    ++*(uint64_t *)context;
}

/* How many rows end in the bytes; false when libcsv refuses them. *is_between: the next byte begins
 * a row. */
static bool parse(const char *bytes, size_t length, uint64_t *rows, bool *is_between) {
    struct csv_parser parser;
    cr_assert_eq(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
    *rows = 0;
    const bool is_sound = csv_parse(&parser, bytes, length, take_field, take_row, rows) == length;
    const uint64_t before = *rows;
    *is_between = is_sound && csv_fini(&parser, take_field, take_row, rows) == 0 && *rows == before;
    *rows = before;
    csv_free(&parser);
    return is_sound;
}

/* ---- texts ---- */

static void make_text(peil_text *out, uint64_t *random) {
    static const char *const pieces[] = {"1",
                                         "ja",
                                         ",",
                                         "\n",
                                         "\r\n",
                                         "\"a\"",
                                         ",\"x\ny\"",
                                         " ",
                                         "\t",
                                         "\n\n",
                                         "\r\r",
                                         ",,,",
                                         "\r",
                                         "  ",
                                         "\"\"\"\r\"",
                                         ",\"\n\"\"\n\"",
                                         "\n \t\n",
                                         "\"",
                                         "9,8,7,6,5,4,3,2,1"};
    const uint64_t oddity = 1 + random_below(random, 60), n = random_below(random, 200);
    out->length = 0;
    for (uint64_t i = 0; i < n; i++) {
        const bool odd = random_below(random, oddity) == 0;
        peil_text_add(
            out, odd ? pieces[random_below(random, COUNT(pieces))]
                     : (const char *[]){"12,5", "\n", ",\"q\"\n", "a"}[random_below(random, 4)]);
    }
}

/* In blocks: every cut is one where libcsv is between rows, after as many of them. */
static bool hold(const peil_text *text, size_t block) {
    peil_csv_cut cut = {.delimiter = ',', .quote = '"'};
    uint64_t rows;
    bool is_between;
    if (!parse(text->bytes, text->length, &rows, &is_between)) return false;
    size_t cuts = 0;
    for (size_t i = 0; i < text->length; i += block) {
        const size_t n = text->length - i < block ? text->length - i : block;
        const size_t at = peil_csv_cut_find(&cut, text->bytes + i, n);
        if (at == 0) continue;
        cuts++;
        parse(text->bytes, i + at, &rows, &is_between);
        HOLDS(is_between && rows == cut.records_at_cut,
              "blocks of %zu, at %zu: %" PRIu64 " rows, not %" PRIu64 "\n%s", block, i + at,
              cut.records_at_cut, rows, text->bytes);
    }
    parse(text->bytes, text->length, &rows, &is_between);
    HOLDS(cut.records == rows, "%" PRIu64 " rows, not %" PRIu64, cut.records, rows);
    const char *feed = memchr(text->bytes, '\n', text->length);
    HOLDS(cuts || !feed || memchr(text->bytes, '"', (size_t)(feed - text->bytes)), "no cut");
    return true;
}

Test(csv_cut, is_where_libcsv_is_between_rows) {
    enum { TEXTS = 20000 };
    uint64_t random = 99;
    size_t sound = 0;
    peil_text text = {0};
    peil_text_add(&text, "");
    for (int i = 0; i < TEXTS; i++) {
        make_text(&text, &random);
        sound += hold(&text, 1 + random_below(&random, 300));
    }
    cr_expect_gt(sound, TEXTS / 5);
    peil_text_clear(&text);
}

Test(csv_cut, of_tabs_that_are_no_blanks) {
    peil_csv_cut cut = {.delimiter = '\t', .quote = '"'};
    cr_expect_eq(peil_csv_cut_find(&cut, "\t\n \n1\t2\n", 8), 8);
    cr_expect_eq(cut.records, 2);
}

Test(csv_cut, of_many_lines_in_one_block) {
    enum { LINES = 1000 };
    peil_csv_cut cut = {.delimiter = ',', .quote = '"'};
    peil_text text = {0};
    for (int i = 0; i < LINES; i++) peil_text_add(&text, i % 3 ? "1\r\n" : "22\n");
    peil_text_add(&text, "333");
    cr_expect_eq(peil_csv_cut_find(&cut, text.bytes, text.length), text.length - 3);
    cr_expect_eq(cut.records, LINES);
    cr_expect(cut.has_text);
    peil_text_clear(&text);
}
