/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* Eight bytes at a time; survey codes are one word. */
static uint64_t hash_of(const char *text, size_t length) {
    uint64_t hash = length * 0x9E3779B97F4A7C15u, word;
    for (; length >= 8; text += 8, length -= 8) {
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < length; i++) word = word << 8 | (unsigned char)text[i];
    hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

/* The place of a spelling: its own, or the free one where it belongs. */
static size_t place_of(const peil_dictionary *d, uint64_t hash, const char *text, size_t length) {
    size_t place = (size_t)hash & (d->nplaces - 1);
    for (; d->places[place]; place = (place + 1) & (d->nplaces - 1)) {
        const struct peil_spelling *spelling = &d->spellings[d->places[place] - 1];
        if (spelling->hash == hash && spelling->length == length &&
            memcmp(d->bytes + spelling->offset, text, length) == 0)
            break;
    }
    return place;
}

static peil_status grow(peil_dictionary *d, peil_fault *fault) {
    peil_dictionary wider = *d;
    wider.nplaces = d->nplaces ? 2 * d->nplaces : 32;
    PEIL_TRY(peil_array_make(&wider.places, wider.nplaces, sizeof *wider.places, fault));
    for (size_t i = 0; i < d->nspellings; i++) {
        const struct peil_spelling *s = &d->spellings[i];
        wider.places[place_of(&wider, s->hash, d->bytes + s->offset, s->length)] = (uint32_t)i + 1;
    }
    free(d->places);
    *d = wider;
    return PEIL_OK;
}

static peil_status keep_bytes(peil_dictionary *d, const char *text, size_t length, size_t *offset,
                              peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&d->bytes, &d->bytes_capacity, d->nbytes + length + 1, 1, fault));
    *offset = d->nbytes;
    memcpy(d->bytes + d->nbytes, text, length);
    d->bytes[d->nbytes + length] = '\0';
    d->nbytes += length + 1;
    return PEIL_OK;
}

static peil_status add_spelling(peil_dictionary *d, const char *text, size_t length, uint32_t code,
                                peil_fault *fault) {
    if (d->nspellings >= UINT32_MAX - 2)
        return peil_fail(fault, PEIL_EDATA, "too many distinct values");
    if (2 * (d->nspellings + 1) > d->nplaces) PEIL_TRY(grow(d, fault));
    PEIL_TRY(peil_array_reserve(&d->spellings, &d->spellings_capacity, d->nspellings + 1,
                                sizeof *d->spellings, fault));
    struct peil_spelling spelling = {hash_of(text, length), 0, length, code};
    PEIL_TRY(keep_bytes(d, text, length, &spelling.offset, fault));
    d->places[place_of(d, spelling.hash, text, length)] = (uint32_t)d->nspellings + 1;
    d->spellings[d->nspellings++] = spelling;
    return PEIL_OK;
}

/* A number whose digits begin with a needless zero is a code, as in "0363"; "0", "0.5" and ".5" are
 * numbers. */
