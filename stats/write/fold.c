/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write/fold.h"

#include <stdint.h>
#include <string.h>

#include "write/glyph.h"

enum { NARROWEST = 20 }; /* folding to less helps nobody */

size_t peil_fold_length(const char *text, size_t width) {
    const size_t whole = strcspn(text, "\n");
    if (peil_glyph_width(text, whole) <= width) return whole;
    size_t fitting = 0, space = 0;
    for (const char *at = text; at < text + whole;) {
        if (*at == ' ') space = (size_t)(at - text);
        peil_glyph_next(&at);
        if (peil_glyph_width(text, (size_t)(at - text)) > width && fitting > 0) break;
        fitting = (size_t)(at - text);
    }
    return space > 0 ? space : fitting;
}

const char *peil_fold_next(const char *text, size_t length) {
    const char *end = text + length;
    return *end == ' ' || *end == '\n' ? end + 1 : end;
}

void peil_fold_add(peil_text *out, const char *text, size_t width, size_t at, size_t indent) {
    while (*text) {
        const size_t room = width > NARROWEST + at ? width - at : SIZE_MAX;
        const size_t length = peil_fold_length(text, room);
        peil_text_add_bytes(out, text, length);
        peil_text_add(out, "\n");
        text = peil_fold_next(text, length);
        if (*text) peil_text_add_format(out, "%*s", (int)indent, "");
        at = indent;
    }
}
