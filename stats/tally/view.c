/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally/view.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "tally/span.h"

/* An entry of the tally and where it goes. */
typedef struct placed {
    uint32_t cell, leaf, pattern, answer, entry;
} placed;

static int by_place(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->cell != y->cell) return x->cell < y->cell ? -1 : 1;
    if (x->leaf != y->leaf) return x->leaf < y->leaf ? -1 : 1;
    if (x->pattern != y->pattern) return x->pattern < y->pattern ? -1 : 1;
    return (x->answer > y->answer) - (x->answer < y->answer);
}

static bool is_same_place(const placed *x, const placed *y) {
    return x->cell == y->cell && x->leaf == y->leaf && x->pattern == y->pattern &&
           x->answer == y->answer;
}

/* What building has at hand. */
typedef struct building {
    const peil_tally *tally;
    const peil_tally_question *question;
    const peil_sums *sums;
    size_t number, cube; /* of the question, of the cube */
    size_t nentries;
    uint32_t *item; /* by entry: its item, or PEIL_NONE */
} building;

static placed place_entry(const building *b, const peil_crossing *crossing,
                          const peil_design *design, const peil_answer_values *values,
                          uint32_t entry) {
    const peil_pairs *pairs = &b->tally->pairs[b->cube];
    uint32_t pair, code;
    peil_entry_place(b->tally, b->number, b->cube, entry, &pair, &code);
    const uint32_t base = peil_pairs_second(pairs, pair);
    return (placed){crossing->cell_of[base], design->rank[peil_pairs_first(pairs, pair)],
                    crossing->pattern_of ? crossing->pattern_of[base] : 0,
                    b->question->is_moments ? 0 : values->rank[code], entry};
}

static bool has_any(const peil_plane *plane, uint32_t entry) {
    return entry < plane->count && plane->words[entry * plane->width] != 0;
}

/* Whether nobody is in the entry. Someone with a weight of 0 is: the stratum has a member. */
static bool is_empty(const building *b, uint32_t entry) {
    return !has_any(&b->sums->n, entry) && !has_any(&b->sums->zeros, entry);
}

static peil_status make_items(peil_view *view, building *b, const placed *order, size_t n,
                              peil_fault *fault) {
    PEIL_TRY(peil_array_make(&view->start, view->ncells + 1, sizeof *view->start, fault));
    PEIL_TRY(peil_array_make(&view->leaf, n, sizeof *view->leaf, fault));
    PEIL_TRY(peil_array_make(&view->answer, n, sizeof *view->answer, fault));
    PEIL_TRY(peil_array_make(&view->pattern, n, sizeof *view->pattern, fault));
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !is_same_place(&order[i - 1], &order[i])) {
            view->leaf[view->nitems] = order[i].leaf;
            view->pattern[view->nitems] = order[i].pattern;
            view->answer[view->nitems++] = order[i].answer;
            view->start[order[i].cell + 1]++;
        }
        b->item[order[i].entry] = (uint32_t)view->nitems - 1;
    }
    for (size_t c = 0; c < view->ncells; c++) view->start[c + 1] += view->start[c];
    return PEIL_OK;
}

/* Sorts the entries that lie in the breakdown and numbers the items they add up to. */
static peil_status place_entries(peil_view *view, building *b, const peil_crossing *crossing,
                                 const peil_design *design, const peil_answer_values *values,
                                 peil_fault *fault) {
    placed *order = NULL;
    size_t n = 0;
    PEIL_TRY(peil_array_make(&b->item, b->nentries, sizeof *b->item, fault));
    PEIL_TRY(peil_array_make(&order, b->nentries, sizeof *order, fault));
    for (uint32_t entry = 0; entry < b->nentries; entry++) {
        b->item[entry] = PEIL_NONE;
        if (is_empty(b, entry)) continue;
        const placed place = place_entry(b, crossing, design, values, entry);
        if (place.cell != PEIL_NONE && place.answer != PEIL_NONE) order[n++] = place;
    }
    qsort(order, n, sizeof *order, by_place);
    const peil_status status = make_items(view, b, order, n, fault);
    free(order);
    return status;
}

static peil_status gather(const building *b, const peil_plane *from, size_t nitems,
                          peil_plane *into, peil_fault *fault) {
    PEIL_TRY(peil_plane_resize(into, nitems, fault));
    return peil_plane_merge(into, from, b->item, fault);
}

