/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that a file shows as dates. Statistical programs count days, seconds or milliseconds from
 * a day of their own. */
#ifndef PEIL_READ_CLOCK_H
#define PEIL_READ_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a number counts. */
typedef struct peil_clock {
    int64_t epoch;      /* the day of the number 0, counted from 1970-01-01 */
    int32_t per_second; /* 1 or 1000; 0: days */
    bool has_time;      /* the time of day is part of it, also at midnight */
} peil_clock;

#define PEIL_DAY_1960 (-3653)   /* of SAS and Stata */
#define PEIL_DAY_1582 (-141428) /* of SPSS: 14 October, the day before the Gregorian calendar */

#define PEIL_CLOCK_TEXT 48

/* Writes ISO 8601 ("2015-03-01", "2015-03-01T12:34:56.5") to the last decimal of the number;
 * returns its length, or 0 when that is no moment of the years 1 to 9999. */
size_t peil_clock_write(double value, const peil_clock *clock, char text[PEIL_CLOCK_TEXT]);

/* A display format and its clock. */
typedef struct peil_clock_format {
    const char *name;
    const peil_clock *clock;
} peil_clock_format;

/* The clock of a format by its name, width and decimals aside ("DATE9.", "DATETIME20.2"), in a list
 * that ends with a NULL name; NULL: the format shows no date. */
const peil_clock *peil_clock_find(const peil_clock_format *formats, const char *format);

#endif
