/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/taylor.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define ROUNDING ((peil_real)7.888609052210118e-31) /* 2^-100: less of a sum is its rounding */
#define FITTED ((peil_real)8.470329472543003e-22)   /* 2^-70: less of a sum is that of its fit */

/* The influences of a contrast by leaf: their total, the sum of their squares (respondents as
 * units), and how many respondents with a weight above 0. Residuals: also the sizes of what adds up
 * to the two, to tell a residual from the rounding of a fit. */
typedef struct leaf_sums {
    peil_real total, squares;
    peil_real total_size, squares_size;
    uint64_t n;
    bool is_touched;
} leaf_sums;

/* A stratum or unit on the way up through the stages. */
typedef struct node {
    uint32_t id;
    peil_real total, squares;
} node;

struct peil_workspace {
    leaf_sums *leaves; /* by leaf */
    uint32_t *touched; /* the leaves that are touched */
    size_t ntouched;
    node *units, *strata; /* scratch of the walk: at most as many as leaves */
    peil_real *values;    /* by answer */
    size_t values_capacity;
    uint8_t *terms; /* by cell: bits of the terms that hold it */
    size_t cells_capacity;
    const peil_calibrated *calibrated; /* or NULL */
    peil_real *weighted, *fitted;      /* by pattern: the sum of w z, and what the fit says of z */
};

static peil_status make_calibrated(const peil_calibrated *calibrated, peil_workspace *ws,
                                   peil_fault *fault) {
    const size_t n = calibrated->fit->gram.x->npatterns;
    ws->calibrated = calibrated;
    PEIL_TRY(peil_array_make(&ws->weighted, n, sizeof *ws->weighted, fault));
    return peil_array_make(&ws->fitted, n, sizeof *ws->fitted, fault);
}

peil_status peil_workspace_new(const peil_design *design, const peil_calibrated *calibrated,
                               peil_workspace **out, peil_fault *fault) {
    peil_workspace *ws = NULL;
    const size_t n = design->nleaves;
    PEIL_TRY(peil_array_make(&ws, 1, sizeof *ws, fault));
    peil_status status = peil_array_make(&ws->leaves, n, sizeof *ws->leaves, fault);
    if (status == PEIL_OK) status = peil_array_make(&ws->touched, n, sizeof *ws->touched, fault);
    if (status == PEIL_OK) status = peil_array_make(&ws->units, n, sizeof *ws->units, fault);
    if (status == PEIL_OK) status = peil_array_make(&ws->strata, n, sizeof *ws->strata, fault);
    if (status == PEIL_OK && calibrated) status = make_calibrated(calibrated, ws, fault);
    if (status == PEIL_OK)
        *out = ws;
    else
        peil_workspace_free(ws);
    return status;
}

void peil_workspace_free(peil_workspace *ws) {
    if (!ws) return;
    free(ws->leaves);
    free(ws->touched);
    free(ws->units);
    free(ws->strata);
    free(ws->values);
    free(ws->terms);
    free(ws->weighted);
    free(ws->fitted);
    free(ws);
}

/* ---- influences to leaves ---- */

static leaf_sums *touch(peil_workspace *ws, uint32_t leaf) {
    leaf_sums *sums = &ws->leaves[leaf];
    if (!sums->is_touched) {
        *sums = (leaf_sums){.is_touched = true};
        ws->touched[ws->ntouched++] = leaf;
    }
    return sums;
}

/* A sum whose terms cancel but for their rounding is 0. */
typedef struct settling {
    peil_real sum, size;
} settling;

static peil_real size_of(peil_real x) {
    return x < 0 ? -x : x;
}

static void settle_add(settling *s, peil_real x) {
    s->sum += x;
    s->size += size_of(x);
}

static peil_real settled(const settling *s) {
    return size_of(s->sum) <= ROUNDING * s->size ? 0 : s->sum;
}

/* sum of w^2 z^2, z a poly about the pivot: its square's coefficients against the moments of w^2.
 */
