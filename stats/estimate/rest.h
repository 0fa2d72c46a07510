/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many figures, each against that of all others together: an area and the rest of its region. Every
 * such difference has influence on all respondents, so that a walk through the design for each
 * would cost as much as all areas times all respondents. */
#ifndef PEIL_ESTIMATE_REST_H
#define PEIL_ESTIMATE_REST_H

#include "estimate/variance.h"

/* The variances of own[k] - rest[k], for n figures of one kind that exist; the cells of own[k] and
 * rest[k] together are the same for every k. They are what peil_variance_of says of each, up to
 * rounding that leaves a double as it is. lonely: as in peil_taylor_covariance. */
peil_status peil_rest_variances(const peil_linear *own, const peil_linear *rest, size_t n,
                                peil_rules rules, peil_workspace *workspace, peil_variance *out,
                                peil_record *lonely, peil_fault *fault) PEIL_CHECKED;

#endif
