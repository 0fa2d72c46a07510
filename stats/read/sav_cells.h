/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of compressed rows. They are stored as words of eight codes of a byte, each word with
 * the cells behind it that its codes ask for: 0 is nothing, 252 the end, 253 such a cell, 254 eight
 * spaces, 255 no number, any other code the number that it is less the bias. */
#ifndef PEIL_READ_SAV_CELLS_H
#define PEIL_READ_SAV_CELLS_H

#include "read/sav_blocks.h"
#include "read/sav_records.h"

typedef struct peil_sav_cells {
    peil_stat_file *file;
    uint64_t known[256]; /* by code, the cell */
    bool is_zlib;
    peil_sav_blocks blocks; /* of .zsav */
    unsigned char *window;  /* of other files: as much of them as is read at a time */
    size_t window_bytes;
    const unsigned char *at, *end; /* what was read and is still to be taken */
    unsigned char codes[8];        /* of a word */
    size_t ncodes;                 /* that were taken of it */
    bool is_done;
} peil_sav_cells;

/* For a file that is not big-endian, whose rows are compressed. window_bytes is a multiple of 8.
 * `out` is cleared by the caller, also after a fault. */
peil_stat_fault peil_sav_cells_open(peil_stat_file *file, const peil_sav_records *records,
                                    size_t window_bytes, peil_sav_cells *out);

/* The next row's cells; *is_row false behind the last one. Refuses a row that is not whole, and
 * what stands behind the end. */
peil_stat_fault peil_sav_cells_next(peil_sav_cells *cells, uint64_t *row, size_t ncells,
                                    bool *is_row);

void peil_sav_cells_clear(peil_sav_cells *cells);

#endif
