/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dictionaries: which spellings are one value, and in what order values stand. */
#include "core/dictionary.h"

#include "support/testing.h"

static uint32_t code_of(peil_dictionary *dictionary, const char *text) {
    uint32_t code = UINT32_MAX;
    peil_fault fault;
    const peil_status status = peil_dictionary_code(dictionary, text, strlen(text), &code, &fault);
    cr_assert_eq(status, PEIL_OK, "\"%s\": %s", text, fault.message);
    return code;
}

static const struct {
    const char *spelling, *canonical;
    bool reads_number, is_number;
} spellings[] = {
    {"1", "1", true, true},
    {"1.0", "1", true, true},
    {"+1", "1", true, true},
    {"1.", "1", true, true},
    {" 1\t", "1", true, true},
    {"100e-2", "1", true, true},
    {"-1", "-1", true, true},
    {"0", "0", true, true},
    {"-0", "0", true, true},
    {"0.0", "0", true, true},
    {".5", "0.5", true, true},
    {"0.50", "0.5", true, true},
    {"1e3", "1000", true, true},
    {"01", "01", true, false},
    {"0363", "0363", true, false},
    {"00", "00", true, false},
    {"-01", "-01", true, false},
    {"00.5", "00.5", true, false},
    {"ja", "ja", false, false},
    {"  ja  ", "ja", false, false},
    {"Ja", "Ja", false, false},
    {"ja nee", "ja nee", false, false},
    {"NA", "NA", false, false},
    {"1,5", "1,5", false, false},
    {"caf\xC3\xA9", "caf\xC3\xA9", false, false},
    {"a\nb", "a\nb", false, false},
};

Test(dictionary, one_code_for_one_value) {
    peil_dictionary d = {0};
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < COUNT(spellings); i++) {
            const uint32_t code = code_of(&d, spellings[i].spelling);
            const peil_value *value = &d.values[code];
            cr_expect_str_eq(peil_dictionary_text(&d, code), spellings[i].canonical);
            cr_expect_eq(value->length, strlen(spellings[i].canonical));
            cr_expect_eq(value->reads_number, spellings[i].reads_number, "%s",
                         spellings[i].spelling);
            cr_expect_eq(value->is_number, spellings[i].is_number, "%s", spellings[i].spelling);
            cr_expect_eq(code, code_of(&d, spellings[i].canonical), "%s", spellings[i].spelling);
        }
    cr_expect_eq(d.count, 1 + 17, "the empty value and 17 others, not %zu", d.count);
    peil_dictionary_clear(&d);
}

Test(dictionary, empty_value_is_code_0) {
    static const char *const empty[] = {"", " ", "\t", "   \t "};
    for (size_t i = 0; i < COUNT(empty); i++) {
        peil_dictionary d = {0};
        cr_expect_neq(code_of(&d, "x"), PEIL_MISSING_CODE);
        cr_expect_eq(code_of(&d, empty[i]), PEIL_MISSING_CODE, "\"%s\"", empty[i]);
        cr_expect_eq(code_of(&d, empty[i]), PEIL_MISSING_CODE);
        peil_dictionary_clear(&d);
        cr_expect_eq(code_of(&d, empty[i]), PEIL_MISSING_CODE, "\"%s\" first", empty[i]);
        cr_expect_eq(d.count, 1);
        peil_dictionary_clear(&d);
    }
}

Test(dictionary, many_values_keep_their_codes) {
    peil_dictionary d = {0};
    char text[24];
    for (uint32_t i = 1; i <= 5000; i++) {
        snprintf(text, sizeof text, i % 2 ? "%" PRIu32 : "text-%" PRIu32, i * 7919);
        HOLDS(code_of(&d, text) == i, "%s", text);
    }
    for (uint32_t i = 1; i <= 5000; i++) {
        snprintf(text, sizeof text, i % 2 ? " %" PRIu32 ".0" : "\ttext-%" PRIu32, i * 7919);
        HOLDS(code_of(&d, text) == i, "%s", text);
    }
    cr_expect_eq(d.count, 5001);
    peil_dictionary_clear(&d);
}

static const struct {
    const char *values[8], *sorted[8];
    bool is_numeric;
} orders[] = {
    {{"10", "9", "-1", "0.5", "1e1", "2"}, {"", "-1", "0.5", "2", "9", "10"}, true},
    {{"10", "9", "b", "a"}, {"", "10", "9", "a", "b"}, false},
    {{"b", "B", "a", "ab", "\xC3\xA9"}, {"", "B", "a", "ab", "b", "\xC3\xA9"}, false},
    {{"02", "10", "1"}, {"", "02", "1", "10"}, false},
    {{"2", "10", "", "3"}, {"", "2", "3", "10"}, true},
    {{"1e300", "1e-300", "0", "-1e300"}, {"", "-1e+300", "0", "1e-300", "1e+300"}, true},
    {{"2015", "2015 ", " 2013"}, {"", "2013", "2015"}, true},
};

Test(dictionary, orders_numbers_by_value_else_all_by_bytes) {
    for (size_t i = 0; i < COUNT(orders); i++) {
        peil_dictionary d = {0};
        uint32_t rank[16];
        for (size_t k = 0; orders[i].values[k]; k++) code_of(&d, orders[i].values[k]);
        cr_expect_eq(peil_dictionary_is_numeric(&d, NULL), orders[i].is_numeric, "case %zu", i);
        cr_assert_eq(peil_dictionary_rank(&d, NULL, rank, NULL), PEIL_OK);
        for (uint32_t code = 0; code < d.count; code++)
            cr_expect_str_eq(peil_dictionary_text(&d, code), orders[i].sorted[rank[code]],
                             "case %zu", i);
        peil_dictionary_clear(&d);
    }
}

