/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Usage and help, made from the rows of commands and options. */
#ifndef PEIL_CLI_HELP_H
#define PEIL_CLI_HELP_H

#include "command.h"
#include "core/text.h"

/* What peil does and its commands: a few lines, or with `is_full` all. */
void cli_help_peil(bool is_full, peil_text *out);

/* The commands that a team of processes takes. */
void cli_help_team(peil_text *out);

/* What an option takes. */
void cli_help_option(const cli_option *option, peil_text *out);

/* All about one command. */
void cli_help_command(const cli_command *command, peil_text *out);

#endif
