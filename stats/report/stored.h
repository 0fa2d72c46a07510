/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: a monitor, a result. Not data, which are read in blocks. */
#ifndef PEIL_REPORT_STORED_H
#define PEIL_REPORT_STORED_H

#include "core/text.h"

/* Reads a whole file ("-" is stdin, gzip is unpacked) and the SHA-256 of its bytes as stored. One
 * of more than `most` bytes is refused. A fault names the file. The caller clears the text, also
 * after a failure. */
peil_status peil_stored_text(const char *name, size_t most, peil_text *text, char sha256[65],
                             peil_fault *fault) PEIL_CHECKED;

/* The SHA-256 alone, in little memory. */
peil_status peil_stored_sha256(const char *name, char sha256[65], peil_fault *fault) PEIL_CHECKED;

#endif
