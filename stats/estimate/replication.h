/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicates of a sample: the same respondents with other weights, so many times over, whose
 * figures vary as those of samples would. They are columns in the data, or made of a design. */
#ifndef PEIL_ESTIMATE_REPLICATION_H
#define PEIL_ESTIMATE_REPLICATION_H

#include "tally/view.h"

/* V = scale * sum over replicates of rscale (theta_r - centre)^2, the centre being the mean of
 * those with an rscale above 0, or theta itself (R survey: svrVar). */
struct peil_replicates {
    size_t n;
    peil_real scale;
    peil_real *rscales; /* by replicate */
    bool is_about_estimate;

    /* Those of a design; the rest is NULL for columns. */
    const peil_design *design; /* borrowed */
    uint64_t df_most;          /* what degrees of freedom are at most, when random */
    /* In each replicate a unit counts for base + step * times ... */
    peil_real *base, *step; /* by stratum */
    uint32_t *times;        /* by unit, n each */
    /* ... or one unit is left out, and its stratum stands for it. */
    uint32_t *own;   /* by unit: the replicate without it, or PEIL_NONE */
    uint32_t *first; /* by stratum: the first of its replicates, or PEIL_NONE */
};
typedef struct peil_replicates peil_replicates;

/* Room for n replicates: rscales 1, scale 1. The caller clears, also after a failure. */
peil_status peil_replicates_make(size_t n, peil_replicates *out, peil_fault *fault) PEIL_CHECKED;
void peil_replicates_clear(peil_replicates *replicates);

/* Gives a view the sums of replicates of its design. */
peil_status peil_replicates_fill(const peil_replicates *replicates, peil_view *view,
                                 peil_fault *fault) PEIL_CHECKED;

/* What a method is told. */
typedef struct peil_replication_choice {
    peil_real fay;          /* Fay's factor: 0 or more, less than 1 */
    size_t n;               /* columns, or how many a bootstrap makes */
    uint64_t seed;          /* of a bootstrap */
    bool lonely_is_certain; /* a stratum with one unit adds nothing; else it is refused */
} peil_replication_choice;

/* A method. To add one: a file replication_<name>.c with such a row, and the row in replication.c.
 */
typedef struct peil_replication {
    const char *name;     /* Mandatory. "fay=K": a factor belongs to it. */
    const char *help;     /* Mandatory. One line. */
    bool may_be_negative; /* Surveys publish such weights below 0. */
    bool is_random;       /* Takes a number of replicates and a seed. */
    bool takes_fpc;       /* Of the first stage. */
    bool is_unstratified; /* Is of a sample without strata. */
    /* Optional. The scale of columns; NULL: they need rscales, which only their survey knows. */
    peil_real (*scale)(const peil_replication_choice *choice);
    /* Optional. Makes replicates of a design that has clusters; NULL: they must be columns. *record
     * is the first of a stratum that is refused. The caller clears `out`, also after a failure. */
    peil_status (*make)(const peil_design *design, const peil_replication_choice *choice,
                        peil_replicates *out, peil_record *record, peil_fault *fault);
} peil_replication;

extern const peil_replication *const peil_replications[]; /* ends in NULL */

/* The row of a word, "fay=0.5" being of "fay=K", or NULL. */
const peil_replication *peil_replication_find(const char *word);

/* For methods: whether a stratum of the first stage has no replicates, as it was sampled whole or
 * its only unit counts as certain. Refuses another one with one unit. */
peil_status peil_stratum_is_certain(const peil_stratum *stratum,
                                    const peil_replication_choice *choice, bool *is_certain,
                                    peil_record *record, peil_fault *fault) PEIL_CHECKED;

#endif
