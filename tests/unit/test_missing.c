/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names, and missing codes. */
#include "plan/plan.h"

#include "support/testing.h"

/* The names of a list joined by bars; the caller frees. */
static char *joined(const peil_names *names) {
    peil_text text = {0};
    peil_text_add(&text, "");
    for (size_t i = 0; i < names->n; i++) {
        if (i) peil_text_add(&text, "|");
        peil_text_add(&text, names->names[i]);
    }
    return text.bytes;
}

static const struct {
    const char *text, *names; /* NULL: refused */
} lists[] = {
    {"a", "a"},           {"a,b", "a|b"}, {" a , b\t", "a|b"}, {"a b,c", "a b|c"},
    {"`a b`,c", "a b|c"}, {"a,a", "a|a"}, {"", NULL},          {"a,", NULL},
    {",a", NULL},         {"a,,b", NULL}, {" ", NULL},         {"caf\xC3\xA9", "caf\xC3\xA9"},
};

Test(names, split) {
    for (size_t i = 0; i < COUNT(lists); i++) {
        peil_names names = {0};
        peil_fault fault = {0};
        const peil_status status = peil_names_split(lists[i].text, "--by", &names, &fault);
        cr_expect_eq(status, lists[i].names ? PEIL_OK : PEIL_EUSAGE, "\"%s\"", lists[i].text);
        char *text = joined(&names);
        if (lists[i].names) cr_expect_str_eq(text, lists[i].names);
        if (!lists[i].names)
            cr_expect(strstr(fault.message, "--by: a variable is missing") != NULL);
        free(text);
        peil_names_clear(&names);
    }
}

/* What is declared, as "variable:code code" with text codes between quotes; the caller frees. */
static char *declared(const peil_plan *plan) {
    peil_text text = {0};
    peil_text_add(&text, "");
    for (size_t i = 0; i < plan->nmissing; i++) {
        const peil_missing_codes *codes = &plan->missing[i];
        peil_text_add_format(&text, "%s%s:", i ? "; " : "",
                             codes->variable ? codes->variable : "*");
        for (size_t k = 0; k < codes->n; k++)
            peil_text_add_format(&text, codes->codes[k].is_text ? " \"%s\"" : " %s",
                                 codes->codes[k].text);
    }
    return text.bytes;
}

static const struct {
    const char *text, *declared; /* NULL: refused */
} codes[] = {
    {"9", "*: 9"},
    {"9 NA", "*: 9 \"NA\""},
    {" 8  9\t", "*: 8 9"},
    {"-9", "*: -9"},
    {"9.0", "*: 9.0"},
    {"\"9\"", "*: \"9\""},
    {"\"geen antwoord\" 9", "*: \"geen antwoord\" 9"},
    {"q1: 8 9", "q1: 8 9"},
    {"q1,q2: 9", "q1: 9; q2: 9"},
    {"`q 1` , q2 :9", "q 1: 9; q2: 9"},
    {"", NULL},
    {"  ", NULL},
    {"q1:", NULL},
    {"q1: ", NULL},
    {": 9", NULL},
    {"q1,: 9", NULL},
    {"\"open", NULL},
};

Test(missing, codes) {
    for (size_t i = 0; i < COUNT(codes); i++) {
        peil_plan plan = {0};
        peil_fault fault = {0};
        const peil_status status = peil_plan_missing(&plan, codes[i].text, &fault);
        cr_expect_eq(status, codes[i].declared ? PEIL_OK : PEIL_EUSAGE, "\"%s\"", codes[i].text);
        char *text = declared(&plan);
        if (codes[i].declared) cr_expect_str_eq(text, codes[i].declared);
        cr_expect(codes[i].declared || fault.message[0]);
        free(text);
        peil_plan_clear(&plan);
    }
}

/* ---- which values a code names ---- */

static const struct {
    const char *codes, *value;
    bool is_missing;
} matches[] = {
    {"9", "9", true},         {"9", "9.0", true},     {"9", "09", true},
    {"9", "99", false},       {"9.0", "9", true},     {"\"9\"", "9", true},
    {"\"9\"", "9.0", true},   {"\"9\"", "09", false}, {"\"09\"", "09", true},
    {"\"09\"", "9", false},   {"\"9.0\"", "9", true}, {"NA", "NA", true},
    {"NA", "na", false},      {"\"0\"", "0", true},   {"\"0.50\"", "0.5", true},
    {"-9", "-9", true},       {"-9", "9", false},     {"\"-01\"", "-1", false},
    {"\"-01\"", "-01", true}, {"\"0.0\"", "0", true}, {"\"a b\"", " a b ", true},
};

Test(missing, a_code_names_a_value) {
    for (size_t i = 0; i < COUNT(matches); i++) {
        peil_plan plan = {0};
        peil_batch_column column = {0};
        uint32_t code;
        cr_assert_eq(peil_plan_missing(&plan, matches[i].codes, NULL), PEIL_OK);
        cr_assert_eq(peil_dictionary_code(&column.dictionary, matches[i].value,
                                          strlen(matches[i].value), &code, NULL),
                     PEIL_OK);
        cr_expect_eq(peil_literal_is(&plan.missing[0].codes[0], &column, code),
                     matches[i].is_missing, "code %s, value %s", matches[i].codes,
                     matches[i].value);
        peil_plan_clear(&plan);
        peil_dictionary_clear(&column.dictionary);
    }
}
