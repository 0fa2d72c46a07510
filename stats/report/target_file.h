/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets from files: csv with the columns margin, category and target, in any order. */
#ifndef PEIL_REPORT_TARGET_FILE_H
#define PEIL_REPORT_TARGET_FILE_H

#include "plan/targets.h"
#include "report/report.h"

/* Adds the targets of the request's files, and the files to `inputs`, which has room for them. A
 * fault names file and row. */
peil_status peil_targets_read(const peil_request *request, peil_targets *targets,
                              peil_input *inputs, size_t *ninputs, peil_fault *fault) PEIL_CHECKED;

#endif
