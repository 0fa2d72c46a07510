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
#include "read/variable.h"

typedef struct peil_reader peil_reader;

/* How a file is to be read. Zero is the default of every field. */
typedef struct peil_reading {
    size_t block_bytes;   /* at a time; results never depend on it */
    bool hash;            /* compute the SHA-256 of the stored bytes */
    char delimiter;       /* text files: what separates fields; 0: found out */
    char decimal;         /* text files: ',' or '.'; 0: found out by column */
    const char *encoding; /* of text; NULL: found out */
    bool may_be_empty;    /* a file without a row is no fault */
    bool no_header;       /* text files: the first line is data; variables are V1, V2, ... */
    bool by_reference;    /* by libcsv, ReadStat alone; for tests, results never depend on it */
    /* A variable that is the same in all rows, unless the file has one of that name; or NULL.
     * Without a value the file must have it. */
    const char *constant_name, *constant_value;
} peil_reading;

/* What is known of a file before its rows. */
typedef struct peil_header {
    const char *format; /* the row's name: "csv" */
    size_t nvariables, variables_capacity;
    peil_variable *variables;  /* in the order of the file */
    uint64_t records;          /* as many as the file says it has; 0: it does not say */
    bool has_labels;           /* of values, of some variable */
    bool has_names;            /* the first line has names: rows are counted from the next */
    const char *encoding;      /* of text, a static name; NULL: unknown */
    bool encoding_is_guess;    /* the file does not say, and it is not UTF-8 */
    char delimiter, quote;     /* text files, else 0; a file of one variable has no delimiter */
    char decimal;              /* text files: ',' when some column has decimal commas, else '.' */
    const char *schema;        /* the file that says what the variables are; NULL: none */
    const char *schema_sha256; /* in hex, "" when it was not asked for; NULL: none */
} peil_header;

/* What a reader of some of a file's rows learned of them; zero: it was not dealt. */
typedef struct peil_lesson {
    uint64_t size, begin, end; /* in bytes: of the file, and where in it the rows stand */
    bool commas, points;       /* marks that numbers had */
} peil_lesson;

/* An input format. To add one: a file read_<name>.c with such a row, and the row in reader.c. */
typedef struct peil_format {
    const char *name; /* Mandatory. */
    const char *help; /* Mandatory. One line. */
    /* Mandatory. Whether these first bytes are of this format. The last row takes all. */
    bool (*detect)(const char *head, size_t length);
    /* Mandatory. Reads the header; head is the source's first block. The format does not own the
     * source; `reading` lives as long as the state. *state is freed by `free`, also after a
     * failure. */
    peil_status (*open)(peil_source *source, const char *head, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault);
    /* Mandatory. Fills the batch with the next rows; batch->rows 0 at the end. column[i] is the
     * file's variable for the batch's column i, or beyond them all: then it is not the format's to
     * fill; batch and column are the same in every call. On a fault the rows before it are in the
     * batch. */
    peil_status (*next)(void *state, const size_t *column, peil_batch *batch, peil_fault *fault);
    /* Optional. How far it is, and how far it goes, where the source does not know. */
    uint64_t (*position)(const void *state);
    uint64_t (*size)(const void *state);
    /* Optional, all three: see peil_reader_share, peil_reader_stop and peil_reader_join. `share`
     * comes before `next`; what it makes is freed before the state that it shares with. */
    peil_status (*share)(void *state, void **other, peil_fault *fault);
    void (*stop)(void *state);
    peil_status (*join)(void *state, void *const *others, size_t n, bool *agree, peil_fault *fault);
    /* Optional, both: see peil_reader_deal and peil_reader_lesson. */
    peil_status (*deal)(void *state, size_t rank, size_t size, bool *is_dealt, peil_fault *fault);
    peil_lesson (*lesson)(const void *state);
    /* Mandatory. NULL is fine. */
    void (*free)(void *state);
} peil_format;

/* Opens a file ("-" for stdin) and reads its header, and for a text file the schema beside it (see
 * schema.h). `reading` is borrowed until the reader is freed. Faults name the file, or the
 * schema's. The caller frees. */
peil_status peil_reader_open(const char *name, const peil_reading *reading, peil_reader **out,
                             peil_fault *fault) PEIL_CHECKED;

/* Appends an empty variable of that name to a header. */
peil_status peil_header_add(peil_header *header, const char *name, size_t length,
                            peil_variable **out, peil_fault *fault) PEIL_CHECKED;

/* The header; lives as long as the reader. */
const peil_header *peil_reader_header(const peil_reader *reader);

/* The place of a variable in the header; refuses a name that is not there, with the nearest that
 * is. `option` begins the message: "", or "--missing: ". */
peil_status peil_header_find(const peil_header *header, const char *name, const char *option,
                             size_t *place, peil_fault *fault) PEIL_CHECKED;

/* Binds the batch's columns to the file's, and tells each what the file says of its variable;
 * refuses a name that the file does not have, with the nearest one that it has. */
peil_status peil_reader_bind(peil_reader *reader, peil_batch *batch,
                             peil_fault *fault) PEIL_CHECKED;

/* The next rows; batch->rows is 0 at the end. After a fault the batch holds the rows before it. */
peil_status peil_reader_next(peil_reader *reader, peil_batch *batch,
                             peil_fault *fault) PEIL_CHECKED;

/* Makes another reader of the same rows, for another thread: each row goes to one of them, in the
 * order of the file for each of them. *out is NULL when the file is to be read in one piece: when
 * it is small or cannot be read a second time, or when its format or its schema asks for that.
 * Before the first peil_reader_next. The caller frees it before `reader`. */
peil_status peil_reader_share(peil_reader *reader, peil_reader **out,
                              peil_fault *fault) PEIL_CHECKED;

/* For a thread that failed, at a record of its rows: readers that share get no rows behind those
 * that were dealt out, among which are all before that record. */
void peil_reader_stop(peil_reader *reader);

/* When all have read to the end: holds what the others saw against what this reader saw. *agree
 * false: only who reads the file in one piece can know what its values mean. */
peil_status peil_reader_join(peil_reader *reader, peil_reader *const *others, size_t n, bool *agree,
                             peil_fault *fault) PEIL_CHECKED;

/* Leaves to this reader, and to those that share with it, only the rows of one rank of so many:
 * processes that each read the same file, a part of its bytes. Their records are numbered from 1.
 * *is_dealt false when the file is to be read in one piece, for the reasons of peil_reader_share or
 * because its text is not its bytes. Before the first peil_reader_next and peil_reader_share. */
peil_status peil_reader_deal(peil_reader *reader, size_t rank, size_t size, bool *is_dealt,
                             peil_fault *fault) PEIL_CHECKED;

/* At the end of what was dealt. Lessons agree when the rows of the other one follow and neither
 * would have read its values in another way, had it seen them; `into` takes over the other one,
 * that of the next rank. */
peil_lesson peil_reader_lesson(const peil_reader *reader);
bool peil_lessons_agree(peil_lesson *into, peil_lesson other);

/* How far the reading is, and how far it goes; 0: unknown. */
uint64_t peil_reader_position(const peil_reader *reader);
uint64_t peil_reader_size(const peil_reader *reader);

/* The source, for its hash. */
peil_source *peil_reader_source(peil_reader *reader);

void peil_reader_free(peil_reader *reader);

#endif
