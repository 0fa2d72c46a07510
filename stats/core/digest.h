/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4): what tells contents apart. */
#ifndef PEIL_CORE_DIGEST_H
#define PEIL_CORE_DIGEST_H

#include <stddef.h>

#define PEIL_DIGEST_BYTES 32
#define PEIL_DIGEST_TEXT 65 /* in hex, the end included */

void peil_digest(const char *bytes, size_t length, char digest[PEIL_DIGEST_BYTES]);

/* The same in hex. */
void peil_digest_text(const char *bytes, size_t length, char text[PEIL_DIGEST_TEXT]);

#endif
