/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/files.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/file_note.h"
#include "report/reading.h"
#include "report/team.h"
#include "report/threads.h"

/* What the threads that read files have between them. */
typedef struct files {
    pthread_mutex_t lock; /* guards the pass and all below */
    pthread_cond_t moved; /* a file was added, or failed */
    peil_pass *pass;
    peil_input *inputs;
    size_t n, next, added; /* files: all, to be read next, in the whole */
    size_t failed;         /* the first that did; n: none */
    size_t threads;        /* for each file */
    peil_fault fault;
} files;

/* A file being read. */
typedef struct reading {
    files *files;
    size_t file;
    peil_part *part;
    peil_input *input;
    bool tells; /* how far it is */
    peil_file_reading how;
    peil_reader *reader;
} reading;

/* ---- one file ---- */

static peil_status note_header(peil_pass *pass, size_t file, const peil_header *header,
                               peil_fault *fault) {
    pass->has_names[file] = header->has_names;
    pass->has_labels = pass->has_labels || header->has_labels || pass->hierarchy.has_names;
    for (size_t i = 0; i < pass->nstudies; i++)
        PEIL_TRY(peil_reading_check_missing(&pass->studies[i].plan, header, fault));
    return PEIL_OK;
}

static peil_status make_part(const peil_pass *pass, size_t file, peil_part *part,
                             peil_fault *fault) {
    PEIL_TRY(peil_part_make(pass, part, fault));
    for (size_t i = 0; i < pass->nstudies; i++) part->shares[i].coder.file = (uint32_t)file;
    return PEIL_OK;
}

/* Each study has codes of its own for the rows of a batch; where there are many studies, it has
 * fewer rows. 0: as suits the batch. */
static size_t rows_of_batch(const peil_pass *pass) {
    enum { STUDIES_MOST = 128, ROWS_OF_ALL = 1 << 20, ROWS_LEAST = 512 };
    if (pass->request->batch_rows || pass->nstudies <= STUDIES_MOST)
        return pass->request->batch_rows;
    const size_t rows = ROWS_OF_ALL / pass->nstudies;
    return rows < ROWS_LEAST ? ROWS_LEAST : rows;
}

/* Variables that no file has: areas, which the hierarchy gives, and the year in a file's name. */
static peil_status check_names(peil_pass *pass, size_t file, const peil_header *header,
                               peil_fault *fault) {
    if (file == 0 && pass->request->hierarchy)
        PEIL_TRY(peil_plan_areas(&pass->hierarchy, header, &pass->whole.batch, fault));
    return peil_reading_check_year(pass->request, &pass->whole.batch, header, fault);
}

/* What the batch holds is known once the first file was opened: it says which variables are
 * replicate weights. The first file goes to the whole at once; each other is a part that is added
 * to it. */
static peil_status begin_part(peil_pass *pass, size_t file, const peil_header *header,
                              peil_part *part, peil_fault *fault) {
    peil_batch *batch = &pass->whole.batch;
    for (size_t i = 0; i < pass->nstudies; i++)
        PEIL_TRY(peil_study_find_replicates(&pass->studies[i], file, header, batch, fault));
    const peil_status status = check_names(pass, file, header, fault);
    if (status == PEIL_EDATA) peil_pass_name_file(pass, (peil_record){(uint32_t)file, 0}, fault);
    PEIL_TRY(status);
    PEIL_TRY(file == 0 ? peil_batch_allocate(batch, rows_of_batch(pass), fault)
                       : peil_batch_like(batch, &part->batch, fault));
    return make_part(pass, file, part, fault);
}

/* The same without rows, and with nothing learned of the file but its variables. */
static peil_status begin_again(const reading *r, peil_fault *fault) {
    const peil_pass *pass = r->files->pass;
    peil_part fresh = {0};
    const peil_status status = peil_batch_like(&r->part->batch, &fresh.batch, fault);
    peil_part_clear(pass, status == PEIL_OK ? r->part : &fresh);
    PEIL_TRY(status);
    *r->part = fresh; /* a coder points at its batch */
    return make_part(pass, r->file, r->part, fault);
}

