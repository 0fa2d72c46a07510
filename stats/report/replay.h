/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result in json made again from what it says of itself: its command, request and inputs. */
#ifndef PEIL_REPORT_REPLAY_H
#define PEIL_REPORT_REPLAY_H

#include "core/json.h"
#include "plan/request.h"
#include "report/report.h"

typedef struct peil_replay {
    const char *name;     /* of the file; borrowed */
    const char *command;  /* "table" */
    peil_request request; /* that the result answers; its words live as long as the replay */
    /* what they are borrowed from */
    peil_text text;
    peil_json json;
    const char **words;
    size_t nwords;
} peil_replay;

/* Reads a result. PEIL_EDATA where it is none, or holds a word that is not known here. The caller
 * clears, also after a failure. */
peil_status peil_replay_read(const char *name, peil_replay *out, peil_fault *fault) PEIL_CHECKED;

/* Begins a report of check, name, recorded, recomputed, same (1 or 0): the version, and the SHA-256
 * of each file that the result rests on, but for stdin. *is_same: no file changed. */
peil_status peil_replay_check(const peil_replay *replay, peil_report *report, bool *is_same,
                              peil_fault *fault) PEIL_CHECKED;

/* Ends that report: whether the bytes are the same, and else what differs first, by its path. */
peil_status peil_replay_compare(const peil_replay *replay, const peil_text *now,
                                peil_report *report, peil_fault *fault) PEIL_CHECKED;

void peil_replay_clear(peil_replay *replay);

#endif
