/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/date.h"

#include <stddef.h>
#include <string.h>

/* So many digits; their number, or -1. */
static int take_digits(const char **at, int n) {
    int number = 0;
    for (; n > 0; n--, ++*at) {
        if (**at < '0' || **at > '9') return -1;
        number = 10 * number + (**at - '0');
    }
    return number;
}

static bool take(const char **at, char c) {
    const bool is_there = **at == c;
    *at += is_there;
    return is_there;
}

static bool is_between(int number, int low, int high) {
    return number >= low && number <= high;
}

static bool take_day(const char **at) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = take_digits(at, 4);
    if (year < 0 || !take(at, '-')) return false;
    const int month = take_digits(at, 2);
    if (!is_between(month, 1, 12) || !take(at, '-')) return false;
    const bool leaps = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return is_between(take_digits(at, 2), 1, days[month - 1] + leaps);
}

static bool take_seconds(const char **at) {
    if (!take(at, ':')) return true;
    if (!is_between(take_digits(at, 2), 0, 60)) return false; /* 60: a leap second */
    if (!take(at, '.')) return true;
    const size_t digits = strspn(*at, "0123456789");
    *at += digits;
    return digits > 0;
}

static bool take_zone(const char **at) {
    if (take(at, 'Z')) return true;
    if (!take(at, '+') && !take(at, '-')) return true;
    return is_between(take_digits(at, 2), 0, 14) && take(at, ':') &&
           is_between(take_digits(at, 2), 0, 59);
}

bool peil_text_is_date(const char *text) {
    if (!take_day(&text)) return false;
    if (!*text) return true;
    if (!take(&text, 'T') && !take(&text, ' ')) return false;
    return is_between(take_digits(&text, 2), 0, 23) && take(&text, ':') &&
           is_between(take_digits(&text, 2), 0, 59) && take_seconds(&text) && take_zone(&text) &&
           !*text;
}
