/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/leaves.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

static const peil_view *view_of(const peil_leaves *l) {
    return l->contrasts[0].terms[0]->domain.view;
}

/* ---- the sums of a visit ---- */

/* sum of w^2 y z, y and z polys about the pivot: the coefficients of their product against the
 * moments of w^2. */
static peil_real product_of_polys(const peil_view *view, const peil_poly *y, const peil_poly *z,
                                  const peil_real *ww) {
    static const size_t places[][3] = {
        {PEIL_ONE, PEIL_A, PEIL_B}, {PEIL_A, PEIL_AA, PEIL_AB}, {PEIL_B, PEIL_AB, PEIL_BB}};
    peil_settling sum = {0, 0};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            const size_t moment = view->pairs ? places[i][j] : i + j;
            if (moment < view->nww)
                peil_settle_add(&sum, y->c[peil_poly_place(view, i)] *
                                          z->c[peil_poly_place(view, j)] * ww[moment]);
        }
    return peil_settled(&sum);
}

/* The sum about the pivot may be rounding itself, near the mean: it is then small beside the square
 * root of weight times squares. */
static peil_real total_of_poly(const peil_view *view, const peil_poly *z, const peil_real *w) {
    const peil_real rounding = (peil_real)6.223015277861142e-61; /* 2^-200 */
    peil_settling sum = {0, 0};
    for (size_t k = 0; k < view->nw; k++)
        peil_settle_add(&sum, z->c[peil_poly_place(view, k)] * w[k]);
    const peil_real total = peil_settled(&sum), slope = z->c[PEIL_A];
    const bool is_rounding =
        !view->pairs && view->nw > 2 && total * total <= rounding * slope * slope * w[0] * w[2];
    return is_rounding ? 0 : total;
}

/* z: about the cell's pivot. */
static void add_moments(peil_leaves *l, const peil_influenced *cell, size_t item, peil_totals *to) {
    const peil_view *view = view_of(l);
    const peil_influence *list = l->influences.list;
    const peil_real *w = view->w + item * view->nw, *ww = view->ww + item * view->nww;
    for (size_t k = cell->first; k < cell->end; k++) {
        const peil_poly *z = &list[k].poly;
        assert(z->c[PEIL_AA] == 0 || !view->nww || view->nww == 5); /* the kind says it squares */
        peil_totals_add(to, list[k].contrast, total_of_poly(view, z, w));
        if (!view->nww) continue;
        if (l->calibrated) l->products[list[k].contrast] += total_of_poly(view, z, ww);
        for (size_t j = cell->first; j <= k; j++)
            *peil_totals_pair(to, list[k].contrast, list[j].contrast) +=
                product_of_polys(view, z, &list[j].poly, ww);
    }
}

/* The influence of a contrast at a piece. */
static peil_real value_of(const peil_leaves *l, const peil_influence *influence, uint32_t piece) {
    if (view_of(l)->nparts)
        return peil_influence_of_parts(&l->influences, influence,
                                       &l->contrasts[influence->contrast], piece);
    return l->influences.values[influence->values + piece];
}

/* Respondents of a cell with answers of one piece: the sums of their weights, and of the squares.
 */
static void add_piece(peil_leaves *l, const peil_influenced *cell, uint32_t piece, peil_real w,
                      peil_real ww, peil_totals *to) {
    const peil_influence *list = l->influences.list;
    for (size_t k = cell->first; k < cell->end; k++) {
        const peil_real z = value_of(l, &list[k], piece), product = z * ww;
        if (z == 0) continue;
        peil_totals_add(to, list[k].contrast, z * w);
        if (!view_of(l)->nww) continue;
        if (l->calibrated) l->products[list[k].contrast] += product;
        *peil_totals_pair(to, list[k].contrast, list[k].contrast) += z * product;
        for (size_t j = cell->first; j < k; j++) {
            const peil_real other = value_of(l, &list[j], piece);
            if (other != 0)
                *peil_totals_pair(to, list[k].contrast, list[j].contrast) += other * product;
        }
    }
}

/* In a view that runs: what a piece adds up to is the difference of two running sums. */
static void add_run(peil_leaves *l, const peil_influenced *cell, size_t run, peil_totals *to) {
    const peil_view *view = view_of(l);
    const size_t end = view->run[run + 1];
    peil_real w = 0, ww = 0; /* up to the piece */
    uint32_t piece = 0;
    for (size_t at = view->run[run]; at < end; piece++) {
        const size_t next = peil_view_find(view->answer, at, end, l->influences.ends[piece]);
        if (next == at) continue;
        const peil_real w_now = view->w[next - 1], ww_now = view->nww ? view->ww[next - 1] : 0;
        add_piece(l, cell, piece, w_now - w, ww_now - ww, to);
        w = w_now;
        ww = ww_now;
        at = next;
    }
}

