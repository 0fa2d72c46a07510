/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tally in a state file. What is expected follows from the questions; what is loaded is held to
 * it, so that the rest of the program may trust its counts and codes. */
#include "core/array.h"
#include "tally/tally.h"

/* How many moments of each sort a question's sums have. */
typedef struct moments {
    size_t w, ww, replicate;
} moments;

static moments moments_of(const peil_tally *tally, const peil_tally_question *q) {
    const size_t w = q->is_moments ? peil_moment_count(&q->shape, false) : 1;
    const size_t ww = q->is_moments ? peil_moment_count(&q->shape, true) : 1;
    return (moments){w, tally->keeping.squares ? ww : 0, tally->keeping.replicates ? w : 0};
}

/* ---- saving ---- */

static void save_seen(const peil_tally_question *q, peil_text *out) {
    size_t n = q->nseen; /* room counts as well: only up to the last that was seen */
    while (n > 0 && !q->seen[n - 1]) n--;
    peil_pack_u64(out, n);
    for (size_t i = 0; i < n; i++) peil_pack_byte(out, q->seen[i]);
}

static void save_sums(const peil_sums *sums, moments n, peil_text *out) {
    peil_pairs_save(&sums->entries, out);
    peil_plane_save(&sums->n, out);
    peil_plane_save(&sums->zeros, out);
    for (size_t k = 0; k < n.w; k++) peil_plane_save(&sums->w[k], out);
    for (size_t k = 0; k < n.ww; k++) peil_plane_save(&sums->ww[k], out);
    for (size_t k = 0; k < n.replicate; k++) peil_plane_save(&sums->replicate[k], out);
    peil_sketch_save(&sums->unanswered, out);
}

static void save_question(const peil_tally *tally, const peil_tally_question *q, peil_text *out) {
    peil_pack_byte(out, q->is_moments);
    peil_numbers_save(&q->numbers, out);
    save_seen(q, out);
    peil_pack_u64(out, q->unanswered);
    peil_pack_u32(out, (uint32_t)q->scale_a);
    peil_pack_u32(out, (uint32_t)q->scale_b);
    for (size_t c = 0; c < tally->ncubes; c++) save_sums(&q->cubes[c], moments_of(tally, q), out);
}

void peil_tally_save(const peil_tally *tally, peil_text *out) {
    peil_pack_u32(out, (uint32_t)tally->weight_scale);
    peil_pack_u32(out, (uint32_t)tally->replicate_scale);
    for (size_t c = 0; c < tally->ncubes; c++) {
        peil_pairs_save(&tally->pairs[c], out);
        peil_sketch_save(&tally->everyone[c], out);
    }
    peil_sketch_save(&tally->whole, out);
    for (size_t q = 0; q < tally->nquestions; q++) save_question(tally, &tally->questions[q], out);
}

/* ---- loading ---- */

static int32_t load_scale(peil_unpacking *in) {
    return (int32_t)peil_unpack_below(in, PEIL_SCALE_MOST + 1);
}

static peil_status load_seen(peil_tally_question *q, size_t most, peil_unpacking *in,
                             peil_fault *fault) {
    const size_t n = peil_unpack_count(in, 1);
    peil_unpack_claim(in, n <= most);
    PEIL_TRY(peil_unpack_verdict(in, fault));
    PEIL_TRY(peil_array_make(&q->seen, n, sizeof *q->seen, fault));
    q->nseen = n;
    for (size_t i = 0; i < n; i++) q->seen[i] = (uint8_t)peil_unpack_byte(in, 2);
    return PEIL_OK;
}

/* Planes of `count` places, one number each or, of replicates, `lanes`. */
static peil_status load_planes(peil_plane *planes, size_t n, size_t count, size_t lanes,
                               peil_unpacking *in, peil_fault *fault) {
    for (size_t k = 0; k < n; k++) {
        PEIL_TRY(peil_plane_load(&planes[k], in, fault));
        const size_t found = planes[k].lanes ? planes[k].lanes : 1;
        peil_unpack_claim(in, planes[k].count == count && (count == 0 || found == lanes));
    }
    return peil_unpack_verdict(in, fault);
}

/* Counts are one word each. */
static bool are_counts(const peil_plane *plane) {
    return plane->lanes <= 1 && plane->width <= 1;
}

/* Each row of the domain is in one place of a cube at most. */
static void check_rows(const peil_plane *n, uint64_t rows, peil_unpacking *in) {
    uint64_t left = rows;
    for (size_t i = 0; i < n->count * n->width && !in->failed; i++) {
        peil_unpack_claim(in, n->words[i] <= left);
        left -= n->words[i];
    }
}

