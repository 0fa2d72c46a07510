/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON (RFC 8259) as a tree, read strictly: two members of one name are refused, and so is any
 * extension. Every value knows its line, for messages, and a number stays the text it was: its
 * decimals mean what they say. (jansson passes over an allocation that fails while it reads a
 * string, cJSON and json-c take the last of two members, and none of them keeps lines.) */
#ifndef PEIL_CORE_JSON_H
#define PEIL_CORE_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "core/text.h"

#define PEIL_JSON_DEPTH 64                 /* arrays and objects inside each other, at most */
#define PEIL_JSON_BYTES ((size_t)16 << 20) /* of a text, at most */

typedef enum peil_json_kind {
    PEIL_JSON_NULL,
    PEIL_JSON_FALSE,
    PEIL_JSON_TRUE,
    PEIL_JSON_NUMBER,
    PEIL_JSON_STRING,
    PEIL_JSON_ARRAY,
    PEIL_JSON_OBJECT
} peil_json_kind;

typedef struct peil_json_value {
    peil_json_kind kind;
    uint32_t line;  /* where it begins; the first is 1 */
    uint32_t first; /* of an array or object: its first value, or 0 */
    uint32_t next;  /* the value after it in the same array or object, or 0 */
    size_t name;    /* of a value in an object: its name, in bytes */
    size_t text;    /* of a string, and of a number as it was written: in bytes */
} peil_json_value;

/* Zero is empty. */
typedef struct peil_json {
    peil_json_value *values; /* the first is the root */
    size_t count, capacity;
    char *bytes; /* texts, each ends in NUL */
    size_t nbytes, bytes_capacity;
} peil_json;

/* Reads a text. What is no JSON is refused with its line: PEIL_EDATA. The caller clears, also after
 * a failure. */
peil_status peil_json_read(const char *text, size_t length, peil_json *out,
                           peil_fault *fault) PEIL_CHECKED;

/* The same of a text of any size: a result of our own. */
peil_status peil_json_read_large(const char *text, size_t length, peil_json *out,
                                 peil_fault *fault) PEIL_CHECKED;

void peil_json_clear(peil_json *json);

/* ---- looking around; all pointers live as long as the tree ---- */

static inline const peil_json_value *peil_json_root(const peil_json *json) {
    return json->values;
}

/* The first value in an array or object, and the one after a value; NULL at the end. */
static inline const peil_json_value *peil_json_first(const peil_json *json,
                                                     const peil_json_value *value) {
    return value->first ? &json->values[value->first] : NULL;
}
static inline const peil_json_value *peil_json_next(const peil_json *json,
                                                    const peil_json_value *value) {
    return value->next ? &json->values[value->next] : NULL;
}

/* The name of a value in an object; the text of a string or number. */
static inline const char *peil_json_name(const peil_json *json, const peil_json_value *value) {
    return json->bytes + value->name;
}
static inline const char *peil_json_text(const peil_json *json, const peil_json_value *value) {
    return json->bytes + value->text;
}

/* The value of that name in an object; NULL when it has none, and for what is no object. */
const peil_json_value *peil_json_member(const peil_json *json, const peil_json_value *object,
                                        const char *name);

/* How a message calls a kind of value: "a string". */
const char *peil_json_kind_name(peil_json_kind kind);

/* ---- writing ---- */

/* Adds valid UTF-8 as a JSON string, its quotes included. */
void peil_json_add_string(peil_text *out, const char *text);

#endif
