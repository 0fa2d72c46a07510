/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* ---- shapes ---- */

peil_powers peil_moment_powers(bool pairs, size_t k) {
    static const peil_powers of_pairs[PEIL_MOMENTS] = {{0, 0}, {1, 0}, {0, 1},
                                                       {2, 0}, {1, 1}, {0, 2}};
    return pairs ? of_pairs[k] : (peil_powers){(int)k, 0};
}

size_t peil_moment_count(const peil_shape *shape, bool squared_weights) {
    if (shape->pairs) return 6;
    return squared_weights && shape->squares ? 5 : 3;
}

peil_status peil_tally_make(size_t ncubes, const peil_shape *shapes, size_t nquestions,
                            peil_keeping keeping, peil_tally *tally, peil_fault *fault) {
    *tally = (peil_tally){.ncubes = ncubes, .keeping = keeping};
    PEIL_TRY(peil_sketch_rows_make(keeping.replicates, &tally->sketching, fault));
    PEIL_TRY(peil_array_make(&tally->everyone, ncubes, sizeof *tally->everyone, fault));
    PEIL_TRY(peil_array_make(&tally->pairs, ncubes, sizeof *tally->pairs, fault));
    PEIL_TRY(peil_array_make(&tally->pair, ncubes, sizeof *tally->pair, fault));
    PEIL_TRY(peil_array_make(&tally->questions, nquestions, sizeof *tally->questions, fault));
    for (size_t q = 0; q < nquestions; q++) {
        tally->questions[q].shape = shapes[q];
        tally->has_everybody = tally->has_everybody || shapes[q].everybody;
        tally->nquestions++;
        PEIL_TRY(peil_array_make(&tally->questions[q].cubes, ncubes, sizeof(peil_sums), fault));
    }
    return PEIL_OK;
}

/* ---- decimals ---- */

/* The sums of a question that hold the weight to the power `power`. */
static peil_plane *planes_of(peil_sums *sums, int power) {
    return power == 1 ? sums->w : sums->ww;
}

/* More decimals, of each thing that is multiplied. */
typedef struct decimals {
    int32_t weight, replicate, a, b;
} decimals;

static peil_status scale_sums(peil_sums *sums, bool pairs, decimals more, peil_fault *fault) {
    for (size_t k = 0; k < PEIL_MOMENTS; k++) {
        const peil_powers p = peil_moment_powers(pairs, k);
        const int32_t of_answers = p.a * more.a + p.b * more.b;
        for (int power = 1; power <= 2; power++)
            PEIL_TRY(peil_plane_scale(&planes_of(sums, power)[k], power * more.weight + of_answers,
                                      fault));
        PEIL_TRY(peil_plane_scale(&sums->replicate[k], more.replicate + of_answers, fault));
    }
    return peil_plane_scale(&sums->unanswered.sums, more.replicate, fault);
}

peil_status peil_tally_raise(peil_tally *tally, int32_t weight_scale, int32_t replicate_scale,
                             peil_fault *fault) {
    decimals more = {weight_scale - tally->weight_scale, replicate_scale - tally->replicate_scale,
                     0, 0};
    if (more.weight < 0) more.weight = 0;
    if (more.replicate < 0) more.replicate = 0;
    if (more.weight == 0 && more.replicate == 0) return PEIL_OK;
    for (size_t q = 0; q < tally->nquestions; q++)
        for (size_t c = 0; c < tally->ncubes; c++)
            PEIL_TRY(scale_sums(&tally->questions[q].cubes[c], tally->questions[q].shape.pairs,
                                more, fault));
    for (size_t c = 0; c < tally->ncubes; c++)
        PEIL_TRY(peil_plane_scale(&tally->everyone[c].sums, more.replicate, fault));
    PEIL_TRY(peil_plane_scale(&tally->whole.sums, more.replicate, fault));
    tally->weight_scale += more.weight;
    tally->replicate_scale += more.replicate;
    return PEIL_OK;
}

peil_status peil_tally_refine(peil_tally *tally, size_t question, int32_t scale_a, int32_t scale_b,
                              peil_fault *fault) {
    peil_tally_question *q = &tally->questions[question];
    const int32_t a = scale_a > q->scale_a ? scale_a - q->scale_a : 0;
    const int32_t b = scale_b > q->scale_b ? scale_b - q->scale_b : 0;
    if (a == 0 && b == 0) return PEIL_OK;
    for (size_t c = 0; c < tally->ncubes; c++)
        PEIL_TRY(scale_sums(&q->cubes[c], q->shape.pairs, (decimals){0, 0, a, b}, fault));
    q->scale_a += a;
    q->scale_b += b;
    return PEIL_OK;
}