/* Moments have as many places as there were pairs when somebody answered last; answers have one
 * for each entry. A cube that does not keep the question has none. */
static peil_status load_counts(const peil_tally *tally, size_t question, size_t cube, uint64_t rows,
                               peil_unpacking *in, peil_fault *fault) {
    const peil_tally_question *q = &tally->questions[question];
    peil_sums *sums = &q->cubes[cube];
    PEIL_TRY(peil_plane_load(&sums->n, in, fault));
    PEIL_TRY(peil_plane_load(&sums->zeros, in, fault));
    const size_t n = sums->n.count;
    peil_unpack_claim(in, q->is_moments ? n <= tally->pairs[cube].count
                                        : n == 0 || n == peil_entry_count(tally, question, cube));
    peil_unpack_claim(in, sums->zeros.count <= n);
    peil_unpack_claim(in, are_counts(&sums->n) && are_counts(&sums->zeros));
    check_rows(&sums->n, rows, in);
    check_rows(&sums->zeros, rows, in);
    return peil_unpack_verdict(in, fault);
}

/* Who counts has a weight above 0: with each sum of weights, or of their squares, goes a count. */
static void check_weights(const peil_plane *n, const peil_plane *weights, peil_unpacking *in) {
    for (size_t i = 0; i < weights->count && !in->failed; i++)
        peil_unpack_claim(
            in, peil_plane_sign(n, i) >= 0 && peil_plane_sign(weights, i) == peil_plane_sign(n, i));
}

static peil_status load_sums(const peil_tally *tally, size_t question, size_t cube, uint64_t rows,
                             peil_unpacking *in, peil_fault *fault) {
    const peil_tally_question *q = &tally->questions[question];
    peil_sums *sums = &q->cubes[cube];
    const moments n = moments_of(tally, q);
    const size_t ncodes = q->shape.coded ? q->nseen : q->numbers.count;
    const size_t npairs = tally->pairs[cube].count;
    PEIL_TRY(peil_pairs_load(&sums->entries, npairs, ncodes, in, fault));
    PEIL_TRY(load_counts(tally, question, cube, rows, in, fault));
    const size_t count = sums->n.count;
    PEIL_TRY(load_planes(sums->w, n.w, count, 1, in, fault));
    PEIL_TRY(load_planes(sums->ww, n.ww, count, 1, in, fault));
    check_weights(&sums->n, &sums->w[0], in);
    check_weights(&sums->n, &sums->ww[0], in);
    PEIL_TRY(
        load_planes(sums->replicate, n.replicate, count, tally->keeping.replicates, in, fault));
    return peil_sketch_load(&sums->unanswered, npairs, tally->keeping.replicates, in, fault);
}

static peil_status load_question(peil_tally *tally, size_t question,
                                 const peil_tally_limits *limits, peil_unpacking *in,
                                 peil_fault *fault) {
    peil_tally_question *q = &tally->questions[question];
    q->is_moments = peil_unpack_byte(in, 2);
    peil_unpack_claim(in, !(q->is_moments && (q->shape.coded || q->shape.discrete)));
    PEIL_TRY(peil_numbers_load(&q->numbers, in, fault));
    PEIL_TRY(load_seen(q, limits->nanswers[question], in, fault));
    q->unanswered = peil_unpack_most(in, limits->rows);
    q->scale_a = load_scale(in);
    q->scale_b = load_scale(in);
    for (size_t c = 0; c < tally->ncubes; c++)
        PEIL_TRY(load_sums(tally, question, c, limits->rows, in, fault));
    return PEIL_OK;
}

peil_status peil_tally_load(peil_tally *tally, const peil_tally_limits *limits, peil_unpacking *in,
                            peil_fault *fault) {
    const size_t nreplicates = tally->keeping.replicates;
    tally->weight_scale = load_scale(in);
    tally->replicate_scale = load_scale(in);
    for (size_t c = 0; c < tally->ncubes; c++) {
        peil_pairs *pairs = &tally->pairs[c];
        PEIL_TRY(peil_pairs_load(pairs, limits->nleaves, limits->ncells[c], in, fault));
        PEIL_TRY(peil_sketch_load(&tally->everyone[c], pairs->count, nreplicates, in, fault));
    }
    PEIL_TRY(peil_sketch_load(&tally->whole, 1, nreplicates, in, fault));
    for (size_t q = 0; q < tally->nquestions; q++)
        PEIL_TRY(load_question(tally, q, limits, in, fault));
    return peil_unpack_verdict(in, fault);
}
