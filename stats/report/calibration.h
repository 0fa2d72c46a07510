/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calibration of a study: its targets, the patterns of auxiliary values that respondents have,
 * and the g-weight of each. */
#ifndef PEIL_REPORT_CALIBRATION_H
#define PEIL_REPORT_CALIBRATION_H

#include "calibrate/solve.h"
#include "estimate/taylor.h"
#include "plan/targets.h"
#include "report/report.h"

/* One column of the auxiliaries: a target, and who counts for it. */
typedef struct peil_calibration_column {
    const peil_margin *margin;
    const peil_target *target;
    uint64_t n;      /* respondents with a weight above 0 who have an entry */
    peil_real start; /* their total with the start weights */
} peil_calibration_column;

typedef struct peil_calibration {
    /* of the request */
    peil_targets targets; /* none: nothing is calibrated */
    const peil_distance *distance;
    peil_limits limits;     /* of g */
    const char *population; /* as in the request */
    size_t ninputs;
    peil_input *inputs; /* the files of targets */

    /* of the targets */
    size_t ncolumns;
    peil_calibration_column *columns;
    size_t *first; /* by margin: its first column */

    /* of the data; patterns in the order of their values */
    uint32_t **pattern_of; /* by cube: by base cell, its pattern */
    peil_record *met;      /* by pattern: its first record */
    peil_auxiliaries x;
    peil_crossing crossing; /* all cells as one */
    peil_view everybody;
    peil_real *weight; /* by pattern: the sum of start weights */
    uint64_t *n;       /* by pattern: respondents with a weight above 0 */
    peil_real size;    /* what the categories of a margin add up to; without any, the weights */
    peil_real *amount; /* by column: the target in people, or of a number */
    peil_real times;   /* what a start weight of 1 counts for: 1, but for equal weights theirs */
    peil_calibration_solution solution; /* by pattern */
    peil_real *factor;                  /* by pattern: share times g, for weights as in the data */
    peil_fit fit;
    peil_calibrated calibrated;
} peil_calibration;

/* Reads the request's words and its files of targets. Without targets nothing is wanted. The caller
 * clears, also after a failure. */
peil_status peil_calibration_begin(const peil_request *request, peil_calibration *out,
                                   peil_fault *fault) PEIL_CHECKED;

/* ncubes: of the study's catalog. */
void peil_calibration_clear(peil_calibration *calibration, size_t ncubes);

#endif
