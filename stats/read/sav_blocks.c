/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/sav_blocks.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "core/array.h"

#define BLOCK_MOST ((size_t)1 << 24) /* bytes; SPSS makes blocks of 4 MB */
#define ENTRY 24                     /* bytes, of the list; as many as its own head */

/* Where the list is, and how long. */
typedef struct place {
    uint64_t at, length;
} place;

static peil_stat_fault find_list(const peil_stat_file *file, uint64_t head, bool is_big_endian,
                                 place *out) {
    unsigned char bytes[24];
    if (!peil_stat_read_at(file, head, bytes, sizeof bytes)) return PEIL_STAT_CUT;
    const uint64_t own = peil_stat_number(bytes, 8, is_big_endian);
    out->at = peil_stat_number(bytes + 8, 8, is_big_endian);
    out->length = peil_stat_number(bytes + 16, 8, is_big_endian);
    if (own != head || out->at > INT64_MAX || out->length > INT64_MAX) return PEIL_STAT_DAMAGED;
    return PEIL_STAT_NONE;
}

peil_stat_fault peil_sav_blocks_check(const peil_stat_file *file, uint64_t head,
                                      bool is_big_endian) {
    place list;
    const peil_stat_fault fault = find_list(file, head, is_big_endian, &list);
    if (fault != PEIL_STAT_NONE) return fault;
    if (list.at + list.length > file->size) return PEIL_STAT_CUT;
    return list.at + list.length < file->size ? PEIL_STAT_BEHIND : PEIL_STAT_NONE;
}

peil_stat_fault peil_sav_blocks_open(const peil_stat_file *file, uint64_t head,
                                     peil_sav_blocks *out) {
    enum { AT_COUNT = 20 };
    unsigned char bytes[ENTRY];
    place list;
    const peil_stat_fault fault = find_list(file, head, false, &list);
    if (fault != PEIL_STAT_NONE) return fault;
    if (!peil_stat_read_at(file, list.at, bytes, sizeof bytes)) return PEIL_STAT_CUT;
    out->left = peil_stat_number(bytes + AT_COUNT, 4, false);
    out->next_at = list.at + ENTRY;
    return out->left == list.length / ENTRY - 1 ? PEIL_STAT_NONE : PEIL_STAT_DAMAGED;
}

/* Unpacks the whole block, whose checksum must hold. */
static bool unpack(peil_sav_blocks *blocks, size_t packed, size_t size) {
    struct inflate_state *inflater = blocks->inflater;
    isal_inflate_init(inflater);
    inflater->crc_flag = ISAL_ZLIB;
    inflater->next_in = blocks->packed;
    inflater->avail_in = (uint32_t)packed;
    inflater->next_out = blocks->bytes;
    inflater->avail_out = (uint32_t)size;
    return isal_inflate_stateless(inflater) == ISAL_DECOMP_OK && inflater->total_out == size;
}

/* ReadStat has the same limits. */
static bool make_room(unsigned char **bytes, size_t *capacity, size_t wanted) {
    return wanted > 0 && wanted <= BLOCK_MOST &&
           peil_array_reserve(bytes, capacity, wanted, 1, NULL) == PEIL_OK;
}

static bool make_inflater(peil_sav_blocks *blocks) {
    return blocks->inflater ||
           peil_array_make(&blocks->inflater, 1, sizeof *blocks->inflater, NULL) == PEIL_OK;
}

/* An entry: where the block was before it was packed, where it is, and how long it was and is. */
peil_stat_fault peil_sav_blocks_next(const peil_stat_file *file, peil_sav_blocks *blocks,
                                     const unsigned char **bytes, size_t *length,
                                     uint64_t *position) {
    unsigned char entry[ENTRY];
    *length = 0;
    if (blocks->left == 0) return PEIL_STAT_NONE;
    if (!peil_stat_read_at(file, blocks->next_at, entry, sizeof entry)) return PEIL_STAT_CUT;
    const uint64_t at = peil_stat_number(entry + 8, 8, false);
    const size_t size = peil_stat_number(entry + 16, 4, false);
    const size_t packed = peil_stat_number(entry + 20, 4, false);
    blocks->left--;
    blocks->next_at += ENTRY;
    if (at > file->size) return PEIL_STAT_CUT;
    if (!make_room(&blocks->packed, &blocks->packed_capacity, packed)) return PEIL_STAT_MEMORY;
    if (!peil_stat_read_at(file, at, blocks->packed, packed)) return PEIL_STAT_CUT;
    if (!make_room(&blocks->bytes, &blocks->capacity, size) || !make_inflater(blocks))
        return PEIL_STAT_MEMORY;
    if (size % 8 || !unpack(blocks, packed, size)) return PEIL_STAT_DAMAGED;
    *bytes = blocks->bytes;
    *length = size;
    *position = at + packed;
    return PEIL_STAT_NONE;
}

void peil_sav_blocks_clear(peil_sav_blocks *blocks) {
    free(blocks->inflater);
    free(blocks->packed);
    free(blocks->bytes);
}
