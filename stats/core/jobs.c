/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/jobs.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/array.h"

/* What the threads have between them. */
typedef struct jobs {
    peil_job *job;
    void *context;
    size_t n;
    pthread_mutex_t lock; /* guards all below */
    size_t next;          /* the first that nobody took */
    size_t failed;        /* the first that did; n: none */
    peil_status status;   /* its */
    peil_fault fault;     /* its */
} jobs;

static bool take_next(jobs *j, size_t *number) {
    pthread_mutex_lock(&j->lock);
    const bool is_there = j->next < j->n && j->failed == j->n;
    if (is_there) *number = j->next++;
    pthread_mutex_unlock(&j->lock);
    return is_there;
}

/* All before a job that fails were taken: the first failure is known when every thread is done. */
static void note_failure(jobs *j, size_t number, peil_status status, const peil_fault *fault) {
    pthread_mutex_lock(&j->lock);
    if (number < j->failed) {
        j->failed = number;
        j->status = status;
        j->fault = *fault;
    }
    pthread_mutex_unlock(&j->lock);
}

static void *work(void *context) {
    jobs *j = context;
    size_t number;
    while (take_next(j, &number)) {
        peil_fault fault = {0};
        const peil_status status = j->job(j->context, number, &fault);
        if (status != PEIL_OK) note_failure(j, number, status, &fault);
    }
    return NULL;
}

static void work_together(jobs *j, pthread_t *helpers, size_t nhelpers) {
    size_t n = 0;
    while (n < nhelpers && pthread_create(&helpers[n], NULL, work, j) == 0) n++;
    work(j);
    while (n > 0) pthread_join(helpers[--n], NULL);
}

peil_status peil_jobs_do(size_t n, size_t threads, peil_job *job, void *context,
                         peil_fault *fault) {
    jobs j = {.job = job, .context = context, .n = n, .failed = n};
    const size_t most = threads < n ? threads : n, nhelpers = most ? most - 1 : 0;
    pthread_t *helpers = NULL;
    PEIL_TRY(peil_array_make(&helpers, nhelpers, sizeof *helpers, fault));
    if (pthread_mutex_init(&j.lock, NULL) != 0) {
        free(helpers);
        return peil_fail_memory(fault);
    }
    work_together(&j, helpers, nhelpers);
    pthread_mutex_destroy(&j.lock);
    free(helpers);
    if (j.status != PEIL_OK && fault) *fault = j.fault;
    return j.status;
}
