/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/ahead.h"

#include <stdlib.h>

#include "core/array.h"

#define FIGURES_MOST 2048

size_t peil_ahead_count(const peil_tableau *t) {
    const size_t n = t->ncategories ? FIGURES_MOST / t->ncategories + 1 : FIGURES_MOST;
    return n < PEIL_AHEAD_MOST ? n : PEIL_AHEAD_MOST;
}

/* The figures of one category that exist on both sides. */
typedef struct sides {
    size_t n;
    peil_ahead *of[PEIL_AHEAD_MOST];
    peil_linear *own, *rest;
    peil_difference *differences;
} sides;

static peil_status make_sides(const peil_tableau *t, const peil_opposed *groups, size_t n,
                              size_t category, sides *s, peil_ahead *out, peil_fault *fault) {
    s->n = 0;
    for (size_t i = 0; i < n; i++) {
        peil_ahead *made = &out[i * t->ncategories + category];
        if (groups[i].is_hidden) continue;
        PEIL_TRY(peil_difference_side(t, groups[i].own, category, &made->own, fault));
        PEIL_TRY(peil_difference_side(t, groups[i].rest, category, &made->rest, fault));
        if (!made->own.exists || !made->rest.exists) continue;
        s->own[s->n] = made->own;
        s->rest[s->n] = made->rest;
        s->of[s->n++] = made;
    }
    return PEIL_OK;
}

static peil_status make_category(const peil_tableau *t, const peil_opposed *groups, size_t n,
                                 size_t category, sides *s, peil_ahead *out, peil_fault *fault) {
    PEIL_TRY(make_sides(t, groups, n, category, s, out, fault));
    PEIL_TRY(peil_differences_from_rest(t, s->own, s->rest, s->n, s->differences, fault));
    for (size_t i = 0; i < s->n; i++) s->of[i]->difference = s->differences[i];
    return PEIL_OK;
}

static peil_status make_room(sides *s, size_t n, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&s->own, n, sizeof *s->own, fault));
    PEIL_TRY(peil_array_make(&s->rest, n, sizeof *s->rest, fault));
    return peil_array_make(&s->differences, n, sizeof *s->differences, fault);
}

peil_status peil_ahead_make(const peil_tableau *t, const peil_opposed *groups, size_t n,
                            peil_ahead *out, peil_fault *fault) {
    sides s = {0};
    peil_status status = make_room(&s, n, fault);
    for (size_t category = 0; category < t->ncategories && status == PEIL_OK; category++)
        status = make_category(t, groups, n, category, &s, out, fault);
    free(s.own);
    free(s.rest);
    free(s.differences);
    return status;
}
