/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts in SPSS and Stata files: long ones, labelled ones, and in any encoding. */
#include "support/stat_reading.h"

/* Labels and missing values of texts, short and long; spaces at the end are not of the text. */
Test(read_stat_text, texts_in_spss) {
    static const char *const values[] = {"ja", "nee  ", "9", "weigert", " x", ""};
    static const int widths[] = {8, 20, 300};
    for (size_t i = 0; i < COUNT(widths); i++) {
        own w = begin_own();
        readstat_variable_t *v =
            readstat_add_variable(w.writer, "antwoord", READSTAT_TYPE_STRING, (size_t)widths[i]);
        readstat_label_set_t *set =
            readstat_add_label_set(w.writer, READSTAT_TYPE_STRING, "antwoorden");
        if (widths[i] < 300) {
            readstat_variable_add_missing_string_value(v, "weigert");
            readstat_variable_add_missing_string_value(v, "9");
            readstat_label_string_value(set, "ja", "Jazeker");
            readstat_label_string_value(set, "weigert", "wil niet");
            readstat_variable_set_label_set(v, set);
        }
        cr_assert_eq(readstat_begin_writing_sav(w.writer, &file, COUNT(values)), READSTAT_OK);
        for (size_t k = 0; k < COUNT(values); k++) {
            readstat_begin_row(w.writer);
            readstat_insert_string_value(w.writer, v, values[k]);
            cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
        }
        end_own(&w);
        reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
        cr_expect_str_eq(r.content.bytes, "antwoord~ja~nee~9~weigert~x~", "width %d: %s", widths[i],
                         r.fault.message);
        peil_text_clear(&r.content);
        if (widths[i] == 300) continue;
        opened o;
        cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK, "%s", o.fault.message);
        const peil_variable *about = variable_of(&o, "antwoord");
        expect_label(about, "ja", "Jazeker", "antwoord");
        expect_label(about, "weigert", "wil niet", "antwoord");
        cr_expect(peil_variable_lacks_text(about, "weigert"), "width %d", widths[i]);
        cr_expect(peil_variable_lacks_number(about, (peil_decimal){9, 0}), "width %d", widths[i]);
        cr_expect_not(peil_variable_lacks_text(about, "ja"));
        close_made(&o);
    }
}

/* Long texts come whole, in files where a row takes most of a block. */
Test(read_stat_text, long_texts) {
    enum { ROWS = 30, TEXTS = 4, WIDTH = 2000 };
    static char text[WIDTH + 1];
    peil_text expected = {0};
    own w = begin_own();
    readstat_variable_t *v[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
        char name[8];
        snprintf(name, sizeof name, "t%d", i);
        v[i] = readstat_add_variable(w.writer, name, READSTAT_TYPE_STRING, WIDTH);
        peil_text_add_format(&expected, "%s%s", i ? "|" : "", name);
    }
    cr_assert_eq(readstat_begin_writing_sav(w.writer, &file, ROWS), READSTAT_OK);
    for (int row = 0; row < ROWS; row++) {
        readstat_begin_row(w.writer);
        for (int i = 0; i < TEXTS; i++) {
            const int length = (row * TEXTS + i) * (WIDTH - 1) / (ROWS * TEXTS) + 1;
            for (int k = 0; k < length; k++) text[k] = (char)('a' + (row + i + k) % 26);
            text[length] = '\0';
            readstat_insert_string_value(w.writer, v[i], text);
            peil_text_add_format(&expected, "%s%s", i ? "|" : "~", text);
        }
        cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    }
    end_own(&w);
    reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
    cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
    cr_expect(strcmp(r.content.bytes, expected.bytes) == 0);
    peil_text_clear(&r.content);
    peil_text_clear(&expected);
}

