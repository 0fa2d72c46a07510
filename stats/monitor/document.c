/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor/document.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "core/array.h"

/* A value: a scalar has a text, a list and a mapping have children. */
typedef struct node {
    peil_node_form form;
    size_t line; /* 1 for the first */
    size_t size; /* values in it and itself, those behind an alias each time */
    char *text;  /* of a scalar, "" for null */
    bool is_blank;
    size_t nchildren, capacity;
    int *children; /* ids; of a mapping key, value, key, value, ... */
} node;

/* Node id is nodes[id - 1]. */
struct peil_document {
    size_t nnodes, capacity;
    node *nodes;
    size_t nanchors, anchors_capacity;
    struct anchor {
        char *name;
        int id;
    } * anchors;
};

static const node *node_of(peil_yaml at) {
    return &at.document->nodes[at.id - 1];
}

/* ---- building ---- */

#define DEEPEST 64       /* lists in lists */
#define REPEATS_MOST 100 /* nobody mends more in one go */

/* What no monitor needs, and would take minutes or all memory: a few lines of aliases of aliases
 * hold as many values as one likes. */
#define VALUES_MOST 200000
#define KEYS_MOST 5000
#define ANCHORS_MOST 1000

/* What is under way. libyaml's own tree loses memory when an allocation fails, so that only its
 * events are used. */
typedef struct building {
    yaml_parser_t parser;
    peil_document *document;
    peil_faults *repeats;
    peil_fault *fault;
    size_t depth;
    int open[DEEPEST]; /* the lists and mappings around the next value, outermost first */
} building;

static peil_status fail_at(size_t line, const char *what, const char *name, peil_fault *fault) {
    peil_fail(fault, PEIL_EDATA, "%s%s", what, name);
    if (fault) fault->line = line;
    return PEIL_EDATA;
}

/* What libyaml finds, and what whoever wrote the monitor can do about it. */
typedef struct problem {
    const char *found;
    const char *words;
    bool is_of_begin; /* the line is that where the word, quote or bracket begins */
} problem;

#define MARKS "a text that begins with one of - * & > % @ ` stands between quotes"
#define BRACKET "a bracket is not closed, or a comma is missing"

static const problem problems[] = {
    {"mapping values are not allowed in this context",
     "a text with ': ' in it stands between quotes, and the keys of one mapping begin in one "
     "column",
     false},
    {"did not find expected key",
     "a quote inside the text ends it, so put the other kind around it: 'q = \"ja\"'; and the keys "
     "of one mapping begin in one column",
     false},
    {"did not find expected '-' indicator", "what belongs to one list begins in one column", false},
    {"did not find expected comment or line break", MARKS, false},
    {"did not find expected alphabetic or numeric character", MARKS, false},
    {"block sequence entries are not allowed in this context", MARKS, false},
    {"found character that cannot start any token", MARKS ", and a line begins with spaces, no tab",
     false},
    {"found a tab character that violates indentation", "a line begins with spaces, no tab", false},
    {"could not find expected ':'", "a line is 'key: value', with a space behind the colon", true},
    {"found unexpected end of stream", "a quote is not closed", true},
    {"did not find expected ',' or ']'", BRACKET, true},
    {"did not find expected ',' or '}'", BRACKET, true},
};

static peil_status say_problem(const building *b) {
    const yaml_parser_t *parser = &b->parser;
    const char *words = parser->problem ? parser->problem : "it cannot be read";
    size_t line = parser->problem_mark.line;
    if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR)
        return peil_fail_memory(b->fault);
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
        if (strcmp(problems[i].found, words) != 0) continue;
        words = problems[i].words;
        if (problems[i].is_of_begin) line = parser->context_mark.line;
        break;
    }
    return fail_at(line + 1, "this is no YAML: ", words, b->fault);
}

/* Puts a value where it belongs: behind the last one of what is open. */
static peil_status attach(building *b, int id) {
    if (b->depth == 0) return PEIL_OK;
    node *parent = &b->document->nodes[b->open[b->depth - 1] - 1];
    PEIL_TRY(peil_array_reserve(&parent->children, &parent->capacity, parent->nchildren + 1,
                                sizeof *parent->children, b->fault));
    parent->children[parent->nchildren++] = id;
    return PEIL_OK;
}

