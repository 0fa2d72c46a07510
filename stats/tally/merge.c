/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two tallies as one: sums only add, so nothing but ids must be made the same. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "tally/tally.h"

/* By pair of `from`: its number in `into`. */
static peil_status merge_pairs(peil_tally *into, const peil_tally *from, size_t cube,
                               const peil_translation *t, uint32_t **pair, peil_fault *fault) {
    const peil_pairs *pairs = &from->pairs[cube];
    *pair = NULL;
    PEIL_TRY(peil_array_make(pair, pairs->count, sizeof **pair, fault));
    for (uint32_t i = 0; i < pairs->count; i++)
        PEIL_TRY(peil_pairs_number(&into->pairs[cube], t->leaf[peil_pairs_first(pairs, i)],
                                   t->cell[cube][peil_pairs_second(pairs, i)], &(*pair)[i], fault));
    return PEIL_OK;
}

/* By number of `from`: its code in `into`. More numbers than are answers make moments of both. */
static peil_status merge_numbers(peil_tally *into, peil_tally *from, size_t question,
                                 uint32_t **code, peil_fault *fault) {
    peil_tally_question *to = &into->questions[question];
    const peil_tally_question *q = &from->questions[question];
    *code = NULL;
    PEIL_TRY(peil_array_make(code, q->numbers.count, sizeof **code, fault));
    for (size_t i = 0; i < q->numbers.count; i++)
        PEIL_TRY(peil_numbers_code(&to->numbers, q->numbers.values[i].a, q->numbers.values[i].b,
                                   &(*code)[i], fault));
    if (!to->is_moments && !q->is_moments && (to->shape.discrete || to->numbers.count <= PEIL_FEW))
        return PEIL_OK;
    PEIL_TRY(peil_tally_condense(into, question, fault));
    PEIL_TRY(peil_tally_condense(from, question, fault));
    PEIL_TRY(peil_tally_refine(into, question, q->scale_a, q->scale_b, fault));
    return peil_tally_refine(from, question, to->scale_a, to->scale_b, fault);
}

static peil_status merge_seen(peil_tally_question *to, const peil_tally_question *q,
                              const uint32_t *code, peil_fault *fault) {
    for (uint32_t i = 0; i < q->nseen; i++) {
        if (!q->seen[i]) continue;
        const size_t place = code ? code[i] : i;
        PEIL_TRY(peil_array_extend(&to->seen, &to->nseen, place + 1, 1, fault));
        to->seen[place] = 1;
    }
    return PEIL_OK;
}

/* By entry of `from`: its number in `into`. */
static peil_status merge_entries(peil_tally *into, const peil_tally *from, size_t question,
                                 size_t cube, const uint32_t *pair, const uint32_t *code,
                                 uint32_t *entry, peil_fault *fault) {
    peil_tally_question *to = &into->questions[question];
    const uint32_t ncodes = to->is_moments ? 1 : to->shape.ncodes;
    const size_t n = peil_entry_count(from, question, cube);
    for (uint32_t e = 0; e < n; e++) {
        uint32_t p, answer;
        peil_entry_place(from, question, cube, e, &p, &answer);
        if (code && !to->is_moments) answer = code[answer];
        if (ncodes)
            entry[e] = pair[p] * ncodes + answer;
        else
            PEIL_TRY(
                peil_pairs_number(&to->cubes[cube].entries, pair[p], answer, &entry[e], fault));
    }
    return PEIL_OK;
}

static peil_status merge_plane(peil_plane *into, const peil_plane *from, size_t count,
                               const uint32_t *entry, peil_fault *fault) {
    if (from->count == 0) return PEIL_OK;
    into->lanes = from->lanes;
    PEIL_TRY(peil_plane_resize(into, count, fault));
    return peil_plane_merge(into, from, entry, fault);
}

static peil_status merge_sums(peil_tally *into, const peil_tally *from, size_t question,
                              size_t cube, const uint32_t *entry, peil_fault *fault) {
    peil_sums *to = &into->questions[question].cubes[cube];
    const peil_sums *sums = &from->questions[question].cubes[cube];
    const size_t count = into->questions[question].is_moments
                             ? into->pairs[cube].count
                             : peil_entry_count(into, question, cube);
    PEIL_TRY(merge_plane(&to->n, &sums->n, count, entry, fault));
    PEIL_TRY(merge_plane(&to->zeros, &sums->zeros, count, entry, fault));
    for (size_t k = 0; k < PEIL_MOMENTS; k++) {
        PEIL_TRY(merge_plane(&to->w[k], &sums->w[k], count, entry, fault));
        PEIL_TRY(merge_plane(&to->ww[k], &sums->ww[k], count, entry, fault));
        PEIL_TRY(merge_plane(&to->replicate[k], &sums->replicate[k], count, entry, fault));
    }
    return PEIL_OK;
}

static peil_status merge_cube(peil_tally *into, const peil_tally *from, size_t question,
                              size_t cube, const uint32_t *pair, const uint32_t *code,
                              peil_fault *fault) {
    uint32_t *entry = NULL;
    PEIL_TRY(peil_array_make(&entry, peil_entry_count(from, question, cube), sizeof *entry, fault));
    peil_status status = merge_entries(into, from, question, cube, pair, code, entry, fault);
    if (status == PEIL_OK) status = merge_sums(into, from, question, cube, entry, fault);
    free(entry);
    if (status != PEIL_OK) return status;
    return peil_sketch_merge(&into->questions[question].cubes[cube].unanswered,
                             &from->questions[question].cubes[cube].unanswered, pair, fault);
}

static peil_status merge_question(peil_tally *into, peil_tally *from, size_t question,
                                  const peil_translation *t, uint32_t *const *pairs,
                                  peil_fault *fault) {
    uint32_t *numbers = NULL;
    const uint32_t *code = t->answer[question];
    peil_status status = PEIL_OK;
    into->questions[question].unanswered += from->questions[question].unanswered;
    if (into->questions[question].shape.coded) {
        status = merge_seen(&into->questions[question], &from->questions[question], code, fault);
    } else {
        status = merge_numbers(into, from, question, &numbers, fault);
        code = numbers;
    }
    for (size_t c = 0; c < into->ncubes && status == PEIL_OK; c++)
        status = merge_cube(into, from, question, c, pairs[c], code, fault);
    free(numbers);
    return status;
}

peil_status peil_tally_merge(peil_tally *into, peil_tally *from,
                             const peil_translation *translation, peil_fault *fault) {
    static const uint32_t all[] = {0};
    uint32_t **pairs = NULL;
    PEIL_TRY(peil_tally_raise(into, from->weight_scale, from->replicate_scale, fault));
    PEIL_TRY(peil_tally_raise(from, into->weight_scale, into->replicate_scale, fault));
    PEIL_TRY(peil_sketch_merge(&into->whole, &from->whole, all, fault));
    PEIL_TRY(peil_array_make(&pairs, into->ncubes, sizeof *pairs, fault));
    peil_status status = PEIL_OK;
    for (size_t c = 0; c < into->ncubes && status == PEIL_OK; c++)
        status = merge_pairs(into, from, c, translation, &pairs[c], fault);
    for (size_t c = 0; c < into->ncubes && status == PEIL_OK; c++)
        status = peil_sketch_merge(&into->everyone[c], &from->everyone[c], pairs[c], fault);
    for (size_t q = 0; q < into->nquestions && status == PEIL_OK; q++)
        status = merge_question(into, from, q, translation, pairs, fault);
    for (size_t c = 0; c < into->ncubes; c++) free(pairs[c]);
    free(pairs);
    return status;
}
