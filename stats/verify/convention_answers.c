/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is in the denominator of a percentage. Codes of "don't know" and "not applicable" are kept
 * in it, or not, from one report to the next; a question that was put to some only becomes one of
 * all by taking "not applicable" (8, by custom) as no. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/array.h"
#include "plan/plan.h"
#include "verify/convention.h"

/* ---- the question ---- */

static bool is_share(const peil_situation *s) {
    return s->measure->kind->is_percent && s->measure->form == PEIL_FORM_CONDITION;
}

static bool reads(const peil_condition *c, const char *variable) {
    if (!c) return false;
    if (c->variable) return strcmp(c->variable, variable) == 0;
    return reads(c->left, variable) || reads(c->right, variable);
}

static const peil_batch_column *column_of(const peil_situation *s, const char *variable) {
    const peil_batch *batch = &s->study->pass->whole.batch;
    for (size_t i = 0; i < batch->ncolumns; i++)
        if (strcmp(batch->columns[i].name, variable) == 0) return &batch->columns[i];
    return NULL;
}

/* ---- codes ---- */

static bool has_word(const char *label, const char *const *words) {
    for (; *words; words++)
        for (const char *at = label; *at; at++)
            if (strncasecmp(at, *words, strlen(*words)) == 0) return true;
    return false;
}

static bool is_not_applicable(const char *code, const char *label) {
    static const char *const words[] = {"nvt", "n.v.t", "niet van toepassing", "not applicable",
                                        NULL};
    return label ? has_word(label, words) : strcmp(code, "8") == 0;
}

/* What is no answer, by its label, or by custom where answers are codes. */
static bool is_evasive(const char *code, const char *label) {
    static const char *const words[] = {"weet niet",     "weet ik niet", "geen mening", "onbekend",
                                        "geen antwoord", "don't know",   "no opinion",  "unknown",
                                        "no answer",     "refused",      "weigert",     NULL};
    static const char *const codes[] = {"9", "88", "98", "99", "998", "999", NULL};
    if (is_not_applicable(code, label) || (label && has_word(label, words))) return true;
    for (size_t i = 0; !label && codes[i]; i++)
        if (strcmp(code, codes[i]) == 0) return true;
    return false;
}

/* "9", or "9 (don't know)". */
static const char *detail_of(const peil_situation *s, const char *code, const char *label,
                             peil_status *status, peil_fault *fault) {
    return label ? peil_convention_word(s, status, fault, "%s (%s)", code, label)
                 : peil_convention_word(s, status, fault, "%s", code);
}

/* A code as --missing and conditions write it. */
static const char *quote(const peil_situation *s, const peil_literal *code, peil_status *status,
                         peil_fault *fault) {
    return peil_convention_word(s, status, fault, code->is_text ? "\"%s\"" : "%s", code->text);
}

/* The label of a code in the first of the measure's variables that has one. */
static const char *label_of(const peil_situation *s, const peil_condition *c, const char *code) {
    if (!c) return NULL;
    if (c->variable) {
        const peil_batch_column *column = column_of(s, c->variable);
        return column ? peil_variable_label_of(&column->about, code) : NULL;
    }
    const char *label = label_of(s, c->left, code);
    return label ? label : label_of(s, c->right, code);
}

static peil_status read_missing(const peil_draft *draft, peil_plan *out, peil_fault *fault) {
    for (size_t i = 0; i < draft->missing.n; i++)
        PEIL_TRY(peil_plan_missing(out, draft->missing.word[i], fault));
    return PEIL_OK;
}

static bool is_for(const peil_situation *s, const peil_missing_codes *codes) {
    return !codes->variable || reads(s->measure->condition, codes->variable);
}

/* ---- a missing code in the denominator ---- */

static bool is_listed(const peil_changes_list *list, const peil_convention *self,
                      const char *code) {
    for (size_t i = 0; i < list->n; i++)
        if (list->list[i].convention == self && strcmp(list->list[i].text, code) == 0) return true;
    return false;
}

static peil_status list_code(const peil_situation *s, const peil_convention *self, bool wants_nvt,
                             const peil_literal *code, peil_changes_list *out, peil_fault *fault) {
    peil_status status = PEIL_OK;
    const char *label = label_of(s, s->measure->condition, code->text);
    if (is_not_applicable(code->text, label) != wants_nvt) return PEIL_OK;
    const char *text = quote(s, code, &status, fault),
               *detail = detail_of(s, code->text, label, &status, fault);
    if (status != PEIL_OK || is_listed(out, self, text)) return status;
    return peil_changes_list_add(out, self, detail, text, 0, fault);
}

