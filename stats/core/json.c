/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"

typedef struct parser {
    const char *at, *end;
    uint32_t line;
    unsigned depth;
    peil_json *out;
    peil_fault *fault;
} parser;

static peil_status refuse(const parser *p, const char *what) {
    return peil_fail(p->fault, PEIL_EDATA, "line %u: this is no JSON: %s", (unsigned)p->line, what);
}

/* The byte at hand, or 0 at the end: a NUL is refused wherever it stands. */
static char peek(const parser *p) {
    return p->at < p->end ? *p->at : '\0';
}

static void skip_space(parser *p) {
    for (; p->at < p->end && memchr(" \t\r\n", *p->at, 4); p->at++) p->line += *p->at == '\n';
}

static peil_status add_value(parser *p, peil_json_kind kind, uint32_t *index) {
    peil_json *out = p->out;
    PEIL_TRY(peil_array_reserve(&out->values, &out->capacity, out->count + 1, sizeof *out->values,
                                p->fault));
    *index = (uint32_t)out->count; /* a value takes a byte, so they are no more than the bytes */
    out->values[out->count++] = (peil_json_value){.kind = kind, .line = p->line};
    return PEIL_OK;
}

/* ---- texts ---- */

static peil_status add_bytes(parser *p, const char *bytes, size_t length) {
    peil_json *out = p->out;
    if (length == 0) return PEIL_OK;
    PEIL_TRY(
        peil_array_reserve(&out->bytes, &out->bytes_capacity, out->nbytes + length, 1, p->fault));
    memcpy(out->bytes + out->nbytes, bytes, length);
    out->nbytes += length;
    return PEIL_OK;
}

/* Four hexadecimal digits, or -1. */
static int32_t read_hex(parser *p) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = peek(p) ? strchr(digits, *p->at) : NULL;
        if (!digit) return -1;
        value = value * 16 + (int32_t)(digit - digits) % 16;
    }
    return value;
}

/* The character of \uXXXX, or of two of them that are a surrogate pair (RFC 8259, 7); 0: none. */
static uint32_t read_unicode(parser *p) {
    const int32_t high = read_hex(p);
    if (high < 0 || (high >= 0xDC00 && high <= 0xDFFF)) return 0;
    if (high < 0xD800 || high > 0xDFFF) return (uint32_t)high;
    if (p->end - p->at < 2 || p->at[0] != '\\' || p->at[1] != 'u') return 0;
    p->at += 2;
    const int32_t low = read_hex(p);
    if (low < 0xDC00 || low > 0xDFFF) return 0;
    return 0x10000u + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
}

static peil_status add_character(parser *p, uint32_t c) {
    char bytes[4];
    if (c < 0x80) {
        bytes[0] = (char)c;
        return add_bytes(p, bytes, 1);
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3; /* continuation bytes */
    bytes[0] = (char)((0xF80u >> more & 0xFFu) | c >> 6 * more);
    for (int i = 1; i <= more; i++) bytes[i] = (char)(0x80u | (c >> 6 * (more - i) & 0x3Fu));
    return add_bytes(p, bytes, (size_t)more + 1);
}

static peil_status read_escape(parser *p) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    p->at++; /* the backslash */
    const char letter = peek(p);
    const char *known = letter ? strchr(letters, letter) : NULL;
    p->at += letter != '\0';
    if (known) return add_bytes(p, &meanings[known - letters], 1);
    const uint32_t c = letter == 'u' ? read_unicode(p) : 0;
    return c ? add_character(p, c) : refuse(p, "a wrong escape in a string");
}

/* Reads a string; *offset is where its text begins. */
static peil_status read_string(parser *p, size_t *offset) {
    *offset = p->out->nbytes;
    p->at++;
    while (peek(p) != '"') {
        const char *from = p->at;
        while (p->at < p->end && *p->at != '"' && *p->at != '\\' && (unsigned char)*p->at >= ' ')
            p->at++;
        PEIL_TRY(add_bytes(p, from, (size_t)(p->at - from)));
        if (peek(p) == '"') break;
        if (peek(p) != '\\')
            return refuse(
                p, p->at < p->end ? "a control character in a string" : "it ends inside a string");
        PEIL_TRY(read_escape(p));
    }
    p->at++;
    return add_bytes(p, "", 1);
}

