/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/variable.h"

#include "support/testing.h"

static void name(peil_variable *v, const char *text) {
    cr_assert_eq(peil_variable_name(v, text, strlen(text), NULL), PEIL_OK);
}

static peil_status label(peil_variable *v, const char *value, const char *text, peil_fault *fault) {
    return peil_variable_add_label(v, value, strlen(value), text, strlen(text), fault);
}

static void absence(peil_variable *v, const char *text) {
    cr_assert_eq(peil_variable_add_absence(v, text, strlen(text), NULL), PEIL_OK);
}

Test(variable, values_and_labels_find_each_other) {
    static const char *const values[] = {"1", "2.0", " 10 ", "3", "ja", "01", ".a"};
    static const char *const canonical[] = {"1", "2", "10", "3", "ja", "01", ".a"};
    static const char *const texts[] = {"een", "twee", " tien ", "drie", "JA", "code", "nvt"};
    peil_variable v = {0};
    name(&v, " q1 ");
    cr_expect_str_eq(v.name, "q1");
    for (size_t i = 0; i < COUNT(values); i++)
        cr_assert_eq(label(&v, values[i], texts[i], NULL), PEIL_OK);
    cr_expect_eq(v.nlabels, COUNT(values));
    for (size_t i = 0; i < COUNT(values); i++) {
        const char *found = peil_variable_label_of(&v, canonical[i]);
        cr_assert_not_null(found, "%s", canonical[i]);
        cr_expect_str_eq(found, i == 2 ? "tien" : texts[i]);
        cr_expect_str_eq(peil_variable_labelled(&v, found)->value, canonical[i]);
    }
    cr_expect_null(peil_variable_label_of(&v, "4"));
    cr_expect_null(peil_variable_label_of(&v, "1.5"));
    cr_expect_null(peil_variable_labelled(&v, "vier"));
    cr_assert_eq(label(&v, "4", "  ", NULL), PEIL_OK);
    cr_expect_null(peil_variable_label_of(&v, "4"), "an empty label is none");
    peil_variable_clear(&v);
}

/* In any order, and with a label for each: in a moment, not by looking through all of them. */
Test(variable, many_labels_are_found, .timeout = 20) {
    enum { MANY = 300000 };
    char value[16], text[16];
    peil_variable v = {0};
    name(&v, "beroep");
    for (int i = 0; i < MANY; i++) {
        snprintf(value, sizeof value, i % 2 ? "%06d" : "%d", (int)(i * 7919LL % MANY));
        snprintf(text, sizeof text, "label %d", i);
        cr_assert_eq(label(&v, value, text, NULL), PEIL_OK, "%s", value);
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(value, sizeof value, i % 2 ? "%06d" : "%d", (int)(i * 7919LL % MANY));
        const peil_label *found = peil_variable_find_label(&v, value);
        HOLDS(found == &v.labels[i], "%s", value);
    }
    cr_expect_null(peil_variable_find_label(&v, "999999"));
    peil_variable_clear(&v);
}

Test(variable, a_value_has_one_label) {
    peil_variable v = {0};
    peil_fault fault = {0};
    name(&v, "q1");
    cr_assert_eq(label(&v, "1", "een", NULL), PEIL_OK);
    cr_expect_eq(label(&v, "1.0", "nog een", &fault), PEIL_EDATA);
    cr_expect_str_eq(fault.variable, "q1");
    cr_expect_str_eq(fault.message, "the value 1 has two labels");
    peil_variable_clear(&v);
}

