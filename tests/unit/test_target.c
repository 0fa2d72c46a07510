/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures against targets. The expected judgements follow from the rule in target.h by hand. */
#include "report/target.h"

#include <math.h>
#include <string.h>

#include <criterion/criterion.h>

typedef struct judged {
    const char *target;
    double value, low, high;
    peil_judgement judgement;
} judged;

static peil_judgement judge_in(peil_language language, const char *text, peil_better better,
                               peil_measured measured, peil_text *reason) {
    peil_stated target = {.text = text};
    peil_fault fault = {0};
    cr_assert_eq(peil_statement_read(text, PEIL_DUTCH, &target.statement, &fault), PEIL_OK);
    return peil_target_judge(&target, better, measured, language, reason);
}

static peil_judgement judge(const char *text, peil_better better, peil_measured measured,
                            peil_text *reason) {
    return judge_in(PEIL_ENGLISH, text, better, measured, reason);
}

static void expect_all(const judged *cases, size_t n, peil_better better, bool is_register) {
    for (size_t i = 0; i < n; i++) {
        const judged *c = &cases[i];
        peil_text reason = {0};
        const peil_measured measured = {c->value, {c->low, c->high}, is_register};
        cr_expect_eq(judge(c->target, better, measured, &reason), c->judgement,
                     "%g (%g to %g) against %s: %s", c->value, c->low, c->high, c->target,
                     reason.length ? reason.bytes : "");
        cr_expect_eq(reason.length > 0, c->judgement != PEIL_NOT_JUDGED);
        peil_text_clear(&reason);
    }
}

#define EXPECT(cases, better, is_register) \
    expect_all(cases, sizeof(cases) / sizeof *(cases), better, is_register)

Test(target, bounds_at_the_decimals_they_are_written_with) {
    static const judged cases[] = {
        {">34%", 36, 34.5, 37.5, PEIL_MET},
        {">34%", 36, 34.4, 37.6, PEIL_NOT_DISTINGUISHABLE}, /* 34.4 is published as 34 */
        {">34%", 33, 31.5, 34.4, PEIL_NOT_MET},             /* so all of it is at most 34 */
        {">34%", 33, 31.5, 34.5, PEIL_NOT_DISTINGUISHABLE},
        {">=34%", 35, 33.5, 36.5, PEIL_MET},
        {">=34%", 35, 33.4, 36.6, PEIL_NOT_DISTINGUISHABLE},
        {">=34%", 32, 30.6, 33.4, PEIL_NOT_MET},
        {"<13%", 11, 9.6, 12.4, PEIL_MET},
        {"<13%", 11, 9.5, 12.5, PEIL_NOT_DISTINGUISHABLE}, /* 12.5 is published as 13 */
        {"<13%", 14, 12.5, 15.5, PEIL_NOT_MET},
        {"<=9%", 8, 6.6, 9.4, PEIL_MET},
        {"<=9%", 8, 6.5, 9.5, PEIL_NOT_DISTINGUISHABLE},
        {"<=9%", 11, 9.5, 12.5, PEIL_NOT_MET},
        {">6,0", 6.2, 6.05, 6.35, PEIL_MET},
        {">6,0", 6.2, 6.04, 6.36, PEIL_NOT_DISTINGUISHABLE},
        {"10 - 15%", 12, 9.5, 15.4, PEIL_MET},
        {"10 - 15%", 12, 9.4, 15.4, PEIL_NOT_DISTINGUISHABLE},
        {"10 - 15%", 17, 15.5, 18.5, PEIL_NOT_MET},
        {">6,0", 6.2, 6.05, NAN, PEIL_NOT_DISTINGUISHABLE}, /* half an interval is none */
        {">6,0", 6.2, NAN, 6.35, PEIL_NOT_DISTINGUISHABLE},
        {"-", 17, 15.5, 18.5, PEIL_NOT_JUDGED},
        {"<=9%", (double)NAN, (double)NAN, (double)NAN, PEIL_NOT_JUDGED},
        {"<=9%", 8, (double)NAN, (double)NAN, PEIL_NOT_DISTINGUISHABLE},
    };
    EXPECT(cases, PEIL_BETTER_UNSAID, false);
}

Test(target, a_bare_figure_is_met_when_it_is_what_is_published) {
    static const judged cases[] = {
        {"34%", 34.3, 31, 37, PEIL_MET},
        {"34%", 33.5, 31, 37, PEIL_MET},
        {"34%", 34.5, 31, 37, PEIL_NOT_DISTINGUISHABLE}, /* published as 35 */
        {"34%", 37, 34.5, 39, PEIL_NOT_MET},
        {"34%", 31, 29, 33.4, PEIL_NOT_MET},
        {"\xC2\xB1 3.200", 3160, 3000, 3300, PEIL_MET},
        {"\xC2\xB1 3.200", 3149, 3000, 3300, PEIL_NOT_DISTINGUISHABLE},
        {"\xC2\xB1 3.200", 3400, 3250, 3500, PEIL_NOT_MET},
    };
    EXPECT(cases, PEIL_BETTER_UNSAID, false);
}

Test(target, a_bare_figure_is_a_bound_where_it_is_said_what_is_better) {
    static const judged higher[] = {{"34%", 40, 38, 42, PEIL_MET},
                                    {"34%", 34.3, 31, 37, PEIL_NOT_DISTINGUISHABLE},
                                    {"34%", 30, 28, 32, PEIL_NOT_MET}};
    static const judged lower[] = {{"34%", 30, 28, 32, PEIL_MET},
                                   {"34%", 40, 38, 42, PEIL_NOT_MET}};
    EXPECT(higher, PEIL_BETTER_HIGHER, false);
    EXPECT(lower, PEIL_BETTER_LOWER, false);
}

Test(target, a_register_meets_it_or_does_not) {
    static const judged cases[] = {{"\xC2\xB1 3.200", 3204, 0, 0, PEIL_MET},
                                   {"\xC2\xB1 3.200", 3250, 0, 0, PEIL_NOT_MET},
                                   {">20", 20, 0, 0, PEIL_NOT_MET},
                                   {">20", 21, 0, 0, PEIL_MET},
                                   {"22", 22, 0, 0, PEIL_MET}};
    EXPECT(cases, PEIL_BETTER_UNSAID, true);
}

Test(target, the_reason_is_a_sentence) {
    static const struct {
        peil_language language;
        const char *target;
        peil_measured measured;
        const char *reason;
    } cases[] = {
        {PEIL_ENGLISH,
         ">34%",
         {36, {34.61, 37.39}, false},
         "the whole interval (34.6% to 37.4%) meets >34%"},
        {PEIL_DUTCH, "22%", {22.18, {20, 24}, false}, "het cijfer (22,2%) voldoet aan 22%"},
        {PEIL_DUTCH,
         "6,1",
         {5.8, {5.68, 5.91}, false},
         "het hele interval (5,68 tot 5,91) ligt buiten 6,1"},
        {PEIL_DUTCH,
         "\xC2\xB1 3.200",
         {3204, {0, 0}, true},
         "het cijfer (3.204) voldoet aan \xC2\xB1 3.200"},
        {PEIL_ENGLISH,
         "\xC2\xB1 3.200",
         {3160.5, {3000.25, 3300}, false},
         "the figure (3,160.5) meets \xC2\xB1 3.200"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        peil_text reason = {0};
        judge_in(cases[i].language, cases[i].target, PEIL_BETTER_UNSAID, cases[i].measured,
                 &reason);
        cr_expect_str_eq(reason.bytes, cases[i].reason);
        peil_text_clear(&reason);
    }
}