/* Long texts of Stata, which stand apart from the rows, each without a length that is known. */
Test(read_stat_text, long_texts_in_stata) {
    enum { LONG = 100000, ROWS = 40 };
    static char text[LONG + 1];
    memset(text, 'x', LONG);
    own w = begin_own();
    readstat_variable_t *n = readstat_add_variable(w.writer, "n", READSTAT_TYPE_INT16, 2);
    readstat_variable_t *v = readstat_add_variable(w.writer, "open", READSTAT_TYPE_STRING_REF, 8);
    readstat_string_ref_t *one = readstat_add_string_ref(w.writer, text);
    readstat_string_ref_t *other = readstat_add_string_ref(w.writer, "kort");
    cr_assert_eq(readstat_begin_writing_dta(w.writer, &file, ROWS), READSTAT_OK);
    for (int row = 0; row < ROWS; row++) {
        readstat_begin_row(w.writer);
        readstat_insert_int16_value(w.writer, n, (int16_t)row);
        readstat_insert_string_ref(w.writer, v, row % 2 ? one : other);
        cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    }
    end_own(&w);
    reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
    cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
    cr_expect_eq(r.records, ROWS);
    cr_expect_geq(r.content.length, (size_t)LONG * ROWS / 2);
    cr_expect(strstr(r.content.bytes, "~2|kort~3|xxx"), "%.60s", r.content.bytes);
    peil_text_clear(&r.content);
}

/* ---- encodings ---- */

/* The number of the code page in a .sav file, and a record that names an encoding, if any. */
static void set_encoding(uint32_t page, const char *name) {
    static const uint32_t machine[] = {7, 3, 4, 8}, end[] = {999, 0};
    unsigned char *at = made_find(&file, machine, sizeof machine);
    memcpy(at + sizeof machine + 28, &page, sizeof page);
    if (!name) return;
    const uint32_t head[] = {7, 20, 1, (uint32_t)strlen(name)};
    const size_t length = sizeof head + strlen(name);
    at = made_find(&file, end, sizeof end);
    memmove(at + length, at, file.length - (size_t)(at - file.bytes));
    memcpy(at, head, sizeof head);
    memcpy(at + sizeof head, name, strlen(name));
    file.length += length;
}

/* One text, with one label of the variable. */
static void make_text(made_begin *begin, int version, const char *label, const char *text) {
    own w = begin_own();
    readstat_variable_t *v = readstat_add_variable(w.writer, "x", READSTAT_TYPE_STRING, 20);
    readstat_variable_set_label(v, label);
    if (version) readstat_writer_set_file_format_version(w.writer, (uint8_t)version);
    cr_assert_eq(begin(w.writer, &file, 2), READSTAT_OK);
    for (int i = 0; i < 2; i++) {
        readstat_begin_row(w.writer);
        readstat_insert_string_value(w.writer, v, i ? text : "x");
        cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    }
    end_own(&w);
}

#define E_CP1252 "caf\xE9 \x80"
#define E_UTF8 "caf\xC3\xA9 \xE2\x82\xAC"

