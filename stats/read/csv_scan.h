/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the fields of plain csv rows, several times faster than libcsv: whole rows of the right
 * number of fields, LF or CRLF at their ends, and quotes only around a field. Whatever else there
 * may be in a piece of text is left to libcsv, the reference: what is found here is what libcsv
 * says of the same bytes. */
#ifndef PEIL_READ_CSV_SCAN_H
#define PEIL_READ_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"

/* As much is looked at in one go: rows beyond that are left to libcsv. */
#define PEIL_CSV_PIECE ((size_t)1 << 16)

typedef struct peil_csv_scan {
    char delimiter, quote;
    size_t nfields;    /* of every row, at least 2 */
    uint32_t *bounds;  /* by row and field: the byte before it, the next one ends it */
    const char *bytes; /* borrowed: what the bounds are in */
    bool has_quotes;   /* some field stands between quotes */
    bool has_returns;  /* some row ends in CRLF */
    bool has_around;   /* either of them */
} peil_csv_scan;

/* The caller clears, also after a failure. */
peil_status peil_csv_scan_make(char delimiter, char quote, size_t nfields, peil_csv_scan *out,
                               peil_fault *fault) PEIL_CHECKED;
void peil_csv_scan_clear(peil_csv_scan *scan);

/* Finds rows in bytes that begin with a row, at most `most` of them and in no more than a piece;
 * returns how many. 0: there is no whole one, or something in the piece is not plain. */
size_t peil_csv_scan_find(peil_csv_scan *scan, const char *bytes, size_t length, size_t most);

/* The bytes of the first so many rows that were found. */
static inline size_t peil_csv_scan_length(const peil_csv_scan *scan, size_t rows) {
    return (uint32_t)(scan->bounds[rows * scan->nfields] + 1);
}

static inline bool peil_csv_is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* A field without what stands around it: the return of its line end, quotes or blanks. */
static inline const char *peil_csv_peel(const peil_csv_scan *scan, const char *text,
                                        const char *end, size_t *length) {
    if (scan->has_returns && *end == '\n' && end > text && end[-1] == '\r') end--;
    if (scan->has_quotes && end - text >= 2 && *text == scan->quote) {
        *length = (size_t)(end - text) - 2;
        return text + 1;
    }
    while (text < end && peil_csv_is_blank(*text)) text++;
    while (text < end && peil_csv_is_blank(end[-1])) end--;
    *length = (size_t)(end - text);
    return text;
}

/* A field of a row that was found, as libcsv hands it over: without quotes or, when it has none,
 * without spaces and tabs around it. Most have nothing around them. */
static inline const char *peil_csv_scan_field(const peil_csv_scan *scan, size_t row, size_t field,
                                              size_t *length) {
    const uint32_t *bounds = scan->bounds + row * scan->nfields + field;
    const char *text = scan->bytes + (uint32_t)(bounds[0] + 1), *end = scan->bytes + bounds[1];
    *length = (size_t)(end - text);
    if (*length && !scan->has_around && *text > ' ' && end[-1] > ' ') return text;
    return peil_csv_peel(scan, text, end, length);
}

#endif
