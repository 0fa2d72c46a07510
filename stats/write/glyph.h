/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters as people see them: UTF-8 text in columns of a terminal. Names and labels come from
 * files of others, so whatever could steer a terminal or hide text is made visible. */
#ifndef PEIL_WRITE_GLYPH_H
#define PEIL_WRITE_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

/* A byte that is no part of valid UTF-8 stands as this plus the byte. */
#define PEIL_GLYPH_INVALID 0x110000u

/* The next character of a NUL-terminated text; 0 at its end, else *text moves past it. */
uint32_t peil_glyph_next(const char **text);

/* Control characters, line separators and whatever changes the direction of writing. */
bool peil_glyph_is_unsafe(uint32_t glyph);

/* The columns that the first `length` bytes take. */
size_t peil_glyph_width(const char *text, size_t length);

/* Adds the text with unsafe characters as \x1b (bytes) and \u{202e} (characters). */
void peil_glyph_add_visible(peil_text *out, const char *text);

#endif
