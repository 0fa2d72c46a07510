/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bytes go: standard output, or a file that is replaced as a whole or not at all. */
#ifndef PEIL_CLI_OUTPUT_H
#define PEIL_CLI_OUTPUT_H

#include <stdbool.h>

#include "core/fault.h"
#include "core/text.h"
#include "plan/request.h"

/* Keeps descriptors 0 to 2 taken when they are closed, so that no file lands on them, and turns
 * a closed pipe or a full quota into a failing write. Call first. */
void cli_output_prepare(void);

/* Whether a path is standard output, by whatever name; NULL and "-" are. */
bool cli_output_is_stdout(const char *path);

/* Refuses, before the work is done, a file that is one of the inputs or that cannot be made.
 * option: the one that names the path. */
peil_status cli_output_check(const char *path, const char *option, const peil_words *inputs,
                             peil_fault *fault) PEIL_CHECKED;

/* Writes all to `path`, or to standard output when it is NULL or "-". Standard output is closed
 * after it, to learn of late failures. On failure a file is as it was. */
peil_status cli_output_write(const char *path, const peil_text *text,
                             peil_fault *fault) PEIL_CHECKED;

#endif
