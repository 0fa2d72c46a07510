/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of a state file: three lines for people, the last of which has the SHA-256 of the
 * request, so that states of one request are known by it; then
 *
 *     4 bytes     a number whose bytes tell their order
 *     8 bytes     how many bytes the contents have
 *     ...         the contents (state.h)
 *     32 bytes    the SHA-256 of all before
 */
#ifndef PEIL_REPORT_STATE_FILE_H
#define PEIL_REPORT_STATE_FILE_H

#include "core/digest.h"
#include "core/pack.h"

#define PEIL_STATE_VERSION 1 /* one more for every change that older versions would misread */

/* Packs the contents in their frame; the first `request` bytes of them are the request. */
void peil_state_frame(const peil_text *contents, size_t request, peil_text *out);

/* A state file that was read and is whole. */
typedef struct peil_state_bytes {
    const char *name;
    peil_text bytes;
    char request[PEIL_DIGEST_TEXT]; /* its digest */
    peil_unpacking contents;        /* of the bytes */
} peil_state_bytes;

/* Reads a file ("-" for stdin), gzipped or not, and checks its frame: PEIL_EDATA when it is no
 * state, one of another version, or damaged. A fault names the file. The caller clears, after
 * success alone: a failure leaves nothing to clear. `name` is borrowed. */
peil_status peil_state_read(const char *name, peil_state_bytes *out,
                            peil_fault *fault) PEIL_CHECKED;

/* The same check of bytes that are there already, without that of their SHA-256. They stay the
 * caller's to clear, also after a failure, and the fault names no file. */
peil_status peil_state_unframe(peil_state_bytes *file, peil_fault *fault) PEIL_CHECKED;

void peil_state_bytes_clear(peil_state_bytes *file);

#endif
