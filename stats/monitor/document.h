/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A YAML text as a tree whose every node knows its line, for messages. Strict: one document, and a
 * key stands once in a mapping. */
#ifndef PEIL_MONITOR_DOCUMENT_H
#define PEIL_MONITOR_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "core/faults.h"

typedef enum peil_node_form { PEIL_SCALAR, PEIL_LIST, PEIL_MAP } peil_node_form;

typedef struct peil_document peil_document;

/* A node; borrowed from its document. */
typedef struct peil_yaml {
    const peil_document *document;
    int id; /* 0: there is none */
} peil_yaml;

/* Parses a whole text. A fault names its line. A key that stands in its mapping already is added to
 * *repeats with its line and is left out of the tree, so that the rest can be looked at all the
 * same. The caller frees, and clears the repeats, also after a failure. */
peil_status peil_document_parse(const char *text, size_t length, peil_document **out,
                                peil_faults *repeats, peil_fault *fault) PEIL_CHECKED;
void peil_document_free(peil_document *document);

/* The outermost node; none for an empty text. */
peil_yaml peil_document_root(const peil_document *document);

static inline bool peil_yaml_is_there(peil_yaml node) {
    return node.id != 0;
}

peil_node_form peil_yaml_form(peil_yaml node);

/* 1 for the first line. */
size_t peil_yaml_line(peil_yaml node);

/* Where the value of a key begins; the line of the mapping itself when the key is not there. */
size_t peil_yaml_line_of(peil_yaml map, const char *key);

/* The text of a scalar, "" for null ("~", "null" or nothing, without quotes); NULL for another
 * form. */
const char *peil_yaml_text(peil_yaml node);

/* Whether nothing stands there at all, neither "~" nor "null" nor quotes: {2013} has such a value.
 */
bool peil_yaml_is_blank(peil_yaml node);

/* How many values a list or mapping has; a scalar has none. */
size_t peil_yaml_count(peil_yaml node);

/* Value i of a list or mapping. */
peil_yaml peil_yaml_value(peil_yaml node, size_t i);

/* Key i of a mapping. */
peil_yaml peil_yaml_key(peil_yaml node, size_t i);

/* The value of a key; none when it is not there, or the node is no mapping. */
peil_yaml peil_yaml_find(peil_yaml node, const char *key);

#endif
