/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "terminal.h"

enum { PATIENCE = 1000, PAUSE = 200 }; /* milliseconds */

static uint64_t now(void) {
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

cli_progress cli_progress_make(bool is_wanted, peil_language language) {
    return (cli_progress){.is_watched = is_wanted && cli_terminal_obeys(STDERR_FILENO),
                          .language = language,
                          .next = now() + PATIENCE};
}

void cli_progress_tell(void *context, uint64_t bytes, uint64_t all) {
    cli_progress *progress = context;
    if (!progress->is_watched) return;
    const uint64_t moment = now();
    if (moment < progress->next) return;
    progress->next = moment + PAUSE;
    progress->is_shown = true;
    const char *read = progress->language == PEIL_DUTCH ? "gelezen" : "read";
    const double megabytes = (double)bytes / 1e6;
    if (all) {
        fprintf(stderr, "\r\033[Kpeil: %.0f%% %s (%.0f MB)", 100 * (double)bytes / (double)all,
                read, megabytes);
    } else {
        fprintf(stderr, "\r\033[Kpeil: %.0f MB %s", megabytes, read);
    }
}

void cli_progress_wipe(cli_progress *progress) {
    if (progress->is_shown) fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
