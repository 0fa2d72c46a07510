/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is JSON and what is not: RFC 8259, and the ways in which readers of it differ. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"

static peil_json read_it(const char *text) {
    peil_json json;
    peil_fault fault = {0};
    cr_assert_eq(peil_json_read(text, strlen(text), &json, &fault), PEIL_OK, "%s: %s", text,
                 fault.message);
    return json;
}

/* Refused with a message that has these words. */
static void refuses(const char *text, size_t length, const char *words) {
    peil_json json;
    peil_fault fault = {0};
    cr_assert_eq(peil_json_read(text, length, &json, &fault), PEIL_EDATA, "%s", text);
    cr_assert(strstr(fault.message, words), "%s: %s", text, fault.message);
    peil_json_clear(&json);
}

Test(json, values_have_their_kind_text_and_line) {
    static const struct {
        const char *name, *text;
        peil_json_kind kind;
        uint32_t line;
    } cases[] = {
        {"a", "één", PEIL_JSON_STRING, 2}, {"b", "-1.50e+2", PEIL_JSON_NUMBER, 3},
        {"c", "", PEIL_JSON_TRUE, 3},      {"d", "", PEIL_JSON_FALSE, 4},
        {"e", "", PEIL_JSON_NULL, 4},      {"f", "", PEIL_JSON_ARRAY, 5},
        {"g", "", PEIL_JSON_OBJECT, 7},
    };
    peil_json json = read_it(
        "{\n \"a\": \"één\",\n \"b\" :-1.50e+2,\t\"c\":true,\r\n \"d\":false, \"e\":null,\n"
        " \"f\":\n[],\n \"g\":{} }\n");
    cr_assert_eq(peil_json_root(&json)->kind, PEIL_JSON_OBJECT);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const peil_json_value *v = peil_json_member(&json, peil_json_root(&json), cases[i].name);
        cr_assert_not_null(v);
        cr_assert_eq(v->kind, cases[i].kind, "%s", cases[i].name);
        if (i != 5) cr_assert_eq(v->line, cases[i].line, "%s: %u", cases[i].name, v->line);
        if (*cases[i].text) cr_assert_str_eq(peil_json_text(&json, v), cases[i].text);
    }
    cr_assert_null(peil_json_member(&json, peil_json_root(&json), "h"));
    peil_json_clear(&json);
}

Test(json, items_stand_in_their_order) {
    peil_json json = read_it("[[1, 2], [], 3]");
    const peil_json_value *inner = peil_json_first(&json, peil_json_root(&json));
    const peil_json_value *one = peil_json_first(&json, inner), *two = peil_json_next(&json, one);
    cr_assert_str_eq(peil_json_text(&json, one), "1");
    cr_assert_str_eq(peil_json_text(&json, two), "2");
    cr_assert_null(peil_json_next(&json, two));
    const peil_json_value *empty = peil_json_next(&json, inner);
    cr_assert_null(peil_json_first(&json, empty));
    cr_assert_str_eq(peil_json_text(&json, peil_json_next(&json, empty)), "3");
    cr_assert_null(peil_json_member(&json, empty, "a"));
    peil_json_clear(&json);
}

Test(json, escapes_are_their_characters) {
    static const struct {
        const char *json, *text;
    } cases[] = {
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u20AC\"", "A\xC3\xA9\xE2\x82\xAC"},
        {"\"\\ud83d\\uDE00\"", "\xF0\x9F\x98\x80"},
        {"\"\"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        peil_json json = read_it(cases[i].json);
        cr_assert_str_eq(peil_json_text(&json, peil_json_root(&json)), cases[i].text);
        peil_json_clear(&json);
    }
}

