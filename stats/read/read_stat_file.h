/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file that ReadStat reads, behind the wall: one open descriptor, read at places, in order for
 * the most part. */
#ifndef PEIL_READ_READ_STAT_FILE_H
#define PEIL_READ_READ_STAT_FILE_H

#include <readstat.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PEIL_STAT_BUFFER ((size_t)1 << 18)

typedef struct peil_stat_file {
    int descriptor;
    uint64_t size, at;
    bool was_short; /* less was there than was asked for, but something */
    size_t missed;  /* what was asked for when nothing was there */
    uint64_t buffer_at;
    size_t buffer_length;
    uint64_t rows_at; /* where the rows begin, for the format's own use */
    /* From `slow_from` on ReadStat gets 8 bytes at a time, so that the place where it stops tells
     * what it took; and then more than the file has: `tail` bytes, of which `tail_cells` are 255
     * and the others 252. UINT64_MAX and 0: nothing of that. */
    uint64_t slow_from;
    size_t tail, tail_cells;
    /* Bytes that are shown to ReadStat in place of the file's own. */
    uint64_t patch_at;
    size_t patch_length;
    unsigned char patch[8];
    unsigned char buffer[PEIL_STAT_BUFFER];
} peil_stat_file;

/* Bytes from a place; false when there are fewer. Does not move. */
bool peil_stat_read_at(const peil_stat_file *file, uint64_t at, void *bytes, size_t length);

/* Makes a parser read the file. */
void peil_stat_attach(peil_stat_file *file, readstat_parser_t *parser);

/* Whole numbers as files store them. */
static inline uint64_t peil_stat_number(const unsigned char *bytes, size_t length,
                                        bool is_big_endian) {
    uint64_t number = 0;
    for (size_t i = 0; i < length; i++)
        number = number << 8 | bytes[is_big_endian ? i : length - 1 - i];
    return number;
}

#endif
