/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/variable.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "core/nearest.h"

static void trim(const char **text, size_t *length) {
    while (*length && (**text == ' ' || **text == '\t')) ++*text, --*length;
    while (*length && ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t')) --*length;
}

/* Replaces a text by a copy. */
static peil_status set_text(char **to, const char *text, size_t length, peil_fault *fault) {
    char *copy = NULL;
    PEIL_TRY(peil_string_copy(text, length, &copy, fault));
    free(*to);
    *to = copy;
    return PEIL_OK;
}

peil_status peil_variable_name(peil_variable *variable, const char *name, size_t length,
                               peil_fault *fault) {
    trim(&name, &length);
    return set_text(&variable->name, name, length, fault);
}

peil_status peil_variable_describe(peil_variable *variable, const char *label, size_t length,
                                   peil_fault *fault) {
    trim(&label, &length);
    return length ? set_text(&variable->label, label, length, fault) : PEIL_OK;
}

/* The text of a value as a dictionary has it. */
static peil_status copy_value(const char *value, size_t length, peil_label *out,
                              peil_fault *fault) {
    char canonical[PEIL_DECIMAL_TEXT];
    out->is_number = peil_text_canonical(&value, &length, canonical, &out->number);
    return set_text(&out->value, value, length, fault);
}

static void clear_label(peil_label *label) {
    free(label->value);
    free(label->text);
}

/* ---- labels by value: lists may be long, of occupations or postal codes ---- */

/* FNV-1a (Fowler, Noll and Vo 1991), its high bits mixed in. */
static uint64_t hash_of(const char *text) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
    return hash ^ hash >> 32;
}

/* The place of a value's label: its own, or the free one where it belongs. */
static size_t place_of(const peil_variable *variable, const char *value) {
    size_t place = (size_t)hash_of(value) & (variable->nplaces - 1);
    while (variable->places[place] &&
           strcmp(variable->labels[variable->places[place] - 1].value, value) != 0)
        place = (place + 1) & (variable->nplaces - 1);
    return place;
}

/* Makes room for one more label, and for its place. */
static peil_status reserve_label(peil_variable *variable, peil_fault *fault) {
    peil_variable wider = *variable;
    if (variable->nlabels >= UINT32_MAX - 1) return peil_fail_memory(fault);
    PEIL_TRY(peil_array_reserve(&variable->labels, &variable->labels_capacity,
                                variable->nlabels + 1, sizeof *variable->labels, fault));
    if (2 * (variable->nlabels + 1) <= variable->nplaces) return PEIL_OK;
    wider.labels = variable->labels;
    wider.labels_capacity = variable->labels_capacity;
    wider.nplaces = variable->nplaces ? 2 * variable->nplaces : 8;
    PEIL_TRY(peil_array_make(&wider.places, wider.nplaces, sizeof *wider.places, fault));
    for (size_t i = 0; i < wider.nlabels; i++)
        wider.places[place_of(&wider, wider.labels[i].value)] = (uint32_t)i + 1;
    free(variable->places);
    *variable = wider;
    return PEIL_OK;
}

const peil_label *peil_variable_find_label(const peil_variable *variable, const char *value) {
    if (variable->nplaces == 0) return NULL;
    const uint32_t label = variable->places[place_of(variable, value)];
    return label ? &variable->labels[label - 1] : NULL;
}

const char *peil_variable_label_of(const peil_variable *variable, const char *value) {
    const peil_label *label = peil_variable_find_label(variable, value);
    return label ? label->text : NULL;
}

peil_status peil_variable_add_label(peil_variable *variable, const char *value, size_t value_length,
                                    const char *text, size_t length, peil_fault *fault) {
    peil_label made = {0};
    trim(&text, &length);
    if (length == 0) return PEIL_OK;
    PEIL_TRY(reserve_label(variable, fault));
    peil_status status = copy_value(value, value_length, &made, fault);
    if (status == PEIL_OK) status = set_text(&made.text, text, length, fault);
    if (status == PEIL_OK && peil_variable_find_label(variable, made.value))
        status = peil_refuse(fault, 0, variable->name, "the value %s has two labels", made.value);
    if (status != PEIL_OK) {
        clear_label(&made);
        return status;
    }
    variable->places[place_of(variable, made.value)] = (uint32_t)variable->nlabels + 1;
    variable->labels[variable->nlabels++] = made;
    return PEIL_OK;
}

