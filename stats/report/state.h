/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States: the totals of some of the data in a file, to be added up later, in any order. In a state
 * file stand, each packed by the code beside its structure:
 *
 *     the request           state_request.h
 *     the names of the replicate weights, and of the variables that hold areas
 *     the parts             state_parts.h    which files, and what they say of their variables
 *     the values            read/batch.h     of the variables, by code
 *     units and cells       plan/coder.h     and what the notes need
 *     the sums              tally/tally.h
 *
 * No rows: memory and size go with units, cells and answers. What can only be judged of the whole
 * (lonely strata, finite populations, empty data) is judged when figures are made. */
#ifndef PEIL_REPORT_STATE_H
#define PEIL_REPORT_STATE_H

#include "report/state_file.h"
#include "report/state_request.h"
#include "report/study.h"

/* State files to be added up. */
typedef struct peil_states {
    peil_words files;
    bool are_some;            /* not all parts need be there */
    peil_saved_request asked; /* what the first one was made for, and so all */
    peil_state_bytes first;   /* read already */
} peil_states;

/* Reads the first file, and its request. `files` must outlive the states. The caller clears, also
 * after a failure. */
peil_status peil_states_open(const peil_words *files, peil_states *out,
                             peil_fault *fault) PEIL_CHECKED;

/* The same of a first file that was read. */
peil_status peil_states_begin(peil_states *states, peil_fault *fault) PEIL_CHECKED;
void peil_states_clear(peil_states *states);

/* For the pass, in place of reading data: fills the whole with the sum of all states, and what the
 * report says of the data. Refuses a state of another request, data that are there twice, and parts
 * that are missing. */
peil_status peil_states_load(peil_states *states, peil_pass *pass, peil_report *report,
                             peil_fault *fault) PEIL_CHECKED;

/* The contents of one state but for the request, from wherever they come: into `part`, which is
 * empty, and its parts. The first one says which replicate weights there are. */
peil_status peil_state_load(peil_pass *pass, bool is_first, peil_part *part,
                            peil_state_parts *parts, peil_unpacking *in,
                            peil_fault *fault) PEIL_CHECKED;

/* A state file of the whole of a pass that has one study, and of its parts. */
peil_status peil_state_save(const peil_pass *pass, const peil_request *request,
                            const peil_state_parts *parts, peil_text *out,
                            peil_fault *fault) PEIL_CHECKED;

#endif
