/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command found, as tidy rows: the one result that every writer renders. Nothing here is
 * rounded or laid out; writers compute nothing. */
#ifndef PEIL_REPORT_REPORT_H
#define PEIL_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/faults.h"
#include "core/language.h"
#include "core/text.h"

typedef enum peil_cell_kind {
    PEIL_CELL_EMPTY,
    PEIL_CELL_TEXT,   /* text: a label, a name */
    PEIL_CELL_CODE,   /* text that is a number's canonical text: 2015 */
    PEIL_CELL_NUMBER, /* a double at full precision */
    PEIL_CELL_COUNT   /* a whole number */
} peil_cell_kind;

typedef struct peil_cell {
    peil_cell_kind kind;
    union {
        char *text; /* TEXT and CODE; owned by the report */
        double number;
        uint64_t count;
    } as;
} peil_cell;

/* What a row's estimate is, so that people see it in its own form. */
typedef enum peil_unit {
    PEIL_UNIT_NONE,    /* rows without an estimate (describe) */
    PEIL_UNIT_PERCENT, /* 0..100 */
    PEIL_UNIT_MEAN,    /* means, scores, ratios, standard deviations */
    PEIL_UNIT_TOTAL    /* totals and counts */
} peil_unit;

/* What a column is for. A column of labels stands behind the column of their codes. */
typedef enum peil_column_kind {
    PEIL_COLUMN_PLAIN,
    PEIL_COLUMN_LABEL,  /* the labels of the codes before it */
    PEIL_COLUMN_CAPTION /* the same, for people alone: csv and json leave it out */
} peil_column_kind;

/* One input file, for the provenance. */
typedef struct peil_input {
    char *name;
    char sha256[65];        /* of the bytes as stored, in hex; "" when it was not asked for */
    uint64_t records;       /* data records read */
    uint64_t sample;        /* records that passed --sample */
    const char *encoding;   /* of its text, a static name; NULL: unknown */
    bool encoding_is_guess; /* the file does not say it, and is no UTF-8 */
    char *schema;           /* the file that says what its variables are; NULL: none */
    char schema_sha256[65]; /* as sha256 */
    char *hierarchy;        /* the file of its areas; NULL: none */
    char hierarchy_sha256[65];
} peil_input;

/* Names and values, in order; a name that occurs more often has a list of values. */
typedef struct peil_facts {
    size_t n;
    char **words; /* 2 n of them: name, value, name, value; owned */
} peil_facts;

/* How many rows each filter leaves for one measure. */
typedef struct peil_counts {
    peil_facts about; /* the measure, and of a monitor its indicator and data */
    uint64_t records; /* read */
    uint64_t sample;  /* that passed --sample */
    uint64_t domain;  /* of these, that passed --where */
    uint64_t valid;   /* of these, with a weight above 0 and a valid answer */
} peil_counts;

/* Rows with a title and words of their own: an indicator of a monitor. */
typedef struct peil_section {
    size_t row;           /* the first one; the last one is before the next section */
    int decimals;         /* of its estimates, for people; -1: by unit */
    char *title;          /* one line */
    peil_text head, tail; /* lines above and below the rows, each with a line feed; or empty */
} peil_section;

typedef struct peil_report {
    const char *command; /* "table", "compare", "describe"; borrowed, static */
    size_t ncolumns,
        nby;        /* nby: how many of the columns, after the first nlead, are by variables */
    size_t nlead;   /* columns before the by variables (measure, category) */
    char **columns; /* names */
    peil_column_kind *kinds; /* by column */
    size_t nrows, rows_capacity;
    peil_cell *cells; /* nrows x ncolumns, row after row */
    peil_unit *units; /* one a row */
    size_t nnotes;
    char **notes;
    bool has_keys; /* what is asked stands in a monitor: notes name its keys, not options */
    const char *note_about; /* begins the notes that are added: their source; borrowed, or NULL */
    size_t ninputs, inputs_capacity;
    peil_input *inputs;
    peil_facts request; /* for the provenance */
    size_t nmethods, methods_capacity;
    peil_facts *methods; /* by source: design, variance, missing answers, interval, test */
    size_t ncounts, counts_capacity;
    peil_counts *counts;                 /* by measure */
    char *title;                         /* above all rows, for people; or NULL */
    size_t nsections, sections_capacity; /* none, or they hold all rows */
    peil_section *sections;
    bool has_language; /* what was asked has a language of its own */
    peil_language language;
    peil_faults faults; /* what is wrong with a monitor file; the only thing there on failure */
    bool differs;       /* what was held against something else is not the same: exit status 1 */
    double level;       /* confidence level in percent, 95; 0 when there are no intervals */
    peil_text document; /* not empty: the output as it is, in place of the rows */
    struct peil_report *weights; /* of all rows, in their order; NULL: none; owned */
} peil_report;

