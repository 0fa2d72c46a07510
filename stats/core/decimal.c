/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 int128;

#define DIGITS_EXACT 15 /* every decimal of so many digits is the shortest of its double */
#define TEXT_MAX 400    /* longer numbers are no numbers that people write */
#define POWER_MOST 22   /* 10^22 is a double, and times 53 bits it fits 128 */

static const int64_t powers[19] = {1LL,
                                   10LL,
                                   100LL,
                                   1000LL,
                                   10000LL,
                                   100000LL,
                                   1000000LL,
                                   10000000LL,
                                   100000000LL,
                                   1000000000LL,
                                   10000000000LL,
                                   100000000000LL,
                                   1000000000000LL,
                                   10000000000000LL,
                                   100000000000000LL,
                                   1000000000000000LL,
                                   10000000000000000LL,
                                   100000000000000000LL,
                                   1000000000000000000LL};

/* The form with no trailing zeros. */
static peil_decimal strip(int64_t digits, int32_t scale) {
    if (digits == 0) return (peil_decimal){0, 0};
    while (digits % 10 == 0) {
        digits /= 10;
        scale--;
    }
    return (peil_decimal){digits, scale};
}

peil_decimal peil_decimal_whole(int64_t number) {
    return strip(number, 0);
}

int64_t peil_decimal_int(peil_decimal whole) {
    return whole.digits * powers[-whole.scale];
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A number's text taken apart: the first 18 significant digits, how many there were, and the place
 * of the point. */
typedef struct parts {
    int64_t digits;
    int significant, scale;
    bool negative;
} parts;

/* Takes one digit; leading zeros are not significant, digits past the 18th only counted. */
static void take_digit(parts *out, char c, bool after_point) {
    if (out->significant > 0 || c != '0') out->significant++;
    if (out->significant <= 18) {
        out->digits = out->digits * 10 + (c - '0');
        out->scale += after_point;
    } else {
        out->scale -= !after_point;
    }
}

/* Reads "e+10" at `text`; false when it is malformed. */
static bool take_exponent(parts *out, const char *text, const char *end) {
    bool negative = false;
    int exponent = 0;
    if (text < end && (*text == '+' || *text == '-')) negative = *text++ == '-';
    if (text == end) return false;
    for (; text < end; text++) {
        if (!is_digit(*text)) return false;
        if (exponent < 100000) exponent = exponent * 10 + (*text - '0');
    }
    out->scale += negative ? exponent : -exponent;
    return true;
}

static bool take_apart(const char *text, const char *end, parts *out) {
    *out = (parts){0};
    bool any = false, after_point = false;
    if (text < end && (*text == '+' || *text == '-')) out->negative = *text++ == '-';
    for (; text < end; text++) {
        if (is_digit(*text)) {
            take_digit(out, *text, after_point);
            any = true;
        } else if (*text == '.' && !after_point) {
            after_point = true;
        } else if ((*text == 'e' || *text == 'E') && any) {
            return take_exponent(out, text + 1, end);
        } else {
            return false;
        }
    }
    return any;
}

/* Numbers of more than 15 digits, or far from 1: the nearest double decides. */
static bool read_through_double(const char *text, size_t length, bool has_digits,
                                peil_decimal *out) {
    char copy[TEXT_MAX + 1];
    if (length > TEXT_MAX) return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    const double x = strtod(copy, NULL);
    if (!isfinite(x) || (x == 0 && has_digits)) return false;
    *out = peil_decimal_of(x);
    return true;
}

/* Appends digits to a number, up to what is none. */
static const char *read_digits(const char *text, const char *end, int64_t *number) {
    int64_t digits = *number;
    for (; text < end; text++) {
        const unsigned digit = (unsigned)(*text - '0');
        if (digit > 9) break;
        digits = digits * 10 + digit;
    }
    *number = digits;
    return text;
}

/* Digits with or without a point, at most 15 of them: what most numbers are. */
static bool read_plain(const char *text, const char *end, peil_decimal *out) {
    int64_t digits = 0;
    if (end - text > DIGITS_EXACT) return false;
    const char *point = read_digits(text, end, &digits);
    const bool has_point = point < end && *point == '.';
    if (has_point && read_digits(point + 1, end, &digits) != end) return false;
    if (end - text <= has_point || (!has_point && point != end)) return false;
    const int32_t scale = has_point ? (int32_t)(end - point - 1) : 0;
    const bool has_zero = end[-1] == '0' || end[-1] == '.';
    *out = has_zero ? strip(digits, scale) : (peil_decimal){digits, scale};
    return true;
}

bool peil_decimal_read(const char *text, size_t length, peil_decimal *out) {
    const char *end = text + length;
    while (text < end && (*text == ' ' || *text == '\t')) text++;
    while (end > text && (end[-1] == ' ' || end[-1] == '\t')) end--;
    if (end - text == 1 && is_digit(*text)) { /* most survey answers */
        *out = (peil_decimal){*text - '0', 0};
        return true;
    }
    if (read_plain(text, end, out)) return true;
    parts p;
    if (!take_apart(text, end, &p)) return false;
    if (p.significant > DIGITS_EXACT || p.scale > 280 || p.scale < -280)
        return read_through_double(text, (size_t)(end - text), p.digits != 0, out);
    *out = strip(p.negative ? -p.digits : p.digits, p.scale);
    return true;
}

/* Tries x = digits / 10^scale with at most 15 digits. */
static bool short_decimal(double x, peil_decimal *out) {
    double power = 1; /* exact up to 10^22 */
    for (int scale = 0; scale <= POWER_MOST; scale++, power *= 10) {
        const double digits = nearbyint(x * power);
        if (fabs(digits) >= 1e15) return false;
        if (digits / power == x) {
            *out = strip((int64_t)digits, scale);
            return true;
        }
    }
    return false;
}

__extension__ typedef unsigned __int128 uint128;

static uint128 power_of_ten(int k) {
    return k > 18 ? (uint128)powers[18] * (uint64_t)powers[k - 18] : (uint128)powers[k];
}

/* The whole number nearest to x 10^k, where x = m 2^-s, and whether it reads back to x: whether it
 * is less than half a step of the doubles away, in whole numbers. */
static bool round_at(uint64_t m, int s, int k, uint64_t *digits) {
    const uint128 exact = (uint128)m * power_of_ten(k);
    const uint128 half = (uint128)1 << s >> 1, sum = exact + half;
    const bool tie = s > 0 && (sum & (((uint128)1 << s) - 1)) == 0; /* goes to the even one */
    const uint128 rounded = (sum >> s) & ~(uint128)tie, back = rounded << s;
    const uint128 away = exact > back ? exact - back : back - exact;
    *digits = (uint64_t)rounded;
    return 2 * away < power_of_ten(k);
}

/* 16 or 17 digits, in whole numbers of 128 bits, which hold numbers between 1e-5 and 2^53. */
static bool long_decimal(double x, peil_decimal *out) {
    const double size = fabs(x);
    int exponent;
    if (!(size >= 1e-5 && size < 9007199254740992.0)) return false;
    const uint64_t m = (uint64_t)ldexp(frexp(size, &exponent), 53);
    const int s = 53 - exponent;
    if (m == (uint64_t)1 << 52) return false; /* steps below and above it differ */
    for (int precision = 16; precision <= 17; precision++) {
        uint64_t digits = 0;
        bool reads_back = false;
        int k = precision - 1 - (int)floor(log10(size)); /* may be one off, at a power of ten */
        if (k + 1 > POWER_MOST) return false;
        for (int tries = 0; tries < 2; tries++) {
            reads_back = round_at(m, s, k, &digits);
            if (digits >= 10 * (uint64_t)powers[precision - 1])
                k--;
            else if (digits < (uint64_t)powers[precision - 1])
                k++;
            else
                break;
        }
        if (!reads_back) continue;
        *out = strip(x < 0 ? -(int64_t)digits : (int64_t)digits, k);
        return true;
    }
    return false;
}

/* The decimal of so many digits that is nearest to x or, where that does not read back, the next
 * one away from 0: below a power of two doubles lie closer than above it. */
static bool nearest_decimal(double x, int digits, peil_decimal *out) {
    char text[48];
    parts p;
    snprintf(text, sizeof text, "%.*e", digits - 1, x);
    take_apart(text, text + strlen(text), &p);
    for (int more = 0; more < 2; more++) {
        const int64_t whole = p.negative ? -(p.digits + more) : p.digits + more;
        snprintf(text, sizeof text, "%llde%d", (long long)whole, -p.scale);
        *out = strip(whole, p.scale);
        if (strtod(text, NULL) == x) return true;
    }
    return false;
}

peil_decimal peil_decimal_of(double x) {
    peil_decimal out;
    if (short_decimal(x, &out) || long_decimal(x, &out)) return out;
    int digits = 1;
    while (!nearest_decimal(x, digits, &out)) digits++; /* 17 always read back */
    return out;
}

static int count_digits(int64_t digits) {
    int count = 0;
    for (; digits; digits /= 10) count++;
    return count;
}

static int sign(int64_t x) {
    return (x > 0) - (x < 0);
}

int peil_decimal_compare(peil_decimal a, peil_decimal b) {
    if (sign(a.digits) != sign(b.digits) || a.digits == 0 || b.digits == 0)
        return sign(sign(a.digits) - sign(b.digits));
    const int size = (count_digits(a.digits) - a.scale) - (count_digits(b.digits) - b.scale);
    if (size) return sign(size) * sign(a.digits);
    /* The same number of places before the point, so scales differ by at most 17. */
    int128 x = a.digits, y = b.digits;
    if (a.scale < b.scale) x *= powers[b.scale - a.scale];
    if (b.scale < a.scale) y *= powers[a.scale - b.scale];
    return (x > y) - (x < y);
}

bool peil_decimal_add(peil_decimal a, peil_decimal b, peil_decimal *out) {
    if (a.digits == 0 || b.digits == 0) {
        *out = a.digits ? a : b;
        return true;
    }
    if (a.scale > b.scale) {
        const peil_decimal swap = a;
        a = b;
        b = swap;
    }
    if (b.scale - a.scale > 18) return false;
    const int128 sum = (int128)a.digits * powers[b.scale - a.scale] + b.digits;
    if (sum > INT64_MAX || sum < -INT64_MAX) return false;
    *out = strip((int64_t)sum, b.scale);
    return true;
}

/* "123" with a point so many places from the right, or with zeros appended. */
static size_t write_plain(const char *digits, int count, int scale, char *text) {
    char *at = text;
    if (scale <= 0) {
        memcpy(at, digits, (size_t)count);
        memset(at + count, '0', (size_t)-scale);
        return (size_t)(count - scale);
    }
    if (count <= scale) {
        at += sprintf(at, "0.");
        memset(at, '0', (size_t)(scale - count));
        at += scale - count;
        memcpy(at, digits, (size_t)count);
        return (size_t)(at + count - text);
    }
    memcpy(at, digits, (size_t)(count - scale));
    at += count - scale;
    *at++ = '.';
    memcpy(at, digits + count - scale, (size_t)scale);
    return (size_t)(at + scale - text);
}

static size_t write_exponent(const char *digits, int count, int scale, char *text) {
    char *at = text;
    *at++ = digits[0];
    if (count > 1) {
        *at++ = '.';
        memcpy(at, digits + 1, (size_t)(count - 1));
        at += count - 1;
    }
    return (size_t)(at - text) + (size_t)sprintf(at, "e%+03d", count - 1 - scale);
}

/* Plain between 1e-7 and 1e21, with an exponent outside. */
size_t peil_decimal_write(peil_decimal x, char *text) {
    char digits[24];
    char *at = text;
    if (x.digits < 0) *at++ = '-';
    const uint64_t size = x.digits < 0 ? 0 - (uint64_t)x.digits : (uint64_t)x.digits;
    const int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)size);
    const int magnitude = count - x.scale; /* places before the point */
    const bool plain = magnitude <= 21 && magnitude > -6;
    at += plain ? write_plain(digits, count, x.scale, at)
                : write_exponent(digits, count, x.scale, at);
    *at = '\0';
    return (size_t)(at - text);
}

peil_real peil_decimal_real(peil_decimal x) {
    if (x.scale == 0) return (peil_real)x.digits;
    if (x.scale > 0) return (peil_real)x.digits / peil_real_pow10(x.scale);
    return (peil_real)x.digits * peil_real_pow10(-x.scale);
}

size_t peil_double_write(double x, char text[PEIL_DECIMAL_TEXT]) {
    return peil_decimal_write(peil_decimal_of(x), text);
}
