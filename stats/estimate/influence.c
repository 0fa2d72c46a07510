/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/influence.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* A term of a contrast in one of its cells. */
struct peil_use {
    uint32_t cell, contrast, term;
    uint32_t number; /* of the term, among those of all contrasts */
};

static int by_cell(const void *a, const void *b) {
    const peil_use *x = a, *y = b;
    if (x->cell != y->cell) return x->cell < y->cell ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static size_t count_uses(const peil_contrast *contrasts, size_t n, size_t *nterms) {
    size_t count = 0;
    *nterms = 0;
    for (size_t i = 0; i < n; i++) {
        *nterms += contrasts[i].n;
        for (size_t t = 0; t < contrasts[i].n; t++) count += contrasts[i].terms[t]->domain.ncells;
    }
    return count;
}

static void list_uses(const peil_contrast *contrasts, size_t n, peil_use *uses) {
    size_t count = 0;
    uint32_t number = 0;
    bool in_order = true;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t t = 0; t < contrasts[i].n; t++, number++) {
            const peil_domain *domain = &contrasts[i].terms[t]->domain;
            for (size_t k = 0; k < domain->ncells; k++, count++) {
                uses[count] = (peil_use){domain->cells[k], i, t, number};
                in_order = in_order && (!count || by_cell(&uses[count - 1], &uses[count]) < 0);
            }
        }
    if (!in_order) qsort(uses, count, sizeof *uses, by_cell);
}

/* Whether a use adds to the influence of the use before it. */
static bool joins(const peil_use *uses, size_t i) {
    return i && uses[i - 1].cell == uses[i].cell && uses[i - 1].contrast == uses[i].contrast;
}

/* ---- pieces ---- */

static int by_number(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Where some term's answers that stand for yes begin or end, a piece does. */
static void cut_pieces(const peil_contrast *contrasts, size_t n, peil_influences *out) {
    size_t nends = 0;
    out->ends[nends++] = PEIL_LAST_ANSWER;
    for (size_t i = 0; i < n; i++)
        for (size_t t = 0; t < contrasts[i].n; t++) {
            const peil_domain *domain = &contrasts[i].terms[t]->domain;
            out->ends[nends++] = domain->first;
            out->ends[nends++] = domain->last + 1;
        }
    qsort(out->ends, nends, sizeof *out->ends, by_number);
    out->npieces = 0;
    for (size_t k = 0; k < nends; k++)
        if (out->ends[k] > (out->npieces ? out->ends[out->npieces - 1] : 0))
            out->ends[out->npieces++] = out->ends[k];
}

static peil_status make_pieces(const peil_contrast *contrasts, size_t n, size_t nterms,
                               peil_influences *out, peil_fault *fault) {
    const peil_view *view = contrasts[0].terms[0]->domain.view;
    out->npieces = view->nparts ? 0 : view->nanswers;
    if (!view->is_running) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&out->ends, &out->ends_capacity, 2 * nterms + 1, sizeof *out->ends,
                                fault));
    cut_pieces(contrasts, n, out);
    return PEIL_OK;
}

/* An answer of a piece. */
static uint32_t answer_of(const peil_view *view, const peil_influences *influences,
                          uint32_t piece) {
    if (!view->is_running) return piece;
    return piece ? influences->ends[piece - 1] : 0;
}

/* ---- influences ---- */

static void add_values(const peil_influences *influences, const peil_contrast *contrast, size_t t,
                       peil_real *values) {
    const peil_linear *term = contrast->terms[t];
    for (uint32_t p = 0; p < influences->npieces; p++)
        values[p] +=
            contrast->factors[t] * peil_domain_value(&term->domain, &term->influence,
                                                     answer_of(term->domain.view, influences, p));
}

static void add_poly(const peil_contrast *contrast, size_t t, peil_poly *poly) {
    const peil_poly z = peil_poly_about(&contrast->terms[t]->influence, poly->centre);
    for (size_t k = 0; k < sizeof z.c / sizeof *z.c; k++)
        poly->c[k] += contrast->factors[t] * z.c[k];
}