/* ---- values that are no answer ---- */

static peil_status add_absence(peil_variable *variable, peil_absence made, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&variable->absences, &variable->absences_capacity,
                                variable->nabsences + 1, sizeof *variable->absences, fault));
    variable->absences[variable->nabsences++] = made;
    return PEIL_OK;
}

peil_status peil_variable_add_range(peil_variable *variable, const peil_decimal *low,
                                    const peil_decimal *high, peil_fault *fault) {
    peil_absence made = {.has_low = low, .has_high = high};
    if (low) made.low = *low;
    if (high) made.high = *high;
    return add_absence(variable, made, fault);
}

peil_status peil_variable_add_absence(peil_variable *variable, const char *text, size_t length,
                                      peil_fault *fault) {
    peil_decimal number;
    trim(&text, &length);
    if (length == 0) return PEIL_OK; /* an empty value is missing anyway */
    if (peil_text_is_number(text, length, &number))
        return peil_variable_add_range(variable, &number, &number, fault);
    peil_absence made = {0};
    PEIL_TRY(peil_string_copy(text, length, &made.text, fault));
    const peil_status status = add_absence(variable, made, fault);
    if (status != PEIL_OK) free(made.text);
    return status;
}

const peil_label *peil_variable_labelled(const peil_variable *variable, const char *label) {
    for (size_t i = 0; i < variable->nlabels; i++)
        if (strcmp(variable->labels[i].text, label) == 0) return &variable->labels[i];
    return NULL;
}

const char *peil_variable_nearest_label(const peil_variable *variable, const char *text) {
    const char **labels = NULL;
    if (peil_array_make(&labels, variable->nlabels, sizeof *labels, NULL) != PEIL_OK) return NULL;
    for (size_t i = 0; i < variable->nlabels; i++) labels[i] = variable->labels[i].text;
    const char *nearest = peil_nearest(text, labels, variable->nlabels);
    free(labels);
    return nearest;
}

static bool is_between(const peil_absence *range, peil_decimal number) {
    if (range->text) return false;
    return (!range->has_low || peil_decimal_compare(number, range->low) >= 0) &&
           (!range->has_high || peil_decimal_compare(number, range->high) <= 0);
}

bool peil_variable_lacks_number(const peil_variable *variable, peil_decimal number) {
    for (size_t i = 0; i < variable->nabsences; i++)
        if (is_between(&variable->absences[i], number)) return true;
    return false;
}

bool peil_variable_lacks_text(const peil_variable *variable, const char *text) {
    for (size_t i = 0; i < variable->nabsences; i++)
        if (variable->absences[i].text && strcmp(variable->absences[i].text, text) == 0)
            return true;
    return false;
}

/* ---- several files ---- */

/* The next character that tells labels apart, in lower case; 0 at the end. */
static int next_letter(const char **text) {
    while (**text && (isspace((unsigned char)**text) || ispunct((unsigned char)**text))) ++*text;
    return **text ? tolower((unsigned char)*(*text)++) : 0;
}

/* "Mee eens" and "mee eens." say the same. A sign says something, as in "<5" and ">5", when
 * nothing else does. */
static bool says_the_same(const char *a, const char *b) {
    const char *x = a, *y = b;
    int letter;
    do {
        letter = next_letter(&x);
        if (letter != next_letter(&y)) return false;
    } while (letter);
    return strpbrk(a, "<>+-=%") || strpbrk(b, "<>+-=%") ? strcmp(a, b) == 0 : true;
}

