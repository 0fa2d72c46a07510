/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "terminal.h"
#include "core/number.h"

enum { PATIENCE = 1000, PAUSE = 200 }; /* milliseconds */

static uint64_t now(void) {
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

cli_progress cli_progress_make(bool is_wanted, peil_language language) {
    const uint64_t moment = now();
    return (cli_progress){.is_watched = is_wanted && cli_terminal_obeys(STDERR_FILENO),
                          .language = language,
                          .next = moment + PATIENCE,
                          .begin = moment};
}

/* A file begins with 0 rows. */
static void take(cli_progress *progress, uint64_t rows, uint64_t bytes, uint64_t moment) {
    if (rows == 0) {
        progress->rows_before += progress->rows;
        progress->begin = moment;
    }
    progress->rows = rows;
    progress->bytes = bytes;
}

/* "12 s", "3:05 min", "1:10 h" */
static void add_time(peil_text *out, uint64_t seconds) {
    if (seconds < 60)
        peil_text_add_format(out, "%" PRIu64 " s", seconds);
    else if (seconds < 3600)
        peil_text_add_format(out, "%" PRIu64 ":%02" PRIu64 " min", seconds / 60, seconds % 60);
    else
        peil_text_add_format(out, "%" PRIu64 ":%02" PRIu64 " h", seconds / 3600, seconds / 60 % 60);
}

static void add_line(const cli_progress *progress, uint64_t all, uint64_t moment, peil_text *out) {
    const bool dutch = progress->language == PEIL_DUTCH, has_end = all && progress->bytes;
    const double share = has_end ? (double)progress->bytes / (double)all : 0;
    const double passed = (double)(moment - progress->begin) / 1000;
    if (has_end)
        peil_text_add_format(out, "peil: %.0f%% %s, ", 100 * share, dutch ? "gelezen" : "read");
    else
        peil_text_add_format(out, "peil: %.0f MB %s, ", (double)progress->bytes / 1e6,
                             dutch ? "gelezen" : "read");
    peil_number_add_count(out, progress->rows_before + progress->rows, progress->language);
    peil_text_add(out, dutch ? " rijen" : " rows");
    if (!has_end || share > 1) return;
    peil_text_add(out, dutch ? ", nog " : ", ");
    add_time(out, (uint64_t)(passed * (1 - share) / share + 0.5));
    if (!dutch) peil_text_add(out, " left");
}

void cli_progress_tell(void *context, uint64_t rows, uint64_t bytes, uint64_t all) {
    cli_progress *progress = context;
    if (!progress->is_watched) return;
    const uint64_t moment = now();
    take(progress, rows, bytes, moment);
    if (moment < progress->next) return;
    progress->next = moment + PAUSE;
    peil_text line = {0};
    add_line(progress, all, moment, &line);
    if (!line.failed) fprintf(stderr, "\r\033[K%s", line.bytes);
    progress->is_shown = progress->is_shown || !line.failed;
    peil_text_clear(&line);
}

void cli_progress_wipe(cli_progress *progress) {
    if (progress->is_shown) fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
