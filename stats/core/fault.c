/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void PEIL_PRINTF(3, 0)
    fill(peil_fault *fault, peil_status status, const char *format, va_list arguments) {
    memset(fault, 0, sizeof *fault);
    fault->status = status;
    vsnprintf(fault->message, sizeof fault->message, format, arguments);
}

peil_status peil_fail(peil_fault *fault, peil_status status, const char *format, ...) {
    if (fault) {
        va_list arguments;
        va_start(arguments, format);
        fill(fault, status, format, arguments);
        va_end(arguments);
    }
    return status;
}

peil_status peil_refuse(peil_fault *fault, uint64_t record, const char *variable,
                        const char *format, ...) {
    if (fault) {
        va_list arguments;
        va_start(arguments, format);
        fill(fault, PEIL_EDATA, format, arguments);
        va_end(arguments);
        fault->record = record;
        snprintf(fault->variable, sizeof fault->variable, "%s", variable);
    }
    return PEIL_EDATA;
}

peil_status peil_fail_memory(peil_fault *fault) {
    return peil_fail(fault, PEIL_ESYSTEM, "out of memory");
}
