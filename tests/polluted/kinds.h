/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with csv files on their way: a row a kind, with whether the true figures can
 * still be known. To add one: a function and a row. */
#ifndef PEIL_TESTS_KINDS_H
#define PEIL_TESTS_KINDS_H

#include "polluted/sheet.h"

typedef enum verdict {
    HARMLESS, /* the figures are what they were */
    HARMFUL,  /* they cannot be known: the file must be refused */
    UNSEEN    /* nobody can see it in the file */
} verdict;

typedef struct polluted {
    const form *form;
    size_t variant;
    verdict verdict; /* as the kind says, until `make` knows better */
    sheet sheet;     /* clean at first */
    peil_text text;  /* the file */
} polluted;

/* The record that a variant is about: the first, one in the middle, the last. */
static inline size_t record_of(const polluted *p) {
    static const size_t records[] = {1, 13, ROWS};
    return records[p->variant % 3];
}

static inline void write_out(polluted *p) {
    write_sheet(p->form, &p->sheet, &p->text);
}

static inline void write_as(polluted *p, form f) {
    write_sheet(&f, &p->sheet, &p->text);
}

static inline void insert(polluted *p, size_t at, const void *bytes, size_t length) {
    splice(&p->text, at, 0, bytes, length);
}

static inline void insert_line(polluted *p, size_t record, const char *line) {
    peil_text whole = {0};
    peil_text_add(&whole, line);
    peil_text_add(&whole, p->form->end);
    insert(p, record_at(p->form, &p->text, record), whole.bytes, whole.length);
    peil_text_clear(&whole);
}

static inline char other_mark(const polluted *p) {
    return p->form->decimal == ',' ? '.' : ',';
}

static inline void replace_char(char *text, char from, char to) {
    for (; *text; text++)
        if (*text == from) *text = to;
}

/* ---- separators ---- */

static bool one_separator_more(polluted *p) {
    static const size_t fields[] = {1, 3, COLUMNS};
    write_out(p);
    insert(p, field_at(p->form, &p->text, record_of(p), fields[p->variant / 3 % 3]),
           &p->form->separator, 1);
    return true;
}

static bool one_separator_less(polluted *p) {
    static const size_t fields[] = {1, 3, COLUMNS - 1};
    write_out(p);
    splice(&p->text, field_at(p->form, &p->text, record_of(p), fields[p->variant / 3 % 3]) - 1, 1,
           "", 0);
    return true;
}

static void add_to_ends(polluted *p, size_t from, size_t to, const char *bytes, size_t length) {
    for (size_t r = to; r-- > from;)
        insert(p, field_at(p->form, &p->text, r, COLUMNS), bytes, length);
}

static bool separators_behind_all(polluted *p) {
    write_out(p);
    const char ends[] = {p->form->separator, p->form->separator};
    add_to_ends(p, 0, ROWS + 1, ends, 1 + p->variant);
    return true;
}

static bool separators_behind_rows(polluted *p) {
    write_out(p);
    add_to_ends(p, 1, ROWS + 1, &p->form->separator, 1);
    return true;
}

static bool separator_behind_header(polluted *p) {
    write_out(p);
    add_to_ends(p, 0, 1, &p->form->separator, 1);
    return true;
}

/* The others of the usual separators, one a variant. */
static char other_separator(const polluted *p) {
    static const char usual[] = {',', ';', '\t', '|'};
    size_t own = 0;
    while (usual[own] != p->form->separator) own++;
    return usual[(own + 1 + p->variant) % 4];
}

static void write_parts(polluted *p, size_t records, form first, form rest) {
    sheet part = p->sheet;
    part.rows = records;
    write_sheet(&first, &part, &p->text);
    part.rows = p->sheet.rows - records;
    memmove(part.cells[0], p->sheet.cells[records], part.rows * sizeof part.cells[0]);
    rest.marked = false;
    write_sheet(&rest, &part, &p->text);
}

static bool header_with_other_separator(polluted *p) {
    form other = *p->form;
    other.separator = other_separator(p);
    write_parts(p, 1, other, *p->form);
    return true;
}

