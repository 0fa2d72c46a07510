/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"

/* What is being read. */
typedef struct work {
    peil_schema *schema;
    peil_header *header;
    peil_variable *variable; /* the field at hand */
    peil_rule *rule;
    peil_fault *fault;
} work;

/* Refuses a schema for what stands at a value. */
PEIL_PRINTF(3, 4)
static peil_status refuse(const work *w, const peil_json_value *at, const char *format, ...) {
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return peil_fail(w->fault, PEIL_EDATA, "line %u: %s", (unsigned)at->line, message);
}

static const char *text_of(const work *w, const peil_json_value *value) {
    return peil_json_text(&w->schema->json, value);
}

/* A member that must be of a kind if it is there; *out is NULL when it is not. */
static peil_status find_member(const work *w, const peil_json_value *object, const char *name,
                               peil_json_kind kind, const peil_json_value **out) {
    *out = peil_json_member(&w->schema->json, object, name);
    if (!*out || (*out)->kind == kind) return PEIL_OK;
    return refuse(w, *out, "\"%s\" is %s, not %s", name, peil_json_kind_name((*out)->kind),
                  peil_json_kind_name(kind));
}

/* ---- type ---- */

typedef struct field_type {
    const char *name;
    peil_type type;
    peil_rule_kind rule;
} field_type;

/* The types of the standard. What peil cannot reckon with stays as it is written. */
static const field_type types[] = {
    {"any", PEIL_TYPE_UNSAID, PEIL_RULE_NONE},      {"string", PEIL_TYPE_TEXT, PEIL_RULE_NONE},
    {"number", PEIL_TYPE_NUMBER, PEIL_RULE_NUMBER}, {"integer", PEIL_TYPE_NUMBER, PEIL_RULE_WHOLE},
    {"boolean", PEIL_TYPE_UNSAID, PEIL_RULE_NONE},  {"year", PEIL_TYPE_NUMBER, PEIL_RULE_WHOLE},
    {"date", PEIL_TYPE_DATE, PEIL_RULE_DATE},       {"datetime", PEIL_TYPE_DATE, PEIL_RULE_DATE},
    {"time", PEIL_TYPE_TEXT, PEIL_RULE_NONE},       {"yearmonth", PEIL_TYPE_TEXT, PEIL_RULE_NONE},
    {"duration", PEIL_TYPE_TEXT, PEIL_RULE_NONE},   {"list", PEIL_TYPE_TEXT, PEIL_RULE_NONE},
    {"array", PEIL_TYPE_TEXT, PEIL_RULE_NONE},      {"object", PEIL_TYPE_TEXT, PEIL_RULE_NONE},
    {"geopoint", PEIL_TYPE_TEXT, PEIL_RULE_NONE},   {"geojson", PEIL_TYPE_TEXT, PEIL_RULE_NONE},
};

enum { NTYPES = sizeof types / sizeof *types };

static peil_status refuse_type(const work *w, const peil_json_value *type) {
    const char *names[NTYPES];
    for (size_t i = 0; i < NTYPES; i++) names[i] = types[i].name;
    const char *nearest = peil_nearest(text_of(w, type), names, NTYPES);
    return refuse(w, type, "there is no type %s%s%s%s", text_of(w, type), nearest ? "; is it " : "",
                  nearest ? nearest : "", nearest ? "?" : "");
}

/* A date in a form of its own does not sort by time: it is text. */
static peil_status has_own_format(const work *w, const peil_json_value *field, bool *has) {
    const peil_json_value *format;
    PEIL_TRY(find_member(w, field, "format", PEIL_JSON_STRING, &format));
    *has = format && strcmp(text_of(w, format), "default") != 0;
    return PEIL_OK;
}

static peil_status allow(const work *w, const peil_json_value *value, unsigned meaning) {
    if (w->rule->nallowed == PEIL_ALLOWED_MOST)
        return refuse(w, value, "the field %s has more than %d values", w->variable->name,
                      PEIL_ALLOWED_MOST);
    return peil_rule_allow(w->rule, text_of(w, value), strlen(text_of(w, value)), meaning,
                           w->fault);
}

/* How a boolean is written: one of these words, one for true and one for false. */
static peil_status read_spellings(const work *w, const peil_json_value *field, const char *name,
                                  const char *const *otherwise, unsigned meaning) {
    const peil_json *json = &w->schema->json;
    const peil_json_value *list, *item;
    PEIL_TRY(find_member(w, field, name, PEIL_JSON_ARRAY, &list));
    for (; !list && *otherwise; otherwise++)
        PEIL_TRY(peil_rule_allow(w->rule, *otherwise, strlen(*otherwise), meaning, w->fault));
    for (item = list ? peil_json_first(json, list) : NULL; item;
         item = peil_json_next(json, item)) {
        if (item->kind != PEIL_JSON_STRING)
            return refuse(w, item, "\"%s\" holds %s, not a string", name,
                          peil_json_kind_name(item->kind));
        PEIL_TRY(allow(w, item, meaning));
    }
    return PEIL_OK;
}

