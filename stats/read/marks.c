/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/marks.h"

#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text, const char *end) {
    size_t n = 0;
    while (text + n < end && is_digit(text[n])) n++;
    return n;
}

static void trim(const char **text, const char **end) {
    while (*text < *end && (**text == ' ' || **text == '\t')) ++*text;
    while (*end > *text && ((*end)[-1] == ' ' || (*end)[-1] == '\t')) --*end;
}

/* The only mark of a text that may be a number; NULL when it has none, or several. */
static const char *find_mark(const char *text, const char *end) {
    const char *mark = NULL;
    if (text == end || !(is_digit(*text) || strchr("+-,.", *text))) return NULL;
    for (; text < end; text++) {
        if (*text != ',' && *text != '.') continue;
        if (mark) return NULL;
        mark = text;
    }
    return mark;
}

/* Copies a text with a point for its only mark; false when it has none, or is no number then. */
static bool read_marked(const char *text, const char *end, char *mark, peil_plain *plain) {
    const char *place = find_mark(text, end);
    plain->length = (size_t)(end - text);
    if (!place || plain->length > sizeof plain->text) return false;
    memcpy(plain->text, text, plain->length);
    plain->text[place - text] = '.';
    *mark = *place;
    return peil_decimal_read(plain->text, plain->length, &plain->number);
}

/* "1.234" and "-12,500", but neither "0.234" nor "1234.500". */
static bool may_be_thousands(const char *text, const char *end) {
    if (*text == '+' || *text == '-') text++;
    const size_t before = count_digits(text, end);
    return before >= 1 && before <= 3 && *text != '0' && end - text == (ptrdiff_t)before + 4 &&
           count_digits(text + before + 1, end) == 3;
}

/* Copies a whole part without the marks between its thousands, and puts a point for the decimal
 * mark. False when the marks do not stand where thousands end. */
static bool read_grouped(const peil_marks *marks, const char *text, const char *end,
                         peil_plain *plain) {
    char *to = plain->text;
    if ((size_t)(end - text) > sizeof plain->text) return false;
    if (text < end && (*text == '+' || *text == '-')) *to++ = *text++;
    for (size_t groups = 0;; groups++) {
        const size_t n = count_digits(text, end);
        const bool goes_on = text + n < end && text[n] == marks->group;
        if ((groups || goes_on) && (groups ? n != 3 : n < 1 || n > 3)) return false;
        memcpy(to, text, n);
        to += n;
        text += n;
        if (!goes_on) break;
        text++;
    }
    for (; text < end; text++) {
        if (*text == ',' || *text == '.') {
            if (*text != marks->decimal) return false;
            *to++ = '.';
        } else {
            *to++ = *text;
        }
    }
    plain->length = (size_t)(to - plain->text);
    return peil_decimal_read(plain->text, plain->length, &plain->number);
}

static peil_taken take_grouped(const peil_marks *marks, const char *text, const char *end,
                               peil_plain *plain) {
    peil_decimal number;
    if (read_grouped(marks, text, end, plain)) return PEIL_TAKEN_AS_NUMBER;
    return peil_decimal_read(text, (size_t)(end - text), &number) ? PEIL_TAKEN_AS_TEXT
                                                                  : PEIL_TAKEN_AS_IS;
}

peil_taken peil_marks_take(peil_marks *marks, const char *text, size_t length, uint64_t record,
                           peil_plain *plain) {
    const char *end = text + length;
    char mark;
    trim(&text, &end);
    if (marks->group) return take_grouped(marks, text, end, plain);
    if (!read_marked(text, end, &mark, plain)) return PEIL_TAKEN_AS_IS;
    if (!marks->decimal) {
        marks->decimal = mark;
        marks->record = record;
    }
    if (mark != marks->decimal && marks->is_given)
        return mark == '.' ? PEIL_TAKEN_AS_TEXT : PEIL_TAKEN_AS_IS;
    if (mark != marks->decimal) return PEIL_TAKEN_BY_NONE;
    marks->is_certain = marks->is_certain || !may_be_thousands(text, end);
    return mark == ',' ? PEIL_TAKEN_AS_NUMBER : PEIL_TAKEN_AS_IS;
}

bool peil_marks_join(peil_marks *marks, const peil_marks *other) {
    if (!other->decimal) return true;
    if (!marks->decimal) {
        *marks = *other;
        return true;
    }
    marks->is_certain = marks->is_certain || other->is_certain;
    if (other->record < marks->record) marks->record = other->record;
    return marks->decimal == other->decimal && marks->is_given == other->is_given;
}

bool peil_text_is_list(const char *text, size_t length) {
    const char *end = text + length;
    size_t items = 0;
    trim(&text, &end);
    while (true) {
        const size_t n = count_digits(text, end);
        if (n == 0) return false;
        items++;
        text += n;
        if (text == end) return items > 2;
        if (*text++ != ',') return false;
    }
}

/* ---- the file ---- */

void peil_marks_testify(const peil_marks *marks, peil_marks_evidence *evidence) {
    if (marks->is_certain && marks->decimal == ',') evidence->commas = true;
    if (marks->is_certain && marks->decimal == '.') evidence->points = true;
}

char peil_marks_of_file(peil_marks_evidence evidence, char delimiter) {
    if (evidence.commas && evidence.points) return '\0';
    if (evidence.commas) return ',';
    if (evidence.points) return '.';
    return delimiter == ';' ? ',' : '.';
}
