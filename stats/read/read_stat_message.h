/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the child and the parent of read_stat.h agree on: how the header and the rows cross the
 * wall. Both sides are the same program, so numbers are as the machine has them. */
#ifndef PEIL_READ_READ_STAT_MESSAGE_H
#define PEIL_READ_READ_STAT_MESSAGE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "read/read_stat.h"
#include "read/wall.h"

/* ---- the header: a stream of bytes, cut into blocks anywhere ---- */

#define PEIL_STAT_HEADER_BLOCK ((size_t)1 << 16)

/* A record is one byte, which of these it is, and its fields. A text is its length in 4 bytes and
 * its bytes; a value is one byte, which kind it has, and what follows. */
typedef enum peil_stat_record {
    PEIL_STAT_FACTS = 1, /* 1 byte: knows records; 8: records; text: encoding */
    PEIL_STAT_VARIABLE,  /* 1 byte: is text; 4: its width; texts: name, label, format, label set;
                          * 4: ranges that are missing; for each two values: low, high */
    PEIL_STAT_LABEL,     /* text: label set; value; text: label */
    PEIL_STAT_FAILURE,   /* 4 bytes: a peil_stat_fault; the last record */
    PEIL_STAT_END        /* the last record */
} peil_stat_record;

typedef enum peil_stat_value {
    PEIL_STAT_NOTHING = 1, /* missing */
    PEIL_STAT_NUMBER,      /* 8 bytes: a double, or a tag as below */
    PEIL_STAT_TEXT         /* text */
} peil_stat_value;

/* ---- the rows: blocks ---- */

/* The columns that are wanted, and how a block holds their values: its head; then column after
 * column, `rows` places of 8 bytes; then the bytes of texts. */
typedef struct peil_stat_layout {
    size_t ncolumns;
    uint32_t *variable; /* of each column, ascending */
    bool *is_text;
    size_t rows, text_bytes; /* room */
} peil_stat_layout;

typedef struct peil_stat_block {
    uint32_t rows, text_bytes; /* filled */
    uint64_t position;         /* in the file */
    uint32_t fault;            /* a peil_stat_fault behind these rows */
    uint32_t is_last;
} peil_stat_block;

/* A text's place among the bytes. */
typedef struct peil_stat_place {
    uint32_t offset, length;
} peil_stat_place;

static inline size_t peil_stat_block_bytes(const peil_stat_layout *layout) {
    return sizeof(peil_stat_block) + 8 * layout->ncolumns * layout->rows + layout->text_bytes;
}

/* A number that is missing is a NaN; one with a tag (".a") has the tag's letter in its lowest bits,
 * else they are 0. */
#define PEIL_STAT_NAN 0x7FF8000000000000u

static inline uint64_t peil_stat_bits(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double peil_stat_double(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline bool peil_stat_is_tag(uint64_t bits) {
    const unsigned char tag = bits & 0xFF;
    return (bits & ~(uint64_t)0xFF) == PEIL_STAT_NAN && ((tag >= 'a' && tag <= 'z') || tag == '_');
}

/* ---- the child's two tasks ---- */

typedef struct peil_stat_task {
    const peil_stat_kind *kind;
    uint64_t size;                  /* of the file */
    const peil_stat_layout *layout; /* of the rows; NULL: the header */
    const peil_reading *reading;
} peil_stat_task;

/* For peil_wall_job: the context is a peil_stat_task. */
void peil_stat_work(peil_wall_child *child, int file, const void *task);

#endif
