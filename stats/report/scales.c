/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped scales for people to read, rule and source included. The sentences on a rule are made
 * of the same data that make the scores. */
#include "core/text.h"
#include "report/provenance.h"
#include "report/run.h"
#include "scale/scale.h"

static const char *const columns[] = {"scale", "part", "item", "text"};
enum { COLUMNS = sizeof columns / sizeof *columns };
typedef enum place { SCALE, PART, ITEM, TEXT } place;

/* The report being made. */
typedef struct listing {
    peil_report *report;
    bool is_dutch;
    const peil_scale *scale;
} listing;

/* Takes the text, and adds a row with it unless it is empty. item: from 1, or 0. */
static peil_status add_row(const listing *l, const char *part, size_t item, peil_text *text,
                           peil_fault *fault) {
    peil_cell *cells;
    peil_status status = text->failed ? peil_fail_memory(fault) : PEIL_OK;
    if (status == PEIL_OK && text->length) {
        status = peil_report_row(l->report, PEIL_UNIT_NONE, &cells, fault);
        if (status == PEIL_OK) status = peil_cell_text(&cells[SCALE], l->scale->name, false, fault);
        if (status == PEIL_OK) status = peil_cell_text(&cells[PART], part, false, fault);
        if (status == PEIL_OK && item) peil_cell_count(&cells[ITEM], item);
        if (status == PEIL_OK) status = peil_cell_text(&cells[TEXT], text->bytes, false, fault);
    }
    peil_text_clear(text);
    return status;
}

static peil_status add_words(const listing *l, const char *part, const char *words,
                             peil_fault *fault) {
    peil_text text = {0};
    if (words) peil_text_add(&text, words);
    return add_row(l, part, 0, &text, fault);
}

/* ---- rules ---- */

static bool is_sum(const peil_scale *s) {
    const int n = (int)s->nitems;
    return s->counting == PEIL_SCORE_MEAN && s->score_low == n * s->points_low &&
           s->score_high == n * s->points_high;
}

static bool is_plain_mean(const peil_scale *s) {
    return s->counting == PEIL_SCORE_MEAN && s->score_low == s->points_low &&
           s->score_high == s->points_high;
}

/* What is counted, in words. */
static const char *counting_words(const listing *l) {
    if (l->scale->counting == PEIL_SCORE_COUNT)
        return l->is_dutch ? "het aantal items met een punt" : "the number of items with a point";
    if (is_sum(l->scale) && !is_plain_mean(l->scale))
        return l->is_dutch ? "de som van de punten" : "the sum of the points";
    return l->is_dutch ? "het gemiddelde van de punten" : "the mean of the points";
}

static void add_counting(const listing *l, peil_text *out) {
    const peil_scale *s = l->scale;
    peil_text_add(out, counting_words(l));
    if (s->counting == PEIL_SCORE_MEAN && !is_sum(s) && !is_plain_mean(s))
        peil_text_add_format(out,
                             l->is_dutch ? ", van %d..%d naar een score van %d..%d"
                                         : ", from %d..%d to a score of %d..%d",
                             s->points_low, s->points_high, s->score_low, s->score_high);
    else
        peil_text_add_format(out, ", %d..%d", s->score_low, s->score_high);
}

static const char *missing_words(const listing *l) {
    if (l->scale->counting == PEIL_SCORE_COUNT)
        return l->is_dutch ? "; een ontbrekend item telt als 0" : "; a missing item counts as 0";
    if (l->scale->imputes)
        return l->is_dutch ? "; een ontbrekend item krijgt zijn gemiddelde in de steekproef"
                           : "; a missing item gets its mean in the sample";
    return l->is_dutch ? "; een ontbrekend item telt als het gemiddelde van de andere"
                       : "; a missing item counts as the mean of the others";
}

static void add_needed(const listing *l, peil_text *out) {
    const peil_scale *s = l->scale;
    if (s->min_valid == s->nitems) {
        peil_text_add(out, l->is_dutch ? "; elk item beantwoord" : "; every item answered");
        return;
    }
    peil_text_add_format(out,
                         l->is_dutch ? "; minstens %zu van de %zu items beantwoord"
                                     : "; at least %zu of the %zu items answered",
                         s->min_valid, s->nitems);
    peil_text_add(out, missing_words(l));
}

static peil_status add_rule(const listing *l, peil_fault *fault) {
    peil_text text = {0};
    add_counting(l, &text);
    add_needed(l, &text);
    return add_row(l, "rule", 0, &text, fault);
}

/* ---- classes ---- */

