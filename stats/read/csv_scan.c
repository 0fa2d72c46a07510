/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/csv_scan.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "read/csv_bits.h"

enum { AT_ONCE = 8 }; /* bounds that are put */

#define TOP (UINT64_C(1) << 63)

peil_status peil_csv_scan_make(char delimiter, char quote, size_t nfields, peil_csv_scan *out,
                               peil_fault *fault) {
    *out = (peil_csv_scan){.delimiter = delimiter, .quote = quote, .nfields = nfields};
    return peil_array_make(&out->bounds, PEIL_CSV_PIECE + 2 + AT_ONCE, sizeof *out->bounds, fault);
}

void peil_csv_scan_clear(peil_csv_scan *scan) {
    free(scan->bounds);
    *scan = (peil_csv_scan){0};
}

/* ---- the bounds ---- */

/* Puts some at a time, perhaps more than there are, as a loop whose end depends on the text is
 * slower: the end is then guessed wrong. What is too many is written over by the next. */
static uint32_t *put_bounds(uint64_t bits, uint32_t place, uint32_t *bounds) {
    uint32_t *end = bounds + peil_csv_count(bits);
    while (bounds < end)
        for (int i = 0; i < AT_ONCE; i++, bits &= bits - 1)
            *bounds++ = place + (uint32_t)__builtin_ctzll(bits | TOP);
    return end;
}

/* Where fields end: at delimiters and line ends with an even number of quotes before them. Returns
 * how many do. */
static size_t find_bounds(const peil_csv_scan *scan, size_t length, uint32_t *bounds) {
    const char delimiter = scan->delimiter, quote = scan->quote, *text = scan->bytes;
    const bool has_quotes = scan->has_quotes;
    uint32_t *end = bounds;
    uint64_t inside = 0; /* all bits, while a group begins between quotes */
    for (size_t i = 0; i < length; i += PEIL_CSV_GROUP) {
        char room[PEIL_CSV_GROUP];
        const char *bytes =
            length - i < PEIL_CSV_GROUP ? peil_csv_pad(text + i, length - i, room) : text + i;
        uint64_t bits = peil_csv_find(bytes, delimiter, '\n');
        if (has_quotes) {
            const uint64_t quoted = inside ^ peil_csv_parity(peil_csv_find(bytes, quote, quote));
            inside = 0 - (quoted >> (PEIL_CSV_GROUP - 1));
            bits &= ~quoted;
        }
        end = put_bounds(bits, (uint32_t)i, end);
    }
    return (size_t)(end - bounds);
}

/* ---- whether they are plain rows ---- */

/* Lines may end between quotes; else the first line end must be that of the row. A carriage return
 * belongs to a line end: libcsv takes others for line ends of their own, outside quotes. */
static bool ends_in_line(const peil_csv_scan *scan, size_t row) {
    const uint32_t *bounds = scan->bounds + row * scan->nfields;
    const char *begin = scan->bytes + (uint32_t)(bounds[0] + 1);
    const char *end = scan->bytes + bounds[scan->nfields];
    if (scan->has_returns) {
        const char *found = memchr(begin, '\r', (size_t)(end - begin));
        if (found && found != end - 1) return false;
    }
    return scan->has_quotes ? *end == '\n' : memchr(begin, '\n', (size_t)(end - begin) + 1) == end;
}

static bool end_in_lines(const peil_csv_scan *scan, size_t rows) {
    size_t row = 0;
    while (row < rows && ends_in_line(scan, row)) row++;
    return row == rows;
}

static size_t count(const char *bytes, size_t length, char wanted) {
    size_t n = 0;
    for (size_t i = 0; i < length; i++) n += bytes[i] == wanted;
    return n;
}

/* Whether all quotes stand around a field, so that none is doubled or astray; and whether no field
 * but the last of a row ends in a line end. */
static bool quotes_surround_fields(const peil_csv_scan *scan, size_t rows) {
    size_t quotes = count(scan->bytes, peil_csv_scan_length(scan, rows), scan->quote), lines = 0;
    for (size_t i = 0; i < rows * scan->nfields; i++) {
        const char *text = scan->bytes + (uint32_t)(scan->bounds[i] + 1);
        const char *end = scan->bytes + scan->bounds[i + 1];
        if (*end == '\n') {
            lines++;
            end -= end > text && end[-1] == '\r';
        }
        if (end - text >= 2 && *text == scan->quote && end[-1] == scan->quote) quotes -= 2;
    }
    return quotes == 0 && lines == rows;
}

size_t peil_csv_scan_find(peil_csv_scan *scan, const char *bytes, size_t length, size_t most) {
    if (length > PEIL_CSV_PIECE) length = PEIL_CSV_PIECE;
    if (memchr(bytes, '\0', length)) return 0;
    scan->bytes = bytes;
    scan->has_quotes = memchr(bytes, scan->quote, length) != NULL;
    scan->has_returns = memchr(bytes, '\r', length) != NULL;
    scan->has_around = scan->has_quotes || scan->has_returns;
    scan->bounds[0] = UINT32_MAX;
    size_t rows = find_bounds(scan, length, scan->bounds + 1) / scan->nfields;
    if (rows > most) rows = most;
    if (!end_in_lines(scan, rows)) return 0;
    return !scan->has_quotes || quotes_surround_fields(scan, rows) ? rows : 0;
}
