/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV: what a file says, or its record and what is wrong there, at every size of blocks and
 * batches. */
#include "support/reading.h"

static reading read_file(const char *path, size_t block, size_t rows) {
    return read_as(path, (peil_reading){.block_bytes = block}, rows);
}

/* ---- what is read ---- */

#define BYTES(text) text, sizeof text - 1

static const struct {
    const char *bytes;
    size_t length;
    const char *content;
} files[] = {
    {BYTES("a,b\n1,2\n3,4\n"), "a|b~1|2~3|4"},
    {BYTES("a,b\n1,2\n3,4"), "a|b~1|2~3|4"},
    {BYTES("a,b\r\n1,2\r\n3,4\r\n"), "a|b~1|2~3|4"},
    {BYTES("a,b\r\n1,2\r\n3,4\r"), "a|b~1|2~3|4"},
    {BYTES("a,b\r1,2\r3,4\r"), "a|b~1|2~3|4"},
    {BYTES("a,b\n1,2\r\n3,4\r5,6"), "a|b~1|2~3|4~5|6"},
    {BYTES("\xEF\xBB\xBF"
           "a,b\n1,2\n"),
     "a|b~1|2"},
    {BYTES("\xEF\xBB\xBF\"a\",b\n1,2\n"), "a|b~1|2"},
    {BYTES("a;b\n1;2,5\n"), "a|b~1|2.5"},
    {BYTES("a\tb\n1\t2;3,4\n"), "a|b~1|2;3,4"},
    {BYTES("a\tb\n\t2\n1\t\n\t\n"), "a|b~|2~1|~|"},
    {BYTES("a,b;c,d\n1,2,3\n"), "a|b;c|d~1|2|3"},
    {BYTES("\"a;b;c\",d\n1,2\n"), "a;b;c|d~1|2"},
    {BYTES("a\n1\n2\n"), "a~1~2"},
    {BYTES("a\n\"\"\n2\n"), "a~~2"},
    {BYTES("a,b\n,\n1,\n,2\n"), "a|b~|~1|~|2"},
    {BYTES("a,b\n\"\",\"\"\n"), "a|b~|"},
    {BYTES("a,b\n\"1\",\"x,y\"\n"), "a|b~1|x,y"},
    {BYTES("a,b\n1,\"say \"\"ha\"\"\"\n"), "a|b~1|say \"ha\""},
    {BYTES("a,b\n1,\"\"\"\"\n"), "a|b~1|\""},
    {BYTES("a,b\n1,\"two\nlines\"\n3,4\n"), "a|b~1|two\nlines~3|4"},
    {BYTES("a,b\n1,\"two\r\nlines\"\n3,4\n"), "a|b~1|two\r\nlines~3|4"},
    {BYTES("a,b\n1,\"rows\n5,6\n7,8\n\"\n3,4\n"), "a|b~1|rows\n5,6\n7,8\n~3|4"},
    {BYTES("a,\"b\nc\"\n1,2\n"), "a|b\nc~1|2"},
    {BYTES("a,\"b\r\n\"\"c\"\"\"\r\n1,2\r\n"), "a|b\r\n\"c\"~1|2"},
    {BYTES(" a , b \n 1 , x y \n"), "a|b~1|x y"},
    {BYTES("a,b\n \"1\" ,\t\"x\"\t\n"), "a|b~1|x"},
    {BYTES("\n\na,b\n1,2\n"), "a|b~1|2"},
    {BYTES("a,b\n\n1,2\n\n\n3,4\n\n"), "a|b~1|2~3|4"},
    {BYTES("a,b\r\n\r\n1,2\r\n\r\n"), "a|b~1|2"},
    {BYTES("a,,b,\n1,2,3,4\n"), "a||b|~1|2|3|2"}, /* nameless columns cannot be asked for */
    {BYTES("a,b\n01,1.0\n1,1\n"), "a|b~01|1~1|1"},
    {BYTES("caf\xC3\xA9,b\n\xC3\xA9\xC3\xA8,\xE2\x82\xAC\n"),
     "caf\xC3\xA9|b~\xC3\xA9\xC3\xA8|\xE2\x82\xAC"},
    {BYTES("a,b,c,d,e,f\n1,2,3,4,5,6\n,,,,,\n6,5,4,3,2,1"),
     "a|b|c|d|e|f~1|2|3|4|5|6~|||||~6|5|4|3|2|1"},
    {BYTES("a,A\n1,2\n"), "a|A~1|2"},
};

