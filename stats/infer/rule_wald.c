/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Koch, Freeman and Freeman (1975): W / k as an F on k, the number of answers less 1, and nu, the
 * design's degrees of freedom. df is nu. R's svychisq(statistic = "Wald"). Too liberal where there
 * are few units to an answer. */
#include "core/distribution.h"
#include "infer/rule.h"

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    peil_association test;
    PEIL_TRY(peil_twoway_wald(&pair->table, &test, fault));
    out->gap = test.gap;
    const double k = (double)test.df;
    if (test.gap.untested || !(pair->df > 0)) {
        out->gap.untested = true;
        return PEIL_OK;
    }
    out->statistic = test.statistic / k;
    out->df = pair->df;
    out->p = peil_f_upper(out->statistic, k, out->df);
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_wald = {
    .name = "wald",
    .help =
        "Wald's test of percent(...) on Koch, Freeman and Freeman's covariance (R svychisq "
        "Wald, SUDAAN)",
    .basis = PEIL_BASIS_TABLE,
    .judge = judge,
};
