/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "read/source.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/array.h"
#include "read/gzip.h"

#define STORED_BYTES ((size_t)1 << 18)
#define BLOCK_BYTES ((size_t)1 << 18)

struct peil_source {
    int file, copy; /* copy: all bytes in memory, or -1 */
    bool owns_file, is_seekable, at_end, must_be_gzip, hashes;
    bool is_range; /* some bytes of the file */
    uint64_t position, size;
    struct stat opened; /* as it was then, of a regular file */
    struct sha256_ctx hash;
    peil_gzip *gzip;                 /* NULL: plain */
    size_t stored_at, stored_length; /* what is left of the stored bytes */
    size_t block_bytes;
    unsigned char *stored, *block;
    size_t head_at, head_length, head_capacity; /* what was looked at before its turn */
    char *head;
};

/* Reads until the buffer is full or the input ends, so that blocks depend on the bytes alone. */
static peil_status fill(peil_source *source, peil_fault *fault) {
    source->stored_at = source->stored_length = 0;
    size_t wanted = source->block_bytes < STORED_BYTES ? source->block_bytes : STORED_BYTES;
    if (source->is_range && source->size - source->position < wanted)
        wanted = (size_t)(source->size - source->position);
    while (source->stored_length < wanted && !source->at_end) {
        const ssize_t n = read(source->file, source->stored + source->stored_length,
                               wanted - source->stored_length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return peil_fail(fault, PEIL_ESYSTEM, "cannot be read: %s", strerror(errno));
        if (n == 0) source->at_end = true;
        source->stored_length += (size_t)n;
    }
    source->position += source->stored_length;
    if (source->hashes && !source->is_range)
        sha256_update(&source->hash, source->stored_length, source->stored);
    return PEIL_OK;
}

static bool has_suffix(const char *name, const char *suffix) {
    const size_t n = strlen(name), m = strlen(suffix);
    return n >= m && strcmp(name + n - m, suffix) == 0;
}

/* A word that names no file may be what lost its quotes, --missing q5: 8 9, or its comma, --by wijk
 * jaar. */
static const char *hint_of(const char *name) {
    if (!name[strspn(name, "-0123456789")])
        return "; codes stand between quotes, as in --missing 'q5: 8 9'";
    return "; several variables have commas between them, as in --by a,b";
}

static peil_status refuse_to_open(const char *name, int why, peil_fault *fault) {
    const bool may_be_other = why == ENOENT && !strpbrk(name, "./");
    return peil_fail(fault, PEIL_ESYSTEM, "cannot be opened: %s%s", strerror(why),
                     may_be_other ? hint_of(name) : "");
}

peil_status peil_source_check_again(const char *name, peil_fault *fault) {
    struct stat facts;
    if (strcmp(name, "-") != 0 && (stat(name, &facts) != 0 || S_ISREG(facts.st_mode)))
        return PEIL_OK;
    peil_fail(fault, PEIL_EDATA, "is no plain file, which can be read another time");
    if (fault) snprintf(fault->file, sizeof fault->file, "%s", name);
    return PEIL_EDATA;
}

static peil_status open_file(peil_source *source, const char *name, peil_fault *fault) {
    struct stat facts;
    source->owns_file = strcmp(name, "-") != 0;
    source->file = source->owns_file ? open(name, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (source->file < 0) return refuse_to_open(name, errno, fault);
    if (fstat(source->file, &facts) == 0 && S_ISREG(facts.st_mode)) {
        source->opened = facts;
        source->size = (uint64_t)facts.st_size;
        source->is_seekable = facts.st_size > 0 && lseek(source->file, 0, SEEK_CUR) == 0;
    }
    source->must_be_gzip = has_suffix(name, ".gz");
    return PEIL_OK;
}

/* The first bytes tell whether it is gzip. A block may be a single byte, so two are waited for. */
static peil_status look_at_head(peil_source *source, peil_fault *fault) {
    const size_t block = source->block_bytes;
    if (source->block_bytes < 2) source->block_bytes = 2;
    const peil_status status = fill(source, fault);
    source->block_bytes = block;
    if (status != PEIL_OK) return status;
    if (peil_gzip_is(source->stored, source->stored_length))
        return peil_gzip_make(&source->gzip, fault);
    if (source->must_be_gzip)
        return peil_fail(fault, PEIL_EDATA, "is named .gz but is no gzip file");
    return PEIL_OK;
}

peil_status peil_source_open(const char *name, size_t block_bytes, bool hash, peil_source **out,
                             peil_fault *fault) {
    peil_source *source = NULL;
    PEIL_TRY(peil_array_make(&source, 1, sizeof *source, fault));
    source->block_bytes = block_bytes ? block_bytes : BLOCK_BYTES;
    source->hashes = hash;
    source->copy = -1;
    sha256_init(&source->hash);
    peil_status status = open_file(source, name, fault);
    if (status == PEIL_OK) status = peil_array_make(&source->stored, STORED_BYTES, 1, fault);
    if (status == PEIL_OK) status = peil_array_make(&source->block, source->block_bytes, 1, fault);
    if (status == PEIL_OK) status = look_at_head(source, fault);
    if (status == PEIL_OK)
        *out = source;
    else
        peil_source_free(source);
    return status;
}

static peil_status next_plain(peil_source *source, const char **bytes, size_t *length,
                              peil_fault *fault) {
    if (source->stored_at == source->stored_length) PEIL_TRY(fill(source, fault));
    *bytes = (const char *)source->stored + source->stored_at;
    *length = source->stored_length - source->stored_at;
    source->stored_at = source->stored_length;
    return PEIL_OK;
}

/* Fills the block, or reaches the end of a whole input. */
static peil_status next_gzip(peil_source *source, const char **bytes, size_t *length,
                             peil_fault *fault) {
    peil_gzip_step step = {.room = source->block, .size = source->block_bytes};
    bool goes_on = true;
    while (step.made < step.size && goes_on) {
        const size_t made = step.made;
        if (source->stored_at == source->stored_length && !source->at_end)
            PEIL_TRY(fill(source, fault));
        step.bytes = source->stored + source->stored_at;
        step.length = source->stored_length - source->stored_at;
        step.used = 0;
        PEIL_TRY(peil_gzip_unpack(source->gzip, &step, fault));
        source->stored_at += step.used;
        goes_on = step.used || step.made > made || !source->at_end;
    }
    if (!goes_on && !peil_gzip_may_end(source->gzip))
        return peil_fail(fault, PEIL_EDATA, "gzip: the file is cut short");
    *bytes = (const char *)source->block;
    *length = step.made;
    return PEIL_OK;
}

static peil_status next_new(peil_source *source, const char **bytes, size_t *length,
                            peil_fault *fault) {
    return source->gzip ? next_gzip(source, bytes, length, fault)
                        : next_plain(source, bytes, length, fault);
}

peil_status peil_source_next(peil_source *source, const char **bytes, size_t *length,
                             peil_fault *fault) {
    const size_t left = source->head_length - source->head_at;
    if (left == 0) return next_new(source, bytes, length, fault);
    *bytes = source->head + source->head_at;
    *length = left < source->block_bytes ? left : source->block_bytes;
    source->head_at += *length;
    return PEIL_OK;
}

peil_status peil_source_peek(peil_source *source, size_t wanted, const char **bytes, size_t *length,
                             peil_fault *fault) {
    const char *block;
    size_t n = 1;
    while (source->head_length < wanted && n) {
        PEIL_TRY(next_new(source, &block, &n, fault));
        PEIL_TRY(peil_array_reserve(&source->head, &source->head_capacity, source->head_length + n,
                                    1, fault));
        if (n) memcpy(source->head + source->head_length, block, n);
        source->head_length += n;
    }
    *bytes = source->head;
    *length = source->head_length;
    return PEIL_OK;
}

/* ---- some of the bytes ---- */

peil_status peil_source_range(peil_source *source, uint64_t begin, uint64_t end,
                              peil_fault *fault) {
    if (lseek(source->file, (off_t)begin, SEEK_SET) < 0)
        return peil_fail(fault, PEIL_ESYSTEM, "cannot be read: %s", strerror(errno));
    source->head_at = source->head_length;
    source->stored_at = source->stored_length = 0;
    source->at_end = false;
    source->is_range = true;
    source->position = 0;
    source->size = end - begin;
    return PEIL_OK;
}

peil_status peil_source_hash_whole(peil_source *source, peil_fault *fault) {
    if (!source->hashes || !source->is_range) return PEIL_OK;
    PEIL_TRY(peil_source_range(source, 0, (uint64_t)source->opened.st_size, fault));
    source->is_range = false;
    sha256_init(&source->hash);
    return peil_source_text(source, 0, NULL, fault);
}

peil_status peil_source_read_at(const peil_source *source, uint64_t at, size_t wanted, char *bytes,
                                size_t *length, peil_fault *fault) {
    *length = 0;
    while (*length < wanted) {
        const off_t place = (off_t)(at + *length);
        const ssize_t n = pread(source->file, bytes + *length, wanted - *length, place);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return peil_fail(fault, PEIL_ESYSTEM, "cannot be read: %s", strerror(errno));
        if (n == 0) break;
        *length += (size_t)n;
    }
    return PEIL_OK;
}

/* ---- as a file ---- */

/* A copy is held in memory, of which it may take half. */
static uint64_t copy_most(void) {
    const long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
    return pages > 0 && bytes > 0 ? (uint64_t)pages * (uint64_t)bytes / 2 : UINT32_MAX;
}

static peil_status copy_bytes(int copy, const char *bytes, size_t length, peil_fault *fault) {
    while (length) {
        const ssize_t n = write(copy, bytes, length);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return peil_fail_memory(fault);
        bytes += n;
        length -= (size_t)n;
    }
    return PEIL_OK;
}

/* Reads all of the input, to check it, and copies it unless `copy` is -1. */
static peil_status read_whole(peil_source *source, int copy, uint64_t *size, peil_fault *fault) {
    const uint64_t most = copy_most();
    const char *bytes;
    size_t length = 1;
    source->head_at = 0;
    for (*size = 0; length; *size += length) {
        PEIL_TRY(peil_source_next(source, &bytes, &length, fault));
        if (copy < 0) continue;
        if (*size + length > most)
            return peil_fail(fault, PEIL_EDATA, "does not fit in memory unpacked; unpack it first");
        PEIL_TRY(copy_bytes(copy, bytes, length, fault));
    }
    return PEIL_OK;
}

peil_status peil_source_file(peil_source *source, int *file, uint64_t *size, peil_fault *fault) {
    *file = source->file;
    *size = source->size;
    const bool will_do = source->is_seekable && !source->gzip;
    if (will_do && !source->hashes) return PEIL_OK;
    if (!will_do) {
        source->copy = memfd_create("peil", MFD_CLOEXEC);
        if (source->copy < 0) return peil_fail_memory(fault);
        *file = source->copy;
    }
    return read_whole(source, source->copy, size, fault);
}

peil_status peil_source_text(peil_source *source, size_t most, peil_text *text, peil_fault *fault) {
    const char *bytes;
    size_t length;
    do {
        PEIL_TRY(peil_source_next(source, &bytes, &length, fault));
        if (text) peil_text_add_bytes(text, bytes, length);
        if (text && text->failed) return peil_fail_memory(fault);
    } while (length > 0 && (!text || text->length <= most));
    return PEIL_OK;
}

static bool is_same_time(struct timespec a, struct timespec b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

peil_status peil_source_check(const peil_source *source, peil_fault *fault) {
    struct stat now;
    if (!S_ISREG(source->opened.st_mode)) return PEIL_OK;
    if (fstat(source->file, &now) != 0)
        return peil_fail(fault, PEIL_ESYSTEM, "cannot be read: %s", strerror(errno));
    if (now.st_size == source->opened.st_size && is_same_time(now.st_mtim, source->opened.st_mtim))
        return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA,
                     "was changed while it was read; is it still being written?");
}

uint64_t peil_source_position(const peil_source *source) {
    return source->position;
}

uint64_t peil_source_size(const peil_source *source) {
    return source->size;
}

bool peil_source_can_reopen(const peil_source *source) {
    return source->owns_file && source->is_seekable;
}

bool peil_source_is_packed(const peil_source *source) {
    return source->gzip != NULL;
}

void peil_source_sha256(peil_source *source, char hex[65]) {
    uint8_t digest[SHA256_DIGEST_SIZE];
    hex[0] = '\0';
    if (!source->hashes || source->is_range) return;
    sha256_digest(&source->hash, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

void peil_source_free(peil_source *source) {
    if (!source) return;
    peil_gzip_free(source->gzip);
    if (source->owns_file && source->file >= 0) close(source->file);
    if (source->copy >= 0) close(source->copy);
    free(source->head);
    free(source->stored);
    free(source->block);
    free(source);
}
