/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request's words on replicate weights. */
#ifndef PEIL_REPORT_REPLICATION_H
#define PEIL_REPORT_REPLICATION_H

#include "estimate/variance.h"
#include "plan/request.h"

/* What was asked. Zero: no replicates. */
typedef struct peil_replication_words {
    const peil_replication *method; /* NULL: none */
    bool are_columns;               /* else they are made of the design */
    peil_replication_choice choice; /* n only when made */
    bool is_about_estimate;
} peil_replication_words;

/* Reads the words; PEIL_EUSAGE where they are wrong or do not go together. */
peil_status peil_replication_read(const peil_request *request, peil_replication_words *out,
                                  peil_fault *fault) PEIL_CHECKED;

/* The replicates of n columns. */
peil_status peil_replicates_of_columns(const peil_request *request,
                                       const peil_replication_words *words, size_t n,
                                       peil_replicates *out, peil_fault *fault) PEIL_CHECKED;

/* Those of a design. A fault may be about a record. */
peil_status peil_replicates_of_design(const peil_replication_words *words,
                                      const peil_design *design, peil_replicates *out,
                                      peil_record *record, peil_fault *fault) PEIL_CHECKED;

#endif
