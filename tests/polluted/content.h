/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to bytes, characters and values. */
#ifndef PEIL_TESTS_CONTENT_H
#define PEIL_TESTS_CONTENT_H

#include "polluted/polluted.h"

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

#endif
