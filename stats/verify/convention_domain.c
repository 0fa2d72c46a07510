/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of whom a figure is: of all inhabitants or of the carers among them, of this code of an area or
 * of its neighbour, of those who ticked anything in a list of boxes ("percent of cases" in SPSS).
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "verify/convention.h"

enum { VALUES_MOST = 100 }; /* of a variable in a condition; more are no codes of areas */

static const peil_indicator *about(const peil_situation *s) {
    return &s->monitor->indicators[s->indicator];
}

static const char *data_where(const peil_situation *s) {
    return s->monitor->data[about(s)->data].request.where;
}

static peil_status apply(const peil_situation *s, const peil_change *change, peil_draft *draft,
                         peil_fault *fault) {
    (void)s;
    (void)fault;
    draft->where = change->text;
    return PEIL_OK;
}

/* ---- without a condition ---- */

static peil_status list_everybody(const peil_situation *s, const peil_convention *self,
                                  peil_changes_list *out, peil_fault *fault) {
    const char *own = about(s)->where, *of_data = data_where(s);
    if (own) PEIL_TRY(peil_changes_list_add(out, self, own, of_data, 0, fault));
    if (of_data) PEIL_TRY(peil_changes_list_add(out, self, of_data, own, 0, fault));
    if (!own || !of_data) return PEIL_OK;
    return peil_changes_list_add(out, self, s->draft->where, NULL, 0, fault);
}

/* ---- with another one ---- */

static bool is_same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The conditions of the other indicators of the same data. */
static peil_status list_others(const peil_situation *s, const peil_convention *self,
                               peil_changes_list *out, peil_fault *fault) {
    for (size_t i = 0; i < s->monitor->nindicators; i++) {
        const peil_indicator *other = &s->monitor->indicators[i];
        peil_draft draft = {.where = data_where(s)};
        bool is_known = !other->where || is_same(other->where, about(s)->where);
        for (size_t k = 0; k < i; k++)
            is_known = is_known || (s->monitor->indicators[k].data == other->data &&
                                    is_same(s->monitor->indicators[k].where, other->where));
        if (is_known || other->data != about(s)->data) continue;
        PEIL_TRY(peil_draft_narrow(s, other->where, &draft, fault));
        PEIL_TRY(peil_changes_list_add(out, self, other->where, draft.where, 0, fault));
    }
    return PEIL_OK;
}

/* ---- with another value in it ---- */

typedef struct replacing {
    const peil_situation *s;
    const peil_convention *self;
    const peil_condition *whole;
    peil_changes_list *out;
} replacing;

static peil_status print(const peil_situation *s, const peil_condition *c, const char **out,
                         peil_fault *fault) {
    peil_text text = {0};
    peil_condition_print(c, &text);
    peil_status status = text.failed ? peil_fail_memory(fault) : PEIL_OK;
    *out = peil_convention_word(s, &status, fault, "%s", status == PEIL_OK ? text.bytes : "");
    peil_text_clear(&text);
    return status;
}

/* Prints leaf and whole with this value in place of the leaf's. */
static peil_status add_value(const replacing *r, peil_condition *leaf, char *value, bool is_number,
                             peil_fault *fault) {
    const char *detail = NULL, *text = NULL;
    const peil_literal kept = leaf->literals[0];
    leaf->literals[0] = (peil_literal){.is_text = !is_number, .text = value};
    peil_status status = print(r->s, leaf, &detail, fault);
    if (status == PEIL_OK) status = print(r->s, r->whole, &text, fault);
    leaf->literals[0] = kept;
    return status == PEIL_OK ? peil_changes_list_add(r->out, r->self, detail, text, 0, fault)
                             : status;
}

static peil_status replace(peil_condition *leaf, void *context, peil_fault *fault) {
    const replacing *r = context;
    const peil_batch *batch = &r->s->study->pass->whole.batch;
    size_t i = 0;
    while (i < batch->ncolumns && strcmp(batch->columns[i].name, leaf->variable) != 0) i++;
    const bool is_equality =
        leaf->nliterals == 1 && (leaf->node == PEIL_IN || leaf->op == PEIL_EQUAL);
    if (!is_equality || i == batch->ncolumns || batch->columns[i].use != PEIL_AS_CODES)
        return PEIL_OK;
    const peil_batch_column *column = &batch->columns[i];
    if (column->dictionary.count > VALUES_MOST) return PEIL_OK;
    for (uint32_t code = 1; code < column->dictionary.count; code++) {
        if (peil_literal_is(&leaf->literals[0], column, code)) continue;
        const char *text = peil_dictionary_text(&column->dictionary, code);
        const bool is_number = column->dictionary.values[code].is_number;
        PEIL_TRY(add_value(r, leaf, (char *)(uintptr_t)text, is_number, fault));
    }
    return PEIL_OK;
}

