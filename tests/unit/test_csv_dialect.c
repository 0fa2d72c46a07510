/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as it is found: what separates and quotes, headers or none, and other encodings than UTF-8.
 */
#include "support/reading.h"

#define BYTES(text) text, sizeof text - 1

static const size_t blocks[] = {1, 2, 3, 7, 0}, batches[] = {2, 3, 0};

typedef struct expected {
    const char *bytes;
    size_t length;
    peil_reading how;
    const char *content;
    char delimiter, quote;
} expected;

static void check_reading(const expected *e, size_t i, size_t block, size_t batch) {
    peil_reading how = e->how;
    how.block_bytes = block;
    reading r = read_bytes(e->bytes, e->length, how, batch);
    HOLDS(r.status == PEIL_OK, "file %zu, block %zu: record %" PRIu64 ", %s", i, block,
          r.fault.record, r.fault.message);
    HOLDS(!strcmp(r.content.bytes, e->content), "file %zu, block %zu, batch %zu: %s", i, block,
          batch, r.content.bytes);
    HOLDS(r.header.delimiter == e->delimiter && r.header.quote == e->quote,
          "file %zu, block %zu: separated by '%c' and quoted by %c", i, block, r.header.delimiter,
          r.header.quote);
    HOLDS(r.header.has_names == !e->how.no_header, "file %zu", i);
    peil_text_clear(&r.content);
}

static void check_readings(const expected *files, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < COUNT(blocks) * COUNT(batches); b++)
            check_reading(&files[i], i, blocks[b % COUNT(blocks)], batches[b / COUNT(blocks)]);
}

/* ---- separators ---- */

static const expected separated[] = {
    {BYTES("a,b\n1,2\n"), {0}, "a|b~1|2", ',', '"'},
    {BYTES("a;b\n1;2\n"), {0}, "a|b~1|2", ';', '"'},
    {BYTES("a\tb\n1\t2\n"), {0}, "a|b~1|2", '\t', '"'},
    {BYTES("a|b\n1|x\n"), {0}, "a|b~1|x", '|', '"'},
    /* the records decide where the header alone would not */
    {BYTES("naam, adres;a, b, c\nx;y\n"), {0}, "naam, adres|a, b, c~x|y", ';', '"'},
    {BYTES("a;b,c;d,e\n1,2,3\n4,5,6\n"), {0}, "a;b|c;d|e~1|2|3~4|5|6", ',', '"'},
    {BYTES("a|b,c\n1,2\n3,4\n"), {0}, "a|b|c~1|2~3|4", ',', '"'},
    {BYTES("a;b, c\n1;ja, nee\nx, y;3\n"), {0}, "a|b, c~1|ja, nee~x, y|3", ';', '"'},
    {BYTES("a\tb;c\n1;2\t3\n"), {0}, "a|b;c~1;2|3", '\t', '"'},
    /* one row does not outvote the others */
    {BYTES("a;b,c\n1;2\n3;4\n5;x,y\n"), {0}, "a|b,c~1|2~3|4~5|x,y", ';', '"'},
    /* of equals, the header is cut in most fields; then commas come last */
    {BYTES("a;b;c,d\n1;2;3,4\n"), {0}, "a|b|c,d~1|2|3.4", ';', '"'},
    {BYTES("a;b,c\n1;2,3\n"), {0}, "a|b,c~1|2.3", ';', '"'},
    {BYTES("a;b,c,d\n1;2,3,4\n"), {0}, "a;b|c|d~1;2|3|4", ',', '"'},
    /* separators between quotes do not separate */
    {BYTES("\"a;b;c\",d\n\"1;2;3\",4\n"), {0}, "a;b;c|d~1;2;3|4", ',', '"'},
    {BYTES("a;b\n\"x\ny;z\";2\n"), {0}, "a|b~x\ny;z|2", ';', '"'},
    /* one column has none */
    {BYTES("a\n1\n2\n"), {0}, "a~1~2", '\0', '"'},
    {BYTES("a\r\n1\r\n2\r\n"), {0}, "a~1~2", '\0', '"'},
    {BYTES("a\r\n1\r\n\r\n2"), {0}, "a~1~~2", '\0', '"'},
    {BYTES("a\nx;y\n2\n"), {0}, "a~x;y~2", '\0', '"'},
    {BYTES("\"a;b\"\n1\n"), {0}, "a;b~1", '\0', '"'},
    /* what the user says */
    {BYTES("a;b,c\n1;2,3\n"), {.delimiter = ','}, "a;b|c~1;2|3", ',', '"'},
    {BYTES("a:b\n1:2\n"), {.delimiter = ':'}, "a|b~1|2", ':', '"'},
    {BYTES("a,b\nx,y\n"), {.delimiter = ';'}, "a,b~x,y", ';', '"'},
};

