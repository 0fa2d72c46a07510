/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/taylor.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define ROUNDING ((peil_real)7.888609052210118e-31) /* 2^-100: less of a sum is its rounding */

/* A sum whose terms cancel but for their rounding is 0: size is the sum of what they are without
 * their signs. */
typedef struct settling {
    peil_real sum, size;
} settling;

static void settle_add(settling *s, peil_real x) {
    s->sum += x;
    s->size += x < 0 ? -x : x;
}

static void settle_merge(settling *s, const settling *other) {
    s->sum += other->sum;
    s->size += other->size;
}

static peil_real settled(const settling *s) {
    const peil_real rounding = ROUNDING * s->size;
    return s->sum <= rounding && s->sum >= -rounding ? 0 : s->sum;
}

/* The influences of a contrast by leaf: their total, the sum of their squares (respondents as
 * units), and how many respondents with a weight above 0. */
typedef struct leaf_sums {
    settling total;
    peil_real squares;
    uint64_t n;
    bool is_touched;
} leaf_sums;

/* A stratum or unit on the way up through the stages. */
typedef struct node {
    uint32_t id;
    settling total;
    peil_real squares;
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
};

peil_status peil_workspace_new(const peil_design *design, peil_workspace **out, peil_fault *fault) {
    peil_workspace *ws = NULL;
    const size_t n = design->nleaves;
    PEIL_TRY(peil_array_make(&ws, 1, sizeof *ws, fault));
    peil_status status = peil_array_make(&ws->leaves, n, sizeof *ws->leaves, fault);
    if (status == PEIL_OK) status = peil_array_make(&ws->touched, n, sizeof *ws->touched, fault);
    if (status == PEIL_OK) status = peil_array_make(&ws->units, n, sizeof *ws->units, fault);
    if (status == PEIL_OK) status = peil_array_make(&ws->strata, n, sizeof *ws->strata, fault);
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
    free(ws);
}

static int by_number(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
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

static void add_answers(const peil_view *view, size_t cell, const peil_real *z,
                        peil_workspace *ws) {
    for (size_t i = view->start[cell]; i < view->start[cell + 1]; i++) {
        leaf_sums *sums = touch(ws, view->leaf[i]);
        const peil_real influence = z[view->answer[i]];
        sums->n += view->n[i];
        settle_add(&sums->total, influence * view->w[i]);
        if (view->nww) sums->squares += influence * influence * view->ww[i];
    }
}

/* Answers before `end` that are in no earlier piece have influence z. */
typedef struct piece {
    uint32_t end;
    peil_real z;
} piece;

/* In a view that runs: a piece is the difference of two running sums. */
static void add_pieces(const peil_view *view, size_t cell, const piece *pieces, size_t n,
                       peil_workspace *ws) {
    for (size_t r = view->run_start[cell]; r < view->run_start[cell + 1]; r++) {
        size_t at = view->run[r];
        const size_t to = view->run[r + 1];
        leaf_sums *sums = touch(ws, view->leaf[at]);
        peil_real w = 0, ww = 0;
        sums->n += view->n[to - 1];
        for (size_t p = 0; p < n; p++) {
            const size_t next = peil_view_find(view->answer, at, to, pieces[p].end);
            if (next == at) continue;
            at = next;
            settle_add(&sums->total, pieces[p].z * (view->w[at - 1] - w));
            w = view->w[at - 1];
            if (!view->nww) continue;
            sums->squares += pieces[p].z * pieces[p].z * (view->ww[at - 1] - ww);
            ww = view->ww[at - 1];
        }
    }
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

/* z: about the cell's pivot. */
static void add_moments(const peil_view *view, size_t cell, const peil_poly *z,
                        peil_workspace *ws) {
    assert(z->c[PEIL_AA] == 0 || !view->nww || view->nww == 5); /* the kind says that it squares */
    for (size_t i = view->start[cell]; i < view->start[cell + 1]; i++) {
        leaf_sums *sums = touch(ws, view->leaf[i]);
        settling total = {0, 0};
        for (size_t k = 0; k < view->nw; k++)
            settle_add(&total, z->c[peil_poly_place(view, k)] * view->w[i * view->nw + k]);
        sums->n += view->n[i];
        settle_merge(&sums->total, &total);
        if (view->nww) sums->squares += square_moments(view, z, view->ww + i * view->nww);
    }
}

/* The signed sum of the influences of the terms in `mask` on one answer. */
static peil_real value_of(const peil_contrast *contrast, unsigned mask, uint32_t answer) {
    peil_real value = 0;
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_linear *term = contrast->terms[t];
        if (mask >> t & 1)
            value +=
                contrast->signs[t] * peil_domain_value(&term->domain, &term->influence, answer);
    }
    return value;
}

/* The same sum in a view that runs: it changes only where the answers begin or end that stand for
 * yes. */
static void add_terms_of_shares(const peil_contrast *contrast, unsigned mask, size_t cell,
                                peil_workspace *ws) {
    uint32_t ends[5] = {PEIL_LAST_ANSWER};
    piece pieces[5];
    size_t nends = 1, npieces = 0;
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_domain *domain = &contrast->terms[t]->domain;
        if (!(mask >> t & 1)) continue;
        ends[nends++] = domain->first;
        ends[nends++] = domain->last + 1;
    }
    qsort(ends, nends, sizeof *ends, by_number);
    uint32_t from = 0;
    for (size_t k = 0; k < nends; k++) {
        if (ends[k] == from) continue;
        pieces[npieces++] = (piece){ends[k], value_of(contrast, mask, from)};
        from = ends[k];
    }
    add_pieces(contrast->terms[0]->domain.view, cell, pieces, npieces, ws);
}

