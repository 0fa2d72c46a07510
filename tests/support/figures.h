/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of whole commands in process, and their figures. */
#ifndef PEIL_TESTS_FIGURES_H
#define PEIL_TESTS_FIGURES_H

#include <math.h>

#include "report/run.h"
#include "support/testing.h"
#include "write/write.h"

/* A list of words for a request: WORDS("a", "b"). */
#define WORDS(...)                                                                           \
    {                                                                                        \
        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), (const char *const[]) { \
            __VA_ARGS__                                                                      \
        }                                                                                    \
    }

typedef peil_status command(const peil_request *request, peil_report *report, peil_fault *fault);

/* The report of a command on one file; refusals fail the test. */
static inline peil_report report_of(command *run, peil_request request, const char *path) {
    peil_report report = {0};
    peil_fault fault = {0};
    const char *const files[] = {path};
    if (path) request.files = (peil_words){1, files};
    const peil_status status = run(&request, &report, &fault);
    cr_assert_eq(status, PEIL_OK, "%s (record %" PRIu64 ", %s)", fault.message, fault.record,
                 fault.variable);
    return report;
}

/* The same on a file of that text. */
static inline peil_report report_on(command *run, peil_request request, const char *text) {
    const scratch file = scratch_text("data.csv", text);
    const peil_report report = report_of(run, request, file.path);
    scratch_remove(&file);
    return report;
}

/* The whole csv output of a command, or "refused: ..."; the caller frees. */
static inline char *output_of(command *run, const peil_request *request) {
    peil_report report = {0};
    peil_fault fault = {0};
    peil_text out = {0};
    const peil_status status = run(request, &report, &fault);
    if (status == PEIL_OK)
        peil_writer_find("csv")->write(&report, &(peil_style){0}, &out);
    else
        peil_text_add_format(&out, "refused: %d %" PRIu64 " %s %s", status, fault.record,
                             fault.variable, fault.message);
    peil_report_clear(&report);
    cr_assert_not(out.failed);
    return out.bytes;
}

static inline const peil_cell *cell_of(const peil_report *report, size_t row, const char *column) {
    const size_t place = peil_report_find(report, column);
    cr_assert_lt(place, report->ncolumns, "no column %s", column);
    cr_assert_lt(row, report->nrows, "no row %zu", row);
    return &report->cells[row * report->ncolumns + place];
}

/* A number or count; NaN where there is none. */
static inline double figure_of(const peil_report *report, size_t row, const char *column) {
    const peil_cell *cell = cell_of(report, row, column);
    if (cell->kind == PEIL_CELL_COUNT) return (double)cell->as.count;
    return cell->kind == PEIL_CELL_NUMBER ? cell->as.number : (double)NAN;
}

/* Text, or "" where there is none. */
static inline const char *word_of_cell(const peil_report *report, size_t row, const char *column) {
    const peil_cell *cell = cell_of(report, row, column);
    const bool is_text = cell->kind == PEIL_CELL_TEXT || cell->kind == PEIL_CELL_CODE;
    return is_text ? cell->as.text : "";
}

/* Within a relative tolerance, or both absent. */
static inline bool is_near(double a, double b, double tolerance) {
    if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
    return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

#endif
