/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No more threads than were asked for, whatever the command. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <pthread.h>

#include "support/figures.h"

static int started;

typedef int starter(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *),
                   void *context) {
    void *found = dlsym(RTLD_NEXT, "pthread_create");
    starter *real;
    memcpy(&real, &found, sizeof real);
    started++;
    return real(thread, how, run, context);
}

/* Threads that a command starts beside its own. Blocks of some bytes share a small file too. */
static int count_started(command *run, peil_request request, const char *file, int threads) {
    request.block_bytes = 16;
    request.threads = threads;
    started = 0;
    peil_report report = report_of(run, request, file);
    peil_report_clear(&report);
    return started;
}

static void check(command *run, peil_request request, const char *file) {
    cr_expect_eq(count_started(run, request, file, 1), 0);
    cr_expect_eq(count_started(run, request, file, 3), 2);
}

Test(threads_count, as_many_as_asked_for) {
    const scratch data = scratch_text("data.csv", "q,h\n1,1\n2,1\n1,2\n2,2\n1,1\n2,2\n");
    peil_text text = {0};
    peil_text_add_format(&text,
                         "peil: 1\nbreakdowns: [[h]]\ndata: {a: {files: [%s]}}\n"
                         "indicators: [{code: A, measure: percent(q = 1)}]\n",
                         data.path);
    const scratch monitor = scratch_text("monitor.yaml", text.bytes);
    check(peil_run_table, (peil_request){.measures = WORDS("percent(q)")}, data.path);
    check(peil_run_monitor, (peil_request){0}, monitor.path);
    peil_text_clear(&text);
    scratch_remove(&monitor);
    scratch_remove(&data);
}
