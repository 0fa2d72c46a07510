/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals: what is a number, which decimal stands for it, and its one text. */
#include "core/decimal.h"

#include <float.h>
#include <math.h>

#include "support/testing.h"

static const struct {
    const char *text;
    int64_t digits;
    int32_t scale;
} numbers[] = {
    {"0", 0, 0},
    {"7", 7, 0},
    {"-0", 0, 0},
    {"+0.000", 0, 0},
    {"0e400", 0, 0},
    {"0e-400", 0, 0},
    {"+1", 1, 0},
    {"-1", -1, 0},
    {"1.", 1, 0},
    {".5", 5, 1},
    {"-.5", -5, 1},
    {"1.50", 15, 1},
    {"100", 1, -2},
    {"12300", 123, -2},
    {"  42\t", 42, 0},
    {"0042", 42, 0},
    {"000", 0, 0},
    {"00.250", 25, 2},
    {"0000000000000000000000000000000012.5", 125, 1},
    {"1e3", 1, -3},
    {"1E3", 1, -3},
    {"1e+3", 1, -3},
    {"1.5e-3", 15, 4},
    {"2e0", 2, 0},
    {"123456789012345", 123456789012345, 0},
    {"0.123456789012345", 123456789012345, 15},
    /* 16 and 17 digits: the shortest decimal of the nearest double */
    {"1234567890123456", 1234567890123456, 0},
    {"0.1234567890123456", 1234567890123456, 16},
    {"12345678901234567", 12345678901234568, 0},
    {"0.12345678901234567", 12345678901234566, 17},
    {"0.3000000000000000", 3, 1},
    {"0.30000000000000004", 30000000000000004, 17},
    {"0.30000000000000001", 3, 1},
    {"9007199254740993", 9007199254740992, 0},
    {"9007199254740992", 9007199254740992, 0},
    {"0.1000000000000000055511151231257827", 1, 1},
    {"1000000000000000000000", 1, -21},
    {"123456789012345678901234567890", 12345678901234568, -13},
    {"1e300", 1, -300},
    {"1e-300", 1, 300},
    {"2.2250738585072014e-308", 22250738585072014, 324},
    {"1.7976931348623157e308", 17976931348623157, -292},
    {"-1.7976931348623157e308", -17976931348623157, -292},
};

Test(decimal, reads) {
    for (size_t i = 0; i < COUNT(numbers); i++) {
        peil_decimal x = {-1, -1};
        const bool is_number = peil_decimal_read(numbers[i].text, strlen(numbers[i].text), &x);
        cr_expect(is_number && x.digits == numbers[i].digits && x.scale == numbers[i].scale,
                  "%s: %d, %" PRId64 " scale %d", numbers[i].text, is_number, x.digits, x.scale);
    }
}

/* Below the normal doubles few digits are left, and the shortest decimal has no more. */
Test(decimal, reads_subnormals) {
    static const struct {
        const char *text;
        int64_t digits;
        int32_t scale;
    } cases[] = {
        {"5e-324", 5, 324},    {"4.9406564584124654e-324", 5, 324},
        {"1e-323", 1, 323},    {"1e-310", 1, 310},
        {"1.5e-315", 15, 316},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_decimal x = {0, 0};
        cr_expect(peil_decimal_read(cases[i].text, strlen(cases[i].text), &x));
        cr_expect(x.digits == cases[i].digits && x.scale == cases[i].scale,
                  "%s: %" PRId64 " scale %d", cases[i].text, x.digits, x.scale);
    }
}

static const char *const malformed[] = {
    "",
    " ",
    "\t",
    ".",
    "-",
    "+",
    "-.",
    "e5",
    ".e5",
    "1e",
    "1e+",
    "1e-",
    "1.2.3",
    "1,5",
    "1 2",
    "--1",
    "+-1",
    "1-",
    "0x10",
    "1e5.5",
    "inf",
    "nan",
    "NA",
    "1a",
    "a1",
    "1e309",
    "-1e309",
    "1e-400",
    "1e99999999999",
    "1\n",
    "\n1",
    "1.8e308",
    "1_000",
    "1'000",
    "\xC2\xA0"
    "1",
    "\xE2\x88\x92"
    "1",
};

