/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/plane.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

#define CHUNK 18 /* 10^18 is the largest power of ten in a signed word */

static const uint64_t powers[CHUNK + 1] = {1u,
                                           10u,
                                           100u,
                                           1000u,
                                           10000u,
                                           100000u,
                                           1000000u,
                                           10000000u,
                                           100000000u,
                                           1000000000u,
                                           10000000000u,
                                           100000000000u,
                                           1000000000000u,
                                           10000000000000u,
                                           100000000000000u,
                                           1000000000000000u,
                                           10000000000000000u,
                                           100000000000000000u,
                                           1000000000000000000u};

/* ---- numbers of several words ---- */

static uint64_t sign_word(const uint64_t *number, size_t width) {
    return number[width - 1] >> 63 ? UINT64_MAX : 0;
}

/* Word i of a number extended by its sign. */
static uint64_t word_of(const uint64_t *number, size_t width, size_t i) {
    return i < width ? number[i] : sign_word(number, width);
}

/* sum += number * 2^(64 offset) */
static void add(uint64_t *sum, size_t sum_width, const uint64_t *number, size_t width,
                size_t offset) {
    uint128 carry = 0;
    for (size_t i = offset; i < sum_width; i++) {
        carry += (uint128)sum[i] + word_of(number, width, i - offset);
        sum[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

/* out = a * b modulo 2^(64 out_width), which holds the signed product when out is wide enough. */
static void multiply(uint64_t *out, size_t out_width, const uint64_t *a, size_t a_width,
                     const uint64_t *b, size_t b_width) {
    memset(out, 0, out_width * sizeof *out);
    for (size_t i = 0; i < out_width; i++) {
        const uint64_t left = word_of(a, a_width, i);
        uint128 carry = 0;
        for (size_t j = 0; left && i + j < out_width; j++) {
            carry += (uint128)left * word_of(b, b_width, j) + out[i + j];
            out[i + j] = (uint64_t)carry;
            carry >>= 64;
        }
    }
}

static void multiply_small(uint64_t *number, size_t width, uint64_t factor) {
    uint128 carry = 0; /* modulo 2^(64 width) the sign takes care of itself */
    for (size_t i = 0; i < width; i++) {
        carry += (uint128)number[i] * factor;
        number[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

static void multiply_pow10(uint64_t *number, size_t width, int32_t power) {
    for (; power > CHUNK; power -= CHUNK) multiply_small(number, width, powers[CHUNK]);
    multiply_small(number, width, powers[power]);
}

/* The fewest bits with |number| < 2^bits. */
static unsigned bits_of(const uint64_t *number, size_t width) {
    const uint64_t sign = sign_word(number, width);
    for (size_t i = width; i-- > 0;) {
        const uint64_t word = number[i] ^ sign;
        /* ~x is |x| - 1, so a negative power of two needs a bit more than shows; one is added. */
        if (word) return (unsigned)(64 * i) + 64 - (unsigned)__builtin_clzll(word) + (sign != 0);
    }
    return sign != 0;
}

static unsigned bits_of_count(uint64_t n) {
    return n ? 64 - (unsigned)__builtin_clzll(n) : 0;
}

/* log2(10) < 3322 / 1000 */
static unsigned bits_of_pow10(int32_t power) {
    return (unsigned)((uint64_t)power * 3322 / 1000) + 1;
}

static size_t width_for(unsigned bits) {
    return (bits + 1 + 63) / 64;
}

/* ---- addends ---- */

static peil_status make_room(peil_addends *out, size_t n, unsigned bits, peil_fault *fault) {
    out->width = width_for(bits);
    out->bits = 0;
    return peil_array_reserve(&out->words, &out->words_capacity, n * out->width, sizeof *out->words,
                              fault);
}

static unsigned bits_needed(const peil_decimal *values, size_t n, int32_t scale) {
    unsigned most = 0;
    for (size_t i = 0; i < n; i++) {
        const int64_t digits = values[i].digits;
        if (digits == 0 || values[i].scale > scale) continue;
        const uint64_t size = digits < 0 ? 0 - (uint64_t)digits : (uint64_t)digits;
        const int32_t power = scale - values[i].scale;
        const unsigned bits = bits_of_count(size) + (power ? bits_of_pow10(power) : 0);
        if (bits > most) most = bits;
    }
    return most;
}

peil_status peil_addends_of(peil_addends *out, const peil_decimal *values, size_t n, int32_t scale,
                            peil_fault *fault) {
    PEIL_TRY(make_room(out, n, bits_needed(values, n, scale), fault));
    for (size_t i = 0; i < n; i++) {
        uint64_t *number = out->words + i * out->width;
        if (values[i].digits == 0 || values[i].scale > scale) {
            memset(number, 0, out->width * sizeof *number);
            continue;
        }
        number[0] = (uint64_t)values[i].digits;
        for (size_t k = 1; k < out->width; k++) number[k] = values[i].digits < 0 ? UINT64_MAX : 0;
        multiply_pow10(number, out->width, scale - values[i].scale);
        const unsigned bits = bits_of(number, out->width);
        if (bits > out->bits) out->bits = bits;
    }
    return PEIL_OK;
}

peil_status peil_addends_multiply(peil_addends *out, const peil_addends *a, const peil_addends *b,
                                  size_t n, peil_fault *fault) {
    PEIL_TRY(make_room(out, n, a->bits + b->bits, fault));
    for (size_t i = 0; i < n; i++)
        multiply(out->words + i * out->width, out->width, a->words + i * a->width, a->width,
                 b->words + i * b->width, b->width);
    out->bits = a->bits + b->bits;
    return PEIL_OK;
}

void peil_addends_clear(peil_addends *addends) {
    free(addends->words);
    *addends = (peil_addends){0};
}

/* ---- planes ---- */

/* Makes every sum `width` words wide, from the last to the first so that it works in place. */
static peil_status widen(peil_plane *plane, size_t width, peil_fault *fault) {
    if (width <= plane->width) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&plane->words, &plane->words_capacity, plane->count * width,
                                sizeof *plane->words, fault));
    const size_t old = plane->width;
    for (size_t i = plane->count; i-- > 0 && old;) {
        const uint64_t sign = sign_word(plane->words + i * old, old);
        memmove(plane->words + i * width, plane->words + i * old, old * sizeof *plane->words);
        for (size_t k = old; k < width; k++) plane->words[i * width + k] = sign;
    }
    if (!old && plane->count) memset(plane->words, 0, plane->count * width * sizeof *plane->words);
    plane->width = width;
    return PEIL_OK;
}

/* Makes the plane hold so many more addends of so many bits. */
static peil_status promise(peil_plane *plane, unsigned bits, uint64_t additions,
                           peil_fault *fault) {
    if (bits > plane->bits) plane->bits = bits;
    plane->additions += additions;
    return widen(plane, width_for(plane->bits + bits_of_count(plane->additions)), fault);
}

peil_status peil_plane_resize(peil_plane *plane, size_t count, peil_fault *fault) {
    if (count <= plane->count) return PEIL_OK;
    if (!plane->width) plane->width = 1;
    PEIL_TRY(peil_array_reserve(&plane->words, &plane->words_capacity, count * plane->width,
                                sizeof *plane->words, fault));
    memset(plane->words + plane->count * plane->width, 0,
           (count - plane->count) * plane->width * sizeof *plane->words);
    plane->count = count;
    return PEIL_OK;
}

static void add_one_word(uint64_t *sums, const uint32_t *place, const uint64_t *addends, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (place[i] != PEIL_NONE) sums[place[i]] += addends[i];
}

static void add_two_words(uint64_t *sums, const uint32_t *place, const peil_addends *addends,
                          size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (place[i] == PEIL_NONE) continue;
        const uint64_t *number = addends->words + i * addends->width;
        uint64_t *sum = sums + 2 * (size_t)place[i];
        const uint128 total = ((uint128)sum[1] << 64 | sum[0]) +
                              ((uint128)word_of(number, addends->width, 1) << 64 | number[0]);
        sum[0] = (uint64_t)total;
        sum[1] = (uint64_t)(total >> 64);
    }
}

peil_status peil_plane_add(peil_plane *plane, const uint32_t *place, const peil_addends *addends,
                           size_t n, peil_fault *fault) {
    PEIL_TRY(promise(plane, addends->bits, n, fault));
    if (plane->width == 1 && addends->width == 1) {
        add_one_word(plane->words, place, addends->words, n);
    } else if (plane->width == 2) {
        add_two_words(plane->words, place, addends, n);
    } else {
        for (size_t i = 0; i < n; i++)
            if (place[i] != PEIL_NONE)
                add(plane->words + place[i] * plane->width, plane->width,
                    addends->words + i * addends->width, addends->width, 0);
    }
    return PEIL_OK;
}

peil_status peil_plane_scale(peil_plane *plane, int32_t power, peil_fault *fault) {
    if (power == 0 || plane->count == 0) return PEIL_OK;
    PEIL_TRY(promise(plane, plane->bits + bits_of_pow10(power), 0, fault));
    for (size_t i = 0; i < plane->count; i++)
        multiply_pow10(plane->words + i * plane->width, plane->width, power);
    return PEIL_OK;
}

peil_status peil_plane_merge(peil_plane *into, const peil_plane *from, const uint32_t *place,
                             peil_fault *fault) {
    PEIL_TRY(promise(into, from->bits, from->additions, fault));
    for (size_t i = 0; i < from->count; i++)
        if (place[i] != PEIL_NONE)
            add(into->words + place[i] * into->width, into->width, from->words + i * from->width,
                from->width, 0);
    return PEIL_OK;
}

peil_status peil_plane_shift(peil_plane *plane, const peil_plane *other, const int64_t *factor,
                             size_t words, peil_fault *fault) {
    const unsigned bits = other->bits + 64 + 64 * (unsigned)words;
    PEIL_TRY(promise(plane, bits, other->additions, fault));
    uint64_t *product = NULL;
    PEIL_TRY(peil_array_make(&product, plane->width, sizeof *product, fault));
    for (size_t i = 0; i < plane->count; i++) {
        const uint64_t minus = 0 - (uint64_t)factor[i];
        multiply(product, plane->width, other->words + i * other->width, other->width, &minus, 1);
        add(plane->words + i * plane->width, plane->width, product, plane->width, words);
    }
    free(product);
    return PEIL_OK;
}

peil_real peil_plane_real(const peil_plane *plane, size_t i) {
    const uint64_t *sum = plane->words + i * plane->width;
    const uint64_t sign = sign_word(sum, plane->width);
    peil_real result = 0;
    /* A negative number is -(~x + 1): its words are turned over, and the one is added at the end.
     */
    for (size_t k = plane->width; k-- > 0;)
        result = result * (peil_real)18446744073709551616.0 + (peil_real)(sum[k] ^ sign);
    return sign ? -(result + 1) : result;
}

void peil_plane_clear(peil_plane *plane) {
    free(plane->words);
    *plane = (peil_plane){0};
}
