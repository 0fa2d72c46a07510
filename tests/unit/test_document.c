/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor/document.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/text.h"

static peil_document *parsed(const char *text) {
    peil_document *document = NULL;
    peil_faults repeats = {0};
    peil_fault fault = {0};
    cr_assert_eq(peil_document_parse(text, strlen(text), &document, &repeats, &fault), PEIL_OK,
                 "%s", fault.message);
    cr_assert_eq(repeats.n, 0);
    return document;
}

Test(document, nodes_know_their_forms_and_lines) {
    peil_document *document = parsed("a: 1\nb:\n  - x\n  - {c: 'null', d: ~}\n");
    const peil_yaml root = peil_document_root(document);
    cr_assert_eq(peil_yaml_form(root), PEIL_MAP);
    cr_expect_eq(peil_yaml_count(root), 2);
    cr_expect_str_eq(peil_yaml_text(peil_yaml_key(root, 1)), "b");
    const peil_yaml list = peil_yaml_find(root, "b"), map = peil_yaml_value(list, 1);
    cr_expect_eq(peil_yaml_form(list), PEIL_LIST);
    cr_expect_eq(peil_yaml_count(list), 2);
    cr_expect_null(peil_yaml_text(list), "a list has no text");
    cr_expect_eq(peil_yaml_line(peil_yaml_value(list, 0)), 3);
    cr_expect_str_eq(peil_yaml_text(peil_yaml_find(map, "c")), "null", "quoted, it is a word");
    cr_expect_str_eq(peil_yaml_text(peil_yaml_find(map, "d")), "", "plain, it is nothing");
    cr_expect_eq(peil_yaml_line_of(map, "c"), 4);
    cr_expect_eq(peil_yaml_line_of(root, "z"), 1, "the mapping's own line");
    cr_expect_not(peil_yaml_is_there(peil_yaml_find(root, "z")));
    cr_expect_not(peil_yaml_is_there(peil_yaml_find(list, "x")), "a list has no keys");
    peil_document_free(document);
}

Test(document, an_empty_text_has_no_root) {
    peil_document *document = parsed("# nothing\n");
    cr_expect_not(peil_yaml_is_there(peil_document_root(document)));
    peil_document_free(document);
}

Test(document, second_keys_are_told_and_left_out) {
    static const char text[] = "a: 1\nb: {c: 1, d: 2, c: 3}\na: 4\ne: 5\na: 6\n";
    static const size_t lines[] = {2, 3, 5};
    peil_document *document = NULL;
    peil_faults repeats = {0};
    peil_fault fault = {0};
    cr_assert_eq(peil_document_parse(text, strlen(text), &document, &repeats, &fault), PEIL_OK);
    cr_assert_eq(repeats.n, 3);
    for (size_t i = 0; i < 3; i++) cr_expect_eq(repeats.list[i].line, lines[i]);
    cr_expect_str_eq(repeats.list[1].message, "a second key a, after that of line 1");
    const peil_yaml root = peil_document_root(document);
    cr_expect_eq(peil_yaml_count(root), 3);
    cr_expect_eq(peil_yaml_count(peil_yaml_find(root, "b")), 2);
    cr_expect_str_eq(peil_yaml_text(peil_yaml_find(root, "a")), "1");
    cr_expect_str_eq(peil_yaml_text(peil_yaml_find(root, "e")), "5");
    peil_faults_clear(&repeats);
    peil_document_free(document);
}

/* Each takes memory, and a text may hold any number of them. */
Test(document, second_keys_without_end_are_refused) {
    char text[1000] = "";
    peil_document *document = NULL;
    peil_faults repeats = {0};
    peil_fault fault = {0};
    for (size_t i = 0; i < 150; i++) strcat(text, "a: 1\n");
    cr_assert_eq(peil_document_parse(text, strlen(text), &document, &repeats, &fault), PEIL_EDATA);
    cr_expect_eq(repeats.n, 100);
    cr_expect_eq(fault.line, 102);
    peil_faults_clear(&repeats);
}

/* What a document of so many lines is refused for. */
static void expect_too_many(const char *begin, const char *line, size_t n, const char *what) {
    peil_text text = {0};
    peil_document *document = NULL;
    peil_faults repeats = {0};
    peil_fault fault = {0};
    peil_text_add(&text, begin);
    for (size_t i = 0; i < n; i++) peil_text_add_format(&text, line, i);
    cr_expect_eq(peil_document_parse(text.bytes, text.length, &document, &repeats, &fault),
                 PEIL_EDATA);
    cr_expect_str_eq(fault.message, what);
    cr_expect_geq(fault.line, 1);
    peil_faults_clear(&repeats);
    peil_text_clear(&text);
}

/* A few lines can ask for any number of values. */
Test(document, values_without_end_are_refused) {
    expect_too_many(
        "a: &a [b, b, b, b, b, b, b, b]\nc: &c [*a, *a, *a, *a, *a, *a, *a, *a]\n"
        "d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d]\n"
        "f: &f [*e, *e, *e, *e, *e, *e, *e, *e]\ng: &g [*f, *f, *f, *f, *f, *f, *f]\n",
        "", 0, "too many values");
    expect_too_many("", "k%zu: 1\n", 5001, "too many keys in one mapping");
    expect_too_many("", "- &a%zu 1\n", 1001, "too many anchors");
}

Test(document, what_is_refused_names_its_line) {
    static const struct {
        const char *text, *message;
        uint64_t line;
    } cases[] = {
        {"a: 1\nb: [}\n", "no YAML", 2},           {"a: 1\n---\nb: 2\n", "second document", 2},
        {"a: 1\n[1]: 2\n", "a key is a word", 2},  {"a: \"x\\0y\"\n", "NUL", 1},
        {"a: 1\nb: &x [*x]\n", "holds itself", 2}, {"a: *y\n", "nothing is called &y", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        peil_document *document = NULL;
        peil_faults repeats = {0};
        peil_fault fault = {0};
        cr_expect_eq(
            peil_document_parse(cases[i].text, strlen(cases[i].text), &document, &repeats, &fault),
            PEIL_EDATA);
        cr_expect(strstr(fault.message, cases[i].message) != NULL, "%s", fault.message);
        cr_expect_eq(fault.line, cases[i].line, "%s: line %d", cases[i].message, (int)fault.line);
    }
}
