/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/placing.h"

#include <string.h>

#include "report/changes.h"

/* ---- breakdowns ---- */

static bool has_same_variables(const peil_published *a, const peil_published *b) {
    bool are_same = a->nkeys == b->nkeys;
    for (size_t k = 0; are_same && k < a->nkeys; k++)
        are_same = strcmp(a->keys[k].variable, b->keys[k].variable) == 0;
    return are_same;
}

static peil_status add_word(peil_monitor *monitor, const peil_published *p, const char **out,
                            peil_fault *fault) {
    peil_text word = {0};
    char *copy = NULL;
    for (size_t k = 0; k < p->nkeys; k++)
        peil_text_add_format(&word, "%s`%s`", k ? "," : "", p->keys[k].variable);
    peil_status status = word.failed ? peil_fail_memory(fault) : PEIL_OK;
    if (status == PEIL_OK) status = peil_monitor_own(monitor, &copy, word.length + 1, 1, fault);
    if (status == PEIL_OK) memcpy(copy, word.bytes, word.length);
    peil_text_clear(&word);
    *out = copy;
    return status;
}

/* The figures of an indicator stand together, and so do those of the same variables. */
peil_status peil_placing_set_breakdowns(peil_monitor *monitor, const peil_published_list *list,
                                        peil_fault *fault) {
    const char **words = NULL;
    PEIL_TRY(peil_monitor_own(monitor, &words, list->n, sizeof *words, fault));
    monitor->margins = false;
    for (size_t i = 0; i < monitor->nindicators; i++) {
        monitor->indicators[i].by = (peil_words){0, NULL};
        monitor->indicators[i].has_by = true;
    }
    for (size_t i = 0; i < list->n; i++) {
        const peil_published *p = &list->list[i], *before = i ? p - 1 : NULL;
        peil_words *by = &monitor->indicators[p->indicator].by;
        if (p->nkeys == 0) continue;
        if (before && before->indicator == p->indicator && has_same_variables(before, p)) continue;
        if (by->n == 0) by->word = &words[i];
        PEIL_TRY(add_word(monitor, p, &words[(size_t)(by->word - words) + by->n], fault));
        by->n++;
    }
    return PEIL_OK;
}

/* ---- cells ---- */

static const peil_batch_column *column_of(const peil_study *study, size_t by) {
    return &study->pass->whole.batch.columns[study->plan.by[by]];
}

static bool is_period(const peil_monitor *monitor, const char *name) {
    return monitor->period && strcmp(monitor->period, name) == 0;
}

static const char *find_key(const peil_published *p, const char *variable) {
    for (size_t k = 0; k < p->nkeys; k++)
        if (strcmp(p->keys[k].variable, variable) == 0) return p->keys[k].value;
    return NULL;
}

size_t peil_placing_breakdown(const peil_monitor *monitor, const peil_study *study,
                              const peil_published *published) {
    const peil_plan *plan = &study->plan;
    for (size_t b = 0; b < plan->nbreakdowns; b++) {
        const peil_breakdown *breakdown = &plan->breakdowns[b];
        size_t found = 0;
        for (size_t k = 0; k < breakdown->nby; k++) {
            const char *name = column_of(study, breakdown->by[k])->name;
            found += is_period(monitor, name) || find_key(published, name);
        }
        if (found == breakdown->nby && found == published->nkeys + (monitor->period != NULL))
            return b;
    }
    return plan->nbreakdowns;
}

size_t peil_placing_value(const peil_tableau *tableau, size_t k, const char *value) {
    const peil_crossing *crossing = &tableau->crossing;
    const peil_batch_column *column = column_of(tableau->study, tableau->breakdown->by[k]);
    size_t labelled = crossing->nvalues[k];
    for (size_t i = 0; i < crossing->nvalues[k]; i++) {
        const char *text = peil_dictionary_text(&column->dictionary, crossing->values[k][i]);
        const char *label = peil_variable_label_of(&column->about, text);
        if (peil_value_compare(text, value) == 0) return i;
        if (column->origin == PEIL_AREAS && peil_area_is(text, value)) return i;
        if (label && strcmp(label, value) == 0 && labelled == crossing->nvalues[k]) labelled = i;
    }
    return labelled;
}

const char *peil_placing_wanted(const peil_monitor *monitor, const peil_tableau *tableau, size_t k,
                                const peil_published *published) {
    const char *name = column_of(tableau->study, tableau->breakdown->by[k])->name;
    return is_period(monitor, name) ? published->period : find_key(published, name);
}

uint32_t peil_placing_cell(const peil_monitor *monitor, const peil_tableau *tableau,
                           const peil_published *published) {
    const peil_crossing *crossing = &tableau->crossing;
    size_t cell = 0;
    for (size_t k = 0; k < crossing->nby; k++) {
        const char *wanted = peil_placing_wanted(monitor, tableau, k, published);
        const bool is_only = !wanted && crossing->nvalues[k] == 1;
        const size_t value = is_only  ? 0
                             : wanted ? peil_placing_value(tableau, k, wanted)
                                      : crossing->nvalues[k];
        if (value == crossing->nvalues[k]) return PEIL_NO_CELL;
        cell = cell * crossing->nvalues[k] + value;
    }
    return (uint32_t)cell;
}