Test(csv_dialect, separators) {
    check_readings(separated, COUNT(separated));
}

static const expected lines[] = {
    {BYTES("sep=;\na;b\n1;2\n"), {0}, "a|b~1|2", ';', '"'},
    {BYTES("sep=;\r\na;b\r\n1;2\r\n"), {0}, "a|b~1|2", ';', '"'},
    {BYTES("SEP=|\ra|b\r1|2\r"), {0}, "a|b~1|2", '|', '"'},
    {BYTES("\xEF\xBB\xBFsep=,\na;b,c\n1;2,3\n"), {0}, "a;b|c~1;2|3", ',', '"'},
    {BYTES("sep=;\na;b\n1;2\n"), {.delimiter = ';'}, "a|b~1|2", ';', '"'},
    {BYTES("sep=;\na,b\n1,2\n"), {.delimiter = ','}, "a|b~1|2", ',', '"'},
    {BYTES("sep=;\n1;2\n"), {.no_header = true}, "V1|V2~1|2", ';', '"'},
    {BYTES("sep=\n1\n"), {0}, "sep=~1", '\0', '"'}, /* a name */
};

Test(csv_dialect, first_line_that_names_the_separator) {
    check_readings(lines, COUNT(lines));
}

/* ---- quotes ---- */

static const expected quoted[] = {
    {BYTES("'a','b'\n'1','x, y'\n"), {0}, "a|b~1|x, y", ',', '\''},
    {BYTES("'a';'b'\n1;'it''s'\n"), {0}, "a|b~1|it's", ';', '\''},
    {BYTES("a,b\n1,'x, y'\n2,'z'\n"), {0}, "a|b~1|x, y~2|z", ',', '\''},
    {BYTES("'a'\t'b'\n'1\n2'\t'3'\n"), {0}, "a|b~1\n2|3", '\t', '\''},
    {BYTES("'a','b'\n'say \"ha\"','2'\n"), {0}, "a|b~say \"ha\"|2", ',', '\''},
    /* apostrophes */
    {BYTES("a,b\n1,'s-Gravenhage\n2,'t Zandt\n"), {0}, "a|b~1|'s-Gravenhage~2|'t Zandt", ',', '"'},
    {BYTES("a,b\n1,zo'n\n2,auto's\n"), {0}, "a|b~1|zo'n~2|auto's", ',', '"'},
    {BYTES("a,b\n1,'ja'\n2,nee\n"), {0}, "a|b~1|'ja'~2|nee", ',', '"'},
    {BYTES("a,b\n\"'t, ja\",'t\n"), {0}, "a|b~'t, ja|'t", ',', '"'},
    {BYTES("'a'\n'1'\n"), {0}, "'a'~'1'", '\0', '"'},
};

Test(csv_dialect, quotes) {
    check_readings(quoted, COUNT(quoted));
}

/* ---- no header ---- */

