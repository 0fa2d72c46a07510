/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of csv looked at 64 at a time, a bit of a word each. Every x86-64 has an instruction that
 * brings such bits together; elsewhere a multiplication does. */
#ifndef PEIL_READ_CSV_BITS_H
#define PEIL_READ_CSV_BITS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

enum { PEIL_CSV_GROUP = 64 };

#if defined __SSE2__

/* Where one or the other stands. */
static inline uint64_t peil_csv_find(const char bytes[PEIL_CSV_GROUP], char one, char other) {
    const __m128i ones = _mm_set1_epi8(one), others = _mm_set1_epi8(other);
    uint64_t bits = 0;
    for (int i = 0; i < PEIL_CSV_GROUP; i += 16) {
        const __m128i part = _mm_loadu_si128((const __m128i *)(bytes + i));
        const __m128i flags =
            _mm_or_si128(_mm_cmpeq_epi8(part, ones), _mm_cmpeq_epi8(part, others));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(flags) << i;
    }
    return bits;
}

#else

/* Brings the lowest bits of the bytes of a word together in its highest byte, the first byte's as
 * the lowest. */
#define PEIL_CSV_GATHERER                                                  \
    (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? UINT64_C(0x8040201008040201) \
                                            : UINT64_C(0x0102040810204080))

/* Bytes that are 0 or 1 as bits. */
static inline uint64_t peil_csv_gather(const uint8_t flags[PEIL_CSV_GROUP]) {
    uint64_t bits = 0, word;
    for (int i = 0; i < PEIL_CSV_GROUP; i += 8) {
        memcpy(&word, flags + i, sizeof word);
        bits |= (word * PEIL_CSV_GATHERER >> 56) << i;
    }
    return bits;
}

/* Where one or the other stands. */
static inline uint64_t peil_csv_find(const char bytes[PEIL_CSV_GROUP], char one, char other) {
    uint8_t flags[PEIL_CSV_GROUP];
    for (int i = 0; i < PEIL_CSV_GROUP; i++) flags[i] = (bytes[i] == one) | (bytes[i] == other);
    return peil_csv_gather(flags);
}

#endif

/* How many there are, where the processor need not know. */
static inline unsigned peil_csv_count(uint64_t bits) {
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/* Each bit: whether an odd number of bits stands up to and with it. */
static inline uint64_t peil_csv_parity(uint64_t bits) {
    for (int step = 1; step < PEIL_CSV_GROUP; step *= 2) bits ^= bits << step;
    return bits;
}

/* A group of fewer bytes, with zeros behind them. */
static inline const char *peil_csv_pad(const char *bytes, size_t length,
                                       char room[PEIL_CSV_GROUP]) {
    memset(room, 0, PEIL_CSV_GROUP);
    return memcpy(room, bytes, length);
}

#endif
