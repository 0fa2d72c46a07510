/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records before the rows of a .sav file, as far as they say how the rows are stored. The
 * format is described in the PSPP developers' guide, "System File Format". */
#ifndef PEIL_READ_SAV_RECORDS_H
#define PEIL_READ_SAV_RECORDS_H

#include "read/read_stat.h"

#define PEIL_SAV_CELL 8 /* rows are made of cells of 8 bytes */

enum { PEIL_SAV_PLAIN, PEIL_SAV_BY_CODE, PEIL_SAV_BY_ZLIB }; /* how rows are compressed */

/* A run of cells of a row. A variable has one, but for very long texts: these have several. */
typedef struct peil_sav_run {
    char name[8]; /* filled up with spaces */
    bool is_text;
    uint32_t cells;
    uint32_t length; /* of a very long text that begins here, in bytes; else 0 */
} peil_sav_run;

typedef struct peil_sav_records {
    bool is_big_endian;
    uint64_t compression;
    double bias;          /* of codes: each stands for what it is less that */
    uint64_t no_number;   /* what stands for it, in bits */
    uint64_t ends[2];     /* what stands for the lowest and the highest number */
    int64_t records;      /* -1: it does not say */
    int64_t more_records; /* the same, from a record of its own */
    uint64_t page;        /* the code page of the machine's record, or 0 */
    char encoding[64];    /* "": it does not say */
    peil_sav_run *runs;
    size_t nruns, runs_capacity;
    uint64_t cells;   /* of a row */
    uint64_t rows_at; /* in the file */
} peil_sav_records;

/* Walks over the records; `out` is cleared by the caller, also after a fault. */
peil_stat_fault peil_sav_records_read(const peil_stat_file *file, peil_sav_records *out);
void peil_sav_records_clear(peil_sav_records *records);

#endif
