/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pack.h"

#include <string.h>

#include "core/array.h"

/* ---- packing ---- */

static void pack(peil_text *out, uint64_t number, size_t size) {
    char bytes[8];
    for (size_t i = 0; i < size; i++) bytes[i] = (char)(number >> 8 * i);
    peil_text_add_bytes(out, bytes, size);
}

void peil_pack_byte(peil_text *out, unsigned byte) {
    pack(out, byte, 1);
}

void peil_pack_u32(peil_text *out, uint32_t number) {
    pack(out, number, 4);
}

void peil_pack_u64(peil_text *out, uint64_t number) {
    pack(out, number, 8);
}

void peil_pack_decimal(peil_text *out, peil_decimal number) {
    pack(out, (uint64_t)number.digits, 8);
    pack(out, (uint32_t)number.scale, 4);
}

void peil_pack_string(peil_text *out, const char *string) {
    const size_t length = strlen(string);
    pack(out, length, 8);
    peil_text_add_bytes(out, string, length);
}

/* ---- unpacking ---- */

void peil_unpack_claim(peil_unpacking *in, bool holds) {
    in->failed = in->failed || !holds;
}

static uint64_t unpack(peil_unpacking *in, size_t size) {
    uint64_t number = 0;
    peil_unpack_claim(in, in->left >= size);
    if (in->failed) return 0;
    for (size_t i = 0; i < size; i++) number |= (uint64_t)(unsigned char)in->bytes[i] << 8 * i;
    in->bytes += size;
    in->left -= size;
    return number;
}

uint32_t peil_unpack_u32(peil_unpacking *in) {
    return (uint32_t)unpack(in, 4);
}

uint64_t peil_unpack_u64(peil_unpacking *in) {
    return unpack(in, 8);
}

/* The number, or 0 where the claim on it does not hold. */
static uint64_t only_if(peil_unpacking *in, bool holds, uint64_t number) {
    peil_unpack_claim(in, holds);
    return in->failed ? 0 : number;
}

unsigned peil_unpack_byte(peil_unpacking *in, unsigned below) {
    const uint64_t byte = unpack(in, 1);
    return (unsigned)only_if(in, byte < below, byte);
}

uint64_t peil_unpack_most(peil_unpacking *in, uint64_t most) {
    const uint64_t number = unpack(in, 8);
    return only_if(in, number <= most, number);
}

uint32_t peil_unpack_below(peil_unpacking *in, size_t below) {
    const uint32_t number = peil_unpack_u32(in);
    return (uint32_t)only_if(in, number < below, number);
}

size_t peil_unpack_count(peil_unpacking *in, size_t size) {
    const uint64_t count = unpack(in, 8);
    return (size_t)only_if(in, count <= in->left / size, count);
}

static bool is_decimal(int64_t digits, int32_t scale) {
    if (digits == 0) return scale == 0;
    return digits % 10 != 0 && digits > -INT64_MAX && scale >= -PEIL_SCALE_MOST &&
           scale <= PEIL_SCALE_MOST;
}

peil_decimal peil_unpack_decimal(peil_unpacking *in) {
    peil_decimal number;
    number.digits = (int64_t)unpack(in, 8);
    number.scale = (int32_t)unpack(in, 4);
    peil_unpack_claim(in, is_decimal(number.digits, number.scale));
    return in->failed ? (peil_decimal){0, 0} : number;
}

peil_status peil_unpack_string(peil_unpacking *in, char **out, peil_fault *fault) {
    const size_t length = peil_unpack_count(in, 1);
    peil_unpack_claim(in, !memchr(in->bytes, '\0', length));
    PEIL_TRY(peil_string_copy(in->bytes, in->failed ? 0 : length, out, fault));
    if (in->failed) return PEIL_OK;
    in->bytes += length;
    in->left -= length;
    return PEIL_OK;
}

peil_status peil_unpack_verdict(const peil_unpacking *in, peil_fault *fault) {
    return in->failed ? peil_fail(fault, PEIL_EDATA, "its contents do not fit together") : PEIL_OK;
}
