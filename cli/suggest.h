/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean ...?" for commands, options and the words they take. */
#ifndef PEIL_CLI_SUGGEST_H
#define PEIL_CLI_SUGGEST_H

#include <stddef.h>

/* Known names, borrowed; starts zeroed. */
typedef struct cli_names {
    const char *name[128]; /* more than any list here; what does not fit is not suggested */
    size_t n;
} cli_names;

void cli_names_add(cli_names *names, const char *name);

/* The name that begins with `word`, else the nearest; NULL when none is near. */
const char *cli_suggest(const char *word, const cli_names *names);

#endif