/* Batches of 2 rows to some more than the file has; 0 is the default. */
static const size_t batch_sizes[] = {2, 3, 4, 7, 0};

Test(csv, says_the_same_at_every_block_and_batch) {
    for (size_t i = 0; i < COUNT(files); i++) {
        const scratch file = scratch_make("data.csv", files[i].bytes, files[i].length);
        for (size_t block = 1; block <= files[i].length; block++)
            for (size_t b = 0; b < COUNT(batch_sizes); b++) {
                reading r = read_file(file.path, block, batch_sizes[b]);
                HOLDS(r.status == PEIL_OK, "file %zu, block %zu, batch %zu: %s", i, block,
                      batch_sizes[b], r.fault.message);
                HOLDS(!strcmp(r.content.bytes, files[i].content),
                      "file %zu, block %zu, batch %zu: %s", i, block, batch_sizes[b],
                      r.content.bytes);
                peil_text_clear(&r.content);
            }
        scratch_remove(&file);
    }
}

/* ---- what is refused ---- */

static const struct {
    const char *bytes;
    size_t length;
    uint64_t record; /* 0: the file as a whole */
    const char *message;
} faults[] = {
    {BYTES(""), 0, "the file is empty"},
    {BYTES("\n"), 0, "the file has no header"},
    {BYTES("\r\n\r\n"), 0, "the file has no header"},
    {BYTES("\xEF\xBB\xBF"), 0, "the file has no header"},
    {BYTES("\xEF\xBB\xBF\n"), 0, "the file has no header"},
    {BYTES("a,b"), 0, "has a header and no rows"},
    {BYTES("a,b\n"), 0, "has a header and no rows"},
    {BYTES("a,b\n\n\n"), 0, "has a header and no rows"},
    {BYTES("a,b\n1\n"), 1, "has 1 field where the header has 2"},
    {BYTES("a,b\n1,2,3\n"), 1, "has 3 fields where the header has 2"},
    {BYTES("a,b\n1,2\n3,4\n5\n7,8\n"), 3, "has 1 field where the header has 2"},
    {BYTES("a,b\n1,2\n3,4,5,6\n"), 2, "has 4 fields where the header has 2"},
    {BYTES("a,b\r\n1,2\r\n3"), 2, "has 1 field where the header has 2"},
    {BYTES("a,b\n1,2\n3,4,\n"), 2, "has 3 fields where the header has 2"},
    {BYTES("a\n1\n2,3\n"), 2, "has 2 fields where the header has 1"},
    {BYTES("a;b\n1;2\n1,2\n"), 2, "has 1 field where the header has 2"},
    {BYTES("a,b\n1,2\n3,\"4\n5,6\n"), 2, "the file ends inside quotes"},
    {BYTES("a,b\n1,2\n3,\""), 2, "the file ends inside quotes"},
    {BYTES("a,b\n1,2\n3,\"4\"\"\n"), 2, "the file ends inside quotes"},
    {BYTES("a,b\n1,2\n3,4\"\n"), 2, "a quote inside a field, or text behind a closing quote"},
    {BYTES("a,b\n1,2\n3,x\"y\"\n"), 2, "a quote inside a field, or text behind a closing quote"},
    {BYTES("a,b\n1,2\n3,\"4\"5\n"), 2, "a quote inside a field, or text behind a closing quote"},
    {BYTES("a,b\n1,2\n3,\"4\" x\n5,6\n"), 2,
     "a quote inside a field, or text behind a closing quote"},
    {BYTES("a,b\n1,\0002\n"), 1, "a NUL byte: this is no text file"},
    {BYTES("a,b\n1,2\n3,4\n\0"), 3, "a NUL byte: this is no text file"},
    {BYTES("a,b\n1,2\n\"3\0\",4\n"), 2, "a NUL byte: this is no text file"},
    {BYTES("a,\0b\n1,2\n"), 0, NULL},
    {BYTES("\xFF\xFE"
           "a\0,\0b\0\n\0"),
     0, "has a header and no rows"},
    {BYTES("\xFE\xFF\0a\0,\0b\0\n"), 0, "has a header and no rows"},
    {BYTES("a\0,\0b\0\n\0"
           "1\0,\0"
           "2\0\n\0"),
     0, NULL},
    {BYTES("PK\3\4\n\n"), 0, "is a zip or Excel file; save it as csv"},
    {BYTES("%PDF-1.4\n1\n"), 0, "is a PDF file, and no data"},
    {BYTES("<!DOCTYPE html>\n<html>\n"), 0, "is a web page, and no data"},
    {BYTES("<html>\n<body>\n"), 0, "is a web page, and no data"},
    {BYTES("a,b,a\n1,2,3\n"), 0, "columns 1 and 3 have the same name"},
    {BYTES("a,b, a \n1,2,3\n"), 0, "columns 1 and 3 have the same name"},
    {BYTES("caf\xE9,\xC3\xA9,\xC3\xA8\n1,2,3\n"), 0, "the header is not UTF-8"},
    {BYTES("a,b\n\xC3\xA9,\xC3\xA8\n3,caf\xE9\n"), 2,
     "text that is not UTF-8; --encoding cp1252 reads that of Windows"},
    {BYTES("a\"b,c\n1,2\n"), 0, NULL},
    {BYTES("\"a,b\n1,2\n"), 0, "the header ends inside quotes"},
    {BYTES("\"a\"x,b\n1,2\n"), 0, "the header has a stray quote"},
};

