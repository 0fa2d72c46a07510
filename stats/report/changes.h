/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a monitor's figures changed: each against the period before it (or the first, or one, or the
 * rest of its own period), and against the indicator's baseline. All tests of the publication are
 * corrected together. */
#ifndef PEIL_REPORT_CHANGES_H
#define PEIL_REPORT_CHANGES_H

#include "report/publication.h"

/* A cell of a breakdown in every period of it, for one figure. */
typedef struct peil_series {
    const peil_indicator *indicator;
    const peil_tableau *tableau;
    size_t nperiods;
    uint32_t first, step; /* the cell of period k is first + k * step */
    size_t category;
    const char **periods; /* their values, in order */
} peil_series;

typedef struct peil_changes peil_changes;

/* The columns of changes, ending in NULL; they come last. */
extern const char *const peil_change_columns[];

/* Of the whole publication, or of one indicator, which is then to be taken into the whole. `report`
 * has its columns already. The caller frees. */
peil_status peil_changes_new(const peil_monitor *monitor, peil_report *report, peil_changes **out,
                             peil_fault *fault) PEIL_CHECKED;

/* Fills the changes of the report's last row, which is period k of the series. */
peil_status peil_changes_add(peil_changes *changes, const peil_series *series, size_t k,
                             peil_fault *fault) PEIL_CHECKED;

/* No more rows come: gives back what only they needed. */
void peil_changes_close(peil_changes *changes);

/* Takes those of an indicator that has a report of its own, whose rows are then to be taken behind
 * the others. */
peil_status peil_changes_take(peil_changes *changes, const peil_changes *from,
                              peil_fault *fault) PEIL_CHECKED;

/* After all rows: corrects the tests, and decides what is significant. */
peil_status peil_changes_finish(peil_changes *changes, peil_fault *fault) PEIL_CHECKED;

void peil_changes_free(peil_changes *changes);

/* Whether two values are the same: as numbers, or by their bytes. Negative when a comes first, as
 * numbers do before text. */
int peil_value_compare(const char *a, const char *b);

#endif
