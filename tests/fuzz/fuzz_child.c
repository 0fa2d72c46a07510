/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a child hands over behind the wall: a child that was taken over may say
 * anything. The first byte tells how many blocks are the header's, and the size of batches. Each
 * block begins with 2 bytes, how many of the next ones are its own, and 4, how long it is: it is
 * filled up with its own ones, again and again. */
#include "fuzz/stat_file.h"

#include "core/array.h"
#include "read/wall.h"

/* ---- the wall: its blocks are the fuzzer's ---- */

static const uint8_t *left;
static size_t nleft, nheader, nopened;

struct peil_wall {
    size_t block_bytes, nblocks;
    bool is_header;
    unsigned char *block;
};

static uint32_t take_number(size_t bytes) {
    uint32_t number = 0;
    for (size_t i = 0; i < bytes; i++) number |= (uint32_t)left[i] << 8 * i;
    left += bytes;
    nleft -= bytes;
    return number;
}

peil_status peil_wall_open(const peil_wall_job *job, peil_wall **out, peil_fault *fault) {
    PEIL_TRY(peil_array_make(out, 1, sizeof **out, fault));
    (*out)->block_bytes = job->block_bytes;
    (*out)->is_header = nopened++ == 0;
    return PEIL_OK;
}

peil_status peil_wall_next(peil_wall *wall, const unsigned char **block, size_t *length,
                           peil_fault *fault) {
    *length = 0;
    free(wall->block);
    wall->block = NULL;
    if ((wall->is_header && wall->nblocks++ == nheader) || nleft < 6) return PEIL_OK;
    size_t own = take_number(2), all = take_number(4);
    if (own > nleft) own = nleft;
    if (all > wall->block_bytes) all = wall->block_bytes;
    PEIL_TRY(peil_array_make(&wall->block, all, 1, fault));
    for (size_t i = 0; i < all && own; i++) wall->block[i] = left[i % own];
    left += own;
    nleft -= own;
    *block = wall->block;
    *length = all;
    return PEIL_OK;
}

void peil_wall_free(peil_wall *wall) {
    if (wall) free(wall->block);
    free(wall);
}

/* There is no child. */
unsigned char *peil_wall_room(peil_wall_child *child) {
    (void)child;
    abort();
}

void peil_wall_send(peil_wall_child *child, size_t length) {
    (void)child;
    (void)length;
    abort();
}

void peil_wall_cannot_read(void) {
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What is said of the bytes with batches of so many rows. */
static peil_text say(const uint8_t *bytes, size_t length, const char *path, size_t rows) {
    nheader = bytes[0] % 4 + 1;
    nopened = 0;
    left = bytes + 1;
    nleft = length - 1;
    return stat_say(path, rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length == 0) return 0;
    const memory_file file = memory_file_of("$FL2", 4);
    peil_text one = say(bytes, length, file.path, 4 + bytes[0] / 4);
    peil_text other = say(bytes, length, file.path, 1000);
    if (one.length != other.length || memcmp(one.bytes, other.bytes, one.length) != 0) {
        fprintf(stderr, "small batches say\n%s\nlarge ones\n%s\n", one.bytes, other.bytes);
        abort();
    }
    peil_text_clear(&one);
    peil_text_clear(&other);
    memory_file_close(&file);
    return 0;
}