static void add_item(peil_leaves *l, const peil_influenced *cell, size_t item, peil_totals *to) {
    const peil_view *view = view_of(l);
    if (view->is_moments)
        add_moments(l, cell, item, to);
    else
        add_piece(l, cell, view->answer[item], view->w[item], view->nww ? view->ww[item] : 0, to);
}

/* Adds what the contrasts are over a visit, with the start weights. */
static void add_visit(peil_leaves *l, const peil_visit *visit, peil_totals *to) {
    const peil_influenced *cell = &l->influences.cells[visit->at];
    if (view_of(l)->is_running)
        add_run(l, cell, visit->place, to);
    else
        add_item(l, cell, visit->place, to);
}

/* Its respondents with a weight above 0. */
static uint64_t count_visit(const peil_view *view, const peil_visit *visit) {
    return view->n[view->is_running ? view->run[visit->place + 1] - 1 : visit->place];
}

/* ---- residuals ---- */

static uint32_t pattern_of(const peil_view *view, const peil_visit *visit) {
    return view->pattern[view->is_running ? view->run[visit->place] : visit->place];
}

static size_t count_patterns(const peil_leaves *l) {
    return l->calibrated->fit->gram.x->npatterns;
}

static peil_real fitted_of(const peil_leaves *l, size_t contrast, uint32_t pattern) {
    return l->fitted[contrast * count_patterns(l) + pattern];
}

static void empty_part(peil_leaves *l) {
    for (size_t a = 0; a < l->part.n; a++) l->products[l->part.members[a]] = 0;
    peil_totals_empty(&l->part);
}

/* The sums of w z by pattern, then what the fit says of each contrast. */
static void fit(peil_leaves *l) {
    const size_t npatterns = count_patterns(l);
    memset(l->fitted, 0, l->n * npatterns * sizeof *l->fitted);
    for (size_t v = 0; v < l->influences.nvisits; v++) {
        const peil_visit *visit = &l->influences.visits[v];
        const uint32_t pattern = pattern_of(view_of(l), visit);
        add_visit(l, visit, &l->part);
        for (size_t a = 0; a < l->part.n; a++) {
            const uint32_t i = l->part.members[a];
            l->fitted[i * npatterns + pattern] += l->part.total[i];
        }
        empty_part(l);
    }
    for (size_t i = 0; i < l->n; i++) {
        memcpy(l->weighted, l->fitted + i * npatterns, npatterns * sizeof *l->weighted);
        peil_fit_apply(l->calibrated->fit, &l->room, l->weighted, l->fitted + i * npatterns);
    }
}

/* A visit with g-weights. Products of two residuals are those of the influences, less what is here
 * of an influence and the other's fit, and the products of two fits, which take_off_fitted adds. */
static void add_calibrated(peil_leaves *l, const peil_visit *visit) {
    const uint32_t pattern = pattern_of(view_of(l), visit);
    const peil_real g = l->calibrated->g[pattern];
    const peil_totals *part = &l->part;
    add_visit(l, visit, &l->part);
    for (size_t a = 0; a < part->n; a++) {
        const uint32_t i = part->members[a];
        peil_totals_add(&l->totals, i, g * part->total[i]);
        l->squares[i] += g * g * *peil_totals_pair(part, i, i);
        for (size_t b = 0; b <= a; b++)
            *peil_totals_pair(&l->totals, i, part->members[b]) +=
                g * g * *peil_totals_pair(part, i, part->members[b]);
        for (uint32_t j = 0; j < l->n; j++)
            *peil_totals_pair(&l->totals, i, j) -=
                (i == j ? 2 : 1) * g * g * fitted_of(l, j, pattern) * l->products[i];
    }
    empty_part(l);
}

/* Takes off what is fitted, of everybody of an item. */
static void take_off_fitted(peil_leaves *l, size_t item) {
    const peil_view *all = l->calibrated->everybody;
    const uint32_t pattern = all->pattern[item];
    const peil_real g = l->calibrated->g[pattern];
    for (uint32_t i = 0; i < l->n; i++) {
        const peil_real fitted = g * fitted_of(l, i, pattern);
        peil_totals_add(&l->totals, i, -fitted * all->w[item]);
        if (!all->nww) continue;
        const peil_real product = fitted * all->ww[item];
        l->squares[i] += fitted * product;
        for (uint32_t j = 0; j <= i; j++)
            *peil_totals_pair(&l->totals, i, j) += g * fitted_of(l, j, pattern) * product;
    }
}

