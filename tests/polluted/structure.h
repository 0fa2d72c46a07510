/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to separators, quotes, lines and headers. */
#ifndef PEIL_TESTS_STRUCTURE_H
#define PEIL_TESTS_STRUCTURE_H

#include "polluted/polluted.h"

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

#endif
