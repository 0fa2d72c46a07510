/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a .zsav file, each packed as zlib does (RFC 1950); a list of them ends the file. */
#ifndef PEIL_READ_SAV_BLOCKS_H
#define PEIL_READ_SAV_BLOCKS_H

#include "read/read_stat.h"

typedef struct peil_sav_blocks {
    uint64_t next_at;               /* of the list, in the file */
    uint64_t left;                  /* in the list */
    struct inflate_state *inflater; /* NULL: not needed yet */
    unsigned char *packed, *bytes;
    size_t packed_capacity, capacity;
} peil_sav_blocks;

/* Holds the head, which stands where the rows would begin, against the file. */
peil_stat_fault peil_sav_blocks_check(const peil_stat_file *file, uint64_t head,
                                      bool is_big_endian);

/* Begins with the first block of a file that was checked and is not big-endian. */
peil_stat_fault peil_sav_blocks_open(const peil_stat_file *file, uint64_t head,
                                     peil_sav_blocks *out);

/* The next block unpacked, borrowed until the next call; *length 0 behind the last one. *position:
 * in the file, behind it. */
peil_stat_fault peil_sav_blocks_next(const peil_stat_file *file, peil_sav_blocks *blocks,
                                     const unsigned char **bytes, size_t *length,
                                     uint64_t *position);

void peil_sav_blocks_clear(peil_sav_blocks *blocks);

#endif
