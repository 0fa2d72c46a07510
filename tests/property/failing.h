/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a run fails in turn, once and from then on: the run says that memory ran out,
 * or finds its way and says the same; it loses nothing and never crashes. The allocator of the
 * whole program is the one below, so that libraries fail too: for one file of a test program,
 * before all other headers. */
#ifndef PEIL_TESTS_FAILING_H
#define PEIL_TESTS_FAILING_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* RTLD_NEXT */
#endif
#include <dlfcn.h>
#include <stddef.h>

#include "people.h"

/* ---- an allocator that fails on demand ---- */

static struct {
    bool counts;            /* a run is on */
    bool persists;          /* all later ones fail too */
    _Atomic size_t made;    /* allocations of the run so far */
    size_t fails_at;        /* the allocation that fails, from 1; 0: none */
    _Atomic ptrdiff_t held; /* allocations of the run that were not freed */
} memory;

static void *(*real_malloc)(size_t size);
static void *(*real_calloc)(size_t count, size_t size);
static void *(*real_realloc)(void *old, size_t size);
static void (*real_free)(void *block);

/* Looking up the real allocator may itself allocate, and so may libraries as they begin. */
static union {
    char bytes[1 << 20];
    max_align_t aligned;
} early;
static size_t early_used;

static bool is_early(const void *block) {
    return (const char *)block >= early.bytes && (const char *)block < early.bytes + sizeof early;
}

static void *take_early(size_t size) {
    size_t needed = (size + 15) / 16 * 16;
    if (needed > sizeof early.bytes - early_used) return NULL;
    early_used += needed;
    return early.bytes + early_used - needed;
}

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN
#elif defined(__has_feature) /* clang says it in another way than gcc */
#if __has_feature(address_sanitizer)
#define UNDER_ASAN
#endif
#endif

#if defined(UNDER_ASAN)
/* The sanitizer's own, which is ready when this program begins. */
extern void *__interceptor_malloc(size_t size);
extern void *__interceptor_calloc(size_t count, size_t size);
extern void *__interceptor_realloc(void *old, size_t size);
extern void __interceptor_free(void *block);

__attribute__((constructor)) static void take_real(void) {
    real_malloc = __interceptor_malloc;
    real_calloc = __interceptor_calloc;
    real_realloc = __interceptor_realloc;
    real_free = __interceptor_free;
}

static void find_real(void) {}
#else
static void find_real(void) {
    static bool looking;
    if (real_free || looking) return;
    looking = true;
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
    *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
    *(void **)&real_free = dlsym(RTLD_NEXT, "free");
    looking = false;
}
#endif

static bool fails(void) {
    if (!memory.counts) return false;
    const size_t number = ++memory.made;
    return memory.persists ? memory.fails_at && number >= memory.fails_at
                           : number == memory.fails_at;
}

static void *held(void *block) {
    if (memory.counts && block) memory.held++;
    return block;
}

void *malloc(size_t size) {
    find_real();
    if (!real_free) return take_early(size);
    return fails() ? NULL : held(real_malloc(size));
}

void *calloc(size_t count, size_t size) {
    find_real();
    if (!real_free) return take_early(count * size); /* zero already */
    return fails() ? NULL : held(real_calloc(count, size));
}

void *realloc(void *old, size_t size) {
    find_real();
    if (is_early(old) || !real_free) {
        void *block = malloc(size);
        if (block && old) memcpy(block, old, size);
        return block;
    }
    if (fails()) return NULL;
    return old ? real_realloc(old, size) : held(real_realloc(old, size));
}

void free(void *block) {
    if (!block || is_early(block) || !real_free) return;
    if (memory.counts) memory.held--;
    real_free(block);
}

/* A sanitizer has one that goes past malloc. */
char *strdup(const char *text) {
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

/* ---- runs ---- */

typedef struct outcome {
    peil_status status;
    size_t made;
    ptrdiff_t lost;
    peil_text output;
} outcome;

static outcome run_failing(command *tried, const peil_request *request, size_t fails_at,
                           bool persists) {
    outcome o = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    memory.made = 0;
    memory.held = 0;
    memory.fails_at = fails_at;
    memory.persists = persists;
    memory.counts = true;
    o.status = tried(request, &report, &fault);
    if (o.status == PEIL_OK) peil_writer_find("csv")->write(&report, &(peil_style){0}, &o.output);
    peil_report_clear(&report);
    memory.counts = false;
    o.made = memory.made;
    o.lost = memory.held - (o.output.bytes != NULL);
    HOLDS(o.status == PEIL_OK || fault.message[0], "allocation %zu: no message", fails_at);
    return o;
}

static void check_failure(command *tried, const peil_request *request, const outcome *whole,
                          size_t fails_at, bool persists) {
    outcome o = run_failing(tried, request, fails_at, persists);
    const bool wrote = o.status == PEIL_OK && !o.output.failed;
    HOLDS(o.status == PEIL_OK || o.status == PEIL_ESYSTEM, "allocation %zu: status %d", fails_at,
          o.status);
    HOLDS(!wrote || !strcmp(o.output.bytes, whole->output.bytes), "allocation %zu: other output",
          fails_at);
    HOLDS(o.lost == 0, "allocation %zu: %td blocks lost", fails_at, o.lost);
    peil_text_clear(&o.output);
}

static void fail_files(const char *name, command *tried, peil_request request) {
    if (!request.threads) request.threads = 1; /* so that each run allocates in the same order */
    outcome first = run_failing(tried, &request, 0, false); /* what libraries keep for good */
    peil_text_clear(&first.output);
    outcome whole = run_failing(tried, &request, 0, false);
    cr_assert_eq(whole.status, PEIL_OK, "%s", name);
    cr_assert_eq(whole.lost, 0, "%s: %td blocks lost", name, whole.lost);
    cr_assert_gt(whole.made, 50, "%s", name);
    for (size_t i = 1; i <= whole.made; i++) {
        check_failure(tried, &request, &whole, i, false);
        check_failure(tried, &request, &whole, i, true);
    }
    peil_text_clear(&whole.output);
}

static void fail_each(const char *name, command *tried, peil_request request, const char *path) {
    const char *const files[] = {path, path};
    request.files = (peil_words){request.by.n > 1 ? 2 : 1, files};
    fail_files(name, tried, request);
}

/* ---- a survey to try it on ---- */

enum { PEOPLE = 12 };

#define FILE_OF(n) people_file(people, n, (layout){0})

#endif
