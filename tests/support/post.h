/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team of ranks in one process, which run one after the other, rank 0 as the last. */
#ifndef PEIL_TESTS_POST_H
#define PEIL_TESTS_POST_H

#include "report/team.h"

enum { POST_MOST = 7 }; /* ranks */

/* What each rank but 0 sent. */
typedef struct post {
    size_t rank; /* whose turn it is */
    peil_text letters[POST_MOST];
} post;

static inline peil_status post_send(void *context, const peil_text *bytes, peil_fault *fault) {
    post *p = context;
    peil_text *letter = &p->letters[p->rank];
    peil_text_add_bytes(letter, bytes->bytes, bytes->length);
    return letter->failed ? peil_fail_memory(fault) : PEIL_OK;
}

static inline peil_status post_receive(void *context, size_t from, peil_text *out,
                                       peil_fault *fault) {
    const peil_text *letter = &((const post *)context)->letters[from];
    if (letter->length) peil_text_add_bytes(out, letter->bytes, letter->length);
    return out->failed ? peil_fail_memory(fault) : PEIL_OK;
}

/* The team as the rank whose turn it is sees it. */
static inline peil_team post_team(post *p, size_t size) {
    return (peil_team){p->rank, size, p, post_send, post_receive};
}

static inline void post_clear(post *p) {
    for (size_t i = 0; i < POST_MOST; i++) peil_text_clear(&p->letters[i]);
}

#endif