static peil_status name_anchor(building *b, const yaml_char_t *name, int id) {
    peil_document *d = b->document;
    if (!name) return PEIL_OK;
    if (d->nanchors == ANCHORS_MOST)
        return fail_at(d->nodes[id - 1].line, "too many anchors", "", b->fault);
    PEIL_TRY(peil_array_reserve(&d->anchors, &d->anchors_capacity, d->nanchors + 1,
                                sizeof *d->anchors, b->fault));
    d->anchors[d->nanchors].id = id;
    PEIL_TRY(peil_string_copy((const char *)name, strlen((const char *)name),
                              &d->anchors[d->nanchors].name, b->fault));
    d->nanchors++;
    return PEIL_OK;
}

static peil_status add_node(building *b, node made, const yaml_char_t *anchor) {
    peil_document *d = b->document;
    peil_status status =
        peil_array_reserve(&d->nodes, &d->capacity, d->nnodes + 1, sizeof *d->nodes, b->fault);
    if (status != PEIL_OK) {
        free(made.text);
        return status;
    }
    d->nodes[d->nnodes++] = made;
    PEIL_TRY(name_anchor(b, anchor, (int)d->nnodes));
    return attach(b, (int)d->nnodes);
}

static peil_status open_node(building *b, peil_node_form form, const yaml_event_t *event,
                             const yaml_char_t *anchor) {
    const size_t line = event->start_mark.line + 1;
    if (b->depth == DEEPEST) return fail_at(line, "lists too deep in lists", "", b->fault);
    PEIL_TRY(add_node(b, (node){.form = form, .line = line, .size = 1}, anchor));
    b->open[b->depth++] = (int)b->document->nnodes;
    return PEIL_OK;
}

static bool is_null(const char *text, bool is_plain) {
    static const char *const words[] = {"~", "null", "Null", "NULL"};
    for (size_t i = 0; is_plain && i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) return true;
    return false;
}

static peil_status add_scalar(building *b, const yaml_event_t *event) {
    const char *text = (const char *)event->data.scalar.value;
    node made = {.form = PEIL_SCALAR, .line = event->start_mark.line + 1, .size = 1};
    if (strlen(text) != event->data.scalar.length)
        return fail_at(made.line, "a NUL character", "", b->fault);
    const bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    made.is_blank = is_plain && !text[0];
    if (is_null(text, is_plain)) text = "";
    PEIL_TRY(peil_string_copy(text, strlen(text), &made.text, b->fault));
    return add_node(b, made, event->data.scalar.anchor);
}

/* The same node once more. A list may not hold itself. */
static peil_status add_alias(building *b, const yaml_event_t *event) {
    const char *name = (const char *)event->data.alias.anchor;
    const size_t line = event->start_mark.line + 1;
    const peil_document *d = b->document;
    size_t i = d->nanchors;
    while (i > 0 && strcmp(d->anchors[i - 1].name, name) != 0) i--;
    if (i == 0) return fail_at(line, "nothing is called &", name, b->fault);
    for (size_t k = 0; k < b->depth; k++)
        if (b->open[k] == d->anchors[i - 1].id)
            return fail_at(line, "it holds itself: *", name, b->fault);
    return attach(b, d->anchors[i - 1].id);
}

/* Tells of a key that stands in the mapping already. */
static peil_status tell_repeat(const building *b, peil_yaml first, peil_yaml again) {
    peil_fault found = {0};
    peil_fail(&found, PEIL_EDATA, "a second key %.100s, after that of line %zu",
              peil_yaml_text(again), peil_yaml_line(first));
    found.line = peil_yaml_line(again);
    return peil_faults_add(b->repeats, &found, b->fault);
}

/* Takes a key and its value away. */
static void drop_pair(building *b, int id, size_t i) {
    node *map = &b->document->nodes[id - 1];
    map->nchildren -= 2;
    memmove(&map->children[2 * i], &map->children[2 * i + 2],
            (map->nchildren - 2 * i) * sizeof *map->children);
}

/* A mapping that is whole: every key is a word, and stands once. */
static peil_status check_keys(building *b, int id) {
    const peil_yaml map = {b->document, id};
    if (peil_yaml_count(map) > KEYS_MOST)
        return fail_at(peil_yaml_line(map), "too many keys in one mapping", "", b->fault);
    for (size_t i = 0; i < peil_yaml_count(map); i++) {
        const peil_yaml key = peil_yaml_key(map, i);
        const char *name = peil_yaml_text(key);
        size_t k = 0;
        if (!name) return fail_at(peil_yaml_line(key), "a key is a word", "", b->fault);
        while (strcmp(peil_yaml_text(peil_yaml_key(map, k)), name) != 0) k++;
        if (k == i) continue;
        if (b->repeats->n == REPEATS_MOST)
            return fail_at(peil_yaml_line(key), "a second key ", name, b->fault);
        PEIL_TRY(tell_repeat(b, peil_yaml_key(map, k), key));
        drop_pair(b, id, i--);
    }
    return PEIL_OK;
}

