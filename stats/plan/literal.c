/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that a user wrote against values of the data: by code, or by label where a file has them.
 */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"
#include "plan/targets.h"
#include "read/marks.h"

bool peil_literal_is_number(const peil_literal *literal, const peil_variable *about,
                            peil_decimal number) {
    if (!literal->is_text) return peil_decimal_equal(literal->number, number);
    const peil_label *label = peil_variable_labelled(about, literal->text);
    return label && label->is_number && peil_decimal_equal(label->number, number);
}

/* Reads text between quotes as the column writes numbers. Where nobody knows how that is, "1,5" is
 * 1.5 but "1,0" is not 1: it may be two answers. */
static bool names_number(const peil_literal *literal, const peil_variable *about,
                         peil_decimal value) {
    const size_t length = strlen(literal->text);
    peil_marks marks = {.decimal = about->decimal_mark ? about->decimal_mark : ',',
                        .group = about->group_mark,
                        .is_given = true};
    peil_plain plain;
    peil_decimal number;
    if (peil_marks_take(&marks, literal->text, length, 0, &plain) == PEIL_TAKEN_AS_NUMBER)
        return peil_text_is_number(plain.text, plain.length, &number) &&
               peil_decimal_equal(number, value) && (about->decimal_mark || value.scale > 0);
    return peil_text_is_number(literal->text, length, &number) && peil_decimal_equal(number, value);
}

/* Text that is a number names the number: "1.0" is the value 1, but "01" is not. */
static bool is_value(const peil_literal *literal, const peil_batch_column *column, uint32_t code) {
    const peil_value *value = &column->dictionary.values[code];
    if (!literal->is_text)
        return value->reads_number && peil_decimal_equal(literal->number, value->number);
    if (strcmp(literal->text, peil_dictionary_text(&column->dictionary, code)) == 0) return true;
    return value->is_number && names_number(literal, &column->about, value->number);
}

/* Several values may share a label. */
static bool is_label(const peil_literal *literal, const peil_batch_column *column, uint32_t code) {
    if (!literal->is_text || column->about.nlabels == 0) return false;
    const char *label =
        peil_variable_label_of(&column->about, peil_dictionary_text(&column->dictionary, code));
    return label && strcmp(label, literal->text) == 0;
}

bool peil_literal_is(const peil_literal *literal, const peil_batch_column *column, uint32_t code) {
    if (column->origin == PEIL_AREAS &&
        peil_area_is(literal->text, peil_dictionary_text(&column->dictionary, code)))
        return true;
    return is_value(literal, column, code) || is_label(literal, column, code);
}

/* ---- after the data ---- */

static const char *nearest_label(const peil_variable *about, const char *text) {
    const char **labels = NULL;
    if (peil_array_make(&labels, about->nlabels, sizeof *labels, NULL) != PEIL_OK) return NULL;
    for (size_t i = 0; i < about->nlabels; i++) labels[i] = about->labels[i].text;
    const char *nearest = peil_nearest(text, labels, about->nlabels);
    free(labels);
    return nearest;
}

/* All areas are known, those without respondents too. */
static peil_status check_area(const peil_literal *literal, const peil_batch_column *column,
                              peil_fault *fault) {
    const peil_variable *about = &column->about;
    if (peil_variable_labelled(about, literal->text)) return PEIL_OK;
    for (size_t i = 0; i < about->nlabels; i++)
        if (peil_area_is(literal->text, about->labels[i].value)) return PEIL_OK;
    const char *nearest = nearest_label(about, literal->text);
    return peil_refuse(fault, 0, column->name, "the hierarchy has no area \"%s\"%s%s%s",
                       literal->text, nearest ? "; is it \"" : "", nearest ? nearest : "",
                       nearest ? "\"?" : "");
}

static peil_status check_literal(const peil_literal *literal, const peil_batch_column *column,
                                 peil_fault *fault) {
    const peil_variable *about = &column->about;
    if (column->origin == PEIL_AREAS) return check_area(literal, column, fault);
    if (!literal->is_text || about->nlabels == 0) return PEIL_OK;
    const bool has_label = peil_variable_labelled(about, literal->text) != NULL;
    bool has_value = false;
    for (uint32_t code = 1; code < column->dictionary.count && !has_value; code++)
        has_value = is_value(literal, column, code) && !is_label(literal, column, code);
    if (has_label && has_value)
        return peil_refuse(fault, 0, column->name,
                           "%s is a value and also the label of another value; name it by its code",
                           literal->text);
    if (has_label || has_value || about->type != PEIL_TYPE_NUMBER) return PEIL_OK;
    const char *nearest = nearest_label(about, literal->text);
    return peil_refuse(fault, 0, column->name, "has no value labelled \"%s\"%s%s%s", literal->text,
                       nearest ? "; is it \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
}

static peil_status check_leaf(peil_condition *leaf, void *context, peil_fault *fault) {
    const peil_batch *batch = context;
    for (size_t i = 0; i < leaf->nliterals; i++)
        PEIL_TRY(check_literal(&leaf->literals[i], &batch->columns[leaf->column], fault));
    return PEIL_OK;
}

static peil_status check_condition(peil_condition *condition, const peil_batch *batch,
                                   peil_fault *fault) {
    return peil_condition_each(condition, check_leaf, (void *)(uintptr_t)batch, fault);
}

static peil_status check_margin(const peil_plan *plan, const peil_margin *margin,
                                const peil_batch *batch, peil_fault *fault) {
    for (size_t i = 0; i < margin->ntargets && !margin->is_number; i++)
        for (size_t k = 0; k < margin->variables.n; k++)
            PEIL_TRY(check_literal(&margin->targets[i].values[k],
                                   &batch->columns[plan->by[margin->keys[k]]], fault));
    return PEIL_OK;
}

static peil_status check_levels(const peil_measure *measure, const peil_batch *batch,
                                peil_fault *fault) {
    for (size_t i = 0; i < measure->nlevels; i++)
        PEIL_TRY(check_literal(&measure->levels[i].answer,
                               &batch->columns[measure->variables[0].column], fault));
    return PEIL_OK;
}

peil_status peil_plan_check_labels(const peil_plan *plan, const peil_batch *batch,
                                   peil_fault *fault) {
    for (size_t m = 0; plan->targets && m < plan->targets->nmargins; m++)
        PEIL_TRY(check_margin(plan, &plan->targets->margins[m], batch, fault));
    PEIL_TRY(check_condition(plan->where, batch, fault));
    PEIL_TRY(check_condition(plan->sample, batch, fault));
    for (size_t m = 0; m < plan->nmeasures; m++) {
        const peil_measure *measure = &plan->measures[m];
        PEIL_TRY(check_condition(measure->condition, batch, fault));
        PEIL_TRY(check_levels(measure, batch, fault));
    }
    return check_levels(&plan->standard, batch, fault);
}
