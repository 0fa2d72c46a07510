/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two variables go together as strata and units do: how many values of one there are within
 * each value of the other. */
#ifndef PEIL_REPORT_NESTING_H
#define PEIL_REPORT_NESTING_H

#include "core/pairs.h"
#include "report/profile.h"

/* Zero is empty. */
typedef struct peil_nesting {
    bool failed;        /* values were forgotten: nothing is known */
    peil_pairs pairs;   /* (outer code, inner code) as they were met, without missing values */
    size_t outers;      /* different outer values; once finished */
    size_t least, most; /* inner values within an outer one */
} peil_nesting;

/* Adds the rows of a batch. lacks: by code, whether it is no answer. */
peil_status peil_nesting_add(peil_nesting *nesting, const peil_profile *outer,
                             const uint8_t *outer_lacks, const peil_profile *inner,
                             const uint8_t *inner_lacks, size_t rows,
                             peil_fault *fault) PEIL_CHECKED;

/* After the last batch. */
peil_status peil_nesting_finish(peil_nesting *nesting, const peil_profile *outer,
                                peil_fault *fault) PEIL_CHECKED;

void peil_nesting_clear(peil_nesting *nesting);

#endif