static peil_status list_codes(const peil_situation *s, const peil_convention *self, bool wants_nvt,
                              peil_changes_list *out, peil_fault *fault) {
    peil_plan plan = {0};
    if (!is_share(s) || s->draft->include_missing) return PEIL_OK;
    peil_status status = read_missing(s->draft, &plan, fault);
    for (size_t i = 0; i < plan.nmissing; i++)
        for (size_t k = 0; status == PEIL_OK && k < plan.missing[i].n; k++)
            if (is_for(s, &plan.missing[i]))
                status = list_code(s, self, wants_nvt, &plan.missing[i].codes[k], out, fault);
    peil_plan_clear(&plan);
    return status;
}

static peil_status list_dont_know(const peil_situation *s, const peil_convention *self,
                                  peil_changes_list *out, peil_fault *fault) {
    return list_codes(s, self, false, out, fault);
}

static peil_status list_not_applicable(const peil_situation *s, const peil_convention *self,
                                       peil_changes_list *out, peil_fault *fault) {
    return list_codes(s, self, true, out, fault);
}

/* The words of some missing codes without one of them; nothing when none is left. */
static peil_status keep_others(const peil_situation *s, const peil_missing_codes *codes,
                               const char *dropped, peil_text *out, peil_fault *fault) {
    peil_status status = PEIL_OK;
    size_t n = 0;
    if (codes->variable) peil_text_add_format(out, "`%s`:", codes->variable);
    for (size_t k = 0; k < codes->n; k++) {
        const char *code = quote(s, &codes->codes[k], &status, fault);
        if (is_for(s, codes) && strcmp(code, dropped) == 0) continue;
        peil_text_add_format(out, " %s", code);
        n++;
    }
    if (n == 0) out->length = 0;
    return status == PEIL_OK && out->failed ? peil_fail_memory(fault) : status;
}

static peil_status drop_code(const peil_situation *s, const peil_plan *plan, const char *dropped,
                             peil_draft *draft, peil_fault *fault) {
    const char **words = NULL;
    size_t n = 0;
    PEIL_TRY(peil_monitor_own(s->monitor, &words, plan->nmissing, sizeof *words, fault));
    for (size_t i = 0; i < plan->nmissing; i++) {
        peil_text word = {0};
        peil_status status = keep_others(s, &plan->missing[i], dropped, &word, fault);
        if (status == PEIL_OK && word.length)
            words[n++] = peil_convention_word(s, &status, fault, "%s", word.bytes);
        peil_text_clear(&word);
        if (status != PEIL_OK) return status;
    }
    draft->missing = (peil_words){n, words};
    return PEIL_OK;
}

/* Each variable's code counts as no: "... and q5 <> 9". */
static void add_no(const peil_condition *c, const char *code, peil_text *out) {
    if (!c) return;
    if (c->variable) peil_text_add_format(out, " and `%s` <> %s", c->variable, code);
    add_no(c->left, code, out);
    add_no(c->right, code, out);
}

static peil_status count_as_no(const peil_situation *s, const char *code, peil_draft *draft,
                               peil_fault *fault) {
    peil_text text = {0};
    peil_text_add_format(&text, "%s((", s->measure->kind->name);
    peil_condition_print(s->measure->condition, &text);
    peil_text_add(&text, ")");
    add_no(s->measure->condition, code, &text);
    peil_text_add(&text, ")");
    peil_status status = text.failed ? peil_fail_memory(fault) : PEIL_OK;
    draft->measure =
        peil_convention_word(s, &status, fault, "%s", status == PEIL_OK ? text.bytes : "");
    peil_text_clear(&text);
    return status;
}

static peil_status apply_code(const peil_situation *s, const peil_change *change, peil_draft *draft,
                              peil_fault *fault) {
    peil_plan plan = {0};
    peil_status status = read_missing(draft, &plan, fault);
    if (status == PEIL_OK) status = drop_code(s, &plan, change->text, draft, fault);
    if (status == PEIL_OK) status = count_as_no(s, change->text, draft, fault);
    peil_plan_clear(&plan);
    return status;
}

/* ---- all missing answers in it ---- */

static peil_status list_all(const peil_situation *s, const peil_convention *self,
                            peil_changes_list *out, peil_fault *fault) {
    if (!s->measure->kind->is_percent || s->draft->include_missing) return PEIL_OK;
    return peil_changes_list_add(out, self, NULL, NULL, 0, fault);
}

static peil_status apply_all(const peil_situation *s, const peil_change *change, peil_draft *draft,
                             peil_fault *fault) {
    (void)s;
    (void)change;
    (void)fault;
    draft->include_missing = true;
    return PEIL_OK;
}

/* ---- a code that counts here, out of it ---- */

