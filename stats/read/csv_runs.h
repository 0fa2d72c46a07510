/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a csv file dealt out to readers in several threads, in runs of whole rows. Readers
 * take turns: who has the turn reads, unpacks and cuts the next block, and parses it while others
 * have theirs. So no more is in memory than a block and a row for each. */
#ifndef PEIL_READ_CSV_RUNS_H
#define PEIL_READ_CSV_RUNS_H

#include "read/csv_blocks.h"

typedef struct peil_csv_runs peil_csv_runs;

/* A reader's own. Begins as zero; the reader frees the bytes. */
typedef struct peil_csv_run {
    char *bytes;
    size_t length, capacity;
    uint64_t record;   /* the number of the first row that begins in it */
    uint64_t position; /* stored bytes of the file read so far */
    bool goes_on;      /* it begins inside the row in which the run before it ended */
    bool has_turn;     /* the next run is this reader's too */
} peil_csv_run;

/* The blocks are borrowed until peil_csv_runs_free, which is called when no reader has a turn. */
peil_status peil_csv_runs_make(peil_csv_blocks *blocks, peil_csv_runs **out,
                               peil_fault *fault) PEIL_CHECKED;
void peil_csv_runs_free(peil_csv_runs *runs); /* NULL is fine */

/* The next run; length 0 when there is none. A fault of the blocks comes behind the run that holds
 * what stands before it, to the same reader. */
peil_status peil_csv_runs_take(peil_csv_runs *runs, peil_csv_run *run,
                               peil_fault *fault) PEIL_CHECKED;

/* For a reader that failed: nobody gets a run from here on. The rows before its own are dealt out
 * already. Gives up the turn. */
void peil_csv_runs_stop(peil_csv_runs *runs, peil_csv_run *run);

/* Behind the last run: whether all rows were dealt out. */
bool peil_csv_runs_are_complete(peil_csv_runs *runs);

#endif