static peil_real square_moments(const peil_view *view, const peil_poly *z, const peil_real *ww) {
    settling squares = {0, 0};
    if (view->pairs) {
        const peil_poly square = peil_poly_square(z);
        for (size_t k = 0; k < view->nww; k++) settle_add(&squares, square.c[k] * ww[k]);
        return settled(&squares);
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            if (i + j < view->nww)
                settle_add(&squares, z->c[peil_poly_place(view, i)] *
                                         z->c[peil_poly_place(view, j)] * ww[i + j]);
    return settled(&squares);
}

/* The influence of a contrast on one cell: by answer, or as a poly about the cell's pivot, or
 * worked out for each item where answers are many. */
typedef struct influence {
    const peil_contrast *contrast;
    unsigned mask; /* the terms that hold the cell */
    const peil_view *view;
    const peil_real *values; /* by answer */
    peil_poly poly;
} influence;

/* The signed sum of the terms' influences on an answer. */
static peil_real influence_of_answer(const peil_contrast *contrast, unsigned mask,
                                     uint32_t answer) {
    peil_real z = 0;
    for (size_t t = 0; t < contrast->n; t++)
        if (mask >> t & 1)
            z += contrast->signs[t] * peil_domain_value(&contrast->terms[t]->domain,
                                                        &contrast->terms[t]->influence, answer);
    return z;
}

static peil_real influence_of_item(const influence *z, size_t item) {
    const uint32_t answer = z->view->answer[item];
    return z->values ? z->values[answer] : influence_of_answer(z->contrast, z->mask, answer);
}

/* The poly against moments: the sum of w z, or of w^2 z. */
static peil_real settle_moments(const influence *z, const peil_real *moments) {
    settling total = {0, 0};
    for (size_t k = 0; k < z->view->nw; k++)
        settle_add(&total, z->poly.c[peil_poly_place(z->view, k)] * moments[k]);
    return settled(&total);
}

/* The sums of w z and w^2 z^2 over an item. */
typedef struct item_sums {
    peil_real total, squares;
} item_sums;

static item_sums sum_item(const influence *z, size_t item) {
    const peil_view *view = z->view;
    if (view->is_moments) {
        const peil_real *w = view->w + item * view->nw, *ww = view->ww + item * view->nww;
        return (item_sums){settle_moments(z, w),
                           view->nww ? square_moments(view, &z->poly, ww) : 0};
    }
    const peil_real value = influence_of_item(z, item);
    return (item_sums){value * view->w[item], view->nww ? value * value * view->ww[item] : 0};
}

/* The sum of w^2 z over an item. */
static peil_real sum_products(const influence *z, size_t item) {
    const peil_view *view = z->view;
    if (!view->nww) return 0;
    if (view->is_moments) return settle_moments(z, view->ww + item * view->nww);
    return influence_of_item(z, item) * view->ww[item];
}

static influence influence_on(const peil_contrast *contrast, unsigned mask, size_t cell,
                              peil_workspace *ws) {
    const peil_view *view = contrast->terms[0]->domain.view;
    influence z = {contrast,
                   mask,
                   view,
                   view->is_moments || view->nparts ? NULL : ws->values,
                   {.centre = view->pivot[cell]}};
    if (z.values)
        for (uint32_t a = 0; a < view->nanswers; a++)
            ws->values[a] = influence_of_answer(contrast, mask, a);
    for (size_t t = 0; t < contrast->n && view->is_moments; t++) {
        if (!(mask >> t & 1)) continue;
        const peil_poly term = peil_poly_about(&contrast->terms[t]->influence, view->pivot[cell]);
        for (size_t k = 0; k < 6; k++) z.poly.c[k] += contrast->signs[t] * term.c[k];
    }
    /* the kind says that it squares */
    assert(!view->is_moments || z.poly.c[PEIL_AA] == 0 || !view->nww || view->nww == 5);
    return z;
}

/* Adds a cell to the leaves. */
static void add_cell(const influence *z, size_t cell, peil_workspace *ws) {
    const peil_view *view = z->view;
    for (size_t i = view->start[cell]; i < view->start[cell + 1]; i++) {
        leaf_sums *sums = touch(ws, view->leaf[i]);
        const item_sums item = sum_item(z, i);
        sums->n += view->n[i];
        sums->total += item.total;
        sums->squares += item.squares;
    }
}

/* The same with g-weights; the squares are those of z - fitted but for what take_off_fitted adds.
 */
static void add_calibrated(const influence *z, size_t cell, peil_workspace *ws) {
    const peil_view *view = z->view;
    for (size_t i = view->start[cell]; i < view->start[cell + 1]; i++) {
        leaf_sums *sums = touch(ws, view->leaf[i]);
        const item_sums item = sum_item(z, i);
        const peil_real g = peil_view_g(view, i), total = g * item.total;
        sums->n += view->n[i];
        sums->total += total;
        sums->total_size += size_of(total);
        sums->squares +=
            g * g * (item.squares - 2 * ws->fitted[view->pattern[i]] * sum_products(z, i));
        sums->squares_size += g * g * item.squares;
    }
}

/* Adds a cell to what is to be fitted. */
static void weigh_cell(const influence *z, size_t cell, peil_workspace *ws) {
    const peil_view *view = z->view;
    for (size_t i = view->start[cell]; i < view->start[cell + 1]; i++)
        ws->weighted[view->pattern[i]] += sum_item(z, i).total;
}

static peil_status make_room(const peil_view *view, peil_workspace *ws, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&ws->values, &ws->values_capacity, view->nanswers + 1,
                                sizeof *ws->values, fault));
    return peil_array_extend(&ws->terms, &ws->cells_capacity, view->ncells, 1, fault);
}

