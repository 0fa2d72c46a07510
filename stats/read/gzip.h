/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gzip format (RFC 1952), unpacked as its bytes come in: one member behind the other, each with
 * a checksum and a length that hold, and nothing behind the last one but zeros (tape padding).
 * ISA-L inflates, some three times faster than zlib. It takes a few tables of codes that zlib finds
 * faulty, when what they unpack to has the right checksum and length all the same. */
#ifndef PEIL_READ_GZIP_H
#define PEIL_READ_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"

typedef struct peil_gzip peil_gzip;

/* The caller frees. */
peil_status peil_gzip_make(peil_gzip **out, peil_fault *fault) PEIL_CHECKED;
void peil_gzip_free(peil_gzip *gzip); /* NULL is fine */

/* Whether these first bytes of an input are of the format. */
bool peil_gzip_is(const unsigned char *bytes, size_t length);

/* Packed bytes and room for unpacked ones: `used` and `made` tell how many of each are done. */
typedef struct peil_gzip_step {
    const unsigned char *bytes;
    size_t length, used;
    unsigned char *room;
    size_t size, made;
} peil_gzip_step;

/* Goes on a step, as far as the bytes, the room or a member allow; also without bytes it may make
 * some. Refuses what is damaged (PEIL_EDATA). */
peil_status peil_gzip_unpack(peil_gzip *gzip, peil_gzip_step *step, peil_fault *fault) PEIL_CHECKED;

/* Whether the input may end here, where a step with room and without bytes made nothing. */
bool peil_gzip_may_end(const peil_gzip *gzip);

#endif
