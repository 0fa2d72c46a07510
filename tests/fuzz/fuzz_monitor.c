/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a monitor, whose data are then those of a few people, and as a result that is to be
 * made again. It is refused by its lines, or there are figures. */
#include "fuzz/figures.h"
#include "report/monitor.h"
#include "report/replay.h"

enum { REPLICATES_MOST = 20 };

static const char *people;

/* No file of this machine is read but that one. */
static void set_files(peil_monitor *m) {
    for (size_t d = 0; d < m->ndata; d++) {
        peil_request *request = &m->data[d].request;
        request->files = (peil_words){1, &people};
        request->targets = (peil_words){0};
        request->hierarchy = NULL;
        if (request->replicates > REPLICATES_MOST) request->replicates = REPLICATES_MOST;
    }
}

static peil_status publish(peil_publication *p, peil_report *report, peil_fault *fault) {
    set_files(p->monitor);
    PEIL_TRY(peil_monitor_check(p, report, fault));
    PEIL_TRY(peil_publication_make(p, fault));
    PEIL_TRY(peil_publication_read(p, report, fault));
    PEIL_TRY(peil_publication_rows(p, report, fault));
    return peil_monitor_notes(p, report, fault);
}

static peil_status run(const peil_request *request, peil_report *report, peil_fault *fault) {
    *report = (peil_report){.command = "run"};
    return peil_monitor_carry_out(request, publish, report, fault);
}

static void read_result(const char *path) {
    peil_replay replay = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    const peil_text other = {.bytes = "{}", .length = 2};
    peil_status status = peil_replay_read(path, &replay, &fault);
    if (status == PEIL_OK) {
        for (size_t i = 0; i < 5 && status == PEIL_OK; i++)
            status = peil_report_column(&report, "c", &fault);
        if (status == PEIL_OK) status = peil_replay_compare(&replay, &other, &report, &fault);
    }
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_report_clear(&report);
    peil_replay_clear(&replay);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    const memory_file file = memory_file_of(bytes, length);
    const char *path = file.path;
    people = figures_people();
    peil_text said = figures_check(run, (peil_request){.files = {1, &path}});
    peil_text_clear(&said);
    read_result(path);
    memory_file_close(&file);
    return 0;
}