static peil_status read_boolean(const work *w, const peil_json_value *field) {
    static const char *const yes[] = {"true", "True", "TRUE", "1", NULL};
    static const char *const no[] = {"false", "False", "FALSE", "0", NULL};
    PEIL_TRY(read_spellings(w, field, "trueValues", yes, 1));
    return read_spellings(w, field, "falseValues", no, 2);
}

static peil_status read_type(const work *w, const peil_json_value *field) {
    const peil_json_value *type;
    bool has_format;
    size_t i = 0;
    PEIL_TRY(find_member(w, field, "type", PEIL_JSON_STRING, &type));
    PEIL_TRY(has_own_format(w, field, &has_format));
    if (!type) return PEIL_OK;
    while (i < NTYPES && strcmp(types[i].name, text_of(w, type)) != 0) i++;
    if (i == NTYPES) return refuse_type(w, type);
    const bool is_text = types[i].type == PEIL_TYPE_DATE && has_format;
    w->variable->type = is_text ? PEIL_TYPE_TEXT : types[i].type;
    w->rule->kind = is_text ? PEIL_RULE_NONE : types[i].rule;
    return strcmp(types[i].name, "boolean") == 0 ? read_boolean(w, field) : PEIL_OK;
}

/* ---- numbers ---- */

static peil_status read_mark(const work *w, const peil_json_value *field, const char *name,
                             const char *known, char *mark) {
    const peil_json_value *value;
    PEIL_TRY(find_member(w, field, name, PEIL_JSON_STRING, &value));
    if (!value) return PEIL_OK;
    const char *text = text_of(w, value);
    if (!*text || text[1] || !strchr(known, *text))
        return refuse(w, value, "\"%s\" is one of \"%s\"", name, known);
    *mark = *text;
    return PEIL_OK;
}

static peil_status read_marks(const work *w, const peil_json_value *field) {
    const peil_json_value *bare = peil_json_member(&w->schema->json, field, "bareNumber");
    if (w->variable->type != PEIL_TYPE_NUMBER) return PEIL_OK;
    if (bare && bare->kind == PEIL_JSON_FALSE)
        return refuse(w, bare, "numbers with other text around them cannot be read (bareNumber)");
    PEIL_TRY(read_mark(w, field, "decimalChar", ".,", &w->variable->decimal_mark));
    PEIL_TRY(read_mark(w, field, "groupChar", ".,' ", &w->variable->group_mark));
    const char decimal = w->variable->decimal_mark ? w->variable->decimal_mark : '.';
    if (w->variable->group_mark == decimal)
        return refuse(w, field, "the field %s has the same groupChar and decimalChar",
                      w->variable->name);
    return PEIL_OK;
}

/* ---- values ---- */

/* An item of a list of values: the value, or an object with it and its label. */
static peil_status read_item(const work *w, const peil_json_value *item, const char *list,
                             const peil_json_value **value, const peil_json_value **label) {
    *value = item;
    *label = NULL;
    if (item->kind == PEIL_JSON_OBJECT) {
        *value = peil_json_member(&w->schema->json, item, "value");
        if (!*value) return refuse(w, item, "an item of \"%s\" has no \"value\"", list);
        PEIL_TRY(find_member(w, item, "label", PEIL_JSON_STRING, label));
    }
    if ((*value)->kind == PEIL_JSON_STRING || (*value)->kind == PEIL_JSON_NUMBER) return PEIL_OK;
    return refuse(w, *value, "a value of \"%s\" is %s, not a string or a number", list,
                  peil_json_kind_name((*value)->kind));
}

/* A label may be said twice, of a category and of the same missing value. */
static peil_status add_label(const work *w, const peil_json_value *value,
                             const peil_json_value *label) {
    char room[PEIL_DECIMAL_TEXT], *known;
    const char *text = text_of(w, value), *said = text_of(w, label);
    size_t length = strlen(text);
    peil_decimal number;
    peil_text_canonical(&text, &length, room, &number);
    if (length == 0) return PEIL_OK; /* the empty value is no code */
    PEIL_TRY(peil_string_copy(text, length, &known, w->fault));
    const char *old = peil_variable_label_of(w->variable, known);
    free(known);
    if (!old)
        return peil_variable_add_label(w->variable, text, length, said, strlen(said), w->fault);
    return strcmp(old, said) == 0
               ? PEIL_OK
               : refuse(w, value, "the value %s has two labels", text_of(w, value));
}