/* The most decimals among numbers that are there; at least 0. */
static int32_t most_decimals(const peil_decimal *numbers, size_t n) {
    int32_t most = 0;
    for (size_t i = 0; i < n; i++)
        if (numbers[i].scale > most && numbers[i].scale != PEIL_NO_ANSWER) most = numbers[i].scale;
    return most;
}

/* Whether a cube keeps the answers to a question. */
static bool is_kept(const peil_tally *tally, const peil_tally_question *q, size_t cube) {
    return (tally->has_everybody && cube + 1 == tally->ncubes) == q->shape.everybody;
}

/* ---- a batch ---- */

static peil_status make_room(peil_tally *tally, size_t rows, peil_fault *fault) {
    if (rows <= tally->room) return PEIL_OK;
    size_t room = tally->room;
    PEIL_TRY(peil_array_reserve(&tally->place, &room, rows, sizeof *tally->place, fault));
    room = tally->room;
    PEIL_TRY(peil_array_reserve(&tally->code, &room, rows, sizeof *tally->code, fault));
    for (size_t c = 0; c < tally->ncubes; c++) {
        room = tally->room;
        PEIL_TRY(peil_array_reserve(&tally->pair[c], &room, rows, sizeof **tally->pair, fault));
    }
    tally->room = rows;
    return PEIL_OK;
}

/* 1 for a weight above 0: who counts in n; and 1 for the others. */
static peil_status count_weights(peil_tally *tally, const peil_decimal *weight, size_t rows,
                                 peil_fault *fault) {
    peil_addends *ones = &tally->ones, *zeros = &tally->zeros;
    PEIL_TRY(
        peil_array_reserve(&ones->words, &ones->words_capacity, rows, sizeof *ones->words, fault));
    PEIL_TRY(peil_array_reserve(&zeros->words, &zeros->words_capacity, rows, sizeof *zeros->words,
                                fault));
    ones->width = zeros->width = 1;
    ones->bits = zeros->bits = 1;
    uint64_t *one = ones->words, *zero = zeros->words, any = 0;
    for (size_t i = 0; i < rows; i++) {
        one[i] = weight[i].digits > 0;
        zero[i] = !one[i];
        any |= zero[i];
    }
    tally->has_zeros = any;
    return PEIL_OK;
}

static peil_status take_weights(peil_tally *tally, const peil_codes *codes, peil_fault *fault) {
    const size_t rows = codes->rows;
    int32_t replicate_scale = 0;
    for (size_t r = 0; r < codes->nreplicates; r++) {
        const int32_t scale = most_decimals(codes->replicate[r], rows);
        if (scale > replicate_scale) replicate_scale = scale;
    }
    PEIL_TRY(peil_tally_raise(tally, most_decimals(codes->weight, rows), replicate_scale, fault));
    PEIL_TRY(count_weights(tally, codes->weight, rows, fault));
    PEIL_TRY(peil_addends_of(&tally->w, codes->weight, rows, tally->weight_scale, fault));
    if (tally->keeping.squares)
        PEIL_TRY(peil_addends_multiply(&tally->ww, &tally->w, &tally->w, rows, fault));
    if (codes->nreplicates == 0) return PEIL_OK;
    return peil_addends_of_columns(&tally->replicate, codes->replicate, codes->nreplicates, rows,
                                   tally->replicate_scale, fault);
}

static peil_status add_ranks(peil_tally *tally, const peil_codes *codes, peil_fault *fault) {
    peil_sketch_rows *sketching = &tally->sketching;
    const size_t rows = codes->rows;
    if (tally->keeping.ranks == PEIL_RANKS_NONE) return PEIL_OK;
    PEIL_TRY(peil_sketch_rows_take(sketching, codes, &tally->replicate, fault));
    if (tally->keeping.ranks == PEIL_RANK_OF_ALL) {
        memset(tally->place, 0, rows * sizeof *tally->place);
        return peil_sketch_add(&tally->whole, sketching, &tally->replicate, tally->place, rows,
                               fault);
    }
    for (size_t c = 0; c < tally->ncubes; c++)
        PEIL_TRY(peil_sketch_add(&tally->everyone[c], sketching, &tally->replicate, tally->pair[c],
                                 rows, fault));
    return PEIL_OK;
}