/* The same sum for each answer that a cell has. */
static void add_terms_of_answers(const peil_contrast *contrast, unsigned mask, size_t cell,
                                 peil_workspace *ws) {
    const peil_view *view = contrast->terms[0]->domain.view;
    for (size_t i = view->sums.start[cell]; i < view->sums.start[cell + 1]; i++) {
        const uint32_t answer = view->sums.answer[i];
        ws->values[answer] = value_of(contrast, mask, answer);
    }
    add_answers(view, cell, ws->values, ws);
}

/* The same sum as a poly about the cell's pivot. */
static void add_terms_of_moments(const peil_contrast *contrast, unsigned mask, size_t cell,
                                 peil_workspace *ws) {
    const peil_view *view = contrast->terms[0]->domain.view;
    peil_poly sum = {.centre = view->pivot[cell]};
    for (size_t t = 0; t < contrast->n; t++) {
        if (!(mask >> t & 1)) continue;
        const peil_poly z = peil_poly_about(&contrast->terms[t]->influence, view->pivot[cell]);
        for (size_t k = 0; k < 6; k++) sum.c[k] += contrast->signs[t] * z.c[k];
    }
    add_moments(view, cell, &sum, ws);
}

static void add_cell(const peil_contrast *contrast, unsigned mask, size_t cell,
                     peil_workspace *ws) {
    const peil_view *view = contrast->terms[0]->domain.view;
    if (view->is_moments)
        add_terms_of_moments(contrast, mask, cell, ws);
    else if (view->is_running)
        add_terms_of_shares(contrast, mask, cell, ws);
    else
        add_terms_of_answers(contrast, mask, cell, ws);
}

static peil_status make_room(const peil_view *view, peil_workspace *ws, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&ws->values, &ws->values_capacity, view->nanswers + 1,
                                sizeof *ws->values, fault));
    return peil_array_extend(&ws->terms, &ws->cells_capacity, view->ncells, 1, fault);
}

static void sort_touched(peil_workspace *ws) {
    for (size_t i = 1; i < ws->ntouched; i++)
        if (ws->touched[i - 1] > ws->touched[i]) {
            qsort(ws->touched, ws->ntouched, sizeof *ws->touched, by_number);
            return;
        }
}

static void spread(const peil_contrast *contrast, peil_workspace *ws) {
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_domain *domain = &contrast->terms[t]->domain;
        for (size_t k = 0; k < domain->ncells; k++)
            ws->terms[domain->cells[k]] |= (uint8_t)(1u << t);
    }
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_domain *domain = &contrast->terms[t]->domain;
        for (size_t k = 0; k < domain->ncells; k++) {
            const uint32_t cell = domain->cells[k];
            if (ws->terms[cell]) add_cell(contrast, ws->terms[cell], cell, ws);
            ws->terms[cell] = 0;
        }
    }
    sort_touched(ws);
}

/* ---- up through the stages ---- */

/* The strata of one stage in one unit of the stage above. */
typedef struct family {
    const peil_stage *stage;
    const node *strata;
    size_t n;
} family;

static node unit_of(uint32_t id, const settling *total) {
    return (node){id, *total, settled(total) * settled(total)};
}

static bool is_lonely(const peil_stratum *stratum) {
    return stratum->n == 1 && stratum->fraction != 1;
}

/* The mean of the units over all strata of the family. */
static peil_real grand_mean(const family *f) {
    peil_real total = 0, n = 0;
    for (size_t i = 0; i < f->n; i++) {
        total += settled(&f->strata[i].total);
        n += (peil_real)f->stage->strata[f->strata[i].id].n;
    }
    return total / n;
}

/* sum (t_i - tbar)^2; what is left of equal totals is rounding, and becomes 0. */
static peil_real spread_of(const node *s, peil_real n) {
    const peil_real total = settled(&s->total);
    const peil_real spread = s->squares - total * total / n;
    return spread <= ROUNDING * s->squares ? 0 : spread;
}

/* (1 - f) n/(n-1) sum (t_i - tbar)^2, which a lonely stratum cannot have. */
static peil_real stratum_variance(const family *f, const node *s, peil_lonely option) {
    const peil_stratum *stratum = &f->stage->strata[s->id];
    const peil_real n = (peil_real)stratum->n;
    if (stratum->n > 1) return (1 - stratum->fraction) * n / (n - 1) * spread_of(s, n);
    if (stratum->fraction == 1 || option != PEIL_LONELY_ADJUST) return 0;
    const peil_real away = settled(&s->total) - grand_mean(f);
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
        settling total = {0, 0};
        for (end = i; end < *n && here->strata[ws->strata[end].id].parent == parent; end++)
            settle_merge(&total, &ws->strata[end].total);
        if (counts)
            PEIL_TRY(family_variance(&(family){here, ws->strata + i, end - i}, option, out, first,
                                     fault));
        ws->units[nunits++] = unit_of(parent, &total);
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
            ws->strata[nstrata++] = (node){.id = stratum};
        settle_merge(&ws->strata[nstrata - 1].total, &ws->units[i].total);
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
        ws->units[i] = unit_of(ws->touched[i], &sums->total);
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
