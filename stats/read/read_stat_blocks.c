/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/read_stat_blocks.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/array.h"
#include "read/read_stat_state.h"

struct peil_stat_blocks {
    pthread_mutex_t turn; /* guards all below */
    peil_wall *wall;      /* NULL: not begun, or at the end */
    uint64_t rows;        /* dealt out */
    bool is_at_end;
};

peil_status peil_stat_blocks_make(peil_stat_blocks **out, peil_fault *fault) {
    peil_stat_blocks *blocks = NULL;
    PEIL_TRY(peil_array_make(&blocks, 1, sizeof *blocks, fault));
    if (pthread_mutex_init(&blocks->turn, NULL) != 0) {
        free(blocks);
        return peil_fail_memory(fault);
    }
    *out = blocks;
    return PEIL_OK;
}

static void end(peil_stat_blocks *blocks) {
    blocks->is_at_end = true;
    peil_wall_free(blocks->wall);
    blocks->wall = NULL;
}

void peil_stat_blocks_free(peil_stat_blocks *blocks) {
    if (!blocks) return;
    end(blocks);
    pthread_mutex_destroy(&blocks->turn);
    free(blocks);
}

/* Nothing is believed before it is copied. */
static peil_status copy_block(const peil_stat_layout *layout, const unsigned char *block,
                              size_t length, peil_stat_copy *copy, peil_fault *fault) {
    const size_t before_text = peil_stat_block_bytes(layout) - layout->text_bytes;
    if (length < before_text) return peil_stat_refuse(PEIL_STAT_DAMAGED, fault);
    memcpy(copy->bytes, block, length);
    memcpy(&copy->head, copy->bytes, sizeof copy->head);
    if (copy->head.rows > layout->rows || copy->head.text_bytes > layout->text_bytes ||
        copy->head.text_bytes > length - before_text)
        return peil_stat_refuse(PEIL_STAT_DAMAGED, fault);
    copy->text = (const char *)copy->bytes + before_text;
    return PEIL_OK;
}

static peil_status take(peil_stat_blocks *blocks, const peil_stat_state *state,
                        peil_stat_copy *copy, peil_fault *fault) {
    const unsigned char *block;
    size_t length;
    if (!blocks->wall) PEIL_TRY(peil_stat_start(state, &state->layout, &blocks->wall, fault));
    PEIL_TRY(peil_wall_next(blocks->wall, &block, &length, fault));
    PEIL_TRY(copy_block(&state->layout, block, length, copy, fault));
    copy->before = blocks->rows;
    blocks->rows += copy->head.rows;
    if (copy->head.is_last) end(blocks);
    return PEIL_OK;
}

peil_status peil_stat_blocks_take(peil_stat_blocks *blocks, const peil_stat_state *state,
                                  peil_stat_copy *copy, bool *is_end, peil_fault *fault) {
    peil_status status = PEIL_OK;
    if (!copy->bytes)
        PEIL_TRY(peil_array_make(&copy->bytes, peil_stat_block_bytes(&state->layout), 1, fault));
    pthread_mutex_lock(&blocks->turn);
    *is_end = blocks->is_at_end;
    if (!*is_end) status = take(blocks, state, copy, fault);
    if (status != PEIL_OK) end(blocks);
    pthread_mutex_unlock(&blocks->turn);
    return status;
}

void peil_stat_blocks_stop(peil_stat_blocks *blocks) {
    pthread_mutex_lock(&blocks->turn);
    end(blocks);
    pthread_mutex_unlock(&blocks->turn);
}
