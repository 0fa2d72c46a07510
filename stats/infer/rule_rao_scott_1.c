/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rao and Scott (1984), first order: X^2 over the mean design effect, as a chi-square on the number
 * of answers less 1; the design's degrees of freedom play no part. R's svychisq(statistic =
 * "Chisq") has this p, but prints X^2 itself, without the design effect; here p is that of the
 * statistic that is shown. */
#include "core/distribution.h"
#include "infer/rule.h"

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    peil_association test;
    PEIL_TRY(peil_twoway_rao_scott(&pair->table, &test, fault));
    out->gap = test.gap;
    if (test.gap.untested) return PEIL_OK;
    out->df = (double)test.df;
    out->statistic = out->df * test.statistic;
    out->p = peil_chi2_upper(out->statistic, out->df);
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_rao_scott_1 = {
    .name = "rao-scott-1",
    .help = "the same, first order, chi-square (R svychisq Chisq, GGD Amsterdam)",
    .basis = PEIL_BASIS_TABLE,
    .of_shares = true,
    .judge = judge,
};