/* Numbers of one plane to reals, `stride` apart. */
static void to_reals(const peil_plane *plane, size_t nitems, int32_t scale, peil_real *out,
                     size_t stride) {
    const peil_real unit = peil_real_pow10(scale);
    for (size_t i = 0; i < nitems; i++) out[i * stride] = peil_plane_real(plane, i) / unit;
}

static peil_status take_counts(peil_view *view, const building *b, peil_fault *fault) {
    peil_plane n = {0};
    peil_status status = gather(b, &b->sums->n, view->nitems, &n, fault);
    if (status == PEIL_OK) status = peil_array_make(&view->n, view->nitems, sizeof *view->n, fault);
    for (size_t i = 0; i < view->nitems && status == PEIL_OK; i++)
        view->n[i] = n.words[i * n.width];
    peil_plane_clear(&n);
    return status;
}

/* ---- moments to their pivot ---- */

/* The mean of each cell to the nearest unit of the decimals, where that fits a word: near enough
 * for what is left of the moments to be small. */
static peil_status find_pivots(peil_view *view, const peil_plane *w, int64_t **factor,
                               peil_fault *fault) {
    const peil_real half = (peil_real)0.5;
    *factor = NULL;
    PEIL_TRY(peil_array_make(factor, view->nitems, sizeof **factor, fault));
    for (size_t c = 0; c < view->ncells; c++) {
        peil_real sum = 0, weight = 0;
        for (size_t i = view->start[c]; i < view->start[c + 1]; i++) {
            weight += peil_plane_real(&w[0], i);
            sum += peil_plane_real(&w[1], i);
        }
        const peil_real mean = weight > 0 ? sum / weight : 0;
        const bool fits = mean > -(peil_real)4e18 && mean < (peil_real)4e18;
        const int64_t pivot = fits ? (int64_t)(mean < 0 ? mean - half : mean + half) : 0;
        view->pivot[c] = (peil_real)pivot;
        for (size_t i = view->start[c]; i < view->start[c + 1]; i++) (*factor)[i] = pivot;
    }
    return PEIL_OK;
}

/* Moments about 0 to moments about the pivot, by repeated synthetic division (Horner). */
static peil_status shift(peil_plane *moments, size_t n, const int64_t *factor, peil_fault *fault) {
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = n - 1; j > i; j--)
            PEIL_TRY(peil_plane_shift(&moments[j], &moments[j - 1], factor, 0, fault));
    return PEIL_OK;
}

static peil_status gather_all(const building *b, const peil_plane *from, size_t n, size_t nitems,
                              peil_plane *into, peil_fault *fault) {
    for (size_t k = 0; k < n; k++) PEIL_TRY(gather(b, &from[k], nitems, &into[k], fault));
    return PEIL_OK;
}

static void to_moments(const peil_view *view, const building *b, const peil_plane *planes, size_t n,
                       int power, peil_real *out) {
    for (size_t k = 0; k < n; k++) {
        const peil_powers p = peil_moment_powers(view->pairs, k);
        const int32_t scale = power * b->tally->weight_scale + p.a * b->question->scale_a +
                              p.b * b->question->scale_b;
        to_reals(&planes[k], view->nitems, scale, out + k, n);
    }
}

/* Two numbers have no pivot: a ratio's residual cancels far less than a variance does. */
static peil_status move_to_pivot(peil_view *view, peil_plane *w, peil_plane *ww, const building *b,
                                 peil_fault *fault) {
    int64_t *factor = NULL;
    if (view->pairs) return PEIL_OK;
    to_reals(&w[1], view->nitems, b->tally->weight_scale + b->question->scale_a, view->raw, 1);
    peil_status status = find_pivots(view, w, &factor, fault);
    if (status == PEIL_OK) status = shift(w, view->nw, factor, fault);
    if (status == PEIL_OK && view->nww) status = shift(ww, view->nww, factor, fault);
    free(factor);
    for (size_t c = 0; c < view->ncells; c++)
        view->pivot[c] /= peil_real_pow10(b->question->scale_a);
    return status;
}