static peil_status list_values(const peil_situation *s, const peil_convention *self,
                               peil_changes_list *out, peil_fault *fault) {
    peil_condition *condition = NULL;
    if (!s->draft->where) return PEIL_OK;
    PEIL_TRY(peil_condition_parse(s->draft->where, &condition, fault));
    replacing r = {s, self, condition, out};
    const peil_status status = peil_condition_each(condition, replace, &r, fault);
    peil_condition_free(condition);
    return status;
}

/* ---- a list of boxes ---- */

/* The length of q7_ in q7_2; 0 for another name: q5 is no box of a list with q6. */
static size_t stem_of(const char *name) {
    size_t length = strlen(name);
    while (length && isdigit((unsigned char)name[length - 1])) length--;
    return length && strchr("_.", name[length - 1]) ? length : 0;
}

static bool is_box_of(const char *name, const char *first, size_t stem) {
    return strncmp(name, first, stem) == 0 && stem_of(name) == stem && name[stem];
}

/* percent(q7_2 = 1), where the file has q7_1, q7_2, ...: those with any of them. */
static peil_status list_cases(const peil_situation *s, const peil_convention *self,
                              peil_changes_list *out, peil_fault *fault) {
    const peil_condition *c = s->measure->condition;
    peil_status status = PEIL_OK;
    peil_text any = {0};
    size_t n = 0;
    const bool is_box = s->measure->kind->is_percent && s->measure->form == PEIL_FORM_CONDITION &&
                        c->variable && c->nliterals == 1 && c->op == PEIL_EQUAL;
    const size_t stem = is_box ? stem_of(c->variable) : 0;
    if (!stem || !c->variable[stem]) return PEIL_OK;
    for (size_t i = 0; i < s->in_file->nnames; i++) {
        const char *name = s->in_file->names[i];
        if (!is_box_of(name, c->variable, stem)) continue;
        peil_text_add_format(&any, c->literals[0].is_text ? "%s`%s` = \"%s\"" : "%s`%s` = %s",
                             n++ ? " or " : "", name, c->literals[0].text);
    }
    if (any.failed) status = peil_fail_memory(fault);
    const char *text = peil_convention_word(s, &status, fault, "%s", n ? any.bytes : "");
    if (status == PEIL_OK && n > 1) status = peil_changes_list_add(out, self, NULL, text, 0, fault);
    peil_text_clear(&any);
    return status;
}

static peil_status apply_cases(const peil_situation *s, const peil_change *change,
                               peil_draft *draft, peil_fault *fault) {
    draft->include_missing = true; /* a box that is empty was not ticked */
    return peil_draft_narrow(s, change->text, draft, fault);
}

const peil_convention peil_convention_everybody = {
    .name = "everybody",
    .aspect = PEIL_ASPECT_DOMAIN,
    .phrase = {"without the condition %s", "zonder de voorwaarde %s"},
    .list = list_everybody,
    .apply = apply,
};

const peil_convention peil_convention_other_domain = {
    .name = "other-domain",
    .aspect = PEIL_ASPECT_DOMAIN,
    .phrase = {"over those with %s", "over wie voldoet aan %s"},
    .list = list_others,
    .apply = apply,
};

const peil_convention peil_convention_other_value = {
    .name = "other-value",
    .aspect = PEIL_ASPECT_DOMAIN,
    .phrase = {"with %s as the condition", "met %s als voorwaarde"},
    .list = list_values,
    .apply = apply,
};

const peil_convention peil_convention_percent_of_cases = {
    .name = "percent-of-cases",
    .aspect = PEIL_ASPECT_DOMAIN,
    .phrase = {"over those who ticked anything (percent of cases)",
               "over wie iets aankruiste (percent of cases)"},
    .list = list_cases,
    .apply = apply_cases,
};
