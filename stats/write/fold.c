/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write/fold.h"

#include <stdint.h>
#include <string.h>

#include "write/glyph.h"

enum { NARROWEST = 20 /* folding to less helps nobody */, PAGE = 100 };

size_t peil_fold_width(size_t terminal) {
    return terminal ? terminal : PAGE;
}

/* Whether a space holds together what stands on either side: "7 (12)", "1 = yes". */
static bool is_tie(const char *text, const char *space) {
    const char before = space > text ? space[-1] : ' ';
    return space[1] == '(' || space[1] == '=' || before == '=';
}

size_t peil_fold_length(const char *text, size_t width) {
    const size_t whole = strcspn(text, "\n");
    if (peil_glyph_width(text, whole) <= width) return whole;
    size_t fitting = 0, space = 0, tie = 0;
    for (const char *at = text; at < text + whole;) {
        if (*at == ' ') *(is_tie(text, at) ? &tie : &space) = (size_t)(at - text);
        peil_glyph_next(&at);
        if (peil_glyph_width(text, (size_t)(at - text)) > width && fitting > 0) break;
        fitting = (size_t)(at - text);
    }
    return space > 0 ? space : tie > 0 ? tie : fitting;
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
