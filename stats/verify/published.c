/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/published.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/changes.h"

/* ---- order ---- */

/* NULL comes first. */
static int compare_words(const char *a, const char *b) {
    if (!a || !b) return (a != NULL) - (b != NULL);
    return peil_value_compare(a, b);
}

/* Totals first, then by variable. */
static int compare_variables(const peil_published *a, const peil_published *b) {
    if (a->nkeys != b->nkeys) return a->nkeys < b->nkeys ? -1 : 1;
    for (size_t k = 0; k < a->nkeys; k++) {
        const int order = strcmp(a->keys[k].variable, b->keys[k].variable);
        if (order) return order;
    }
    return 0;
}

static int compare_values(const peil_published *a, const peil_published *b) {
    for (size_t k = 0; k < a->nkeys; k++) {
        const int order = peil_value_compare(a->keys[k].value, b->keys[k].value);
        if (order) return order;
    }
    return 0;
}

int peil_published_compare(const peil_published *a, const peil_published *b) {
    if (a->indicator != b->indicator) return a->indicator < b->indicator ? -1 : 1;
    int order = compare_variables(a, b);
    if (order == 0) order = compare_words(a->period, b->period);
    return order ? order : compare_values(a, b);
}

/* Figures of one cell stay as they were found: those of the monitor first. */
static int in_order(const void *a, const void *b) {
    const peil_published *x = a, *y = b;
    int order = peil_published_compare(x, y);
    if (order == 0) order = compare_words(x->file, y->file);
    if (order == 0) order = x->line < y->line ? -1 : x->line > y->line;
    return order ? order : strcmp(x->text, y->text);
}

/* ---- the list ---- */

/* Variables are in order of their names, so that every file has the same one. */
static void sort_keys(peil_published *p) {
    for (size_t i = 1; i < p->nkeys; i++)
        for (size_t k = i; k > 0 && strcmp(p->keys[k - 1].variable, p->keys[k].variable) > 0; k--) {
            const peil_published_key moved = p->keys[k];
            p->keys[k] = p->keys[k - 1];
            p->keys[k - 1] = moved;
        }
}

peil_status peil_published_add(peil_published_list *list, const peil_published *added,
                               peil_fault *fault) {
    if (added->statement.relation == PEIL_UNMEASURED) return PEIL_OK;
    PEIL_TRY(
        peil_array_reserve(&list->list, &list->capacity, list->n + 1, sizeof *list->list, fault));
    list->list[list->n] = *added;
    sort_keys(&list->list[list->n++]);
    return PEIL_OK;
}

static peil_status add_own(const peil_monitor *monitor, size_t indicator, peil_published_list *out,
                           peil_fault *fault) {
    const peil_stated_list *stated = &monitor->indicators[indicator].published;
    for (size_t i = 0; i < stated->n; i++) {
        const peil_stated *s = &stated->list[i];
        const peil_published made = {.indicator = indicator,
                                     .period = s->period,
                                     .text = s->text,
                                     .statement = s->statement,
                                     .line = s->line};
        PEIL_TRY(peil_published_add(out, &made, fault));
    }
    return PEIL_OK;
}

static peil_status add_file(peil_monitor *monitor, size_t file, peil_published_list *out,
                            peil_report *report, peil_fault *fault) {
    const char *name = monitor->published.word[file];
    if (!name[0]) return PEIL_OK; /* refused already */
    peil_fault found = {0};
    const peil_status status = peil_published_file(monitor, name, out, report, &found);
    if (status == PEIL_EDATA) return peil_faults_add(&report->faults, &found, fault);
    if (status != PEIL_OK && fault) *fault = found;
    return status;
}

peil_status peil_published_gather(peil_monitor *monitor, peil_published_list *out,
                                  peil_report *report, peil_fault *fault) {
    const size_t n = monitor->published.n;
    PEIL_TRY(peil_array_make(&out->sheets, n, sizeof *out->sheets, fault));
    for (size_t i = 0; i < monitor->nindicators; i++) PEIL_TRY(add_own(monitor, i, out, fault));
    for (size_t f = 0; f < n; f++) PEIL_TRY(add_file(monitor, f, out, report, fault));
    if (out->n) qsort(out->list, out->n, sizeof *out->list, in_order);
    return report->faults.n ? PEIL_EDATA : PEIL_OK;
}

void peil_published_clear(peil_published_list *list) {
    for (size_t i = 0; i < list->nsheets; i++) peil_sheet_clear(&list->sheets[i]);
    free(list->sheets);
    free(list->list);
    *list = (peil_published_list){0};
}
