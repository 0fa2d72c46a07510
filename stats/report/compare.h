/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of `peil compare` share: a comparison as it is being made, row by row. */
#ifndef PEIL_REPORT_COMPARE_H
#define PEIL_REPORT_COMPARE_H

#include "infer/adjust.h"
#include "infer/trend.h"
#include "report/judge.h"

/* The cells of figures, in the order of the columns. */
typedef enum peil_compare_place {
    PEIL_COMPARE_ESTIMATE,
    PEIL_COMPARE_REFERENCE_ESTIMATE,
    PEIL_COMPARE_DIFFERENCE,
    PEIL_COMPARE_SE,
    PEIL_COMPARE_CI_LOW,
    PEIL_COMPARE_CI_HIGH,
    PEIL_COMPARE_STATISTIC,
    PEIL_COMPARE_DF,
    PEIL_COMPARE_P,
    PEIL_COMPARE_P_ADJUSTED,
    PEIL_COMPARE_SIGNIFICANT
} peil_compare_place;

typedef enum peil_against {
    PEIL_AGAINST_PREVIOUS,
    PEIL_AGAINST_FIRST,
    PEIL_AGAINST_REST,
    PEIL_AGAINST_VALUE,
    PEIL_AGAINST_TREND
} peil_against;

#define PEIL_NO_TEST SIZE_MAX

typedef struct peil_comparison {
    const peil_study *study;
    peil_against against;
    const peil_trend *trend; /* TREND: the highest degree */
    uint32_t value;          /* VALUE: its code */
    const peil_test_rule *rule;
    const peil_adjustment *adjustment;
    bool is_over[PEIL_BY_MOST]; /* by the plan's by variables: it is compared */
    size_t over;                /* index of the plan's by variables */
    peil_report *report;
    peil_places places;
    size_t reference; /* column of the report */

    size_t ntests, tests_capacity;
    double *p; /* by test; NaN where there is none */
    size_t rows_capacity;
    size_t *test; /* by row: its test, or PEIL_NO_TEST */

    peil_questions questions;
    size_t short_trends;   /* rows with too few figures for their degree */
    size_t partial_trends; /* rows without the figures of some values */
    size_t lacking_class;  /* rows with a figure that lacks a class of the standard */
    size_t lacking;        /* rows whose difference does not exist in some replicates */
    size_t hidden;         /* rows with a figure of too few respondents */
} peil_comparison;

/* Adds a row with its keys, but for the reference, and without a test; *cells are all its cells. */
peil_status peil_compare_add_row(peil_comparison *c, const peil_tableau *t, uint32_t cell,
                                 size_t category, peil_cell **cells,
                                 peil_fault *fault) PEIL_CHECKED;

/* Adds a test, of which `p` may be NaN, to those that are adjusted together; *test is its number.
 */
peil_status peil_compare_add_test(peil_comparison *c, double p, size_t *test,
                                  peil_fault *fault) PEIL_CHECKED;

/* Names the value of a cell as the reference of a row. */
peil_status peil_compare_name_reference(const peil_comparison *c, const peil_tableau *t,
                                        uint32_t cell, peil_cell *cells,
                                        peil_fault *fault) PEIL_CHECKED;

/* A figure in the row's unit, or nothing. */
void peil_compare_fill_estimate(const peil_tableau *t, const peil_linear *linear, peil_cell *cell);

/* Difference, se and interval. figures: the row's cells from the first figure on. */
void peil_compare_fill_difference(peil_comparison *c, const peil_difference *difference,
                                  peil_cell *figures);

/* Statistic, df and p, or whether the intervals are apart. */
void peil_compare_fill_verdict(const peil_verdict *verdict, peil_cell *figures);

/* The rows of n values of the variable, from cell `first` on: pairs, or the trend over all. */
peil_status peil_compare_pairs(peil_comparison *c, const peil_tableau *t, uint32_t first, size_t n,
                               peil_fault *fault) PEIL_CHECKED;
peil_status peil_compare_trend(peil_comparison *c, const peil_tableau *t, uint32_t first, size_t n,
                               peil_fault *fault) PEIL_CHECKED;

/* Says that --against has no such value. */
peil_status peil_compare_refuse_value(const peil_comparison *c, peil_fault *fault);

/* Notes that the previous value is but the one before it in the alphabet, unless the user asked. */
peil_status peil_compare_note_order(const peil_comparison *c, peil_fault *fault) PEIL_CHECKED;

/* What a reader of the rows should know. */
peil_status peil_compare_notes(const peil_comparison *c, peil_fault *fault) PEIL_CHECKED;

#endif
