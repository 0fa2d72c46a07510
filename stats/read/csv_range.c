/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/csv_range.h"

#include <stdlib.h>

#include "core/array.h"

#define BLOCK_BYTES ((size_t)1 << 16)

/* What the bytes are if the first one is inside quotes, or is not. */
typedef struct guess {
    bool is_inside;    /* quotes */
    uint64_t begin;    /* where the first row begins; 0: not found */
    size_t delimiters; /* in the line so far */
    uint64_t sound;    /* whole rows with as many fields as the header */
} guess;

static void follow(guess *g, const peil_csv_head *head, uint64_t at, const char *bytes,
                   size_t length) {
    for (size_t i = 0; i < length; i++) {
        g->is_inside ^= bytes[i] == head->quote;
        if (g->is_inside) continue;
        g->delimiters += bytes[i] == head->delimiter;
        if (bytes[i] != '\n') continue;
        g->sound += g->begin && g->delimiters + 1 == head->nfields;
        g->delimiters = 0;
        if (!g->begin) g->begin = at + i + 1;
    }
}

/* Reads on from `at` until one of both has more sound rows, and so is right, or the file ends,
 * which it does outside quotes. */
static peil_status choose(const peil_csv_places *places, uint64_t at, size_t most, char *block,
                          guess *out, peil_fault *fault) {
    guess outside = {0}, inside = {.is_inside = true};
    size_t n = most;
    while (n == most && outside.sound == inside.sound) {
        PEIL_TRY(peil_source_read_at(places->source, at, most, block, &n, fault));
        follow(&outside, places->head, at, block, n);
        follow(&inside, places->head, at, block, n);
        at += n;
    }
    const bool is_inside = n < most ? outside.is_inside : inside.sound > outside.sound;
    *out = is_inside ? inside : outside;
    return PEIL_OK;
}

/* The first row that begins at a byte or behind it, else the end. */
static peil_status find_row(const peil_csv_places *places, uint64_t at, uint64_t end,
                            uint64_t *begin, peil_fault *fault) {
    const size_t most = places->block_bytes ? places->block_bytes : BLOCK_BYTES;
    char *block = NULL;
    guess right;
    PEIL_TRY(peil_array_make(&block, most, 1, fault));
    const peil_status status = choose(places, at - 1, most, block, &right, fault);
    free(block);
    PEIL_TRY(status);
    *begin = right.begin && right.begin < end ? right.begin : end;
    return PEIL_OK;
}

/* Where the share of a rank begins; that of rank `size`, which there is not, at the end. */
static peil_status find_begin(const peil_csv_places *places, size_t rank, size_t size,
                              uint64_t *begin, peil_fault *fault) {
    const uint64_t end = peil_source_size(places->source), bytes = end - places->rows;
    const uint64_t at = places->rows + bytes / size * rank + bytes % size * rank / size;
    *begin = at;
    if (at == places->rows || at == end) return PEIL_OK;
    return find_row(places, at, end, begin, fault);
}

peil_status peil_csv_range_find(const peil_csv_places *places, size_t rank, size_t size,
                                peil_csv_range *out, peil_fault *fault) {
    PEIL_TRY(find_begin(places, rank, size, &out->begin, fault));
    PEIL_TRY(find_begin(places, rank + 1, size, &out->end, fault));
    if (out->end < out->begin) out->end = out->begin; /* one of both is wrong */
    return PEIL_OK;
}
