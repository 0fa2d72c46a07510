/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every test program needs: claims that are cheap in long loops, numbers from a seed, and
 * files for a moment. */
#ifndef PEIL_TESTS_TESTING_H
#define PEIL_TESTS_TESTING_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A claim that says nothing, and costs nothing, while it holds. */
#define HOLDS(claim, ...)                            \
    do {                                             \
        if (!(claim)) cr_expect(false, __VA_ARGS__); \
    } while (0)

/* The next number of a series that its seed fixes (splitmix64; Steele, Lea and Flood 2014). */
static inline uint64_t random_next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* From 0 to below - 1. */
static inline uint64_t random_below(uint64_t *state, uint64_t below) {
    return random_next(state) % below;
}

/* A file in a folder of its own. */
typedef struct scratch {
    char folder[256], path[320];
} scratch;

static inline scratch scratch_make(const char *name, const void *bytes, size_t length) {
    scratch file;
    const char *temporary = getenv("TMPDIR");
    snprintf(file.folder, sizeof file.folder, "%s/peil-test-XXXXXX",
             temporary && strlen(temporary) < 200 ? temporary : "/tmp");
    cr_assert(mkdtemp(file.folder), "cannot make %s", file.folder);
    snprintf(file.path, sizeof file.path, "%s/%s", file.folder, name);
    FILE *out = fopen(file.path, "wb");
    cr_assert(out, "cannot write %s", file.path);
    cr_assert_eq(fwrite(bytes, 1, length, out), length);
    cr_assert_eq(fclose(out), 0);
    return file;
}

static inline scratch scratch_text(const char *name, const char *text) {
    return scratch_make(name, text, strlen(text));
}

static inline void scratch_remove(const scratch *file) {
    unlink(file->path);
    rmdir(file->folder);
}

#endif
