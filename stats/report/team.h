/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes that read the same files together, as those of MPI do. All have the same request and
 * open every file; each reads its share of the rows. What they found goes, packed as a state, to
 * rank 0, which adds it up and alone makes figures. How bytes get there is the team's. */
#ifndef PEIL_REPORT_TEAM_H
#define PEIL_REPORT_TEAM_H

#include "core/text.h"
#include "report/study.h"

typedef struct peil_team {
    size_t rank, size;
    void *context;
    /* Of every rank but 0, once: gives bytes to rank 0. */
    peil_status (*send)(void *context, const peil_text *bytes, peil_fault *fault);
    /* Of rank 0, once for each other, in their order: appends the bytes of that one; none when it
     * failed before it could read. */
    peil_status (*receive)(void *context, size_t from, peil_text *out, peil_fault *fault);
} peil_team;

/* Refuses files that several processes cannot read, if there are several: PEIL_EUSAGE. */
peil_status peil_team_check(const peil_request *request, peil_fault *fault) PEIL_CHECKED;

/* Whether this rank reads rows of a file that was opened, as all do unless there is a team. Where
 * there are as many files as ranks, each file is read by one of them; else the rows of a plain csv
 * file are dealt out. */
peil_status peil_team_deal(const peil_pass *pass, size_t file, peil_reader *reader, bool *is_dealt,
                           bool *is_for_here, peil_fault *fault) PEIL_CHECKED;

/* Behind the rows of a file that was dealt. One rank reads all of it for its hash, if that was
 * asked for. */
peil_status peil_team_end(const peil_pass *pass, size_t file, peil_reader *reader,
                          peil_fault *fault) PEIL_CHECKED;

/* Reads this rank's share of the pass's files. On rank 0 all shares are then in the whole; *agree
 * false: somebody's data are refused, and only who reads everything can say which record was the
 * first. Every other rank ends here, with PEIL_ESYSTEM: it has no figures. */
peil_status peil_team_read(peil_pass *pass, peil_report *report, bool *agree,
                           peil_fault *fault) PEIL_CHECKED;

#endif