static int by_leaf(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void sort_touched(peil_workspace *ws) {
    for (size_t i = 1; i < ws->ntouched; i++)
        if (ws->touched[i - 1] > ws->touched[i]) {
            qsort(ws->touched, ws->ntouched, sizeof *ws->touched, by_leaf);
            return;
        }
}

/* Visits every cell of the contrast once. */
static void visit(const peil_contrast *contrast, peil_workspace *ws,
                  void (*act)(const influence *z, size_t cell, peil_workspace *ws)) {
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_domain *domain = &contrast->terms[t]->domain;
        for (size_t k = 0; k < domain->ncells; k++) {
            const uint32_t cell = domain->cells[k];
            const unsigned mask = ws->terms[cell], earlier = (1u << t) - 1;
            if (mask & earlier) continue;
            const influence z = influence_on(contrast, mask, cell, ws);
            act(&z, cell, ws);
        }
    }
}

/* Notes which terms hold a cell, or that none does any more. */
static void mark(const peil_contrast *contrast, bool on, peil_workspace *ws) {
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_domain *domain = &contrast->terms[t]->domain;
        for (size_t k = 0; k < domain->ncells; k++) {
            uint8_t *terms = &ws->terms[domain->cells[k]];
            *terms = on ? *terms | (uint8_t)(1u << t) : 0;
        }
    }
}

static void fit(const peil_contrast *contrast, peil_workspace *ws) {
    peil_fit *fit = ws->calibrated->fit;
    memset(ws->weighted, 0, fit->gram.x->npatterns * sizeof *ws->weighted);
    visit(contrast, ws, weigh_cell);
    peil_fit_apply(fit, ws->weighted, ws->fitted);
}

/* Takes off what is fitted, of everybody. */
static void take_off_fitted(peil_workspace *ws) {
    const peil_view *all = ws->calibrated->everybody;
    for (size_t i = 0; i < all->nitems; i++) {
        leaf_sums *sums = touch(ws, all->leaf[i]);
        const peil_real fitted = ws->calibrated->g[all->pattern[i]] * ws->fitted[all->pattern[i]];
        const peil_real total = fitted * all->w[i];
        sums->total -= total;
        sums->total_size += size_of(total);
        if (!all->nww) continue;
        sums->squares += fitted * fitted * all->ww[i];
        sums->squares_size += fitted * fitted * all->ww[i];
    }
    for (size_t i = 0; i < ws->ntouched; i++) {
        leaf_sums *sums = &ws->leaves[ws->touched[i]];
        if (size_of(sums->total) <= FITTED * sums->total_size) sums->total = 0;
        if (size_of(sums->squares) <= FITTED * sums->squares_size) sums->squares = 0;
    }
}

