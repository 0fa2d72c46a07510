/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A monitor as requests: the indicators of a source that have a weight, a domain and breakdowns in
 * common are one study, and all studies of a source share one pass over its files. */
#ifndef PEIL_REPORT_PUBLICATION_H
#define PEIL_REPORT_PUBLICATION_H

#include "monitor/monitor.h"
#include "report/study.h"

/* Where an indicator's figures are. */
typedef struct peil_seat {
    size_t study, measure; /* of the pass of its data */
} peil_seat;

typedef struct peil_publication {
    const peil_request *base; /* what holds for all requests */
    peil_monitor *monitor;
    peil_seat *seats; /* by indicator */
    /* by data: */
    size_t *nrequests;
    peil_request **requests;
    peil_pass *passes;
} peil_publication;

/* Makes the requests of publication->base (language, progress, hashes, blocks) and ->monitor, which
 * must outlive it. The caller clears, also after a failure. */
peil_status peil_publication_make(peil_publication *publication, peil_fault *fault) PEIL_CHECKED;

/* The request of a source, without measures. */
peil_request peil_publication_source(const peil_publication *publication, size_t data);

/* The request of one indicator alone: its measure, domain, weight and breakdowns. Its words live as
 * long as the monitor. */
peil_status peil_publication_indicator(const peil_publication *publication, size_t indicator,
                                       peil_request *out, peil_fault *fault) PEIL_CHECKED;

/* Whether two requests of a source differ in their measures only, so that they are one study. */
bool peil_publication_is_same_study(const peil_request *a, const peil_request *b);

/* Finds every fault of the requests and of the files' variables, each with the line of its key. */
peil_status peil_publication_check(const peil_publication *publication, peil_faults *faults,
                                   peil_fault *fault) PEIL_CHECKED;

/* A published figure or target is about one figure, in its unit; PEIL_EDATA for another one. */
peil_status peil_publication_fits(const peil_stated *stated, peil_form form, bool is_percent,
                                  peil_fault *fault);

/* Reads all files, each once. */
peil_status peil_publication_read(peil_publication *publication, peil_report *report,
                                  peil_fault *fault) PEIL_CHECKED;

/* The rows: indicators as in the file, then periods, then breakdowns. */
peil_status peil_publication_rows(const peil_publication *publication, peil_report *report,
                                  peil_fault *fault) PEIL_CHECKED;

/* The study of an indicator. */
static inline const peil_study *peil_publication_study(const peil_publication *publication,
                                                       size_t indicator) {
    const size_t data = publication->monitor->indicators[indicator].data;
    return &publication->passes[data].studies[publication->seats[indicator].study];
}

void peil_publication_clear(peil_publication *publication);

#endif
