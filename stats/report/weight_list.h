/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weight of every row, in the order of the rows, behind what says which row it is. */
#ifndef PEIL_REPORT_WEIGHT_LIST_H
#define PEIL_REPORT_WEIGHT_LIST_H

#include "report/study.h"

/* Fills an empty report with the columns of --id (the number of the record unless given) and the
 * weight: weights[row] by row of the study's roster; NaN for a row outside the sample, which stays
 * without a weight. inputs: by file of the data. Refuses an id that is missing, that of an earlier
 * row, or a number too long to be kept digit by digit. */
peil_status peil_weight_list(const peil_study *study, const peil_input *inputs,
                             const double *weights, peil_report *list,
                             peil_fault *fault) PEIL_CHECKED;

#endif
