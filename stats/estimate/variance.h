/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The variance of figures, by whichever method the rules ask for. */
#ifndef PEIL_ESTIMATE_VARIANCE_H
#define PEIL_ESTIMATE_VARIANCE_H

#include "estimate/replication.h"
#include "estimate/taylor.h"

/* A method. */
typedef struct peil_variance_method {
    const char *name;   /* Mandatory. */
    bool needs_squares; /* The tally keeps squared weights where respondents are the units. */
    /* Mandatory. Fills what peil_covariance_of does. */
    peil_status (*covariance)(const peil_contrast *contrasts, size_t n, bool as_shares,
                              peil_rules rules, peil_workspace *workspace, peil_real *matrix,
                              peil_variance *out, peil_record *lonely, peil_fault *fault);
} peil_variance_method;

extern const peil_variance_method peil_variance_by_taylor, peil_variance_by_replicates;

/* The method of the rules. */
const peil_variance_method *peil_variance_method_of(peil_rules rules);

/* The covariances, n x n, of n contrasts of one view by that method; as shares: of each over the
 * sum of all. out->variance is the first one; lonely: as in peil_taylor_covariance. */
peil_status peil_covariance_of(const peil_contrast *contrasts, size_t n, bool as_shares,
                               peil_rules rules, peil_workspace *workspace, peil_real *matrix,
                               peil_variance *out, peil_record *lonely,
                               peil_fault *fault) PEIL_CHECKED;

/* The variance of one. */
peil_status peil_variance_of(const peil_contrast *contrast, peil_rules rules,
                             peil_workspace *workspace, peil_variance *out, peil_record *lonely,
                             peil_fault *fault) PEIL_CHECKED;

#endif
