/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole command line, for every program that has it. */
#ifndef PEIL_CLI_PROGRAM_H
#define PEIL_CLI_PROGRAM_H

#include <stddef.h>

struct peil_team;

/* Does what the arguments ask, with the processes of a team where there is one, and returns the
 * exit status. */
int cli_program(int argc, char **argv, const struct peil_team *team);

#endif
