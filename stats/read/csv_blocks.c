/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/csv_blocks.h"

peil_status peil_csv_blocks_next(peil_csv_blocks *blocks, const char **bytes, size_t *length,
                                 peil_fault *fault) {
    const size_t left = blocks->head->length - blocks->head_at;
    if (left == 0) return peil_characters_next(blocks->characters, bytes, length, fault);
    *bytes = blocks->head->bytes + blocks->head_at;
    *length = blocks->block_bytes && blocks->block_bytes < left ? blocks->block_bytes : left;
    blocks->head_at += *length;
    return PEIL_OK;
}