static void spread(const peil_contrast *contrast, peil_workspace *ws) {
    mark(contrast, true, ws);
    if (ws->calibrated) {
        fit(contrast, ws);
        visit(contrast, ws, add_calibrated);
        take_off_fitted(ws);
    } else {
        visit(contrast, ws, add_cell);
    }
    mark(contrast, false, ws);
    sort_touched(ws);
}

/* ---- up through the stages ---- */

/* The strata of one stage in one unit of the stage above. */
typedef struct family {
    const peil_stage *stage;
    const node *strata;
    size_t n;
} family;

static bool is_lonely(const peil_stratum *stratum) {
    return stratum->n == 1 && stratum->fraction != 1;
}

/* The mean of the units over all strata of the family. */
static peil_real grand_mean(const family *f) {
    peil_real total = 0, n = 0;
    for (size_t i = 0; i < f->n; i++) {
        total += f->strata[i].total;
        n += (peil_real)f->stage->strata[f->strata[i].id].n;
    }
    return total / n;
}

/* sum (t_i - tbar)^2; what is left of equal totals is rounding, and becomes 0. */
static peil_real spread_of(const node *s, peil_real n) {
    const peil_real spread = s->squares - s->total * s->total / n;
    return spread <= ROUNDING * s->squares ? 0 : spread;
}

/* (1 - f) n/(n-1) sum (t_i - tbar)^2, which a lonely stratum cannot have. */
static peil_real stratum_variance(const family *f, const node *s, peil_lonely option) {
    const peil_stratum *stratum = &f->stage->strata[s->id];
    const peil_real n = (peil_real)stratum->n;
    if (stratum->n > 1) return (1 - stratum->fraction) * n / (n - 1) * spread_of(s, n);
    if (stratum->fraction == 1 || option != PEIL_LONELY_ADJUST) return 0;
    const peil_real away = s->total - grand_mean(f);
    return (1 - stratum->fraction) * away * away;
}

/* Names the first record that is in a lonely stratum of the family. */
static peil_status refuse_lonely(const family *f, peil_record *first, peil_fault *fault) {
    const peil_stratum *earliest = NULL;
    for (size_t i = 0; i < f->n; i++) {
        const peil_stratum *stratum = &f->stage->strata[f->strata[i].id];
        if (is_lonely(stratum) &&
            (!earliest || peil_record_is_before(stratum->first, earliest->first)))
            earliest = stratum;
    }
    if (first) *first = earliest->first;
    return peil_refuse(fault, earliest->first.record, "",
                       "the stratum of this record has one sampled unit; --lonely-psu says what to "
                       "do with it: certainty, adjust or average");
}

static peil_status family_variance(const family *f, peil_lonely option, peil_variance *out,
                                   peil_record *first, peil_fault *fault) {
    peil_real variance = 0;
    size_t lonely = 0;
    for (size_t i = 0; i < f->n; i++) {
        lonely += is_lonely(&f->stage->strata[f->strata[i].id]);
        variance += stratum_variance(f, &f->strata[i], option);
    }
    if (lonely && option == PEIL_LONELY_FAIL) return refuse_lonely(f, first, fault);
    if (lonely) out->used_lonely = true;
    if (lonely && option == PEIL_LONELY_AVERAGE)
        variance = lonely == f->n ? (peil_real)NAN
                                  : variance * (peil_real)f->n / (peil_real)(f->n - lonely);
    out->variance += variance * f->stage->strata[f->strata[0].id].lead;
    return PEIL_OK;
}

/* Adds the families' variances, and makes of each family its unit of the stage above. */
static peil_status close_stage(const peil_design *design, size_t stage, size_t *n,
                               peil_lonely option, peil_workspace *ws, peil_variance *out,
                               peil_record *first, peil_fault *fault) {
    const peil_stage *here = &design->stages[stage];
    const bool counts = stage == 0 || design->has_fpc; /* as R: later stages need an fpc */
    size_t nunits = 0;
    for (size_t i = 0, end; i < *n; i = end) {
        const uint32_t parent = here->strata[ws->strata[i].id].parent;
        peil_real total = 0;
        for (end = i; end < *n && here->strata[ws->strata[end].id].parent == parent; end++)
            total += ws->strata[end].total;
        if (counts)
            PEIL_TRY(family_variance(&(family){here, ws->strata + i, end - i}, option, out, first,
                                     fault));
        ws->units[nunits++] = (node){parent, total, total * total};
    }
    *n = nunits;
    return PEIL_OK;
}

