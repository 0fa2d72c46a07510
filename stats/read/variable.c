/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/variable.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"

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

/* There is room. */
static void append(peil_variable *variable, peil_label made) {
    const size_t n = variable->nlabels;
    const bool goes_on = variable->nsorted == n && made.is_number;
    if (goes_on &&
        (n == 0 || peil_decimal_compare(variable->labels[n - 1].number, made.number) < 0))
        variable->nsorted++;
    variable->labels[variable->nlabels++] = made;
}

peil_status peil_variable_add_label(peil_variable *variable, const char *value, size_t value_length,
                                    const char *text, size_t length, peil_fault *fault) {
    peil_label made = {0};
    trim(&text, &length);
    if (length == 0) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&variable->labels, &variable->labels_capacity,
                                variable->nlabels + 1, sizeof *variable->labels, fault));
    peil_status status = copy_value(value, value_length, &made, fault);
    if (status == PEIL_OK) status = set_text(&made.text, text, length, fault);
    if (status == PEIL_OK && peil_variable_label_of(variable, made.value))
        status = peil_refuse(fault, 0, variable->name, "the value %s has two labels", made.value);
    if (status == PEIL_OK)
        append(variable, made);
    else
        clear_label(&made);
    return status;
}

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

/* Lists of codes are mostly sorted, and may be long: occupations, postal codes. */
static const peil_label *find_sorted(const peil_variable *variable, const char *value) {
    peil_decimal number;
    size_t low = 0, high = variable->nsorted;
    if (high == 0 || !peil_text_is_number(value, strlen(value), &number)) return NULL;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (peil_decimal_compare(variable->labels[middle].number, number) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < variable->nsorted && peil_decimal_equal(variable->labels[low].number, number)
               ? &variable->labels[low]
               : NULL;
}

const char *peil_variable_label_of(const peil_variable *variable, const char *value) {
    const peil_label *sorted = find_sorted(variable, value);
    if (sorted) return sorted->text;
    for (size_t i = variable->nsorted; i < variable->nlabels; i++)
        if (strcmp(variable->labels[i].value, value) == 0) return variable->labels[i].text;
    return NULL;
}

const peil_label *peil_variable_labelled(const peil_variable *variable, const char *label) {
    for (size_t i = 0; i < variable->nlabels; i++)
        if (strcmp(variable->labels[i].text, label) == 0) return &variable->labels[i];
    return NULL;
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
    free(variable->absences);
    free(variable->label);
    free(variable->name);
    *variable = (peil_variable){0};
}
