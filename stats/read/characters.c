/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/characters.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "core/text.h"
#include "read/encoding.h"

#define HEAD_BYTES ((size_t)1 << 18) /* what decides on the encoding, whatever the blocks */

struct peil_characters {
    peil_source *source;
    const char *encoding;
    bool is_guess;
    size_t mark;               /* the length of the byte order mark */
    peil_converter *converter; /* NULL: UTF-8 */
    char *head;                /* the first bytes, until they were given */
    size_t head_length, head_capacity;
    peil_text converted;
    peil_text rest;     /* of a character that is not whole */
    peil_status status; /* of what comes next */
    peil_fault fault;
    bool is_broken;
};

/* ---- the encoding ---- */

static const struct {
    const char *bytes;
    size_t length;
    const char *encoding;
} marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"}, {"\xFF\xFE", 2, "UTF-16LE"}, {"\xFE\xFF", 2, "UTF-16BE"}};

/* The byte order mark and the encoding that it stands for. */
static size_t find_mark(const char *head, size_t length, const char **encoding) {
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(head, marks[i].bytes, marks[i].length) == 0) {
            *encoding = marks[i].encoding;
            return marks[i].length;
        }
    return 0;
}

/* Whether a well-formed sequence is hardly anything else than UTF-8: in windows-1252 it would be
 * one of the letters from A-circumflex to A-ring with a sign behind it, or more signs in a row. */
static bool is_telling(const char *sequence, size_t length) {
    return length > 2 || (unsigned char)*sequence <= 0xC5;
}

/* Text of another encoding has bytes above 0x7F that are no UTF-8; UTF-8 with some damage, or with
 * lines of another encoding between its own, also has characters that are. */
static bool is_utf8(const char *head, size_t length, bool is_whole) {
    size_t sound = 0, broken = 0;
    bool tells = false;
    for (size_t i = 0; i < length;) {
        if (!(head[i] & 0x80)) {
            i++;
            continue;
        }
        const size_t n = peil_utf8_sequence(head + i, length - i);
        if (!n && !is_whole && length - i < 4) break; /* perhaps the begin of a character */
        tells = tells || (n && is_telling(head + i, n));
        sound += n > 0;
        broken += n == 0;
        i += n ? n : 1;
    }
    return broken == 0 || tells || sound > broken;
}

static peil_status choose_encoding(peil_characters *c, const char *wanted, peil_fault *fault) {
    const size_t length = c->head_length < HEAD_BYTES ? c->head_length : HEAD_BYTES;
    c->mark = find_mark(c->head, length, &c->encoding);
    if (wanted) {
        c->encoding = peil_encoding_find(wanted);
        return c->encoding ? PEIL_OK
                           : peil_fail(fault, PEIL_EUSAGE, "--encoding does not know %s", wanted);
    }
    if (c->mark) return PEIL_OK;
    c->is_guess = !is_utf8(c->head, length, c->head_length < HEAD_BYTES);
    c->encoding = c->is_guess ? "windows-1252" : "UTF-8";
    return PEIL_OK;
}

const char *peil_characters_encoding(const peil_characters *characters, bool *is_guess) {
    *is_guess = characters->is_guess;
    return characters->encoding;
}

/* ---- the head ---- */

static peil_status keep(peil_characters *c, const char *bytes, size_t length, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&c->head, &c->head_capacity, c->head_length + length, 1, fault));
    if (length) memcpy(c->head + c->head_length, bytes, length);
    c->head_length += length;
    return PEIL_OK;
}

static peil_status read_head(peil_characters *c, const char *block, size_t length,
                             peil_fault *fault) {
    PEIL_TRY(keep(c, block, length, fault));
    while (length && c->head_length < HEAD_BYTES) {
        PEIL_TRY(peil_source_next(c->source, &block, &length, fault));
        PEIL_TRY(keep(c, block, length, fault));
    }
    return PEIL_OK;
}

