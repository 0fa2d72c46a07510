/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parent's side of read_stat.h: what it keeps of a file. */
#ifndef PEIL_READ_READ_STAT_STATE_H
#define PEIL_READ_READ_STAT_STATE_H

#include "core/text.h"
#include "read/encoding.h"
#include "read/read_stat_blocks.h"

/* The encoding of files that do not say, when it is not UTF-8. */
#define PEIL_STAT_GUESS "windows-1252"

/* Numbers met lately, by the bits of the double; what each became. */
#define PEIL_STAT_RECENT_BITS 10
typedef struct peil_stat_recent {
    uint64_t bits;
    peil_decimal number; /* the digits are a code where codes are wanted */
} peil_stat_recent;

typedef struct peil_stat_state {
    const peil_stat_kind *kind;
    const peil_reading *reading;
    peil_header *header; /* the reader's; of one that shares, its own copy of it */
    peil_header copy;
    int file; /* the source's */
    uint64_t size, position;
    bool knows_records;

    peil_converter *converter;
    bool is_utf8;
    bool may_be_other;   /* after all: the file does not say, and nothing beyond ASCII was met */
    peil_text converted; /* one text */

    struct peil_stat_known { /* by variable */
        bool is_text;
        uint32_t width;
        const peil_clock *clock; /* NULL: no dates */
    } * known;
    size_t nvariables; /* of the file */

    /* A guest shares the rows of another state, whose `known` and `blocks` these are. */
    bool is_guest;
    peil_stat_blocks *blocks;
    peil_stat_layout layout;
    struct peil_stat_target { /* by column of the layout */
        size_t column;        /* of the batch; SIZE_MAX: none */
        size_t nvalues;       /* of its dictionary, after the last batch */
        peil_stat_recent *recent;
    } * targets;
    peil_batch *batch;    /* that is filled */
    peil_stat_copy block; /* being emptied */
    size_t at;            /* the next of its rows */
    uint64_t records;     /* before that, in the file */
    bool is_done;
} peil_stat_state;

/* Reads the header behind a wall of its own. */
peil_status peil_stat_read_header(peil_stat_state *state, peil_fault *fault) PEIL_CHECKED;

/* The same as peil_format's next. */
peil_status peil_stat_read_rows(peil_stat_state *state, const size_t *column, peil_batch *batch,
                                peil_fault *fault) PEIL_CHECKED;

/* The words for a child's fault, which may be any number. */
peil_status peil_stat_refuse(uint32_t fault_number, peil_fault *fault);

/* A child for a task, with limits that suit the file's size. */
peil_status peil_stat_start(const peil_stat_state *state, const peil_stat_layout *layout,
                            peil_wall **out, peil_fault *fault) PEIL_CHECKED;

bool peil_stat_is_ascii(const char *text, size_t length);

/* Sets the encoding of text, by a name of peil_encoding_find. */
peil_status peil_stat_set_encoding(peil_stat_state *state, const char *encoding,
                                   peil_fault *fault) PEIL_CHECKED;

/* A text of the file in UTF-8, NUL behind it; borrowed until the next one. `is_whole`: a last
 * character that is not whole is refused, else it is left out. */
peil_status peil_stat_convert(peil_stat_state *state, const char *text, size_t length,
                              bool is_whole, const char **out, size_t *out_length,
                              peil_fault *fault) PEIL_CHECKED;

#endif
