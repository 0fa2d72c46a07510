/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is replaced as a whole or not at all: written beside it under another name, made
 * safe on disk, then renamed. */
#ifndef PEIL_CLI_REPLACE_H
#define PEIL_CLI_REPLACE_H

#include <stdbool.h>

#include "core/fault.h"
#include "core/text.h"

/* Refuses a path where cli_replace would surely fail. */
peil_status cli_replace_check(const char *path, peil_fault *fault) PEIL_CHECKED;

/* Whether two paths stand for one place, whether there is a file or not. */
bool cli_replace_is_same(const char *a, const char *b);

/* Makes `path` a file of these bytes. A file that was there keeps its permissions; a link to a
 * file stays a link. */
peil_status cli_replace(const char *path, const peil_text *text, peil_fault *fault) PEIL_CHECKED;

/* Writes all to a descriptor; false with errno when that fails. */
bool cli_write_all(int fd, const peil_text *text);

#endif
