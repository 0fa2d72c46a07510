/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running sums over the answers: what a share or a quantile asks of a leaf or a cell, who gave one
 * of the answers from this one to that, is then two look-ups, however many answers there are. */
#include "core/array.h"
#include "tally/view.h"

static void run_up(peil_real *w, size_t from, size_t to) {
    peil_sum sum = {0, 0};
    for (size_t i = from; i < to; i++) {
        peil_sum_add(&sum, w[i]);
        w[i] = sum.high + sum.low;
    }
}

static void count_up(uint64_t *n, size_t from, size_t to) {
    for (size_t i = from + 1; i < to; i++) n[i] += n[i - 1];
}

static bool begins_run(const peil_view *view, size_t cell, size_t item) {
    return item == view->start[cell] || view->leaf[item] != view->leaf[item - 1] ||
           view->pattern[item] != view->pattern[item - 1];
}

static peil_status find_runs(peil_view *view, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&view->run_start, view->ncells + 1, sizeof *view->run_start, fault));
    for (size_t c = 0; c < view->ncells; c++) {
        view->run_start[c + 1] = view->run_start[c];
        for (size_t i = view->start[c]; i < view->start[c + 1]; i++)
            view->run_start[c + 1] += begins_run(view, c, i);
    }
    const size_t nruns = view->run_start[view->ncells];
    PEIL_TRY(peil_array_make(&view->run, nruns + 1, sizeof *view->run, fault));
    size_t run = 0;
    for (size_t c = 0; c < view->ncells; c++)
        for (size_t i = view->start[c]; i < view->start[c + 1]; i++)
            if (begins_run(view, c, i)) view->run[run++] = i;
    view->run[nruns] = view->nitems;
    return PEIL_OK;
}

static void run_up_cells(const peil_view *view, peil_real *w) {
    for (size_t c = 0; c < view->ncells; c++)
        run_up(w, view->sums.start[c], view->sums.start[c + 1]);
}

peil_status peil_view_run(peil_view *view, peil_fault *fault) {
    if (view->is_moments || view->pairs || view->nparts) return PEIL_OK;
    PEIL_TRY(find_runs(view, fault));
    for (size_t r = 0; r < view->run_start[view->ncells]; r++) {
        run_up(view->w, view->run[r], view->run[r + 1]);
        if (view->nww) run_up(view->ww, view->run[r], view->run[r + 1]);
        count_up(view->n, view->run[r], view->run[r + 1]);
    }
    for (size_t c = 0; c < view->ncells; c++)
        count_up(view->sums.n, view->sums.start[c], view->sums.start[c + 1]);
    run_up_cells(view, view->sums.w);
    for (size_t r = 0; r < view->replicates.n; r++)
        run_up_cells(view, view->replicates.w + r * peil_view_numbers(view));
    view->is_running = true;
    return PEIL_OK;
}

size_t peil_view_find(const uint32_t *answers, size_t from, size_t to, uint32_t answer) {
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (answers[middle] < answer)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
