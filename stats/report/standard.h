/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shares that a study's figures are standardised to, against what the data have. */
#ifndef PEIL_REPORT_STANDARD_H
#define PEIL_REPORT_STANDARD_H

#include "report/study.h"

/* Fills study->standard, once all data were read. Refuses a value of the variable that has no share
 * (a declared missing code is none), and one that is named twice. PEIL_EDATA. */
peil_status peil_study_standard(peil_study *study, peil_fault *fault) PEIL_CHECKED;

/* Notes who is in no class. */
peil_status peil_standard_note_outside(const peil_study *study, peil_report *report,
                                       peil_fault *fault) PEIL_CHECKED;

/* Notes how many of the report's rows, or of the figures in them, have answers but none in some
 * class. */
peil_status peil_standard_note_lacking(peil_language language, size_t lacking, peil_report *report,
                                       peil_fault *fault) PEIL_CHECKED;

#endif
