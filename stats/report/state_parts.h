/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which data a state holds the totals of. Totals do not know the order in which they were added;
 * what does (labels, the list of files, the record that a message names) goes by the order here:
 * numbered parts by number, others by the names of their files. */
#ifndef PEIL_REPORT_STATE_PARTS_H
#define PEIL_REPORT_STATE_PARTS_H

#include "core/pack.h"
#include "read/batch.h"
#include "report/report.h"

typedef struct peil_part_file {
    peil_input input;
    bool has_names; /* its first line has the names of variables */
} peil_part_file;

/* One run of peil tally: files that were read as one. */
typedef struct peil_state_part {
    uint32_t number; /* k of --part k/n; 0: none was given */
    bool has_labels;
    size_t nfiles;
    peil_part_file *files; /* in the order of the run */
    size_t nvariables;
    peil_variable *variables; /* what the files say of each column of the batch */
    uint32_t first;           /* the number of its first file, as long as parts are joined */
    bool is_new;
} peil_state_part;

typedef struct peil_state_parts {
    uint32_t of; /* n of --part k/n; 0: parts have no number */
    size_t n, capacity;
    peil_state_part *parts; /* in order */
    size_t nfiles;
    const char **names; /* of the files of all parts, by number; borrowed from them */
} peil_state_parts;

/* Reads "k/n"; NULL: none. PEIL_EUSAGE where it is something else. */
peil_status peil_part_number(const char *word, uint32_t *k, uint32_t *n,
                             peil_fault *fault) PEIL_CHECKED;

/* Appends a part with room for so many files; *part is borrowed until the next one. The caller
 * fills it. */
peil_status peil_state_parts_add(peil_state_parts *parts, size_t nfiles, peil_state_part **part,
                                 peil_fault *fault) PEIL_CHECKED;

/* Refuses a part with the same data in two files. */
peil_status peil_state_part_check(const peil_state_part *part, peil_fault *fault) PEIL_CHECKED;

/* Keeps what the batch's columns say of their variables. */
peil_status peil_state_part_describe(peil_state_part *part, const peil_batch *batch,
                                     peil_fault *fault) PEIL_CHECKED;

/* The opposite: what the parts in their order say becomes what the batch's columns say. Refuses
 * parts that contradict each other; the fault names a file. */
peil_status peil_state_parts_agree(const peil_state_parts *parts, peil_batch *batch,
                                   peil_fault *fault) PEIL_CHECKED;

/* How the numbers of files change. The caller frees both. */
typedef struct peil_renumbering {
    uint32_t *into, *from;
} peil_renumbering;

/* The records of all parts that passed --sample: at most 2^53. */
uint64_t peil_state_parts_sample(const peil_state_parts *parts);

/* Takes the parts of `from`, which becomes empty, into the order. Refuses data that is there
 * already, parts of another number of parts, and more than 2^53 records. */
peil_status peil_state_parts_join(peil_state_parts *into, peil_state_parts *from,
                                  peil_renumbering *out, peil_fault *fault) PEIL_CHECKED;

/* Refuses numbered parts of which one is missing, and parts without any record. */
peil_status peil_state_parts_check_whole(const peil_state_parts *parts,
                                         peil_fault *fault) PEIL_CHECKED;

/* Into a state file, and out of one: of parts of the batch's columns. */
void peil_state_parts_save(const peil_state_parts *parts, peil_text *out);
peil_status peil_state_parts_load(peil_state_parts *parts, const peil_batch *batch,
                                  peil_unpacking *in, peil_fault *fault) PEIL_CHECKED;

void peil_state_parts_clear(peil_state_parts *parts);

#endif