peil_status peil_characters_open(peil_source *source, const char *block, size_t length,
                                 const char *encoding, peil_characters **out, peil_fault *fault) {
    peil_characters *c = NULL;
    PEIL_TRY(peil_array_make(&c, 1, sizeof *c, fault));
    *out = c;
    c->source = source;
    PEIL_TRY(read_head(c, block, length, fault));
    PEIL_TRY(choose_encoding(c, encoding, fault));
    c->head_length -= c->mark;
    if (c->mark)
        memmove(c->head, c->head + c->mark, c->head_length); /* an empty text has no head */
    if (strcmp(c->encoding, "UTF-8") == 0) return PEIL_OK;
    return peil_converter_open(c->encoding, &c->converter, fault);
}

bool peil_characters_are_bytes(const peil_characters *characters, size_t *mark) {
    *mark = characters->mark;
    return !characters->converter;
}

bool peil_characters_are_broken(const peil_characters *characters) {
    return characters->is_broken;
}

void peil_characters_free(peil_characters *characters) {
    if (!characters) return;
    peil_converter_free(characters->converter);
    peil_text_clear(&characters->converted);
    peil_text_clear(&characters->rest);
    free(characters->head);
    free(characters);
}

/* ---- blocks ---- */

/* Character by character, up to the one that is none. */
static void convert_sound(peil_characters *c, const char *bytes, size_t length) {
    size_t used = 1;
    for (size_t from = 0; from < length && used; from += used) {
        used = 0;
        for (size_t n = 1; n <= 4 && from + n <= length && !used; n++)
            if (peil_converter_convert(c->converter, bytes + from, n, &used, &c->converted, NULL) !=
                PEIL_OK)
                return;
    }
}

/* Converts as much as there is of whole characters; what cannot be is a fault behind the rest. */
static peil_status convert(peil_characters *c, const char *bytes, size_t length,
                           peil_fault *fault) {
    size_t used = 0;
    c->status =
        peil_converter_convert(c->converter, bytes, length, &used, &c->converted, &c->fault);
    if (c->status == PEIL_OK) peil_text_add_bytes(&c->rest, bytes + used, length - used);
    if (c->status == PEIL_EDATA) convert_sound(c, bytes, length);
    if (c->status == PEIL_EDATA && c->is_guess)
        peil_fail(&c->fault, PEIL_EDATA,
                  "text that is neither UTF-8 nor windows-1252; --encoding says what it is");
    return c->converted.failed || c->rest.failed ? peil_fail_memory(fault) : PEIL_OK;
}

/* What is left of a block before is put in front. */
static peil_status convert_next(peil_characters *c, const char **text, size_t *length,
                                peil_fault *fault) {
    peil_text joined = {0};
    c->converted.length = 0;
    if (*length == 0 && c->rest.length)
        c->status =
            peil_fail(&c->fault, PEIL_EDATA, "the file ends inside a character of %s", c->encoding);
    if (*length && c->rest.length) {
        joined = c->rest;
        c->rest = (peil_text){0};
        peil_text_add_bytes(&joined, *text, *length);
        *text = joined.bytes;
        *length = joined.length;
    }
    const peil_status status = joined.failed ? peil_fail_memory(fault)
                               : *length     ? convert(c, *text, *length, fault)
                                             : PEIL_OK;
    peil_text_clear(&joined);
    *text = c->converted.bytes;
    *length = c->converted.length;
    return status;
}

/* The head, then what the source gives. */
static peil_status next_bytes(peil_characters *c, const char **bytes, size_t *length,
                              peil_fault *fault) {
    if (c->head_length) {
        *bytes = c->head;
        *length = c->head_length;
        c->head_length = 0;
        return PEIL_OK;
    }
    free(c->head);
    c->head = NULL;
    return peil_source_next(c->source, bytes, length, fault);
}

peil_status peil_characters_next(peil_characters *characters, const char **text, size_t *length,
                                 peil_fault *fault) {
    bool is_end = false;
    *length = 0;
    while (*length == 0 && !is_end && characters->status == PEIL_OK) {
        PEIL_TRY(next_bytes(characters, text, length, fault));
        is_end = *length == 0;
        if (characters->converter) PEIL_TRY(convert_next(characters, text, length, fault));
    } /* a block may hold no whole character */
    if (*length || characters->status == PEIL_OK) return PEIL_OK;
    if (fault) *fault = characters->fault;
    characters->is_broken = characters->status == PEIL_EDATA;
    return characters->status;
}