static void check_fault(size_t i, const char *path, size_t block, size_t rows) {
    reading r = read_file(path, block, rows);
    HOLDS(r.status == PEIL_EDATA, "fault %zu, block %zu: status %d, %s", i, block, r.status,
          r.content.bytes);
    HOLDS(!strcmp(r.fault.file, path), "fault %zu: file %s", i, r.fault.file);
    HOLDS(!faults[i].message || !strcmp(r.fault.message, faults[i].message),
          "fault %zu, block %zu, batch %zu: %s", i, block, rows, r.fault.message);
    HOLDS(r.fault.record == faults[i].record, "fault %zu, block %zu, batch %zu: record %" PRIu64, i,
          block, rows, r.fault.record);
    HOLDS(!r.fault.record || r.records + 1 == r.fault.record,
          "fault %zu, block %zu, batch %zu: %" PRIu64 " rows before it", i, block, rows, r.records);
    peil_text_clear(&r.content);
}

Test(csv, refuses_the_same_at_every_block_and_batch) {
    for (size_t i = 0; i < COUNT(faults); i++) {
        const scratch file = scratch_make("data.csv", faults[i].bytes, faults[i].length);
        for (size_t block = 1; block <= faults[i].length + 1; block++)
            for (size_t b = 0; b < COUNT(batch_sizes); b++)
                check_fault(i, file.path, block, batch_sizes[b]);
        scratch_remove(&file);
    }
}

/* A respondent without an answer is a row all the same when there is one variable. */
Test(csv, an_empty_line_of_one_variable_is_a_row_or_refused) {
    const scratch file = scratch_text("data.csv", "a\n1\n\n3\n");
    reading r = read_file(file.path, 0, 0);
    cr_expect(r.status != PEIL_OK || !strcmp(r.content.bytes, "a~1~~3"), "read as %s",
              r.content.bytes);
    peil_text_clear(&r.content);
    scratch_remove(&file);
}