Test(json, what_is_no_json_is_refused) {
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", "line 1: this is no JSON: it ends too early"},
        {"\n\n  ", "line 3"},
        {"{\"a\": 1,}", "a name between double quotes"},
        {"[1,]", "a value is missing"},
        {"[1 2]", "a comma or a closing bracket"},
        {"[1}", "a comma or a closing bracket"},
        {"{\"a\" 1}", "a colon"},
        {"{a: 1}", "a name between double quotes"},
        {"{'a': 1}", "a name between double quotes"},
        {"[\n01]", "line 2: this is no JSON: a number that is none"},
        {"[-]", "a number"},
        {"[1.]", "a number"},
        {"[.5]", "a value is missing"},
        {"[+1]", "a value is missing"},
        {"[1e]", "a number"},
        {"[1e+]", "a number"},
        {"[0x10]", "a comma or a closing bracket"},
        {"[NaN]", "a value is missing"},
        {"[Infinity]", "a value is missing"},
        {"[True]", "a value is missing"},
        {"[tru]", "a value is missing"},
        {"\"a\nb\"", "a control character"},
        {"\"a\tb\"", "a control character"},
        {"\"a", "ends inside a string"},
        {"\"\\", "a wrong escape"},
        {"\"\\x41\"", "a wrong escape"},
        {"\"\\u12\"", "a wrong escape"},
        {"\"\\u0000\"", "a wrong escape"},
        {"\"\\ud800\"", "a wrong escape"},
        {"\"\\ud800\\u0041\"", "a wrong escape"},
        {"\"\\udc00\"", "a wrong escape"},
        {"// a\n1", "a value is missing"},
        {"1 1", "behind its end"},
        {"{\"a\": {\"b\": 1,\n\"c\": 2,\n\"b\": 3}}", "line 3: \"b\" stands twice"},
        {"{\"\\u0061\": 1, \"a\": 2}", "\"a\" stands twice"},
        {"\xFF", "UTF-8"},
        {"[\"\xC3\"]", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refuses(cases[i].text, strlen(cases[i].text), cases[i].words);
    refuses("[1,\0 2]", 7, "a value is missing");
    refuses("\"a\0b\"", 5, "a control character");
    refuses("1\0", 2, "behind its end");
}

Test(json, a_mark_at_the_beginning_is_no_text) {
    peil_json json = read_it("\xEF\xBB\xBF[1]");
    cr_assert_eq(peil_json_root(&json)->kind, PEIL_JSON_ARRAY);
    peil_json_clear(&json);
}

Test(json, depth_and_size_have_limits) {
    char text[2 * PEIL_JSON_DEPTH + 8];
    for (size_t depth = PEIL_JSON_DEPTH; depth <= PEIL_JSON_DEPTH + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        peil_json json;
        const peil_status status = peil_json_read(text, 2 * depth, &json, NULL);
        cr_assert_eq(status, depth > PEIL_JSON_DEPTH ? PEIL_EDATA : PEIL_OK);
        peil_json_clear(&json);
    }
    char *large = malloc(PEIL_JSON_BYTES + 1);
    memset(large, ' ', PEIL_JSON_BYTES + 1);
    refuses(large, PEIL_JSON_BYTES + 1, "over 16 MiB");
    large[0] = '1';
    peil_json json;
    cr_assert_eq(peil_json_read(large, PEIL_JSON_BYTES, &json, NULL), PEIL_OK);
    peil_json_clear(&json);
    free(large);
}

Test(json, many_names_in_an_object_take_no_long_search) {
    peil_text text = {0};
    peil_text_add(&text, "{");
    for (int i = 0; i < 200000; i++) peil_text_add_format(&text, "\"%d\":0,", i);
    peil_text_add(&text, "\"7\":0}");
    refuses(text.bytes, text.length, "\"7\" stands twice");
    peil_text_clear(&text);
}

Test(json, what_is_written_reads_back) {
    static const char *const texts[] = {"", "a", "\"\\/\x01\x1F\x7F", "ja, één",
                                        "\xE2\x80\xAE\xEF\xBB\xBF\xC2\x80\xF0\x9F\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        peil_text written = {0};
        peil_json_add_string(&written, texts[i]);
        peil_json json = read_it(written.bytes);
        cr_assert_str_eq(peil_json_text(&json, peil_json_root(&json)), texts[i]);
        peil_json_clear(&json);
        peil_text_clear(&written);
    }
    peil_text written = {0};
    peil_json_add_string(&written, "\x1b\xE2\x80\xAE");
    cr_assert_str_eq(written.bytes, "\"\\u001b\\u202e\"");
    peil_text_clear(&written);
}
