/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages for people, on standard error. File and variable names come from others: whatever could
 * steer a terminal in them is made visible. */
#ifndef PEIL_CLI_MESSAGE_H
#define PEIL_CLI_MESSAGE_H

#include "core/fault.h"

/* "peil: FILE: record 2 (row 3 with the header): variable x: text"; returns the exit status. A
 * fault without a text is kept quiet. */
int cli_message_fault(const peil_fault *fault);

/* "peil: note: text" */
void cli_message_note(const char *note);

#endif
