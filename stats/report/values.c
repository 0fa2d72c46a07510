/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/values.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/number.h"
#include "report/rank.h"

#define SHOWN_MOST 12     /* a variable with more answers is no question with a list of them */
#define LABELLED_MOST 100 /* unless they have labels */

typedef struct ordered {
    bool is_number; /* goes by `number`; only where all answers are numbers */
    peil_decimal number;
    uint32_t rank, code;
} ordered;

static int compare(const void *a, const void *b) {
    const ordered *x = a, *y = b;
    if (x->is_number != y->is_number) return x->is_number ? -1 : 1;
    return x->is_number ? peil_decimal_compare(x->number, y->number)
                        : (x->rank > y->rank) - (x->rank < y->rank);
}

/* Numbers stay in order when a text among them is declared missing. */
static void sort_values(const peil_profile *p, const uint32_t *ranks, ordered *values, size_t n) {
    for (uint32_t code = 0; code < n; code++) {
        const peil_value *value = &p->column->dictionary.values[code];
        values[code] =
            (ordered){value->is_number && p->numbers == p->given, value->number, ranks[code], code};
    }
    qsort(values, n, sizeof *values, compare);
}

peil_status peil_values_order(const peil_profile *profile, uint32_t **order, peil_fault *fault) {
    const size_t n = profile->column->dictionary.count;
    peil_batch_column told = *profile->column; /* borrowed: the order of all files' labels */
    uint32_t *ranks = NULL;
    ordered *values = NULL;
    told.about = profile->about;
    *order = NULL;
    PEIL_TRY(peil_array_make(&ranks, n, sizeof *ranks, fault));
    peil_status status = peil_array_make(&values, n, sizeof *values, fault);
    if (status == PEIL_OK) status = peil_rank_values(&told, NULL, ranks, fault);
    if (status == PEIL_OK) status = peil_array_make(order, n, sizeof **order, fault);
    if (status == PEIL_OK) sort_values(profile, ranks, values, n);
    for (size_t i = 0; i < n && status == PEIL_OK; i++) (*order)[i] = values[i].code;
    free(values);
    free(ranks);
    return status;
}

/* All weights of the answers, exactly. */
static peil_status sum_weights(const peil_profile *p, peil_real *sum, peil_fault *fault) {
    peil_plane all = {0};
    uint32_t *place = NULL;
    *sum = 0;
    if (p->weights.count == 0 || peil_profile_is_long(p)) return PEIL_OK;
    PEIL_TRY(peil_array_make(&place, p->weights.count, sizeof *place, fault));
    peil_status status = peil_plane_resize(&all, 1, fault);
    if (status == PEIL_OK) status = peil_plane_merge(&all, &p->weights, place, fault);
    if (status == PEIL_OK) *sum = peil_plane_real(&all, 0);
    peil_plane_clear(&all);
    free(place);
    return status;
}

/* The list as it grows. */
typedef struct list {
    const peil_profile *profile;
    peil_real weights; /* of all answers; 0: nobody weighs */
    peil_language language;
    peil_text *out;
    size_t begin; /* of out */
} list;

static void add_comma(const list *l) {
    if (l->out->length > l->begin) peil_text_add(l->out, ", ");
}

static void add_value(const list *l, uint32_t code) {
    const char *text = peil_profile_text(l->profile, code);
    const char *label = peil_variable_label_of(&l->profile->about, text);
    peil_text_add(l->out, text);
    if (label) peil_text_add_format(l->out, " %s", label);
}

static void add_share(const list *l, double percent) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.1f", percent);
    char *point = strchr(digits, '.');
    if (point && l->language == PEIL_DUTCH) *point = ',';
    peil_text_add_format(l->out, ", %s%%", digits);
}

static void add_answer(const list *l, uint32_t code) {
    add_comma(l);
    add_value(l, code);
    peil_text_add_format(l->out, " (%" PRIu64, l->profile->seen[code].given);
    if (l->weights > 0)
        add_share(l, (double)(100 * peil_plane_real(&l->profile->weights, code) / l->weights));
    peil_text_add(l->out, ")");
}

static bool has_label(const peil_profile *p, uint32_t code) {
    return peil_variable_label_of(&p->about, peil_profile_text(p, code)) != NULL;
}

static void add_answers(const list *l, const uint32_t *order) {
    const peil_profile *p = l->profile;
    const bool shows_all = p->distinct <= SHOWN_MOST;
    size_t shown = 0;
    for (size_t i = 0; i < p->nseen && shown < LABELLED_MOST; i++) {
        const uint32_t code = order[i];
        if (p->seen[code].given == 0 || !(shows_all || has_label(p, code))) continue;
        add_answer(l, code);
        shown++;
    }
    if (shown == 0 || shown == p->distinct) return;
    peil_text_add(l->out, ", ...");
}

/* Values that are declared missing; none of them when they are a whole range of numbers. */
static void add_lacked(const list *l, const uint32_t *order) {
    const peil_profile *p = l->profile;
    size_t n = 0;
    for (uint32_t code = 1; code < p->nseen; code++) n += p->seen[code].lacked > 0;
    for (size_t i = 0; i < p->nseen && n <= SHOWN_MOST; i++) {
        const uint32_t code = order[i];
        if (code == PEIL_MISSING_CODE || p->seen[code].lacked == 0) continue;
        add_comma(l);
        peil_text_add(l->out, "[");
        add_value(l, code);
        peil_text_add_format(l->out, " (%" PRIu64 ")]", p->seen[code].lacked);
    }
}

peil_status peil_values_add(const peil_profile *profile, peil_language language, peil_text *out,
                            peil_fault *fault) {
    list l = {.profile = profile, .language = language, .out = out, .begin = out->length};
    uint32_t *order = NULL;
    peil_status status = sum_weights(profile, &l.weights, fault);
    if (status == PEIL_OK) status = peil_values_order(profile, &order, fault);
    if (status == PEIL_OK) {
        add_answers(&l, order);
        add_lacked(&l, order);
    }
    free(order);
    return status == PEIL_OK && out->failed ? peil_fail_memory(fault) : status;
}

/* ---- weights ---- */

peil_weighing peil_weighing_of(const peil_profile *profile) {
    const peil_real sum = peil_moments_sum(&profile->moments);
    const peil_real squares = peil_moments_squares(&profile->moments);
    const peil_real above = (peil_real)(profile->numbers - profile->zeros);
    const peil_real deff = above * squares / (sum * sum);
    return (peil_weighing){(double)sum, (double)(sum / (peil_real)profile->numbers),
                           (double)peil_real_sqrt(peil_real_less(deff, 1)), (double)deff};
}

void peil_weighing_add(const peil_profile *profile, peil_language language, peil_text *out) {
    static const char *const words[][2] = {
        {"sum", "som"}, {"mean", "gemiddelde"}, {"cv", "cv"}, {"deff", "deff"}};
    static const int digits[] = {10, 6, 4, 4};
    const peil_weighing w = peil_weighing_of(profile);
    const double figures[] = {w.sum, w.mean, w.cv, w.deff};
    if (out->length) peil_text_add(out, "; ");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (!isfinite(figures[i])) continue; /* a sum of numbers that no weights are */
        peil_text_add_format(out, "%s ", words[i][language]);
        peil_number_add_plain(out, figures[i], digits[i], language);
        peil_text_add(out, ", ");
    }
    peil_text_add_format(out, "%s %" PRIu64, language == PEIL_DUTCH ? "nul" : "zero",
                         profile->zeros);
}
