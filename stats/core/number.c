/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/decimal.h"

/* Room for the largest double: 309 digits, a sign, a point and 15 decimals. */
enum { ROOM = 352, MOST_DECIMALS = 15 };

static const char *decimal_mark(peil_language language) {
    return language == PEIL_DUTCH ? "," : ".";
}

static const char *group_mark(peil_language language) {
    return language == PEIL_DUTCH ? "." : ",";
}

/* Adds digits with at most one point; the whole part in groups of three if so wanted. */
static void add_digits(peil_text *out, const char *digits, bool grouped, peil_language language) {
    const size_t whole = strcspn(digits, ".e");
    for (size_t i = 0; i < whole; i++) {
        if (grouped && i > 0 && (whole - i) % 3 == 0) peil_text_add(out, group_mark(language));
        peil_text_add_bytes(out, digits + i, 1);
    }
    const char *rest = digits + whole;
    if (*rest == '.') {
        peil_text_add(out, decimal_mark(language));
        rest++;
    }
    peil_text_add(out, rest);
}

/* The decimal without its last `drop` digits, halves away from zero. */
static uint64_t drop_digits(uint64_t digits, int drop) {
    uint64_t unit = 1;
    if (drop > 18) return 0; /* a decimal has 17 digits */
    while (drop-- > 0) unit *= 10;
    return digits / unit + (digits % unit >= (unit + 1) / 2 && unit > 1);
}

/* Rounds as people and spreadsheets do: 12.5 to 13, and 2.675, which no double is, to 2.68. */
static void write_rounded(double x, int decimals, char *digits) {
    const peil_decimal shortest = peil_decimal_of(x);
    if (shortest.scale <= decimals) { /* there is nothing to round */
        snprintf(digits, ROOM, "%.*f", decimals, x);
        return;
    }
    const bool is_negative = shortest.digits < 0;
    const uint64_t all = (uint64_t)(is_negative ? -shortest.digits : shortest.digits);
    uint64_t unit = 1;
    for (int i = 0; i < decimals; i++) unit *= 10;
    const uint64_t rounded = drop_digits(all, shortest.scale - decimals);
    const char *sign = is_negative ? "-" : "";
    const int n = snprintf(digits, ROOM, "%s%" PRIu64, sign, rounded / unit);
    if (decimals) snprintf(digits + n, ROOM - (size_t)n, ".%0*" PRIu64, decimals, rounded % unit);
}

static void add_rounded(peil_text *out, double x, int decimals, const char *plus,
                        peil_language language) {
    char digits[ROOM];
    if (decimals < 0) decimals = 0;
    if (decimals > MOST_DECIMALS) decimals = MOST_DECIMALS;
    write_rounded(x, decimals, digits);
    const char *magnitude = digits[0] == '-' ? digits + 1 : digits;
    if (strpbrk(magnitude, "123456789")) peil_text_add(out, magnitude > digits ? "-" : plus);
    add_digits(out, magnitude, true, language);
}

void peil_number_add(peil_text *out, double x, int decimals, peil_language language) {
    add_rounded(out, x, decimals, "", language);
}

void peil_number_add_signed(peil_text *out, double x, int decimals, peil_language language) {
    add_rounded(out, x, decimals, "+", language);
}

void peil_number_add_count(peil_text *out, uint64_t count, peil_language language) {
    char digits[ROOM];
    snprintf(digits, sizeof digits, "%" PRIu64, count);
    add_digits(out, digits, true, language);
}

void peil_number_add_plain(peil_text *out, double x, int significant, peil_language language) {
    char digits[ROOM];
    if (significant > 0) {
        snprintf(digits, sizeof digits, "%.*g", significant, x);
        if (strchr(digits, 'e') && fabs(x) >= 1 && fabs(x) < 1e15) /* a population, say */
            snprintf(digits, sizeof digits, "%.0f", x);
    } else {
        peil_double_write(x, digits);
    }
    add_digits(out, digits, false, language);
}
