/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor/document.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "core/array.h"

struct peil_document {
    yaml_document_t yaml;
    bool is_loaded;
};

/* libyaml hands out nodes that may be changed; here nobody does. */
static const yaml_node_t *node_of(peil_yaml node) {
    yaml_document_t *yaml = (yaml_document_t *)(uintptr_t)&node.document->yaml;
    return yaml_document_get_node(yaml, node.id);
}

/* ---- checks ---- */

static peil_status at_line(size_t line, peil_fault *fault) {
    if (fault) fault->line = line + 1; /* libyaml counts from 0 */
    return PEIL_EDATA;
}

static peil_status fail_at(const yaml_node_t *node, const char *what, const char *name,
                           peil_fault *fault) {
    peil_fail(fault, PEIL_EDATA, "%s%s", what, name);
    return at_line(node->start_mark.line, fault);
}

static peil_status check_key(peil_yaml map, size_t i, peil_fault *fault) {
    const peil_yaml key = peil_yaml_key(map, i);
    const char *name = peil_yaml_text(key);
    if (!name) return fail_at(node_of(key), "a key is a word", "", fault);
    for (size_t k = 0; k < i; k++)
        if (strcmp(peil_yaml_text(peil_yaml_key(map, k)), name) == 0)
            return fail_at(node_of(key), "a second key ", name, fault);
    return PEIL_OK;
}

/* Each node once, whoever refers to it: aliases may make a small text very deep. */
static peil_status check_all(const peil_document *document, peil_fault *fault) {
    const int n = (int)(document->yaml.nodes.top - document->yaml.nodes.start);
    for (int id = 1; id <= n; id++) {
        const peil_yaml node = {document, id};
        const yaml_node_t *raw = node_of(node);
        if (raw->type == YAML_SCALAR_NODE &&
            strlen((const char *)raw->data.scalar.value) != raw->data.scalar.length)
            return fail_at(raw, "a NUL character", "", fault);
        for (size_t i = 0; raw->type == YAML_MAPPING_NODE && i < peil_yaml_count(node); i++)
            PEIL_TRY(check_key(node, i, fault));
    }
    return PEIL_OK;
}

/* ---- loading ---- */

static peil_status say_problem(const yaml_parser_t *parser, peil_fault *fault) {
    if (parser->error == YAML_MEMORY_ERROR) return peil_fail_memory(fault);
    peil_fail(fault, PEIL_EDATA, "this is no YAML: %s",
              parser->problem ? parser->problem : "it cannot be read");
    return at_line(parser->problem_mark.line, fault);
}

/* Loads the first document, and sees to it that there is no second. */
static peil_status load(yaml_parser_t *parser, peil_document *document, peil_fault *fault) {
    yaml_document_t second;
    if (!yaml_parser_load(parser, &document->yaml)) return say_problem(parser, fault);
    document->is_loaded = true;
    if (!yaml_document_get_root_node(&document->yaml)) return PEIL_OK;
    if (!yaml_parser_load(parser, &second)) return say_problem(parser, fault);
    const yaml_node_t *root = yaml_document_get_root_node(&second);
    const peil_status status =
        root ? fail_at(root, "a second document begins", "", fault) : PEIL_OK;
    yaml_document_delete(&second);
    return status;
}

peil_status peil_document_parse(const char *text, size_t length, peil_document **out,
                                peil_fault *fault) {
    yaml_parser_t parser;
    peil_document *document = NULL;
    PEIL_TRY(peil_array_make(&document, 1, sizeof *document, fault));
    peil_status status = yaml_parser_initialize(&parser) ? PEIL_OK : peil_fail_memory(fault);
    if (status == PEIL_OK) {
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
        status = load(&parser, document, fault);
        yaml_parser_delete(&parser);
    }
    if (status == PEIL_OK) status = check_all(document, fault);
    if (status == PEIL_OK)
        *out = document;
    else
        peil_document_free(document);
    return status;
}

void peil_document_free(peil_document *document) {
    if (!document) return;
    if (document->is_loaded) yaml_document_delete(&document->yaml);
    free(document);
}

/* ---- the tree ---- */

peil_yaml peil_document_root(const peil_document *document) {
    const bool is_empty = document->yaml.nodes.start == document->yaml.nodes.top;
    return (peil_yaml){document, is_empty ? 0 : 1};
}

peil_node_form peil_yaml_form(peil_yaml node) {
    switch (node_of(node)->type) {
        case YAML_SEQUENCE_NODE:
            return PEIL_LIST;
        case YAML_MAPPING_NODE:
            return PEIL_MAP;
        default:
            return PEIL_SCALAR;
    }
}

size_t peil_yaml_line(peil_yaml node) {
    return node_of(node)->start_mark.line + 1;
}

size_t peil_yaml_line_of(peil_yaml map, const char *key) {
    const peil_yaml value = peil_yaml_find(map, key);
    return peil_yaml_line(peil_yaml_is_there(value) ? value : map);
}

static bool is_null(const yaml_node_t *node) {
    static const char *const words[] = {"~", "null", "Null", "NULL"};
    if (node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp((const char *)node->data.scalar.value, words[i]) == 0) return true;
    return false;
}

const char *peil_yaml_text(peil_yaml node) {
    const yaml_node_t *scalar = node_of(node);
    if (scalar->type != YAML_SCALAR_NODE) return NULL;
    return is_null(scalar) ? "" : (const char *)scalar->data.scalar.value;
}

size_t peil_yaml_count(peil_yaml node) {
    const yaml_node_t *n = node_of(node);
    if (n->type == YAML_SEQUENCE_NODE)
        return (size_t)(n->data.sequence.items.top - n->data.sequence.items.start);
    if (n->type == YAML_MAPPING_NODE)
        return (size_t)(n->data.mapping.pairs.top - n->data.mapping.pairs.start);
    return 0;
}

peil_yaml peil_yaml_value(peil_yaml node, size_t i) {
    const yaml_node_t *n = node_of(node);
    const int id = n->type == YAML_SEQUENCE_NODE ? n->data.sequence.items.start[i]
                                                 : n->data.mapping.pairs.start[i].value;
    return (peil_yaml){node.document, id};
}

peil_yaml peil_yaml_key(peil_yaml node, size_t i) {
    return (peil_yaml){node.document, node_of(node)->data.mapping.pairs.start[i].key};
}

peil_yaml peil_yaml_find(peil_yaml node, const char *key) {
    const bool is_map = peil_yaml_form(node) == PEIL_MAP;
    for (size_t i = 0; is_map && i < peil_yaml_count(node); i++)
        if (strcmp(peil_yaml_text(peil_yaml_key(node, i)), key) == 0)
            return peil_yaml_value(node, i);
    return (peil_yaml){node.document, 0};
}
