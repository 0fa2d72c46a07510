/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A view of numbers as answers to one of moments: an item for each cell and leaf instead of one for
 * each answer there, so that the rest of a region costs as many steps as it has cells. */
#include "core/array.h"
#include "tally/view.h"

#define ROUNDING ((peil_real)7.888609052210118e-31) /* 2^-100 */

/* 1, a, a^2, ... */
static void take_powers(peil_real a, peil_real *powers) {
    powers[0] = 1;
    for (size_t k = 1; k < PEIL_MOMENTS; k++) powers[k] = powers[k - 1] * a;
}

/* The weighted mean of a cell's answers: near it, moments lose nothing. */
static peil_real mean_of(const peil_view *answers, size_t cell) {
    peil_sum sum = {0, 0}, weight = {0, 0};
    for (size_t i = answers->start[cell]; i < answers->start[cell + 1]; i++) {
        peil_sum_add(&sum, answers->w[i] * answers->a[answers->answer[i]]);
        peil_sum_add(&weight, answers->w[i]);
    }
    const peil_real all = weight.high + weight.low;
    return all > 0 ? (sum.high + sum.low) / all : 0;
}

static peil_status make_room(peil_view *view, size_t n, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&view->start, view->ncells + 1, sizeof *view->start, fault));
    PEIL_TRY(peil_array_make(&view->leaf, n, sizeof *view->leaf, fault));
    PEIL_TRY(peil_array_make(&view->answer, n, sizeof *view->answer, fault));
    PEIL_TRY(peil_array_make(&view->pattern, n, sizeof *view->pattern, fault));
    PEIL_TRY(peil_array_make(&view->n, n, sizeof *view->n, fault));
    PEIL_TRY(peil_array_make(&view->w, n * view->nw, sizeof *view->w, fault));
    PEIL_TRY(peil_array_make(&view->ww, n * view->nww, sizeof *view->ww, fault));
    PEIL_TRY(peil_array_make(&view->raw, n, sizeof *view->raw, fault));
    return peil_array_make(&view->pivot, view->ncells, sizeof *view->pivot, fault);
}

/* Adds an item of answers to the item of moments that it belongs to: the last one. */
static void add_item(peil_view *view, const peil_view *answers, size_t i, peil_real pivot) {
    const size_t item = view->nitems - 1;
    const uint32_t answer = answers->answer[i];
    peil_real powers[PEIL_MOMENTS];
    take_powers(peil_real_less(answers->a[answer], pivot), powers);
    view->n[item] += answers->n[i];
    for (size_t k = 0; k < view->nw; k++) view->w[item * view->nw + k] += answers->w[i] * powers[k];
    for (size_t k = 0; k < view->nww; k++)
        view->ww[item * view->nww + k] += answers->ww[i] * powers[k];
}

/* Where the mean of an item is that of its cell, the sum of w (a - pivot) is but its rounding: no
 * more than so much of the sum of w |a - pivot|, which is at most the root of w0 w2. */
static void settle_items(peil_view *view) {
    for (size_t i = 0; i < view->nitems; i++) {
        peil_real *w = view->w + i * view->nw;
        if (w[1] * w[1] <= ROUNDING * ROUNDING * w[0] * w[2]) w[1] = 0;
    }
}

peil_status peil_view_condense(const peil_view *answers, const peil_shape *shape, peil_view *view,
                               peil_fault *fault) {
    *view = (peil_view){.design = answers->design,
                        .ncells = answers->ncells,
                        .g = answers->g,
                        .is_moments = true,
                        .nw = peil_moment_count(shape, false),
                        .nww = answers->nww ? peil_moment_count(shape, true) : 0};
    peil_sum raw = {0, 0};
    PEIL_TRY(make_room(view, answers->nitems, fault));
    for (size_t c = 0; c < view->ncells; c++) {
        view->pivot[c] = mean_of(answers, c);
        for (size_t i = answers->start[c]; i < answers->start[c + 1]; i++) {
            const bool is_new = i == answers->start[c] ||
                                answers->leaf[i] != answers->leaf[i - 1] ||
                                answers->pattern[i] != answers->pattern[i - 1];
            if (is_new) {
                view->pattern[view->nitems] = answers->pattern[i];
                view->leaf[view->nitems++] = answers->leaf[i];
                raw = (peil_sum){0, 0};
            }
            add_item(view, answers, i, view->pivot[c]);
            peil_sum_add(&raw, answers->w[i] * answers->a[answers->answer[i]]);
            view->raw[view->nitems - 1] = raw.high + raw.low;
        }
        view->start[c + 1] = view->nitems;
    }
    settle_items(view);
    return PEIL_OK;
}
