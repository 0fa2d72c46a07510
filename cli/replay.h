/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `peil run --replay`: makes a result in json again, and says whether the bytes agree. */
#ifndef PEIL_CLI_REPLAY_H
#define PEIL_CLI_REPLAY_H

#include "plan/request.h"
#include "report/report.h"

/* The request's one file is the result; report->differs tells that something is not the same. */
peil_status cli_replay(const peil_request *request, peil_report *report,
                       peil_fault *fault) PEIL_CHECKED;

#endif
