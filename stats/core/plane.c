/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/plane.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

#define CHUNK 18  /* 10^18 is the largest power of ten in a signed word */
#define TURNED 64 /* rows at a time */

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

#define MINUS UINT64_MAX /* -x is ~x + 1 */

/* sum += number * 2^(64 offset), or -= when flip is MINUS and not 0 */
static void add(uint64_t *sum, size_t sum_width, const uint64_t *number, size_t width,
                size_t offset, uint64_t flip) {
    uint128 carry = flip & 1;
    for (size_t i = offset; i < sum_width; i++) {
        carry += (uint128)sum[i] + (word_of(number, width, i - offset) ^ flip);
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

static size_t at_least_one(size_t lanes) {
    return lanes ? lanes : 1;
}

static peil_status make_room(peil_addends *out, size_t n, size_t lanes, unsigned bits,
                             peil_fault *fault) {
    out->lanes = lanes;
    out->width = width_for(bits);
    out->bits = 0;
    return peil_array_reserve(&out->words, &out->words_capacity,
                              n * at_least_one(lanes) * out->width, sizeof *out->words, fault);
}

static uint64_t size_of(int64_t digits) {
    return digits < 0 ? 0 - (uint64_t)digits : (uint64_t)digits;
}

/* Of the longest of the numbers that take part. */
static unsigned bits_needed(const peil_decimal *values, size_t n, int32_t scale) {
    uint64_t any = 0;
    int32_t least = scale;
    for (size_t i = 0; i < n; i++) {
        if (values[i].scale > scale) continue;
        any |= size_of(values[i].digits);
        if (values[i].scale < least) least = values[i].scale;
    }
    const unsigned roughly = bits_of_count(any) + bits_of_pow10(scale - least);
    unsigned most = 0;
    if (width_for(roughly) == 1) return roughly;
    for (size_t i = 0; i < n; i++) {
        if (values[i].digits == 0 || values[i].scale > scale) continue;
        const int32_t power = scale - values[i].scale;
        const unsigned bits =
            bits_of_count(size_of(values[i].digits)) + (power ? bits_of_pow10(power) : 0);
        if (bits > most) most = bits;
    }
    return most;
}

/* Writes decimals as whole numbers of one word, `stride` apart. */
static void put_words(peil_addends *out, size_t place, size_t stride, const peil_decimal *values,
                      size_t n, int32_t scale) {
    uint64_t any = 0;
    for (size_t i = 0; i < n; i++) {
        const bool takes_part = values[i].digits != 0 && values[i].scale <= scale;
        const int64_t power = takes_part ? (int64_t)powers[scale - values[i].scale] : 0;
        const int64_t number = values[i].digits * power;
        out->words[place + i * stride] = (uint64_t)number;
        any |= size_of(number);
    }
    const unsigned bits = bits_of_count(any);
    if (bits > out->bits) out->bits = bits;
}

static void put_number(peil_addends *out, size_t place, peil_decimal value, int32_t scale) {
    uint64_t *number = out->words + place * out->width;
    if (value.digits == 0 || value.scale > scale) {
        memset(number, 0, out->width * sizeof *number);
        return;
    }
    number[0] = (uint64_t)value.digits;
    for (size_t k = 1; k < out->width; k++) number[k] = value.digits < 0 ? UINT64_MAX : 0;
    multiply_pow10(number, out->width, scale - value.scale);
    const unsigned bits = bits_of(number, out->width);
    if (bits > out->bits) out->bits = bits;
}

static void put(peil_addends *out, size_t place, size_t stride, const peil_decimal *values,
                size_t n, int32_t scale) {
    if (out->width == 1)
        put_words(out, place, stride, values, n, scale);
    else
        for (size_t i = 0; i < n; i++) put_number(out, place + i * stride, values[i], scale);
}

peil_status peil_addends_of(peil_addends *out, const peil_decimal *values, size_t n, int32_t scale,
                            peil_fault *fault) {
    PEIL_TRY(make_room(out, n, 1, bits_needed(values, n, scale), fault));
    put(out, 0, 1, values, n, scale);
    return PEIL_OK;
}

peil_status peil_addends_of_columns(peil_addends *out, peil_decimal *const *columns,
                                    size_t ncolumns, size_t n, int32_t scale, peil_fault *fault) {
    unsigned most = 0;
    for (size_t lane = 0; lane < ncolumns; lane++) {
        const unsigned bits = bits_needed(columns[lane], n, scale);
        if (bits > most) most = bits;
    }
    PEIL_TRY(make_room(out, n, ncolumns, most, fault));
    for (size_t from = 0; from < n; from += TURNED) { /* pieces that a cache holds */
        const size_t rows = n - from < TURNED ? n - from : TURNED;
        for (size_t lane = 0; lane < ncolumns; lane++)
            put(out, from * ncolumns + lane, ncolumns, columns[lane] + from, rows, scale);
    }
    return PEIL_OK;
}

/* Numbers of one word each, whose products have one or two. */
static void multiply_words(uint64_t *out, size_t out_width, const uint64_t *a, const uint64_t *b,
                           size_t n) {
    for (size_t i = 0; i < n; i++) {
        const int128 product = (int128)(int64_t)a[i] * (int64_t)b[i];
        *out++ = (uint64_t)product;
        if (out_width == 2) *out++ = (uint64_t)(product >> 64);
    }
}

peil_status peil_addends_multiply(peil_addends *out, const peil_addends *a, const peil_addends *b,
                                  size_t n, peil_fault *fault) {
    const size_t lanes = at_least_one(a->lanes);
    PEIL_TRY(make_room(out, n, lanes, a->bits + b->bits, fault));
    if (a->width == 1 && b->width == 1 && lanes == 1)
        multiply_words(out->words, out->width, a->words, b->words, n);
    else
        for (size_t i = 0; i < n * lanes; i++)
            multiply(out->words + i * out->width, out->width, a->words + i * a->width, a->width,
                     b->words + i / lanes * b->width, b->width);
    out->bits = a->bits + b->bits;
    return PEIL_OK;
}

peil_status peil_addends_fold(peil_addends *out, const peil_addends *a, size_t n,
                              const peil_folding *how, peil_fault *fault) {
    const size_t lanes = at_least_one(a->lanes), terms = how->places * lanes;
    const unsigned bits = a->bits + bits_of_count(terms);
    PEIL_TRY(make_room(out, n, how->lanes, bits, fault));
    out->bits = bits;
    memset(out->words, 0, n * how->lanes * out->width * sizeof *out->words);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < terms; k++)
            add(out->words + (i * how->lanes + how->to[k]) * out->width, out->width,
                a->words + (i * lanes + k / how->places) * a->width, a->width, 0,
                how->minus[k] ? MINUS : 0);
    return PEIL_OK;
}

void peil_addends_clear(peil_addends *addends) {
    free(addends->words);
    *addends = (peil_addends){0};
}

/* ---- planes ---- */

static size_t sums_of(const peil_plane *plane) {
    return plane->count * at_least_one(plane->lanes);
}

/* Makes every sum `width` words wide, from the last to the first so that it works in place. */
static peil_status widen(peil_plane *plane, size_t width, peil_fault *fault) {
    const size_t n = sums_of(plane), old = plane->width;
    if (width <= old) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&plane->words, &plane->words_capacity, n * width,
                                sizeof *plane->words, fault));
    for (size_t i = n; i-- > 0 && old;) {
        const uint64_t sign = sign_word(plane->words + i * old, old);
        memmove(plane->words + i * width, plane->words + i * old, old * sizeof *plane->words);
        for (size_t k = old; k < width; k++) plane->words[i * width + k] = sign;
    }
    if (!old && n) memset(plane->words, 0, n * width * sizeof *plane->words);
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
    const size_t lanes = at_least_one(plane->lanes);
    if (count <= plane->count) return PEIL_OK;
    if (!plane->width) plane->width = 1;
    PEIL_TRY(peil_array_reserve(&plane->words, &plane->words_capacity, count * lanes * plane->width,
                                sizeof *plane->words, fault));
    memset(plane->words + sums_of(plane) * plane->width, 0,
           (count - plane->count) * lanes * plane->width * sizeof *plane->words);
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

