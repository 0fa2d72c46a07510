/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As overlap, with the interval of the small area at 90% and that of the large one at 95%, as GGD
 * Hart voor Brabant's tables do for a wijk (90%) and its gemeente (95%); here the period is the
 * small one. With equal standard errors |z| must be 2.55. Theirs too: two percentages that are both
 * shown as 100%, or both as 0%, never differ. */
#include "infer/rule.h"

/* 99.5% and more, or less than 0.5%. */
static bool look_the_same(double a, double b) {
    return (a >= 0.995 && b >= 0.995) || (a < 0.005 && b < 0.005);
}

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    (void)fault;
    out->differs = peil_test_overlap(pair);
    const bool same = pair->is_percent && look_the_same(pair->period, pair->reference);
    if (out->differs == 1 && same) out->differs = 0;
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_overlap_90_95 = {
    .name = "overlap-90-95",
    .help =
        "the same with the period's interval at 90% and the reference's at 95%, whatever "
        "--level (GGD Hart voor Brabant: wijk against gemeente); never where both round to 0% "
        "or to 100%",
    .basis = PEIL_BASIS_INTERVALS,
    .period_level = 0.90,
    .reference_level = 0.95,
    .judge = judge,
};
