/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of `peil table`: what a figure is in every command that shows one. */
#ifndef PEIL_REPORT_TABLE_H
#define PEIL_REPORT_TABLE_H

#include "report/study.h"

/* Fills the cells of a figure, from estimate up to flag, in the order of the contract. One of fewer
 * respondents than the study's min_n tells how many there are, and nothing of what they said. */
peil_status peil_table_fill(const peil_tableau *tableau, const peil_finding *finding,
                            peil_cell *cells, peil_fault *fault) PEIL_CHECKED;

#endif