Test(variable, absences_are_texts_numbers_and_ranges) {
    peil_variable v = {0};
    const peil_decimal low = {97, 0}, high = {99, 0}, below = {-1, 0};
    name(&v, "q1");
    absence(&v, "9.0");
    absence(&v, "NA");
    absence(&v, "");
    cr_assert_eq(peil_variable_add_range(&v, &low, &high, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_add_range(&v, NULL, &below, NULL), PEIL_OK);
    static const struct {
        peil_decimal number;
        bool lacks;
    } numbers[] = {{{9, 0}, true},   {{8, 0}, false},  {{91, 1}, false},  {{97, 0}, true},
                   {{985, 1}, true}, {{99, 0}, true},  {{991, 1}, false}, {{-1, 0}, true},
                   {{-9, 1}, false}, {{-99, 0}, true}, {{0, 0}, false}};
    for (size_t i = 0; i < COUNT(numbers); i++)
        cr_expect_eq(peil_variable_lacks_number(&v, numbers[i].number), numbers[i].lacks, "%zu", i);
    cr_expect(peil_variable_lacks_text(&v, "NA"));
    cr_expect_not(peil_variable_lacks_text(&v, "na"));
    cr_expect_not(peil_variable_lacks_text(&v, ""));
    peil_variable_clear(&v);
}

/* What two files say, in one line each: type, labels, absences. */
typedef struct said {
    peil_type type;
    const char *value, *text, *absence;
} said;

static void say(peil_variable *v, said s) {
    name(v, "q1");
    v->type = s.type;
    if (s.text) cr_assert_eq(label(v, s.value, s.text, NULL), PEIL_OK);
    if (s.absence) absence(v, s.absence);
}

Test(variable, two_files_agree_or_are_refused) {
    static const struct {
        said one, other;
        const char *refusal; /* NULL: they agree */
    } cases[] = {
        {{PEIL_TYPE_NUMBER, "1", "ja", NULL}, {PEIL_TYPE_NUMBER, "1", "ja", NULL}, NULL},
        {{PEIL_TYPE_NUMBER, "1", "Mee eens", NULL},
         {PEIL_TYPE_NUMBER, "1", "mee  eens.", NULL},
         NULL},
        {{PEIL_TYPE_NUMBER, "1", "<5", NULL},
         {PEIL_TYPE_NUMBER, "1", ">5", NULL},
         "the value 1 is labelled >5 here and <5 in another file"},
        {{PEIL_TYPE_NUMBER, "1", "ja", NULL},
         {PEIL_TYPE_NUMBER, "1", "nee", NULL},
         "the value 1 is labelled nee here and ja in another file"},
        {{PEIL_TYPE_NUMBER, "1", "ja", NULL}, {PEIL_TYPE_NUMBER, "2", "nee", NULL}, NULL},
        {{PEIL_TYPE_NUMBER, NULL, NULL, NULL},
         {PEIL_TYPE_TEXT, NULL, NULL, NULL},
         "holds text here and numbers in another file"},
        {{PEIL_TYPE_UNSAID, NULL, NULL, NULL}, {PEIL_TYPE_TEXT, NULL, NULL, NULL}, NULL},
        {{PEIL_TYPE_NUMBER, "9", "weet niet", "9"},
         {PEIL_TYPE_NUMBER, "9", "weet niet", "9"},
         NULL},
        {{PEIL_TYPE_NUMBER, "9", "weet niet", "9"},
         {PEIL_TYPE_NUMBER, "9", "weet niet", NULL},
         "the value 9 (weet niet) is an answer in one file and none in another"},
        {{PEIL_TYPE_NUMBER, "9", "weet niet", NULL},
         {PEIL_TYPE_NUMBER, NULL, NULL, "9"},
         "the value 9 (weet niet) is an answer in one file and none in another"},
        {{PEIL_TYPE_NUMBER, NULL, NULL, "9"}, {PEIL_TYPE_NUMBER, NULL, NULL, NULL}, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_variable one = {0}, other = {0};
        peil_fault fault = {0};
        say(&one, cases[i].one);
        say(&other, cases[i].other);
        const peil_status status = peil_variable_agree(&one, &other, &fault);
        cr_expect_eq(status, cases[i].refusal ? PEIL_EDATA : PEIL_OK, "case %zu", i);
        cr_expect_str_eq(fault.message, cases[i].refusal ? cases[i].refusal : "", "case %zu", i);
        peil_variable_clear(&one);
        peil_variable_clear(&other);
    }
}

Test(variable, agreeing_adds_what_the_other_file_knows) {
    peil_variable one = {0}, other = {0}, copy = {0};
    const peil_decimal nine = {9, 0};
    say(&one, (said){PEIL_TYPE_UNSAID, "1", "ja", NULL});
    say(&other, (said){PEIL_TYPE_NUMBER, "2", "nee", "9"});
    cr_assert_eq(peil_variable_describe(&other, "Vraag 1", 7, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_agree(&one, &other, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_agree(&one, &other, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_copy(&one, &copy, NULL), PEIL_OK);
    cr_expect_eq(copy.type, PEIL_TYPE_NUMBER);
    cr_expect_eq(copy.nlabels, 2u);
    cr_expect_eq(copy.nabsences, 1u);
    cr_expect_str_eq(peil_variable_label_of(&copy, "2"), "nee");
    cr_expect_str_eq(copy.label, "Vraag 1");
    cr_expect(peil_variable_lacks_number(&copy, nine));
    peil_variable_clear(&one);
    peil_variable_clear(&other);
    peil_variable_clear(&copy);
}
