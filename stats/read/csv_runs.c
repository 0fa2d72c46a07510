/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/csv_runs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "read/csv_cut.h"

#define OPEN_BYTES ((size_t)1 << 20) /* as much of a row is gathered in one run */

struct peil_csv_runs {
    pthread_mutex_t turn; /* guards all below */
    peil_csv_blocks *blocks;
    peil_csv_cut cut;
    uint64_t dealt; /* rows, in the runs so far */
    char *rest;     /* of the last block, behind its cut */
    size_t rest_length, rest_capacity;
    bool is_at_end, is_stopped;
    peil_status status; /* of what comes next */
    peil_fault fault;
};

peil_status peil_csv_runs_make(peil_csv_blocks *blocks, peil_csv_runs **out, peil_fault *fault) {
    peil_csv_runs *runs = NULL;
    PEIL_TRY(peil_array_make(&runs, 1, sizeof *runs, fault));
    runs->blocks = blocks;
    runs->cut = (peil_csv_cut){.delimiter = blocks->head->delimiter, .quote = blocks->head->quote};
    if (pthread_mutex_init(&runs->turn, NULL) != 0) {
        free(runs);
        return peil_fail_memory(fault);
    }
    *out = runs;
    return PEIL_OK;
}

void peil_csv_runs_free(peil_csv_runs *runs) {
    if (!runs) return;
    pthread_mutex_destroy(&runs->turn);
    free(runs->rest);
    free(runs);
}

static peil_status append(char **bytes, size_t *length, size_t *capacity, const char *more,
                          size_t n, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(bytes, capacity, *length + n, 1, fault));
    if (n) memcpy(*bytes + *length, more, n);
    *length += n;
    return PEIL_OK;
}

/* Adds the next block up to its cut; what is behind that begins the next run. A block without a cut
 * leaves the turn where it is. */
static peil_status add_block(peil_csv_runs *runs, peil_csv_run *run, peil_fault *fault) {
    const char *block;
    size_t length;
    runs->status = peil_csv_blocks_next(runs->blocks, &block, &length, &runs->fault);
    if (runs->status != PEIL_OK) return PEIL_OK;
    runs->is_at_end = length == 0;
    const size_t cut = peil_csv_cut_find(&runs->cut, block, length);
    run->has_turn = cut == 0 && length;
    const size_t kept = cut ? cut : length;
    PEIL_TRY(append(&run->bytes, &run->length, &run->capacity, block, kept, fault));
    return append(&runs->rest, &runs->rest_length, &runs->rest_capacity, block + kept,
                  length - kept, fault);
}

/* The run begins with what was left of the block before. */
static peil_status begin(peil_csv_runs *runs, peil_csv_run *run, peil_fault *fault) {
    run->goes_on = run->has_turn;
    run->has_turn = true;
    run->length = 0;
    if (run->goes_on) return PEIL_OK;
    run->record = runs->dealt + 1;
    const size_t length = runs->rest_length;
    runs->rest_length = 0;
    return append(&run->bytes, &run->length, &run->capacity, runs->rest, length, fault);
}

static peil_status fill(peil_csv_runs *runs, peil_csv_run *run, peil_fault *fault) {
    PEIL_TRY(begin(runs, run, fault));
    while (run->has_turn && run->length < OPEN_BYTES && runs->status == PEIL_OK)
        PEIL_TRY(add_block(runs, run, fault));
    run->position = peil_source_position(runs->blocks->source);
    runs->dealt = runs->cut.records_at_cut;
    if (runs->status == PEIL_OK || run->length) return PEIL_OK;
    run->has_turn = false;
    runs->is_stopped = true;
    if (fault) *fault = runs->fault;
    return runs->status;
}

peil_status peil_csv_runs_take(peil_csv_runs *runs, peil_csv_run *run, peil_fault *fault) {
    peil_status status = PEIL_OK;
    if (!run->has_turn) pthread_mutex_lock(&runs->turn);
    if (runs->is_stopped || runs->is_at_end) {
        run->length = 0;
        run->has_turn = false;
    } else {
        status = fill(runs, run, fault);
    }
    if (status != PEIL_OK) {
        run->length = 0;
        run->has_turn = false;
        runs->is_stopped = true;
    }
    if (!run->has_turn) pthread_mutex_unlock(&runs->turn);
    return status;
}

void peil_csv_runs_stop(peil_csv_runs *runs, peil_csv_run *run) {
    if (!run->has_turn) pthread_mutex_lock(&runs->turn);
    runs->is_stopped = true;
    run->has_turn = false;
    pthread_mutex_unlock(&runs->turn);
}

bool peil_csv_runs_are_complete(peil_csv_runs *runs) {
    pthread_mutex_lock(&runs->turn);
    const bool is_complete = runs->is_at_end && !runs->is_stopped;
    pthread_mutex_unlock(&runs->turn);
    return is_complete;
}
