/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `peil verify`: published figures against the data. */
#ifndef PEIL_VERIFY_VERIFY_H
#define PEIL_VERIFY_VERIFY_H

#include "plan/request.h"
#include "report/report.h"

/* A row a published figure: indicator,period,<by variables>,published,computed,ci_low,ci_high,n,
 * status. The request's one file is a monitor; with measures its files are data, and the measures
 * the indicators. The figures are those of the monitor, and of request->published. report->differs
 * says whether some figure differs. Faults as of peil_run_monitor; those of a file with published
 * figures name it. The caller clears `report`. */
peil_status peil_run_verify(const peil_request *request, peil_report *report,
                            peil_fault *fault) PEIL_CHECKED;

#endif