static peil_status read_category(const work *w, const peil_json_value *item) {
    const peil_json_value *value, *label;
    peil_decimal number;
    PEIL_TRY(read_item(w, item, "categories", &value, &label));
    const char *text = text_of(w, value);
    if (w->variable->type == PEIL_TYPE_NUMBER && !peil_decimal_read(text, strlen(text), &number))
        return refuse(w, value, "the field %s holds numbers, and its category %s is none",
                      w->variable->name, text);
    PEIL_TRY(allow(w, value, 0));
    return label ? add_label(w, value, label) : PEIL_OK;
}

static peil_status read_categories(const work *w, const peil_json_value *field) {
    const peil_json *json = &w->schema->json;
    const peil_json_value *list, *item;
    const peil_allowed *twice;
    PEIL_TRY(find_member(w, field, "categories", PEIL_JSON_ARRAY, &list));
    for (item = list ? peil_json_first(json, list) : NULL; item; item = peil_json_next(json, item))
        PEIL_TRY(read_category(w, item));
    peil_rule_finish(w->rule, &twice);
    return twice ? refuse(w, list ? list : field, "the field %s lists the value %s twice",
                          w->variable->name, twice->text)
                 : PEIL_OK;
}

/* A field's own list takes the place of the schema's. */
static peil_status read_missing(const work *w, const peil_json_value *field) {
    const peil_json *json = &w->schema->json;
    const peil_json_value *list, *item, *value, *label;
    PEIL_TRY(find_member(w, field, "missingValues", PEIL_JSON_ARRAY, &list));
    if (!list) PEIL_TRY(find_member(w, w->schema->table, "missingValues", PEIL_JSON_ARRAY, &list));
    for (item = list ? peil_json_first(json, list) : NULL; item;
         item = peil_json_next(json, item)) {
        PEIL_TRY(read_item(w, item, "missingValues", &value, &label));
        const char *text = text_of(w, value);
        PEIL_TRY(peil_variable_add_absence(w->variable, text, strlen(text), w->fault));
        if (label) PEIL_TRY(add_label(w, value, label));
    }
    return PEIL_OK;
}

/* ---- fields ---- */

static peil_status read_title(const work *w, const peil_json_value *field) {
    const peil_json_value *title, *description;
    PEIL_TRY(find_member(w, field, "title", PEIL_JSON_STRING, &title));
    PEIL_TRY(find_member(w, field, "description", PEIL_JSON_STRING, &description));
    if (!title) title = description;
    if (!title) return PEIL_OK;
    const char *text = text_of(w, title);
    return peil_variable_describe(w->variable, text, strlen(text), w->fault);
}

static peil_status read_field(work *w, const peil_json_value *field) {
    PEIL_TRY(read_title(w, field));
    PEIL_TRY(read_type(w, field));
    PEIL_TRY(read_marks(w, field));
    PEIL_TRY(read_categories(w, field));
    PEIL_TRY(read_missing(w, field));
    w->header->has_labels = w->header->has_labels || w->variable->nlabels > 0;
    return PEIL_OK;
}

/* How a schema's fields and a file's variables may differ. */
typedef struct matching {
    const char *name;
    bool may_lack; /* the file: some of the fields */
    bool may_have; /* the file: other variables */
} matching;

static const matching matchings[] = {{"", false, true},         {"exact", false, false},
                                     {"equal", false, false},   {"subset", false, true},
                                     {"superset", true, false}, {"partial", true, true}};

enum { NMATCHINGS = sizeof matchings / sizeof *matchings };

static peil_status find_matching(const work *w, const matching **out) {
    const peil_json_value *value;
    size_t i = 0;
    PEIL_TRY(find_member(w, w->schema->table, "fieldsMatch", PEIL_JSON_STRING, &value));
    if (value)
        for (i = 1; i < NMATCHINGS && strcmp(matchings[i].name, text_of(w, value)) != 0;) i++;
    if (i == NMATCHINGS)
        return refuse(w, value, "\"fieldsMatch\" is exact, equal, subset, superset or partial");
    *out = &matchings[i];
    return PEIL_OK;
}

/* The place of a field's variable; nvariables when the file may do without. next: where it is when
 * fields stand in the order of the file. */
