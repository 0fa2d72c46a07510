/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/limits.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/decimal.h"

static bool read_limit(const char *text, size_t length, peil_real *out) {
    peil_decimal number;
    if (peil_decimal_read(text, length, &number)) {
        *out = peil_decimal_real(number);
        return true;
    }
    const bool is_low = length == 4 && strncmp(text, "-inf", 4) == 0;
    *out = (peil_real)(is_low ? -INFINITY : INFINITY);
    return is_low || (length == 3 && strncmp(text, "inf", 3) == 0);
}

peil_status peil_limits_read(const char *text, const char *option, peil_limits *out,
                             peil_fault *fault) {
    *out = (peil_limits){(peil_real)-INFINITY, (peil_real)INFINITY};
    if (!text) return PEIL_OK;
    const char *comma = strchr(text, ',');
    if (comma && read_limit(text, (size_t)(comma - text), &out->low) &&
        read_limit(comma + 1, strlen(comma + 1), &out->high) && out->low < out->high)
        return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE,
                     "%s is two numbers, the lower first, such as 0.3,3; inf sets no limit",
                     option);
}
