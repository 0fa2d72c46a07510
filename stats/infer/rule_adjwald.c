/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same with Hotelling's correction for the estimated covariance: W (nu - k + 1) / (k nu) as an
 * F on k and nu - k + 1 (Thomas and Rao 1987). df is nu - k + 1. R's svychisq(statistic =
 * "adjWald"). */
#include "core/distribution.h"
#include "infer/rule.h"

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    peil_association test;
    PEIL_TRY(peil_twoway_wald(&pair->table, &test, fault));
    out->gap = test.gap;
    const double k = (double)test.df, df = pair->df - k + 1;
    if (test.gap.untested || !(df > 0)) {
        out->gap.untested = true;
        return PEIL_OK;
    }
    out->statistic = test.statistic * df / (k * pair->df);
    out->df = df;
    out->p = peil_f_upper(out->statistic, k, df);
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_adjwald = {
    .name = "adjwald",
    .help = "the same, adjusted for the number of units (R svychisq adjWald)",
    .basis = PEIL_BASIS_TABLE,
    .judge = judge,
};
