/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where figures come from: what was asked, how the sample was drawn and judged, and how many rows
 * each filter leaves. Names and words are those of the command line. */
#ifndef PEIL_REPORT_PROVENANCE_H
#define PEIL_REPORT_PROVENANCE_H

#include "monitor/monitor.h"
#include "report/study.h"

/* Adds the words of a request to the report's, with what holds where nothing was given. */
peil_status peil_report_describe_request(const peil_request *request, peil_report *report,
                                         peil_fault *fault) PEIL_CHECKED;

/* The same of what was given alone: for commands without figures. */
peil_status peil_report_describe_given(const peil_request *request, peil_report *report,
                                       peil_fault *fault) PEIL_CHECKED;

/* Adds the language: notes are in it. */
peil_status peil_report_language(peil_language language, peil_report *report,
                                 peil_fault *fault) PEIL_CHECKED;

/* Adds the method of a source: design, variance, missing answers, interval, degrees of freedom, and
 * the test where `compare` is not NULL. `source` is the request of the files, `data` what a monitor
 * says of it, or NULL. */
peil_status peil_provenance_method(const peil_study *study, const peil_request *source,
                                   const peil_monitor_data *data, const peil_request *compare,
                                   peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* Adds the counts of a measure; of a monitor its indicator and data, else NULL. */
peil_status peil_provenance_counts(const peil_study *study, size_t measure, const char *indicator,
                                   const char *data, peil_report *report,
                                   peil_fault *fault) PEIL_CHECKED;

/* Adds both for a command of one study. */
peil_status peil_provenance_study(const peil_study *study, const peil_request *compare,
                                  peil_report *report, peil_fault *fault) PEIL_CHECKED;

#endif
