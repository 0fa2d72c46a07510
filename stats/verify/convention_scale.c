/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scale scores: how many items must be answered is rarely published (VNG's R code takes one, its
 * SPSS port all), K10 gives a missing item its mean, and items that run the other way are
 * forgotten.
 */
#include "verify/convention.h"

static bool is_of_items(const peil_situation *s) {
    return s->measure->form & PEIL_FORMS_OF_SCALE;
}

static size_t min_of(const peil_situation *s) {
    return s->measure->rule.min_valid;
}

/* ---- how many items ---- */

static peil_status list_one(const peil_situation *s, const peil_convention *self,
                            peil_changes_list *out, peil_fault *fault) {
    if (!is_of_items(s) || min_of(s) == 1) return PEIL_OK;
    return peil_changes_list_add(out, self, NULL, NULL, 1, fault);
}

static peil_status list_all(const peil_situation *s, const peil_convention *self,
                            peil_changes_list *out, peil_fault *fault) {
    const size_t n = s->measure->nvariables;
    if (!is_of_items(s) || min_of(s) == n) return PEIL_OK;
    return peil_changes_list_add(out, self, NULL, NULL, n, fault);
}

static void set_min(peil_measure *measure, const peil_change *change) {
    measure->rule.min_valid = change->item;
}

static peil_status apply_min(const peil_situation *s, const peil_change *change, peil_draft *draft,
                             peil_fault *fault) {
    return peil_draft_edit(s, change, set_min, draft, fault);
}

/* ---- what a missing item counts for ---- */

static peil_status list_mean(const peil_situation *s, const peil_convention *self,
                             peil_changes_list *out, peil_fault *fault) {
    const peil_rule *rule = &s->measure->rule;
    const bool may = is_of_items(s) && !rule->imputes && !rule->scale;
    return may && s->measure->nvariables <= 50
               ? peil_changes_list_add(out, self, NULL, NULL, 0, fault)
               : PEIL_OK;
}

static void impute(peil_measure *measure, const peil_change *change) {
    (void)change;
    measure->rule.imputes = true;
}

static peil_status apply_mean(const peil_situation *s, const peil_change *change, peil_draft *draft,
                              peil_fault *fault) {
    return peil_draft_edit(s, change, impute, draft, fault);
}

/* ---- which way items run ---- */

/* Items of some shipped scales have no order to reverse. */
static bool may_reverse(const peil_situation *s) {
    return is_of_items(s) && !s->measure->rule.scale;
}

static size_t count_reversed(const peil_measure *measure) {
    size_t n = 0;
    for (size_t i = 0; i < measure->nvariables; i++) n += measure->variables[i].reversed;
    return n;
}

static peil_status list_items(const peil_situation *s, const peil_convention *self, bool reversed,
                              peil_changes_list *out, peil_fault *fault) {
    for (size_t i = 0; may_reverse(s) && i < s->measure->nvariables; i++) {
        const struct peil_item *item = &s->measure->variables[i];
        if (item->reversed != reversed) continue;
        PEIL_TRY(peil_changes_list_add(out, self, item->variable, NULL, i, fault));
    }
    return PEIL_OK;
}

static peil_status list_straight(const peil_situation *s, const peil_convention *self,
                                 peil_changes_list *out, peil_fault *fault) {
    return list_items(s, self, false, out, fault);
}

static peil_status list_reversed(const peil_situation *s, const peil_convention *self,
                                 peil_changes_list *out, peil_fault *fault) {
    return list_items(s, self, true, out, fault);
}

static void turn(peil_measure *measure, const peil_change *change) {
    measure->variables[change->item].reversed = !measure->variables[change->item].reversed;
}

static peil_status apply_turn(const peil_situation *s, const peil_change *change, peil_draft *draft,
                              peil_fault *fault) {
    return peil_draft_edit(s, change, turn, draft, fault);
}

/* One reversed item that is not is told as such. */
static peil_status list_none(const peil_situation *s, const peil_convention *self,
                             peil_changes_list *out, peil_fault *fault) {
    const size_t n = count_reversed(s->measure);
    if (!may_reverse(s) || n < 2 || n == s->measure->nvariables) return PEIL_OK;
    return peil_changes_list_add(out, self, NULL, NULL, 0, fault);
}

