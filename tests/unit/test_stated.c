/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <criterion/criterion.h>

#include "monitor/stated.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct reading {
    const char *text;
    peil_language language;
    peil_relation relation;
    const char *value, *high; /* as decimals write themselves */
    int decimals;
    bool is_percent;
} reading;

static void expect_number(const char *text, peil_decimal number, const char *wanted) {
    char written[PEIL_DECIMAL_TEXT];
    peil_decimal_write(number, written);
    cr_expect_str_eq(written, wanted, "%s was read as %s", text, written);
}

Test(stated, figures_of_documents) {
    static const reading cases[] = {
        {"5,7", PEIL_DUTCH, PEIL_IS, "5.7", "0", 1, false},
        {"6,0", PEIL_DUTCH, PEIL_IS, "6", "0", 1, false},
        {"32%", PEIL_DUTCH, PEIL_IS, "32", "0", 0, true},
        {"32 %", PEIL_ENGLISH, PEIL_IS, "32", "0", 0, true},
        {">34%", PEIL_DUTCH, PEIL_ABOVE, "34", "0", 0, true},
        {"> 34,5%", PEIL_DUTCH, PEIL_ABOVE, "34.5", "0", 1, true},
        {"<13%", PEIL_DUTCH, PEIL_BELOW, "13", "0", 0, true},
        {"<=9%", PEIL_DUTCH, PEIL_AT_MOST, "9", "0", 0, true},
        {"\xE2\x89\xA4 9%", PEIL_DUTCH, PEIL_AT_MOST, "9", "0", 0, true},
        {">= 70", PEIL_ENGLISH, PEIL_AT_LEAST, "70", "0", 0, false},
        {"\xC2\xB1 3.200", PEIL_DUTCH, PEIL_ABOUT, "3200", "0", 0, false},
        {"\xC2\xB1 3.200", PEIL_ENGLISH, PEIL_ABOUT, "3.2", "0", 3, false},
        {"3,200", PEIL_ENGLISH, PEIL_IS, "3200", "0", 0, false},
        {"3,200", PEIL_DUTCH, PEIL_IS, "3.2", "0", 3, false},
        {"160.755", PEIL_DUTCH, PEIL_IS, "160755", "0", 0, false},
        {"1.234.567,8", PEIL_DUTCH, PEIL_IS, "1234567.8", "0", 1, false},
        {"1,234,567.8", PEIL_DUTCH, PEIL_IS, "1234567.8", "0", 1, false},
        {"81.8", PEIL_DUTCH, PEIL_IS, "81.8", "0", 1, false},
        {"3204", PEIL_DUTCH, PEIL_IS, "3204", "0", 0, false},
        {"-3,1", PEIL_DUTCH, PEIL_IS, "-3.1", "0", 1, false},
        {"10 - 15%", PEIL_DUTCH, PEIL_BETWEEN, "10", "15", 0, true},
        {"10\xE2\x80\x93"
         "15,5",
         PEIL_DUTCH, PEIL_BETWEEN, "10", "15.5", 1, false},
        {"10% tot 15%", PEIL_DUTCH, PEIL_BETWEEN, "10", "15", 0, true},
        {"34%*", PEIL_DUTCH, PEIL_IS, "34", "0", 0, true},
        {"34% 1)", PEIL_DUTCH, PEIL_IS, "34", "0", 0, true},
        {"34%\xC2\xB9\xE2\x81\xBE", PEIL_DUTCH, PEIL_IS, "34", "0", 0, true},
        {"-", PEIL_DUTCH, PEIL_UNMEASURED, "0", "0", 0, false},
        {"*", PEIL_DUTCH, PEIL_UNMEASURED, "0", "0", 0, false},
        {"", PEIL_DUTCH, PEIL_UNMEASURED, "0", "0", 0, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const reading *c = &cases[i];
        peil_statement s;
        peil_fault fault = {0};
        cr_assert_eq(peil_statement_read(c->text, c->language, &s, &fault), PEIL_OK, "%s: %s",
                     c->text, fault.message);
        cr_expect_eq(s.relation, c->relation, "%s", c->text);
        expect_number(c->text, s.value, c->value);
        expect_number(c->text, s.high, c->high);
        cr_expect_eq(s.decimals, c->decimals, "%s has %d decimals", c->text, s.decimals);
        cr_expect_eq(s.is_percent, c->is_percent, "%s", c->text);
    }
}

Test(stated, what_is_no_figure_is_refused) {
    static const char *const texts[] = {"veel",   "5,7,8", "1.23.456,7", "34%%", ">",     "5 7",
                                        "15-10%", "3.2.1", "12,34,567",  ",",    "1e5%x", "% 5"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        peil_statement s;
        peil_fault fault = {0};
        cr_expect_eq(peil_statement_read(texts[i], PEIL_DUTCH, &s, &fault), PEIL_EDATA, "%s",
                     texts[i]);
        cr_expect(strstr(fault.message, texts[i]) != NULL);
    }
}
