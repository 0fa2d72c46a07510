/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two intervals that do not overlap: CBS, "als de verschillen blijven bestaan na verdiscontering
 * van de betrouwbaarheidsmarges" (2018). Stricter than a test at the same level: with equal
 * standard errors |z| must be 2.77, not 1.96. */
#include <math.h>

#include "infer/rule.h"

static bool is_missing(peil_bounds b) {
    return isnan(b.low) && isnan(b.high);
}

/* The part of an interval that is known: a bound that is missing lies somewhere beyond the figure,
 * as that of a quantile does where its share reaches the end of the data. */
static peil_bounds known_of(peil_bounds b, double figure) {
    return (peil_bounds){isnan(b.low) ? figure : b.low, isnan(b.high) ? figure : b.high};
}

int peil_test_overlap(const peil_pair *pair) {
    const peil_bounds a = pair->around_period, b = pair->around_reference;
    if (is_missing(a) || is_missing(b)) return -1;
    if (a.high < b.low || b.high < a.low) return 1;
    const peil_bounds in_a = known_of(a, pair->period), in_b = known_of(b, pair->reference);
    return in_a.low <= in_b.high && in_b.low <= in_a.high ? 0 : -1;
}

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    (void)fault;
    out->differs = peil_test_overlap(pair);
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_overlap = {
    .name = "overlap",
    .help = "significant when the two intervals do not overlap (CBS); stricter than a test",
    .basis = PEIL_BASIS_INTERVALS,
    .judge = judge,
};
