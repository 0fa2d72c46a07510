/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a csv file shared out to processes by bytes, so that none reads what is another's.
 * Whether a byte stands between quotes knows only who has read all before it; so where a share
 * begins is a guess: the one by which the rows that follow have as many fields as the header. All
 * processes guess alike. The proof comes with the reading: a share that begins rightly and ends
 * outside quotes ends where a row does, so that the next one begins rightly too; and one that ends
 * between quotes is refused, as a file that does so is. The first begins behind the header. */
#ifndef PEIL_READ_CSV_RANGE_H
#define PEIL_READ_CSV_RANGE_H

#include "read/csv_head.h"
#include "read/source.h"

/* Where the bytes of the file stand of which a share is made. */
typedef struct peil_csv_range {
    uint64_t begin, end;
} peil_csv_range;

/* A file's text as its bytes are, and how it is looked at. */
typedef struct peil_csv_places {
    const peil_source *source;
    const peil_csv_head *head;
    uint64_t rows;      /* where they begin in the file */
    size_t block_bytes; /* looked at together; 0: the default */
} peil_csv_places;

/* The share of rank number `rank` of `size`: the rows that begin in its part of the bytes. Rows end
 * with a line feed here, else the share before has them. The first share begins with the rows, the
 * last one ends with the file, and each begins where the one before ends, unless one of those
 * guesses is wrong. No share ends before it begins. */
peil_status peil_csv_range_find(const peil_csv_places *places, size_t rank, size_t size,
                                peil_csv_range *out, peil_fault *fault) PEIL_CHECKED;

#endif