static const struct {
    const char *text;
    bool is_utf8;
} encodings[] = {
    {"plain", true},
    {"\xC3\xA9", true},
    {"\xE2\x82\xAC", true},
    {"\xF0\x9F\x98\x80", true},
    {"\xF4\x8F\xBF\xBF", true},
    {"\xED\x9F\xBF", true},
    {"\xEE\x80\x80", true},
    {"caf\xE9", false}, /* Latin-1 */
    {"\x80", false},    /* a continuation alone */
    {"\xC3", false},    /* cut short */
    {"\xE2\x82", false},
    {"\xF0\x9F\x98", false},
    {"\xC0\xAF", false}, /* overlong */
    {"\xC1\xBF", false},
    {"\xE0\x80\xAF", false},
    {"\xE0\x9F\xBF", false},
    {"\xF0\x8F\xBF\xBF", false},
    {"\xED\xA0\x80", false},     /* a surrogate */
    {"\xF4\x90\x80\x80", false}, /* beyond U+10FFFF */
    {"\xF5\x80\x80\x80", false},
    {"\xFF", false},
    {"a\xC3(", false},
};

Test(dictionary, refuses_what_is_not_utf8) {
    for (size_t i = 0; i < COUNT(encodings); i++) {
        peil_dictionary d = {0};
        uint32_t code;
        peil_fault fault = {0};
        const char *text = encodings[i].text;
        const peil_status status = peil_dictionary_code(&d, text, strlen(text), &code, &fault);
        cr_expect_eq(peil_text_is_utf8(text, strlen(text)), encodings[i].is_utf8, "case %zu", i);
        cr_expect_eq(status, encodings[i].is_utf8 ? PEIL_OK : PEIL_EDATA, "case %zu", i);
        cr_expect_eq(fault.message[0] != 0, !encodings[i].is_utf8, "case %zu", i);
        cr_expect(encodings[i].is_utf8 || !strstr(fault.message, text), "the value is shown");
        peil_dictionary_clear(&d);
    }
}

/* ---- text that reads as a number ---- */

Test(dictionary, text_that_stays_text) {
    peil_dictionary d = {0}, other = {0};
    uint32_t code, again, adopted;
    cr_assert_eq(peil_dictionary_code_text(&d, " 1.50 ", 6, &code, NULL), PEIL_OK);
    cr_expect_str_eq(peil_dictionary_text(&d, code), "1.50");
    cr_expect_not(d.values[code].reads_number);
    cr_expect_not(d.values[code].is_number);
    cr_assert_eq(peil_dictionary_code_text(&d, "1.50", 4, &again, NULL), PEIL_OK);
    cr_expect_eq(again, code);
    cr_expect_not(peil_dictionary_is_numeric(&d, NULL));
    /* another text of the same number is another value; the number itself too */
    cr_expect_neq(code_of(&d, "1.5"), code);
    cr_assert_eq(peil_dictionary_adopt(&other, &d, code, &adopted, NULL), PEIL_OK);
    cr_expect_str_eq(peil_dictionary_text(&other, adopted), "1.50");
    cr_expect(other.values[adopted].stays_text);
    peil_dictionary_clear(&d);
    peil_dictionary_clear(&other);
}

static void expect_both(peil_status status, const peil_fault *fault) {
    cr_expect_eq(status, PEIL_EDATA);
    cr_expect_str_eq(fault->message, "a value that is a number in one place and text in another");
}

Test(dictionary, number_and_text_of_one_spelling_are_refused) {
    peil_dictionary text = {0}, number = {0};
    peil_fault fault;
    uint32_t code, adopted;
    cr_assert_eq(peil_dictionary_code_text(&text, "2.5", 3, &code, NULL), PEIL_OK);
    for (int round = 0; round < 2; round++) {
        expect_both(peil_dictionary_code(&text, "2.5", 3, &adopted, &fault), &fault);
        expect_both(peil_dictionary_code(&text, "2.50", 4, &adopted, &fault), &fault);
    }
    code_of(&number, "2.50");
    expect_both(peil_dictionary_code_text(&number, "2.5", 3, &adopted, &fault), &fault);
    expect_both(peil_dictionary_code_text(&number, "2.50", 4, &adopted, &fault), &fault);
    expect_both(peil_dictionary_adopt(&number, &text, code, &adopted, &fault), &fault);
    cr_expect_eq(peil_dictionary_code_text(&number, "\xFF", 1, &adopted, &fault), PEIL_EDATA);
    peil_dictionary_clear(&text);
    peil_dictionary_clear(&number);
}

Test(dictionary, spellings_of_a_file) {
    peil_dictionary d = {0};
    uint32_t code, found;
    cr_assert_eq(peil_dictionary_look_up(&d, "1.5", 3, &code, NULL), PEIL_OK);
    cr_expect_not(peil_dictionary_recall(&d, "1.5", 3, &found), "looking up does not remember");
    peil_dictionary_remember(&d, "1,5", 3, code);
    peil_dictionary_remember(&d, "x", 1, code);
    cr_expect(peil_dictionary_recall(&d, "1,5", 3, &found));
    cr_expect_eq(found, code);
    cr_expect(peil_dictionary_recall(&d, "x", 1, &found));
    cr_expect_eq(found, code);
    peil_dictionary_forget(&d);
    cr_expect_not(peil_dictionary_recall(&d, "1,5", 3, &found));
    cr_expect_not(peil_dictionary_recall(&d, "x", 1, &found));
    cr_expect_eq(code_of(&d, "1.5"), code, "values stay");
    peil_dictionary_clear(&d);
}
