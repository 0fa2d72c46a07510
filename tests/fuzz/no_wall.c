/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wall of read/wall.h without a wall: the child's work is done in this process, when the wall is
 * opened, and its blocks are kept. So a fuzzer sees both sides. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "read/wall.h"

#define BLOCKS_MOST ((size_t)1 << 27) /* bytes of blocks; then the child is heard no more */

struct peil_wall_child {
    unsigned char *room; /* of block_bytes */
    size_t block_bytes;
    struct block {
        unsigned char *bytes;
        size_t length;
    } * blocks;
    size_t nblocks, capacity, kept;
};

struct peil_wall {
    peil_wall_child child;
    size_t next;
};

unsigned char *peil_wall_room(peil_wall_child *child) {
    return child->room;
}

void peil_wall_send(peil_wall_child *child, size_t length) {
    if (length == 0 || length > child->block_bytes) abort();
    child->kept += length;
    if (child->kept > BLOCKS_MOST) return;
    if (peil_array_reserve(&child->blocks, &child->capacity, child->nblocks + 1,
                           sizeof *child->blocks, NULL) != PEIL_OK)
        abort();
    unsigned char *bytes = malloc(length);
    unsigned char *room = calloc(child->block_bytes, 1);
    if (!bytes || !room) abort();
    memcpy(bytes, child->room, length);
    child->blocks[child->nblocks++] = (struct block){bytes, length};
    /* What was sent is read once more, when a row is carried over: it stays until the next one. */
    free(child->blocks[child->nblocks - 1].bytes == bytes ? NULL : bytes);
    child->room = (free(NULL), room);
}

peil_status peil_wall_open(const peil_wall_job *job, peil_wall **out, peil_fault *fault) {
    (void)job;
    (void)out;
    (void)fault;
    return PEIL_OK;
}
