/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sums of a view in every replicate of the weights. */
#include <stdlib.h>

#include "core/array.h"
#include "tally/view.h"

static peil_status make_room(peil_view *view, size_t n, size_t nsums, bool has_raw,
                             peil_fault *fault) {
    peil_replicate_sums *sums = &view->replicates;
    if (n > SIZE_MAX / (nsums * view->nw + 1)) return peil_fail_memory(fault);
    PEIL_TRY(peil_array_make(&sums->w, n * nsums * view->nw, sizeof *sums->w, fault));
    if (has_raw) PEIL_TRY(peil_array_make(&sums->raw, n * nsums, sizeof *sums->raw, fault));
    sums->n = n;
    return PEIL_OK;
}

peil_status peil_view_add_replicates(peil_view *view, size_t n, peil_fault *fault) {
    return make_room(view, n, view->sums.start[view->ncells], view->raw, fault);
}

size_t peil_view_sum_of(const peil_view *view, size_t cell, size_t item) {
    const peil_cell_sums *sums = &view->sums;
    const uint32_t answer = view->is_moments ? 0 : view->answer[item];
    return peil_view_find(sums->answer, sums->start[cell], sums->start[cell + 1], answer);
}

peil_view peil_view_in_replicate(const peil_view *view, size_t r) {
    peil_view shadow = *view;
    shadow.sums.w = view->replicates.w + r * peil_view_numbers(view);
    if (view->raw) shadow.sums.raw = view->replicates.raw + r * view->sums.start[view->ncells];
    return shadow;
}

bool peil_view_is_as_before(const peil_view *view, size_t cell, size_t r) {
    const peil_view here = peil_view_in_replicate(view, r);
    const peil_view before = peil_view_in_replicate(view, r - 1);
    for (size_t i = view->sums.start[cell]; i < view->sums.start[cell + 1]; i++) {
        if (view->raw && here.sums.raw[i] != before.sums.raw[i]) return false;
        for (size_t k = i * view->nw; k < (i + 1) * view->nw; k++)
            if (here.sums.w[k] != before.sums.w[k]) return false;
    }
    return true;
}

/* ---- of the replicate weights in the data ---- */

/* Moments of the data, still whole numbers. */
typedef struct gathered {
    size_t nmoments; /* planes that are there: one for answers */
    peil_plane planes[PEIL_MOMENTS];
    peil_real units[PEIL_MOMENTS]; /* 10 to their decimals */
} gathered;

static peil_status gather(const peil_tally *tally, const peil_tally_question *q,
                          const peil_plane *from, const uint32_t *item, size_t nitems,
                          gathered *out, peil_fault *fault) {
    for (size_t k = 0; k < out->nmoments; k++) {
        const peil_powers p = peil_moment_powers(q->shape.pairs, k);
        out->planes[k].lanes = tally->keeping.replicates;
        out->units[k] =
            peil_real_pow10(tally->replicate_scale + p.a * q->scale_a + p.b * q->scale_b);
        PEIL_TRY(peil_plane_resize(&out->planes[k], nitems, fault));
        if (from[k].count) PEIL_TRY(peil_plane_merge(&out->planes[k], &from[k], item, fault));
    }
    return PEIL_OK;
}

/* Moment k of every item to out[(replicate * nitems + item) * stride]. */
static void to_reals(const gathered *g, size_t k, size_t nitems, peil_real *out, size_t stride) {
    const peil_plane *plane = &g->planes[k];
    for (size_t r = 0; r < plane->lanes; r++)
        for (size_t i = 0; i < nitems; i++)
            out[(r * nitems + i) * stride] =
                peil_plane_real(plane, i * plane->lanes + r) / g->units[k];
}

/* The pivots of the items as whole numbers, which they are at the decimals of a. */
static peil_status take_pivots(const peil_view *view, int32_t scale, int64_t **factor,
                               peil_fault *fault) {
    const peil_real unit = peil_real_pow10(scale), half = (peil_real)0.5;
    *factor = NULL;
    PEIL_TRY(peil_array_make(factor, view->nitems, sizeof **factor, fault));
    for (size_t c = 0; c < view->ncells; c++)
        for (size_t i = view->start[c]; i < view->start[c + 1]; i++) {
            const peil_real pivot = view->pivot[c] * unit;
            (*factor)[i] = (int64_t)(pivot < 0 ? pivot - half : pivot + half);
        }
    return PEIL_OK;
}

/* To the view's pivots, as its own moments were (view.c). */
static peil_status shift(const peil_view *view, int32_t scale, gathered *g, peil_fault *fault) {
    int64_t *factor;
    PEIL_TRY(take_pivots(view, scale, &factor, fault));
    peil_status status = PEIL_OK;
    for (size_t i = 0; i + 1 < g->nmoments; i++)
        for (size_t j = g->nmoments - 1; j > i && status == PEIL_OK; j--)
            status = peil_plane_shift(&g->planes[j], &g->planes[j - 1], factor, 0, fault);
    free(factor);
    return status;
}

peil_status peil_view_take_replicates(const peil_tally *tally, size_t question, size_t cube,
                                      const uint32_t *item, peil_view *view, peil_fault *fault) {
    const peil_tally_question *q = &tally->questions[question];
    const size_t n = view->nitems;
    gathered g = {.nmoments = view->nw};
    PEIL_TRY(make_room(view, tally->keeping.replicates, n, view->raw, fault));
    peil_status status = gather(tally, q, q->cubes[cube].replicate, item, n, &g, fault);
    if (status == PEIL_OK && view->raw) {
        to_reals(&g, 1, n, view->replicates.raw, 1);
        status = shift(view, q->scale_a, &g, fault);
    }
    for (size_t k = 0; k < g.nmoments && status == PEIL_OK; k++)
        to_reals(&g, k, n, view->replicates.w + k, view->nw);
    for (size_t k = 0; k < g.nmoments; k++) peil_plane_clear(&g.planes[k]);
    return status;
}

/* The moments of a cell in one replicate, from the weights of its answers. */
static void condense_cell(const peil_view *answers, const peil_real *weights, size_t cell,
                          peil_view *view, size_t r) {
    const size_t item = view->start[cell], place = r * view->nitems + item;
    peil_sum sums[PEIL_MOMENTS] = {{0, 0}}, raw = {0, 0};
    if (item == view->start[cell + 1]) return;
    for (size_t i = answers->start[cell]; i < answers->start[cell + 1]; i++) {
        const peil_real a = answers->a[answers->answer[i]];
        const peil_real away = peil_real_less(a, view->pivot[cell]);
        peil_real term = weights[i];
        peil_sum_add(&raw, term * a);
        for (size_t k = 0; k < view->nw; k++, term *= away) peil_sum_add(&sums[k], term);
    }
    for (size_t k = 0; k < view->nw; k++)
        view->replicates.w[place * view->nw + k] = sums[k].high + sums[k].low;
    view->replicates.raw[place] = raw.high + raw.low;
}

peil_status peil_view_condense_replicates(const peil_view *answers, peil_view *view,
                                          peil_fault *fault) {
    const size_t n = answers->replicates.n;
    PEIL_TRY(make_room(view, n, view->nitems, true, fault));
    for (size_t r = 0; r < n; r++)
        for (size_t c = 0; c < view->ncells; c++)
            condense_cell(answers, answers->replicates.w + r * answers->nitems, c, view, r);
    return PEIL_OK;
}
