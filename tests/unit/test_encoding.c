/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encodings: their names, and that what they cannot say is refused. */
#include "read/encoding.h"

#include "support/testing.h"

Test(encoding, names_of_all_kinds) {
    static const char *const names[][2] = {
        {"UTF-8", "UTF-8"},
        {"utf8", "UTF-8"},
        {"65001", "UTF-8"},
        {"cp65001", "UTF-8"},
        {"windows-1252", "windows-1252"},
        {"WINDOWS-1252", "windows-1252"},
        {"cp1252", "windows-1252"},
        {"Cp 1252", "windows-1252"},
        {"1252", "windows-1252"},
        {"wlatin1", "windows-1252"},
        {"latin1", "ISO-8859-1"},
        {"ISO-8859-1", "ISO-8859-1"},
        {"iso8859_1", "ISO-8859-1"},
        {"iso-8859-15", "ISO-8859-15"},
        {"28605", "ISO-8859-15"},
        {"IBM850", "CP850"},
        {"cp437", "CP437"},
        {"shift_jis", "CP932"},
        {"us-ascii", "US-ASCII"},
        {"ANSI_X3.4-1968", "US-ASCII"},
        {"macroman", "MACINTOSH"},
        {"utf-16le", "UTF-16LE"},
    };
    static const char *const unknown[] = {
        "",   "-",     "utf",     "utf-9",  "cp",
        "12", "1252x", "klingon", "ebcdic", "windows-99999999999999999999999999999999"};
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *found = peil_encoding_find(names[i][0]);
        cr_assert(found, "%s", names[i][0]);
        cr_expect_str_eq(found, names[i][1], "%s", names[i][0]);
        cr_expect_eq(found, peil_encoding_find(found), "%s is not its own name", found);
    }
    for (size_t i = 0; i < COUNT(unknown); i++)
        cr_expect_null(peil_encoding_find(unknown[i]), "%s", unknown[i]);
}

/* A whole text, and how it reads in UTF-8; NULL: it is none. From the charts of The Unicode
 * Consortium (unicode.org/Public/MAPPINGS), by hand. */
static const struct {
    const char *encoding, *text, *utf8;
} texts[] = {
    {"UTF-8", "Zo\xC3\xAB", "Zo\xC3\xAB"},
    {"UTF-8", "", ""},
    {"UTF-8", "Zo\xC3", NULL},
    {"UTF-8", "Zo\xEB", NULL},
    {"UTF-8", "\xED\xA0\x80", NULL},
    {"US-ASCII", "abc", "abc"},
    {"US-ASCII", "Zo\xEB", NULL},
    {"windows-1252", "Zo\xEB \x80 12", "Zo\xC3\xAB \xE2\x82\xAC 12"},
    {"windows-1252", "a\x81z", NULL},
    {"ISO-8859-1", "Zo\xEB", "Zo\xC3\xAB"},
    {"ISO-8859-15", "\xA4", "\xE2\x82\xAC"},
    {"CP850", "Zo\x89", "Zo\xC3\xAB"},
    {"CP437", "Zo\x89", "Zo\xC3\xAB"},
    {"windows-1250", "\x9C", "\xC5\x9B"},
    {"CP932", "\x83\x41", "\xE3\x82\xA2"},
    {"CP932", "\x83", NULL},
    {"CP932", "\x83\x20", NULL},
    {"UTF-16LE", "\x5A\x01", "\xC5\x9A"},
    {"UTF-16LE", "a", NULL},
};

Test(encoding, whole_texts) {
    for (size_t i = 0; i < COUNT(texts); i++) {
        peil_converter *converter = NULL;
        peil_text out = {0};
        peil_fault fault = {0};
        cr_assert_eq(peil_converter_open(texts[i].encoding, &converter, NULL), PEIL_OK);
        cr_expect_str_eq(peil_converter_encoding(converter), texts[i].encoding);
        peil_text_add(&out, "before ");
        const peil_status status = peil_converter_convert(
            converter, texts[i].text, strlen(texts[i].text), NULL, &out, &fault);
        cr_expect_eq(status, texts[i].utf8 ? PEIL_OK : PEIL_EDATA, "case %zu", i);
        cr_expect(strncmp(out.bytes, "before ", 7) == 0, "case %zu", i);
        cr_expect_str_eq(out.bytes + 7, texts[i].utf8 ? texts[i].utf8 : "", "case %zu", i);
        if (!texts[i].utf8)
            cr_expect(strstr(fault.message, texts[i].encoding), "case %zu: %s", i, fault.message);
        peil_text_clear(&out);
        peil_converter_free(converter);
    }
}

