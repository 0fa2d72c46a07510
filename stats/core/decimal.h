/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as the decimals people wrote. A decimal stands for the double nearest to its text and is
 * that double's shortest decimal, so that a text file and a binary file of the same numbers give
 * the same sums. */
#ifndef PEIL_CORE_DECIMAL_H
#define PEIL_CORE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/real.h"

/* The value is digits * 10^-scale; no trailing zeros in digits; zero is {0, 0}. A scale may be
 * negative (1e300 is {1, -300}). At most 17 significant digits. */
typedef struct peil_decimal {
    int64_t digits;
    int32_t scale;
} peil_decimal;

/* Room for the longest text of a decimal, its end included. */
#define PEIL_DECIMAL_TEXT 32

/* Reads a number: sign, digits, point, exponent; spaces and tabs around are ignored. False for
 * anything else, for nothing at all, and for numbers beyond a double. */
bool peil_decimal_read(const char *text, size_t length, peil_decimal *out);

/* The shortest decimal of a finite double. */
peil_decimal peil_decimal_of(double x);

/* The decimal of a whole number, and the whole number, below 10^18, of a decimal that is one. */
peil_decimal peil_decimal_whole(int64_t number);
int64_t peil_decimal_int(peil_decimal whole);

/* The same number: decimals have one form. */
static inline bool peil_decimal_equal(peil_decimal a, peil_decimal b) {
    return a.digits == b.digits && a.scale == b.scale;
}

/* -1, 0 or 1, exactly. */
int peil_decimal_compare(peil_decimal a, peil_decimal b);

/* Writes the one text of a decimal ("1.5", "-20", "1e+22"), at most PEIL_DECIMAL_TEXT bytes with
 * the end; returns its length. */
size_t peil_decimal_write(peil_decimal x, char *text);

/* The value in 113 bits. */
peil_real peil_decimal_real(peil_decimal x);

/* Sum of two decimals; false when it needs more than an int64 of digits. */
bool peil_decimal_add(peil_decimal a, peil_decimal b, peil_decimal *out);

/* Writes the shortest text that reads back to x; returns its length. */
size_t peil_double_write(double x, char text[PEIL_DECIMAL_TEXT]);

#endif