Test(decimal, refuses) {
    for (size_t i = 0; i < COUNT(malformed); i++) {
        peil_decimal x;
        cr_expect_not(peil_decimal_read(malformed[i], strlen(malformed[i]), &x), "\"%s\"",
                      malformed[i]);
    }
    peil_decimal x;
    cr_expect_not(peil_decimal_read("1\0002", 3, &x), "a NUL inside");
}

Test(decimal, reads_no_further_than_its_length) {
    peil_decimal x;
    cr_expect(peil_decimal_read("12345", 2, &x) && x.digits == 12 && x.scale == 0);
    cr_expect(peil_decimal_read("1.5e9", 3, &x) && x.digits == 15 && x.scale == 1);
}

Test(decimal, reads_long_texts) {
    char text[400];
    peil_decimal x = {0, 0};
    memset(text, '0', sizeof text);
    text[1] = '.';
    text[300] = '7';
    cr_expect(peil_decimal_read(text, sizeof text, &x) && x.digits == 7 && x.scale == 299,
              "%" PRId64 " scale %d", x.digits, x.scale);
    memset(text, '1', sizeof text);
    cr_expect_not(peil_decimal_read(text, sizeof text, &x), "more than a double holds");
    cr_expect(peil_decimal_read(text, 300, &x) && x.digits == 11111111111111112 && x.scale == -283,
              "%" PRId64 " scale %d", x.digits, x.scale);
}

/* In ascending order, equals side by side. */
static const char *const ordered[] = {
    "-1.7976931348623157e308",
    "-1e22",
    "-12345678901234568",
    "-100",
    "-99.999",
    "-1",
    "-0.5",
    "-1e-300",
    "0",
    "1e-300",
    "0.000001",
    "0.5",
    "0.50000000000000011",
    "1",
    "1.0000000000000002",
    "9",
    "10",
    "99.999",
    "100",
    "12345678901234566",
    "12345678901234568",
    "1e22",
    "1e300",
};

Test(decimal, compares_across_scales) {
    for (size_t i = 0; i < COUNT(ordered); i++)
        for (size_t j = 0; j < COUNT(ordered); j++) {
            peil_decimal a, b;
            cr_assert(peil_decimal_read(ordered[i], strlen(ordered[i]), &a));
            cr_assert(peil_decimal_read(ordered[j], strlen(ordered[j]), &b));
            HOLDS(peil_decimal_compare(a, b) == (i > j) - (i < j), "%s and %s", ordered[i],
                  ordered[j]);
        }
}

