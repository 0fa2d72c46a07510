/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a csv file behind its header: those that were read with the head, then the rest. */
#ifndef PEIL_READ_CSV_BLOCKS_H
#define PEIL_READ_CSV_BLOCKS_H

#include "read/csv_head.h"

/* All is borrowed. */
typedef struct peil_csv_blocks {
    const peil_csv_head *head;
    size_t head_at;     /* what of the head was handed out; begins at its rows */
    size_t block_bytes; /* of the head at a time; 0: all */
    peil_characters *characters;
    peil_source *source;
} peil_csv_blocks;

/* The next block, borrowed until the next call; *length 0 at the end. Faults are those of
 * peil_characters_next. */
peil_status peil_csv_blocks_next(peil_csv_blocks *blocks, const char **bytes, size_t *length,
                                 peil_fault *fault) PEIL_CHECKED;

#endif