static bool skip_digits(parser *p) {
    const char *from = p->at;
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9') p->at++;
    return p->at > from;
}

static peil_status read_number(parser *p, size_t *offset) {
    const char *from = p->at;
    p->at += *p->at == '-';
    const bool has_zero = peek(p) == '0';
    const char *whole = p->at;
    bool is_number = skip_digits(p) && !(has_zero && p->at > whole + 1);
    if (is_number && peek(p) == '.') {
        p->at++;
        is_number = skip_digits(p);
    }
    if (is_number && (peek(p) | 0x20) == 'e') {
        p->at++;
        p->at += peek(p) == '+' || peek(p) == '-';
        is_number = skip_digits(p);
    }
    if (!is_number) return refuse(p, "a number that is none");
    *offset = p->out->nbytes;
    PEIL_TRY(add_bytes(p, from, (size_t)(p->at - from)));
    return add_bytes(p, "", 1);
}

/* ---- values ---- */

typedef struct named {
    const char *name;
    uint32_t line;
} named;

static int by_name(const void *a, const void *b) {
    const named *x = a, *y = b;
    const int order = strcmp(x->name, y->name);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* Refuses two members of one name: each reader would take another one. */
static peil_status check_names(const parser *p, const peil_json_value *object) {
    const peil_json *json = p->out;
    named *names = NULL;
    size_t n = 0;
    peil_status status = PEIL_OK;
    const peil_json_value *member;
    for (member = peil_json_first(json, object); member; member = peil_json_next(json, member)) n++;
    PEIL_TRY(peil_array_make(&names, n, sizeof *names, p->fault));
    n = 0;
    for (member = peil_json_first(json, object); member; member = peil_json_next(json, member))
        names[n++] = (named){peil_json_name(json, member), member->line};
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 1; i < n && status == PEIL_OK; i++)
        if (strcmp(names[i - 1].name, names[i].name) == 0)
            status = peil_fail(p->fault, PEIL_EDATA, "line %u: \"%s\" stands twice in an object",
                               (unsigned)names[i].line, names[i].name);
    free(names);
    return status;
}

static peil_status read_value(parser *p, uint32_t *index);

/* "name": before a value in an object; nothing in an array. */
static peil_status read_name(parser *p, peil_json_kind kind, size_t *name) {
    if (kind == PEIL_JSON_ARRAY) return PEIL_OK;
    if (peek(p) != '"') return refuse(p, "a name between double quotes is missing");
    PEIL_TRY(read_string(p, name));
    skip_space(p);
    if (peek(p) != ':') return refuse(p, "a colon is missing");
    p->at++;
    return PEIL_OK;
}

/* The values of an array or object; the opening bracket is at hand. */
static peil_status read_items(parser *p, uint32_t parent, peil_json_kind kind, char closing) {
    uint32_t last = 0, index;
    p->at++;
    skip_space(p);
    for (bool goes_on = peek(p) != closing; goes_on;) {
        size_t name = 0;
        PEIL_TRY(read_name(p, kind, &name));
        PEIL_TRY(read_value(p, &index));
        p->out->values[index].name = name;
        *(last ? &p->out->values[last].next : &p->out->values[parent].first) = index;
        last = index;
        skip_space(p);
        goes_on = peek(p) == ',';
        p->at += goes_on;
        skip_space(p);
    }
    if (peek(p) != closing) return refuse(p, "a comma or a closing bracket is missing");
    p->at++;
    return kind == PEIL_JSON_OBJECT ? check_names(p, &p->out->values[parent]) : PEIL_OK;
}

static peil_status read_nested(parser *p, peil_json_kind kind, char closing, uint32_t *index) {
    if (p->depth == PEIL_JSON_DEPTH) return refuse(p, "arrays and objects are nested too deep");
    p->depth++;
    PEIL_TRY(add_value(p, kind, index));
    PEIL_TRY(read_items(p, *index, kind, closing));
    p->depth--;
    return PEIL_OK;
}

