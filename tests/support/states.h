/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States on disk. */
#ifndef PEIL_TESTS_STATES_H
#define PEIL_TESTS_STATES_H

#include "support/figures.h"

static inline void write_bytes(const char *path, const char *bytes, size_t length) {
    FILE *out = fopen(path, "wb");
    cr_assert(out, "cannot write %s", path);
    cr_assert_eq(fwrite(bytes, 1, length, out), length);
    cr_assert_eq(fclose(out), 0);
}

/* Runs a command that makes a state, and keeps it. */
static inline void keep_state(command *run, peil_request request, const char *path) {
    peil_report report = {0};
    peil_fault fault = {0};
    const peil_status status = run(&request, &report, &fault);
    cr_assert_eq(status, PEIL_OK, "%s: %s", fault.file, fault.message);
    write_bytes(path, report.document.bytes, report.document.length);
    peil_report_clear(&report);
}

#endif
