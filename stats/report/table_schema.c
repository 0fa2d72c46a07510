/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table_schema.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/json.h"
#include "report/values.h"

/* The field at hand and where it goes. */
typedef struct work {
    const peil_profile *profile;
    const char *type;
    uint32_t *order; /* the profile's codes */
    peil_text *out;
    bool is_dutch;
    peil_report *report;
    peil_fault *fault;
} work;

static bool lacks(const peil_variable *about, const peil_label *label) {
    return label->is_number ? peil_variable_lacks_number(about, label->number)
                            : peil_variable_lacks_text(about, label->value);
}

/* ---- types ---- */

static bool has_decimals(const peil_variable *about) {
    for (size_t i = 0; i < about->nlabels; i++)
        if (about->labels[i].is_number && about->labels[i].number.scale > 0 &&
            !lacks(about, &about->labels[i]))
            return true;
    return false;
}

/* Whether a label stands at text that is an answer. */
static bool has_text(const peil_variable *about) {
    for (size_t i = 0; i < about->nlabels; i++)
        if (!about->labels[i].is_number && !lacks(about, &about->labels[i])) return true;
    return false;
}

static const char *type_of_numbers(const peil_profile *p, bool are_whole) {
    if (has_text(&p->about)) return "any"; /* the others may be text */
    return are_whole && !has_decimals(&p->about) ? "integer" : "number";
}

static bool is_day(const char *date) {
    return strlen(date) == strlen("2015-03-01");
}

/* What cannot be seen is as the file says. */
static const char *type_of(const peil_profile *p) {
    static const char *const said[] = {"any", "number", "string", "date"};
    switch (peil_profile_looks(p)) {
        case PEIL_LOOKS_EMPTY:
            return said[p->about.type];
        case PEIL_LOOKS_WHOLE:
        case PEIL_LOOKS_NUMBER:
            return type_of_numbers(p, peil_profile_looks(p) == PEIL_LOOKS_WHOLE);
        case PEIL_LOOKS_DATE:
            return is_day(p->first) && is_day(p->last) ? "date" : "datetime";
        case PEIL_LOOKS_TEXT:
            break;
    }
    return "string";
}

static bool is_numeric(const char *type) {
    return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
}

/* ---- lists of values ---- */

static void add_item(const work *w, const char *value, bool is_number, const char *label,
                     bool is_first) {
    peil_text_add(w->out, is_first ? "\n        {\"value\": " : ",\n        {\"value\": ");
    if (is_number)
        peil_text_add(w->out, value);
    else
        peil_json_add_string(w->out, value);
    if (label) {
        peil_text_add(w->out, ", \"label\": ");
        peil_json_add_string(w->out, label);
    }
    peil_text_add(w->out, "}");
}

/* A value that may be in a list, with what its place among the others depends on. */
typedef struct item {
    const char *value, *label;
    bool is_number;
    peil_decimal number;
    size_t place; /* text stays in the order in which it was found */
} item;

typedef struct items {
    item *item;
    size_t n, capacity;
} items;

static peil_status append(items *list, const char *value, const char *label, peil_fault *fault) {
    PEIL_TRY(
        peil_array_reserve(&list->item, &list->capacity, list->n + 1, sizeof *list->item, fault));
    item made = {.value = value, .label = label, .place = list->n};
    made.is_number = peil_text_is_number(value, strlen(value), &made.number);
    list->item[list->n++] = made;
    return PEIL_OK;
}

