/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that a user wrote against values of the data: by code, or by label where a file has them.
 */
#include <stdlib.h>
#include <string.h>

#include "plan/coder.h"
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

/* ---- labels ---- */

/* All areas are known, those without respondents too. */
static peil_status check_area(const peil_literal *literal, const peil_batch_column *column,
                              peil_fault *fault) {
    const peil_variable *about = &column->about;
    if (peil_variable_labelled(about, literal->text)) return PEIL_OK;
    for (size_t i = 0; i < about->nlabels; i++)
        if (peil_area_is(literal->text, about->labels[i].value)) return PEIL_OK;
    const char *nearest = peil_variable_nearest_label(about, literal->text);
    return peil_refuse(fault, 0, column->name, "the hierarchy has no area \"%s\"%s%s%s",
                       literal->text, nearest ? "; is it \"" : "", nearest ? nearest : "",
                       nearest ? "\"?" : "");
}

/* With the code of the label that is near: it may differ in what is not seen, such as a space that
 * does not break. */
static peil_status refuse_label(const peil_literal *literal, const peil_batch_column *column,
                                peil_fault *fault) {
    const char *nearest = peil_variable_nearest_label(&column->about, literal->text);
    if (!nearest)
        return peil_refuse(fault, 0, column->name, "has no value labelled \"%s\"", literal->text);
    return peil_refuse(fault, 0, column->name,
                       "has no value labelled \"%s\"; is it \"%s\", code %s?", literal->text,
                       nearest, peil_variable_labelled(&column->about, nearest)->value);
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
    return refuse_label(literal, column, fault);
}

/* ---- all that a user wrote ---- */

/* Is shown each value that stands in a condition, a level or a target, with its column. */
typedef struct visitor {
    peil_status (*visit)(const peil_literal *literal, size_t column, const void *context,
                         peil_fault *fault);
    const void *context;
} visitor;

static peil_status visit_leaf(peil_condition *leaf, void *context, peil_fault *fault) {
    const visitor *v = context;
    for (size_t i = 0; i < leaf->nliterals; i++)
        PEIL_TRY(v->visit(&leaf->literals[i], leaf->column, v->context, fault));
    return PEIL_OK;
}

static peil_status visit_condition(peil_condition *condition, visitor v, peil_fault *fault) {
    return peil_condition_each(condition, visit_leaf, &v, fault);
}

static peil_status visit_margin(const peil_plan *plan, const peil_margin *margin, visitor v,
                                peil_fault *fault) {
    for (size_t i = 0; i < margin->ntargets && !margin->is_number; i++)
        for (size_t k = 0; k < margin->variables.n; k++)
            PEIL_TRY(v.visit(&margin->targets[i].values[k], plan->by[margin->keys[k]], v.context,
                             fault));
    return PEIL_OK;
}

static peil_status visit_levels(const peil_measure *measure, visitor v, peil_fault *fault) {
    for (size_t i = 0; i < measure->nlevels; i++)
        PEIL_TRY(
            v.visit(&measure->levels[i].answer, measure->variables[0].column, v.context, fault));
    return PEIL_OK;
}

static peil_status visit_all(const peil_plan *plan, visitor v, peil_fault *fault) {
    for (size_t m = 0; plan->targets && m < plan->targets->nmargins; m++)
        PEIL_TRY(visit_margin(plan, &plan->targets->margins[m], v, fault));
    PEIL_TRY(visit_condition(plan->where, v, fault));
    PEIL_TRY(visit_condition(plan->sample, v, fault));
    for (size_t m = 0; m < plan->nmeasures; m++) {
        PEIL_TRY(visit_condition(plan->measures[m].condition, v, fault));
        PEIL_TRY(visit_levels(&plan->measures[m], v, fault));
    }
    return visit_levels(&plan->standard, v, fault);
}

/* ---- after the data ---- */

static peil_status check_in_batch(const peil_literal *literal, size_t column, const void *batch,
                                  peil_fault *fault) {
    return check_literal(literal, &((const peil_batch *)batch)->columns[column], fault);
}

peil_status peil_plan_check_labels(const peil_plan *plan, const peil_batch *batch,
                                   peil_fault *fault) {
    return visit_all(plan, (visitor){check_in_batch, batch}, fault);
}

/* ---- several files ---- */

/* A column as some file was read, and what all files together say of it. */
typedef struct naming {
    size_t place;
    const peil_batch_column *met;
    const peil_variable *now;
} naming;

static peil_status refuse_naming(const naming *n, const peil_literal *literal, peil_fault *fault) {
    return peil_refuse(fault, 0, n->met->name,
                       "the files do not agree on the values labelled \"%s\"; name them by their "
                       "codes",
                       literal->text);
}

static peil_status check_naming(const peil_literal *literal, size_t column, const void *context,
                                peil_fault *fault) {
    const naming *n = context;
    if (column != n->place || !literal->is_text) return PEIL_OK;
    peil_batch_column together = *n->met;
    together.about = *n->now;
    for (uint32_t code = 1; code < n->met->dictionary.count; code++)
        if (is_label(literal, n->met, code) != is_label(literal, &together, code))
            return refuse_naming(n, literal, fault);
    return PEIL_OK;
}

/* Of numbers nobody kept which there were. */
static peil_status check_numbers_naming(const peil_literal *literal, const naming *n,
                                        peil_fault *fault) {
    const peil_label *before = peil_variable_labelled(&n->met->about, literal->text);
    const peil_label *now = peil_variable_labelled(n->now, literal->text);
    const bool is_same =
        before && now ? peil_decimal_equal(before->number, now->number) : before == now;
    return is_same ? PEIL_OK : refuse_naming(n, literal, fault);
}

static peil_status check_codes_naming(const peil_missing_codes *codes, const naming *n,
                                      peil_fault *fault) {
    const bool are_numbers = n->met->use == PEIL_AS_NUMBERS;
    for (size_t k = 0; k < codes->n; k++) {
        if (are_numbers && codes->codes[k].is_text)
            PEIL_TRY(check_numbers_naming(&codes->codes[k], n, fault));
        else
            PEIL_TRY(check_naming(&codes->codes[k], n->place, n, fault));
    }
    return PEIL_OK;
}

peil_status peil_plan_check_naming(const peil_plan *plan, size_t column,
                                   const peil_batch_column *met, const peil_variable *now,
                                   bool has_rows, peil_fault *fault) {
    const naming n = {column, met, now};
    if (met->origin == PEIL_AREAS || now->nlabels == 0) return PEIL_OK;
    PEIL_TRY(visit_all(plan, (visitor){check_naming, &n}, fault));
    for (size_t i = 0; has_rows && i < plan->nmissing; i++)
        if (peil_missing_applies(&plan->missing[i], met->name, PEIL_ROLE_MEASURE))
            PEIL_TRY(check_codes_naming(&plan->missing[i], &n, fault));
    return PEIL_OK;
}
