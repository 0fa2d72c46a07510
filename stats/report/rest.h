/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody else: what a group of a breakdown is held against. */
#ifndef PEIL_REPORT_REST_H
#define PEIL_REPORT_REST_H

#include "report/study.h"

/* The other values of a cell's last variable, with the same values of all others; of an area only
 * those in the area around it, unless a larger one is among the variables. As cells of the view,
 * class by class. The caller frees. */
peil_status peil_rest_of(const peil_tableau *tableau, uint32_t cell, uint32_t **cells, size_t *n,
                         peil_fault *fault) PEIL_CHECKED;

#endif
