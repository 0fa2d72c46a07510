/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of the population, as an x for each pattern of respondents: a margin of categories
 * is as many columns as it has categories, one of which is 1; a margin that is a number is one
 * column. So an x has as many entries as there are margins, however many columns there are. */
#ifndef PEIL_CALIBRATE_AUXILIARIES_H
#define PEIL_CALIBRATE_AUXILIARIES_H

#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "core/real.h"

typedef struct peil_auxiliaries {
    size_t npatterns, nmargins, ncolumns;
    uint32_t *column; /* npatterns x nmargins: where the pattern's x has this margin's entry */
    peil_real *value; /* the same: the entry */
} peil_auxiliaries;

/* All 0. The caller clears, also after a failure. */
peil_status peil_auxiliaries_make(size_t npatterns, size_t nmargins, size_t ncolumns,
                                  peil_auxiliaries *out, peil_fault *fault) PEIL_CHECKED;
void peil_auxiliaries_clear(peil_auxiliaries *x);

/* x' beta for a pattern; beta by column. */
peil_real peil_auxiliaries_times(const peil_auxiliaries *x, size_t pattern, const peil_real *beta);

/* total += amount * x, by column. */
void peil_auxiliaries_add(const peil_auxiliaries *x, size_t pattern, peil_real amount,
                          peil_sum *total);

#endif