static void turn_none(peil_measure *measure, const peil_change *change) {
    (void)change;
    for (size_t i = 0; i < measure->nvariables; i++) measure->variables[i].reversed = false;
}

static peil_status apply_none(const peil_situation *s, const peil_change *change, peil_draft *draft,
                              peil_fault *fault) {
    return peil_draft_edit(s, change, turn_none, draft, fault);
}

/* All items the other way is the scale the other way; so is an index whose values are mirrored. */
static peil_status list_whole(const peil_situation *s, const peil_convention *self,
                              peil_changes_list *out, peil_fault *fault) {
    const bool is_scale = may_reverse(s) && s->measure->nvariables > 1;
    return is_scale || s->measure->form == PEIL_FORM_INDEX
               ? peil_changes_list_add(out, self, NULL, NULL, 0, fault)
               : PEIL_OK;
}

static void mirror(peil_measure *measure) {
    peil_decimal low = measure->levels[0].value, high = low;
    for (size_t i = 0; i < measure->nlevels; i++) {
        const peil_decimal value = measure->levels[i].value;
        if (peil_decimal_compare(value, low) < 0) low = value;
        if (peil_decimal_compare(value, high) > 0) high = value;
    }
    const double sum = (double)(peil_decimal_real(low) + peil_decimal_real(high));
    for (size_t i = 0; i < measure->nlevels; i++) {
        peil_decimal *value = &measure->levels[i].value;
        *value = peil_decimal_of((double)((peil_real)sum - peil_decimal_real(*value)));
    }
}

static void turn_all(peil_measure *measure, const peil_change *change) {
    (void)change;
    if (measure->form == PEIL_FORM_INDEX) mirror(measure);
    for (size_t i = 0; measure->form != PEIL_FORM_INDEX && i < measure->nvariables; i++)
        measure->variables[i].reversed = !measure->variables[i].reversed;
}

static peil_status apply_all(const peil_situation *s, const peil_change *change, peil_draft *draft,
                             peil_fault *fault) {
    return peil_draft_edit(s, change, turn_all, draft, fault);
}

const peil_convention peil_convention_min_one = {
    .name = "min-one",
    .aspect = PEIL_ASPECT_MIN,
    .phrase = {"with one answered item as enough", "met een beantwoord item als genoeg"},
    .list = list_one,
    .apply = apply_min,
};

const peil_convention peil_convention_min_all = {
    .name = "min-all",
    .aspect = PEIL_ASPECT_MIN,
    .phrase = {"with all items required", "met alle items verplicht"},
    .list = list_all,
    .apply = apply_min,
};

const peil_convention peil_convention_item_mean = {
    .name = "item-mean",
    .aspect = PEIL_ASPECT_IMPUTED,
    .phrase = {"with the item's mean for a missing item",
               "met het itemgemiddelde voor een ontbrekend item"},
    .list = list_mean,
    .apply = apply_mean,
};

const peil_convention peil_convention_reversed = {
    .name = "reversed",
    .aspect = PEIL_ASPECT_ITEMS,
    .phrase = {"with item %s reversed", "met item %s omgekeerd"},
    .list = list_straight,
    .apply = apply_turn,
};

const peil_convention peil_convention_not_reversed = {
    .name = "not-reversed",
    .aspect = PEIL_ASPECT_ITEMS,
    .phrase = {"with item %s not reversed", "met item %s niet omgekeerd"},
    .list = list_reversed,
    .apply = apply_turn,
};

const peil_convention peil_convention_none_reversed = {
    .name = "none-reversed",
    .aspect = PEIL_ASPECT_ITEMS,
    .phrase = {"with no item reversed", "met geen enkel item omgekeerd"},
    .list = list_none,
    .apply = apply_none,
};

const peil_convention peil_convention_all_reversed = {
    .name = "all-reversed",
    .aspect = PEIL_ASPECT_ITEMS,
    .phrase = {"with the whole scale reversed", "met de hele schaal omgekeerd"},
    .list = list_whole,
    .apply = apply_all,
};
