/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where csv rows end, and how many there are, without a look at their fields. In strict csv a quote
 * opens a field, closes it or is half of a doubled one, so that the parity of quotes is the whole
 * state: with an even number of them before it, a line end ends a row. Behind the first fault of a
 * file this need not be so; it is right up to there. */
#ifndef PEIL_READ_CSV_CUT_H
#define PEIL_READ_CSV_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begins as zero, but for its characters. */
typedef struct peil_csv_cut {
    char delimiter, quote;
    uint64_t inside;  /* all bits between quotes, else 0 */
    bool has_text;    /* the line that goes on is not blank */
    uint64_t records; /* rows that ended: lines that are not blank */
    uint64_t records_at_cut;
} peil_csv_cut;

/* Goes through the next bytes. Returns how many of them end with the last line feed that ends a
 * row, or a blank line: records_at_cut is the number of rows up to there. 0: there is none. */
size_t peil_csv_cut_find(peil_csv_cut *cut, const char *bytes, size_t length);

#endif
