/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of an input, plain or gzip, file or stdin, in blocks or as a file. gzip is known by its
 * content and held to all it promises: every member's checksum and length, and nothing behind the
 * last one. */
#ifndef PEIL_READ_SOURCE_H
#define PEIL_READ_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "core/text.h"

typedef struct peil_source peil_source;

/* Opens a file, "-" for stdin. block_bytes: how much to hand out at a time, 0 for the default.
 * hash: compute the SHA-256 of the stored bytes on the way. The caller frees *out. */
peil_status peil_source_open(const char *name, size_t block_bytes, bool hash, peil_source **out,
                             peil_fault *fault) PEIL_CHECKED;

/* Refuses a name under which a file cannot be read at another time: of stdin, a device or a pipe,
 * which has nothing left and would be waited for. One that is not there is refused on opening. */
peil_status peil_source_check_again(const char *name, peil_fault *fault) PEIL_CHECKED;

/* The first bytes, `wanted` of them or more unless there are fewer; borrowed until the source is
 * freed. They are handed out again. Only before the first peil_source_next. */
peil_status peil_source_peek(peil_source *source, size_t wanted, const char **bytes, size_t *length,
                             peil_fault *fault) PEIL_CHECKED;

/* All the bytes, unpacked, as a file to be read at any place: the input itself when that will do,
 * else a copy in memory, which is made when the whole input has been checked. *file stays the
 * source's. Only while no more was taken than had been looked at. */
peil_status peil_source_file(peil_source *source, int *file, uint64_t *size,
                             peil_fault *fault) PEIL_CHECKED;

/* The next block, borrowed until the next call; *length 0 at the end, which is reached only when
 * all that was read is whole. */
peil_status peil_source_next(peil_source *source, const char **bytes, size_t *length,
                             peil_fault *fault) PEIL_CHECKED;

/* Adds the blocks that are left to a text; no more of them than it takes to be over `most` bytes.
 * text NULL: they are only read, all of them, as for their SHA-256. */
peil_status peil_source_text(peil_source *source, size_t most, peil_text *text,
                             peil_fault *fault) PEIL_CHECKED;

/* Of a plain file that can be reopened: the next blocks are its bytes from `begin` to `end`, and no
 * others; position and size are those of this range. It has no hash. */
peil_status peil_source_range(peil_source *source, uint64_t begin, uint64_t end,
                              peil_fault *fault) PEIL_CHECKED;

/* Reads such a file once more, as a whole, for the hash that was asked for; if it was. */
peil_status peil_source_hash_whole(peil_source *source, peil_fault *fault) PEIL_CHECKED;

/* Bytes at any place of such a file, whatever is read next: fewer than `wanted` at its end. */
peil_status peil_source_read_at(const peil_source *source, uint64_t at, size_t wanted, char *bytes,
                                size_t *length, peil_fault *fault) PEIL_CHECKED;

/* Refuses a file that is not as it was when it was opened: somebody still writes it. */
peil_status peil_source_check(const peil_source *source, peil_fault *fault) PEIL_CHECKED;

/* Stored bytes read so far, and all of them (0 when that is not known). */
uint64_t peil_source_position(const peil_source *source);
uint64_t peil_source_size(const peil_source *source);

/* Whether it is a file that can be read from its begin again under its name. */
bool peil_source_can_reopen(const peil_source *source);

/* Whether it is unpacked on the way. */
bool peil_source_is_packed(const peil_source *source);

/* The SHA-256 in hex; only after the end and if it was asked for, else "". */
void peil_source_sha256(peil_source *source, char hex[65]);

void peil_source_free(peil_source *source);

#endif