static const struct {
    double x;
    const char *text;
} texts[] = {
    {0, "0"},
    {-0.0, "0"},
    {1, "1"},
    {-1.5, "-1.5"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {100, "100"},
    {1e20, "100000000000000000000"},
    {1e21, "1e+21"},
    {-1e22, "-1e+22"},
    {0.000001, "0.000001"},
    {0.0000001, "1e-07"},
    {1.25e-10, "1.25e-10"},
    {123456.789, "123456.789"},
    {9007199254740993.0, "9007199254740992"},
    {DBL_MAX, "1.7976931348623157e+308"},
    {DBL_MIN, "2.2250738585072014e-308"},
    {DBL_EPSILON, "2.220446049250313e-16"},
    {1.0 / 3, "0.3333333333333333"},
};

Test(decimal, writes) {
    for (size_t i = 0; i < COUNT(texts); i++) {
        char text[PEIL_DECIMAL_TEXT];
        const size_t length = peil_double_write(texts[i].x, text);
        cr_expect_str_eq(text, texts[i].text);
        cr_expect_eq(length, strlen(texts[i].text));
    }
}

static double from_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Any double, or one of the size of survey data with few digits. */
static double random_double(uint64_t *state) {
    if (random_below(state, 2)) return from_bits(random_next(state));
    const double digits = (double)(int64_t)random_below(state, 20000000) - 10000000;
    return digits / pow(10, (double)random_below(state, 9));
}

Test(decimal, writes_what_reads_back) {
    uint64_t state = 1;
    for (size_t i = 0; i < 100000; i++) {
        const double x = random_double(&state);
        if (!isfinite(x)) continue;
        char text[PEIL_DECIMAL_TEXT];
        const size_t length = peil_double_write(x, text);
        peil_decimal read = {0, 0};
        const peil_decimal made = peil_decimal_of(x);
        HOLDS(length == strlen(text) && length < sizeof text, "%a", x);
        HOLDS(!(strtod(text, NULL) < x) && !(strtod(text, NULL) > x), "%a as %s", x, text);
        HOLDS(peil_decimal_read(text, length, &read), "%s", text);
        HOLDS(read.digits == made.digits && read.scale == made.scale, "%s", text);
    }
}

/* The digits of the shortest text of the C library that reads back. */
static int shortest_digits(double x) {
    char text[40];
    int precision = 0;
    do snprintf(text, sizeof text, "%.*e", precision, x);
    while (strtod(text, NULL) != x && ++precision < 17);
    return precision + 1;
}

static int count_digits(int64_t digits) {
    int n = 0;
    for (; digits; digits /= 10) n++;
    return n;
}

Test(decimal, is_shortest) {
    uint64_t state = 2;
    for (size_t i = 0; i < 20000; i++) {
        const double x = random_double(&state);
        if (!isnormal(x)) continue;
        const peil_decimal made = peil_decimal_of(x);
        HOLDS(made.digits % 10 != 0, "%a", x);
        HOLDS(count_digits(made.digits) <= shortest_digits(x), "%a: %" PRId64, x, made.digits);
    }
}

/* At a power of two the doubles below lie closer than those above, so that a decimal with a digit
 * less than the nearest one of 17 digits may read back all the same. */
Test(decimal, is_shortest_at_powers_of_two) {
    static const struct {
        int power;
        int64_t digits;
        int32_t scale;
    } cases[] = {{-44, 5684341886080802, 29},
                 {-24, 5960464477539063, 23},
                 {89, 6189700196426902, -11},
                 {132, 5444517870735016, -24},
                 {-97, 6310887241768095, 45}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        const peil_decimal x = peil_decimal_of(ldexp(1, cases[i].power));
        cr_expect(x.digits == cases[i].digits && x.scale == cases[i].scale,
                  "2^%d: %" PRId64 " scale %d", cases[i].power, x.digits, x.scale);
    }
}

Test(decimal, adds) {
    static const struct {
        const char *a, *b, *sum; /* NULL: needs too many digits */
    } cases[] = {
        {"1", "2", "3"},         {"0.1", "0.2", "0.3"},
        {"1", "-1", "0"},        {"0", "2.5", "2.5"},
        {"2.5", "0", "2.5"},     {"99.5", "0.5", "100"},
        {"1e18", "1", NULL},     {"1e17", "1", "100000000000000001"},
        {"1e300", "1", NULL},    {"1e-300", "0", "1e-300"},
        {"-1.25", "0.25", "-1"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_decimal a, b, sum = {0, 0};
        char text[PEIL_DECIMAL_TEXT];
        cr_assert(peil_decimal_read(cases[i].a, strlen(cases[i].a), &a));
        cr_assert(peil_decimal_read(cases[i].b, strlen(cases[i].b), &b));
        const bool fits = peil_decimal_add(a, b, &sum);
        if (!cases[i].sum && !fits) continue;
        peil_decimal_write(sum, text);
        if (cases[i].sum)
            cr_expect(fits && !strcmp(text, cases[i].sum), "%s + %s", cases[i].a, cases[i].b);
    }
}

Test(decimal, becomes_a_real) {
    static const struct {
        peil_decimal x;
        double value;
    } cases[] = {{{0, 0}, 0},
                 {{15, 1}, 1.5},
                 {{1, -3}, 1000},
                 {{-25, 2}, -0.25},
                 {{1, 1}, 0.1},
                 {{1, 300}, 1e-300},
                 {{17976931348623157, -292}, DBL_MAX}};
    for (size_t i = 0; i < COUNT(cases); i++)
        cr_expect_eq((double)peil_decimal_real(cases[i].x), cases[i].value, "case %zu", i);
}
