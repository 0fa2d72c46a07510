/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Standards by which a publisher says whether a figure is reliable enough to be presented. A row is
 * pure: numbers in, a verdict out. */
#ifndef PEIL_INFER_RELIABILITY_H
#define PEIL_INFER_RELIABILITY_H

#include "infer/interval.h"

/* What a standard says, as bits: SUPPRESS stands alone, REVIEW and FOOTNOTE may go together, and
 * PRESENT is when nothing else is said. */
typedef enum peil_reliability_word {
    PEIL_PRESENT = 1,
    PEIL_REVIEW = 2,   /* someone who knows the data decides */
    PEIL_FOOTNOTE = 4, /* present, and say that the complement may not be reliable */
    PEIL_SUPPRESS = 8
} peil_reliability_word;

/* To add one: a file reliability_<name>.c with such a row, and the row in reliability.c. */
typedef struct peil_reliability {
    const char *name; /* Mandatory. As in --reliability. */
    const char *help; /* Mandatory. One line. */
    /* Mandatory. Of a proportion in 0..1; n: respondents with a valid answer. */
    unsigned (*judge_share)(peil_figure share);
    /* Optional. Of a number of people with a property; n: respondents who have it; n_eff: those of
     * equal weights, drawn one by one, whose number would have this relative error, (X/se)^2. */
    unsigned (*judge_count)(peil_figure count, double n_eff);
} peil_reliability;

extern const peil_reliability *const peil_reliabilities[]; /* ends in NULL */

/* The standard of that name, or NULL. */
const peil_reliability *peil_reliability_find(const char *name);

/* The words of a verdict, separated by spaces: of static storage. */
const char *peil_reliability_words(unsigned verdict);

/* For the rows: the standard of 2017, which holds for proportions ever since. */
unsigned peil_reliability_judge_share_2017(peil_figure share);

#endif