static peil_status read_word(parser *p, uint32_t *index) {
    static const struct {
        const char *word;
        size_t length;
        peil_json_kind kind;
    } words[] = {
        {"null", 4, PEIL_JSON_NULL}, {"false", 5, PEIL_JSON_FALSE}, {"true", 4, PEIL_JSON_TRUE}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t length = words[i].length;
        if ((size_t)(p->end - p->at) < length || memcmp(p->at, words[i].word, length) != 0)
            continue;
        p->at += length;
        return add_value(p, words[i].kind, index);
    }
    return refuse(p, p->at < p->end ? "a value is missing or is none" : "it ends too early");
}

static peil_status read_value(parser *p, uint32_t *index) {
    skip_space(p);
    const char c = peek(p);
    if (c == '{') return read_nested(p, PEIL_JSON_OBJECT, '}', index);
    if (c == '[') return read_nested(p, PEIL_JSON_ARRAY, ']', index);
    const bool is_number = c == '-' || (c >= '0' && c <= '9');
    if (c != '"' && !is_number) return read_word(p, index);
    size_t text = 0;
    PEIL_TRY(add_value(p, is_number ? PEIL_JSON_NUMBER : PEIL_JSON_STRING, index));
    PEIL_TRY(is_number ? read_number(p, &text) : read_string(p, &text));
    p->out->values[*index].text = text;
    return PEIL_OK;
}

peil_status peil_json_read_large(const char *text, size_t length, peil_json *out,
                                 peil_fault *fault) {
    uint32_t root;
    *out = (peil_json){0};
    if (length > UINT32_MAX) return peil_fail(fault, PEIL_EDATA, "is over 4 GiB");
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3, length -= 3;
    if (!peil_text_is_utf8(text, length)) return peil_fail(fault, PEIL_EDATA, "is not UTF-8");
    parser p = {.at = text, .end = text + length, .line = 1, .out = out, .fault = fault};
    PEIL_TRY(read_value(&p, &root));
    skip_space(&p);
    return p.at == p.end ? PEIL_OK : refuse(&p, "something stands behind its end");
}

peil_status peil_json_read(const char *text, size_t length, peil_json *out, peil_fault *fault) {
    *out = (peil_json){0};
    if (length > PEIL_JSON_BYTES)
        return peil_fail(fault, PEIL_EDATA, "is over %zu MiB", PEIL_JSON_BYTES >> 20);
    return peil_json_read_large(text, length, out, fault);
}

void peil_json_clear(peil_json *json) {
    free(json->values);
    free(json->bytes);
    *json = (peil_json){0};
}

const peil_json_value *peil_json_member(const peil_json *json, const peil_json_value *object,
                                        const char *name) {
    if (object->kind != PEIL_JSON_OBJECT) return NULL;
    const peil_json_value *member = peil_json_first(json, object);
    while (member && strcmp(peil_json_name(json, member), name) != 0)
        member = peil_json_next(json, member);
    return member;
}

const char *peil_json_kind_name(peil_json_kind kind) {
    static const char *const names[] = {"null",     "false",    "true",     "a number",
                                        "a string", "an array", "an object"};
    return names[kind];
}

/* ---- writing ---- */

/* The character at hand in valid UTF-8, and its length. */
static uint32_t decode(const char *text, size_t *length) {
    const unsigned char first = (unsigned char)*text;
    *length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    uint32_t c = *length == 1 ? first : first & (0x7Fu >> *length);
    for (size_t i = 1; i < *length; i++) c = c << 6 | ((unsigned char)text[i] & 0x3Fu);
    return c;
}

/* What is no text to look at, or would turn the direction of the text around it: labels come from
 * files of others. */
static bool is_hidden(uint32_t c) {
    static const uint32_t ranges[][2] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
                                         {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069},
                                         {0xFEFF, 0xFEFF}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
    return false;
}

void peil_json_add_string(peil_text *out, const char *text) {
    peil_text_add(out, "\"");
    for (size_t length; *text; text += length) {
        const uint32_t c = decode(text, &length);
        if (c == '"' || c == '\\') peil_text_add(out, "\\");
        if (is_hidden(c))
            peil_text_add_format(out, "\\u%04x", (unsigned)c);
        else
            peil_text_add_bytes(out, text, length);
    }
    peil_text_add(out, "\"");
}
