/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts that are computed to see what comes of them: all those of a source in one pass over its
 * files. Only figures are made, without margins, so the design does not matter. What the data
 * refuse (a value outside a scale that now counts) is tried apart, and left out. */
#ifndef PEIL_VERIFY_TRIAL_H
#define PEIL_VERIFY_TRIAL_H

#include "report/publication.h"
#include "verify/convention.h"

/* A draft with the changes that made it. */
typedef struct peil_trial {
    size_t indicator, nchanges;
    peil_change changes[2];
    peil_draft draft;
    peil_words by; /* breakdowns beside the period */

    const peil_study *study; /* NULL: not computed, or refused by the data */
    size_t measure;          /* of the study */
    peil_tableau *tableaux;  /* by breakdown of the study; one without a study is not made yet */
} peil_trial;

typedef struct peil_trials {
    size_t n, capacity;
    peil_trial *list;
    size_t npasses, passes_capacity;
    struct peil_trial_pass **passes; /* whose studies the trials look at */
} peil_trials;

peil_status peil_trials_add(peil_trials *trials, const peil_trial *added,
                            peil_fault *fault) PEIL_CHECKED;

/* Computes the trials from number `from` on, of all sources. */
peil_status peil_trials_run(const peil_publication *publication, peil_trials *trials, size_t from,
                            peil_fault *fault) PEIL_CHECKED;

/* The figure of a trial for whom `published` is about, in percent for a percentage; NaN when there
 * is none. */
peil_status peil_trial_value(const peil_monitor *monitor, peil_trial *trial,
                             const peil_published *published, double *out,
                             peil_fault *fault) PEIL_CHECKED;

void peil_trials_clear(peil_trials *trials);

#endif