peil_status peil_tally_begin(peil_tally *tally, const peil_codes *codes, peil_fault *fault) {
    const size_t rows = codes->rows;
    PEIL_TRY(make_room(tally, rows, fault));
    PEIL_TRY(take_weights(tally, codes, fault));
    for (size_t c = 0; c < tally->ncubes; c++)
        for (size_t i = 0; i < rows; i++) {
            tally->pair[c][i] = PEIL_NONE;
            if (codes->cell[c][i] != PEIL_NONE)
                PEIL_TRY(peil_pairs_number(&tally->pairs[c], codes->leaf[i], codes->cell[c][i],
                                           &tally->pair[c][i], fault));
        }
    tally->rows = rows;
    return add_ranks(tally, codes, fault);
}

/* ---- answers ---- */

size_t peil_entry_count(const peil_tally *tally, size_t question, size_t cube) {
    const peil_tally_question *q = &tally->questions[question];
    if (q->is_moments) return q->cubes[cube].n.count;
    return q->shape.ncodes ? tally->pairs[cube].count * q->shape.ncodes
                           : q->cubes[cube].entries.count;
}

void peil_entry_place(const peil_tally *tally, size_t question, size_t cube, uint32_t entry,
                      uint32_t *pair, uint32_t *code) {
    const peil_tally_question *q = &tally->questions[question];
    const uint32_t ncodes = q->is_moments ? 1 : q->shape.ncodes;
    *pair = ncodes ? entry / ncodes : peil_pairs_first(&q->cubes[cube].entries, entry);
    *code = ncodes ? entry % ncodes : peil_pairs_second(&q->cubes[cube].entries, entry);
}

static peil_status add_one(peil_plane *plane, size_t count, const uint32_t *place,
                           const peil_addends *addends, size_t n, peil_fault *fault) {
    plane->lanes = addends->lanes;
    PEIL_TRY(peil_plane_resize(plane, count, fault));
    return peil_plane_add(plane, place, addends, n, fault);
}

/* A known number of answers needs no look-up: their entries follow one another. */
static void place_known(peil_tally *tally, uint32_t ncodes, const uint32_t *pair,
                        const uint32_t *code) {
    for (size_t i = 0; i < tally->rows; i++) {
        const bool is_none = (pair[i] == PEIL_NONE) | (code[i] == PEIL_NONE);
        tally->place[i] = is_none ? PEIL_NONE : pair[i] * ncodes + code[i];
    }
}

static peil_status place_answers(peil_tally *tally, peil_sums *sums, const uint32_t *pair,
                                 const uint32_t *code, peil_fault *fault) {
    for (size_t i = 0; i < tally->rows; i++) {
        tally->place[i] = PEIL_NONE;
        if (pair[i] != PEIL_NONE && code[i] != PEIL_NONE)
            PEIL_TRY(peil_pairs_number(&sums->entries, pair[i], code[i], &tally->place[i], fault));
    }
    return PEIL_OK;
}

static peil_status add_answers(peil_tally *tally, size_t question, size_t cube,
                               const uint32_t *code, peil_fault *fault) {
    const size_t rows = tally->rows;
    const uint32_t ncodes = tally->questions[question].shape.ncodes;
    peil_sums *sums = &tally->questions[question].cubes[cube];
    if (ncodes)
        place_known(tally, ncodes, tally->pair[cube], code);
    else
        PEIL_TRY(place_answers(tally, sums, tally->pair[cube], code, fault));
    const size_t count = peil_entry_count(tally, question, cube);
    PEIL_TRY(add_one(&sums->n, count, tally->place, &tally->ones, rows, fault));
    if (tally->has_zeros)
        PEIL_TRY(add_one(&sums->zeros, count, tally->place, &tally->zeros, rows, fault));
    PEIL_TRY(add_one(&sums->w[0], count, tally->place, &tally->w, rows, fault));
    if (tally->keeping.squares)
        PEIL_TRY(add_one(&sums->ww[0], count, tally->place, &tally->ww, rows, fault));
    if (tally->keeping.replicates)
        PEIL_TRY(add_one(&sums->replicate[0], count, tally->place, &tally->replicate, rows, fault));
    return PEIL_OK;
}