static peil_status find_place(const work *w, const peil_json_value *field, const matching *match,
                              size_t next, size_t *place) {
    char option[64];
    const peil_header *header = w->header;
    const peil_json_value *name = NULL;
    if (field->kind != PEIL_JSON_OBJECT)
        return refuse(w, field, "a field is %s, not an object", peil_json_kind_name(field->kind));
    PEIL_TRY(find_member(w, field, "name", PEIL_JSON_STRING, &name));
    if (!name) return refuse(w, field, "a field has no \"name\"");
    *place = next;
    if (next < header->nvariables && strcmp(header->variables[next].name, text_of(w, name)) == 0)
        return PEIL_OK;
    snprintf(option, sizeof option, "line %u: the file ", (unsigned)name->line);
    const peil_status status = peil_header_find(header, text_of(w, name), option, place,
                                                match->may_lack ? NULL : w->fault);
    return match->may_lack ? PEIL_OK : status;
}

static peil_status read_fields(work *w, const matching *match, bool *is_told) {
    const peil_json *json = &w->schema->json;
    const peil_json_value *fields, *field;
    size_t next = 0;
    PEIL_TRY(find_member(w, w->schema->table, "fields", PEIL_JSON_ARRAY, &fields));
    if (!fields) return refuse(w, w->schema->table, "a schema has an array \"fields\"");
    for (field = peil_json_first(json, fields); field; field = peil_json_next(json, field)) {
        size_t place;
        PEIL_TRY(find_place(w, field, match, next, &place));
        if (place == w->header->nvariables) continue;
        next = place + 1;
        w->variable = &w->header->variables[place];
        w->rule = &w->schema->rules[place];
        if (is_told[place])
            return refuse(w, field, "the field %s stands here twice", w->variable->name);
        is_told[place] = true;
        PEIL_TRY(read_field(w, field));
    }
    return PEIL_OK;
}

static peil_status check_told(const work *w, const matching *match, const bool *is_told) {
    for (size_t i = 0; i < w->header->nvariables && !match->may_have; i++)
        if (!is_told[i])
            return refuse(w, w->schema->table,
                          "there is no field for the variable %s (\"fieldsMatch\" is %s)",
                          w->header->variables[i].name, match->name);
    return PEIL_OK;
}

static peil_status apply(work *w, bool *is_told) {
    const matching *match = &matchings[0];
    if (w->schema->table->kind != PEIL_JSON_OBJECT)
        return refuse(w, w->schema->table, "a schema is an object, not %s",
                      peil_json_kind_name(w->schema->table->kind));
    PEIL_TRY(find_matching(w, &match));
    PEIL_TRY(read_fields(w, match, is_told));
    return check_told(w, match, is_told);
}

static peil_status name_schema(const peil_schema *schema, peil_status status, peil_fault *fault) {
    if (status != PEIL_OK && fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", schema->name);
    return status;
}

peil_status peil_schema_apply(peil_schema *schema, peil_header *header, peil_fault *fault) {
    work w = {.schema = schema, .header = header, .fault = fault};
    bool *is_told = NULL;
    PEIL_TRY(peil_array_make(&schema->rules, header->nvariables, sizeof *schema->rules, fault));
    schema->nrules = header->nvariables;
    PEIL_TRY(peil_array_make(&is_told, header->nvariables, sizeof *is_told, fault));
    const peil_status status = apply(&w, is_told);
    free(is_told);
    return name_schema(schema, status, fault);
}

peil_status peil_schema_check(peil_schema *schema, const size_t *column, peil_batch *batch,
                              peil_fault *fault) {
    size_t rows = batch->rows, faulty = 0;
    const char *message = NULL;
    for (size_t i = 0; i < batch->ncolumns; i++) {
        const size_t before = rows;
        if (column[i] >= schema->nrules) continue;
        PEIL_TRY(
            peil_rule_check(&schema->rules[column[i]], &batch->columns[i], &rows, &message, fault));
        if (rows < before) faulty = i;
    }
    if (rows == batch->rows) return PEIL_OK;
    batch->rows = rows;
    return peil_refuse(fault, peil_batch_record(batch, rows), batch->columns[faulty].name,
                       "%s (%s)", message, schema->name);
}

/* ---- making ---- */

peil_status peil_schema_read(const char *name, const char *text, size_t length, peil_schema **out,
                             peil_fault *fault) {
    peil_schema *schema = NULL;
    PEIL_TRY(peil_array_make(&schema, 1, sizeof *schema, fault));
    peil_status status = peil_string_copy(name, strlen(name), &schema->name, fault);
    if (status == PEIL_OK) {
        status = peil_json_read(text, length, &schema->json, fault);
        status = name_schema(schema, status, fault);
    }
    schema->table = peil_json_root(&schema->json);
    if (status == PEIL_OK)
        *out = schema;
    else
        peil_schema_free(schema);
    return status;
}

void peil_schema_free(peil_schema *schema) {
    if (!schema) return;
    for (size_t i = 0; i < schema->nrules; i++) peil_rule_clear(&schema->rules[i]);
    free(schema->rules);
    peil_json_clear(&schema->json);
    free(schema->name);
    free(schema);
}
