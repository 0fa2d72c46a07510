/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wall around code that reads what strangers made. The code runs in a child process that can do
 * nothing but compute, read one open file and hand over blocks of bytes: no files, no network, no
 * other processes, bounded memory and time. Whatever the bytes make it do - crash, loop, write
 * anywhere - the parent sees blocks that it does not trust, or a refusal. Only what the code was
 * given and what it hands over crosses the wall, so it knows nothing of what is read. */
#ifndef PEIL_READ_WALL_H
#define PEIL_READ_WALL_H

#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"

typedef struct peil_wall peil_wall;             /* the parent's side */
typedef struct peil_wall_child peil_wall_child; /* the child's side */

typedef struct peil_wall_job {
    int file;                /* what the child may read, opened before */
    size_t block_bytes;      /* the most that a block holds */
    uint64_t memory_bytes;   /* that the child may take beside what it was born with */
    unsigned cpu_seconds;    /* of computing */
    unsigned silent_seconds; /* without a block or an end, more than cpu_seconds */
    /* Runs in the child, which ends when it returns. `context` is as it was at the opening. */
    void (*work)(peil_wall_child *child, int file, const void *context);
    const void *context;
} peil_wall_job;

/* Starts the child. The wall is to be used by one thread at a time, and the thread that opens it
 * must live as long: the child ends with it. The caller frees *out. */
peil_status peil_wall_open(const peil_wall_job *job, peil_wall **out,
                           peil_fault *fault) PEIL_CHECKED;

/* The next block, borrowed until the next call: read every byte of it once, for the child may
 * still write there. *length is 0 when the work is done. Refuses a child that stopped itself or
 * does not answer (PEIL_EDATA), was killed or cannot read the file (PEIL_ESYSTEM). */
peil_status peil_wall_next(peil_wall *wall, const unsigned char **block, size_t *length,
                           peil_fault *fault) PEIL_CHECKED;

/* Ends the child, done or not, and leaves nothing of it. NULL is fine. */
void peil_wall_free(peil_wall *wall);

/* For the child: waits for a free block of block_bytes; the same one until it is sent. */
unsigned char *peil_wall_room(peil_wall_child *child);

/* For the child: hands the block over, of which `length` bytes are filled (1 to block_bytes). What
 * was written there may still be read until another block is sent. */
void peil_wall_send(peil_wall_child *child, size_t length);

/* For the child: ends it, as the system fails to read the file. Never returns. */
void peil_wall_cannot_read(void);

#endif
