/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a text file as UTF-8, in blocks. The encoding is what the user says, or a byte order
 * mark, or else UTF-8 unless the first bytes are none: then windows-1252, which is a guess. UTF-8
 * itself passes unchecked, so that only what is used need be sound. */
#ifndef PEIL_READ_CHARACTERS_H
#define PEIL_READ_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "read/source.h"

typedef struct peil_characters peil_characters;

/* Looks at the head of a source, whose first block is given. encoding: the user's name of one, or
 * NULL. The source is not owned. PEIL_EUSAGE for an encoding that nobody knows. The caller frees
 * *out, also after a failure. */
peil_status peil_characters_open(peil_source *source, const char *block, size_t length,
                                 const char *encoding, peil_characters **out,
                                 peil_fault *fault) PEIL_CHECKED;

/* The name of the encoding, a static string, and whether the file left it to be guessed. */
const char *peil_characters_encoding(const peil_characters *characters, bool *is_guess);

/* Whether the text is the bytes of the source as they are, behind a byte order mark of so many. */
bool peil_characters_are_bytes(const peil_characters *characters, size_t *mark);

/* The next block, without a byte order mark, borrowed until the next call; *length 0 at the end.
 * Bytes that are no text in the encoding are refused (PEIL_EDATA, without a record) by the call
 * behind the one that gave what stands before them. */
peil_status peil_characters_next(peil_characters *characters, const char **text, size_t *length,
                                 peil_fault *fault) PEIL_CHECKED;

/* Whether the last call refused the characters, not the file that they come from. */
bool peil_characters_are_broken(const peil_characters *characters);

/* NULL is fine. */
void peil_characters_free(peil_characters *characters);

#endif