static peil_status open_file(reading *r, peil_fault *fault) {
    PEIL_TRY(peil_file_reading_make(r->files->pass->request, r->file, &r->how, fault));
    return peil_reader_open(r->input->name, &r->how.reading, &r->reader, fault);
}

/* Opens a file and makes its part ready. The lock is held. */
static peil_status begin(reading *r, peil_fault *fault) {
    peil_pass *pass = r->files->pass;
    const char *name = pass->request->files.word[r->file];
    PEIL_TRY(peil_string_copy(name, strlen(name), &r->input->name, fault));
    PEIL_TRY(open_file(r, fault));
    const peil_header *header = peil_reader_header(r->reader);
    PEIL_TRY(note_header(pass, r->file, header, fault));
    PEIL_TRY(begin_part(pass, r->file, header, r->part, fault));
    return peil_reader_bind(r->reader, &r->part->batch, fault);
}

/* Reads it once more, in one piece, from its begin. The parts of other files may be made like this
 * one, by who holds the lock. */
static peil_status read_again(reading *r, peil_fault *fault) {
    peil_reader_free(r->reader);
    r->reader = NULL;
    PEIL_TRY(open_file(r, fault));
    pthread_mutex_lock(&r->files->lock);
    peil_status status = begin_again(r, fault);
    if (status == PEIL_OK) status = peil_reader_bind(r->reader, &r->part->batch, fault);
    pthread_mutex_unlock(&r->files->lock);
    PEIL_TRY(status);
    r->input->records = r->input->sample = 0;
    return peil_pass_read_rows(r->files->pass, r->reader, r->part, r->input, r->tells, fault);
}

static peil_status read_rows(reading *r, peil_fault *fault) {
    const peil_pass *pass = r->files->pass;
    bool agree, is_dealt, is_for_here;
    PEIL_TRY(peil_team_deal(pass, r->file, r->reader, &is_dealt, &is_for_here, fault));
    if (!is_for_here) return PEIL_OK;
    PEIL_TRY(peil_threads_read(pass, r->reader, r->files->threads, r->part, r->input, r->tells,
                               &agree, fault));
    if (!agree && is_dealt) return peil_fail(fault, PEIL_EDATA, "is to be read in one piece");
    if (!agree) PEIL_TRY(read_again(r, fault));
    if (is_dealt) PEIL_TRY(peil_team_end(pass, r->file, r->reader, fault));
    PEIL_TRY(peil_source_check(peil_reader_source(r->reader), fault));
    peil_source_sha256(peil_reader_source(r->reader), r->input->sha256);
    PEIL_TRY(peil_input_describe(r->input, peil_reader_header(r->reader), fault));
    return peil_input_take_hierarchy(r->input, &pass->hierarchy, fault);
}

/* ---- one after the other, or side by side ---- */

/* The first file in the order of the request that is not begun; false when there is none, or one
 * before it failed. */
static bool take_next(files *f, size_t *file) {
    pthread_mutex_lock(&f->lock);
    const bool is_there = f->next < f->n && f->failed == f->n;
    if (is_there) *file = f->next++;
    pthread_mutex_unlock(&f->lock);
    return is_there;
}

/* The files before this one are added to the whole first. */
static peil_status add_in_turn(files *f, const reading *r, peil_fault *fault) {
    while (f->added < r->file && f->failed > r->file) pthread_cond_wait(&f->moved, &f->lock);
    if (r->file == 0 || f->failed < r->file) return PEIL_OK;
    return peil_part_add(f->pass, &f->pass->whole, r->part, fault);
}