/* The values of every term by itself, which serve all cells where it is alone. */
static void value_terms(const peil_contrast *contrasts, size_t n, peil_influences *out) {
    peil_real *values = out->values;
    for (size_t i = 0; i < n; i++)
        for (size_t t = 0; t < contrasts[i].n; t++, values += out->npieces) {
            memset(values, 0, out->npieces * sizeof *values);
            add_values(out, &contrasts[i], t, values);
        }
}

/* Begins an influence, and its cell when that is a new one. */
static peil_influence *begin(const peil_view *view, size_t i, peil_influences *out) {
    const peil_use *use = &out->uses[i];
    peil_influence *influence = &out->list[out->n];
    if (!out->ncells || out->cells[out->ncells - 1].cell != use->cell)
        out->cells[out->ncells++] = (peil_influenced){use->cell, out->n, out->n};
    *influence = (peil_influence){.contrast = use->contrast,
                                  .poly.centre = view->pivot[use->cell],
                                  .values = use->number * out->npieces,
                                  .first = i};
    out->cells[out->ncells - 1].end = ++out->n;
    return influence;
}

/* Terms of one contrast that share a cell become one influence, with values of its own. */
static void add_up(const peil_contrast *contrasts, size_t nterms, size_t nuses,
                   peil_influences *out) {
    const peil_view *view = contrasts[0].terms[0]->domain.view;
    const size_t size = out->npieces * sizeof *out->values;
    size_t place = nterms * out->npieces;
    peil_influence *influence = NULL;
    for (size_t i = 0; i < nuses; i++) {
        const peil_use *use = &out->uses[i];
        const bool is_more = joins(out->uses, i);
        if (!is_more) influence = begin(view, i, out);
        influence->end = i + 1;
        if (view->is_moments) add_poly(&contrasts[use->contrast], use->term, &influence->poly);
        if (view->is_moments || view->nparts || !is_more) continue;
        if (!joins(out->uses, i - 1)) {
            memcpy(out->values + place, out->values + influence->values, size);
            influence->values = place;
            place += out->npieces;
        }
        add_values(out, &contrasts[use->contrast], use->term, out->values + influence->values);
    }
}

static peil_status make_influences(const peil_contrast *contrasts, size_t n, peil_influences *out,
                                   peil_fault *fault) {
    const peil_view *view = contrasts[0].terms[0]->domain.view;
    size_t nterms, nvalued;
    assert(!contrasts[0].terms[0]->domain.standard); /* it has an influence for each class */
    const size_t nuses = count_uses(contrasts, n, &nterms);
    out->n = out->ncells = 0;
    PEIL_TRY(peil_array_reserve(&out->uses, &out->uses_capacity, nuses, sizeof *out->uses, fault));
    PEIL_TRY(peil_array_reserve(&out->list, &out->capacity, nuses, sizeof *out->list, fault));
    PEIL_TRY(
        peil_array_reserve(&out->cells, &out->cells_capacity, nuses, sizeof *out->cells, fault));
    PEIL_TRY(make_pieces(contrasts, n, nterms, out, fault));
    list_uses(contrasts, n, out->uses);
    nvalued = nterms;
    for (size_t i = 0; i < nuses; i++) nvalued += joins(out->uses, i) && !joins(out->uses, i - 1);
    PEIL_TRY(peil_array_reserve(&out->values, &out->values_capacity, nvalued * out->npieces + 1,
                                sizeof *out->values, fault));
    if (!view->nparts) value_terms(contrasts, n, out);
    add_up(contrasts, nterms, nuses, out);
    return PEIL_OK;
}

/* ---- visits ---- */

/* Where the items of a cell begin, or in a view that runs its runs. */
static const size_t *places_of(const peil_view *view) {
    return view->is_running ? view->run_start : view->start;
}

