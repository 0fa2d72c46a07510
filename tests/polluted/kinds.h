/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with csv files on their way: a row a kind, with whether the true figures can
 * still be known. To add one: a function in structure.h or content.h, and a row. */
#ifndef PEIL_TESTS_KINDS_H
#define PEIL_TESTS_KINDS_H

#include "polluted/content.h"
#include "polluted/structure.h"

typedef struct kind {
    const char *name;
    bool (*make)(polluted *p); /* false: this variant says nothing in this form */
    size_t variants;
    verdict verdict;
    const char *why;
} kind;

#define KIND(name, ...) \
    { #name, name, __VA_ARGS__ }

static const kind kinds[] = {
    KIND(one_separator_more, 9, HARMFUL, "which field is which is not known"),
    KIND(one_separator_less, 9, HARMFUL, "which field is which is not known"),
    KIND(separators_behind_all, 2, HARMLESS, "columns without a name"),
    KIND(separators_behind_rows, 1, HARMFUL, "more fields than names"),
    KIND(separator_behind_header, 1, HARMFUL, "more names than fields"),
    KIND(header_with_other_separator, 3, HARMFUL, "the header is one name"),
    KIND(second_half_with_other_separator, 3, HARMFUL, "rows of one field"),
    KIND(all_with_other_separator, 3, HARMLESS, "another dialect"),
    KIND(line_that_names_the_separator, 2, HARMLESS, "it is Excel's"),
    KIND(quote_inside_a_field, 9, HARMFUL, "text or not is not known"),
    KIND(quote_that_is_not_closed, 9, HARMFUL, "where the text ends is not known"),
    KIND(text_behind_a_quote, 9, HARMFUL, "where the text ends is not known"),
    KIND(quotes_escaped_by_backslashes, 3, HARMFUL, "where the text ends is not known"),
    KIND(everything_quoted, 1, HARMLESS, "another dialect"),
    KIND(apostrophes_quote, 2, HARMLESS, "another dialect"),
    KIND(line_ends_in_fields, 3, HARMLESS, "they are quoted"),
    KIND(mixed_line_ends, 3, HARMLESS, "each of them ends a line"),
    KIND(other_line_ends, 4, HARMLESS, "each of them ends a line"),
    KIND(blank_lines, 4, HARMLESS, "there are other columns, so that they are no rows"),
    KIND(last_line_without_end, 1, HARMLESS, "the end of the file ends it"),
    KIND(control_z_at_the_end, 1, HARMFUL, "a record of one field"),
    KIND(cut_short, CUTS, HARMFUL, "within a record; in or behind its last field nobody sees it"),
    KIND(cut_at_a_line_end, 3, UNSEEN, "a file does not say how many records it has"),
    KIND(begin_is_lost, 4, HARMFUL, "there are no names"),
    KIND(a_hole, 2, HARMFUL, "a record of two halves"),
    KIND(a_row_is_lost, 3, UNSEEN, "a file does not say how many records it has"),
    KIND(header_again, 6, HARMFUL, "two files were put together: which is meant?"),
    KIND(two_files_without_an_end_between, 1, HARMFUL, "a record of two files"),
    KIND(no_header, 1, HARMFUL, "there are no names"),
    KIND(header_with_a_name_more_or_less, 2, HARMFUL, "which field is which is not known"),
    KIND(line_above_the_header, 4, HARMFUL, "it is taken for the header"),
    KIND(line_below_the_rows, 3, HARMFUL, "a record of one field"),
    KIND(labels_below_the_header, 1, HARMFUL, "they are no answers"),
    KIND(one_name_twice, 2, HARMFUL, "which one is meant is not known"),
    KIND(names_in_capitals, 1, HARMFUL, "other names"),
    KIND(nul_byte, 9, HARMFUL, "this is no text"),
    KIND(byte_order_mark, 1, HARMLESS, "UTF-8 with or without"),
    KIND(broken_character, 6, HARMFUL, "which area it is is not known"),
    KIND(broken_character_elsewhere, 3, HARMLESS, "in a variable that is not asked for"),
    KIND(windows_1252, 1, HARMLESS, "it is no UTF-8"),
    KIND(windows_1252_undefined, 1, HARMFUL, "it is no windows-1252 either"),
    KIND(half_utf8_half_1252, 2, HARMFUL, "one area under two names"),
    KIND(code_page_850, 1, UNSEEN, "every byte is a character of windows-1252"),
    KIND(utf8_of_utf8, 1, UNSEEN, "it is good UTF-8"),
    KIND(utf16, 2, HARMLESS, "the mark says so"),
    KIND(utf16_without_a_mark, 2, HARMFUL, "NUL bytes"),
    KIND(spaces_around, 2, HARMLESS, "they do not count"),
    KIND(spaces_behind_values, 1, HARMLESS, "they do not count"),
    KIND(one_value_with_the_other_mark, 6, HARMFUL, "decimals or thousands?"),
    KIND(one_column_with_the_other_mark, 1, HARMLESS, "each column has its own"),
    KIND(all_with_the_other_mark, 1, HARMLESS, "each column has its own"),
    KIND(marks_between_thousands, 4, HARMFUL, "decimals or thousands?"),
    KIND(no_number, 12, HARMFUL, "text in a column of numbers"),
    KIND(columns_in_another_order, 1, HARMLESS, "they have names"),
    KIND(a_value_is_another, 3, UNSEEN, "it is a good value"),
    KIND(a_long_field, 1, HARMLESS, "it is quoted"),
    KIND(an_endless_field, 1, HARMFUL, "over 16 MiB: a quote that is not closed"),
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* The file of a kind, a variant and a form; false when there is none. The caller clears the text.
 */
static inline bool pollute(const kind *k, size_t variant, const form *f, polluted *out) {
    *out = (polluted){.form = f, .variant = variant, .verdict = k->verdict};
    sheet_make(f, &out->sheet);
    if (k->make(out) && !out->text.failed) return true;
    peil_text_clear(&out->text);
    return false;
}

#endif
