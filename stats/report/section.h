/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people read around an indicator's rows: its title, where it comes from, how it fares against
 * its targets, and the targets that are still to come. */
#ifndef PEIL_REPORT_SECTION_H
#define PEIL_REPORT_SECTION_H

#include "monitor/monitor.h"
#include "report/report.h"
#include "report/target.h"

/* Begins the section of an indicator; `measure` in canonical form. */
peil_status peil_section_begin(const peil_indicator *indicator, const char *measure,
                               peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* Adds a judgement to the last section; period NULL where there is none. */
void peil_section_judged(peil_report *report, const char *period, const peil_stated *target,
                         peil_judgement judgement, const char *reason);

/* Ends the last section with the targets of periods that are not among those of the data. */
peil_status peil_section_end(const peil_indicator *indicator, const char *const *periods, size_t n,
                             peil_report *report, peil_fault *fault) PEIL_CHECKED;

#endif
