/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A codebook for people, and text folded to a width. */
#include "core/text.h"
#include "support/figures.h"
#include "write/cards.h"
#include "write/fold.h"

static peil_report make_report(void) {
    static const char *const columns[] = {"variable", "label", "type", "role",  "distinct",
                                          "missing",  "min",   "max",  "values"};
    peil_report report = {.command = "describe"};
    peil_cell *cells;
    for (size_t i = 0; i < COUNT(columns); i++)
        cr_assert_eq(peil_report_column(&report, columns[i], NULL), PEIL_OK);
    cr_assert_eq(peil_report_row(&report, PEIL_UNIT_NONE, &cells, NULL), PEIL_OK);
    static const char *const texts[] = {
        "q5", "In hoeverre bent u het eens met de volgende uitspraken over uw buurt?", "whole",
        "area?"};
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(peil_cell_text(&cells[i], texts[i], false, NULL), PEIL_OK);
    peil_cell_count(&cells[4], 1203);
    peil_cell_count(&cells[5], 1);
    peil_cell_number(&cells[6], 0.5);
    peil_cell_number(&cells[7], 2015);
    cr_assert_eq(
        peil_cell_text(&cells[8], "1 ja (345), 2 nee (12), [9 geen antwoord (8)]", false, NULL),
        PEIL_OK);
    cr_assert_eq(peil_report_row(&report, PEIL_UNIT_NONE, &cells, NULL), PEIL_OK);
    cr_assert_eq(peil_cell_text(&cells[0], "leeg\x1b[2J", false, NULL), PEIL_OK);
    cr_assert_eq(peil_cell_text(&cells[2], "empty", false, NULL), PEIL_OK);
    peil_cell_count(&cells[4], 0);
    peil_cell_count(&cells[5], 7);
    return report;
}

static void shows(const peil_style *style, const char *expected) {
    peil_report report = make_report();
    peil_text out = {0};
    cr_assert(peil_cards_suit(&report));
    peil_cards_add(&report, style, &out);
    cr_assert_str_eq(out.bytes, expected);
    peil_text_clear(&out);
    peil_report_clear(&report);
}

Test(cards, lines_for_each_variable) {
    shows(&(peil_style){.language = PEIL_DUTCH, .decimals = -1, .width = 50},
          "q5  In hoeverre bent u het eens met de volgende\n"
          "    uitspraken over uw buurt?\n"
          "    geheel getal, 1.203 waarden: 0,5 \xE2\x80\x93 2015, 1\n"
          "    ontbreekt, gebied?\n"
          "    1 ja (345), 2 nee (12), [9 geen antwoord (8)]\n"
          "\n"
          "leeg\\x1b[2J\n"
          "    leeg, 7 ontbreken\n");
    shows(&(peil_style){.language = PEIL_ENGLISH, .decimals = -1, .colour = true},
          "\033[1mq5\033[0m  In hoeverre bent u het eens met de volgende uitspraken over uw "
          "buurt?\n"
          "    whole number, 1,203 values: 0.5 \xE2\x80\x93 2015, 1 missing, area?\n"
          "    1 ja (345), 2 nee (12), [9 geen antwoord (8)]\n"
          "\n"
          "\033[1mleeg\\x1b[2J\033[0m\n"
          "    empty, 7 missing\n");
}

Test(cards, only_for_what_describe_found_in_files_with_labels) {
    peil_report report = make_report();
    report.command = "table";
    cr_expect_not(peil_cards_suit(&report));
    report.command = "describe";
    report.columns[1][0] = 'x';
    cr_expect_not(peil_cards_suit(&report));
    peil_report_clear(&report);
}

Test(fold, lines_end_at_spaces_and_words_are_cut_where_they_must) {
    static const struct {
        const char *text;
        size_t width, at, indent;
        const char *expected;
    } cases[] = {
        {"", 30, 0, 2, ""},
        {"a b", 0, 0, 2, "a b\n"},
        {"a b", 5, 0, 2, "a b\n"},
        {"aaaa bbbb cccc dddd eeee ffff", 24, 0, 2, "aaaa bbbb cccc dddd eeee\n  ffff\n"},
        {"aaaa bbbb cccc dddd eeee ffff", 28, 6, 2, "aaaa bbbb cccc dddd\n  eeee ffff\n"},
        {"0123456789012345678901234567890", 26, 0, 1, "01234567890123456789012345\n 67890\n"},
        {"a\nb", 30, 0, 3, "a\n   b\n"},
        {"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 aaaa bbbb cccc", 24, 0,
         0, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 aaaa bbbb cccc\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_text out = {0};
        peil_text_add(&out, "");
        peil_fold_add(&out, cases[i].text, cases[i].width, cases[i].at, cases[i].indent);
        cr_expect_str_eq(out.bytes, cases[i].expected, "%s: %s", cases[i].text, out.bytes);
        peil_text_clear(&out);
    }
}
