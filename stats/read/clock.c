/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/clock.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/decimal.h"

__extension__ typedef __int128 int128;

#define DAY_SECONDS 86400
#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */
#define DECIMALS_MOST 15

static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

/* The civil date of a day counted from 1970-01-01, by eras of 400 years that begin in March
 * (Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013). */
static size_t write_day(int64_t day, char *text) {
    const int64_t shifted = day + 719468, era = floor_divide(shifted, 146097);
    const int64_t of_era = shifted - era * 146097;
    const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const int64_t march = (5 * of_year + 2) / 153; /* months since March */
    const int64_t month = march < 10 ? march + 3 : march - 9;
    return (size_t)snprintf(text, PEIL_CLOCK_TEXT, "%04d-%02d-%02d",
                            (int)(year + era * 400 + (month <= 2)), (int)month,
                            (int)(of_year - (153 * march + 2) / 5 + 1));
}

/* Whole seconds since the epoch, and the decimals behind them: `decimals` digits of `fraction`. */
typedef struct moment {
    int64_t seconds, fraction;
    int decimals;
} moment;

/* Exactly, from the number's shortest decimal. */
static bool split(double value, const peil_clock *clock, moment *out) {
    if (!(fabs(value) < 1e15)) return false;
    const peil_decimal x = peil_decimal_of(value);
    int128 digits = x.digits, unit = 1;
    int decimals = x.scale + (clock->per_second == 1000 ? 3 : 0);
    if (clock->per_second == 0) digits *= DAY_SECONDS;
    for (; decimals < 0; decimals++) digits *= 10;
    for (; decimals > 0 && digits % 10 == 0; decimals--) digits /= 10;
    if (decimals > DECIMALS_MOST) return false;
    for (int i = 0; i < decimals; i++) unit *= 10;
    const int128 seconds = digits / unit - (digits % unit < 0);
    out->seconds = (int64_t)seconds;
    out->fraction = (int64_t)(digits - seconds * unit);
    out->decimals = decimals;
    return true;
}

size_t peil_clock_write(double value, const peil_clock *clock, char text[PEIL_CLOCK_TEXT]) {
    moment m;
    if (!split(value, clock, &m)) return 0;
    const int64_t days = floor_divide(m.seconds, DAY_SECONDS), day = days + clock->epoch;
    const int second = (int)(m.seconds - days * DAY_SECONDS);
    if (day < FIRST_DAY || day > LAST_DAY) return 0;
    size_t n = write_day(day, text);
    if (!clock->has_time && second == 0 && m.decimals == 0) return n;
    n += (size_t)snprintf(text + n, PEIL_CLOCK_TEXT - n, "T%02d:%02d:%02d", second / 3600,
                          second / 60 % 60, second % 60);
    if (m.decimals)
        n += (size_t)snprintf(text + n, PEIL_CLOCK_TEXT - n, ".%0*lld", m.decimals,
                              (long long)m.fraction);
    return n;
}

const peil_clock *peil_clock_find(const peil_clock_format *formats, const char *format) {
    size_t length = strlen(format);
    while (length && strchr("0123456789.", format[length - 1])) length--;
    for (; formats->name; formats++)
        if (strlen(formats->name) == length && strncasecmp(formats->name, format, length) == 0)
            return formats->clock;
    return NULL;
}