static bool second_half_with_other_separator(polluted *p) {
    form other = *p->form;
    other.separator = other_separator(p);
    write_parts(p, 13, *p->form, other);
    return true;
}

static bool all_with_other_separator(polluted *p) {
    form other = *p->form;
    other.separator = other_separator(p);
    write_as(p, other);
    return true;
}

static bool line_that_names_the_separator(polluted *p) {
    char line[16];
    write_out(p);
    sprintf(line, "%s=%c", p->variant ? "SEP" : "sep", p->form->separator);
    insert_line(p, 0, line);
    return true;
}

/* ---- quotes ---- */

static bool quote_inside_a_field(polluted *p) {
    static const size_t fields[] = {WIJK, INKOMEN, NR};
    if (p->form->all_quoted) return false;
    strcpy(p->sheet.cells[record_of(p)][WIJK], "Noord");
    write_out(p);
    insert(p, field_at(p->form, &p->text, record_of(p), fields[p->variant / 3]) + 1,
           &p->form->quote, 1);
    return true;
}

static bool quote_that_is_not_closed(polluted *p) {
    static const size_t fields[] = {WIJK, INKOMEN, OPMERKING};
    if (p->form->all_quoted) return false;
    strcpy(p->sheet.cells[record_of(p)][WIJK], "Noord");
    strcpy(p->sheet.cells[record_of(p)][OPMERKING], "nee");
    write_out(p);
    insert(p, field_at(p->form, &p->text, record_of(p), fields[p->variant / 3]), &p->form->quote,
           1);
    return true;
}

static bool text_behind_a_quote(polluted *p) {
    form f = *p->form;
    f.all_quoted = true;
    write_as(p, f);
    insert(p, field_at(&f, &p->text, record_of(p), 2 + p->variant / 3) - 1, "x", 1);
    return true;
}

static bool quotes_escaped_by_backslashes(polluted *p) {
    char cell[] = "zei \\ nee";
    write_out(p);
    const size_t at = field_at(p->form, &p->text, record_of(p), OPMERKING);
    const size_t length = field_at(p->form, &p->text, record_of(p), COLUMNS) - at;
    cell[5] = p->form->quote;
    splice(&p->text, at, length, (char[]){p->form->quote}, 1);
    insert(p, at + 1, cell, strlen(cell));
    insert(p, at + 1 + strlen(cell), (char[]){p->form->quote}, 1);
    return true;
}

static bool everything_quoted(polluted *p) {
    form f = *p->form;
    f.all_quoted = true;
    write_as(p, f);
    return true;
}

static bool apostrophes_quote(polluted *p) {
    form f = *p->form;
    f.quote = '\'';
    f.all_quoted = p->variant > 0; /* or where it is needed: "Oost, midden" is */
    if (!f.all_quoted && f.separator != ',') return false;
    write_as(p, f);
    return true;
}

static bool line_ends_in_fields(polluted *p) {
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    sprintf(p->sheet.cells[2][OPMERKING], "een%stwee", ends[p->variant]);
    sprintf(p->sheet.cells[ROWS][OPMERKING], "%s", ends[p->variant]);
    sprintf(p->sheet.cells[0][OPMERKING], "opmer%sking", ends[p->variant]);
    write_out(p);
    return true;
}

/* ---- lines ---- */

static bool mixed_line_ends(polluted *p) {
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    write_out(p);
    for (size_t r = ROWS + 1; r-- > 0;) {
        const size_t at = field_at(p->form, &p->text, r, COLUMNS);
        const char *end = ends[(r + p->variant) % 3];
        splice(&p->text, at, strlen(p->form->end), end, strlen(end));
    }
    return true;
}

static bool other_line_ends(polluted *p) {
    static const char *const ends[] = {"\n", "\r\n", "\r", "\n\r"};
    form f = *p->form;
    f.end = ends[p->variant];
    write_as(p, f);
    return true;
}

static bool blank_lines(polluted *p) {
    static const char *const lines[] = {"", "  "};
    write_out(p);
    for (size_t r = ROWS + 2; r-- > 0;)
        if (r % (1 + p->variant / 2 * 7) == 0) insert_line(p, r, lines[p->variant % 2]);
    return true;
}

