/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/targets.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"

#define TARGETS_MOST 5000 /* a matrix of so many columns is solved in a minute */

/* ---- margins ---- */

static peil_status make_margin(peil_margin *margin, const char *name, bool is_number,
                               peil_record record, peil_fault *fault) {
    *margin = (peil_margin){.is_number = is_number};
    PEIL_TRY(peil_string_copy(name, strlen(name), &margin->name, fault));
    PEIL_TRY(peil_names_cut(name, ':', &margin->variables, fault));
    PEIL_TRY(peil_array_make(&margin->keys, margin->variables.n, sizeof *margin->keys, fault));
    for (size_t i = 0; i < margin->variables.n; i++) {
        const char *variable = margin->variables.names[i];
        if (!variable[0]) return peil_refuse(fault, record.record, name, "names no variable");
        for (size_t k = 0; k < i; k++)
            if (strcmp(margin->variables.names[k], variable) == 0)
                return peil_refuse(fault, record.record, name, "crosses %s with itself", variable);
    }
    if (is_number && margin->variables.n > 1)
        return peil_refuse(fault, record.record, name,
                           "has no category; a target without one is the total of one variable");
    return PEIL_OK;
}

static peil_status find_margin(peil_targets *targets, const char *name, bool is_number,
                               peil_record record, peil_margin **out, peil_fault *fault) {
    for (size_t m = 0; m < targets->nmargins; m++) {
        *out = &targets->margins[m];
        if (strcmp((*out)->name, name) != 0) continue;
        if ((*out)->is_number || is_number)
            return peil_refuse(fault, record.record, name,
                               "has a target without a category, which is that of a total, and "
                               "another target");
        return PEIL_OK;
    }
    PEIL_TRY(peil_array_reserve(&targets->margins, &targets->capacity, targets->nmargins + 1,
                                sizeof *targets->margins, fault));
    *out = &targets->margins[targets->nmargins++];
    return make_margin(*out, name, is_number, record, fault);
}

/* ---- targets ---- */

/* The parts become the values of the target. */
static peil_status take_values(const peil_margin *margin, peil_names *parts, peil_target *target,
                               peil_fault *fault) {
    if (parts->n != margin->variables.n)
        return peil_refuse(fault, target->record.record, margin->name,
                           "the margin has %zu variables and its category %zu parts; a colon "
                           "separates parts, and a part that has one stands between backquotes",
                           margin->variables.n, parts->n);
    for (size_t i = 0; i < parts->n; i++) {
        if (!parts->names[i][0])
            return peil_refuse(fault, target->record.record, margin->name,
                               "a part of the category is empty");
        peil_literal *value = &target->values[i];
        *value = (peil_literal){.text = parts->names[i]};
        value->is_text = !peil_text_is_number(value->text, strlen(value->text), &value->number);
        parts->names[i] = NULL;
    }
    return PEIL_OK;
}

static bool is_same(const peil_margin *margin, const peil_target *a, const peil_target *b) {
    for (size_t i = 0; i < margin->variables.n; i++)
        if (strcmp(a->values[i].text, b->values[i].text) != 0) return false;
    return true;
}

static peil_status fill_target(const peil_margin *margin, peil_target *target, peil_fault *fault) {
    peil_names parts = {0};
    if (margin->is_number) return PEIL_OK;
    if (target->amount.digits < 0)
        return peil_refuse(fault, target->record.record, margin->name, "the target is below 0");
    PEIL_TRY(peil_array_make(&target->values, margin->variables.n, sizeof *target->values, fault));
    peil_status status = peil_names_cut(target->category, ':', &parts, fault);
    if (status == PEIL_OK) status = take_values(margin, &parts, target, fault);
    peil_names_clear(&parts);
    for (size_t i = 0; i + 1 < margin->ntargets && status == PEIL_OK; i++)
        if (is_same(margin, &margin->targets[i], target))
            status = peil_refuse(fault, target->record.record, margin->name,
                                 "has this category a second time");
    return status;
}

peil_status peil_targets_add(peil_targets *targets, const char *margin, const char *category,
                             peil_decimal amount, peil_record record, peil_fault *fault) {
    peil_margin *m;
    if (targets->n == TARGETS_MOST)
        return peil_refuse(fault, record.record, margin, "more than %d targets", TARGETS_MOST);
    targets->n++;
    PEIL_TRY(find_margin(targets, margin, !category[0], record, &m, fault));
    PEIL_TRY(
        peil_array_reserve(&m->targets, &m->capacity, m->ntargets + 1, sizeof *m->targets, fault));
    peil_target *target = &m->targets[m->ntargets++];
    *target = (peil_target){.amount = amount, .record = record};
    PEIL_TRY(peil_string_copy(category, strlen(category), &target->category, fault));
    return fill_target(m, target, fault);
}

static void clear_margin(peil_margin *margin) {
    for (size_t i = 0; i < margin->ntargets; i++) {
        for (size_t k = 0; margin->targets[i].values && k < margin->variables.n; k++)
            peil_literal_clear(&margin->targets[i].values[k]);
        free(margin->targets[i].values);
        free(margin->targets[i].category);
    }
    peil_names_clear(&margin->variables);
    free(margin->targets);
    free(margin->keys);
    free(margin->name);
}

void peil_targets_clear(peil_targets *targets) {
    for (size_t m = 0; m < targets->nmargins; m++) clear_margin(&targets->margins[m]);
    free(targets->margins);
    *targets = (peil_targets){0};
}