static void end_file(reading *r, peil_status status, peil_fault *fault) {
    files *f = r->files;
    pthread_mutex_lock(&f->lock);
    if (status == PEIL_OK) status = add_in_turn(f, r, fault);
    if (status != PEIL_OK && status != PEIL_EUSAGE)
        peil_pass_name_file(f->pass, (peil_record){(uint32_t)r->file, 0}, fault);
    if (status != PEIL_OK && r->file < f->failed) {
        f->failed = r->file;
        f->fault = *fault;
        f->fault.status = status;
    } else if (status == PEIL_OK) {
        f->added++;
    }
    pthread_cond_broadcast(&f->moved);
    pthread_mutex_unlock(&f->lock);
    peil_reader_free(r->reader);
}

static void read_others(files *f, bool tells) {
    size_t file;
    while (take_next(f, &file)) {
        peil_part part = {0};
        peil_fault fault = {0};
        reading r = {
            .files = f, .file = file, .part = &part, .input = &f->inputs[file], .tells = tells};
        pthread_mutex_lock(&f->lock);
        peil_status status = begin(&r, &fault);
        pthread_mutex_unlock(&f->lock);
        if (status == PEIL_OK) status = read_rows(&r, &fault);
        end_file(&r, status, &fault);
        peil_part_clear(f->pass, &part);
    }
}

static void *help(void *context) {
    read_others(context, false);
    return NULL;
}

/* Threads that read other files while this one reads the first; fewer when there are no more. */
static peil_status read_beside(files *f, size_t nthreads, peil_fault *fault) {
    pthread_t *threads = NULL;
    size_t n = 0;
    peil_fault first = {0};
    reading r = {
        .files = f, .part = &f->pass->whole, .input = &f->inputs[f->next++], .tells = true};
    PEIL_TRY(peil_array_make(&threads, nthreads, sizeof *threads, fault));
    peil_status status = begin(&r, &first);
    while (status == PEIL_OK && n < nthreads && pthread_create(&threads[n], NULL, help, f) == 0)
        n++;
    if (status == PEIL_OK) status = read_rows(&r, &first);
    end_file(&r, status, &first);
    read_others(f, true);
    while (n > 0) pthread_join(threads[--n], NULL);
    free(threads);
    if (f->failed == f->n) return PEIL_OK;
    if (fault) *fault = f->fault;
    return f->fault.status;
}

/* Standard input is one file, whoever reads it. */
static size_t count_at_once(const peil_words *names, size_t threads) {
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->word[i], "-") == 0) return 1;
    return names->n < threads ? names->n : threads;
}

static peil_status share_out(peil_pass *pass, peil_input *inputs, peil_fault *fault) {
    const peil_words *names = &pass->request->files;
    const size_t threads = peil_threads_count(pass->request);
    const size_t at_once = count_at_once(names, threads);
    files f = {.pass = pass, .inputs = inputs, .n = names->n, .failed = names->n};
    f.threads = pass->keeps_rows ? 1 : threads / at_once; /* rows are kept in their order */
    if (pthread_mutex_init(&f.lock, NULL) != 0) return peil_fail_memory(fault);
    peil_status status = PEIL_ESYSTEM;
    if (pthread_cond_init(&f.moved, NULL) == 0) {
        status = read_beside(&f, at_once - 1, fault);
        pthread_cond_destroy(&f.moved);
    } else {
        peil_fail_memory(fault);
    }
    pthread_mutex_destroy(&f.lock);
    return status;
}

peil_status peil_files_read(peil_pass *pass, peil_report *report, peil_fault *fault) {
    const size_t n = pass->request->files.n;
    pass->first_input = report->ninputs;
    if (n == 0) return peil_fail(fault, PEIL_EUSAGE, "there is no data file");
    PEIL_TRY(peil_array_reserve(&report->inputs, &report->inputs_capacity, report->ninputs + n,
                                sizeof *report->inputs, fault));
    PEIL_TRY(peil_array_make(&pass->has_names, n, sizeof *pass->has_names, fault));
    peil_input *inputs = report->inputs + report->ninputs;
    memset(inputs, 0, n * sizeof *inputs);
    report->ninputs += n;
    pass->nfiles = n;
    pass->files = pass->request->files.word;
    return share_out(pass, inputs, fault);
}