static const expected headless[] = {
    {BYTES("1,2\n3,4\n"), {.no_header = true}, "V1|V2~1|2~3|4", ',', '"'},
    {BYTES("1\n\n2"), {.no_header = true}, "V1~1~~2", '\0', '"'},
    {BYTES("\"x\ny\";2\r\n3;4"), {.no_header = true}, "V1|V2~x\ny|2~3|4", ';', '"'},
    {BYTES("a,a\n1,2\n"), {.no_header = true}, "V1|V2~a|a~1|2", ',', '"'},
    {BYTES("\xEF\xBB\xBF\"1\",2\n1,2\n"), {.no_header = true}, "V1|V2~1|2~1|2", ',', '"'},
    {BYTES("1,2\n1,2\n"), {.no_header = true}, "V1|V2~1|2~1|2", ',', '"'},
};

Test(csv_dialect, no_header) {
    check_readings(headless, COUNT(headless));
}

Test(csv_dialect, records_without_a_header_are_rows) {
    reading r = read_bytes(BYTES("1,2\n3,4\n5\n"), (peil_reading){.no_header = true}, 0);
    cr_expect_eq(r.fault.record, 3);
    cr_expect_eq(r.fault.row, 0);
    peil_text_clear(&r.content);
    r = read_bytes(BYTES("a,b\n3,4\n5\n"), (peil_reading){0}, 0);
    cr_expect_eq(r.fault.record, 2);
    cr_expect_eq(r.fault.row, 3);
    peil_text_clear(&r.content);
}

/* ---- codes ---- */

static const expected codes[] = {
    {BYTES("g;j\n\"GM0363 \";1\nNL01  ;02\n\"  PV27\";003\n"),
     {0},
     "g|j~GM0363|1~NL01|02~PV27|003",
     ';',
     '"'},
    {BYTES("g,j\n0363,1\n363,01\n"), {0}, "g|j~0363|1~363|01", ',', '"'},
};

Test(csv_dialect, padded_codes_and_leading_zeros) {
    check_readings(codes, COUNT(codes));
}

/* ---- encodings ---- */

typedef struct encoded {
    const char *bytes;
    size_t length;
    const char *asked;
    const char *content, *encoding;
    bool is_guess;
} encoded;

static const encoded encodeds[] = {
    {BYTES("a,b\n1,2\n"), NULL, "a|b~1|2", "UTF-8", false},
    {BYTES("\xC3\xA9,b\n\xE2\x82\xAC,2\n"), NULL, "\xC3\xA9|b~\xE2\x82\xAC|2", "UTF-8", false},
    {BYTES("\xEF\xBB\xBF"
           "a,b\n1,2\n"),
     NULL, "a|b~1|2", "UTF-8", false},
    {BYTES("\xE9,b\ncaf\xE9,\x80 1\n"), NULL, "\xC3\xA9|b~caf\xC3\xA9|\xE2\x82\xAC 1",
     "windows-1252", true},
    {BYTES("a,b\n\xE9,\xE8\n\xE9,\xE9\n"), NULL, "a|b~\xC3\xA9|\xC3\xA8~\xC3\xA9|\xC3\xA9",
     "windows-1252", true},
    {BYTES("a,b\n\x93x\x94,\x9Cuvre \xE0 Li\xE8ge\n"), NULL,
     "a|b~\xE2\x80\x9Cx\xE2\x80\x9D|\xC5\x93uvre \xC3\xA0 Li\xC3\xA8ge", "windows-1252", true},
    {BYTES("a,b\n1,\xE9"), NULL, "a|b~1|\xC3\xA9", "windows-1252", true},
    {BYTES("a,b\n\x80,2\n"), "cp1252", "a|b~\xE2\x82\xAC|2", "windows-1252", false},
    {BYTES("a,b\n\xA4,2\n"), "latin1", "a|b~\xC2\xA4|2", "ISO-8859-1", false},
    {BYTES("a,b\n\xA4,2\n"), "iso-8859-15", "a|b~\xE2\x82\xAC|2", "ISO-8859-15", false},
    {BYTES("a,b\n\x82,\x8A\n"), "cp850", "a|b~\xC3\xA9|\xC3\xA8", "CP850", false},
    {BYTES("a,b\n\xC3\xA9,2\n"), "cp1252", "a|b~\xC3\x83\xC2\xA9|2", "windows-1252", false},
    {BYTES("\xFF\xFE"
           "a\0;\0b\0\n\0\xE9\0;\0\xAC\x20\n\0"),
     NULL, "a|b~\xC3\xA9|\xE2\x82\xAC", "UTF-16LE", false},
    {BYTES("\xFE\xFF\0a\0;\0b\0\n\0\xE9\0;\xD8\x3D\xDE\x00\0\n"), NULL,
     "a|b~\xC3\xA9|\xF0\x9F\x98\x80", "UTF-16BE", false},
    {BYTES("a\0;\0b\0\n\0"
           "1\0;\0"
           "2\0"),
     "utf-16le", "a|b~1|2", "UTF-16LE", false},
    /* one capital between French quotes is no sign of UTF-8 */
    {BYTES("a,b\n\xAB"
           "CAF\xC9\xBB,\xE9t\xE9\n"),
     NULL,
     "a|b~\xC2\xAB"
     "CAF\xC3\x89\xC2\xBB|\xC3\xA9t\xC3\xA9",
     "windows-1252", true},
};

