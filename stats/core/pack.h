/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and texts as bytes that are the same on every machine: one after the other without
 * padding, least significant byte first. Packing appends to a text, which remembers a failed
 * allocation; unpacking remembers that bytes ran out or made no sense. So a structure is packed and
 * unpacked field by field, and asked about once, at the end. */
#ifndef PEIL_CORE_PACK_H
#define PEIL_CORE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/text.h"

/* The most decimals, or zeros, that a number can have: doubles end at 1e308 and 5e-324. */
#define PEIL_SCALE_MOST 400

#define PEIL_PACKED_DECIMAL 12 /* bytes */

void peil_pack_byte(peil_text *out, unsigned byte);
void peil_pack_u32(peil_text *out, uint32_t number);
void peil_pack_u64(peil_text *out, uint64_t number);
void peil_pack_decimal(peil_text *out, peil_decimal number);
void peil_pack_string(peil_text *out, const char *string);

/* Bytes to be unpacked, borrowed. They may be anybody's: what is read is checked before it is used
 * as a size or an index. */
typedef struct peil_unpacking {
    const char *bytes;
    size_t left;
    bool failed; /* what was unpacked last is 0, and all that follows */
} peil_unpacking;

/* A byte below `below`. */
unsigned peil_unpack_byte(peil_unpacking *in, unsigned below);
uint32_t peil_unpack_u32(peil_unpacking *in);
uint64_t peil_unpack_u64(peil_unpacking *in);

/* A decimal in its one form. */
peil_decimal peil_unpack_decimal(peil_unpacking *in);

/* A number of things that take `size` bytes each, or more: no more than there are bytes for. */
size_t peil_unpack_count(peil_unpacking *in, size_t size);

/* A number of at most `most`; 0 after a failure. */
uint64_t peil_unpack_most(peil_unpacking *in, uint64_t most);

/* A number below `below`; 0 after a failure, also where nothing is below. */
uint32_t peil_unpack_below(peil_unpacking *in, size_t below);

/* A string without NUL in it; the caller frees *out, which is "" after a failure. */
peil_status peil_unpack_string(peil_unpacking *in, char **out, peil_fault *fault) PEIL_CHECKED;

/* Says that what was unpacked makes no sense, unless `holds`. */
void peil_unpack_claim(peil_unpacking *in, bool holds);

/* PEIL_EDATA after a failure. Nothing that was unpacked may be used before. */
peil_status peil_unpack_verdict(const peil_unpacking *in, peil_fault *fault) PEIL_CHECKED;

#endif
