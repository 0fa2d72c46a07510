/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/encoding.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"

/* ---- names ---- */

#define NAME_MOST 32

/* Encodings without a state that outlives a character: those of survey files. `others` are further
 * names, without case and punctuation; the code page's number needs no name of its own. */
static const struct encoding {
    const char *name;
    int page; /* Windows' number of it; 0: none */
    const char *others[3];
} encodings[] = {
    {"UTF-8", 65001, {"utf8", "unicode", NULL}},
    {"US-ASCII", 20127, {"usascii", "ascii", "ansix341968"}},
    {"windows-1250", 1250, {NULL}},
    {"windows-1251", 1251, {NULL}},
    {"windows-1252", 1252, {"wlatin1", "ansi", NULL}},
    {"windows-1253", 1253, {NULL}},
    {"windows-1254", 1254, {NULL}},
    {"windows-1255", 1255, {NULL}},
    {"windows-1256", 1256, {NULL}},
    {"windows-1257", 1257, {NULL}},
    {"windows-1258", 1258, {NULL}},
    {"ISO-8859-1", 28591, {"iso88591", "latin1", NULL}},
    {"ISO-8859-2", 28592, {"iso88592", "latin2", NULL}},
    {"ISO-8859-3", 28593, {"iso88593", NULL}},
    {"ISO-8859-4", 28594, {"iso88594", NULL}},
    {"ISO-8859-5", 28595, {"iso88595", NULL}},
    {"ISO-8859-6", 28596, {"iso88596", NULL}},
    {"ISO-8859-7", 28597, {"iso88597", NULL}},
    {"ISO-8859-8", 28598, {"iso88598", NULL}},
    {"ISO-8859-9", 28599, {"iso88599", "latin5", NULL}},
    {"ISO-8859-10", 28600, {"iso885910", NULL}},
    {"ISO-8859-11", 0, {"iso885911", NULL}},
    {"ISO-8859-13", 28603, {"iso885913", NULL}},
    {"ISO-8859-14", 28604, {"iso885914", NULL}},
    {"ISO-8859-15", 28605, {"iso885915", "latin9", NULL}},
    {"CP437", 437, {NULL}},
    {"CP737", 737, {NULL}},
    {"CP775", 775, {NULL}},
    {"CP850", 850, {NULL}},
    {"CP852", 852, {NULL}},
    {"CP855", 855, {NULL}},
    {"CP857", 857, {NULL}},
    {"CP858", 858, {NULL}},
    {"CP860", 860, {NULL}},
    {"CP861", 861, {NULL}},
    {"CP862", 862, {NULL}},
    {"CP863", 863, {NULL}},
    {"CP864", 864, {NULL}},
    {"CP865", 865, {NULL}},
    {"CP866", 866, {NULL}},
    {"CP869", 869, {NULL}},
    {"CP874", 874, {"tis620", NULL}},
    {"KOI8-R", 20866, {"koi8r", NULL}},
    {"KOI8-U", 21866, {"koi8u", NULL}},
    {"MACINTOSH", 10000, {"macintosh", "macroman", NULL}},
    {"CP932", 932, {"shiftjis", "sjis", NULL}},
    {"GBK", 936, {"gbk", "isoir58", "gb2312"}},
    {"CP949", 949, {"isoir149", "uhc", NULL}},
    {"BIG5", 950, {"big5", NULL}},
    {"JOHAB", 1361, {"johab", NULL}},
    {"EUC-JP", 51932, {"eucjp", NULL}},
    {"EUC-CN", 51936, {"euccn", NULL}},
    {"EUC-KR", 51949, {"euckr", NULL}},
    {"GB18030", 54936, {"gb18030", NULL}},
    {"UTF-16LE", 1200, {"utf16le", NULL}},
    {"UTF-16BE", 1201, {"utf16be", NULL}},
};

/* The letters and digits, in lower case; false when they are too many. */
static bool simplify(const char *name, char simple[NAME_MOST]) {
    size_t n = 0;
    for (; *name; name++) {
        if (!isalnum((unsigned char)*name)) continue;
        if (n + 1 == NAME_MOST) return false;
        simple[n++] = (char)tolower((unsigned char)*name);
    }
    simple[n] = '\0';
    return true;
}

/* The number in "1252", "cp1252", "windows1252"; 0 when it is no code page's name. */
static int read_page(const char *simple) {
    static const char *const prefixes[] = {"windows", "win", "cp", "ibm", "ansi", "ms", ""};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const size_t n = strlen(prefixes[i]);
        if (strncmp(simple, prefixes[i], n) != 0) continue;
        const size_t digits = strspn(simple + n, "0123456789");
        if (digits && digits < 7 && !simple[n + digits]) return atoi(simple + n);
    }
    return 0;
}

const char *peil_encoding_find(const char *name) {
    char simple[NAME_MOST];
    if (!simplify(name, simple)) return NULL;
    const int page = read_page(simple);
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        const struct encoding *e = &encodings[i];
        if (page && page == e->page) return e->name;
        for (size_t k = 0; k < 3 && e->others[k]; k++)
            if (strcmp(simple, e->others[k]) == 0) return e->name;
    }
    return NULL;
}

/* ---- conversion ---- */

typedef enum method { BY_CHECK, BY_TABLE, BY_ICONV } method;

