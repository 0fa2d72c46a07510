/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two intervals that do not overlap: CBS, "als de verschillen blijven bestaan na verdiscontering
 * van de betrouwbaarheidsmarges" (2018). Stricter than a test at the same level: with equal
 * standard errors |z| must be 2.77, not 1.96. */
#include <math.h>

#include "infer/rule.h"

static peil_bounds bounds_of(const peil_pair *pair, peil_figure figure, double level) {
    return pair->is_percent ? peil_interval_proportion(pair->interval, figure, level)
                            : peil_interval_mean(figure, level);
}

int peil_test_overlap(peil_bounds a, peil_bounds b) {
    if (isnan(a.low) || isnan(a.high) || isnan(b.low) || isnan(b.high)) return -1;
    return a.high < b.low || b.high < a.low;
}

int peil_pair_overlap(const peil_pair *pair, double period_level, double reference_level) {
    return peil_test_overlap(bounds_of(pair, pair->period, period_level),
                             bounds_of(pair, pair->reference, reference_level));
}

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    (void)fault;
    out->differs = peil_pair_overlap(pair, pair->level, pair->level);
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_overlap = {
    .name = "overlap",
    .help = "significant when the two intervals do not overlap (CBS); stricter than a test",
    .basis = PEIL_BASIS_INTERVALS,
    .judge = judge,
};
