/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure taken from another row or column of the right table. */
#include <string.h>

#include "report/changes.h"
#include "verify/convention.h"

/* ---- periods ---- */

static peil_status list_periods(const peil_situation *s, const peil_convention *self,
                                peil_changes_list *out, peil_fault *fault) {
    for (size_t i = 0; s->nperiods > 1 && i < s->nperiods; i++)
        PEIL_TRY(peil_changes_list_add(out, self, s->periods[i], s->periods[i], 0, fault));
    return PEIL_OK;
}

static bool look_at_period(const peil_situation *s, const peil_change *change, peil_published *p) {
    (void)s;
    if (!p->period || peil_value_compare(p->period, change->text) == 0) return false;
    p->period = change->text;
    return true;
}

/* Of one figure the other periods by name say it all. */
static peil_status list_shift(const peil_situation *s, const peil_convention *self,
                              peil_changes_list *out, peil_fault *fault) {
    if (s->nwrong < 2 || s->nperiods < 2) return PEIL_OK;
    return peil_changes_list_add(out, self, NULL, NULL, 0, fault);
}

static size_t place_of(const peil_situation *s, const char *period) {
    size_t k = 0;
    while (k < s->nperiods && (!period || peil_value_compare(s->periods[k], period) != 0)) k++;
    return k;
}

static bool look_before(const peil_situation *s, const peil_change *change, peil_published *p) {
    const size_t k = place_of(s, p->period);
    (void)change;
    if (k == 0 || k == s->nperiods) return false;
    p->period = s->periods[k - 1];
    return true;
}

static bool look_after(const peil_situation *s, const peil_change *change, peil_published *p) {
    const size_t k = place_of(s, p->period);
    (void)change;
    if (k + 1 >= s->nperiods) return false;
    p->period = s->periods[k + 1];
    return true;
}

/* ---- groups ---- */

static size_t find_key(const peil_published *p, const char *variable) {
    size_t k = 0;
    while (k < p->nkeys && strcmp(p->keys[k].variable, variable) != 0) k++;
    return k;
}

/* One area can be the figure of one other, hardly of many. */
static peil_status list_groups(const peil_situation *s, const peil_convention *self,
                               peil_changes_list *out, peil_fault *fault) {
    peil_status status = PEIL_OK;
    for (size_t i = 0; s->nwrong == 1 && status == PEIL_OK && i < s->ngroups; i++) {
        const peil_published_key *g = &s->groups[i];
        const char *detail =
            peil_convention_word(s, &status, fault, "%s %s", g->variable, g->value);
        if (status == PEIL_OK) status = peil_changes_list_add(out, self, detail, NULL, i, fault);
    }
    return status;
}

static bool look_at_group(const peil_situation *s, const peil_change *change, peil_published *p) {
    const peil_published_key *g = &s->groups[change->item];
    const size_t k = find_key(p, g->variable);
    if (k == p->nkeys || peil_value_compare(p->keys[k].value, g->value) == 0) return false;
    p->keys[k].value = g->value;
    return true;
}

static bool look_within(const peil_situation *s, const peil_change *change, peil_published *p) {
    const peil_published_key *g = &s->groups[change->item];
    if (find_key(p, g->variable) < p->nkeys || p->nkeys == PEIL_PUBLISHED_BY_MOST) return false;
    p->keys[p->nkeys++] = *g;
    return true;
}

static peil_status list_variables(const peil_situation *s, const peil_convention *self,
                                  peil_changes_list *out, peil_fault *fault) {
    for (size_t i = 0; i < s->ngroups; i++) {
        const char *variable = s->groups[i].variable;
        if (i && strcmp(s->groups[i - 1].variable, variable) == 0) continue;
        PEIL_TRY(peil_changes_list_add(out, self, variable, variable, 0, fault));
    }
    return PEIL_OK;
}

static bool look_over(const peil_situation *s, const peil_change *change, peil_published *p) {
    const size_t k = find_key(p, change->text);
    (void)s;
    if (k == p->nkeys) return false;
    memmove(&p->keys[k], &p->keys[k + 1], (p->nkeys - k - 1) * sizeof *p->keys);
    p->nkeys--;
    return true;
}

const peil_convention peil_convention_other_period = {
    .name = "other-period",
    .aspect = PEIL_ASPECT_PERIOD,
    .phrase = {"with the data of %s", "met de gegevens van %s"},
    .list = list_periods,
    .look = look_at_period,
};

const peil_convention peil_convention_period_before = {
    .name = "period-before",
    .aspect = PEIL_ASPECT_PERIOD,
    .phrase = {"with the data of the period before", "met de gegevens van een periode eerder"},
    .list = list_shift,
    .look = look_before,
};

const peil_convention peil_convention_period_after = {
    .name = "period-after",
    .aspect = PEIL_ASPECT_PERIOD,
    .phrase = {"with the data of the period after", "met de gegevens van een periode later"},
    .list = list_shift,
    .look = look_after,
};

const peil_convention peil_convention_other_group = {
    .name = "other-group",
    .aspect = PEIL_ASPECT_GROUP,
    .phrase = {"with the data of %s", "met de gegevens van %s"},
    .list = list_groups,
    .look = look_at_group,
};

const peil_convention peil_convention_one_group = {
    .name = "one-group",
    .aspect = PEIL_ASPECT_GROUP,
    .phrase = {"with the data of %s alone", "met de gegevens van alleen %s"},
    .list = list_groups,
    .look = look_within,
};

const peil_convention peil_convention_all_groups = {
    .name = "all-groups",
    .aspect = PEIL_ASPECT_GROUP,
    .phrase = {"with the data of every %s together", "met de gegevens van elke %s samen"},
    .list = list_variables,
    .look = look_over,
};