/* The caller clears a copy, also after a failure. */
peil_status peil_input_copy(const peil_input *from, peil_input *out,
                            peil_fault *fault) PEIL_CHECKED;
void peil_input_clear(peil_input *input);

/* Appends a column; only before the first row. */
peil_status peil_report_column(peil_report *report, const char *name,
                               peil_fault *fault) PEIL_CHECKED;

/* Appends the column of labels of the last one: its name and "_label". */
peil_status peil_report_label_column(peil_report *report, peil_column_kind kind,
                                     peil_fault *fault) PEIL_CHECKED;

/* Appends a row of empty cells; *cells is borrowed until the next row is added. */
peil_status peil_report_row(peil_report *report, peil_unit unit, peil_cell **cells,
                            peil_fault *fault) PEIL_CHECKED;

/* An empty report with the columns and language of another one, for some of its rows, their
 * sections and notes. The caller clears, also after a failure. */
peil_status peil_report_like(const peil_report *report, peil_report *out,
                             peil_fault *fault) PEIL_CHECKED;

/* Moves what such a report has behind its own. */
peil_status peil_report_take(peil_report *report, peil_report *from,
                             peil_fault *fault) PEIL_CHECKED;

/* Fill one cell. Text is copied. NaN leaves the cell empty. */
peil_status peil_cell_text(peil_cell *cell, const char *text, bool is_code,
                           peil_fault *fault) PEIL_CHECKED;
void peil_cell_number(peil_cell *cell, double number);
void peil_cell_count(peil_cell *cell, uint64_t count);

/* Makes a cell empty. */
void peil_cell_clear(peil_cell *cell);

/* Refuses a report in which a number is infinite: PEIL_EDATA. Sums of finite weights and answers
 * can be larger than a double holds. */
peil_status peil_report_check(const peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* Appends a note (copied), unless it is there already: a full sentence in the language of the
 * report. */
peil_status peil_report_note(peil_report *report, peil_fault *fault, const char *format, ...)
    PEIL_PRINTF(3, 4) PEIL_CHECKED;

/* Gives the report a title (copied), one line. */
peil_status peil_report_title(peil_report *report, const char *title,
                              peil_fault *fault) PEIL_CHECKED;

/* Begins a section at the next row; *section is borrowed until the next one begins. */
peil_status peil_report_section(peil_report *report, const char *title, peil_section **section,
                                peil_fault *fault) PEIL_CHECKED;

/* The section of a row, or NULL. */
const peil_section *peil_report_section_of(const peil_report *report, size_t row);

/* Appends a pair (copied). */
peil_status peil_facts_add(peil_facts *facts, const char *name, const char *value,
                           peil_fault *fault) PEIL_CHECKED;

/* The value of a name, the first one; NULL when it is not there. */
const char *peil_facts_find(const peil_facts *facts, const char *name);

/* Appends an empty method; *method is borrowed until the next one. */
peil_status peil_report_method(peil_report *report, peil_facts **method,
                               peil_fault *fault) PEIL_CHECKED;

/* Appends the counts of a measure, all 0; *counts is borrowed until the next ones. */
peil_status peil_report_counts(peil_report *report, peil_counts **counts,
                               peil_fault *fault) PEIL_CHECKED;

/* Appends a pair to the request (copied). */
peil_status peil_report_request(peil_report *report, const char *name, const char *value,
                                peil_fault *fault) PEIL_CHECKED;

/* The index of a column, or ncolumns when it is not there. */
size_t peil_report_find(const peil_report *report, const char *name);

/* Releases all that the report holds; a zeroed report is fine. */
void peil_report_clear(peil_report *report);

#endif
