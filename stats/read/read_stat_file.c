/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/read_stat_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "read/wall.h"

#define DIRECT ((size_t)1 << 15) /* as much is not worth a copy */

/* As many bytes as there are, up to `length`. */
static size_t read_some(const peil_stat_file *file, uint64_t at, void *bytes, size_t length) {
    size_t done = 0;
    if (at >= file->size) return 0;
    if (length > file->size - at) length = (size_t)(file->size - at);
    while (done < length) {
        const ssize_t n =
            pread(file->descriptor, (char *)bytes + done, length - done, (off_t)(at + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) peil_wall_cannot_read(); /* the file may be whole */
        if (n <= 0) break;
        done += (size_t)n;
    }
    return done;
}

bool peil_stat_read_at(const peil_stat_file *file, uint64_t at, void *bytes, size_t length) {
    return read_some(file, at, bytes, length) == length;
}

/* Takes bytes from `at` on into `bytes`, as ReadStat is to see them. */
static size_t take(peil_stat_file *file, uint64_t at, unsigned char *bytes, size_t length) {
    const size_t n = read_some(file, at, bytes, length);
    for (size_t i = 0; i < file->patch_length; i++)
        if (file->patch_at + i >= at && file->patch_at + i < at + n)
            bytes[file->patch_at + i - at] = file->patch[i];
    return n;
}

/* Fills the buffer with what is at `at` and behind it; when the reading goes backwards, as over the
 * pages of SAS, with what is before it too. False at the end. */
static bool fill(peil_stat_file *file, uint64_t at) {
    const uint64_t before = at < file->buffer_at ? sizeof file->buffer / 4 * 3 : 0;
    file->buffer_at = at > before ? at - before : 0;
    file->buffer_length = take(file, file->buffer_at, file->buffer, sizeof file->buffer);
    return at < file->buffer_at + file->buffer_length;
}

/* ---- what ReadStat calls ---- */

static int open_file(const char *path, void *context) {
    (void)path;
    ((peil_stat_file *)context)->at = 0;
    return 0;
}

static int close_file(void *context) {
    (void)context;
    return 0;
}

/* Places behind the end are refused: hostile files name them. */
static readstat_off_t seek(readstat_off_t offset, readstat_io_flags_t whence, void *context) {
    peil_stat_file *file = context;
    const readstat_off_t from = whence == READSTAT_SEEK_SET   ? 0
                                : whence == READSTAT_SEEK_CUR ? (readstat_off_t)file->at
                                                              : (readstat_off_t)file->size;
    if (offset < -from || offset > (readstat_off_t)file->size - from) return -1;
    file->at = (uint64_t)(from + offset);
    return from + offset;
}

/* From the buffer, or past it when much is wanted. */
static size_t read_on(peil_stat_file *file, unsigned char *out, size_t wanted) {
    const bool is_here =
        file->at >= file->buffer_at && file->at - file->buffer_at < file->buffer_length;
    if (!is_here && wanted >= DIRECT) return take(file, file->at, out, wanted);
    if (!is_here && !fill(file, file->at)) return 0;
    const size_t from = (size_t)(file->at - file->buffer_at), left = file->buffer_length - from;
    const size_t n = left < wanted ? left : wanted;
    memcpy(out, file->buffer + from, n);
    return n;
}

static size_t read_tail(const peil_stat_file *file, unsigned char *out, size_t wanted) {
    size_t n = 0;
    for (uint64_t at = file->at - file->size; n < wanted && at < file->tail; at++)
        out[n++] = at < file->tail_cells ? 255 : 252;
    return n;
}

/* How much of what is wanted may be had at once. */
static size_t at_once(const peil_stat_file *file, size_t wanted) {
    const uint64_t before = file->slow_from > file->at ? file->slow_from - file->at : 8;
    return wanted < before ? wanted : (size_t)before;
}

static ssize_t read_bytes(void *out, size_t wanted, void *context) {
    peil_stat_file *file = context;
    size_t done = 0, n = 1;
    wanted = at_once(file, wanted);
    while (done < wanted && n) {
        unsigned char *to = (unsigned char *)out + done;
        n = file->at < file->size ? read_on(file, to, wanted - done)
                                  : read_tail(file, to, wanted - done);
        file->at += n;
        done += n;
    }
    file->was_short = file->was_short || (done > 0 && done < wanted);
    if (done == 0) file->missed = wanted;
    return (ssize_t)done;
}

static readstat_error_t say_progress(long size, readstat_progress_handler progress,
                                     void *user_context, void *context) {
    (void)size;
    (void)progress;
    (void)user_context;
    (void)context;
    return READSTAT_OK;
}

void peil_stat_attach(peil_stat_file *file, readstat_parser_t *parser) {
    readstat_set_open_handler(parser, open_file);
    readstat_set_close_handler(parser, close_file);
    readstat_set_seek_handler(parser, seek);
    readstat_set_read_handler(parser, read_bytes);
    readstat_set_update_handler(parser, say_progress);
    readstat_set_io_ctx(parser, file);
}