/* "<= 1", "2..4", "> 60": the ends of the score's range go without saying. */
static void add_bounds(const peil_scale *s, const peil_class *class, peil_text *out) {
    const bool has_low = class->low > s->score_low || class->above;
    const bool has_high = class->high < s->score_high || class->below;
    if (class->low == class->high)
        peil_text_add_format(out, "%d", class->low);
    else if (has_low && has_high && !class->above && !class->below)
        peil_text_add_format(out, "%d..%d", class->low, class->high);
    else if (has_low)
        peil_text_add_format(out, "%s %d", class->above ? ">" : ">=", class->low);
    else
        peil_text_add_format(out, "%s %d", class->below ? "<" : "<=", class->high);
}

static peil_status add_classes(const listing *l, peil_fault *fault) {
    peil_text text = {0};
    for (size_t i = 0; i < l->scale->nclasses; i++) {
        peil_text_add_format(&text, "%s%s: ", i ? "; " : "", l->scale->classes[i].name);
        add_bounds(l->scale, &l->scale->classes[i], &text);
    }
    return add_row(l, "classes", 0, &text, fault);
}

/* ---- items ---- */

static void add_label(const peil_scale *scale, size_t item, peil_text *out) {
    peil_text_add_format(out, "%s%s", item ? ", " : "", scale->items[item].label);
}

/* How a measure is written, with a variable for each item. */
static peil_status add_use(const listing *l, peil_fault *fault) {
    peil_text text = {0};
    peil_text_add_format(&text, "scale(%s: ", l->scale->name);
    for (size_t i = 0; i < l->scale->nitems; i++)
        peil_text_add_format(&text, "%sq%zu", i ? ", " : "", i + 1);
    peil_text_add(&text, ")");
    return add_row(l, "use", 0, &text, fault);
}

/* "label: text (1 = 0, 2 = 1)" */
static peil_status add_item(const listing *l, size_t item, peil_fault *fault) {
    const peil_scale_item *i = &l->scale->items[item];
    peil_text text = {0};
    peil_text_add(&text, i->label);
    if (i->text) peil_text_add_format(&text, ": %s", i->text);
    const char *open = " (";
    for (size_t k = 0; k < i->key->n; k++) {
        if (i->key->points[k] == PEIL_NO_CODE) continue;
        peil_text_add_format(&text, "%s%d = %d", open, i->key->first + (int)k, i->key->points[k]);
        open = ", ";
    }
    peil_text_add(&text, ")");
    return add_row(l, "item", item + 1, &text, fault);
}

static peil_status add_items(const listing *l, bool is_full, peil_fault *fault) {
    peil_text labels = {0};
    if (!is_full) {
        for (size_t i = 0; i < l->scale->nitems; i++) add_label(l->scale, i, &labels);
        return add_row(l, "items", 0, &labels, fault);
    }
    for (size_t i = 0; i < l->scale->nitems; i++) PEIL_TRY(add_item(l, i, fault));
    PEIL_TRY(add_words(l, "answers", l->scale->answers, fault));
    return add_use(l, fault);
}

/* ---- the whole ---- */

static peil_status add_scale(const listing *l, bool is_full, peil_fault *fault) {
    PEIL_TRY(add_words(l, "title", l->scale->title, fault));
    PEIL_TRY(add_items(l, is_full, fault));
    PEIL_TRY(add_rule(l, fault));
    PEIL_TRY(add_classes(l, fault));
    PEIL_TRY(
        add_words(l, "remark", l->scale->remark[l->is_dutch ? PEIL_DUTCH : PEIL_ENGLISH], fault));
    return add_words(l, "source", l->scale->source, fault);
}

static peil_status add_named(listing *l, const char *name, peil_fault *fault) {
    const char *nearest = peil_scale_nearest(name);
    l->scale = peil_scale_find(name);
    if (l->scale) return add_scale(l, true, fault);
    if (!nearest)
        return peil_fail(fault, PEIL_EUSAGE, "there is no scale '%.100s'; 'peil scales' lists them",
                         name);
    return peil_fail(fault, PEIL_EUSAGE,
                     "there is no scale '%.100s'; did you mean '%s'? 'peil scales' lists them",
                     name, nearest);
}

static peil_status make_listing(const peil_request *request, listing *l, peil_fault *fault) {
    for (size_t i = 0; i < COLUMNS; i++) PEIL_TRY(peil_report_column(l->report, columns[i], fault));
    l->report->nlead = TEXT;
    PEIL_TRY(peil_report_describe_given(request, l->report, fault));
    for (size_t i = 0; i < request->names.n; i++)
        PEIL_TRY(add_named(l, request->names.word[i], fault));
    for (size_t i = 0; request->names.n == 0 && peil_scales[i]; i++) {
        l->scale = peil_scales[i];
        PEIL_TRY(add_scale(l, false, fault));
    }
    return PEIL_OK;
}

peil_status peil_run_scales(const peil_request *request, peil_report *report, peil_fault *fault) {
    listing l = {.report = report, .is_dutch = request->language == PEIL_DUTCH};
    *report = (peil_report){.command = "scales"};
    const peil_status status = make_listing(request, &l, fault);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
