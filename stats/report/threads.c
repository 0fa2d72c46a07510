/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/threads.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/processors.h"

enum { THREADS_MOST = 256 };

/* A thread's own. */
typedef struct worker {
    const peil_pass *pass;
    peil_reader *reader;
    peil_part *part;
    peil_input counts; /* of records */
    bool tells;        /* how far it is */
    peil_status status;
    peil_fault fault;
    pthread_t thread;
    bool is_started;
} worker;

/* Those beside the calling thread. */
typedef struct crew {
    worker *workers;
    peil_part *parts;
    peil_reader **readers;
    size_t n;
} crew;

/* ---- hiring ---- */

size_t peil_threads_count(const peil_request *request) {
    const size_t n = request->threads > 0 ? (size_t)request->threads
                     : request->team      ? 1
                                          : peil_processors();
    return n < THREADS_MOST ? n : THREADS_MOST;
}

/* A part like another one. */
static peil_status make_part(const peil_pass *pass, const peil_part *model, peil_part *out,
                             peil_fault *fault) {
    PEIL_TRY(peil_batch_like(&model->batch, &out->batch, fault));
    PEIL_TRY(peil_part_make(pass, out, fault));
    for (size_t i = 0; i < pass->nstudies; i++)
        out->shares[i].coder.file = model->shares[i].coder.file;
    return PEIL_OK;
}

/* Hires one more; *is_shared false when the file is not to be shared. */
static peil_status hire(const peil_pass *pass, peil_reader *reader, const peil_part *part,
                        crew *out, bool *is_shared, peil_fault *fault) {
    peil_reader *guest = NULL;
    PEIL_TRY(peil_reader_share(reader, &guest, fault));
    *is_shared = guest != NULL;
    if (!guest) return PEIL_OK;
    peil_part *own = &out->parts[out->n];
    out->readers[out->n] = guest;
    out->workers[out->n++] = (worker){.pass = pass, .reader = guest, .part = own};
    PEIL_TRY(make_part(pass, part, own, fault));
    return peil_reader_bind(guest, &own->batch, fault);
}

static peil_status hire_all(const peil_pass *pass, peil_reader *reader, const peil_part *part,
                            size_t n, crew *out, peil_fault *fault) {
    bool is_shared = true;
    PEIL_TRY(peil_array_make(&out->workers, n, sizeof *out->workers, fault));
    PEIL_TRY(peil_array_make(&out->parts, n, sizeof *out->parts, fault));
    PEIL_TRY(peil_array_make(&out->readers, n, sizeof *out->readers, fault));
    while (out->n < n && is_shared) PEIL_TRY(hire(pass, reader, part, out, &is_shared, fault));
    return PEIL_OK;
}

static void dismiss(const peil_pass *pass, crew *c) {
    for (size_t i = 0; i < c->n; i++) {
        peil_reader_free(c->readers[i]);
        peil_part_clear(pass, &c->parts[i]);
    }
    free(c->workers);
    free(c->parts);
    free(c->readers);
}

/* ---- work ---- */

static void *work(void *context) {
    worker *w = context;
    w->status = peil_pass_read_rows(w->pass, w->reader, w->part, &w->counts, w->tells, &w->fault);
    if (w->status != PEIL_OK) peil_reader_stop(w->reader);
    return NULL;
}

/* A thread that cannot be had is done without: the others take its rows. */
static void work_together(crew *c, worker *own) {
    for (size_t i = 0; i < c->n; i++) {
        worker *w = &c->workers[i];
        w->is_started = pthread_create(&w->thread, NULL, work, w) == 0;
    }
    work(own);
    for (size_t i = 0; i < c->n; i++)
        if (c->workers[i].is_started) pthread_join(c->workers[i].thread, NULL);
}

/* A failure of the system is told. What is a fault in the data may depend on rows that another
 * thread had, as where the mark of decimals changes: *agree false. */
static peil_status judge(const crew *c, const worker *own, bool *agree, peil_fault *fault) {
    *agree = true;
    for (size_t i = 0; i <= c->n; i++) {
        const worker *w = i < c->n ? &c->workers[i] : own;
        *agree = *agree && w->status == PEIL_OK;
        if (w->status == PEIL_OK || w->status == PEIL_EDATA) continue;
        if (fault) *fault = w->fault;
        return w->status;
    }
    return PEIL_OK;
}

/* ---- together ---- */

/* Adds up the parts, which belong to one file: what cannot be one value or one stratum here was not
 * seen by any of them. */
static peil_status add_up(const peil_pass *pass, crew *c, worker *own, peil_input *input,
                          bool *agree, peil_fault *fault) {
    PEIL_TRY(peil_reader_join(own->reader, c->readers, c->n, agree, fault));
    input->records += own->counts.records;
    input->sample += own->counts.sample;
    for (size_t i = 0; i < c->n && *agree; i++) {
        const peil_status status = peil_part_add(pass, own->part, &c->parts[i], fault);
        *agree = status != PEIL_EDATA;
        if (*agree) PEIL_TRY(status);
        input->records += c->workers[i].counts.records;
        input->sample += c->workers[i].counts.sample;
    }
    return PEIL_OK;
}

peil_status peil_threads_read(const peil_pass *pass, peil_reader *reader, size_t most,
                              peil_part *part, peil_input *input, bool tells, bool *agree,
                              peil_fault *fault) {
    crew c = {0};
    worker own = {.pass = pass, .reader = reader, .part = part, .tells = tells};
    *agree = true;
    peil_status status = hire_all(pass, reader, part, most - 1, &c, fault);
    if (status == PEIL_OK && c.n == 0) {
        status = peil_pass_read_rows(pass, reader, part, input, tells, fault);
    } else if (status == PEIL_OK) {
        work_together(&c, &own);
        status = judge(&c, &own, agree, fault);
        if (status == PEIL_OK && *agree) status = add_up(pass, &c, &own, input, agree, fault);
    }
    dismiss(pass, &c);
    return status;
}