static bool lacks(const peil_variable *variable, const peil_label *label) {
    return label->is_number ? peil_variable_lacks_number(variable, label->number)
                            : peil_variable_lacks_text(variable, label->value);
}

/* A value that one file takes for an answer, by giving it a label, and the other for none. */
static peil_status check_absences(const peil_variable *one, const peil_variable *other,
                                  peil_fault *fault) {
    for (size_t i = 0; i < one->nlabels; i++) {
        const peil_label *label = &one->labels[i];
        if (!lacks(one, label) && lacks(other, label))
            return peil_refuse(fault, 0, one->name,
                               "the value %s (%s) is an answer in one file and none in another",
                               label->value, label->text);
    }
    return PEIL_OK;
}

static peil_status agree_on_labels(peil_variable *into, const peil_variable *from,
                                   peil_fault *fault) {
    for (size_t i = 0; i < from->nlabels; i++) {
        const peil_label *label = &from->labels[i];
        const char *known = peil_variable_label_of(into, label->value);
        if (known && !says_the_same(known, label->text))
            return peil_refuse(fault, 0, into->name,
                               "the value %s is labelled %s here and %s in another file",
                               label->value, label->text, known);
        if (!known)
            PEIL_TRY(peil_variable_add_label(into, label->value, strlen(label->value), label->text,
                                             strlen(label->text), fault));
    }
    return PEIL_OK;
}

static bool same_decimal(bool has_a, peil_decimal a, bool has_b, peil_decimal b) {
    return has_a == has_b && (!has_a || peil_decimal_equal(a, b));
}

static bool has_absence(const peil_variable *variable, const peil_absence *wanted) {
    for (size_t i = 0; i < variable->nabsences; i++) {
        const peil_absence *a = &variable->absences[i];
        if (wanted->text
                ? a->text && strcmp(a->text, wanted->text) == 0
                : !a->text && same_decimal(a->has_low, a->low, wanted->has_low, wanted->low) &&
                      same_decimal(a->has_high, a->high, wanted->has_high, wanted->high))
            return true;
    }
    return false;
}

static peil_status add_absences(peil_variable *into, const peil_variable *from, peil_fault *fault) {
    for (size_t i = 0; i < from->nabsences; i++) {
        const peil_absence *a = &from->absences[i];
        if (has_absence(into, a)) continue;
        PEIL_TRY(a->text ? peil_variable_add_absence(into, a->text, strlen(a->text), fault)
                         : peil_variable_add_range(into, a->has_low ? &a->low : NULL,
                                                   a->has_high ? &a->high : NULL, fault));
    }
    return PEIL_OK;
}

peil_status peil_variable_agree(peil_variable *into, const peil_variable *from, peil_fault *fault) {
    if (into->type == PEIL_TYPE_UNSAID) into->type = from->type;
    if (from->type != PEIL_TYPE_UNSAID && into->type != from->type) {
        static const char *const kinds[] = {"", "numbers", "text", "dates"};
        return peil_refuse(fault, 0, into->name, "holds %s here and %s in another file",
                           kinds[from->type], kinds[into->type]);
    }
    PEIL_TRY(check_absences(into, from, fault));
    PEIL_TRY(check_absences(from, into, fault));
    PEIL_TRY(agree_on_labels(into, from, fault));
    if (!into->label && from->label)
        PEIL_TRY(peil_variable_describe(into, from->label, strlen(from->label), fault));
    return add_absences(into, from, fault);
}

peil_status peil_variable_copy(const peil_variable *from, peil_variable *out, peil_fault *fault) {
    *out = (peil_variable){
        .type = from->type, .decimal_mark = from->decimal_mark, .group_mark = from->group_mark};
    PEIL_TRY(peil_variable_name(out, from->name, strlen(from->name), fault));
    if (from->label) PEIL_TRY(peil_variable_describe(out, from->label, strlen(from->label), fault));
    PEIL_TRY(agree_on_labels(out, from, fault));
    return add_absences(out, from, fault);
}

