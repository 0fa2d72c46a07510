/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a csv file: its dialect, the names of its variables, and how its columns write
 * numbers. It is read once, before the rows, and decides the same whatever the blocks are. */
#ifndef PEIL_READ_CSV_HEAD_H
#define PEIL_READ_CSV_HEAD_H

#include <csv.h>

#include "read/characters.h"
#include "read/marks.h"
#include "read/reader.h"

/* How one column of the head writes numbers. */
typedef struct peil_csv_column {
    peil_marks marks;
    bool has_lists; /* some values are "1,2,3" */
} peil_csv_column;

typedef struct peil_csv_head {
    char delimiter, quote; /* for libcsv: a comma where nothing separates */
    char *bytes;
    size_t length, capacity;
    bool is_whole;  /* they are all of the file */
    bool is_cut;    /* behind them stand characters that are none */
    size_t rows;    /* where the rows begin */
    size_t nfields; /* of every row */
    peil_csv_column *columns;
    peil_marks_evidence evidence; /* of all the columns */
} peil_csv_head;

/* Reads the head and fills the header. The caller clears, also after a failure. */
peil_status peil_csv_head_read(peil_characters *characters, const peil_reading *reading,
                               peil_header *header, peil_csv_head *out,
                               peil_fault *fault) PEIL_CHECKED;

void peil_csv_head_clear(peil_csv_head *head);

/* A strict parser of the head's dialect, with a limit to the length of a field. The caller calls
 * csv_free. */
peil_status peil_csv_parser_make(const peil_csv_head *head, struct csv_parser *parser,
                                 peil_fault *fault) PEIL_CHECKED;

/* Whether libcsv stopped because a field grew too long. */
bool peil_csv_is_too_long(const struct csv_parser *parser);

#endif