Test(csv, a_fault_names_the_variable) {
    const scratch file = scratch_text("data.csv", "a,b\n1,2\n3,caf\xE9\n");
    reading r = read_as(file.path, (peil_reading){.encoding = "utf-8"}, 0);
    cr_expect_eq(r.fault.record, 2);
    cr_expect_str_eq(r.fault.variable, "b");
    cr_expect_null(strstr(r.fault.message, "caf"));
    peil_text_clear(&r.content);
    scratch_remove(&file);
}

/* Whatever the bytes, blocks and batches do not change what is said of them. */
Test(csv, any_bytes_say_the_same_at_every_block_and_batch) {
    static const char alphabet[] = "aab1122,,,;\t\"\"\n\n\n\r \xC3\xA9\0";
    static const size_t blocks[] = {1, 2, 3, 7, 13}, batches[] = {2, 3, 0};
    uint64_t state = 60;
    for (size_t i = 0; i < 1000; i++) {
        char bytes[80] = "a,b\n1,2\n";
        size_t length = random_below(&state, 2) ? 8 : 0;
        for (const size_t end = length + random_below(&state, 40); length < end; length++)
            bytes[length] = alphabet[random_below(&state, sizeof alphabet - 1)];
        const scratch file = scratch_make("data.csv", bytes, length);
        reading whole = read_file(file.path, 0, 0);
        for (size_t k = 0; k < COUNT(blocks) * COUNT(batches); k++) {
            const size_t block = blocks[k % COUNT(blocks)], batch = batches[k / COUNT(blocks)];
            reading r = read_file(file.path, block, batch);
            HOLDS(r.status == whole.status && !strcmp(r.content.bytes, whole.content.bytes),
                  "\"%.*s\", block %zu, batch %zu: %d %s, not %d %s", (int)length, bytes, block,
                  batch, r.status, r.content.bytes, whole.status, whole.content.bytes);
            HOLDS(r.fault.record == whole.fault.record &&
                      !strcmp(r.fault.message, whole.fault.message),
                  "\"%.*s\", block %zu, batch %zu: record %" PRIu64 " %s, not %" PRIu64 " %s",
                  (int)length, bytes, block, batch, r.fault.record, r.fault.message,
                  whole.fault.record, whole.fault.message);
            peil_text_clear(&r.content);
        }
        peil_text_clear(&whole.content);
        scratch_remove(&file);
    }
}

/* ---- size ---- */

