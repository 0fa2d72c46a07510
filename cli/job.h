/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From settings to bytes: runs a command and delivers what it found. */
#ifndef PEIL_CLI_JOB_H
#define PEIL_CLI_JOB_H

#include "command.h"

/* Returns the exit status; failures have been told on standard error. */
int cli_job(const cli_command *command, cli_settings *settings);

#endif
