/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/replication.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* The methods, in the order of the help. */
#define ROWS(ROW)  \
    ROW(brr)       \
    ROW(fay)       \
    ROW(jk1)       \
    ROW(jkn)       \
    ROW(bootstrap) \
    ROW(sdr)       \
    ROW(acs)

#define DECLARE(name) extern const peil_replication peil_replication_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_replication_##name,
const peil_replication *const peil_replications[] = {ROWS(ADDRESS) NULL};

/* The same up to and including an equals sign, if the name has one. */
static bool is_word_of(const char *name, const char *word) {
    const char *equals = strchr(name, '=');
    return equals ? strncmp(name, word, (size_t)(equals - name) + 1) == 0 : strcmp(name, word) == 0;
}

const peil_replication *peil_replication_find(const char *word) {
    for (size_t i = 0; peil_replications[i]; i++)
        if (is_word_of(peil_replications[i]->name, word)) return peil_replications[i];
    return NULL;
}

peil_status peil_replicates_make(size_t n, peil_replicates *out, peil_fault *fault) {
    out->n = n;
    out->scale = 1;
    PEIL_TRY(peil_array_make(&out->rscales, n, sizeof *out->rscales, fault));
    for (size_t r = 0; r < n; r++) out->rscales[r] = 1;
    return PEIL_OK;
}

void peil_replicates_clear(peil_replicates *replicates) {
    free(replicates->rscales);
    free(replicates->base);
    free(replicates->step);
    free(replicates->times);
    free(replicates->own);
    free(replicates->first);
    *replicates = (peil_replicates){0};
}

peil_status peil_stratum_is_certain(const peil_stratum *stratum,
                                    const peil_replication_choice *choice, bool *is_certain,
                                    peil_record *record, peil_fault *fault) {
    *is_certain = stratum->fraction == 1 || (stratum->n == 1 && choice->lonely_is_certain);
    if (*is_certain || stratum->n > 1) return PEIL_OK;
    *record = stratum->first;
    return peil_refuse(
        fault, stratum->first.record, "",
        "the stratum of this record has one sampled unit, without which no replicate "
        "can do; with --lonely-psu certainty it adds nothing");
}

/* ---- the sums of a view ---- */

/* One kind of number that the items of a view have, with its sums. */
typedef struct numbers {
    const peil_view *view;
    const peil_real *items; /* `width` an item */
    size_t width;
    const peil_real *whole; /* `width` a sum: of the whole sample */
    peil_real *out;         /* by replicate: as whole */
    const size_t *sum_of;   /* by item: its sum */
} numbers;

/* The numbers of a cell among those of all. */
static size_t begin_of(const numbers *x, size_t cell) {
    return x->view->sums.start[cell] * x->width;
}

static size_t size_of(const numbers *x, size_t cell) {
    return begin_of(x, cell + 1) - begin_of(x, cell);
}

/* Where those of a sum are in a replicate. */
static peil_real *place_in(const numbers *x, size_t r, size_t sum) {
    return x->out + (r * x->view->sums.start[x->view->ncells] + sum) * x->width;
}

static uint32_t unit_of(const peil_replicates *rs, const peil_view *view, size_t item) {
    return rs->design->psu[view->leaf[item]];
}

static uint32_t stratum_of(const peil_replicates *rs, const peil_view *view, size_t item) {
    return rs->design->stratum[view->leaf[item]];
}

/* ---- units that count for more or less ---- */

static void multiply_item(const peil_replicates *rs, const numbers *x, size_t item) {
    const uint32_t *times = rs->times + unit_of(rs, x->view, item) * rs->n;
    const uint32_t stratum = stratum_of(rs, x->view, item);
    for (size_t k = 0; k < x->width; k++) {
        const peil_real value = x->items[item * x->width + k];
        const peil_real base = rs->base[stratum] * value, step = rs->step[stratum] * value;
        for (size_t r = 0; r < rs->n; r++)
            if (times[r] || base != 0) place_in(x, r, x->sum_of[item])[k] += base + step * times[r];
    }
}

static void multiply(const peil_replicates *rs, const numbers *x) {
    for (size_t i = 0; i < x->view->nitems; i++) multiply_item(rs, x, i);
}

/* ---- units that are left out ---- */

/* Room for the numbers of any cell. */
typedef struct scratch {
    peil_sum *sums;
    peil_real *stratum, *unit;
} scratch;

static peil_status make_scratch(const peil_view *view, scratch *out, peil_fault *fault) {
    size_t most = 0;
    for (size_t c = 0; c < view->ncells; c++) {
        const size_t n = (view->sums.start[c + 1] - view->sums.start[c]) * view->nw;
        if (n > most) most = n;
    }
    PEIL_TRY(peil_array_make(&out->sums, most, sizeof *out->sums, fault));
    PEIL_TRY(peil_array_make(&out->stratum, most, sizeof *out->stratum, fault));
    return peil_array_make(&out->unit, most, sizeof *out->unit, fault);
}

