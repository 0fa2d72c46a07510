/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally/span.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/rank.h"

#define TOLERANCE 1e-5 /* R: degf */

struct peil_span {
    size_t nreplicates;
    bool is_whole;   /* the whole sample is one cell */
    peil_plane sums; /* those of the sketches with an answer, cell after cell */
    uint32_t *place; /* by sum: its number in the cell */
    size_t *start;   /* by cell, and one more */
    /* The last answer, as the categories of a question ask for the same. */
    bool has_answer;
    uint32_t *cells;
    size_t ncells, cells_capacity, rank;
};

/* ---- the sums of each cell ---- */

/* A slot of the first or the second sketch, by what it is added to. */
typedef struct part {
    uint32_t cell, place, slot;
    bool is_second;
} part;

static int by_cell(const void *a, const void *b) {
    const part *x = a, *y = b;
    if (x->cell != y->cell) return x->cell < y->cell ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* What is gathered from, and into what order. */
typedef struct gathering {
    const peil_sketch
        *sketches[2];        /* everybody, and those to be taken off; the latter may be NULL */
    uint32_t *sum[2];        /* by slot: the sum of the span, or PEIL_NONE */
    const peil_pairs *pairs; /* of the cube; NULL: the whole sample is one cell */
    const peil_crossing *crossing;
    part *parts;
    size_t nparts;
} gathering;

static size_t slots_of(const gathering *g, size_t which) {
    return g->sketches[which] ? g->sketches[which]->slots.count : 0;
}

static void list_parts(gathering *g, bool second) {
    for (uint32_t slot = 0; slot < slots_of(g, second); slot++) {
        const peil_pairs *slots = &g->sketches[second]->slots;
        const uint32_t pair = peil_pairs_first(slots, slot);
        const uint32_t cell =
            g->pairs ? g->crossing->cell_of[peil_pairs_second(g->pairs, pair)] : 0;
        g->sum[second][slot] = PEIL_NONE;
        if (cell != PEIL_NONE)
            g->parts[g->nparts++] = (part){cell, peil_pairs_second(slots, slot), slot, second};
    }
}

static peil_status number_sums(gathering *g, size_t ncells, peil_span *span, size_t *nsums,
                               peil_fault *fault) {
    PEIL_TRY(peil_array_make(&span->start, ncells + 1, sizeof *span->start, fault));
    PEIL_TRY(peil_array_make(&span->place, g->nparts, sizeof *span->place, fault));
    qsort(g->parts, g->nparts, sizeof *g->parts, by_cell);
    *nsums = 0;
    for (size_t i = 0; i < g->nparts; i++) {
        const part *here = &g->parts[i];
        if (i == 0 || by_cell(here - 1, here) != 0) {
            span->place[(*nsums)++] = here->place;
            span->start[here->cell + 1]++;
        }
        g->sum[here->is_second][here->slot] = (uint32_t)*nsums - 1;
    }
    for (size_t c = 0; c < ncells; c++) span->start[c + 1] += span->start[c];
    return PEIL_OK;
}

static peil_status gather(gathering *g, peil_span *span, peil_fault *fault) {
    size_t nsums;
    for (size_t k = 0; k < 2; k++)
        PEIL_TRY(peil_array_make(&g->sum[k], slots_of(g, k), sizeof(uint32_t), fault));
    PEIL_TRY(peil_array_make(&g->parts, slots_of(g, 0) + slots_of(g, 1), sizeof *g->parts, fault));
    list_parts(g, false);
    list_parts(g, true);
    PEIL_TRY(number_sums(g, g->pairs ? g->crossing->ncells : 1, span, &nsums, fault));
    span->sums.lanes = peil_sketch_lanes(span->nreplicates);
    PEIL_TRY(peil_plane_resize(&span->sums, nsums, fault));
    if (slots_of(g, 0))
        PEIL_TRY(peil_plane_merge(&span->sums, &g->sketches[0]->sums, g->sum[0], fault));
    if (slots_of(g, 1))
        PEIL_TRY(peil_plane_take_off(&span->sums, &g->sketches[1]->sums, g->sum[1], fault));
    return PEIL_OK;
}

peil_status peil_span_new(const peil_tally *tally, size_t question, size_t cube,
                          const peil_crossing *crossing, peil_span **out, peil_fault *fault) {
    *out = NULL;
    if (tally->keeping.ranks == PEIL_RANKS_NONE) return PEIL_OK;
    gathering g = {.sketches = {&tally->whole}};
    if (tally->keeping.ranks == PEIL_RANKS_OF_CELLS)
        g = (gathering){.sketches = {&tally->everyone[cube],
                                     &tally->questions[question].cubes[cube].unanswered},
                        .pairs = &tally->pairs[cube],
                        .crossing = crossing};
    peil_span *span = NULL;
    PEIL_TRY(peil_array_make(&span, 1, sizeof *span, fault));
    span->nreplicates = tally->keeping.replicates;
    span->is_whole = !g.pairs;
    const peil_status status = gather(&g, span, fault);
    free(g.sum[0]);
    free(g.sum[1]);
    free(g.parts);
    if (status == PEIL_OK)
        *out = span;
    else
        peil_span_free(span);
    return status;
}

void peil_span_free(peil_span *span) {
    if (!span) return;
    peil_plane_clear(&span->sums);
    free(span->place);
    free(span->start);
    free(span->cells);
    free(span);
}

/* ---- the rank ---- */

static void add_cell(const peil_span *span, size_t cell, double *matrix) {
    const size_t lanes = span->sums.lanes;
    for (size_t i = span->start[cell]; i < span->start[cell + 1]; i++)
        for (size_t lane = 0; lane < lanes; lane++)
            matrix[span->place[i] * lanes + lane] +=
                peil_plane_double(&span->sums, i * lanes + lane);
}

static peil_status find_rank(const peil_span *span, const uint32_t *cells, size_t ncells,
                             size_t *rank, peil_fault *fault) {
    const size_t lanes = span->sums.lanes, rows = peil_sketch_sums(span->nreplicates);
    double *matrix = NULL;
    PEIL_TRY(peil_array_make(&matrix, (rows + 2) * lanes, sizeof *matrix, fault));
    for (size_t k = 0; k < ncells; k++) add_cell(span, cells[k], matrix);
    *rank = peil_matrix_rank(matrix, rows, lanes, TOLERANCE, matrix + rows * lanes);
    free(matrix);
    return PEIL_OK;
}

static bool is_known(const peil_span *span, const uint32_t *cells, size_t ncells) {
    return span->has_answer && span->ncells == ncells &&
           memcmp(span->cells, cells, ncells * sizeof *cells) == 0;
}

static peil_status remember(peil_span *span, const uint32_t *cells, size_t ncells,
                            peil_fault *fault) {
    span->has_answer = false;
    PEIL_TRY(peil_array_reserve(&span->cells, &span->cells_capacity, ncells, sizeof *cells, fault));
    PEIL_TRY(find_rank(span, cells, ncells, &span->rank, fault));
    memcpy(span->cells, cells, ncells * sizeof *cells);
    span->ncells = ncells;
    span->has_answer = true;
    return PEIL_OK;
}

peil_status peil_span_rank(peil_span *span, const uint32_t *cells, size_t ncells, uint64_t n,
                           size_t *rank, peil_fault *fault) {
    static const uint32_t whole[] = {0};
    const bool are_few = !span->is_whole && n < span->nreplicates;
    if (span->is_whole) {
        cells = whole;
        ncells = 1;
    }
    if (!is_known(span, cells, ncells)) PEIL_TRY(remember(span, cells, ncells, fault));
    const bool is_found = span->rank < PEIL_RANK_KNOWN || span->sums.lanes == span->nreplicates;
    *rank = is_found ? span->rank : are_few ? (size_t)n : span->nreplicates;
    return PEIL_OK;
}