static const struct {
    const char *name;
    uint32_t page;
    const char *record, *option; /* NULL: none */
    const char *label, *text;    /* as they stand in the file */
    const char *encoding;
    bool is_guess;
    const char *read, *label_read; /* NULL: refused */
} encoded[] = {
    {"all in ASCII", 1252, NULL, NULL, "x", "y", "UTF-8", false, "y", "x"},
    {"says nothing, is UTF-8", 2, NULL, NULL, E_UTF8, E_UTF8, "UTF-8", false, E_UTF8, E_UTF8},
    {"says nothing, is not", 2, NULL, NULL, E_CP1252, E_CP1252, "windows-1252", true, E_UTF8,
     E_UTF8},
    {"says 1252, is UTF-8", 1252, NULL, NULL, E_UTF8, E_UTF8, "UTF-8", false, E_UTF8, E_UTF8},
    {"says 1252, is that", 1252, NULL, NULL, E_CP1252, E_CP1252, "windows-1252", true, E_UTF8,
     E_UTF8},
    {"only a text tells", 1252, NULL, NULL, "x", E_CP1252, "windows-1252", true, E_UTF8, "x"},
    {"a text contradicts", 1252, NULL, NULL, E_UTF8, E_CP1252, "UTF-8", false, NULL, E_UTF8},
    {"a record says UTF-8", 2, "UTF-8", NULL, E_UTF8, E_UTF8, "UTF-8", false, E_UTF8, E_UTF8},
    {"a record says UTF-8 of others", 2, "UTF-8", NULL, "x", E_CP1252, "UTF-8", false, NULL, "x"},
    {"a record says 1252", 65001, "windows-1252", NULL, E_CP1252, E_CP1252, "windows-1252", false,
     E_UTF8, E_UTF8},
    {"a page says UTF-8", 65001, NULL, NULL, E_UTF8, E_UTF8, "UTF-8", false, E_UTF8, E_UTF8},
    {"a page of Poland", 1250, NULL, NULL, "\x9C", "\xB9", "windows-1250", false, "\xC4\x85",
     "\xC5\x9B"},
    {"a page of DOS", 850, NULL, NULL, "\x82", "\x89", "CP850", false, "\xC3\xAB", "\xC3\xA9"},
    {"the user knows better", 65001, "UTF-8", "latin1", "\xE9", "\xE9", "ISO-8859-1", false,
     "\xC3\xA9", "\xC3\xA9"},
    {"no character of 1252", 2, "windows-1252", NULL, "x", "a\x81", "windows-1252", false, NULL,
     "x"},
    {"a label is cut in a character", 65001, NULL, NULL, "caf\xC3", "x", "UTF-8", false, "x",
     "caf"},
};

Test(read_stat_text, encodings) {
    for (size_t i = 0; i < COUNT(encoded); i++) {
        const char *name = encoded[i].name;
        opened o;
        make_text(readstat_begin_writing_sav, 0, encoded[i].label, encoded[i].text);
        set_encoding(encoded[i].page, encoded[i].record);
        cr_assert_eq(open_made(&file, encoded[i].option, &o), PEIL_OK, "%s: %s", name,
                     o.fault.message);
        cr_expect_str_eq(variable_of(&o, "x")->label, encoded[i].label_read, "%s", name);
        close_made(&o);
        reading r =
            read_bytes(file.bytes, file.length, (peil_reading){.encoding = encoded[i].option}, 0);
        cr_expect_eq(r.status, encoded[i].read ? PEIL_OK : PEIL_EDATA, "%s: %s", name,
                     r.fault.message);
        if (encoded[i].read) {
            char expected[64];
            snprintf(expected, sizeof expected, "x~x~%s", encoded[i].read);
            cr_expect_str_eq(r.content.bytes, expected, "%s", name);
        } else {
            cr_expect_eq(r.fault.record, 2, "%s", name);
            cr_expect_str_eq(r.fault.variable, "x", "%s", name);
            cr_expect(strstr(r.fault.message, encoded[i].encoding), "%s: %s", name,
                      r.fault.message);
        }
        peil_text_clear(&r.content);
    }
}