static bool last_line_without_end(polluted *p) {
    write_out(p);
    p->text.length -= strlen(p->form->end);
    return true;
}

static bool control_z_at_the_end(polluted *p) {
    write_out(p);
    peil_text_add(&p->text, "\x1A");
    return true;
}

/* Whether the text breaks off in a record that has not all its fields or is inside quotes. */
static bool breaks_off(const form *f, const peil_text *text) {
    size_t fields = 0, records = 0;
    bool is_quoted = false, is_empty = true;
    for (size_t i = f->marked ? 3 : 0; i < text->length; i++) {
        const char c = text->bytes[i];
        if (c == f->quote) is_quoted = !is_quoted;
        if (!is_quoted && c == f->separator) fields++;
        if (!is_quoted && strchr("\r\n", c)) {
            records += !is_empty;
            fields = 0;
            is_empty = true;
        } else {
            is_empty = false;
        }
    }
    if (is_quoted || (!is_empty && fields + 1 < COLUMNS)) return true;
    return records + !is_empty < 2; /* no rows */
}

enum { CUTS = 60 };

static bool cut_short(polluted *p) {
    write_out(p);
    p->text.length = p->text.length * (p->variant + 1) / (CUTS + 1);
    p->text.bytes[p->text.length] = '\0';
    p->verdict = breaks_off(p->form, &p->text) ? HARMFUL : UNSEEN;
    return true;
}

static bool cut_at_a_line_end(polluted *p) {
    write_out(p);
    p->text.length = record_at(p->form, &p->text, 3 + 7 * p->variant);
    p->text.bytes[p->text.length] = '\0';
    return true;
}

static bool begin_is_lost(polluted *p) {
    write_out(p);
    const size_t at = field_at(p->form, &p->text, p->variant, 3);
    splice(&p->text, 0, at, "", 0);
    return true;
}

static bool a_hole(polluted *p) {
    write_out(p);
    const size_t from = field_at(p->form, &p->text, 5, 4);
    const size_t to = field_at(p->form, &p->text, 9, 2 + 3 * p->variant);
    splice(&p->text, from, to - from, "", 0);
    return true;
}

static bool a_row_is_lost(polluted *p) {
    write_out(p);
    const size_t from = record_at(p->form, &p->text, record_of(p));
    splice(&p->text, from, record_at(p->form, &p->text, record_of(p) + 1) - from, "", 0);
    return true;
}

/* ---- headers ---- */

static bool header_again(polluted *p) {
    static const size_t places[] = {1, 13, ROWS + 1};
    peil_text header = {0};
    if (p->variant >= 3 && !p->form->marked) return false;
    write_out(p);
    const size_t from = p->form->marked && p->variant < 3 ? 3 : 0;
    peil_text_add_bytes(&header, p->text.bytes + from, record_at(p->form, &p->text, 1) - from);
    insert(p, record_at(p->form, &p->text, places[p->variant % 3]), header.bytes, header.length);
    peil_text_clear(&header);
    return true;
}

static bool two_files_without_an_end_between(polluted *p) {
    write_parts(p, ROWS + 1, *p->form, *p->form);
    p->text.length -= strlen(p->form->end);
    write_out(p);
    return true;
}

static bool no_header(polluted *p) {
    write_out(p);
    const size_t from = record_at(p->form, &p->text, 0);
    splice(&p->text, from, record_at(p->form, &p->text, 1) - from, "", 0);
    return true;
}

static bool header_with_a_name_more_or_less(polluted *p) {
    write_out(p);
    if (p->variant == 0) {
        insert(p, field_at(p->form, &p->text, 0, COLUMNS), (char[]){p->form->separator, 'x'}, 2);
    } else {
        const size_t at = field_at(p->form, &p->text, 0, COLUMNS - 1) - 1;
        splice(&p->text, at, field_at(p->form, &p->text, 0, COLUMNS) - at, "", 0);
    }
    return true;
}