static peil_status take_sums(peil_view *view, const building *b, peil_fault *fault) {
    peil_plane w[PEIL_MOMENTS] = {{0}}, ww[PEIL_MOMENTS] = {{0}};
    const size_t n = view->nitems;
    peil_status status = peil_array_make(&view->pivot, view->ncells, sizeof *view->pivot, fault);
    if (status == PEIL_OK) status = peil_array_make(&view->w, n * view->nw, sizeof *view->w, fault);
    if (status == PEIL_OK)
        status = peil_array_make(&view->ww, n * view->nww, sizeof *view->ww, fault);
    if (status == PEIL_OK && view->is_moments)
        status = peil_array_make(&view->raw, n, sizeof *view->raw, fault);
    if (status == PEIL_OK) status = gather_all(b, b->sums->w, view->nw, n, w, fault);
    if (status == PEIL_OK) status = gather_all(b, b->sums->ww, view->nww, n, ww, fault);
    if (status == PEIL_OK && view->is_moments) status = move_to_pivot(view, w, ww, b, fault);
    if (status == PEIL_OK) {
        to_moments(view, b, w, view->nw, 1, view->w);
        to_moments(view, b, ww, view->nww, 2, view->ww);
    }
    for (size_t k = 0; k < PEIL_MOMENTS; k++) {
        peil_plane_clear(&w[k]);
        peil_plane_clear(&ww[k]);
    }
    return status;
}

static peil_status make_view(const peil_tally *tally, size_t question, size_t cube,
                             const peil_crossing *crossing, const peil_design *design,
                             const peil_answer_values *values, peil_view *view, peil_fault *fault) {
    const peil_tally_question *q = &tally->questions[question];
    building b = {.tally = tally, .question = q, .sums = &q->cubes[cube]};
    b.number = question;
    b.cube = cube;
    b.nentries = peil_entry_count(tally, question, cube);
    *view = (peil_view){.design = design,
                        .ncells = crossing->ncells,
                        .g = crossing->g,
                        .is_moments = q->is_moments,
                        .pairs = q->shape.pairs};
    view->nw = q->is_moments ? peil_moment_count(&q->shape, false) : 1;
    view->nww = q->is_moments ? peil_moment_count(&q->shape, true) : 1;
    if (!tally->keeping.squares) view->nww = 0;
    if (!q->is_moments) {
        view->nanswers = values->n;
        view->a = values->a;
        view->b = values->b;
        view->nparts = values->nparts;
        view->parts = values->parts;
    }
    peil_status status = place_entries(view, &b, crossing, design, values, fault);
    if (status == PEIL_OK) status = take_counts(view, &b, fault);
    if (status == PEIL_OK) status = take_sums(view, &b, fault);
    if (status == PEIL_OK && tally->keeping.replicates)
        status = peil_view_take_replicates(tally, question, cube, b.item, view, fault);
    free(b.item);
    return status;
}

/* Numbers that stay answers, as their order or their parts are looked at, or have become groups. */
static bool stay(const peil_answer_values *values) {
    return values && (values->is_grouped || values->nparts || values->are_ranked);
}

peil_status peil_view_make(const peil_tally *tally, size_t question, size_t cube,
                           const peil_crossing *crossing, const peil_design *design,
                           const peil_answer_values *values, peil_view *view, peil_fault *fault) {
    const peil_shape *shape = &tally->questions[question].shape;
    PEIL_TRY(make_view(tally, question, cube, crossing, design, values, view, fault));
    if (!shape->coded && !shape->pairs && !view->is_moments && !stay(values)) {
        peil_view answers = *view;
        peil_status status = peil_view_condense(&answers, shape, view, fault);
        if (status == PEIL_OK && answers.replicates.n)
            status = peil_view_condense_replicates(&answers, view, fault);
        peil_view_clear(&answers);
        if (status != PEIL_OK) return status;
    }
    PEIL_TRY(peil_view_add_up(view, fault));
    return tally->keeping.replicates
               ? peil_span_new(tally, question, cube, crossing, &view->span, fault)
               : PEIL_OK;
}

void peil_view_clear(peil_view *view) {
    free(view->start);
    free(view->leaf);
    free(view->answer);
    free(view->pattern);
    free(view->n);
    free(view->w);
    free(view->ww);
    free(view->pivot);
    free(view->raw);
    free(view->sums.start);
    free(view->sums.answer);
    free(view->sums.n);
    free(view->sums.w);
    free(view->sums.raw);
    free(view->replicates.w);
    free(view->replicates.raw);
    peil_span_free(view->span);
    free(view->run_start);
    free(view->run);
    *view = (peil_view){0};
}
