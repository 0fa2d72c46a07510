/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PEIL_READ_SAS_CLOCK_H
#define PEIL_READ_SAS_CLOCK_H

#include "read/clock.h"

/* What the numbers count that SAS shows in this format; NULL: they are no dates. */
const peil_clock *peil_sas_clock(const char *format);

#endif