/* The places of the cells, cell after cell, which is in the order of leaves already. */
static size_t list_visits(const peil_view *view, peil_influences *out) {
    for (uint32_t c = 0; c < out->ncells; c++) {
        const uint32_t cell = out->cells[c].cell;
        out->runs[c] = out->nvisits;
        for (size_t i = places_of(view)[cell]; i < places_of(view)[cell + 1]; i++) {
            const uint32_t leaf = view->leaf[view->is_running ? view->run[i] : i];
            out->visits[out->nvisits++] = (peil_visit){leaf, c, i};
        }
    }
    out->runs[out->ncells] = out->nvisits;
    return out->ncells;
}

/* Merges the runs a..b-1 and b..end-1; the first one goes first. */
static void merge_runs(const peil_visit *from, size_t a, size_t b, size_t end, peil_visit *to) {
    const size_t middle = b;
    for (size_t k = a; k < end; k++) {
        const bool is_first = a < middle && (b == end || from[a].leaf <= from[b].leaf);
        to[k] = is_first ? from[a++] : from[b++];
    }
}

static void swap_visits(peil_influences *out) {
    peil_visit *visits = out->visits;
    const size_t capacity = out->visits_capacity;
    out->visits = out->spare;
    out->visits_capacity = out->spare_capacity;
    out->spare = visits;
    out->spare_capacity = capacity;
}

/* Merges runs two by two until there is one. */
static void sort_visits(size_t nruns, peil_influences *out) {
    size_t *runs = out->runs;
    while (nruns > 1) {
        size_t left = 0;
        for (size_t r = 0; r < nruns; r += 2) {
            const size_t b = runs[r + 1], end = r + 2 <= nruns ? runs[r + 2] : b;
            merge_runs(out->visits, runs[r], b, end, out->spare);
            runs[left++] = runs[r];
        }
        runs[left] = out->nvisits;
        nruns = left;
        swap_visits(out);
    }
}

static size_t count_visits(const peil_view *view, const peil_influences *influences) {
    size_t count = 0;
    for (size_t c = 0; c < influences->ncells; c++) {
        const uint32_t cell = influences->cells[c].cell;
        count += places_of(view)[cell + 1] - places_of(view)[cell];
    }
    return count;
}

static peil_status make_visits(const peil_view *view, peil_influences *out, peil_fault *fault) {
    const size_t n = count_visits(view, out);
    out->nvisits = 0;
    PEIL_TRY(peil_array_reserve(&out->runs, &out->runs_capacity, out->ncells + 1, sizeof *out->runs,
                                fault));
    PEIL_TRY(
        peil_array_reserve(&out->visits, &out->visits_capacity, n, sizeof *out->visits, fault));
    PEIL_TRY(peil_array_reserve(&out->spare, &out->spare_capacity, n, sizeof *out->spare, fault));
    sort_visits(list_visits(view, out), out);
    return PEIL_OK;
}

peil_status peil_influences_make(const peil_contrast *contrasts, size_t n, peil_influences *out,
                                 peil_fault *fault) {
    PEIL_TRY(make_influences(contrasts, n, out, fault));
    return make_visits(contrasts[0].terms[0]->domain.view, out, fault);
}

peil_real peil_influence_of_parts(const peil_influences *influences,
                                  const peil_influence *influence, const peil_contrast *contrast,
                                  uint32_t answer) {
    peil_real value = 0;
    for (size_t i = influence->first; i < influence->end; i++) {
        const uint32_t t = influences->uses[i].term;
        const peil_linear *term = contrast->terms[t];
        value += contrast->factors[t] * peil_domain_value(&term->domain, &term->influence, answer);
    }
    return value;
}

void peil_influences_clear(peil_influences *influences) {
    free(influences->list);
    free(influences->cells);
    free(influences->ends);
    free(influences->values);
    free(influences->visits);
    free(influences->spare);
    free(influences->uses);
    free(influences->runs);
    *influences = (peil_influences){0};
}
