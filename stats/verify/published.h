/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The published figures of a monitor: those that stand in it and those of csv files, as one list.
 *
 * A csv file is long, with a row a figure, or wide, with a column a period or an area:
 *
 *     indicator;jaar;wijk;published      indicator;2015;2016      indicator;jaar;Noord;Zuid
 *     9A1.a;2015;;5,7                    9A1.a;5,7;5,9            9A1.a;2015;5,6;5,8
 *     9A1.a;2015;Noord;5,6               9A1.b;32%;35%            9A1.b;2015;32%;30%
 *
 * With `published` (or value, gepubliceerd, waarde) among its columns it is long. The other columns
 * are indicator (code), period (periode, or the name of the variable), source (bron), and variables
 * of the breakdowns; empty is their total. In a wide file every other column is a period; when
 * there is a column of periods, or the monitor has none, it is a value of the one variable of the
 * breakdowns that is no column, and total (totaal) is their total. */
#ifndef PEIL_VERIFY_PUBLISHED_H
#define PEIL_VERIFY_PUBLISHED_H

#include "monitor/monitor.h"
#include "read/sheet.h"
#include "report/report.h"

#define PEIL_PUBLISHED_BY_MOST 8 /* variables that cross in a published figure */

/* A value of a by variable. */
typedef struct peil_published_key {
    const char *variable, *value;
} peil_published_key;

typedef struct peil_published {
    size_t indicator;                                /* of the monitor */
    const char *period;                              /* NULL: there is none */
    size_t nkeys;                                    /* whom it is about; none: everybody */
    peil_published_key keys[PEIL_PUBLISHED_BY_MOST]; /* in the order of the file */
    const char *text;                                /* as written */
    peil_statement statement;
    const char *source, *file; /* NULL: not said; the monitor itself */
    size_t line;
} peil_published;

typedef struct peil_published_list {
    size_t n, capacity;
    peil_published *list; /* by indicator, those of one cell together */
    size_t nsheets;
    peil_sheet *sheets; /* what texts are borrowed from */
} peil_published_list;

/* Gathers all figures that were published; what was not measured is none. Lists every fault of the
 * files in *faults, with file and line, and returns PEIL_EDATA when there are some. The monitor
 * must outlive the list, and its indicators may lack what a refusal left out. The caller clears,
 * also after a failure. */
peil_status peil_published_gather(peil_monitor *monitor, peil_published_list *out,
                                  peil_report *report, peil_fault *fault) PEIL_CHECKED;
void peil_published_clear(peil_published_list *list);

/* For published.c: the figures of one file. */
peil_status peil_published_file(peil_monitor *monitor, const char *name, peil_published_list *out,
                                peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* Whether two figures are of one cell of one indicator: 0, or their order. */
int peil_published_compare(const peil_published *a, const peil_published *b);

/* Adds a copy, unless nothing was measured. */
peil_status peil_published_add(peil_published_list *list, const peil_published *added,
                               peil_fault *fault) PEIL_CHECKED;

#endif
