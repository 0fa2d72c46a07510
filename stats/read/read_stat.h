/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SPSS, Stata and SAS files, through ReadStat behind the wall. One child reads the file's header,
 * another its rows: ReadStat's, or the format's own where that is quicker. A format is a file
 * read_<name>.c that says what is its own. */
#ifndef PEIL_READ_READ_STAT_H
#define PEIL_READ_READ_STAT_H

#include <readstat.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "read/clock.h"
#include "read/read_stat_file.h"
#include "read/reader.h"

/* Why a child gives up: the number crosses the wall, the words are the parent's. */
#define PEIL_STAT_FAULTS(FAULT)                                                              \
    FAULT(NONE, "the file is damaged")                                                       \
    FAULT(DAMAGED, "the file is damaged")                                                    \
    FAULT(CUT, "the file is damaged: it is cut short")                                       \
    FAULT(BEHIND, "the file is damaged: other bytes follow its rows")                        \
    FAULT(ROWS, "the file is damaged: it does not hold the rows that it says it holds")      \
    FAULT(MEMORY, "the file is damaged: reading it takes too much memory")                   \
    FAULT(COMPRESSION, "is compressed in a way that cannot be read; save it uncompressed")   \
    FAULT(ENCODING, "is in an encoding that cannot be read; give --encoding")                \
    FAULT(VERSION, "is of a version that cannot be read")                                    \
    FAULT(PASSWORD, "is protected by a password; save it without one")                       \
    FAULT(SEVERAL, "holds several data sets; save the one that is meant by itself")          \
    FAULT(DELETED, "holds deleted rows, which cannot be told from the others; save it anew") \
    FAULT(WIDTH, "holds numbers of a width that cannot be read")                             \
    FAULT(LONG_TEXT, "holds a row with more text than can be read")
#define PEIL_STAT_FAULT_NAME(name, words) PEIL_STAT_##name,
typedef enum peil_stat_fault {
    PEIL_STAT_FAULTS(PEIL_STAT_FAULT_NAME) PEIL_STAT_NFAULTS
} peil_stat_fault;

/* What a file says of itself that ReadStat does not tell. */
typedef struct peil_stat_facts {
    bool knows_records;
    uint64_t records;
    char encoding[64]; /* of text, as the file calls it; "": it does not say */
} peil_stat_facts;

/* The rows behind a header that ReadStat has read, and where they go. */
typedef struct peil_stat_rows {
    peil_stat_file *file;
    struct peil_stat_pack *pack; /* of the child's side, see read_stat_pack.h */
    uint64_t row_bytes;          /* of all variables, as ReadStat has them */
    bool is_utf8;                /* text is, as far as the file says */
    size_t window_bytes;         /* of the file at a time; 0: the default */
} peil_stat_rows;

/* One of ReadStat's formats. All but `clock` runs in the child. */
typedef struct peil_stat_kind {
    /* Mandatory. ReadStat's function for it. */
    readstat_error_t (*parse)(readstat_parser_t *parser, const char *path, void *context);
    /* Mandatory. Fills the facts before ReadStat reads, and finds damage that it passes over. */
    peil_stat_fault (*survey)(peil_stat_file *file, peil_stat_facts *facts);
    bool tells_records;     /* ReadStat knows their number from the file */
    bool has_short_numbers; /* of 3 to 8 bytes; ReadStat takes others for missing ones */
    /* Optional. Reads the rows without ReadStat. False: it leaves them to that. */
    bool (*read_rows)(const peil_stat_rows *rows, peil_stat_fault *fault);
    /* Optional. Looks at the file when ReadStat has read all rows. row_bytes: of all variables. */
    peil_stat_fault (*finish)(peil_stat_file *file, uint64_t row_bytes);
    /* Mandatory. What the numbers count that are shown in this format; NULL: they are no dates. */
    const peil_clock *(*clock)(const char *format);
} peil_stat_kind;

extern const peil_stat_kind peil_stat_sav; /* whose formats of display .por files have too */

/* The members of a format's row; `open` gives the kind. */
peil_status peil_stat_open(const peil_stat_kind *kind, peil_source *source,
                           const peil_reading *reading, void **state, peil_header *header,
                           peil_fault *fault) PEIL_CHECKED;
peil_status peil_stat_next(void *state, const size_t *column, peil_batch *batch,
                           peil_fault *fault) PEIL_CHECKED;
peil_status peil_stat_share(void *state, void **other, peil_fault *fault) PEIL_CHECKED;
void peil_stat_stop(void *state);
peil_status peil_stat_join(void *state, void *const *others, size_t n, bool *agree,
                           peil_fault *fault) PEIL_CHECKED;
uint64_t peil_stat_position(const void *state);
uint64_t peil_stat_size(const void *state);
void peil_stat_free(void *state);

#endif
