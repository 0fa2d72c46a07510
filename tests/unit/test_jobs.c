/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/jobs.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 500 };

/* Work that fails at some numbers. */
typedef struct work {
    size_t fails_at[2];
    pthread_barrier_t *meeting; /* of the first jobs, which are then under way together; or NULL */
    size_t nmeet;
    int times[MOST]; /* that each was done */
} work;

static peil_status do_one(void *context, size_t number, peil_fault *fault) {
    work *w = context;
    w->times[number]++;
    if (w->meeting && number < w->nmeet) pthread_barrier_wait(w->meeting);
    for (size_t i = 0; i < 2; i++)
        if (number == w->fails_at[i]) return peil_fail(fault, PEIL_EDATA, "job %zu", number);
    return PEIL_OK;
}

Test(jobs, each_is_done_once) {
    static const size_t counts[] = {0, 1, 2, 7, MOST}, threads[] = {0, 1, 2, 3, 8};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
        for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
            work w = {.fails_at = {MOST, MOST}};
            cr_assert_eq(peil_jobs_do(counts[c], threads[t], do_one, &w, NULL), PEIL_OK);
            for (size_t i = 0; i < MOST; i++)
                cr_expect_eq(w.times[i], i < counts[c], "%zu of %zu by %zu threads", i, counts[c],
                             threads[t]);
        }
}

/* As if they had been done in order: those before it are done. */
Test(jobs, the_first_failure_stands) {
    for (size_t threads = 1; threads <= 8; threads++)
        for (size_t first = 0; first < 40; first += 3) {
            work w = {.fails_at = {first + 1, first}};
            peil_fault fault = {0};
            cr_expect_eq(peil_jobs_do(MOST, threads, do_one, &w, &fault), PEIL_EDATA);
            char wanted[32];
            snprintf(wanted, sizeof wanted, "job %zu", first);
            cr_expect_str_eq(fault.message, wanted, "by %zu threads", threads);
            for (size_t i = 0; i <= first; i++) cr_expect_eq(w.times[i], 1, "%zu", i);
            if (threads == 1) cr_expect_eq(w.times[first + 2], 0, "one is begun after a failure");
        }
}

/* As many as there are threads are under way at once, or this would never end. */
Test(jobs, are_done_side_by_side, .timeout = 60) {
    pthread_barrier_t meeting;
    work w = {.fails_at = {MOST, MOST}, .meeting = &meeting, .nmeet = 4};
    pthread_barrier_init(&meeting, NULL, 4);
    cr_assert_eq(peil_jobs_do(MOST, 4, do_one, &w, NULL), PEIL_OK);
    pthread_barrier_destroy(&meeting);
}

Test(jobs, a_failure_needs_no_words) {
    work w = {.fails_at = {2, MOST}};
    cr_expect_eq(peil_jobs_do(5, 2, do_one, &w, NULL), PEIL_EDATA);
}
