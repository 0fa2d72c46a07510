/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that grows. The first failing allocation is remembered and later additions do nothing, so
 * that a writer adds piece after piece and asks once at the end. */
#ifndef PEIL_CORE_TEXT_H
#define PEIL_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"

typedef struct peil_text {
    char *bytes; /* always ends in NUL once something was added; may hold NULs */
    size_t length, capacity;
    bool failed; /* an allocation failed: what is here is not whole */
} peil_text;

void peil_text_add(peil_text *text, const char *string);
void peil_text_add_bytes(peil_text *text, const char *bytes, size_t length);
void peil_text_add_format(peil_text *text, const char *format, ...) PEIL_PRINTF(2, 3);
void peil_text_clear(peil_text *text);

#endif