/* Side by side, so that the processor adds several at a time. */
static void add_words(uint64_t *restrict sums, const uint64_t *restrict addends, size_t n) {
    for (size_t i = 0; i < n; i++) sums[i] += addends[i];
}

static void subtract_words(uint64_t *restrict sums, const uint64_t *restrict addends, size_t n) {
    for (size_t i = 0; i < n; i++) sums[i] -= addends[i];
}

/* All lanes of one row to one place. */
static void add_row(peil_plane *plane, size_t place, const peil_addends *addends, size_t row,
                    uint64_t flip) {
    const size_t lanes = at_least_one(plane->lanes);
    uint64_t *sum = plane->words + place * lanes * plane->width;
    const uint64_t *number = addends->words + row * lanes * addends->width;
    if (plane->width == 1 && flip)
        subtract_words(sum, number, lanes);
    else if (plane->width == 1)
        add_words(sum, number, lanes);
    else
        for (size_t lane = 0; lane < lanes; lane++)
            add(sum + lane * plane->width, plane->width, number + lane * addends->width,
                addends->width, 0, flip);
}

peil_status peil_plane_add(peil_plane *plane, const uint32_t *place, const peil_addends *addends,
                           size_t n, peil_fault *fault) {
    PEIL_TRY(promise(plane, addends->bits, n, fault));
    if (plane->width == 1 && plane->lanes <= 1)
        add_one_word(plane->words, place, addends->words, n);
    else if (plane->width == 2 && plane->lanes <= 1)
        add_two_words(plane->words, place, addends, n);
    else
        for (size_t i = 0; i < n; i++)
            if (place[i] != PEIL_NONE) add_row(plane, place[i], addends, i, 0);
    return PEIL_OK;
}

peil_status peil_plane_scatter(peil_plane *plane, const peil_scattered *rows, size_t n,
                               const peil_addends *addends, peil_fault *fault) {
    PEIL_TRY(promise(plane, addends->bits, n, fault));
    for (size_t i = 0; i < n; i++)
        add_row(plane, rows[i].place, addends, rows[i].row, rows[i].is_off ? MINUS : 0);
    return PEIL_OK;
}

