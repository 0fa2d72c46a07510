/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people read: numbers, characters, and the tables of text and md. */
#include "core/number.h"
#include "write/glyph.h"

#include "rows.h"

static const char compare_columns[] =
    "measure~category~wijk~period~reference~estimate~reference_estimate~difference~se~ci_low~"
    "ci_high~statistic~df~p~p_adjusted~significant";

/* --- numbers and characters --------------------------------------------------------------- */

Test(people, numbers_for_people) {
    static const struct {
        double x;
        int decimals;
        const char *english, *dutch;
    } cases[] = {
        {20.25, 1, "20.3", "20,3"}, /* halves go away from zero */
        {12.5, 0, "13", "13"},
        {-2.5, 0, "-3", "-3"},
        {2.675, 2, "2.68", "2,68"}, /* as it is written, though the double is a little less */
        {1.005, 2, "1.01", "1,01"},
        {0.49999999999999994, 0, "0", "0"},
        {99.95, 1, "100.0", "100,0"},
        {4e-20, 2, "0.00", "0,00"},
        {20.35, 1, "20.4", "20,4"},
        {0.15, 1, "0.2", "0,2"}, /* the double lies below 0.15 */
        {-0.04, 1, "0.0", "0,0"},
        {-0.06, 1, "-0.1", "-0,1"},
        {-0.0, 2, "0.00", "0,00"},
        {999.6, 0, "1,000", "1.000"},
        {1203, 0, "1,203", "1.203"},
        {-1203455.75, 1, "-1,203,455.8", "-1.203.455,8"},
        {100, 0, "100", "100"},
        {6.5, -3, "7", "7"},
        {1e15, 99, "1,000,000,000,000,000.000000000000000",
         "1.000.000.000.000.000,000000000000000"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_text out = {0};
        peil_number_add(&out, cases[i].x, cases[i].decimals, PEIL_ENGLISH);
        cr_expect_str_eq(out.bytes, cases[i].english, "row %zu: %s", i, out.bytes);
        peil_text_clear(&out);
        peil_number_add(&out, cases[i].x, cases[i].decimals, PEIL_DUTCH);
        cr_expect_str_eq(out.bytes, cases[i].dutch, "row %zu: %s", i, out.bytes);
        peil_text_clear(&out);
    }
}

Test(people, signed_and_plain_numbers) {
    peil_text out = {0};
    peil_number_add_signed(&out, 7.94, 1, PEIL_DUTCH);
    peil_text_add(&out, " ");
    peil_number_add_signed(&out, 0.04, 1, PEIL_DUTCH);
    peil_text_add(&out, " ");
    peil_number_add_signed(&out, -0.05, 2, PEIL_DUTCH);
    peil_text_add(&out, " ");
    peil_number_add_plain(&out, 2015, 0, PEIL_DUTCH);
    peil_text_add(&out, " ");
    peil_number_add_plain(&out, 0.137, 0, PEIL_DUTCH);
    peil_text_add(&out, " ");
    peil_number_add_plain(&out, 2.0 / 3, 6, PEIL_ENGLISH);
    cr_assert_str_eq(out.bytes, "+7,9 0,0 -0,05 2015 0,137 0.666667");
    peil_text_clear(&out);
}

Test(people, large_plain_numbers_have_all_digits_before_the_point) {
    static const struct {
        double x;
        int significant;
        const char *wanted;
    } numbers[] = {{17590672, 6, "17590672"}, {8e6, 6, "8000000"}, {123456.7, 6, "123457"},
                   {999999.6, 6, "1000000"},  {4123.7, 3, "4124"}, {-4398000.2, 6, "-4398000"},
                   {999.4, 3, "999"},         {2e-33, 1, "2e-33"}, {1e15, 6, "1e+15"},
                   {0.0000123, 6, "1.23e-05"}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        peil_text out = {0};
        peil_number_add_plain(&out, numbers[i].x, numbers[i].significant, PEIL_ENGLISH);
        cr_expect_str_eq(out.bytes, numbers[i].wanted);
        peil_text_clear(&out);
    }
}

Test(people, the_largest_double_fits) {
    peil_text out = {0};
    peil_number_add(&out, -1.7976931348623157e308, 15, PEIL_DUTCH);
    cr_assert_eq(out.length, 1 + 309 + 102 + 1 + 15);
    peil_text_clear(&out);
}

Test(people, characters_are_measured_and_made_visible) {
    static const struct {
        const char *text;
        size_t width; /* of the text as it is */
        const char *visible;
    } cases[] = {
        {"abc", 3, "abc"},
        {"\xC3\x89lan", 4, "\xC3\x89lan"},
        {"e\xCC\x81", 1, "e\xCC\x81"},
        {"\xE6\x97\xA5\xE6\x9C\xAC", 4, "\xE6\x97\xA5\xE6\x9C\xAC"},
        {"\x1b[2J", 4, "\\x1b[2J"},
        {"a\nb\t\x7f", 5, "a\\x0ab\\x09\\x7f"},
        {"\xC2\x9B", 1, "\\u{9b}"},
        {"\xE2\x80\xAE"
         "abc",
         4, "\\u{202e}abc"},
        {"\xE2\x81\xA6", 1, "\\u{2066}"},
        {"\xD8\x9C", 1, "\\u{61c}"},
        {"\xFF\xC3", 2, "\\xff\\xc3"},
        {"\xC0\xAF", 2, "\\xc0\\xaf"},
        {"\xF4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_text out = {0};
        const char *text = cases[i].text;
        cr_expect_eq(peil_glyph_width(text, strlen(text)), cases[i].width, "row %zu", i);
        peil_glyph_add_visible(&out, text);
        cr_expect_str_eq(out.bytes, cases[i].visible, "row %zu: %s", i, out.bytes);
        peil_text_clear(&out);
    }
}

/* --- tables ------------------------------------------------------------------------------- */

Test(people, keys_totals_labels_and_flags) {
    peil_report report = make("table", 3, 2,
                              "measure~category~category_label~wijk~jaar~estimate~se~ci_low~"
                              "ci_high~n~cases~weighted_n~n_eff~deff~df~flag");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#1~'ja~'Élan~#2015~8.26~1~7.1~9.94~=1203~");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#2~'nee~'Élan~#2015~91.74~1~90.06~92.9~=1203~");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#1~'ja~'Élan~~0~~0~3.2~=9~~~~~~'boundary small-n");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#2~'nee~'Élan~~100~~~~=9~~~~~~'df nieuw");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#1~'ja~'zuid~#2015~~~~~=0~=0~");
    expect("text", &report, dutch,
           "percent(q)\n\n"
           "wijk  jaar    antwoord  schatting     95%-interval      n  opmerking\n"
           "───────────────────────────────────────────────────────────────────────────────────────"
           "──────────\n"
           "Élan  2015    ja             8,3%       7,1 –  9,9  1.203\n"
           "              nee           91,7%      90,1 – 92,9  1.203\n"
           "      totaal  ja             0,0%       0,0 –  3,2      9  iedereen of niemand, weinig "
           "antwoorden\n"
           "              nee          100,0%                –      9  te weinig eenheden, nieuw\n"
           "zuid  2015    ja                –  geen antwoorden      0\n");
    peil_report_clear(&report);
}

Test(people, a_label_of_two_codes_shows_the_code) {
    peil_report report = make("table", 3, 0, "measure~category~category_label~estimate~n");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#1~'ja~60~=6");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#8~'weet niet~30~=3");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q)~#9~'weet niet~10~=1");
    expect("text", &report, dutch,
           "percent(q)\n\n"
           "antwoord       schatting  n\n"
           "───────────────────────────\n"
           "ja (1)             60,0%  6\n"
           "weet niet (8)      30,0%  3\n"
           "weet niet (9)      10,0%  1\n");
    peil_report_clear(&report);
}

Test(people, measures_of_one_row_make_a_list) {
    peil_report report = make("table", 2, 0, "measure~category~estimate~se~ci_low~ci_high~n~flag");
    report.level = 99.5;
    add(&report, PEIL_UNIT_PERCENT, "'percent(q = 1)~~41.23~2~37.1~45.3~=1203~");
    add(&report, PEIL_UNIT_MEAN, "'mean(cijfer)~~6.834~.1~6.64~7.03~=1210~");
    add(&report, PEIL_UNIT_TOTAL, "'total(uren)~~1203455.7~2~1164190.6~1242720.8~=1190~");
    expect("text", &report, dutch,
           "maat            schatting         99,5%-interval      n\n"
           "───────────────────────────────────────────────────────\n"
           "percent(q = 1)      41,2%       37,1 –      45,3  1.203\n"
           "mean(cijfer)         6,83       6,64 –      7,03  1.210\n"
           "total(uren)     1.203.456  1.164.191 – 1.242.721  1.190\n");
    const peil_style narrow = {.language = PEIL_ENGLISH, .decimals = 3, .width = 51};
    expect("text", &report, narrow,
           "percent(q = 1)\n\n"
           "     estimate                 99.5% interval      n\n"
           "───────────────────────────────────────────────────\n"
           "      41.230%         37.100 –        45.300  1,203\n\n\n"
           "mean(cijfer)\n\n"
           "     estimate                 99.5% interval      n\n"
           "───────────────────────────────────────────────────\n"
           "        6.834          6.640 –         7.030  1,210\n\n\n"
           "total(uren)\n\n"
           "     estimate                 99.5% interval      n\n"
           "───────────────────────────────────────────────────\n"
           "1,203,455.700  1,164,190.600 – 1,242,720.800  1,190\n");
    peil_report_clear(&report);
}

/* The first row of a section of its own. */
static void begin(peil_report *report, const char *title) {
    peil_section *section;
    cr_assert_eq(peil_report_section(report, title, &section, NULL), PEIL_OK);
    section->decimals = -1;
}

static peil_report sections(void) {
    peil_report report = make("run", 3, 0, "indicator~period~measure~estimate~ci_low~ci_high~n");
    cr_assert_eq(peil_report_title(&report, "Rekening\0332018", NULL), PEIL_OK);
    begin(&report, "A  Mantelzorg");
    add(&report, PEIL_UNIT_PERCENT, "'A~#2017~'percent(a = 1)~22.2~20.1~24.3~=812");
    add(&report, PEIL_UNIT_PERCENT, "'A~#2018~'percent(a = 1)~~~~=0");
    begin(&report, "B  Totaal");
    add(&report, PEIL_UNIT_TOTAL, "'B~#2017~'total(b)~45000~41752~48248~=812");
    begin(&report, "C  Register");
    add(&report, PEIL_UNIT_TOTAL, "'C~#2017~'total(c)~3204~~~=160");
    add(&report, PEIL_UNIT_TOTAL, "'C~#2018~'total(c)~~~~=0");
    return report;
}

/* Bounds stand under each other within a section; one without any has no column for them. */
Test(people, sections_under_the_title_of_the_whole) {
    peil_report report = sections();
    expect("text", &report, dutch,
           "Rekening\\x1b2018\n\n\n"
           "A  Mantelzorg\n\n"
           "periode  schatting     95%-interval    n\n"
           "────────────────────────────────────────\n"
           "2017         22,2%      20,1 – 24,3  812\n"
           "2018             –  geen antwoorden    0\n\n\n"
           "B  Totaal\n\n"
           "periode  schatting     95%-interval    n\n"
           "────────────────────────────────────────\n"
           "2017        45.000  41.752 – 48.248  812\n\n\n"
           "C  Register\n\n"
           "periode  schatting    n\n"
           "───────────────────────\n"
           "2017         3.204  160\n"
           "2018             –    0\n");
    char *md = written("md", &report, dutch);
    cr_expect_eq(strncmp(md, "## Rekening", 11), 0, "%s", md);
    cr_expect_not_null(strstr(md, "\n\n### A  Mantelzorg\n"), "%s", md);
    free(md);
    peil_report_clear(&report);
}

static peil_report differences(void) {
    peil_report report = make("compare", 2, 1, compare_columns);
    add(&report, PEIL_UNIT_PERCENT,
        "'percent(q = 1)~~'Noord~#2017~#2015~41.2~33.3~7.9~5~-3.1~18.9~1.4~99~.158~.158~=0");
    add(&report, PEIL_UNIT_PERCENT,
        "'percent(q = 1)~~'Noord~#2019~#2017~38~41.2~-3.2~5~-5~-1.4~-3~99~.0001~.0001~=1");
    add(&report, PEIL_UNIT_PERCENT, "'percent(q = 1)~~'Zuid~#2017~#2015~9.5~~~~~~~~~~");
    add(&report, PEIL_UNIT_MEAN,
        "'mean(x)~~'Noord~#2017~#2015~6.1~6.32~-.22~.05~-.31~-.13~-4~99~.0016~.0016~=1");
    return report;
}

Test(people, comparisons) {
    peil_report report = differences();
    expect("text", &report, dutch,
           "percent(q = 1)\n\n"
           "                                 verschil in\n"
           "wijk   periode      referentie   procentpunt   95%-interval       p  signif.\n"
           "────────────────────────────────────────────────────────────────────────────\n"
           "Noord  2017: 41,2%  2015: 33,3%         +7,9   -3,1 –  18,9   0,158  nee\n"
           "       2019: 38,0%  2017: 41,2%         -3,2   -5,0 –  -1,4  <0,001  ja\n"
           "Zuid   2017:  9,5%  2015:     –            –              –\n\n\n"
           "mean(x)\n\n"
           "wijk   periode      referentie      verschil   95%-interval       p  signif.\n"
           "────────────────────────────────────────────────────────────────────────────\n"
           "Noord  2017:  6,10  2015:  6,32        -0,22  -0,31 – -0,13   0,002  ja\n");
    cr_assert_eq(peil_report_request(&report, "over", "jaar", NULL), PEIL_OK);
    peil_cell_number(&report.cells[report.ncolumns - 2], .0032); /* of the first row */
    expect("md", &report, english,
           "### percent(q = 1)\n\n"
           "| wijk | jaar | reference | difference in % points | 95% interval | adjusted p | "
           "signif. |\n"
           "|---|---|---|---:|---:|---:|---|\n"
           "| Noord | 2017: 41.2% | 2015: 33.3% | +7.9 | -3.1 – 18.9 | 0.003 | no |\n"
           "| Noord | 2019: 38.0% | 2017: 41.2% | -3.2 | -5.0 – -1.4 | \\<0.001 | yes |\n"
           "| Zuid | 2017: 9.5% | 2015: – | – | – |  |  |\n\n"
           "### mean(x)\n\n"
           "| wijk | jaar | reference | difference | 95% interval | adjusted p | signif. |\n"
           "|---|---|---|---:|---:|---:|---|\n"
           "| Noord | 2017: 6.10 | 2015: 6.32 | -0.22 | -0.31 – -0.13 | 0.002 | yes |\n\n"
           "---\n\n"
           "peil " PEIL_VERSION "\n");
    peil_report_clear(&report);
}

Test(people, descriptions_show_what_was_found) {
    peil_report report =
        make("describe", 1, 0, "variable~type~distinct~missing~min~max~values~role");
    add(&report, PEIL_UNIT_NONE, "'jaar~'number~=2~=0~2015~2017~'2015, 2017~");
    add(&report, PEIL_UNIT_NONE, "'weging~'number~=1034~=3~.137~12.5~~'weight?");
    expect("text", &report, dutch,
           "                   aantal\n"
           "variabele  soort  waarden  ontbreekt  laagste  hoogste  waarden     rol\n"
           "────────────────────────────────────────────────────────────────────────────\n"
           "jaar       getal        2          0     2015     2017  2015, 2017\n"
           "weging     getal    1.034          3    0,137     12,5              gewicht?\n");
    peil_report_clear(&report);
}

Test(people, unknown_commands_and_columns_show_all_they_have) {
    peil_report report = make("new", 1, 0, "thing~size~share~many");
    add(&report, PEIL_UNIT_MEAN, "'a~#7~.123456789~=1203");
    add(&report, PEIL_UNIT_MEAN, "'b~#12~~=4");
    expect("text", &report, dutch,
           "thing  size     share   many\n"
           "────────────────────────────\n"
           "a         7  0,123457  1.203\n"
           "b        12                4\n");
    peil_report_clear(&report);
}

Test(people, colour_marks_titles_and_headings_only) {
    peil_report report = make("table", 1, 1, "measure~x~estimate");
    const peil_style colour = {.language = PEIL_ENGLISH, .decimals = -1, .colour = true};
    add(&report, PEIL_UNIT_TOTAL, "'count()~'a~12");
    add(&report, PEIL_UNIT_TOTAL, "'count()~'b~7");
    expect("text", &report, colour,
           "\033[1mcount()\033[0m\n\n"
           "\033[2mx  estimate\033[0m\n"
           "\033[2m───────────\033[0m\n"
           "a        12\n"
           "b         7\n");
    peil_report_clear(&report);
}

/* Long words and notes fold; nothing of the data reaches the terminal as an escape. */
Test(people, narrow_terminals_and_hostile_names) {
    peil_report report = make("table", 1, 1, "measure~x\x1b[31m~estimate");
    const peil_style narrow = {.language = PEIL_ENGLISH, .decimals = -1, .width = 30};
    add(&report, PEIL_UNIT_MEAN, "'mean(\xE2\x80\xAEy)~'one two three four five~1.5");
    add(&report, PEIL_UNIT_MEAN, "'mean(\xE2\x80\xAEy)~'six\nseven\x9b~2.5");
    cr_assert_eq(peil_report_note(&report, NULL, "a note that is too long for a line\x1b]"),
                 PEIL_OK);
    expect("text", &report, narrow,
           "mean(\\u{202e}y)\n\n"
           "x\\x1b[31m             estimate\n"
           "──────────────────────────────\n"
           "one two three four        1.50\n"
           "five\n"
           "six\\x0aseven\\x9b          2.50\n\n"
           "Note: a note that is too long\n"
           "  for a line\\x1b]\n");
    expect("md", &report, narrow,
           "### mean(\\\\u{202e}y)\n\n"
           "| x\\\\x1b\\[31m | estimate |\n"
           "|---|---:|\n"
           "| one two three four five | 1.50 |\n"
           "| six\\\\x0aseven\\\\x9b | 2.50 |\n\n"
           "Note: a note that is too long for a line\\\\x1b\\]\n\n"
           "---\n\n"
           "peil " PEIL_VERSION "\n");
    peil_report_clear(&report);
}

Test(people, markdown_shows_signs_as_they_are) {
    static const struct {
        const char *cell, *wanted;
    } cases[] = {
        {"'a|b", "a\\|b"},
        {"'q5_1", "q5_1"},
        {"'_x_ y_", "\\_x\\_ y\\_"},
        {"'*a* `b` [c](d) <e> f", "\\*a\\* \\`b\\` \\[c\\](d) \\<e\\> f"},
        {"'a\\b &amp; $1 #2", "a\\\\b \\&amp; \\$1 \\#2"},
        {"'\x1b", "\\\\x1b"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char wanted[128];
        peil_report report = make("new", 1, 0, "x");
        add(&report, PEIL_UNIT_NONE, cases[i].cell);
        snprintf(wanted, sizeof wanted, "| x |\n|---|\n| %s |\n\n---\n\npeil %s\n", cases[i].wanted,
                 PEIL_VERSION);
        expect("md", &report, english, wanted);
        peil_report_clear(&report);
    }
}