static peil_status see(peil_tally_question *q, const uint32_t *code, size_t n, peil_fault *fault) {
    uint32_t most = 0; /* codes; the one that is none counts as 0 */
    for (size_t i = 0; i < n; i++) most = code[i] + 1 > most ? code[i] + 1 : most;
    if (most > q->nseen) PEIL_TRY(peil_array_extend(&q->seen, &q->nseen, most, 1, fault));
    uint8_t *seen = q->seen;
    for (size_t i = 0; i < n; i++)
        if (code[i] != PEIL_NONE) seen[code[i]] = 1;
    return PEIL_OK;
}

/* Numbers to codes; leaves off once there are too many of them to be answers. */
static peil_status code_numbers(peil_tally *tally, peil_tally_question *q,
                                const peil_answers *answers, bool *too_many, peil_fault *fault) {
    const peil_decimal zero = {0, 0};
    *too_many = false;
    for (size_t i = 0; i < tally->rows && !*too_many; i++) {
        tally->code[i] = PEIL_NONE;
        if (answers->a[i].scale == PEIL_NO_ANSWER) continue;
        PEIL_TRY(peil_numbers_code(&q->numbers, answers->a[i],
                                   q->shape.keeps_b ? answers->b[i] : zero, &tally->code[i],
                                   fault));
        *too_many = !q->shape.discrete && q->numbers.count > PEIL_FEW;
    }
    return PEIL_OK;
}

/* ---- moments ---- */

/* What is added: rows of a batch, or entries that become moments. */
typedef struct additions {
    size_t n;
    const uint32_t *place;
    const peil_addends *ones, *zeros, *w, *ww, *replicate; /* NULL: there are none */
    const peil_decimal *a, *b;
} additions;

/* Adds weight * a^i b^j for each moment, each product made from one with a power less. */
static peil_status add_products(const peil_shape *shape, peil_plane *planes, size_t count,
                                const peil_addends *weight, bool squared, const peil_addends *a,
                                const peil_addends *b, const additions *from, peil_fault *fault) {
    peil_addends products[PEIL_MOMENTS] = {{0}};
    const size_t nmoments = peil_moment_count(shape, squared);
    peil_status status = add_one(&planes[0], count, from->place, weight, from->n, fault);
    for (size_t k = 1; k < nmoments && status == PEIL_OK; k++) {
        const peil_powers p = peil_moment_powers(shape->pairs, k);
        size_t lower = 0; /* the moment with one power less of b, or else of a */
        for (size_t j = 0; j < k; j++) {
            const peil_powers less = peil_moment_powers(shape->pairs, j);
            if (p.b ? less.a == p.a && less.b == p.b - 1 : less.a == p.a - 1 && less.b == 0)
                lower = j;
        }
        status = peil_addends_multiply(&products[k], lower ? &products[lower] : weight, p.b ? b : a,
                                       from->n, fault);
        if (status == PEIL_OK)
            status = add_one(&planes[k], count, from->place, &products[k], from->n, fault);
    }
    for (size_t k = 1; k < nmoments; k++) peil_addends_clear(&products[k]);
    return status;
}

static peil_status add_moments(const peil_tally_question *q, peil_sums *sums, size_t count,
                               const additions *from, peil_fault *fault) {
    peil_addends a = {0}, b = {0};
    peil_status status = peil_addends_of(&a, from->a, from->n, q->scale_a, fault);
    if (status == PEIL_OK && q->shape.pairs)
        status = peil_addends_of(&b, from->b, from->n, q->scale_b, fault);
    if (status == PEIL_OK)
        status = add_one(&sums->n, count, from->place, from->ones, from->n, fault);
    if (status == PEIL_OK && from->zeros)
        status = add_one(&sums->zeros, count, from->place, from->zeros, from->n, fault);
    if (status == PEIL_OK)
        status = add_products(&q->shape, sums->w, count, from->w, false, &a, &b, from, fault);
    if (status == PEIL_OK && from->ww)
        status = add_products(&q->shape, sums->ww, count, from->ww, true, &a, &b, from, fault);
    if (status == PEIL_OK && from->replicate)
        status = add_products(&q->shape, sums->replicate, count, from->replicate, false, &a, &b,
                              from, fault);
    peil_addends_clear(&a);
    peil_addends_clear(&b);
    return status;
}

