/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/columns.h"

#include <string.h>

/* Whether a name is that of another by variable's labels. */
static bool is_label_of(const peil_by_names *by, const char *name) {
    const size_t length = strlen(name);
    for (size_t i = 0; i < by->n; i++) {
        const size_t begin = strlen(by->names[i]);
        if (length > begin && strncmp(name, by->names[i], begin) == 0 &&
            strcmp(name + begin, "_label") == 0)
            return true;
    }
    return false;
}

static bool is_column(const peil_by_names *by, const char *const *columns, const char *name) {
    for (size_t k = 0; columns[k]; k++)
        if (strcmp(name, columns[k]) == 0) return true;
    return by->has_labels && (strcmp(name, "category_label") == 0 || is_label_of(by, name));
}

peil_status peil_columns_check(const peil_by_names *by, const char *const *columns,
                               peil_fault *fault) {
    for (size_t i = 0; i < by->n; i++)
        if (is_column(by, columns, by->names[i]))
            return peil_fail(fault, PEIL_EDATA,
                             "the variable %s has the name of a column of the output; rename it in "
                             "the data",
                             by->names[i]);
    return PEIL_OK;
}

/* A column, with one for labels where files have them. */
static peil_status add_column(bool has_labels, peil_report *report, const char *name,
                              peil_column_kind labels, peil_fault *fault) {
    PEIL_TRY(peil_report_column(report, name, fault));
    return has_labels && labels != PEIL_COLUMN_PLAIN
               ? peil_report_label_column(report, labels, fault)
               : PEIL_OK;
}

/* Which columns of the contract hold values of variables. */
static peil_column_kind labels_of(const char *column) {
    if (strcmp(column, "category") == 0) return PEIL_COLUMN_LABEL;
    const bool is_value = strcmp(column, "period") == 0 || strcmp(column, "reference") == 0;
    return is_value ? PEIL_COLUMN_CAPTION : PEIL_COLUMN_PLAIN;
}

peil_status peil_columns_add(const peil_by_names *by, const char *const *columns, size_t lead,
                             peil_report *report, peil_fault *fault) {
    const bool labels = by->has_labels;
    for (size_t i = 0; i < lead; i++)
        PEIL_TRY(add_column(labels, report, columns[i], labels_of(columns[i]), fault));
    report->nlead = report->ncolumns;
    for (size_t i = 0; i < by->n; i++)
        PEIL_TRY(add_column(labels, report, by->names[i], PEIL_COLUMN_LABEL, fault));
    report->nby = report->ncolumns - report->nlead;
    for (size_t i = lead; columns[i]; i++)
        PEIL_TRY(add_column(labels, report, columns[i], labels_of(columns[i]), fault));
    return PEIL_OK;
}