/* A list or mapping that is whole. */
static peil_status close_node(building *b) {
    const int id = b->open[--b->depth];
    node *nodes = b->document->nodes, *closed = &nodes[id - 1];
    for (size_t i = 0; i < closed->nchildren; i++)
        closed->size += nodes[closed->children[i] - 1].size;
    if (closed->size > VALUES_MOST) return fail_at(closed->line, "too many values", "", b->fault);
    return closed->form == PEIL_MAP ? check_keys(b, id) : PEIL_OK;
}

static peil_status take_event(building *b, const yaml_event_t *event) {
    switch (event->type) {
        case YAML_SCALAR_EVENT:
            return add_scalar(b, event);
        case YAML_ALIAS_EVENT:
            return add_alias(b, event);
        case YAML_SEQUENCE_START_EVENT:
            return open_node(b, PEIL_LIST, event, event->data.sequence_start.anchor);
        case YAML_MAPPING_START_EVENT:
            return open_node(b, PEIL_MAP, event, event->data.mapping_start.anchor);
        case YAML_MAPPING_END_EVENT:
        case YAML_SEQUENCE_END_EVENT:
            return close_node(b);
        case YAML_DOCUMENT_START_EVENT:
            return b->document->nnodes ? fail_at(event->start_mark.line + 1,
                                                 "a second document begins", "", b->fault)
                                       : PEIL_OK;
        default:
            return PEIL_OK;
    }
}

static peil_status build(building *b) {
    bool is_end = false;
    while (!is_end) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->parser, &event)) return say_problem(b);
        is_end = event.type == YAML_STREAM_END_EVENT;
        const peil_status status = take_event(b, &event);
        yaml_event_delete(&event);
        if (status != PEIL_OK) return status;
    }
    return PEIL_OK;
}

peil_status peil_document_parse(const char *text, size_t length, peil_document **out,
                                peil_faults *repeats, peil_fault *fault) {
    building b = {.repeats = repeats, .fault = fault};
    PEIL_TRY(peil_array_make(&b.document, 1, sizeof *b.document, fault));
    peil_status status = yaml_parser_initialize(&b.parser) ? PEIL_OK : peil_fail_memory(fault);
    if (status == PEIL_OK) {
        yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, length);
        status = build(&b);
        yaml_parser_delete(&b.parser);
    }
    if (status == PEIL_OK)
        *out = b.document;
    else
        peil_document_free(b.document);
    return status;
}

void peil_document_free(peil_document *document) {
    if (!document) return;
    for (size_t i = 0; i < document->nnodes; i++) {
        free(document->nodes[i].text);
        free(document->nodes[i].children);
    }
    for (size_t i = 0; i < document->nanchors; i++) free(document->anchors[i].name);
    free(document->nodes);
    free(document->anchors);
    free(document);
}

/* ---- the tree ---- */

peil_yaml peil_document_root(const peil_document *document) {
    return (peil_yaml){document, document->nnodes ? 1 : 0};
}

peil_node_form peil_yaml_form(peil_yaml at) {
    return node_of(at)->form;
}

size_t peil_yaml_line(peil_yaml at) {
    return node_of(at)->line;
}

size_t peil_yaml_line_of(peil_yaml map, const char *key) {
    const peil_yaml value = peil_yaml_find(map, key);
    return peil_yaml_line(peil_yaml_is_there(value) ? value : map);
}

const char *peil_yaml_text(peil_yaml at) {
    return node_of(at)->text;
}

bool peil_yaml_is_blank(peil_yaml at) {
    return node_of(at)->is_blank;
}

size_t peil_yaml_count(peil_yaml at) {
    const node *n = node_of(at);
    return n->form == PEIL_MAP ? n->nchildren / 2 : n->nchildren;
}

peil_yaml peil_yaml_value(peil_yaml at, size_t i) {
    const node *n = node_of(at);
    return (peil_yaml){at.document, n->children[n->form == PEIL_MAP ? 2 * i + 1 : i]};
}

peil_yaml peil_yaml_key(peil_yaml at, size_t i) {
    return (peil_yaml){at.document, node_of(at)->children[2 * i]};
}

peil_yaml peil_yaml_find(peil_yaml at, const char *key) {
    const bool is_map = peil_yaml_form(at) == PEIL_MAP;
    for (size_t i = 0; is_map && i < peil_yaml_count(at); i++)
        if (strcmp(peil_yaml_text(peil_yaml_key(at, i)), key) == 0) return peil_yaml_value(at, i);
    return (peil_yaml){at.document, 0};
}
