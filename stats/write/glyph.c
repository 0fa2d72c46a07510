/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small table of our own stands in for wcwidth, which knows nothing without a locale. */
#include "write/glyph.h"

#include <string.h>

typedef struct range {
    uint32_t first, last;
} range;

/* Marks that stand on the character before them, and joiners. */
static const range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200D},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

/* East Asian wide and full-width characters, and emoji. */
static const range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

/* C0, DEL and C1; marks, embeddings and isolates of direction; separators of lines and
 * paragraphs; the byte order mark; tags. */
static const range unsafe[] = {
    {0x01, 0x1F},     {0x7F, 0x9F},       {0x061C, 0x061C},
    {0x200E, 0x200F}, {0x2028, 0x202E},   {0x2066, 0x2069},
    {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F}, {PEIL_GLYPH_INVALID, UINT32_MAX},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool lies_in(uint32_t glyph, const range *ranges, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (glyph >= ranges[i].first && glyph <= ranges[i].last) return true;
    }
    return false;
}

/* How many bytes a character with this first byte has; 0 when none begins so. */
static size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/* The character in `length` bytes, or INVALID; overlong forms and surrogates are invalid too. */
static uint32_t decode(const unsigned char *bytes, size_t length) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 1) return bytes[0];
    if (length == 0) return PEIL_GLYPH_INVALID;
    uint32_t glyph = bytes[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return PEIL_GLYPH_INVALID; /* the end of the text as well */
        glyph = glyph << 6 | (bytes[i] & 0x3Fu);
    }
    const bool is_surrogate = glyph >= 0xD800 && glyph <= 0xDFFF;
    if (glyph < smallest[length] || glyph > 0x10FFFF || is_surrogate) return PEIL_GLYPH_INVALID;
    return glyph;
}

uint32_t peil_glyph_next(const char **text) {
    const unsigned char *bytes = (const unsigned char *)*text;
    if (!bytes[0]) return 0;
    const size_t length = length_of(bytes[0]);
    const uint32_t glyph = decode(bytes, length);
    const bool is_valid = glyph != PEIL_GLYPH_INVALID;
    *text += is_valid ? length : 1;
    return is_valid ? glyph : PEIL_GLYPH_INVALID + bytes[0];
}

bool peil_glyph_is_unsafe(uint32_t glyph) {
    return lies_in(glyph, unsafe, COUNT(unsafe));
}

size_t peil_glyph_width(const char *text, size_t length) {
    size_t width = 0;
    for (const char *at = text; at < text + length && *at;) {
        const uint32_t glyph = peil_glyph_next(&at);
        if (glyph < combining[0].first) { /* nearly all text */
            width++;
            continue;
        }
        if (lies_in(glyph, combining, COUNT(combining))) continue;
        width += lies_in(glyph, wide, COUNT(wide)) ? 2 : 1;
    }
    return width;
}

void peil_glyph_add_visible(peil_text *out, const char *text) {
    for (const char *at = text; *at;) {
        const char *start = at;
        const uint32_t glyph = peil_glyph_next(&at);
        if (!peil_glyph_is_unsafe(glyph)) {
            peil_text_add_bytes(out, start, (size_t)(at - start));
        } else if (glyph < 0x80 || glyph >= PEIL_GLYPH_INVALID) {
            peil_text_add_format(out, "\\x%02x", (unsigned)(unsigned char)*start);
        } else {
            peil_text_add_format(out, "\\u{%x}", (unsigned)glyph);
        }
    }
}
