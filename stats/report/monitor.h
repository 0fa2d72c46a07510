/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A monitor file on its way to rows, for the commands that take one. */
#ifndef PEIL_REPORT_MONITOR_H
#define PEIL_REPORT_MONITOR_H

#include "report/publication.h"

/* What a command does with a monitor. The text may have faults, which are in report->faults: what
 * else is wrong is to be found (peil_monitor_check), and nothing computed. */
typedef peil_status peil_monitor_work(peil_publication *publication, peil_report *report,
                                      peil_fault *fault);

/* Reads the monitor file, the request's one file, and has the work done. On failure nothing is left
 * of the report but the faults of the monitor. */
peil_status peil_monitor_carry_out(const peil_request *request, peil_monitor_work *work,
                                   peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* Lists the faults of the monitor; PEIL_EDATA when there are some. */
peil_status peil_monitor_check(const peil_publication *publication, peil_report *report,
                               peil_fault *fault) PEIL_CHECKED;

/* Adds where the figures come from, and the notes of all studies. */
peil_status peil_monitor_notes(const peil_publication *publication, peil_report *report,
                               peil_fault *fault) PEIL_CHECKED;

#endif
