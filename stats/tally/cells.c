/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items of a view, calibrated, added up over the leaves of each cell. Only answers that a cell
 * has take room: a million different numbers in many areas are a million sums, not so many for each
 * area. */
#include <stdlib.h>

#include "core/array.h"
#include "tally/view.h"

/* An item as a word that sorts by answer, then by item. */
static uint64_t key_of(const peil_view *view, size_t item) {
    return (uint64_t)view->answer[item] << 32 | (uint32_t)item;
}

static uint32_t answer_of(uint64_t key) {
    return (uint32_t)(key >> 32);
}

static int by_key(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Items of one leaf are in order already. */
static void sort_keys(uint64_t *keys, size_t n) {
    for (size_t i = 1; i < n; i++)
        if (keys[i - 1] > keys[i]) {
            qsort(keys, n, sizeof *keys, by_key);
            return;
        }
}

/* Orders the items of each cell by answer, and counts the answers that each cell has. */
static void order_items(peil_view *view, uint64_t *keys) {
    size_t *start = view->sums.start;
    for (size_t c = 0; c < view->ncells; c++) {
        const size_t from = view->start[c], to = view->start[c + 1];
        for (size_t i = from; i < to; i++) keys[i] = key_of(view, i);
        sort_keys(keys + from, to - from);
        start[c + 1] = start[c];
        for (size_t i = from; i < to; i++)
            start[c + 1] += i == from || answer_of(keys[i]) != answer_of(keys[i - 1]);
    }
}

/* Adds the n items of one answer in one cell to the sum at `place`. */
static void add_items(peil_view *view, const uint64_t *keys, size_t n, size_t place) {
    peil_sum w[PEIL_MOMENTS] = {{0, 0}}, raw = {0, 0};
    view->sums.answer[place] = answer_of(keys[0]);
    for (size_t i = 0; i < n; i++) {
        const uint32_t item = (uint32_t)keys[i];
        view->sums.n[place] += view->n[item];
        const peil_real g = peil_view_g(view, item);
        for (size_t k = 0; k < view->nw; k++) peil_sum_add(&w[k], g * view->w[item * view->nw + k]);
        if (view->raw) peil_sum_add(&raw, g * view->raw[item]);
    }
    for (size_t k = 0; k < view->nw; k++) view->sums.w[place * view->nw + k] = w[k].high + w[k].low;
    if (view->raw) view->sums.raw[place] = raw.high + raw.low;
}

static void add_cell(peil_view *view, const uint64_t *keys, size_t cell) {
    const size_t to = view->start[cell + 1];
    size_t place = view->sums.start[cell];
    for (size_t i = view->start[cell], end; i < to; i = end) {
        for (end = i + 1; end < to && answer_of(keys[end]) == answer_of(keys[i]);) end++;
        add_items(view, keys + i, end - i, place++);
    }
}

static peil_status make_room(peil_view *view, peil_fault *fault) {
    peil_cell_sums *sums = &view->sums;
    const size_t n = sums->start[view->ncells];
    PEIL_TRY(peil_array_make(&sums->answer, n, sizeof *sums->answer, fault));
    PEIL_TRY(peil_array_make(&sums->n, n, sizeof *sums->n, fault));
    PEIL_TRY(peil_array_make(&sums->w, n * view->nw, sizeof *sums->w, fault));
    return view->raw ? peil_array_make(&sums->raw, n, sizeof *sums->raw, fault) : PEIL_OK;
}

peil_status peil_view_add_up(peil_view *view, peil_fault *fault) {
    uint64_t *keys = NULL;
    PEIL_TRY(peil_array_make(&view->sums.start, view->ncells + 1, sizeof *view->sums.start, fault));
    PEIL_TRY(peil_array_make(&keys, view->nitems, sizeof *keys, fault));
    order_items(view, keys);
    const peil_status status = make_room(view, fault);
    for (size_t c = 0; status == PEIL_OK && c < view->ncells; c++) add_cell(view, keys, c);
    free(keys);
    return status;
}
