/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text in lines of a width. */
#ifndef PEIL_WRITE_FOLD_H
#define PEIL_WRITE_FOLD_H

#include <stddef.h>

#include "core/text.h"

/* Where a table's prose folds: at the width of the terminal, or, where there is none (0), at one
 * that pages and editors show. */
size_t peil_fold_width(size_t terminal);

/* The bytes of the line that begins at `text` and is at most `width` columns wide: up to a line
 * feed or the last space that fits (not, if others do, the one of "7 (12)" or "1 = yes"), or a word
 * cut where it must be. */
size_t peil_fold_length(const char *text, size_t width);

/* Where the next line begins: past the space or line feed at which a line of `length` bytes ends.
 */
const char *peil_fold_next(const char *text, size_t length);

/* Adds the text in lines of at most `width` columns, 0 (or too few) for one line. The first goes on
 * at column `at`; the others are indented to `indent`. */
void peil_fold_add(peil_text *out, const char *text, size_t width, size_t at, size_t indent);

#endif
