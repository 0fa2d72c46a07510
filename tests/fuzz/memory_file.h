/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes as a file that has a path. */
#ifndef PEIL_TESTS_FUZZ_MEMORY_FILE_H
#define PEIL_TESTS_FUZZ_MEMORY_FILE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct memory_file {
    int file;
    char path[32];
} memory_file;

/* The caller closes. */
static inline memory_file memory_file_of(const void *bytes, size_t length) {
    memory_file made = {.file = memfd_create("fuzz", 0)};
    if (made.file < 0 || write(made.file, bytes, length) != (ssize_t)length) abort();
    snprintf(made.path, sizeof made.path, "/proc/self/fd/%d", made.file);
    return made;
}

static inline void memory_file_close(const memory_file *file) {
    close(file->file);
}

#endif