static peil_status refine_for(peil_tally *tally, size_t question, const peil_decimal *a,
                              const peil_decimal *b, size_t n, peil_fault *fault) {
    const bool pairs = tally->questions[question].shape.pairs;
    return peil_tally_refine(tally, question, most_decimals(a, n), pairs ? most_decimals(b, n) : 0,
                             fault);
}

/* A plane's sums as addends: they are what a converted entry adds. Borrows the words. */
static peil_addends as_addends(const peil_plane *plane) {
    unsigned bits = plane->bits;
    for (uint64_t n = plane->additions; n; n >>= 1) bits++;
    return (peil_addends){
        .words = plane->words, .lanes = plane->lanes, .width = plane->width, .bits = bits};
}

/* Every entry of the answers becomes an addition to its pair. */
static peil_status condense_cube(peil_tally *tally, peil_tally_question *q, size_t cube,
                                 peil_fault *fault) {
    peil_sums *old = &q->cubes[cube], made = {0};
    const size_t n = old->entries.count;
    peil_decimal *a = NULL, *b = NULL;
    uint32_t *place = NULL;
    peil_status status = peil_array_make(&a, n, sizeof *a, fault);
    if (status == PEIL_OK) status = peil_array_make(&b, n, sizeof *b, fault);
    if (status == PEIL_OK) status = peil_array_make(&place, n, sizeof *place, fault);
    for (size_t e = 0; e < n && status == PEIL_OK; e++) {
        const peil_number *number =
            &q->numbers.values[peil_pairs_second(&old->entries, (uint32_t)e)];
        a[e] = number->a;
        b[e] = number->b;
        place[e] = peil_pairs_first(&old->entries, (uint32_t)e);
    }
    if (status == PEIL_OK && old->zeros.count) status = peil_plane_resize(&old->zeros, n, fault);
    const peil_addends ones = as_addends(&old->n), zeros = as_addends(&old->zeros),
                       w = as_addends(&old->w[0]), ww = as_addends(&old->ww[0]),
                       replicate = as_addends(&old->replicate[0]);
    if (status == PEIL_OK && n)
        status = add_moments(q, &made, tally->pairs[cube].count,
                             &(additions){n, place, &ones, old->zeros.count ? &zeros : NULL, &w,
                                          old->ww[0].count ? &ww : NULL,
                                          old->replicate[0].count ? &replicate : NULL, a, b},
                             fault);
    free(a);
    free(b);
    free(place);
    peil_pairs_clear(&old->entries);
    peil_plane_clear(&old->n);
    peil_plane_clear(&old->zeros);
    peil_plane_clear(&old->w[0]);
    peil_plane_clear(&old->ww[0]);
    peil_plane_clear(&old->replicate[0]);
    made.unanswered = old->unanswered;
    *old = made;
    return status;
}

peil_status peil_tally_condense(peil_tally *tally, size_t question, peil_fault *fault) {
    peil_tally_question *q = &tally->questions[question];
    if (q->is_moments) return PEIL_OK;
    for (size_t i = 0; i < q->numbers.count; i++) {
        const peil_number *number = &q->numbers.values[i];
        if (number->a.scale > q->scale_a) q->scale_a = number->a.scale;
        if (q->shape.pairs && number->b.scale > q->scale_b) q->scale_b = number->b.scale;
    }
    for (size_t c = 0; c < tally->ncubes; c++) PEIL_TRY(condense_cube(tally, q, c, fault));
    q->is_moments = true;
    peil_numbers_clear(&q->numbers);
    return PEIL_OK;
}

static peil_status add_numbers(peil_tally *tally, size_t question, const peil_answers *answers,
                               peil_fault *fault) {
    peil_tally_question *q = &tally->questions[question];
    PEIL_TRY(refine_for(tally, question, answers->a, answers->b, tally->rows, fault));
    for (size_t c = 0; c < tally->ncubes; c++) {
        if (!is_kept(tally, q, c)) continue;
        for (size_t i = 0; i < tally->rows; i++)
            tally->place[i] = answers->a[i].scale == PEIL_NO_ANSWER ? PEIL_NONE : tally->pair[c][i];
        PEIL_TRY(add_moments(q, &q->cubes[c], tally->pairs[c].count,
                             &(additions){tally->rows, tally->place, &tally->ones,
                                          tally->has_zeros ? &tally->zeros : NULL, &tally->w,
                                          tally->keeping.squares ? &tally->ww : NULL,
                                          tally->keeping.replicates ? &tally->replicate : NULL,
                                          answers->a, answers->b},
                             fault));
    }
    return PEIL_OK;
}