/* Units to the strata that they were drawn in. */
static void gather_strata(const peil_stage *stage, size_t *n, peil_workspace *ws) {
    size_t nstrata = 0;
    for (size_t i = 0; i < *n; i++) {
        const uint32_t stratum = stage->stratum[ws->units[i].id];
        if (nstrata == 0 || ws->strata[nstrata - 1].id != stratum)
            ws->strata[nstrata++] = (node){stratum, 0, 0};
        ws->strata[nstrata - 1].total += ws->units[i].total;
        ws->strata[nstrata - 1].squares += ws->units[i].squares;
    }
    *n = nstrata;
}

static peil_status climb(const peil_design *design, peil_lonely option, peil_workspace *ws,
                         peil_variance *out, peil_record *first, peil_fault *fault) {
    size_t n = ws->ntouched;
    for (size_t i = 0; i < n; i++) {
        const leaf_sums *sums = &ws->leaves[ws->touched[i]];
        ws->strata[i] = (node){ws->touched[i], sums->total, sums->squares};
        ws->units[i] = (node){ws->touched[i], sums->total, sums->total * sums->total};
    }
    for (size_t stage = design->nstages; stage-- > 0;) {
        if (design->has_clusters) gather_strata(&design->stages[stage], &n, ws);
        PEIL_TRY(close_stage(design, stage, &n, option, ws, out, first, fault));
    }
    return PEIL_OK;
}

/* ---- degrees of freedom ---- */

static int64_t count_design(const peil_design *design) {
    const peil_stage *stage = &design->stages[0];
    int64_t df = 0;
    for (size_t h = 0; h < stage->nstrata; h++)
        if (stage->strata[h].nweighted) df += (int64_t)stage->strata[h].nweighted - 1;
    return df;
}

static int64_t count_df(const peil_design *design, peil_df rule, const peil_workspace *ws) {
    int64_t units = 0, strata = 0;
    uint32_t psu = PEIL_NONE, stratum = PEIL_NONE;
    if (rule == PEIL_DF_DESIGN) return count_design(design);
    for (size_t i = 0; i < ws->ntouched; i++) {
        const uint32_t leaf = ws->touched[i];
        const uint64_t n = ws->leaves[leaf].n;
        if (n == 0) continue;
        const bool is_new = design->stratum[leaf] != stratum;
        stratum = design->stratum[leaf];
        strata += is_new;
        if (rule == PEIL_DF_STRATA) {
            if (is_new) units += (int64_t)design->stages[0].strata[stratum].nweighted;
        } else if (!design->has_clusters) {
            units += (int64_t)n;
        } else {
            units += design->psu[leaf] != psu;
            psu = design->psu[leaf];
        }
    }
    return units - strata;
}

static void reset(peil_workspace *ws) {
    for (size_t i = 0; i < ws->ntouched; i++) ws->leaves[ws->touched[i]].is_touched = false;
    ws->ntouched = 0;
}

peil_real peil_variance_se(const peil_variance *variance) {
    const peil_real v = variance->variance;
    return v == v ? peil_real_sqrt(v) : v;
}

peil_status peil_taylor_variance(const peil_contrast *contrast, peil_rules rules,
                                 peil_workspace *ws, peil_variance *out, peil_record *lonely,
                                 peil_fault *fault) {
    const peil_view *view = contrast->terms[0]->domain.view;
    *out = (peil_variance){0};
    PEIL_TRY(make_room(view, ws, fault));
    spread(contrast, ws);
    out->df = count_df(view->design, rules.df, ws);
    const peil_status status = climb(view->design, rules.lonely, ws, out, lonely, fault);
    reset(ws);
    return status;
}