Test(csv_dialect, encodings) {
    for (size_t i = 0; i < COUNT(encodeds); i++)
        for (size_t b = 0; b < COUNT(blocks); b++) {
            const encoded *e = &encodeds[i];
            const peil_reading how = {.encoding = e->asked, .block_bytes = blocks[b]};
            reading r = read_bytes(e->bytes, e->length, how, 0);
            HOLDS(!strcmp(r.content.bytes, e->content), "file %zu, block %zu: %s, %s", i, blocks[b],
                  r.content.bytes, r.fault.message);
            HOLDS(r.header.encoding && !strcmp(r.header.encoding, e->encoding), "file %zu: %s", i,
                  r.header.encoding);
            HOLDS(r.header.encoding_is_guess == e->is_guess, "file %zu", i);
            peil_text_clear(&r.content);
        }
}

#define NOT_1252 "text that is neither UTF-8 nor windows-1252; --encoding says what it is"
#define NOT_UTF8 "text that is not UTF-8; --encoding cp1252 reads that of Windows"

static const struct {
    const char *bytes;
    size_t length;
    const char *asked;
    peil_status status;
    uint64_t record;
    const char *variable, *message;
} misfits[] = {
    {BYTES("a,b\n1,2\n\xE9,x\x81\n"), NULL, PEIL_EDATA, 2, "b", NOT_1252},
    {BYTES("a,b\n1,2\n\x8D,\xE9\n"), NULL, PEIL_EDATA, 2, "a", NOT_1252},
    {BYTES("a,b\n1,\x8F\n"), NULL, PEIL_EDATA, 1, "b", NOT_1252},
    {BYTES("a,b\n1,\x90\n"), NULL, PEIL_EDATA, 1, "b", NOT_1252},
    {BYTES("a,b\n1,\x9D\n"), NULL, PEIL_EDATA, 1, "b", NOT_1252},
    {BYTES("a,\x81\n1,2\n"), NULL, PEIL_EDATA, 0, "", NOT_1252},
    {BYTES("a,b\n1,2\n1,\x81\n"), "cp1252", PEIL_EDATA, 2, "b", "text that is not windows-1252"},
    {BYTES("a,b\n1,caf\xE9\n"), "utf8", PEIL_EDATA, 1, "b", NOT_UTF8},
    {BYTES("\xEF\xBB\xBF"
           "a,b\n1,caf\xE9\n"),
     NULL, PEIL_EDATA, 1, "b", NOT_UTF8},
    {BYTES("a,b\n\xC3\xA9,\xC3\xA8\n\xC3\xAB,\xE9\n"), NULL, PEIL_EDATA, 2, "b", NOT_UTF8},
    /* lines of two encodings, most of them not UTF-8 */
    {BYTES("a,b\n\xE8,\xE9\n\xEB,\xE9\n\xC3\xA9,1\n"), NULL, PEIL_EDATA, 1, "a", NOT_UTF8},
    {BYTES("a,b\n\xD0\x94\xD0\xB0,\xD0\xB0\n\xFF,1\n"), NULL, PEIL_EDATA, 2, "a", NOT_UTF8},
    {BYTES("a,b\n1,2\n"), "klingon", PEIL_EUSAGE, 0, "", "--encoding does not know klingon"},
    {BYTES("\xFF\xFE"
           "a\0;\0b\0\n\0"
           "1\0;\0"
           "2"),
     NULL, PEIL_EDATA, 1, "b", "the file ends inside a character of UTF-16LE"},
    {BYTES("\xFF\xFE"
           "a\0;\0b\0\n\0"
           "1\0;\0\x3D\xD8"
           "2\0\n\0"),
     NULL, PEIL_EDATA, 1, "b", "text that is not UTF-16LE"},
};