/* ---- the whole ---- */

static bool is_unanswered(const peil_tally_question *q, const peil_answers *answers, size_t i) {
    return q->shape.coded ? answers->code[i] == PEIL_NONE : answers->a[i].scale == PEIL_NO_ANSWER;
}

static uint64_t count_unanswered(const peil_tally *tally, const peil_tally_question *q,
                                 const peil_answers *answers) {
    uint64_t n = 0;
    for (size_t i = 0; i < tally->rows; i++)
        n += is_unanswered(q, answers, i) && tally->pair[0][i] != PEIL_NONE;
    return n;
}

/* They are to be taken off everybody's ranks. */
static peil_status add_unanswered(peil_tally *tally, peil_tally_question *q,
                                  const peil_answers *answers, peil_fault *fault) {
    for (size_t c = 0; c < tally->ncubes; c++) {
        for (size_t i = 0; i < tally->rows; i++)
            tally->place[i] = is_unanswered(q, answers, i) ? tally->pair[c][i] : PEIL_NONE;
        PEIL_TRY(peil_sketch_add(&q->cubes[c].unanswered, &tally->sketching, &tally->replicate,
                                 tally->place, tally->rows, fault));
    }
    return PEIL_OK;
}

peil_status peil_tally_add(peil_tally *tally, size_t question, const peil_answers *answers,
                           peil_fault *fault) {
    peil_tally_question *q = &tally->questions[question];
    const uint32_t *code = q->shape.coded ? answers->code : tally->code;
    if (q->shape.is_total) q->unanswered += count_unanswered(tally, q, answers);
    if (tally->keeping.ranks == PEIL_RANKS_OF_CELLS)
        PEIL_TRY(add_unanswered(tally, q, answers, fault));
    if (q->shape.coded) {
        PEIL_TRY(see(q, code, tally->rows, fault));
    } else if (!q->is_moments) {
        bool too_many;
        PEIL_TRY(code_numbers(tally, q, answers, &too_many, fault));
        if (too_many) PEIL_TRY(peil_tally_condense(tally, question, fault));
    }
    if (q->is_moments) return add_numbers(tally, question, answers, fault);
    for (size_t c = 0; c < tally->ncubes; c++)
        if (is_kept(tally, q, c)) PEIL_TRY(add_answers(tally, question, c, code, fault));
    return PEIL_OK;
}

static void clear_sums(peil_sums *sums) {
    peil_pairs_clear(&sums->entries);
    peil_plane_clear(&sums->n);
    peil_plane_clear(&sums->zeros);
    for (size_t k = 0; k < PEIL_MOMENTS; k++) {
        peil_plane_clear(&sums->w[k]);
        peil_plane_clear(&sums->ww[k]);
        peil_plane_clear(&sums->replicate[k]);
    }
    peil_sketch_clear(&sums->unanswered);
}

void peil_tally_clear(peil_tally *tally) {
    for (size_t q = 0; q < tally->nquestions; q++) {
        for (size_t c = 0; tally->questions[q].cubes && c < tally->ncubes; c++)
            clear_sums(&tally->questions[q].cubes[c]);
        free(tally->questions[q].cubes);
        free(tally->questions[q].seen);
        peil_numbers_clear(&tally->questions[q].numbers);
    }
    for (size_t c = 0; c < tally->ncubes; c++) {
        if (tally->pairs) peil_pairs_clear(&tally->pairs[c]);
        if (tally->pair) free(tally->pair[c]);
        if (tally->everyone) peil_sketch_clear(&tally->everyone[c]);
    }
    peil_sketch_clear(&tally->whole);
    peil_sketch_rows_clear(&tally->sketching);
    free(tally->everyone);
    free(tally->pairs);
    free(tally->pair);
    free(tally->questions);
    free(tally->place);
    free(tally->code);
    peil_addends_clear(&tally->ones);
    peil_addends_clear(&tally->zeros);
    peil_addends_clear(&tally->w);
    peil_addends_clear(&tally->ww);
    peil_addends_clear(&tally->replicate);
    *tally = (peil_tally){0};
}
