/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison asks of the totals. */
#ifndef PEIL_REPORT_COMPARISON_H
#define PEIL_REPORT_COMPARISON_H

#include "report/over.h"

/* Refuses words of a comparison that are wrong or do not go together: PEIL_EUSAGE. */
peil_status peil_comparison_check(const peil_request *request, peil_fault *fault) PEIL_CHECKED;

/* The request for the totals that a table or, where it has an over, a comparison needs: with what
 * its preset says and, for a comparison, each breakdown crossed with the variable that is compared
 * over.
 */
typedef struct peil_crossed {
    peil_request request;
    peil_over over; /* has the words of request.by */
} peil_crossed;

/* `request` must outlive *out. The caller clears, also after a failure. */
peil_status peil_crossed_make(const peil_request *request, peil_crossed *out,
                              peil_fault *fault) PEIL_CHECKED;
void peil_crossed_clear(peil_crossed *crossed);

#endif
