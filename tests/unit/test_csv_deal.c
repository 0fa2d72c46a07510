/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A csv file dealt out to ranks. Their shares hold each row once, in order, or they do not agree.
 */
#include "core/text.h"
#include "read/reader.h"
#include "support/testing.h"

enum { RANKS_MOST = 7 };

/* What ranks make of a file: every row as text, with its number. */
typedef struct dealt {
    uint64_t records;
    bool agree;
    peil_text rows;
} dealt;

static void add_rows(const peil_batch *batch, uint64_t before, peil_text *out) {
    for (size_t row = 0; row < batch->rows; row++) {
        peil_text_add_format(out, "%" PRIu64, before + peil_batch_record(batch, row));
        for (size_t i = 0; i < batch->ncolumns; i++) {
            const peil_batch_column *c = &batch->columns[i];
            peil_text_add_format(out, "|%s", peil_dictionary_text(&c->dictionary, c->codes[row]));
        }
        peil_text_add(out, "~");
    }
}

static void read_rows(peil_reader *reader, dealt *out) {
    const peil_header *header = peil_reader_header(reader);
    const uint64_t before = out->records;
    peil_batch batch = {0};
    size_t column;
    for (size_t i = 0; i < header->nvariables; i++)
        cr_assert_eq(
            peil_batch_want(&batch, header->variables[i].name, PEIL_AS_CODES, &column, NULL),
            PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 4, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    do {
        out->agree = peil_reader_next(reader, &batch, NULL) == PEIL_OK && out->agree;
        add_rows(&batch, before, &out->rows);
        out->records += batch.rows;
    } while (batch.rows && out->agree);
    peil_batch_clear(&batch);
}

static peil_lesson read_share(const char *path, size_t block, size_t rank, size_t size,
                              dealt *out) {
    const peil_reading how = {.block_bytes = block};
    peil_reader *reader = NULL;
    bool is_dealt = false;
    cr_assert_eq(peil_reader_open(path, &how, &reader, NULL), PEIL_OK);
    if (size) {
        cr_assert_eq(peil_reader_deal(reader, rank, size, &is_dealt, NULL), PEIL_OK);
        cr_assert(is_dealt);
    }
    read_rows(reader, out);
    const peil_lesson lesson = peil_reader_lesson(reader);
    peil_reader_free(reader);
    return lesson;
}

/* By `size` ranks; 0: by one reader to which nothing was dealt. The caller clears the rows. */
static dealt deal(const char *path, size_t block, size_t size) {
    dealt out = {.agree = true};
    peil_text_add(&out.rows, "");
    peil_lesson first = read_share(path, block, 0, size, &out);
    for (size_t rank = 1; rank < size && out.agree; rank++)
        out.agree =
            peil_lessons_agree(&first, read_share(path, block, rank, size, &out)) && out.agree;
    return out;
}

/* ---- nasty files ---- */

/* Rows of three fields; the third may hold lines, and with `lies` whole rows. */
static void make_file(peil_text *out, uint64_t *random, bool lies) {
    static const char *const notes[] = {
        "", "plain", "\"two\nlines\"", "\"\r\n\"", "\"\"\"\"", "\"a \"\"b\"\",\n\n\"", "\xC3\xAB"};
    static const char *const lines[] = {"\n", "\n", "\r\n", "\n\n", "\r\n  \n"};
    const uint64_t rows = 1 + random_below(random, 12);
    out->length = 0;
    peil_text_add(out, random_below(random, 3) ? "" : "\xEF\xBB\xBF");
    peil_text_add(out, random_below(random, 2) ? "nr,\"a, b\",note\n" : "nr,b,c\r\n");
    for (uint64_t i = 0; i < rows; i++) {
        const bool is_lie = lies && random_below(random, 3) == 0;
        peil_text_add_format(
            out, "%" PRIu64 ",%s,%s%s", i, random_below(random, 2) ? "x" : "\"y\"",
            is_lie ? "\"1,2,3\n4,5,6\n7,8,9\n\"" : notes[random_below(random, COUNT(notes))],
            lines[random_below(random, COUNT(lines))]);
    }
    if (random_below(random, 3) == 0) peil_text_add(out, "8,y,\"the end\"");
}

/* Returns how many of the deals agreed. */
static size_t hold(const peil_text *text, size_t block) {
    const scratch file = scratch_make("data.csv", text->bytes, text->length);
    const dealt wanted = deal(file.path, block, 0);
    size_t n = 0;
    for (size_t size = 1; size <= RANKS_MOST; size++) {
        dealt got = deal(file.path, block, size);
        HOLDS(!got.agree ||
                  (got.records == wanted.records && strcmp(got.rows.bytes, wanted.rows.bytes) == 0),
              "%zu ranks, blocks of %zu:\n%s\nnot\n%s\nof\n%s", size, block, got.rows.bytes,
              wanted.rows.bytes, text->bytes);
        n += got.agree;
        peil_text_clear(&got.rows);
    }
    peil_text rows = wanted.rows;
    peil_text_clear(&rows);
    scratch_remove(&file);
    return n;
}

static size_t hold_many(size_t files, bool lies) {
    uint64_t random = 31;
    size_t n = 0;
    peil_text text = {0};
    for (size_t i = 0; i < files; i++) {
        make_file(&text, &random, lies);
        n += hold(&text, 1 + random_below(&random, i % 2 ? 20 : 400));
    }
    peil_text_clear(&text);
    return n;
}

Test(csv_deal, gives_each_row_to_one_rank) {
    enum { FILES = 700 };
    const size_t agreed = hold_many(FILES, false);
    cr_expect(agreed > FILES * RANKS_MOST / 100 * 98, "%zu deals agree", agreed);
}

/* What stands in quotes looks like rows: a share may begin there, but not unseen. */
Test(csv_deal, sees_that_a_share_begins_inside_quotes) {
    enum { FILES = 700 };
    const size_t agreed = hold_many(FILES, true);
    cr_expect(agreed < FILES * RANKS_MOST / 100 * 98, "%zu deals agree", agreed);
}

/* ---- lessons ---- */

static bool agree(peil_lesson one, peil_lesson other) {
    return peil_lessons_agree(&one, other);
}

Test(csv_deal, lessons_agree_when_shares_follow) {
    const peil_lesson one = {.size = 9, .begin = 2, .end = 5};
    cr_expect(agree(one, (peil_lesson){.size = 9, .begin = 5, .end = 9}));
    cr_expect_not(agree(one, (peil_lesson){.size = 9, .begin = 6, .end = 9}));
    cr_expect_not(agree(one, (peil_lesson){.size = 8, .begin = 5, .end = 8}));
    cr_expect_not(agree(one, (peil_lesson){0}));
    cr_expect_not(agree((peil_lesson){0}, one));
    cr_expect(agree((peil_lesson){0}, (peil_lesson){0}));
    peil_lesson all = one;
    cr_expect(peil_lessons_agree(&all, (peil_lesson){.size = 9, .begin = 5, .end = 7}));
    cr_expect(peil_lessons_agree(&all, (peil_lesson){.size = 9, .begin = 7, .end = 9}));
}

Test(csv_deal, lessons_with_two_marks_do_not_agree) {
    const peil_lesson one = {.size = 9, .begin = 2, .end = 5, .points = true};
    peil_lesson other = {.size = 9, .begin = 5, .end = 9, .points = true};
    cr_expect(agree(one, other));
    other = (peil_lesson){.size = 9, .begin = 5, .end = 9, .commas = true};
    cr_expect_not(agree(one, other));
}

/* ---- files in one piece ---- */

static void expect_one_piece(const char *text, peil_reading how) {
    const scratch file = scratch_text("data.csv", text);
    peil_reader *reader = NULL;
    bool is_dealt = true;
    cr_assert_eq(peil_reader_open(file.path, &how, &reader, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_deal(reader, 0, 2, &is_dealt, NULL), PEIL_OK);
    cr_expect_not(is_dealt);
    peil_reader_free(reader);
    scratch_remove(&file);
}

Test(csv_deal, files_of_one_variable_are_read_in_one_piece) {
    expect_one_piece("nr\n1\n2\n", (peil_reading){.block_bytes = 4});
}

Test(csv_deal, files_that_are_converted_are_read_in_one_piece) {
    expect_one_piece("nr,a\n1,\xE9\n", (peil_reading){.block_bytes = 4, .encoding = "1252"});
}

Test(csv_deal, small_files_are_read_in_one_piece) {
    expect_one_piece("nr,a\n1,2\n", (peil_reading){0});
}
