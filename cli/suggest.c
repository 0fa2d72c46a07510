/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suggest.h"

#include <string.h>

#include "core/nearest.h"

void cli_names_add(cli_names *names, const char *name) {
    if (names->n < sizeof names->name / sizeof *names->name) names->name[names->n++] = name;
}

const char *cli_suggest(const char *word, const cli_names *names) {
    const size_t length = strlen(word);
    for (size_t i = 0; length > 1 && i < names->n; i++) {
        if (strncmp(names->name[i], word, length) == 0) return names->name[i];
    }
    return peil_nearest(word, names->name, names->n);
}
