/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far reading is, on standard error; only where someone watches, only when it takes a while. */
#ifndef PEIL_CLI_PROGRESS_H
#define PEIL_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/language.h"

typedef struct cli_progress {
    bool is_watched; /* standard error is a terminal that can wipe a line */
    bool is_shown;   /* there is a line to wipe */
    peil_language language;
    uint64_t next;        /* the moment of the next change, in milliseconds */
    uint64_t begin;       /* the moment when the file at hand was begun */
    uint64_t rows_before; /* of the files before it */
    uint64_t rows, bytes; /* of it, so far */
} cli_progress;

cli_progress cli_progress_make(bool is_wanted, peil_language language);

/* A peil_request's progress; `context` is a cli_progress. Rows are those of all files, the rest is
 * about the file at hand. */
void cli_progress_tell(void *context, uint64_t rows, uint64_t bytes, uint64_t all);

/* Leaves the terminal as it was. */
void cli_progress_wipe(cli_progress *progress);

#endif
