/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where shares of a csv file begin, for a rank at every byte. */
#include "read/csv_range.h"

#include "core/text.h"
#include "support/testing.h"

#define HEADER "nr,\"a, b\",note\n"

static const char nasty[] = HEADER
    "1,x,plain\n"
    "2,y,\"two\nlines\"\r\n"
    "\n"
    "3,\"\",\"a \"\"b\"\",\n5,y,no row\n\"\n"
    "\r\n  \n"
    "4,\"z\",\"\r\n\r\n\"\r\n"
    "5,\"\n\n\",\xEB\n"
    "6,x,\"\"\"\"\r\n"
    "7,x,the last";

/* The first row that begins at a byte or behind it, by the quotes from the header on. */
static uint64_t row_at(const char *bytes, size_t length, uint64_t rows, uint64_t at) {
    bool is_inside = false;
    for (uint64_t i = rows; i < length; i++) {
        const bool begins = i == rows || (bytes[i - 1] == '\n' && !is_inside);
        if (begins && i >= at) return i;
        is_inside ^= bytes[i] == '"';
    }
    return length;
}

static peil_csv_range find(const peil_csv_places *places, size_t rank, size_t size) {
    peil_csv_range range;
    cr_assert_eq(peil_csv_range_find(places, rank, size, &range, NULL), PEIL_OK);
    return range;
}

Test(csv_range, shares_begin_with_the_next_row) {
    const size_t length = sizeof nasty - 1, rows = strlen(HEADER);
    const scratch file = scratch_make("data.csv", nasty, length);
    const peil_csv_head head = {.delimiter = ',', .quote = '"', .nfields = 3};
    peil_source *source = NULL;
    cr_assert_eq(peil_source_open(file.path, 0, false, &source, NULL), PEIL_OK);
    const peil_csv_places places = {.source = source, .head = &head, .rows = rows};
    for (size_t size = 1; size <= length - rows + 3; size++) {
        uint64_t end = rows;
        for (size_t rank = 0; rank < size; rank++) {
            const peil_csv_range range = find(&places, rank, size);
            const uint64_t at = rows + (length - rows) * rank / size;
            HOLDS(range.begin == row_at(nasty, length, rows, at), "%zu of %zu begins at %" PRIu64,
                  rank, size, range.begin);
            HOLDS(range.begin == end, "%zu of %zu does not follow", rank, size);
            end = range.end;
        }
        HOLDS(end == length, "%zu shares end at %" PRIu64, size, end);
    }
    peil_source_free(source);
    scratch_remove(&file);
}

/* Begins behind the first line feed at a byte or behind it that may end a row, as a look at 16
 * bytes at a time shows. */
static uint64_t begin_of_half(const char *text, size_t rows) {
    const scratch file = scratch_text("data.csv", text);
    const peil_csv_head head = {.delimiter = ',', .quote = '"', .nfields = 3};
    peil_source *source = NULL;
    cr_assert_eq(peil_source_open(file.path, 0, false, &source, NULL), PEIL_OK);
    const peil_csv_places places = {
        .source = source, .head = &head, .rows = rows, .block_bytes = 16};
    const uint64_t begin = find(&places, 1, 2).begin;
    peil_source_free(source);
    scratch_remove(&file);
    return begin;
}

Test(csv_range, rows_with_all_fields_are_believed) {
    const char *inside =
        "a,b,c\n1,2,\"some text\nin lines\nthat goes on and on and on\"\n"
        "1,2,3\n1,2,\"3\"\n1,2,3\n1,2,3\n";
    cr_expect_eq(begin_of_half(inside, 6), (uint64_t)(strstr(inside, "1,2,3\n") - inside));
    const char *between = "a,b,c\n1,2,\"3\"\n1,2,3\n1,2,3\n1,2,3\n1,2,\"3\"\n1,2,\"3\"\n1,2,3\n";
    const uint64_t begin = begin_of_half(between, 6);
    cr_expect(begin >= strlen(between) / 2 && between[begin - 1] == '\n');
}

Test(csv_range, without_line_feeds_there_is_one_share) {
    const char *text = "a,b,c\r1,2,3\r1,2,3\r1,2,\"\n\"\r";
    cr_expect_eq(begin_of_half(text, 6), strlen(text));
}

/* The file ends inside quotes; before that two looks contradict each other. */
Test(csv_range, shares_never_end_before_they_begin) {
    const scratch file = scratch_text("data.csv", "a,b,c\n1,2,3\n1,2,3\n\"");
    const peil_csv_head head = {.delimiter = ',', .quote = '"', .nfields = 3};
    peil_source *source = NULL;
    cr_assert_eq(peil_source_open(file.path, 0, false, &source, NULL), PEIL_OK);
    const peil_csv_places places = {.source = source, .head = &head, .rows = 6, .block_bytes = 7};
    const peil_csv_range second = find(&places, 1, 4), third = find(&places, 2, 4);
    cr_expect_lt(third.begin, second.begin);
    cr_expect_eq(second.end, second.begin);
    peil_source_free(source);
    scratch_remove(&file);
}
