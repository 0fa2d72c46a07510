/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of rows that a file's child hands over, dealt out to readers in several threads: each
 * goes to whoever comes for it, who works on a copy while others get theirs. */
#ifndef PEIL_READ_READ_STAT_BLOCKS_H
#define PEIL_READ_READ_STAT_BLOCKS_H

#include "read/read_stat_message.h"

struct peil_stat_state;
typedef struct peil_stat_blocks peil_stat_blocks;

/* A reader's copy, which its child can no longer write to. Begins as zero; the reader frees the
 * bytes. */
typedef struct peil_stat_copy {
    unsigned char *bytes; /* as in read_stat_message.h; NULL: none yet */
    peil_stat_block head; /* its numbers of rows and of bytes of text fit the layout */
    const char *text;
    uint64_t before; /* rows of the file that are in earlier blocks */
} peil_stat_copy;

peil_status peil_stat_blocks_make(peil_stat_blocks **out, peil_fault *fault) PEIL_CHECKED;
void peil_stat_blocks_free(peil_stat_blocks *blocks); /* NULL is fine */

/* The next block; the first one starts the child. Readers of one file have the same layout.
 * *is_end: there is none behind the last one, or they are stopped. Faults are those of
 * peil_wall_next, and of blocks that are not what they should be. */
peil_status peil_stat_blocks_take(peil_stat_blocks *blocks, const struct peil_stat_state *state,
                                  peil_stat_copy *copy, bool *is_end,
                                  peil_fault *fault) PEIL_CHECKED;

/* For a reader that failed: nobody gets a block from here on. Those before its own are dealt out
 * already. */
void peil_stat_blocks_stop(peil_stat_blocks *blocks);

#endif
