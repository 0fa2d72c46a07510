/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals that hold for all cells of a breakdown together (infer/band.h). */
#ifndef PEIL_REPORT_TOGETHER_H
#define PEIL_REPORT_TOGETHER_H

#include "report/study.h"

/* The level that the interval of each cell must have for all of them, of one category, to hold
 * together at the study's level; the degrees of freedom stay those of each cell. Refuses more than
 * PEIL_BAND_MOST cells. */
peil_status peil_together_level(const peil_tableau *tableau, size_t category, double *level,
                                peil_fault *fault) PEIL_CHECKED;

#endif