static bool line_above_the_header(polluted *p) {
    static const char *const lines[] = {"Stadsenquete 2017", "# made on 1 May", "\"Stadsenquete\"",
                                        "Stadsenquete 2017 (2,500 cases)"};
    write_out(p);
    insert_line(p, 0, lines[p->variant]);
    return true;
}

static bool line_below_the_rows(polluted *p) {
    static const char *const lines[] = {"Bron: CBS", "(24 rows)", "-"};
    write_out(p);
    insert_line(p, ROWS + 1, lines[p->variant]);
    return true;
}

static bool labels_below_the_header(polluted *p) {
    static const char *const labels[COLUMNS] = {"",          "wijk",           "factor", "1 tot 10",
                                                "ja of nee", "euro per maand", ""};
    memmove(p->sheet.cells[2], p->sheet.cells[1], ROWS * sizeof p->sheet.cells[0]);
    p->sheet.rows++;
    for (size_t c = 0; c < COLUMNS; c++) strcpy(p->sheet.cells[1][c], labels[c]);
    write_out(p);
    return true;
}

static bool one_name_twice(polluted *p) {
    strcpy(p->sheet.cells[0][p->variant ? NR : OPMERKING], "cijfer");
    write_out(p);
    return true;
}

static bool names_in_capitals(polluted *p) {
    for (size_t c = 0; c < COLUMNS; c++) p->sheet.cells[0][c][0] ^= 0x20;
    write_out(p);
    return true;
}

/* ---- bytes ---- */

static bool nul_byte(polluted *p) {
    static const size_t fields[] = {WIJK, OPMERKING, CIJFER};
    write_out(p);
    insert(p, field_at(p->form, &p->text, record_of(p), fields[p->variant / 3]), "", 1);
    return true;
}

static bool byte_order_mark(polluted *p) {
    form f = *p->form;
    f.marked = !f.marked;
    write_as(p, f);
    return true;
}

/* The names of the areas and the remarks have characters beyond ASCII, so that it shows. */
static bool broken_character(polluted *p) {
    strcpy(p->sheet.cells[record_of(p)][WIJK], p->variant < 3 ? "Noo\xFFrd" : "Zuid\xC3");
    write_out(p);
    return true;
}

static bool broken_character_elsewhere(polluted *p) {
    strcpy(p->sheet.cells[record_of(p)][OPMERKING], "caf\xE9");
    write_out(p);
    return true;
}

/* Every e-acute, the only character beyond ASCII, as another byte or pair. */
static void recode(polluted *p, size_t from, const char *bytes) {
    for (size_t i = from; i + 1 < p->text.length; i++)
        if ((unsigned char)p->text.bytes[i] == 0xC3 && (unsigned char)p->text.bytes[i + 1] == 0xA9)
            splice(&p->text, i, 2, bytes, strlen(bytes));
}

static void write_unmarked(polluted *p) {
    form f = *p->form;
    f.marked = false;
    write_as(p, f);
}

static bool windows_1252(polluted *p) {
    write_unmarked(p);
    recode(p, 0, "\xE9");
    return true;
}

static bool windows_1252_undefined(polluted *p) {
    windows_1252(p);
    insert(p, p->text.length - 30, "\x81", 1);
    return true;
}

static bool half_utf8_half_1252(polluted *p) {
    write_out(p);
    recode(p, p->variant ? p->text.length / 2 : p->text.length / 5, "\xE9");
    return true;
}

static bool code_page_850(polluted *p) {
    write_unmarked(p);
    recode(p, 0, "\x82");
    return true;
}

static bool utf8_of_utf8(polluted *p) {
    write_out(p);
    recode(p, 0, "\xC3\x83\xC2\xA9");
    return true;
}