Test(csv_dialect, characters_that_are_none) {
    for (size_t i = 0; i < COUNT(misfits); i++)
        for (size_t b = 0; b < COUNT(blocks); b++) {
            const peil_reading how = {.encoding = misfits[i].asked, .block_bytes = blocks[b]};
            reading r = read_bytes(misfits[i].bytes, misfits[i].length, how, 2);
            HOLDS(r.status == misfits[i].status, "file %zu, block %zu: %d, %s", i, blocks[b],
                  r.status, r.content.bytes);
            HOLDS(r.fault.record == misfits[i].record, "file %zu, block %zu: record %" PRIu64, i,
                  blocks[b], r.fault.record);
            HOLDS(!strcmp(r.fault.variable, misfits[i].variable), "file %zu, block %zu: %s", i,
                  blocks[b], r.fault.variable);
            HOLDS(!strcmp(r.fault.message, misfits[i].message), "file %zu, block %zu: %s", i,
                  blocks[b], r.fault.message);
            peil_text_clear(&r.content);
        }
}

/* ---- a header among the rows ---- */

#define MARK "a byte order mark: two files that were put together?"

static const struct {
    const char *bytes;
    size_t length;
    uint64_t record; /* of the header; 0: there is none */
} pasted[] = {
    {BYTES("a,b\n1,2\na,b\n3,4\n"), 2},
    {BYTES("a,b\na,b\n3,4\n"), 1},
    {BYTES("a,b\n1,2\na,b"), 2},
    {BYTES("a,b\n1,2\n\"a\", b \n"), 2},
    {BYTES("\" a\",b\n1,2\n\" a \",b\n"), 2},
    {BYTES("a,b\n1,2\n\xEF\xBB\xBF"
           "a,b\n3,4\n"),
     2},
    {BYTES("caf\xE9,b\n1,2\ncaf\xE9,b\n"), 2},
    {BYTES("a\n1\na\n"), 2},
    {BYTES(",a,\n1,2,3\n,a,\n"), 2},
    {BYTES("a,b\n1,2\na,c\n"), 0},
    {BYTES("a,b\n1,2\nb,a\n"), 0},
    {BYTES("a,b\n1,2\na,\n"), 0},
    {BYTES("a,b\n1,2\nA,B\n"), 0},
    {BYTES("aa,b\n1,2\na,b\n"), 0},
    {BYTES("a,b,c\na,b,1\na,2,c\n1,b,c\n"), 0},
};

