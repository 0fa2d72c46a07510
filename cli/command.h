/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command of peil. To add one: a file cmd_<name>.c with such a row, and the row in program.c. */
#ifndef PEIL_CLI_COMMAND_H
#define PEIL_CLI_COMMAND_H

#include "core/text.h"
#include "options.h"
#include "report/report.h"

typedef struct cli_command {
    const char *name;     /* Mandatory. */
    const char *help;     /* Mandatory. One line. */
    const char *examples; /* Mandatory. Two or three that work, each under a line of explanation. */
    void (*about)(peil_text *out);  /* Optional. Adds paragraphs before the options. */
    const cli_group *const *groups; /* Mandatory. Ends in NULL. */
    const char *names; /* Optional. How help calls the words that are no options, when they are
                          names and no files; there may be none. */
    const char
        *files; /* Optional. How help calls its files, when they are not FILE...: "STATE..." */
    bool makes_state; /* Optional. What it makes is for programs alone. */
    bool takes_team;  /* Optional. It reads its data once, so that several processes can. */
    /* Mandatory. */
    peil_status (*run)(const peil_request *request, peil_report *report, peil_fault *fault);
} cli_command;

/* All commands, ending in NULL. */
extern const cli_command *const cli_commands[];

#endif