/* What is known when the rows were read. */
Test(read_stat_text, encoding_of_the_header) {
    for (size_t i = 0; i < COUNT(encoded); i++) {
        opened o;
        peil_batch batch = {0};
        size_t column;
        make_text(readstat_begin_writing_sav, 0, encoded[i].label, encoded[i].text);
        set_encoding(encoded[i].page, encoded[i].record);
        cr_assert_eq(open_made(&file, encoded[i].option, &o), PEIL_OK);
        cr_assert_eq(peil_batch_want(&batch, "x", PEIL_AS_CODES, &column, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(o.reader, &batch, NULL), PEIL_OK);
        const peil_status status = peil_reader_next(o.reader, &batch, NULL);
        cr_expect_eq(status, encoded[i].read ? PEIL_OK : PEIL_EDATA, "%s", encoded[i].name);
        const peil_header *header = peil_reader_header(o.reader);
        cr_expect_str_eq(header->encoding, encoded[i].encoding, "%s", encoded[i].name);
        cr_expect_eq(header->encoding_is_guess, encoded[i].is_guess, "%s", encoded[i].name);
        peil_batch_clear(&batch);
        close_made(&o);
    }
}

Test(read_stat_text, encodings_that_nobody_knows) {
    static const struct {
        uint32_t page;
        const char *record, *option;
        peil_status status;
        const char *message;
    } unknown[] = {{2, "klingon", NULL, PEIL_EDATA, "give --encoding"},
                   {1, NULL, NULL, PEIL_EDATA, "give --encoding"},
                   {12345, NULL, NULL, PEIL_EDATA, "give --encoding"},
                   {2, "klingon", "utf8", PEIL_OK, ""},
                   {12345, NULL, "1252", PEIL_OK, ""},
                   {2, "UTF-8", "klingon", PEIL_EUSAGE, "--encoding does not know klingon"}};
    for (size_t i = 0; i < COUNT(unknown); i++) {
        opened o;
        make_text(readstat_begin_writing_sav, 0, "x", "y");
        set_encoding(unknown[i].page, unknown[i].record);
        cr_expect_eq(open_made(&file, unknown[i].option, &o), unknown[i].status, "case %zu", i);
        cr_expect(strstr(o.fault.message, unknown[i].message), "case %zu: %s", i, o.fault.message);
        close_made(&o);
    }
}

/* Stata says it since release 118, transport files never. */
Test(read_stat_text, encodings_of_other_programs) {
    static const struct {
        made_begin *begin;
        int version;
        const char *text, *encoding, *read;
    } files[] = {
        {readstat_begin_writing_dta, 114, "\xE9", "windows-1252", "x~x~\xC3\xA9"},
        {readstat_begin_writing_dta, 114, "\xC3\xA9", "UTF-8", "x~x~\xC3\xA9"},
        {readstat_begin_writing_dta, 117, "\xE9", "windows-1252", "x~x~\xC3\xA9"},
        {readstat_begin_writing_dta, 118, "\xC3\xA9", "UTF-8", "x~x~\xC3\xA9"},
        {readstat_begin_writing_dta, 118, "\xE9", "UTF-8", NULL},
        {readstat_begin_writing_xport, 5, "\xE9", "windows-1252", "x~x~\xC3\xA9"},
        {readstat_begin_writing_xport, 8, "\xC3\xA9", "UTF-8", "x~x~\xC3\xA9"},
        {readstat_begin_writing_sas7bdat, 0, "\xC3\xA9", "UTF-8", "x~x~\xC3\xA9"},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        make_text(files[i].begin, files[i].version, "x", files[i].text);
        reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
        cr_expect_eq(r.status, files[i].read ? PEIL_OK : PEIL_EDATA, "case %zu: %s", i,
                     r.fault.message);
        if (files[i].read) cr_expect_str_eq(r.content.bytes, files[i].read, "case %zu", i);
        peil_text_clear(&r.content);
    }
}

/* SAS has a byte for it; 0 is none. */
Test(read_stat_text, encodings_of_sas) {
    static const struct {
        unsigned char number;
        const char *text, *read;
    } encodings[] = {{20, "\xC3\xAB", "x~x~\xC3\xAB"},
                     {62, "\xEB", "x~x~\xC3\xAB"},
                     {60, "\x9C", "x~x~\xC5\x9B"},
                     {29, "\xEB", "x~x~\xC3\xAB"},
                     {42, "\x89", "x~x~\xC3\xAB"},
                     {0, "\xEB", "x~x~\xC3\xAB"},
                     {20, "\xEB", NULL},
                     {199, "y", NULL}};
    for (size_t i = 0; i < COUNT(encodings); i++) {
        make_text(readstat_begin_writing_sas7bdat, 0, "x", encodings[i].text);
        file.bytes[70] = encodings[i].number;
        reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
        cr_expect_eq(r.status, encodings[i].read ? PEIL_OK : PEIL_EDATA, "case %zu: %s", i,
                     r.fault.message);
        if (encodings[i].read) cr_expect_str_eq(r.content.bytes, encodings[i].read, "case %zu", i);
        peil_text_clear(&r.content);
    }
}
