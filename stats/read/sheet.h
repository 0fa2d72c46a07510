/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small table in a text file, whole in memory, its cells as they were typed: for tables that
 * people made, in which "6,0" is not 6. Microdata come through reader.h. */
#ifndef PEIL_READ_SHEET_H
#define PEIL_READ_SHEET_H

#include <stddef.h>

#include "core/fault.h"
#include "core/text.h"

typedef struct peil_sheet {
    size_t ncolumns, nrows; /* nrows: the first one has the names of the columns */
    size_t cells_capacity, lines_capacity;
    size_t *cells; /* where each begins in the pool, row after row */
    size_t *lines; /* by row: its line in the file */
    peil_text pool;
    char sha256[65];
} peil_sheet;

/* Reads a csv file: separator, quotes and encoding are found out, spaces around cells and rows of
 * empty cells left out. PEIL_EDATA, with the file and the line, for a row with another number of
 * cells than the first, a stray quote, text in no encoding, and more than 16 MiB. The caller
 * clears, also after a failure. */
peil_status peil_sheet_read(const char *name, peil_sheet *out, peil_fault *fault) PEIL_CHECKED;
void peil_sheet_clear(peil_sheet *sheet);

static inline const char *peil_sheet_cell(const peil_sheet *sheet, size_t row, size_t column) {
    return sheet->pool.bytes + sheet->cells[row * sheet->ncolumns + column];
}

#endif