static void clear_scratch(scratch *s) {
    free(s->sums);
    free(s->stratum);
    free(s->unit);
}

/* The sums of the items from .. to - 1 of a cell. */
static void add_up(const numbers *x, size_t cell, size_t from, size_t to, peil_sum *sums,
                   peil_real *out) {
    const size_t n = size_of(x, cell);
    for (size_t k = 0; k < n; k++) sums[k] = (peil_sum){0, 0};
    for (size_t i = from; i < to; i++)
        for (size_t k = 0; k < x->width; k++)
            peil_sum_add(&sums[x->sum_of[i] * x->width + k - begin_of(x, cell)],
                         x->items[i * x->width + k]);
    for (size_t k = 0; k < n; k++) out[k] = sums[k].high + sums[k].low;
}

/* What is left of a cell when a part of a stratum, or none, is left out and the rest stands for it:
 * whole - stratum + n/(n-1) (stratum - part); exactly 0 where there is nobody else. */
static void leave_out(const numbers *x, size_t r, size_t cell, const peil_real *stratum,
                      const peil_real *part, peil_real n) {
    const peil_real *whole = x->whole + begin_of(x, cell);
    peil_real *out = place_in(x, r, x->view->sums.start[cell]);
    for (size_t k = 0; k < size_of(x, cell); k++) {
        const peil_real rest = part ? peil_real_less(stratum[k], part[k]) : stratum[k];
        out[k] = peil_real_less(whole[k], stratum[k]) + n / (n - 1) * rest;
    }
}

/* The items from .. to - 1 are those of a stratum in a cell. */
static void leave_out_units(const peil_replicates *rs, const numbers *x, size_t cell, size_t from,
                            size_t to, const scratch *s) {
    const uint32_t h = stratum_of(rs, x->view, from);
    const uint64_t n = rs->design->stages[0].strata[h].n;
    if (rs->first[h] == PEIL_NONE) return;
    add_up(x, cell, from, to, s->sums, s->stratum);
    for (size_t r = rs->first[h]; r < rs->first[h] + n; r++)
        leave_out(x, r, cell, s->stratum, NULL, (peil_real)n);
    for (size_t i = from, end; i < to; i = end) {
        const uint32_t u = unit_of(rs, x->view, i);
        for (end = i; end < to && unit_of(rs, x->view, end) == u;) end++;
        add_up(x, cell, i, end, s->sums, s->unit);
        leave_out(x, rs->own[u], cell, s->stratum, s->unit, (peil_real)n);
    }
}

/* Items of a cell stand in the order of leaves, so those of a stratum and of a unit are together.
 */
static void leave_out_all(const peil_replicates *rs, const numbers *x, const scratch *s) {
    const peil_view *view = x->view;
    for (size_t r = 0; r < rs->n; r++)
        memcpy(place_in(x, r, 0), x->whole, begin_of(x, view->ncells) * sizeof *x->whole);
    for (size_t c = 0; c < view->ncells; c++)
        for (size_t i = view->start[c], end; i < view->start[c + 1]; i = end) {
            const uint32_t h = stratum_of(rs, view, i);
            for (end = i; end < view->start[c + 1] && stratum_of(rs, view, end) == h;) end++;
            leave_out_units(rs, x, c, i, end, s);
        }
}

/* ---- both ---- */

static peil_status find_sums(const peil_view *view, size_t **sum_of, peil_fault *fault) {
    *sum_of = NULL;
    PEIL_TRY(peil_array_make(sum_of, view->nitems, sizeof **sum_of, fault));
    for (size_t c = 0; c < view->ncells; c++)
        for (size_t i = view->start[c]; i < view->start[c + 1]; i++)
            (*sum_of)[i] = peil_view_sum_of(view, c, i);
    return PEIL_OK;
}

peil_status peil_replicates_fill(const peil_replicates *replicates, peil_view *view,
                                 peil_fault *fault) {
    size_t *sum_of;
    scratch room = {0};
    PEIL_TRY(peil_view_add_replicates(view, replicates->n, fault));
    PEIL_TRY(find_sums(view, &sum_of, fault));
    const numbers all[] = {{view, view->w, view->nw, view->sums.w, view->replicates.w, sum_of},
                           {view, view->raw, 1, view->sums.raw, view->replicates.raw, sum_of}};
    const peil_status status = make_scratch(view, &room, fault);
    for (size_t k = 0; k < (view->raw ? 2 : 1) && status == PEIL_OK; k++)
        if (replicates->own)
            leave_out_all(replicates, &all[k], &room);
        else
            multiply(replicates, &all[k]);
    clear_scratch(&room);
    free(sum_of);
    return status;
}
