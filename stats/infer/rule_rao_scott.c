/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rao and Scott (1984), second order: X^2 over the sum of the design effects d as an F on d0 = (sum
 * d)^2 / sum d^2 and d0 nu, nu the design's degrees of freedom (Thomas and Rao 1990). df is d0 nu;
 * d0 itself is df / nu, and 1 for a question of two answers. R's svychisq(statistic = "F"), its
 * default. */
#include "core/distribution.h"
#include "infer/rule.h"

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    peil_association test;
    PEIL_TRY(peil_twoway_rao_scott(&pair->table, &test, fault));
    out->gap = test.gap;
    if (test.gap.untested || !(pair->df > 0)) {
        out->gap.untested = true;
        return PEIL_OK;
    }
    out->statistic = test.statistic;
    out->df = test.effective_df * pair->df;
    out->p = peil_f_upper(out->statistic, test.effective_df, out->df);
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_rao_scott = {
    .name = "rao-scott",
    .help =
        "Rao and Scott's test of percent(...), second order, F (R svychisq F, Stata, GGD "
        "tabellenboek)",
    .basis = PEIL_BASIS_TABLE,
    .of_shares = true,
    .judge = judge,
};
