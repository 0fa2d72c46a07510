/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A csv file dealt out to ranks: each row goes to one of them, with its own record number. */
#include "core/text.h"
#include "read/reader.h"
#include "support/testing.h"

enum { ROWS = 200, RANKS_MOST = 4 };

/* Rows of their own number, some with quotes around line ends. */
static scratch make_file(void) {
    peil_text text = {0};
    peil_text_add(&text, "nr,note\n");
    for (int i = 1; i <= ROWS; i++)
        peil_text_add_format(&text, i % 3 ? "%d,plain\n" : "%d,\"two\nlines, \"\"here\"\"\"\n", i);
    const scratch file = scratch_text("data.csv", text.bytes);
    peil_text_clear(&text);
    return file;
}

static void count_rows(peil_reader *reader, peil_batch *batch, size_t column, int *seen) {
    size_t rows;
    do {
        cr_assert_eq(peil_reader_next(reader, batch, NULL), PEIL_OK);
        rows = batch->rows;
        for (size_t row = 0; row < rows; row++) {
            const peil_batch_column *c = &batch->columns[column];
            const char *nr = peil_dictionary_text(&c->dictionary, c->codes[row]);
            HOLDS(strtoull(nr, NULL, 10) == peil_batch_record(batch, row), "row %s", nr);
            seen[peil_batch_record(batch, row)]++;
        }
    } while (rows);
}

/* What rank number `rank` reads of the file. */
static peil_lesson read_share(const char *path, size_t block, size_t rank, size_t size, int *seen) {
    const peil_reading how = {.block_bytes = block};
    peil_reader *reader = NULL;
    peil_batch batch = {0};
    size_t column;
    bool is_dealt = false;
    cr_assert_eq(peil_reader_open(path, &how, &reader, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_deal(reader, rank, size, &is_dealt, NULL), PEIL_OK);
    cr_assert(is_dealt);
    cr_assert_eq(peil_batch_want(&batch, "nr", PEIL_AS_CODES, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    count_rows(reader, &batch, column, seen);
    const peil_lesson lesson = peil_reader_lesson(reader);
    peil_reader_free(reader);
    peil_batch_clear(&batch);
    return lesson;
}

static int count(const int *seen) {
    int n = 0;
    for (int i = 1; i <= ROWS; i++) n += seen[i];
    return n;
}

Test(csv_deal, gives_each_row_to_one_rank) {
    const scratch file = make_file();
    static const size_t blocks[] = {7, 64, 300};
    for (size_t b = 0; b < COUNT(blocks); b++)
        for (size_t size = 1; size <= RANKS_MOST; size++) {
            int seen[ROWS + 1] = {0}, before = 0;
            for (size_t rank = 0; rank < size; rank++) {
                const peil_lesson lesson = read_share(file.path, blocks[b], rank, size, seen);
                cr_expect_eq(lesson.records, ROWS);
                cr_expect_gt(count(seen), before, "rank %zu of %zu has no rows", rank, size);
                before = count(seen);
            }
            for (int i = 1; i <= ROWS; i++)
                HOLDS(seen[i] == 1, "row %d: %d times, %zu ranks", i, seen[i], size);
        }
    scratch_remove(&file);
}

Test(csv_deal, lessons_with_two_marks_do_not_agree) {
    peil_lesson lesson = {.records = 9, .points = true};
    cr_expect(peil_lessons_agree(&lesson, (peil_lesson){.records = 9}));
    cr_expect(peil_lessons_agree(&lesson, (peil_lesson){.records = 9, .points = true}));
    cr_expect_not(peil_lessons_agree(&lesson, (peil_lesson){.records = 8}));
    cr_expect_not(peil_lessons_agree(&lesson, (peil_lesson){.records = 9, .commas = true}));
}

Test(csv_deal, files_of_one_variable_are_read_in_one_piece) {
    const scratch file = scratch_text("data.csv", "nr\n1\n2\n");
    const peil_reading how = {.block_bytes = 4};
    peil_reader *reader = NULL;
    bool is_dealt = true;
    cr_assert_eq(peil_reader_open(file.path, &how, &reader, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_deal(reader, 0, 2, &is_dealt, NULL), PEIL_OK);
    cr_expect_not(is_dealt);
    peil_reader_free(reader);
    scratch_remove(&file);
}
