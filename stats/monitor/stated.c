/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor/stated.h"

#include <string.h>

#define NUMBER_MOST 64

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Passes over a word, and says whether it was there. */
static bool take(const char **at, const char *word) {
    const size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0) return false;
    *at += length;
    return true;
}

static void skip_spaces(const char **at) {
    while (take(at, " ") || take(at, "\t") || take(at, "\xC2\xA0") || take(at, "\xE2\x80\xAF")) {
    }
}

static peil_relation take_relation(const char **at) {
    static const struct {
        const char *word;
        peil_relation relation;
    } words[] = {{">=", PEIL_AT_LEAST},
                 {"\xE2\x89\xA5", PEIL_AT_LEAST},
                 {">", PEIL_ABOVE},
                 {"<=", PEIL_AT_MOST},
                 {"\xE2\x89\xA4", PEIL_AT_MOST},
                 {"<", PEIL_BELOW},
                 {"\xC2\xB1", PEIL_ABOUT},
                 {"+-", PEIL_ABOUT},
                 {"+/-", PEIL_ABOUT},
                 {"ca.", PEIL_ABOUT},
                 {"~", PEIL_ABOUT}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take(at, words[i].word)) return words[i].relation;
    return PEIL_IS;
}

/* Groups of three digits behind one to three: 3.200, 12.345.678 */
static bool is_grouped(const char *text, size_t length, char mark) {
    size_t digits = 0, groups = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && is_digit(text[i])) {
            digits++;
            continue;
        }
        if (i < length && text[i] != mark) return false;
        if (groups ? digits != 3 : digits < 1 || digits > 3) return false;
        groups++;
        digits = 0;
    }
    return groups > 1;
}

/* The mark before the decimals; 0: there are none. */
static char decimal_mark(const char *text, size_t length, peil_language language) {
    const char *point = memchr(text, '.', length), *comma = memchr(text, ',', length);
    const char thousands = language == PEIL_DUTCH ? '.' : ',';
    if (point && comma) {
        for (size_t i = length; i-- > 0;)
            if (text[i] == '.' || text[i] == ',') return text[i];
    }
    if (!point && !comma) return 0;
    const char mark = point ? '.' : ',';
    return mark == thousands && is_grouped(text, length, mark) ? 0 : mark;
}

/* Digits with their marks, to a number. */
static bool read_number(const char *text, size_t length, peil_language language, peil_decimal *out,
                        int *decimals) {
    char plain[NUMBER_MOST];
    size_t n = 0, whole = length;
    const char mark = decimal_mark(text, length, language);
    for (size_t i = length; mark && i-- > 0 && whole == length;)
        if (text[i] == mark) whole = i;
    const char other = mark == ',' ? '.' : mark == '.' ? ',' : language == PEIL_DUTCH ? '.' : ',';
    const size_t from = length && text[0] == '-';
    if (length >= NUMBER_MOST) return false;
    if (memchr(text, other, whole) && !is_grouped(text + from, whole - from, other)) return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] != other) plain[n++] = text[i] == mark ? '.' : text[i];
    *decimals = whole < length ? (int)(length - whole - 1) : 0;
    return n && is_digit(plain[n - 1]) && peil_decimal_read(plain, n, out);
}

static bool take_number(const char **at, peil_language language, peil_decimal *out, int *decimals) {
    const char *from = *at;
    if (**at == '-') ++*at;
    while (is_digit(**at) || ((**at == '.' || **at == ',') && is_digit((*at)[1]))) ++*at;
    return *at > from && read_number(from, (size_t)(*at - from), language, out, decimals);
}

static bool take_percent(const char **at) {
    const char *from = *at;
    skip_spaces(at);
    if (take(at, "%")) return true;
    *at = from;
    return false;
}

/* Raised digits, daggers, stars, and what stands between brackets or before one. */
static void skip_footnotes(const char **at) {
    static const char *const marks[] = {"*",
                                        "\xE2\x80\xA0",
                                        "\xE2\x80\xA1",
                                        "\xC2\xB9",
                                        "\xC2\xB2",
                                        "\xC2\xB3",
                                        "\xE2\x81\xB0",
                                        "\xE2\x81\xB4",
                                        "\xE2\x81\xB5",
                                        "\xE2\x81\xB6",
                                        "\xE2\x81\xB7",
                                        "\xE2\x81\xB8",
                                        "\xE2\x81\xB9",
                                        "\xE2\x81\xBD",
                                        "\xE2\x81\xBE",
                                        ")"};
    bool again = true;
    while (again) {
        skip_spaces(at);
        again = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            again = again || take(at, marks[i]);
        if (!again && **at && (*at)[1] == ')') {
            *at += 2;
            again = true;
        }
    }
}

/* "-", "*" and their likes say that there is no figure. */
static bool is_unmeasured(const char *text) {
    static const char *const words[] = {"",  "-",  "*",    "\xE2\x80\x93", "\xE2\x80\x94", ".",
                                        "x", "nb", "n.b.", "n.v.t.",       "pm",           "PM"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) return true;
    return false;
}

static bool take_dash(const char **at) {
    skip_spaces(at);
    const bool found =
        take(at, "\xE2\x80\x93") || take(at, "-") || take(at, "tot ") || take(at, "to ");
    if (found) skip_spaces(at);
    return found;
}

static bool read_statement(const char *at, peil_language language, peil_statement *out) {
    skip_spaces(&at);
    if (is_unmeasured(at)) {
        out->relation = PEIL_UNMEASURED;
        return true;
    }
    out->relation = take_relation(&at);
    skip_spaces(&at);
    if (!take_number(&at, language, &out->value, &out->decimals)) return false;
    out->is_percent = take_percent(&at);
    const char *behind = at;
    if (out->relation == PEIL_IS && take_dash(&at) && is_digit(*at)) {
        int decimals;
        out->relation = PEIL_BETWEEN;
        if (!take_number(&at, language, &out->high, &decimals)) return false;
        if (decimals > out->decimals) out->decimals = decimals;
        out->is_percent = take_percent(&at) || out->is_percent;
        if (peil_decimal_compare(out->high, out->value) < 0) return false;
    } else {
        at = behind;
    }
    skip_footnotes(&at);
    return *at == '\0';
}

peil_status peil_statement_read(const char *text, peil_language language, peil_statement *out,
                                peil_fault *fault) {
    *out = (peil_statement){.relation = PEIL_IS};
    if (read_statement(text, language, out)) return PEIL_OK;
    return peil_fail(
        fault, PEIL_EDATA,
        "\"%s\" is no figure; figures are like 5,7  32%%  >34%%  <=9%%  \xC2\xB1 3.200  -", text);
}