static int by_place(const void *a, const void *b) {
    const item *x = a, *y = b;
    if (x->is_number != y->is_number) return x->is_number ? -1 : 1;
    const int order = x->is_number ? peil_decimal_compare(x->number, y->number) : 0;
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* The same value may have been found twice: as a label or declaration, and in the data. */
static bool is_repeated(const items *list, size_t i) {
    const item *a = &list->item[i];
    if (a->is_number) return i > 0 && peil_decimal_equal(a->number, list->item[i - 1].number);
    for (size_t k = 0; k < i; k++)
        if (strcmp(list->item[k].value, a->value) == 0) return true;
    return false;
}

static void add_items(const work *w, items *list, bool are_numbers, bool has_first) {
    if (list->n) qsort(list->item, list->n, sizeof *list->item, by_place);
    for (size_t i = 0; i < list->n; i++) {
        if (is_repeated(list, i)) continue;
        add_item(w, list->item[i].value, are_numbers, list->item[i].label, !has_first);
        has_first = true;
    }
    peil_text_add(w->out, "\n      ]");
}

/* ---- categories ---- */

static peil_status find_categories(const work *w, items *list) {
    const peil_variable *about = &w->profile->about;
    for (size_t i = 0; i < about->nlabels; i++)
        if (!lacks(about, &about->labels[i]))
            PEIL_TRY(append(list, about->labels[i].value, about->labels[i].text, w->fault));
    if (list->n == 0) return PEIL_OK; /* no labels: every value is allowed */
    for (size_t i = 0; i < w->profile->nseen; i++) {
        const char *text = peil_profile_text(w->profile, w->order[i]);
        if (w->profile->seen[w->order[i]].given)
            PEIL_TRY(append(list, text, peil_variable_label_of(about, text), w->fault));
    }
    return PEIL_OK;
}

static peil_status note_long(const work *w) {
    return peil_report_note(
        w->report, w->fault,
        w->is_dutch ? "%s: heeft meer dan %d waarden; de labels staan niet in het schema"
                    : "%s: has more than %d values; its labels are not in the schema",
        w->profile->about.name, PEIL_DISTINCT_MOST);
}

static peil_status add_categories(const work *w) {
    items list = {0};
    peil_status status = find_categories(w, &list);
    if (status == PEIL_OK && list.n > 0 && list.n <= PEIL_DISTINCT_MOST &&
        !peil_profile_is_long(w->profile)) {
        peil_text_add(w->out, ",\n      \"categories\": [");
        add_items(w, &list, is_numeric(w->type), false);
    } else if (status == PEIL_OK && list.n > 0) {
        status = note_long(w);
    }
    free(list.item);
    return status;
}

/* ---- missing values ---- */

static bool is_range(const peil_absence *absence) {
    return !absence->text && !(absence->has_low && absence->has_high &&
                               peil_decimal_equal(absence->low, absence->high));
}

static bool has_range(const peil_variable *about) {
    size_t i = 0;
    while (i < about->nabsences && !is_range(&about->absences[i])) i++;
    return i < about->nabsences;
}

/* Single values that are declared. A number's text is made in `room`, a row for each absence. */
static peil_status find_declared(const work *w, char (*room)[PEIL_DECIMAL_TEXT], items *list) {
    const peil_variable *about = &w->profile->about;
    for (size_t i = 0; i < about->nabsences; i++) {
        const peil_absence *absence = &about->absences[i];
        if (is_range(absence)) continue;
        if (!absence->text) peil_decimal_write(absence->low, room[i]);
        const char *text = absence->text ? absence->text : room[i];
        PEIL_TRY(append(list, text, peil_variable_label_of(about, text), w->fault));
    }
    return PEIL_OK;
}

/* Labels of missing values, and missing values that occur. */
static peil_status find_lacked(const work *w, items *list) {
    const peil_variable *about = &w->profile->about;
    for (size_t i = 0; i < about->nlabels; i++)
        if (lacks(about, &about->labels[i]))
            PEIL_TRY(append(list, about->labels[i].value, about->labels[i].text, w->fault));
    for (size_t i = 0; i < w->profile->nseen; i++) {
        const uint32_t code = w->order[i];
        const char *text = peil_profile_text(w->profile, code);
        if (code != PEIL_MISSING_CODE && w->profile->seen[code].lacked)
            PEIL_TRY(append(list, text, peil_variable_label_of(about, text), w->fault));
    }
    return PEIL_OK;
}

static peil_status note_range(const work *w) {
    if (!has_range(&w->profile->about)) return PEIL_OK;
    return peil_report_note(
        w->report, w->fault,
        w->is_dutch ? "%s: een reeks van ontbrekende waarden staat in het schema als de waarden "
                      "ervan die voorkomen: een Table Schema kent geen reeksen"
                    : "%s: a range of missing values is in the schema as those of them that occur: "
                      "a Table Schema has no ranges",
        w->profile->about.name);
}

/* A list of the field's own takes the place of the default, which is the empty value alone. */
static peil_status write_missing(const work *w, char (*room)[PEIL_DECIMAL_TEXT], items *list) {
    if (w->profile->forgot_lacked)
        return peil_refuse(w->fault, 0, w->profile->about.name,
                           "so many values are declared missing that a Table Schema, which has no "
                           "ranges, cannot list them");
    PEIL_TRY(find_declared(w, room, list));
    PEIL_TRY(find_lacked(w, list));
    if (list->n == 0) return PEIL_OK;
    peil_text_add(w->out, ",\n      \"missingValues\": [");
    add_item(w, "", false, NULL, true);
    add_items(w, list, false, true);
    return note_range(w);
}

static peil_status add_missing(const work *w) {
    items list = {0};
    char(*room)[PEIL_DECIMAL_TEXT] = NULL;
    PEIL_TRY(peil_array_make(&room, w->profile->about.nabsences, sizeof *room, w->fault));
    const peil_status status = write_missing(w, room, &list);
    free(list.item);
    free(room);
    return status;
}

/* ---- fields ---- */

/* What the numbers of a text file are written with, where that is not the default. */
static void add_marks(const work *w) {
    const peil_variable *file = &w->profile->column->about;
    const char group[2] = {file->group_mark, '\0'};
    if (!is_numeric(w->type)) return;
    if (file->decimal_mark == ',') peil_text_add(w->out, ",\n      \"decimalChar\": \",\"");
    if (!group[0]) return;
    peil_text_add(w->out, ",\n      \"groupChar\": ");
    peil_json_add_string(w->out, group);
}

static peil_status add_field(work *w, const peil_profile *profile, bool is_first) {
    w->profile = profile;
    w->type = type_of(profile);
    PEIL_TRY(peil_values_order(profile, &w->order, w->fault));
    peil_text_add(w->out, is_first ? "\n    {\n      \"name\": " : ",\n    {\n      \"name\": ");
    peil_json_add_string(w->out, profile->about.name);
    if (profile->about.label) {
        peil_text_add(w->out, ",\n      \"title\": ");
        peil_json_add_string(w->out, profile->about.label);
    }
    peil_text_add_format(w->out, ",\n      \"type\": \"%s\"", w->type);
    add_marks(w);
    peil_status status = add_categories(w);
    if (status == PEIL_OK) status = add_missing(w);
    peil_text_add(w->out, "\n    }");
    free(w->order);
    return status;
}

peil_status peil_table_schema_make(const peil_profile *profiles, size_t n, peil_language language,
                                   peil_report *report, peil_fault *fault) {
    work w = {.out = &report->document,
              .is_dutch = language == PEIL_DUTCH,
              .report = report,
              .fault = fault};
    peil_text_add(w.out,
                  "{\n  \"$schema\": \"https://datapackage.org/profiles/2.0/tableschema.json\",\n"
                  "  \"fields\": [");
    for (size_t i = 0; i < n; i++) PEIL_TRY(add_field(&w, &profiles[i], i == 0));
    peil_text_add(w.out, "\n  ]\n}\n");
    return w.out->failed ? peil_fail_memory(fault) : PEIL_OK;
}
