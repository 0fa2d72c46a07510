/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published figure held against the computed one. */
#ifndef PEIL_VERIFY_STATUS_H
#define PEIL_VERIFY_STATUS_H

#include "infer/interval.h"
#include "monitor/stated.h"

typedef enum peil_verdict {
    PEIL_EXACT,          /* rounded as the published figure is, it is the published figure */
    PEIL_WITHIN_CI,      /* the published figure lies in the interval of the computed one */
    PEIL_DIFFERS,        /* it does not, or there is no interval */
    PEIL_NOT_COMPUTABLE, /* the data do not give this figure */
    PEIL_VERDICTS
} peil_verdict;

/* Values, from low to high. */
typedef struct peil_range {
    double low, high;
} peil_range;

/* The values that are published as a figure: from half a unit below in the last decimal that it
 * shows, to half a unit above, both included ("halves either way"). Of a range, from half a unit
 * below its low end to half above its high one; of "about" a round number, half a unit of its last
 * digit that is not 0. The ends are the doubles nearest to these decimals, as a computed figure is
 * the double nearest to its value. */
peil_range peil_published_range(const peil_statement *published);

/* Holds a figure against `computed`; bounds NaN where there is no interval. */
peil_verdict peil_verdict_of(const peil_statement *published, double computed, peil_bounds bounds);

/* The fixed word: exact, within-ci, differs, not-computable. */
const char *peil_verdict_word(peil_verdict verdict);

#endif