Test(csv, long_fields_and_many_columns) {
    peil_text text = {0};
    for (int i = 0; i < 3000; i++) peil_text_add_format(&text, "%sv%d", i ? "," : "", i);
    for (int row = 0; row < 3; row++)
        for (int i = 0; i < 3000; i++) peil_text_add_format(&text, "%s%d", i ? "," : "\n", row * i);
    const scratch file = scratch_make("data.csv", text.bytes, text.length);
    static const size_t blocks[] = {1, 100, 4096, 0};
    for (size_t b = 0; b < COUNT(blocks); b++) {
        peil_reader *reader = NULL;
        peil_batch batch = {0};
        size_t last;
        cr_assert_eq(
            peil_reader_open(file.path, &(peil_reading){.block_bytes = blocks[b]}, &reader, NULL),
            PEIL_OK);
        cr_assert_eq(peil_batch_want(&batch, "v2999", PEIL_AS_NUMBERS, &last, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_next(reader, &batch, NULL), PEIL_OK);
        cr_assert_eq(batch.rows, 3);
        for (int row = 0; row < 3; row++)
            cr_expect_eq(batch.columns[last].decimals[row].digits, 2999 * row);
        peil_batch_clear(&batch);
        peil_reader_free(reader);
    }
    scratch_remove(&file);
    peil_text_clear(&text);
}

/* An unclosed quote must not take all memory. */
Test(csv, a_field_has_a_limit) {
    static const char begin[] = "a,b\n1,2\n3,\"";
    const size_t length = (size_t)17 << 20;
    char *bytes = malloc(length);
    cr_assert_not_null(bytes);
    memset(bytes, 'x', length);
    memcpy(bytes, begin, sizeof begin - 1);
    const scratch file = scratch_make("data.csv", bytes, length);
    reading r = read_file(file.path, 0, 0);
    cr_expect_eq(r.status, PEIL_EDATA);
    cr_expect_eq(r.fault.record, 2);
    peil_text_clear(&r.content);
    scratch_remove(&file);
    free(bytes);
}

Test(csv, a_header_has_a_limit) {
    const size_t length = (size_t)3 << 20;
    char *bytes = malloc(length);
    cr_assert_not_null(bytes);
    memset(bytes, 'x', length);
    const scratch file = scratch_make("data.csv", bytes, length);
    reading r = read_file(file.path, 0, 0);
    cr_expect_eq(r.status, PEIL_EDATA);
    cr_expect_str_eq(r.fault.message, "the first line is over 1 MiB: no csv header");
    peil_text_clear(&r.content);
    scratch_remove(&file);
    free(bytes);
}

/* ---- binding ---- */

Test(csv, a_variable_that_is_not_there) {
    static const struct {
        const char *name, *message;
    } cases[] = {{"gewihct", "has no variable gewihct; is it gewicht?"},
                 {"zzz", "has no variable zzz"},
                 {"A", "has no variable A; is it a?"}};
    const scratch file = scratch_text("data.csv", "a,gewicht\n1,2\n");
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_reader *reader = NULL;
        peil_batch batch = {0};
        peil_fault fault = {0};
        size_t column;
        cr_assert_eq(peil_reader_open(file.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_want(&batch, cases[i].name, PEIL_AS_CODES, &column, NULL), PEIL_OK);
        cr_expect_eq(peil_reader_bind(reader, &batch, &fault), PEIL_EDATA);
        cr_expect_str_eq(fault.message, cases[i].message);
        cr_expect_str_eq(fault.file, file.path);
        peil_batch_clear(&batch);
        peil_reader_free(reader);
    }
    scratch_remove(&file);
}

Test(csv, numbers_and_texts_in_one_column) {
    const scratch file = scratch_text("data.csv", "x\n1.50\nja\n\"\"\n-2e3\nja\n007\n");
    static const struct {
        bool is_number;
        int64_t digits;
        int32_t scale;
    } wanted[] = {{true, 15, 1},  {false, 0, 0}, {false, 0, 0},
                  {true, -2, -3}, {false, 0, 0}, {true, 7, 0}};
    static const peil_use uses[] = {PEIL_AS_NUMBERS, PEIL_AS_CODES};
    for (size_t u = 0; u < COUNT(uses); u++) {
        peil_reader *reader = NULL;
        peil_batch batch = {0};
        size_t x;
        cr_assert_eq(peil_reader_open(file.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_want(&batch, "x", uses[u], &x, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_next(reader, &batch, NULL), PEIL_OK);
        cr_assert_eq(batch.rows, COUNT(wanted));
        for (size_t row = 0; row < COUNT(wanted); row++) {
            peil_decimal number;
            uint32_t code;
            const bool is_number = peil_batch_number(&batch.columns[x], row, &number, &code);
            cr_expect_eq(is_number, wanted[row].is_number, "row %zu", row);
            if (is_number)
                cr_expect(number.digits == wanted[row].digits && number.scale == wanted[row].scale);
            else
                cr_expect_str_eq(peil_dictionary_text(&batch.columns[x].dictionary, code),
                                 row == 2 ? "" : "ja");
        }
        peil_batch_clear(&batch);
        peil_reader_free(reader);
    }
    scratch_remove(&file);
}
