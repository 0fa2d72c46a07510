/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/digest.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

void peil_digest(const char *bytes, size_t length, char digest[PEIL_DIGEST_BYTES]) {
    struct sha256_ctx hash;
    uint8_t made[SHA256_DIGEST_SIZE];
    sha256_init(&hash);
    sha256_update(&hash, length, (const uint8_t *)bytes);
    sha256_digest(&hash, sizeof made, made);
    memcpy(digest, made, sizeof made);
}

void peil_digest_text(const char *bytes, size_t length, char text[PEIL_DIGEST_TEXT]) {
    char digest[PEIL_DIGEST_BYTES];
    peil_digest(bytes, length, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(text + 2 * i, 3, "%02x", (unsigned)(unsigned char)digest[i]);
}
