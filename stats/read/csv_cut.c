/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/csv_cut.h"

#include "read/csv_bits.h"

/* ---- any lines ---- */

/* What stands in a group of bytes, outside quotes but for text. */
typedef struct group {
    uint64_t ends;  /* of lines */
    uint64_t feeds; /* those of them at which a cut may be made */
    uint64_t text;  /* what makes a line a row: all but spaces and tabs */
} group;

static group look(peil_csv_cut *cut, const char bytes[PEIL_CSV_GROUP], uint64_t there) {
    const uint64_t quoted =
        cut->inside ^ peil_csv_parity(peil_csv_find(bytes, cut->quote, cut->quote));
    const uint64_t outside = ~quoted & there;
    const char blank = cut->delimiter == '\t' ? ' ' : '\t';
    group out = {.ends = peil_csv_find(bytes, '\n', '\r') & outside,
                 .feeds = peil_csv_find(bytes, '\n', '\n') & outside};
    out.text = there & ~out.ends & ~(peil_csv_find(bytes, ' ', blank) & outside);
    cut->inside = 0 - (quoted >> (PEIL_CSV_GROUP - 1));
    return out;
}

/* Counts the rows that end in a group. Returns how many bytes there are up to its last cut. */
static size_t count_rows(peil_csv_cut *cut, group g) {
    size_t length = 0;
    for (; g.ends; g.ends &= g.ends - 1) {
        const uint64_t end = g.ends & (0 - g.ends), before = end - 1;
        cut->records += cut->has_text || (g.text & before);
        cut->has_text = false;
        g.text &= ~before;
        if (!(g.feeds & end)) continue;
        length = (size_t)__builtin_ctzll(end) + 1;
        cut->records_at_cut = cut->records;
    }
    cut->has_text = cut->has_text || g.text;
    return length;
}

static size_t find_in_groups(peil_csv_cut *cut, const char *bytes, size_t length) {
    size_t at_cut = 0;
    for (size_t i = 0; i < length; i += PEIL_CSV_GROUP) {
        char room[PEIL_CSV_GROUP];
        const size_t left = length - i;
        const bool is_whole = left >= PEIL_CSV_GROUP;
        const uint64_t there = is_whole ? UINT64_MAX : (UINT64_C(1) << left) - 1;
        const char *at = is_whole ? bytes + i : peil_csv_pad(bytes + i, left, room);
        const size_t n = count_rows(cut, look(cut, at, there));
        if (n) at_cut = i + n;
    }
    return at_cut;
}

/* ---- plain lines ---- */

enum { COUNTED = 255 }; /* lines that a byte can count */

/* Whether every line end is LF or CRLF, with text behind it; how many there are. Short loops of
 * bytes, for the sake of vector instructions. */
static bool are_plain(const char *bytes, size_t length, size_t *lines) {
    *lines = 0;
    for (size_t i = 0; i + 1 < length; i += COUNTED) {
        const size_t n = length - 1 - i < COUNTED ? length - 1 - i : COUNTED;
        uint8_t ends = 0, odd = 0;
        for (size_t k = i; k < i + n; k++) {
            const uint8_t is_end = bytes[k] == '\n', is_return = bytes[k] == '\r';
            ends = (uint8_t)(ends + is_end);
            odd |= (uint8_t)((is_end & ((unsigned char)bytes[k + 1] <= ' ')) |
                             (is_return & (bytes[k + 1] != '\n')));
        }
        if (odd) return false;
        *lines += ends;
    }
    *lines += bytes[length - 1] == '\n';
    return bytes[length - 1] != '\r';
}

/* Most blocks hold no quotes and only whole lines of text: those go several times faster. */
static bool find_in_plain(peil_csv_cut *cut, const char *bytes, size_t length, size_t *at_cut) {
    size_t lines;
    if (cut->inside || memchr(bytes, cut->quote, length)) return false;
    if (!cut->has_text && (unsigned char)*bytes <= ' ') return false;
    if (!are_plain(bytes, length, &lines)) return false;
    for (*at_cut = length; *at_cut && bytes[*at_cut - 1] != '\n';) --*at_cut;
    cut->has_text = *at_cut < length;
    cut->records += lines;
    if (lines) cut->records_at_cut = cut->records;
    return true;
}

size_t peil_csv_cut_find(peil_csv_cut *cut, const char *bytes, size_t length) {
    size_t at_cut = 0;
    if (length && !find_in_plain(cut, bytes, length, &at_cut))
        at_cut = find_in_groups(cut, bytes, length);
    return at_cut;
}