static bool has_leading_zero(const char *text, size_t length) {
    if (length && (*text == '+' || *text == '-')) text++, length--;
    return length > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

bool peil_text_is_number(const char *text, size_t length, peil_decimal *number) {
    return !has_leading_zero(text, length) && peil_decimal_read(text, length, number);
}

static void trim(const char **text, size_t *length) {
    while (*length && (**text == ' ' || **text == '\t')) ++*text, --*length;
    while (*length && ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t')) --*length;
}

bool peil_text_canonical(const char **text, size_t *length, char room[PEIL_DECIMAL_TEXT],
                         peil_decimal *number) {
    trim(text, length);
    if (!peil_text_is_number(*text, *length, number)) return false;
    *length = peil_decimal_write(*number, room);
    *text = room;
    return true;
}

static peil_status add_value(peil_dictionary *d, const char *text, size_t length, bool stays_text,
                             uint32_t *code, peil_fault *fault) {
    peil_value value = {.length = length, .stays_text = stays_text};
    value.reads_number = !stays_text && peil_decimal_read(text, length, &value.number);
    value.is_number = value.reads_number && !has_leading_zero(text, length);
    PEIL_TRY(peil_array_reserve(&d->values, &d->capacity, d->count + 1, sizeof *d->values, fault));
    PEIL_TRY(keep_bytes(d, text, length, &value.offset, fault));
    *code = (uint32_t)d->count;
    d->values[d->count++] = value;
    return PEIL_OK;
}

static bool find(const peil_dictionary *d, const char *text, size_t length, uint32_t *code) {
    if (!d->nplaces) return false;
    const uint32_t spelling = d->places[place_of(d, hash_of(text, length), text, length)];
    if (spelling) *code = d->spellings[spelling - 1].code;
    return spelling != 0;
}

/* The code of a canonical text, new when there was none. The empty value is always first. */
static peil_status take_value(peil_dictionary *d, const char *text, size_t length, bool stays_text,
                              uint32_t *code, peil_fault *fault) {
    if (d->count == 0) {
        uint32_t empty;
        PEIL_TRY(add_value(d, "", 0, false, &empty, fault));
        PEIL_TRY(add_spelling(d, "", 0, empty, fault));
    }
    if (find(d, text, length, code)) return PEIL_OK;
    PEIL_TRY(add_value(d, text, length, stays_text, code, fault));
    return add_spelling(d, text, length, *code, fault);
}

/* A spelling never met: its canonical text has a code already, or gets one. */
static peil_status learn(peil_dictionary *d, const char *text, size_t length, uint32_t *code,
                         peil_fault *fault) {
    if (!peil_text_is_utf8(text, length))
        return peil_fail(fault, PEIL_EDATA, "text that is not UTF-8");
    const char *spelled = text;
    const size_t spelled_length = length;
    char canonical[PEIL_DECIMAL_TEXT];
    peil_decimal number;
    peil_text_canonical(&text, &length, canonical, &number);
    PEIL_TRY(take_value(d, text, length, false, code, fault));
    if (spelled_length != length || memcmp(spelled, text, length) != 0)
        return add_spelling(d, spelled, spelled_length, *code, fault);
    return PEIL_OK;
}

/* What is text to one is a number to another, of the same digits. */
static peil_status refuse_both(peil_fault *fault) {
    return peil_fail(fault, PEIL_EDATA,
                     "a value that is a number in one place and text in another");
}

peil_status peil_dictionary_look_up(peil_dictionary *dictionary, const char *text, size_t length,
                                    uint32_t *code, peil_fault *fault) {
    if (!find(dictionary, text, length, code))
        PEIL_TRY(learn(dictionary, text, length, code, fault));
    return dictionary->values[*code].stays_text ? refuse_both(fault) : PEIL_OK;
}

peil_status peil_dictionary_search(peil_dictionary *dictionary, const char *text, size_t length,
                                   uint32_t *code, peil_fault *fault) {
    PEIL_TRY(peil_dictionary_look_up(dictionary, text, length, code, fault));
    peil_dictionary_remember(dictionary, text, length, *code);
    return PEIL_OK;
}

peil_status peil_dictionary_code_text(peil_dictionary *dictionary, const char *text, size_t length,
                                      uint32_t *code, peil_fault *fault) {
    if (!peil_text_is_utf8(text, length))
        return peil_fail(fault, PEIL_EDATA, "text that is not UTF-8");
    trim(&text, &length);
    PEIL_TRY(take_value(dictionary, text, length, true, code, fault));
    return dictionary->values[*code].reads_number ? refuse_both(fault) : PEIL_OK;
}

peil_status peil_dictionary_adopt(peil_dictionary *dictionary, const peil_dictionary *from,
                                  uint32_t value, uint32_t *code, peil_fault *fault) {
    const char *text = peil_dictionary_text(from, value);
    const size_t length = from->values[value].length;
    return from->values[value].stays_text
               ? peil_dictionary_code_text(dictionary, text, length, code, fault)
               : peil_dictionary_code(dictionary, text, length, code, fault);
}

void peil_dictionary_remember(peil_dictionary *dictionary, const char *spelling, size_t length,
                              uint32_t code) {
    if (length == 1) {
        dictionary->letters[(unsigned char)*spelling] = code + 1;
    } else if (length <= PEIL_SHORT) {
        const uint64_t word = peil_short_word(spelling, length);
        *peil_recent_place(dictionary, word) = (struct peil_recent){word, code};
    }
}

void peil_dictionary_forget(peil_dictionary *dictionary) {
    memset(dictionary->letters, 0, sizeof dictionary->letters);
    memset(dictionary->recent, 0, sizeof dictionary->recent);
}

bool peil_dictionary_is_numeric(const peil_dictionary *dictionary, const uint8_t *aside) {
    for (size_t i = 1; i < dictionary->count; i++)
        if (!dictionary->values[i].is_number && !(aside && aside[i])) return false;
    return true;
}

/* What sorting needs of a value. */
typedef struct ranked {
    const char *text;
    size_t length;
    peil_decimal number;
    uint32_t code;
} ranked;

static int by_number(const void *a, const void *b) {
    return peil_decimal_compare(((const ranked *)a)->number, ((const ranked *)b)->number);
}

static int by_bytes(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    const int order = memcmp(x->text, y->text, x->length < y->length ? x->length : y->length);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* Lists the values that are numbers, or those that are not. */
static size_t list_values(const peil_dictionary *dictionary, bool numbers, ranked *list) {
    size_t n = 0;
    for (uint32_t code = 1; code < dictionary->count; code++) {
        const peil_value *value = &dictionary->values[code];
        if (value->is_number == numbers)
            list[n++] =
                (ranked){dictionary->bytes + value->offset, value->length, value->number, code};
    }
    return n;
}

peil_status peil_dictionary_rank(const peil_dictionary *dictionary, const uint8_t *aside,
                                 uint32_t *rank, peil_fault *fault) {
    if (dictionary->count == 0) return PEIL_OK;
    ranked *order = NULL;
    PEIL_TRY(peil_array_make(&order, dictionary->count, sizeof *order, fault));
    const size_t numbers = list_values(dictionary, true, order);
    const size_t texts = list_values(dictionary, false, order + numbers);
    if (peil_dictionary_is_numeric(dictionary, aside)) {
        qsort(order, numbers, sizeof *order, by_number);
        qsort(order + numbers, texts, sizeof *order, by_bytes);
    } else {
        qsort(order, numbers + texts, sizeof *order, by_bytes);
    }
    rank[PEIL_MISSING_CODE] = 0; /* the empty value is always first */
    for (size_t i = 0; i < numbers + texts; i++) rank[order[i].code] = (uint32_t)i + 1;
    free(order);
    return PEIL_OK;
}

void peil_dictionary_save(const peil_dictionary *dictionary, peil_text *out) {
    peil_pack_u64(out, dictionary->count - 1);
    for (uint32_t code = 1; code < dictionary->count; code++) {
        peil_pack_byte(out, dictionary->values[code].stays_text);
        peil_pack_string(out, peil_dictionary_text(dictionary, code));
    }
}

static peil_status load_value(peil_dictionary *dictionary, uint32_t expected, peil_unpacking *in,
                              peil_fault *fault) {
    const bool stays_text = peil_unpack_byte(in, 2);
    char *text = NULL;
    uint32_t code = expected;
    PEIL_TRY(peil_unpack_string(in, &text, fault));
    const size_t length = strlen(text);
    peil_unpack_claim(in, peil_text_is_utf8(text, length));
    peil_status status = PEIL_OK;
    if (!in->failed)
        status = stays_text ? peil_dictionary_code_text(dictionary, text, length, &code, fault)
                            : peil_dictionary_look_up(dictionary, text, length, &code, fault);
    peil_unpack_claim(in, code == expected);
    free(text);
    return status;
}

peil_status peil_dictionary_load(peil_dictionary *dictionary, peil_unpacking *in,
                                 peil_fault *fault) {
    const size_t n = peil_unpack_count(in, 9);
    peil_unpack_claim(in, n < UINT32_MAX);
    for (size_t code = 1; code <= n && !in->failed; code++)
        PEIL_TRY(load_value(dictionary, (uint32_t)code, in, fault));
    return peil_unpack_verdict(in, fault);
}

void peil_dictionary_clear(peil_dictionary *dictionary) {
    free(dictionary->values);
    free(dictionary->bytes);
    free(dictionary->spellings);
    free(dictionary->places);
    *dictionary = (peil_dictionary){0};
}

/* Unicode 15, table 3-7. */
size_t peil_utf8_sequence(const char *begin, size_t length) {
    const unsigned char *text = (const unsigned char *)begin;
    const unsigned char c = length ? text[0] : 0xFF;
    if (c < 0x80) return 1;
    const size_t n = c >= 0xC2 && c <= 0xDF   ? 2
                     : c >= 0xE0 && c <= 0xEF ? 3
                     : c >= 0xF0 && c <= 0xF4 ? 4
                                              : 0;
    if (n == 0 || n > length) return 0;
    const unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (text[1] < low || text[1] > high) return 0;
    for (size_t i = 2; i < n; i++)
        if (text[i] < 0x80 || text[i] > 0xBF) return 0;
    return n;
}

bool peil_text_is_utf8(const char *text, size_t length) {
    while (length) {
        const size_t n = peil_utf8_sequence(text, length);
        if (n == 0) return false;
        text += n;
        length -= n;
    }
    return true;
}