struct peil_converter {
    const char *encoding;
    method method;
    iconv_t iconv;            /* unless BY_CHECK */
    struct piece {            /* BY_TABLE: what a byte becomes */
        unsigned char length; /* 0: the encoding has no such character */
        char bytes[3];
    } pieces[256];
};

/* What iconv made of a text: how much it took, and whether more bytes could make it whole. */
typedef enum outcome { WHOLE, UNFINISHED, INVALID } outcome;

static outcome run_iconv(iconv_t cd, const char **bytes, size_t *length, char *out, size_t *room) {
    char *from = (char *)(uintptr_t)*bytes, *to = out;
    size_t left = *room;
    const size_t result = iconv(cd, &from, length, &to, &left);
    const int why = errno;
    *bytes = from;
    *room -= left;
    if (result == 0 || (result == (size_t)-1 && why == E2BIG)) return WHOLE;
    return result == (size_t)-1 && why == EINVAL ? UNFINISHED : INVALID;
}

/* Most encodings have one byte a character: what each becomes is asked once. */
static void make_table(peil_converter *converter) {
    for (int i = 0; i < 256; i++) {
        struct piece *piece = &converter->pieces[i];
        const char byte = (char)i, *from = &byte;
        size_t length = 1, room = sizeof piece->bytes;
        iconv(converter->iconv, NULL, NULL, NULL, NULL);
        const outcome made = run_iconv(converter->iconv, &from, &length, piece->bytes, &room);
        if (made == UNFINISHED || (made == WHOLE && length)) return;
        piece->length = made == WHOLE ? (unsigned char)room : 0;
    }
    converter->method = BY_TABLE;
}

peil_status peil_converter_open(const char *encoding, peil_converter **out, peil_fault *fault) {
    peil_converter *converter = NULL;
    PEIL_TRY(peil_array_make(&converter, 1, sizeof *converter, fault));
    converter->encoding = encoding;
    if (strcmp(encoding, "UTF-8") != 0) {
        converter->iconv = iconv_open("UTF-8", encoding);
        if (converter->iconv == (iconv_t)-1) {
            const bool no_memory = errno == ENOMEM;
            free(converter);
            return no_memory ? peil_fail_memory(fault)
                             : peil_fail(fault, PEIL_ESYSTEM, "this system cannot convert from %s",
                                         encoding);
        }
        converter->method = BY_ICONV;
        make_table(converter);
    }
    *out = converter;
    return PEIL_OK;
}

const char *peil_converter_encoding(const peil_converter *converter) {
    return converter->encoding;
}

/* How many bytes of a last character stand at the end of a text that is cut in UTF-8. */
static size_t unfinished_utf8(const char *bytes, size_t length) {
    for (size_t n = 1; n <= 3 && n <= length; n++) {
        const unsigned char c = (unsigned char)bytes[length - n];
        if (c >= 0xC0) return n < (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) ? n : 0;
        if (c < 0x80) return 0;
    }
    return 0;
}

static outcome by_check(const char *bytes, size_t length, size_t *used, peil_text *out) {
    const size_t rest = unfinished_utf8(bytes, length);
    if (!peil_text_is_utf8(bytes, length - rest)) return INVALID;
    peil_text_add_bytes(out, bytes, length - rest);
    *used = length - rest;
    return rest ? UNFINISHED : WHOLE;
}

static outcome by_table(const peil_converter *converter, const char *bytes, size_t length,
                        size_t *used, peil_text *out) {
    char made[768];
    size_t n = 0;
    for (*used = 0; *used < length; ++*used) {
        const struct piece *piece = &converter->pieces[(unsigned char)bytes[*used]];
        if (!piece->length) return INVALID;
        if (n + sizeof piece->bytes > sizeof made) {
            peil_text_add_bytes(out, made, n);
            n = 0;
        }
        memcpy(made + n, piece->bytes, sizeof piece->bytes);
        n += piece->length;
    }
    peil_text_add_bytes(out, made, n);
    return WHOLE;
}

static outcome by_iconv(const peil_converter *converter, const char *bytes, size_t length,
                        size_t *used, peil_text *out) {
    const char *from = bytes;
    outcome made = WHOLE;
    iconv(converter->iconv, NULL, NULL, NULL, NULL);
    while (length && made == WHOLE) {
        char piece[1024];
        size_t room = sizeof piece;
        made = run_iconv(converter->iconv, &from, &length, piece, &room);
        peil_text_add_bytes(out, piece, room);
    }
    *used = (size_t)(from - bytes);
    return made;
}

peil_status peil_converter_convert(peil_converter *converter, const char *bytes, size_t length,
                                   size_t *used, peil_text *out, peil_fault *fault) {
    const size_t before = out->length;
    size_t taken = 0;
    const outcome made = converter->method == BY_CHECK ? by_check(bytes, length, &taken, out)
                         : converter->method == BY_TABLE
                             ? by_table(converter, bytes, length, &taken, out)
                             : by_iconv(converter, bytes, length, &taken, out);
    if (made == INVALID || (made == UNFINISHED && !used)) {
        out->length = before;
        if (out->bytes && !out->failed) out->bytes[before] = '\0';
        return peil_fail(fault, PEIL_EDATA, "text that is not %s", converter->encoding);
    }
    if (out->failed) return peil_fail_memory(fault);
    if (used) *used = taken;
    return PEIL_OK;
}

void peil_converter_free(peil_converter *converter) {
    if (!converter) return;
    if (converter->method != BY_CHECK) iconv_close(converter->iconv);
    free(converter);
}