static bool is_missing(const peil_plan *plan, const peil_batch_column *column, uint32_t code) {
    const char *text = peil_dictionary_text(&column->dictionary, code);
    const peil_value *value = &column->dictionary.values[code];
    if (value->is_number ? peil_variable_lacks_number(&column->about, value->number)
                         : peil_variable_lacks_text(&column->about, text))
        return true;
    for (size_t i = 0; i < plan->nmissing; i++) {
        if (!peil_missing_applies(&plan->missing[i], column->name, PEIL_ROLE_MEASURE)) continue;
        for (size_t k = 0; k < plan->missing[i].n; k++)
            if (peil_literal_is(&plan->missing[i].codes[k], column, code)) return true;
    }
    return false;
}

static bool is_asked_for(const peil_condition *leaf, const peil_batch_column *column,
                         uint32_t code) {
    for (size_t i = 0; i < leaf->nliterals; i++)
        if (peil_literal_is(&leaf->literals[i], column, code)) return true;
    return false;
}

static peil_status list_leaf(const peil_situation *s, const peil_convention *self,
                             const peil_condition *leaf, const peil_plan *plan,
                             peil_changes_list *out, peil_fault *fault) {
    const peil_batch_column *column = column_of(s, leaf->variable);
    peil_status status = PEIL_OK;
    if (!column || column->use != PEIL_AS_CODES) return PEIL_OK;
    for (uint32_t code = 1; status == PEIL_OK && code < column->dictionary.count; code++) {
        const char *text = peil_dictionary_text(&column->dictionary, code);
        const char *label = peil_variable_label_of(&column->about, text);
        const bool are_codes = leaf->node == PEIL_IN || leaf->op == PEIL_EQUAL;
        if (!is_evasive(text, label) || (!label && !are_codes)) continue;
        if (is_missing(plan, column, code)) continue;
        if (is_asked_for(leaf, column, code)) continue;
        const bool is_text = !column->dictionary.values[code].is_number;
        const char *word = peil_convention_word(s, &status, fault,
                                                is_text ? "`%s`: \"%s\"" : "`%s`: %s",
                                                leaf->variable, text),
                   *detail = detail_of(s, text, label, &status, fault);
        if (status == PEIL_OK && !is_listed(out, self, word))
            status = peil_changes_list_add(out, self, detail, word, 0, fault);
    }
    return status;
}

static peil_status list_leaves(const peil_situation *s, const peil_convention *self,
                               const peil_condition *c, const peil_plan *plan,
                               peil_changes_list *out, peil_fault *fault) {
    if (!c) return PEIL_OK;
    if (c->variable) return list_leaf(s, self, c, plan, out, fault);
    PEIL_TRY(list_leaves(s, self, c->left, plan, out, fault));
    return list_leaves(s, self, c->right, plan, out, fault);
}

static peil_status list_left_out(const peil_situation *s, const peil_convention *self,
                                 peil_changes_list *out, peil_fault *fault) {
    peil_plan plan = {0};
    if (!is_share(s)) return PEIL_OK;
    peil_status status = read_missing(s->draft, &plan, fault);
    if (status == PEIL_OK) status = list_leaves(s, self, s->measure->condition, &plan, out, fault);
    peil_plan_clear(&plan);
    return status;
}

static peil_status apply_left_out(const peil_situation *s, const peil_change *change,
                                  peil_draft *draft, peil_fault *fault) {
    const char **words = NULL;
    const size_t n = draft->missing.n;
    PEIL_TRY(peil_monitor_own(s->monitor, &words, n + 1, sizeof *words, fault));
    for (size_t i = 0; i < n; i++) words[i] = draft->missing.word[i];
    words[n] = change->text;
    draft->missing = (peil_words){n + 1, words};
    return PEIL_OK;
}

const peil_convention peil_convention_missing_in_denominator = {
    .name = "missing-in-denominator",
    .aspect = PEIL_ASPECT_ANSWERS,
    .phrase = {"with missing answers in the denominator",
               "met ontbrekende antwoorden in de noemer"},
    .list = list_all,
    .apply = apply_all,
};

const peil_convention peil_convention_dont_know = {
    .name = "dont-know",
    .aspect = PEIL_ASPECT_ANSWERS,
    .phrase = {"with answer %s in the denominator", "met antwoord %s in de noemer"},
    .list = list_dont_know,
    .apply = apply_code,
};

const peil_convention peil_convention_not_applicable = {
    .name = "not-applicable",
    .aspect = PEIL_ASPECT_ANSWERS,
    .phrase = {"with answer %s counted as no", "met antwoord %s als nee geteld"},
    .list = list_not_applicable,
    .apply = apply_code,
};

const peil_convention peil_convention_left_out = {
    .name = "left-out",
    .aspect = PEIL_ASPECT_ANSWERS,
    .phrase = {"with answer %s out of the denominator", "met antwoord %s buiten de noemer"},
    .list = list_left_out,
    .apply = apply_left_out,
};
