/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "LOW,HIGH": limits as a user writes them. */
#ifndef PEIL_REPORT_LIMITS_H
#define PEIL_REPORT_LIMITS_H

#include "calibrate/distance.h"
#include "core/fault.h"

/* Reads two numbers, the first below the second; inf and -inf set no limit, nor does NULL.
 * PEIL_EUSAGE naming the option. */
peil_status peil_limits_read(const char *text, const char *option, peil_limits *out,
                             peil_fault *fault) PEIL_CHECKED;

#endif