/* What is left of a sum may be the rounding of its fit. */
static void settle_residuals(peil_leaves *l) {
    const peil_real rounding = PEIL_FIT_ROUNDING * PEIL_FIT_ROUNDING;
    peil_totals *t = &l->totals;
    for (size_t i = 0; i < l->n; i++) {
        if (t->total[i] * t->total[i] <= rounding * t->size[i] * t->size[i]) t->total[i] = 0;
        for (size_t j = 0; j <= i; j++) {
            peil_real *pair = peil_totals_pair(t, (uint32_t)i, (uint32_t)j);
            if (*pair * *pair <= rounding * l->squares[i] * l->squares[j]) *pair = 0;
        }
    }
    memset(l->squares, 0, l->n * sizeof *l->squares);
}

/* ---- leaf after leaf ---- */

static void clear_room(peil_leaves *l) {
    peil_totals_clear(&l->totals);
    peil_totals_clear(&l->part);
    peil_fit_room_clear(&l->room);
    free(l->products);
    free(l->weighted);
    free(l->fitted);
    free(l->squares);
    l->products = l->weighted = l->fitted = l->squares = NULL;
    l->width = 0;
}

static peil_status make_residuals(peil_leaves *l, size_t n, peil_fault *fault) {
    const size_t npatterns = count_patterns(l);
    if (npatterns && n > SIZE_MAX / npatterns) return peil_fail_memory(fault);
    PEIL_TRY(peil_fit_room_make(l->calibrated->fit, &l->room, fault));
    PEIL_TRY(peil_totals_make(&l->part, n, fault));
    PEIL_TRY(peil_array_make(&l->products, n, sizeof *l->products, fault));
    PEIL_TRY(peil_array_make(&l->squares, n, sizeof *l->squares, fault));
    PEIL_TRY(peil_array_make(&l->weighted, npatterns, sizeof *l->weighted, fault));
    return peil_array_make(&l->fitted, n * npatterns, sizeof *l->fitted, fault);
}

/* Room for n contrasts; on failure there is none. */
static peil_status make_room(peil_leaves *l, size_t n, peil_fault *fault) {
    if (n <= l->width) return PEIL_OK;
    clear_room(l);
    peil_status status = peil_totals_make(&l->totals, n, fault);
    if (status == PEIL_OK && l->calibrated) status = make_residuals(l, n, fault);
    if (status == PEIL_OK)
        l->width = n;
    else
        clear_room(l);
    return status;
}

peil_status peil_leaves_begin(const peil_contrast *contrasts, size_t n, peil_leaves *l,
                              peil_fault *fault) {
    PEIL_TRY(peil_influences_make(contrasts, n, &l->influences, fault));
    PEIL_TRY(make_room(l, n, fault));
    peil_totals_empty(&l->totals); /* a walk may have ended before its last leaf */
    l->contrasts = contrasts;
    l->n = n;
    l->visit = l->item = 0;
    if (l->calibrated) fit(l);
    return PEIL_OK;
}

/* Adds the visits to a leaf. */
static uint64_t add_visits(peil_leaves *l, uint32_t leaf) {
    const peil_influences *influences = &l->influences;
    uint64_t n = 0;
    for (; l->visit < influences->nvisits; l->visit++) {
        const peil_visit *visit = &influences->visits[l->visit];
        if (visit->leaf != leaf) break;
        n += count_visit(view_of(l), visit);
        if (l->calibrated)
            add_calibrated(l, visit);
        else
            add_visit(l, visit, &l->totals);
    }
    return n;
}

/* Everybody is in some leaf, the contrasts' own respondents among them. */
static bool next_calibrated(peil_leaves *l, uint32_t *leaf, uint64_t *n) {
    const peil_view *all = l->calibrated->everybody;
    if (l->item == all->nitems) return false;
    *leaf = all->leaf[l->item];
    *n = add_visits(l, *leaf);
    while (l->item < all->nitems && all->leaf[l->item] == *leaf) take_off_fitted(l, l->item++);
    settle_residuals(l);
    return true;
}

bool peil_leaves_next(peil_leaves *l, uint32_t *leaf, uint64_t *n) {
    peil_totals_empty(&l->totals);
    if (l->calibrated) return next_calibrated(l, leaf, n);
    if (l->visit == l->influences.nvisits) return false;
    *leaf = l->influences.visits[l->visit].leaf;
    *n = add_visits(l, *leaf);
    peil_totals_settle(&l->totals); /* someone who gives the same answer every year */
    return true;
}

void peil_leaves_clear(peil_leaves *l) {
    clear_room(l);
    peil_influences_clear(&l->influences);
    *l = (peil_leaves){0};
}
