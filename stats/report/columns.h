/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a report: those of the contract, with the by variables between them. */
#ifndef PEIL_REPORT_COLUMNS_H
#define PEIL_REPORT_COLUMNS_H

#include "report/report.h"

/* The by variables of a report, by name. */
typedef struct peil_by_names {
    size_t n;
    const char *const *names;
    bool has_labels; /* some file has labels of values */
} peil_by_names;

/* Refuses a by variable that has the name of a column of the contract; `columns` ends in NULL. */
peil_status peil_columns_check(const peil_by_names *by, const char *const *columns,
                               peil_fault *fault) PEIL_CHECKED;

/* Makes the first `lead` of `columns`, the by variables, and the rest of `columns`. */
peil_status peil_columns_add(const peil_by_names *by, const char *const *columns, size_t lead,
                             peil_report *report, peil_fault *fault) PEIL_CHECKED;

#endif
