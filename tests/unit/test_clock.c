/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that are dates. The days are those of Python's datetime; the expected texts were made by
 *   python3 -c "import datetime as d; print((d.datetime(1960,1,1)+d.timedelta(20000)).isoformat())"
 * and the like. */
#include "read/clock.h"

#include <math.h>

#include "core/date.h"
#include "support/testing.h"

static const peil_clock days = {PEIL_DAY_1960, 0, false}, seconds = {PEIL_DAY_1582, 1, false},
                        moments = {PEIL_DAY_1582, 1, true}, millis = {PEIL_DAY_1960, 1000, true};

static const struct {
    const peil_clock *clock;
    double value;
    const char *text; /* "": none */
} cases[] = {
    {&days, 0, "1960-01-01"},
    {&days, -0.0, "1960-01-01"},
    {&days, 20000, "2014-10-04"},
    {&days, 59, "1960-02-29"},
    {&days, 60, "1960-03-01"},
    {&days, -1, "1959-12-31"},
    {&days, -21914, "1900-01-01"},
    {&days, 14669, "2000-02-29"},
    {&days, 51195, "2100-03-02"},
    {&days, -715509, "0001-01-01"},
    {&days, -715510, ""},
    {&days, 2936549, "9999-12-31"},
    {&days, 2936550, ""},
    {&days, 20000.5, "2014-10-04T12:00:00"},
    {&days, -0.5, "1959-12-31T12:00:00"},
    {&days, 1e300, ""},
    {&days, -1e300, ""},
    {&days, INFINITY, ""},
    {&days, NAN, ""},
    {&days, 5e-324, ""},
    {&seconds, 0, "1582-10-14"},
    {&seconds, 13644547200, "2015-03-01"},
    {&seconds, 13644547201, "2015-03-01T00:00:01"},
    {&seconds, 13644633599.5, "2015-03-01T23:59:59.5"},
    {&moments, 13644547200, "2015-03-01T00:00:00"},
    {&moments, 13644592496.25, "2015-03-01T12:34:56.25"},
    {&moments, -1, "1582-10-13T23:59:59"},
    {&moments, -0.25, "1582-10-13T23:59:59.75"},
    {&millis, 0, "1960-01-01T00:00:00"},
    {&millis, 1740832496789, "2015-03-01T12:34:56.789"},
    {&millis, 1740832496000, "2015-03-01T12:34:56"},
    {&millis, -1, "1959-12-31T23:59:59.999"},
    {&millis, 0.5, "1960-01-01T00:00:00.0005"},
};

Test(clock, moments_in_iso_8601) {
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[PEIL_CLOCK_TEXT] = "";
        const size_t length = peil_clock_write(cases[i].value, cases[i].clock, text);
        cr_expect_eq(length, strlen(cases[i].text), "%.17g: %zu", cases[i].value, length);
        if (length == 0) continue;
        cr_expect_str_eq(text, cases[i].text, "%.17g", cases[i].value);
        cr_expect(peil_text_is_date(text), "%s", text);
    }
}

/* Each day is the one behind the day before, for twelve thousand years; texts sort by time. */
Test(clock, days_follow_each_other) {
    char before[PEIL_CLOCK_TEXT], text[PEIL_CLOCK_TEXT];
    cr_assert_eq(peil_clock_write(-715509, &days, before), 10);
    for (int day = -715508; day <= 2936549; day++) {
        HOLDS(peil_clock_write(day, &days, text) == 10, "day %d", day);
        HOLDS(strcmp(before, text) < 0, "%s behind %s", text, before);
        HOLDS(peil_text_is_date(text), "%s", text);
        strcpy(before, text);
    }
}

Test(clock, formats_by_their_names) {
    static const peil_clock_format formats[] = {
        {"DATE", &days}, {"DATETIME", &moments}, {"E8601DA", &days}, {NULL, NULL}};
    static const struct {
        const char *format;
        const peil_clock *clock;
    } names[] = {{"DATE", &days},
                 {"DATE9", &days},
                 {"DATE9.", &days},
                 {"date11", &days},
                 {"DATETIME20.2", &moments},
                 {"DATETIME", &moments},
                 {"E8601DA", &days},
                 {"E8601DA10.", &days},
                 {"", NULL},
                 {"9.2", NULL},
                 {"F8.2", NULL},
                 {"DATES", NULL},
                 {"DAT", NULL},
                 {"TIME8", NULL},
                 {"E8601", NULL}};
    for (size_t i = 0; i < COUNT(names); i++)
        cr_expect_eq(peil_clock_find(formats, names[i].format), names[i].clock, "%s",
                     names[i].format);
}
