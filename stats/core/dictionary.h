/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distinct values of one variable, numbered as they are first seen. Spaces and tabs around a
 * value do not count. A number has one canonical text, so "1", "1.0" and "+1" are one value; text
 * with leading zeros ("0363") is a code and stays as it is. Code 0 is the empty value. */
#ifndef PEIL_CORE_DICTIONARY_H
#define PEIL_CORE_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/pack.h"

typedef struct peil_value {
    size_t offset, length; /* of the canonical text, in the dictionary's bytes; ends in NUL there */
    peil_decimal number;   /* when reads_number */
    bool reads_number;     /* the text is a number, leading zeros or not */
    bool is_number;        /* and it is its canonical text */
    bool stays_text;       /* no number, though its text reads as one */
} peil_value;

#define PEIL_RECENT_BITS 8
#define PEIL_RECENT (1u << PEIL_RECENT_BITS)
#define PEIL_SHORT 7 /* bytes that fit a word beside their number */

typedef struct peil_dictionary {
    peil_value *values; /* by code */
    size_t count, capacity;
    char *bytes;
    size_t nbytes, bytes_capacity;
    struct peil_spelling { /* a text as it was met, and its code */
        uint64_t hash;
        size_t offset, length;
        uint32_t code;
    } * spellings;
    size_t nspellings, spellings_capacity;
    uint32_t *places; /* spelling + 1, or 0: free */
    size_t nplaces;
    uint32_t letters[256]; /* code + 1 of a spelling of one byte, or 0: not met */
    struct peil_recent {   /* short spellings met lately: their bytes as one word, and their code */
        uint64_t word;
        uint32_t code;
    } recent[PEIL_RECENT];
} peil_dictionary;

#define PEIL_MISSING_CODE 0u

/* The code of a value, new when it was not seen before. Refuses text that is not UTF-8 (record and
 * variable are for the caller to add). */
static inline peil_status peil_dictionary_code(peil_dictionary *dictionary, const char *text,
                                               size_t length, uint32_t *code, peil_fault *fault);

static inline uint64_t peil_two_bytes(const unsigned char *text) {
    return (uint64_t)text[0] | (uint64_t)text[1] << 8;
}

static inline uint64_t peil_four_bytes(const unsigned char *text) {
    return peil_two_bytes(text) | (uint64_t)text[2] << 16 | (uint64_t)text[3] << 24;
}

/* A short text as a word: its bytes, and how many; never 0, which marks a free place. The first
 * bytes and the last ones may overlap. */
static inline uint64_t peil_short_word(const char *bytes, size_t length) {
    const unsigned char *text = (const unsigned char *)bytes;
    uint64_t word = (uint64_t)(length + 1) << 56;
    if (length >= 4)
        word |= peil_four_bytes(text) | peil_four_bytes(text + length - 4) << 8 * (length - 4);
    else if (length >= 2)
        word |= peil_two_bytes(text) | peil_two_bytes(text + length - 2) << 8 * (length - 2);
    else if (length == 1)
        word |= text[0];
    return word;
}

static inline struct peil_recent *peil_recent_place(peil_dictionary *dictionary, uint64_t word) {
    return &dictionary->recent[word * 0x9E3779B97F4A7C15u >> (64 - PEIL_RECENT_BITS)];
}

/* Looks further than the short spellings met lately. */
peil_status peil_dictionary_search(peil_dictionary *dictionary, const char *text, size_t length,
                                   uint32_t *code, peil_fault *fault) PEIL_CHECKED;

/* Survey answers are a few short texts, again and again: most are found in one look. False when it
 * takes a search. */
static inline bool peil_dictionary_recall(peil_dictionary *dictionary, const char *text,
                                          size_t length, uint32_t *code) {
    if (length == 1) {
        const uint32_t known = dictionary->letters[(unsigned char)*text];
        *code = known - 1;
        return known != 0;
    }
    if (length > PEIL_SHORT) return false;
    const uint64_t word = peil_short_word(text, length);
    const struct peil_recent *recent = peil_recent_place(dictionary, word);
    *code = recent->code;
    return recent->word == word;
}

static inline peil_status peil_dictionary_code(peil_dictionary *dictionary, const char *text,
                                               size_t length, uint32_t *code, peil_fault *fault) {
    if (peil_dictionary_recall(dictionary, text, length, code)) return PEIL_OK;
    return peil_dictionary_search(dictionary, text, length, code, fault);
}

/* The code of a text that stays text though it may read as a number: decimals that are written in
 * another way than the column's. Refuses what is a number elsewhere in the column. */
peil_status peil_dictionary_code_text(peil_dictionary *dictionary, const char *text, size_t length,
                                      uint32_t *code, peil_fault *fault) PEIL_CHECKED;

/* The code of a value of another dictionary: what is text there is text here. */
peil_status peil_dictionary_adopt(peil_dictionary *dictionary, const peil_dictionary *from,
                                  uint32_t value, uint32_t *code, peil_fault *fault) PEIL_CHECKED;

/* For readers of files in which a spelling has a meaning of its own, as "1,5" that of 1.5. The
 * first is peil_dictionary_code but for what is met lately; by the second, peil_dictionary_recall
 * finds a short spelling from here on; by the third, none that was met before. */
peil_status peil_dictionary_look_up(peil_dictionary *dictionary, const char *text, size_t length,
                                    uint32_t *code, peil_fault *fault) PEIL_CHECKED;
void peil_dictionary_remember(peil_dictionary *dictionary, const char *spelling, size_t length,
                              uint32_t code);
void peil_dictionary_forget(peil_dictionary *dictionary);

/* The canonical text of a code; borrowed until the next addition. */
static inline const char *peil_dictionary_text(const peil_dictionary *dictionary, uint32_t code) {
    return dictionary->bytes + dictionary->values[code].offset;
}

/* Numbers by value and before text; when any value is no number: all by bytes. Text with a mark in
 * `aside`, a byte for each code (or NULL), does not count for that: it is no answer. Writes `rank`,
 * an array of `count` places: rank[code] is the code's place in that order. */
peil_status peil_dictionary_rank(const peil_dictionary *dictionary, const uint8_t *aside,
                                 uint32_t *rank, peil_fault *fault) PEIL_CHECKED;

/* True when every value but the empty one and those aside is a number in canonical text. */
bool peil_dictionary_is_numeric(const peil_dictionary *dictionary, const uint8_t *aside);

/* Into a state file, and out of one: of a dictionary that has the empty value alone. */
void peil_dictionary_save(const peil_dictionary *dictionary, peil_text *out);
peil_status peil_dictionary_load(peil_dictionary *dictionary, peil_unpacking *in,
                                 peil_fault *fault) PEIL_CHECKED;

void peil_dictionary_clear(peil_dictionary *dictionary);

/* Reads text that is a number in its own right: a needless leading zero makes it a code. */
bool peil_text_is_number(const char *text, size_t length, peil_decimal *number);

/* Turns a text into the one that stands for its value: spaces and tabs around it off, and a number
 * in its own right as its canonical text, in `room`. Returns whether it is such a number. */
bool peil_text_canonical(const char **text, size_t *length, char room[PEIL_DECIMAL_TEXT],
                         peil_decimal *number);

/* The length of the well-formed UTF-8 sequence at the begin of a text; 0: there is none. */
size_t peil_utf8_sequence(const char *text, size_t length);

/* True for well-formed UTF-8. */
bool peil_text_is_utf8(const char *text, size_t length);

#endif