Test(csv_dialect, a_header_among_the_rows) {
    for (size_t i = 0; i < COUNT(pasted); i++)
        for (size_t b = 0; b < COUNT(blocks); b++) {
            reading r = read_bytes(pasted[i].bytes, pasted[i].length,
                                   (peil_reading){.block_bytes = blocks[b]}, 2);
            HOLDS(r.fault.record == pasted[i].record, "file %zu: record %" PRIu64 ", %s", i,
                  r.fault.record, r.fault.message);
            HOLDS(!pasted[i].record || !strcmp(r.fault.message, "repeats the header") ||
                      !strcmp(r.fault.message, MARK),
                  "file %zu: %s", i, r.fault.message);
            peil_text_clear(&r.content);
        }
}

/* The columns that are asked for do not matter: here only the last one is. */
Test(csv_dialect, a_header_is_found_whatever_is_wanted) {
    const scratch file = scratch_text("data.csv",
                                      "a,b,c\n1,2,3\n\xEF\xBB\xBF"
                                      "a,b,c\n");
    peil_reader *reader = NULL;
    peil_batch batch = {0};
    peil_fault fault = {0};
    size_t column;
    cr_assert_eq(peil_reader_open(file.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_want(&batch, "c", PEIL_AS_NUMBERS, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    cr_expect_eq(peil_reader_next(reader, &batch, &fault), PEIL_EDATA);
    cr_expect_str_eq(fault.message, "repeats the header");
    cr_expect_eq(fault.record, 2);
    cr_expect_eq(batch.rows, 1);
    peil_batch_clear(&batch);
    peil_reader_free(reader);
    scratch_remove(&file);
}

/* A second file without a header: its mark is no part of a value. */
Test(csv_dialect, a_byte_order_mark_among_the_rows) {
    reading r = read_bytes(BYTES("a,b\n1,2\n\xEF\xBB\xBF"
                                 "1,2\n"),
                           (peil_reading){0}, 0);
    cr_expect_eq(r.fault.record, 2);
    cr_expect_str_eq(r.fault.variable, "a");
    cr_expect_str_eq(r.fault.message, MARK);
    peil_text_clear(&r.content);
}

/* ---- refusals ---- */

static const struct {
    const char *bytes;
    size_t length;
    peil_reading how;
    uint64_t record;
    const char *message;
} refused[] = {
    /* a title above the header, in one field */
    {BYTES("Enquete 2017\na;b\n1;2\n"), {0}, 1, "has 2 fields where the header has 1"},
    {BYTES("title\na\tb\n1\t2\n"), {0}, 1, "has 2 fields where the header has 1"},
    /* a header with another separator than the rows */
    {BYTES("a;b\n1,2\n3,4\n"), {0}, 1, "has 1 field where the header has 2"},
    {BYTES("sep=,\na;b\n1,2\n"), {0}, 1, "has 2 fields where the header has 1"},
    {BYTES("sep=;\n"), {0}, 0, "the file has no header"},
    {BYTES("'a','b'\n'1','2\n"), {0}, 0, NULL},
    {BYTES("'a','b'\n'1','2'\n3,'4'5\n"),
     {0},
     2,
     "a quote inside a field, or text behind a closing quote"},
    {BYTES("\n\n"), {.no_header = true}, 0, "the file has no header"},
    {BYTES("1,2\n3\n"), {.no_header = true}, 2, "has 1 field where the first line has 2"},
};

Test(csv_dialect, refusals) {
    for (size_t i = 0; i < COUNT(refused); i++)
        for (size_t b = 0; b < COUNT(blocks); b++) {
            peil_reading how = refused[i].how;
            how.block_bytes = blocks[b];
            reading r = read_bytes(refused[i].bytes, refused[i].length, how, 2);
            HOLDS(r.status == PEIL_EDATA, "file %zu: %s", i, r.content.bytes);
            HOLDS(!refused[i].message || !strcmp(r.fault.message, refused[i].message),
                  "file %zu: %s", i, r.fault.message);
            HOLDS(!refused[i].message || r.fault.record == refused[i].record,
                  "file %zu: record %" PRIu64, i, r.fault.record);
            peil_text_clear(&r.content);
        }
}

/* ---- behind the head ---- */

enum { ROWS = 60000 }; /* of some 8 bytes: well over the 256 KiB that decide */

static peil_text long_file(const char *header, const char *row, const char *last) {
    peil_text text = {0};
    peil_text_add(&text, header);
    for (int i = 0; i < ROWS; i++) peil_text_add(&text, row);
    peil_text_add(&text, last);
    cr_assert_not(text.failed);
    return text;
}

static reading read_long(const peil_text *text, peil_reading how) {
    return read_bytes(text->bytes, text->length, how, 0);
}

Test(csv_dialect, other_characters_behind_the_head) {
    peil_text text = long_file("a,b\n", "xxxx,12\n", "caf\xE9,1\n");
    static const size_t sizes[] = {1000, 4096, 65536, 100000, 0, 1 << 20};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        reading r = read_long(&text, (peil_reading){.block_bytes = sizes[i]});
        cr_expect_eq(r.fault.record, ROWS + 1);
        cr_expect_str_eq(r.fault.variable, "a");
        cr_expect_str_eq(r.fault.message, NOT_UTF8);
        peil_text_clear(&r.content);
        r = read_long(&text, (peil_reading){.block_bytes = sizes[i], .encoding = "cp1252"});
        cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
        cr_expect_eq(r.records, ROWS + 1);
        cr_expect_str_eq(r.content.bytes + r.content.length - 8, "~caf\xC3\xA9|1");
        peil_text_clear(&r.content);
    }
    peil_text_clear(&text);
}

/* A row that would have decided otherwise comes a byte too late, at every size of blocks. */
Test(csv_dialect, other_separators_behind_the_head) {
    peil_text text = {0};
    peil_text_add(&text, "a;b,c,d\n");
    while (text.length < 1 << 18) peil_text_add(&text, "x;1,2,3\n");
    cr_assert_eq(text.length, 1 << 18);
    peil_text_add(&text, "x;y\n");
    static const size_t sizes[] = {1000, 4099, 65536, 0};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        reading r = read_long(&text, (peil_reading){.block_bytes = sizes[i]});
        cr_expect_eq(r.header.delimiter, ',');
        cr_expect_eq(r.fault.record, (1 << 15));
        peil_text_clear(&r.content);
    }
    peil_text_clear(&text);
}

/* The first bytes end inside the only character that is not ASCII. */
Test(csv_dialect, a_character_across_the_end_of_the_head) {
    peil_text text = {0};
    peil_text_add(&text, "a,b\n");
    while (text.length + 4 < 1 << 18) peil_text_add(&text, "x,1\n");
    peil_text_add(&text, "x,\"\xC3\xA9\"\n");
    cr_assert_eq((unsigned char)text.bytes[(1 << 18) - 1], 0xC3);
    static const size_t sizes[] = {1000, 0, 1 << 20};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        reading r = read_long(&text, (peil_reading){.block_bytes = sizes[i]});
        cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
        cr_expect_str_eq(r.header.encoding, "UTF-8");
        peil_text_clear(&r.content);
    }
    peil_text_clear(&text);
}

/* A first line that is longer than what decides elsewhere. */
Test(csv_dialect, a_long_header) {
    peil_text text = {0};
    peil_text_add(&text, "a;\"");
    for (int i = 0; i < 40000; i++) peil_text_add(&text, "0123456789");
    peil_text_add(&text, "\"\n1;2\n");
    static const size_t sizes[] = {1000, 65537, 0, 1 << 20};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        reading r = read_long(&text, (peil_reading){.block_bytes = sizes[i]});
        cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
        cr_expect_eq(r.header.delimiter, ';');
        cr_expect_str_eq(r.content.bytes + r.content.length - 4, "~1|2");
        peil_text_clear(&r.content);
    }
    peil_text_clear(&text);
}
