/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PEIL_CORE_DATE_H
#define PEIL_CORE_DATE_H

#include <stdbool.h>

/* Whether a text is a day as ISO 8601 writes it, 2015-03-01, with or without a time behind it:
 * T12:34, T12:34:56.5, and then Z or +01:00. Such texts sort by time. */
bool peil_text_is_date(const char *text);

#endif
