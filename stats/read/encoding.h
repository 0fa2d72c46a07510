/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of any encoding as UTF-8, through iconv. Nothing is guessed and nothing is replaced: bytes
 * that are no text in their encoding are refused. */
#ifndef PEIL_READ_ENCODING_H
#define PEIL_READ_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "core/text.h"

/* The one name of an encoding, a static string ("UTF-8", "windows-1252"), for any of the names and
 * numbers by which people and files call it ("utf8", "cp1252", "1252", "latin1"); case, spaces and
 * punctuation do not count. NULL when nobody calls an encoding so. */
const char *peil_encoding_find(const char *name);

typedef struct peil_converter peil_converter;

/* From an encoding, named as peil_encoding_find does. Fails (PEIL_ESYSTEM) when this system cannot
 * convert from it. The caller frees *out. */
peil_status peil_converter_open(const char *encoding, peil_converter **out,
                                peil_fault *fault) PEIL_CHECKED;

/* The encoding's name. */
const char *peil_converter_encoding(const peil_converter *converter);

/* Appends `length` bytes to `out` as UTF-8. `used` NULL: they are a whole text. Else the bytes of a
 * last character that is not whole are left, and *used says how many were taken: give the rest
 * again in front of what follows. Refuses (PEIL_EDATA) bytes that are no text in the encoding;
 * record and variable are for the caller to add. */
peil_status peil_converter_convert(peil_converter *converter, const char *bytes, size_t length,
                                   size_t *used, peil_text *out, peil_fault *fault) PEIL_CHECKED;

/* NULL is fine. */
void peil_converter_free(peil_converter *converter);

#endif