void peil_variable_clear(peil_variable *variable) {
    for (size_t i = 0; i < variable->nlabels; i++) clear_label(&variable->labels[i]);
    for (size_t i = 0; i < variable->nabsences; i++) free(variable->absences[i].text);
    free(variable->labels);
    free(variable->places);
    free(variable->absences);
    free(variable->label);
    free(variable->name);
    *variable = (peil_variable){0};
}

/* ---- in a state file ---- */

static void save_absence(const peil_absence *absence, peil_text *out) {
    peil_pack_byte(out, absence->text != NULL);
    if (absence->text) {
        peil_pack_string(out, absence->text);
        return;
    }
    peil_pack_byte(out, absence->has_low);
    peil_pack_byte(out, absence->has_high);
    peil_pack_decimal(out, absence->low);
    peil_pack_decimal(out, absence->high);
}

void peil_variable_save(const peil_variable *variable, peil_text *out) {
    peil_pack_string(out, variable->label ? variable->label : "");
    peil_pack_byte(out, variable->type);
    peil_pack_byte(out, (unsigned char)variable->decimal_mark);
    peil_pack_byte(out, (unsigned char)variable->group_mark);
    peil_pack_u64(out, variable->nlabels);
    for (size_t i = 0; i < variable->nlabels; i++) {
        peil_pack_string(out, variable->labels[i].value);
        peil_pack_string(out, variable->labels[i].text);
    }
    peil_pack_u64(out, variable->nabsences);
    for (size_t i = 0; i < variable->nabsences; i++) save_absence(&variable->absences[i], out);
}

static peil_status load_text(peil_unpacking *in, char **out, peil_fault *fault) {
    PEIL_TRY(peil_unpack_string(in, out, fault));
    peil_unpack_claim(in, peil_text_is_utf8(*out, strlen(*out)));
    return PEIL_OK;
}

static peil_status load_label(peil_variable *variable, peil_unpacking *in, peil_fault *fault) {
    char *value = NULL, *text = NULL;
    peil_status status = load_text(in, &value, fault);
    if (status == PEIL_OK) status = load_text(in, &text, fault);
    if (status == PEIL_OK)
        status = peil_variable_add_label(variable, value, strlen(value), text, strlen(text), fault);
    free(value);
    free(text);
    return status;
}

static peil_status load_absence(peil_variable *variable, peil_unpacking *in, peil_fault *fault) {
    if (peil_unpack_byte(in, 2)) {
        char *text = NULL;
        PEIL_TRY(load_text(in, &text, fault));
        const peil_status status = peil_variable_add_absence(variable, text, strlen(text), fault);
        free(text);
        return status;
    }
    const bool has_low = peil_unpack_byte(in, 2), has_high = peil_unpack_byte(in, 2);
    const peil_decimal low = peil_unpack_decimal(in), high = peil_unpack_decimal(in);
    return peil_variable_add_range(variable, has_low ? &low : NULL, has_high ? &high : NULL, fault);
}

static peil_status load_description(peil_variable *variable, peil_unpacking *in,
                                    peil_fault *fault) {
    char *label = NULL;
    PEIL_TRY(load_text(in, &label, fault));
    const peil_status status = peil_variable_describe(variable, label, strlen(label), fault);
    free(label);
    variable->type = (peil_type)peil_unpack_byte(in, PEIL_TYPE_DATE + 1);
    variable->decimal_mark = (char)peil_unpack_byte(in, 256);
    variable->group_mark = (char)peil_unpack_byte(in, 256);
    return status;
}

peil_status peil_variable_load(peil_variable *variable, peil_unpacking *in, peil_fault *fault) {
    PEIL_TRY(load_description(variable, in, fault));
    size_t n = peil_unpack_count(in, 16);
    for (size_t i = 0; i < n && !in->failed; i++) PEIL_TRY(load_label(variable, in, fault));
    n = peil_unpack_count(in, 9);
    for (size_t i = 0; i < n && !in->failed; i++) PEIL_TRY(load_absence(variable, in, fault));
    return peil_unpack_verdict(in, fault);
}
