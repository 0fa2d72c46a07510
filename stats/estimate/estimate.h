/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure as it is published: rounded to doubles once, here. */
#ifndef PEIL_ESTIMATE_ESTIMATE_H
#define PEIL_ESTIMATE_ESTIMATE_H

#include "estimate/variance.h"

/* Numbers that are not there are NaN. */
typedef struct peil_estimate {
    bool exists;              /* someone with a weight above 0 gave a valid answer */
    double value, se;         /* percentages as proportions, 0..1 */
    double value_100, se_100; /* times 100 before rounding, for percentages */
    double weighted_n;        /* sum of the weights of n */
    double n_eff, deff;
    uint64_t n; /* respondents */
    int64_t df;
    bool used_lonely, lacks_replicates; /* as in peil_variance */
} peil_estimate;

/* The estimate of a figure, with its design-based standard error. `lonely`: as in
 * peil_taylor_covariance. deff = V / V of simple random sampling with replacement, that is
 * N^2 S_z^2 / n with S_z^2 the weighted variance of the influences (R: deff = "replace"); n_eff is
 * p(1-p)/se^2 for percentages, else n/deff. */
peil_status peil_estimate_make(const peil_linear *linear, peil_rules rules,
                               peil_workspace *workspace, peil_estimate *out, peil_record *lonely,
                               peil_fault *fault) PEIL_CHECKED;

#endif
