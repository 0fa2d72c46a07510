/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Korn and Graubard as the National Center for Health Statistics computes it (Data Presentation
 * Standards for Proportions, 2017, and its SAS macro): the beta interval with n* never more than n,
 *   n* = min(n, p(1-p)/se^2 (t_{n-1,1-alpha/2}/t_{df,1-alpha/2})^2). */
#include "infer/interval.h"

/* Not fmin, which would hide a NaN. */
static peil_bounds bounds(peil_figure figure, double level) {
    const double n = peil_interval_effective_n(figure, level);
    return peil_interval_exact(figure.value, n > figure.n ? figure.n : n, level);
}

const peil_interval peil_interval_kg_nchs = {
    .name = "kg-nchs",
    .help = "Korn and Graubard, effective sample size at most n (NCHS macro)",
    .bounds = bounds,
};
