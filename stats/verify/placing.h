/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where published figures are in what is computed. Of each indicator only the breakdowns are made
 * in which something was published. */
#ifndef PEIL_VERIFY_PLACING_H
#define PEIL_VERIFY_PLACING_H

#include "report/publication.h"
#include "verify/published.h"

/* Gives each indicator the breakdowns of its published figures in place of its own; one without
 * published figures is left with its total. */
peil_status peil_placing_set_breakdowns(peil_monitor *monitor, const peil_published_list *list,
                                        peil_fault *fault) PEIL_CHECKED;

#define PEIL_NO_CELL UINT32_MAX

/* The breakdown of a study's plan that crosses the variables of a figure. */
size_t peil_placing_breakdown(const peil_monitor *monitor, const peil_study *study,
                              const peil_published *published);

/* Where a value that people wrote, or its label, is among the values of variable k of a crossing;
 * nvalues[k] when it is none of them. */
size_t peil_placing_value(const peil_tableau *tableau, size_t k, const char *value);

/* The value that a figure has for variable k of its breakdown, NULL when it says none. */
const char *peil_placing_wanted(const peil_monitor *monitor, const peil_tableau *tableau, size_t k,
                                const peil_published *published);

/* The cell of a figure, or PEIL_NO_CELL. A figure without a period is that of the only one. */
uint32_t peil_placing_cell(const peil_monitor *monitor, const peil_tableau *tableau,
                           const peil_published *published);

#endif
