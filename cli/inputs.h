/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No output replaces what it is made of. */
#ifndef PEIL_CLI_INPUTS_H
#define PEIL_CLI_INPUTS_H

#include "options.h"
#include "report/report.h"

/* Refuses outputs that would replace an input or each other, before the work is done: of the inputs
 * those that the command line names. */
peil_status cli_inputs_check(const cli_settings *settings, peil_fault *fault) PEIL_CHECKED;

/* The same of all that was read: also what a monitor or a state names, and schemas. */
peil_status cli_inputs_check_read(const cli_settings *settings, const peil_report *report,
                                  peil_fault *fault) PEIL_CHECKED;

#endif
