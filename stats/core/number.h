/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people write them: 1.203,5 in Dutch and 1,203.5 in English. Rounding is printf's: to
 * the nearest decimal of the exact double, and to even where the double lies exactly halfway. */
#ifndef PEIL_CORE_NUMBER_H
#define PEIL_CORE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/language.h"
#include "core/text.h"

/* Adds x with so many decimals (at most 15); what rounds to zero has no sign. */
void peil_number_add(peil_text *out, double x, int decimals, peil_language language);

/* The same with a plus where x rounds to more than zero. */
void peil_number_add_signed(peil_text *out, double x, int decimals, peil_language language);

/* Adds a whole number. */
void peil_number_add_count(peil_text *out, uint64_t count, peil_language language);

/* Adds a number in so many significant digits (0: all), but below 1e15 never fewer than stand
 * before the point; thousands are not grouped: it may be a year. */
void peil_number_add_plain(peil_text *out, double x, int significant, peil_language language);

#endif
