/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Output formats: a report to bytes. A writer lays out and rounds; it computes no figure. */
#ifndef PEIL_WRITE_WRITE_H
#define PEIL_WRITE_WRITE_H

#include "core/language.h"
#include "core/text.h"
#include "report/report.h"

/* How people want to see it. Zero is the default of every field. */
typedef struct peil_style {
    peil_language language;
    int decimals; /* decimals of estimates and bounds in text and md; -1: by unit (see text) */
    size_t width; /* columns of the terminal; 0: none, prose in tables folds for a page */
    bool colour;  /* escape sequences are welcome */
} peil_style;

/* A format. To add one: a file write_<name>.c with such a row, and the row in write.c's list. */
typedef struct peil_writer {
    const char *name; /* Mandatory. As in --format. */
    const char *help; /* Mandatory. One line. */
    /* Mandatory. Appends the whole report to `out`; out->failed tells that memory ran out. */
    void (*write)(const peil_report *report, const peil_style *style, peil_text *out);
    bool shows_notes;  /* Notes are part of the output; else the caller prints them elsewhere. */
    bool wants_hashes; /* The output shows the inputs' sha256. */
} peil_writer;

/* All writers, ending in NULL; text is the first and the default. */
extern const peil_writer *const peil_writers[];

/* The writer of that name, or NULL. */
const peil_writer *peil_writer_find(const char *name);

#endif
