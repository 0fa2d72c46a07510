/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files as batches. A reader first knows the names of its variables; then it is told which
 * columns are wanted, and fills batch after batch. Only wanted columns are converted, every row is
 * checked. */
#ifndef PEIL_READ_READER_H
#define PEIL_READ_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "read/batch.h"
#include "read/source.h"

typedef struct peil_reader peil_reader;

/* What is known of a file before its rows. */
typedef struct peil_header {
    const char *format; /* the row's name: "csv" */
    char delimiter;     /* csv: what separates fields; 0 elsewhere */
    size_t nvariables;
    char **variables; /* names, in the order of the file */
} peil_header;

/* An input format. To add one: a file read_<name>.c with such a row, and the row in reader.c. */
typedef struct peil_format {
    const char *name; /* Mandatory. */
    const char *help; /* Mandatory. One line. */
    /* Mandatory. Whether these first bytes are of this format. The last row takes all. */
    bool (*detect)(const char *head, size_t length);
    /* Mandatory. Reads the header; head is the source's first block. The reader does not own the
     * source. *state is freed by `free`, also after a failure. */
    peil_status (*open)(peil_source *source, const char *head, size_t length, void **state,
                        peil_header *header, peil_fault *fault);
    /* Mandatory. Fills the batch with the next rows; batch->rows 0 at the end. column[i] is the
     * file's variable for the batch's column i; batch and column are the same in every call. On a
     * fault the rows before it are in the batch. */
    peil_status (*next)(void *state, const size_t *column, peil_batch *batch, peil_fault *fault);
    /* Mandatory. NULL is fine. */
    void (*free)(void *state);
} peil_format;

/* Opens a file ("-" for stdin) and reads its header. Faults name the file. The caller frees. */
peil_status peil_reader_open(const char *name, size_t block_bytes, bool hash, peil_reader **out,
                             peil_fault *fault) PEIL_CHECKED;

/* The header; lives as long as the reader. */
const peil_header *peil_reader_header(const peil_reader *reader);

/* The place of a variable in the header; refuses a name that is not there, with the nearest that
 * is. `option` begins the message: "", or "--missing: ". */
peil_status peil_header_find(const peil_header *header, const char *name, const char *option,
                             size_t *place, peil_fault *fault) PEIL_CHECKED;

/* Binds the batch's columns to the file's; refuses a name that the file does not have, with the
 * nearest one that it has. */
peil_status peil_reader_bind(peil_reader *reader, const peil_batch *batch,
                             peil_fault *fault) PEIL_CHECKED;

/* The next rows; batch->rows is 0 at the end. After a fault the batch holds the rows before it. */
peil_status peil_reader_next(peil_reader *reader, peil_batch *batch,
                             peil_fault *fault) PEIL_CHECKED;

/* The source, for its position and hash. */
peil_source *peil_reader_source(peil_reader *reader);

void peil_reader_free(peil_reader *reader);

#endif