/* Cut anywhere, and continued with what was left. */
Test(encoding, texts_in_pieces) {
    static const char *const encodings[][2] = {
        {"UTF-8", "a\xC3\xAB\xE2\x82\xAC\xF0\x9F\x98\x80z"},
        {"windows-1252", "a\xEB\x80z"},
        {"CP932", "a\x83\x41\x83\x42z"},
        {"UTF-16BE", "\x20\xAC\x5A\x5A\xD8\x3D\xDE\x01"},
    };
    for (size_t i = 0; i < COUNT(encodings); i++) {
        const char *text = encodings[i][1];
        const size_t length = strlen(text);
        peil_text whole = {0};
        peil_converter *converter = NULL;
        cr_assert_eq(peil_converter_open(encodings[i][0], &converter, NULL), PEIL_OK);
        cr_assert_eq(peil_converter_convert(converter, text, length, NULL, &whole, NULL), PEIL_OK);
        for (size_t piece = 4; piece <= length; piece++) {
            peil_text out = {0};
            size_t used;
            for (size_t at = 0; at < length; at += used) {
                const size_t n = length - at < piece ? length - at : piece;
                cr_assert_eq(peil_converter_convert(converter, text + at, n, &used, &out, NULL),
                             PEIL_OK, "%s by %zu", encodings[i][0], piece);
                cr_assert_leq(n - used, 3, "%s by %zu", encodings[i][0], piece);
            }
            cr_expect_str_eq(out.bytes, whole.bytes, "%s by %zu", encodings[i][0], piece);
            peil_text_clear(&out);
        }
        peil_text_clear(&whole);
        peil_converter_free(converter);
    }
}

/* A piece may end in a character, but not hold what is none. */
Test(encoding, pieces_that_are_no_text) {
    static const char *const pieces[][2] = {{"UTF-8", "ab\xC3"}, {"UTF-8", "ab\xE2\x82"},
                                            {"UTF-8", "a\xC3z"}, {"UTF-8", "ab\x82"},
                                            {"CP932", "ab\x83"}, {"CP932", "a\x83\x20"}};
    static const size_t used_of[] = {2, 2, 0, 0, 2, 0}; /* 0: refused */
    for (size_t i = 0; i < COUNT(pieces); i++) {
        peil_converter *converter = NULL;
        peil_text out = {0};
        size_t used = 0;
        cr_assert_eq(peil_converter_open(pieces[i][0], &converter, NULL), PEIL_OK);
        const peil_status status = peil_converter_convert(converter, pieces[i][1],
                                                          strlen(pieces[i][1]), &used, &out, NULL);
        cr_expect_eq(status, used_of[i] ? PEIL_OK : PEIL_EDATA, "case %zu", i);
        cr_expect_eq(used, used_of[i], "case %zu", i);
        cr_expect_eq(out.length, used_of[i], "case %zu", i);
        peil_text_clear(&out);
        peil_converter_free(converter);
    }
}

/* Longer than any piece in between. */
Test(encoding, long_texts) {
    enum { LONG = 10000 };
    static char text[LONG];
    static const char *const encodings[] = {"UTF-8", "windows-1252", "CP932"};
    memset(text, 'a', LONG);
    for (size_t i = 0; i < COUNT(encodings); i++) {
        peil_converter *converter = NULL;
        peil_text out = {0};
        cr_assert_eq(peil_converter_open(encodings[i], &converter, NULL), PEIL_OK);
        cr_assert_eq(peil_converter_convert(converter, text, LONG, NULL, &out, NULL), PEIL_OK);
        cr_expect_eq(out.length, LONG, "%s", encodings[i]);
        cr_expect(memcmp(out.bytes, text, LONG) == 0, "%s", encodings[i]);
        peil_text_clear(&out);
        peil_converter_free(converter);
    }
    peil_converter_free(NULL);
}