static void widen(polluted *p, bool big, bool marked) {
    peil_text wide = {0};
    write_unmarked(p);
    recode(p, 0, "\xE9");
    if (marked) peil_text_add_bytes(&wide, big ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (size_t i = 0; i < p->text.length; i++) {
        const char pair[] = {big ? 0 : p->text.bytes[i], big ? p->text.bytes[i] : 0};
        peil_text_add_bytes(&wide, pair, 2);
    }
    peil_text_clear(&p->text);
    p->text = wide;
}

static bool utf16(polluted *p) {
    widen(p, p->variant, true);
    return true;
}

static bool utf16_without_a_mark(polluted *p) {
    widen(p, p->variant, false);
    return true;
}

/* ---- values ---- */

static bool spaces_around(polluted *p) {
    const char *space = p->variant ? "   " : " ";
    write_out(p);
    for (size_t r = ROWS + 1; r-- > 0;)
        for (size_t c = COLUMNS; c-- > 0;)
            insert(p, field_at(p->form, &p->text, r, c), space, strlen(space));
    return true;
}

static bool spaces_behind_values(polluted *p) {
    for (size_t r = 1; r <= ROWS; r++) {
        strcat(p->sheet.cells[r][WIJK], "  ");
        strcat(p->sheet.cells[r][CIJFER], " ");
    }
    write_out(p);
    return true;
}

static bool one_value_with_the_other_mark(polluted *p) {
    static const size_t fields[] = {CIJFER, WEGING};
    replace_char(p->sheet.cells[record_of(p)][fields[p->variant / 3]], p->form->decimal,
                 other_mark(p));
    write_out(p);
    return true;
}

static bool one_column_with_the_other_mark(polluted *p) {
    for (size_t r = 1; r <= ROWS; r++)
        replace_char(p->sheet.cells[r][CIJFER], p->form->decimal, other_mark(p));
    write_out(p);
    return true;
}

static bool all_with_the_other_mark(polluted *p) {
    for (size_t r = 1; r <= ROWS; r++)
        for (size_t c = WEGING; c <= CIJFER; c++)
            replace_char(p->sheet.cells[r][c], p->form->decimal, other_mark(p));
    write_out(p);
    return true;
}

static bool marks_between_thousands(polluted *p) {
    for (size_t r = 1; r <= ROWS; r++) {
        char *cell = p->sheet.cells[r][INKOMEN];
        if (p->variant && r != record_of(p)) continue;
        memmove(cell + 2, cell + 1, strlen(cell));
        cell[1] = other_mark(p);
    }
    write_out(p);
    return true;
}

static bool no_number(polluted *p) {
    static const char *const texts[] = {"#N/A",         "NaN",   ".",
                                        "7,5 %",        "5-jan", "1 234",
                                        "\xEF\xBC\x97", /* a wide 7 */
                                        "n.v.t.",       "7..5",  "\xE2\x82\xAC 7",
                                        "1e",           "0x1F"};
    strcpy(p->sheet.cells[record_of(p)][CIJFER], texts[p->variant]);
    write_out(p);
    return true;
}

static bool columns_in_another_order(polluted *p) {
    for (size_t r = 0; r <= ROWS; r++) {
        char(*row)[CELL] = p->sheet.cells[r], first[CELL];
        memcpy(first, row[0], CELL);
        memmove(row[0], row[1], (COLUMNS - 1) * sizeof row[0]);
        memcpy(row[COLUMNS - 1], first, CELL);
    }
    write_out(p);
    return true;
}

static bool a_value_is_another(polluted *p) {
    strcpy(p->sheet.cells[record_of(p)][DOET], does((int)record_of(p) - 1) == 1 ? "2" : "1");
    write_out(p);
    return true;
}

static void put_huge_field(polluted *p, size_t length) {
    peil_text huge = {0};
    write_out(p);
    const size_t at = field_at(p->form, &p->text, 13, OPMERKING);
    const size_t end = field_at(p->form, &p->text, 13, COLUMNS);
    peil_text_add_bytes(&huge, &p->form->quote, 1);
    while (huge.length < length) peil_text_add(&huge, "lorem ipsum dolor sit amet;, |\n");
    peil_text_add_bytes(&huge, &p->form->quote, 1);
    splice(&p->text, at, end - at, huge.bytes, huge.length);
    peil_text_clear(&huge);
}

static bool a_long_field(polluted *p) {
    put_huge_field(p, (size_t)1 << 20);
    return true;
}

static bool an_endless_field(polluted *p) {
    put_huge_field(p, (size_t)17 << 20);
    return p->form == forms; /* of 17 MB one is enough */
}

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
