/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bytes go: standard output, or a file that is replaced as a whole or not at all. */
#ifndef PEIL_CLI_OUTPUT_H
#define PEIL_CLI_OUTPUT_H

#include <stdbool.h>

#include "core/fault.h"
#include "core/text.h"

/* Keeps descriptors 0 to 2 taken when they are closed, so that no file lands on them, and turns
 * a closed pipe or a full quota into a failing write. Call first. */
void cli_output_prepare(void);

/* Whether a path is standard output, by whatever name; NULL and "-" are. */
bool cli_output_is_stdout(const char *path);

/* Refuses a file that cannot be made, before the work is done. */
peil_status cli_output_check(const char *path, peil_fault *fault) PEIL_CHECKED;

/* Refuses a path that is the file of an input ("-" is stdin; NULL: there is none), under whatever
 * name. option: the one that names the path. */
peil_status cli_output_check_input(const char *path, const char *option, const char *name,
                                   peil_fault *fault) PEIL_CHECKED;

/* Writes all to `path`, or to standard output when it is NULL or "-". Standard output is closed
 * after it, to learn of late failures. On failure a file is as it was. */
peil_status cli_output_write(const char *path, const peil_text *text,
                             peil_fault *fault) PEIL_CHECKED;

#endif
