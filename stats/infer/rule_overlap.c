/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two intervals that do not overlap: CBS, "als de verschillen blijven bestaan na verdiscontering
 * van de betrouwbaarheidsmarges" (2018). Stricter than a test at the same level: with equal
 * standard errors |z| must be 2.77, not 1.96. */
#include <math.h>

#include "infer/rule.h"

int peil_test_overlap(peil_bounds a, peil_bounds b) {
    if (isnan(a.low) || isnan(a.high) || isnan(b.low) || isnan(b.high)) return -1;
    return a.high < b.low || b.high < a.low;
}

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    (void)fault;
    out->differs = peil_test_overlap(pair->around_period, pair->around_reference);
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_overlap = {
    .name = "overlap",
    .help = "significant when the two intervals do not overlap (CBS); stricter than a test",
    .basis = PEIL_BASIS_INTERVALS,
    .judge = judge,
};