peil_status peil_plane_scale(peil_plane *plane, int32_t power, peil_fault *fault) {
    if (power == 0 || plane->count == 0) return PEIL_OK;
    PEIL_TRY(promise(plane, plane->bits + bits_of_pow10(power), 0, fault));
    for (size_t i = 0; i < sums_of(plane); i++)
        multiply_pow10(plane->words + i * plane->width, plane->width, power);
    return PEIL_OK;
}

static peil_status combine(peil_plane *into, const peil_plane *from, const uint32_t *place,
                           uint64_t flip, peil_fault *fault) {
    const size_t lanes = at_least_one(from->lanes);
    PEIL_TRY(promise(into, from->bits, from->additions, fault));
    for (size_t i = 0; i < sums_of(from); i++)
        if (place[i / lanes] != PEIL_NONE)
            add(into->words + (place[i / lanes] * lanes + i % lanes) * into->width, into->width,
                from->words + i * from->width, from->width, 0, flip);
    return PEIL_OK;
}

peil_status peil_plane_merge(peil_plane *into, const peil_plane *from, const uint32_t *place,
                             peil_fault *fault) {
    return combine(into, from, place, 0, fault);
}

peil_status peil_plane_take_off(peil_plane *into, const peil_plane *from, const uint32_t *place,
                                peil_fault *fault) {
    return combine(into, from, place, MINUS, fault);
}

peil_status peil_plane_shift(peil_plane *plane, const peil_plane *other, const int64_t *factor,
                             size_t words, peil_fault *fault) {
    const unsigned bits = other->bits + 64 + 64 * (unsigned)words;
    const size_t lanes = at_least_one(plane->lanes);
    PEIL_TRY(promise(plane, bits, other->additions, fault));
    uint64_t *product = NULL;
    PEIL_TRY(peil_array_make(&product, plane->width, sizeof *product, fault));
    for (size_t i = 0; i < sums_of(plane); i++) {
        const uint64_t minus = 0 - (uint64_t)factor[i / lanes];
        multiply(product, plane->width, other->words + i * other->width, other->width, &minus, 1);
        add(plane->words + i * plane->width, plane->width, product, plane->width, words, 0);
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

double peil_plane_double(const peil_plane *plane, size_t i) {
    const uint64_t *sum = plane->words + i * plane->width;
    const uint64_t sign = sign_word(sum, plane->width);
    double result = 0;
    for (size_t k = plane->width; k-- > 0;)
        result = result * 18446744073709551616.0 + (double)(sum[k] ^ sign);
    return sign ? -(result + 1) : result;
}

int peil_plane_sign(const peil_plane *plane, size_t i) {
    const uint64_t *sum = plane->words + i * plane->width;
    if (sign_word(sum, plane->width)) return -1;
    size_t k = 0;
    while (k < plane->width && sum[k] == 0) k++;
    return k < plane->width;
}

/* ---- in a state file ---- */

/* Of the longest sum. */
static unsigned bits_of_sums(const peil_plane *plane) {
    unsigned most = 0;
    for (size_t i = 0; i < sums_of(plane); i++) {
        const unsigned bits = bits_of(plane->words + i * plane->width, plane->width);
        if (bits > most) most = bits;
    }
    return most;
}

void peil_plane_save(const peil_plane *plane, peil_text *out) {
    const size_t width = width_for(bits_of_sums(plane));
    peil_pack_u64(out, plane->count);
    peil_pack_u32(out, (uint32_t)plane->lanes);
    peil_pack_u32(out, (uint32_t)width);
    for (size_t i = 0; i < sums_of(plane); i++)
        for (size_t k = 0; k < width; k++)
            peil_pack_u64(out, word_of(plane->words + i * plane->width, plane->width, k));
}

/* Sums that were added up elsewhere are, here, one addition each. */
peil_status peil_plane_load(peil_plane *plane, peil_unpacking *in, peil_fault *fault) {
    const size_t count = peil_unpack_count(in, sizeof *plane->words);
    const size_t lanes = peil_unpack_u32(in), width = peil_unpack_u32(in);
    const size_t words = in->left / sizeof *plane->words;
    peil_unpack_claim(in, width > 0 && width <= PEIL_PLANE_WIDTH_MOST);
    peil_unpack_claim(in, in->failed || count <= words / width / at_least_one(lanes));
    PEIL_TRY(peil_unpack_verdict(in, fault));
    if (count == 0) return PEIL_OK;
    plane->lanes = lanes;
    plane->width = width;
    PEIL_TRY(peil_plane_resize(plane, count, fault));
    for (size_t i = 0; i < sums_of(plane) * width; i++) plane->words[i] = peil_unpack_u64(in);
    plane->bits = bits_of_sums(plane);
    plane->additions = 1;
    return PEIL_OK;
}

void peil_plane_clear(peil_plane *plane) {
    free(plane->words);
    *plane = (peil_plane){0};
}
