/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference over its design-based standard error, as a t on the design's degrees of freedom:
 * p = 2 P(T > |t|). R's svyttest, which takes one df less, and svycontrast. */
#include <math.h>

#include "core/distribution.h"
#include "infer/rule.h"

peil_test peil_test_t(double difference, double se, double df) {
    if (!isfinite(difference) || !(se > 0) || !isfinite(se) || !(df > 0))
        return (peil_test){.statistic = NAN, .p = NAN};
    const double t = difference / se;
    return (peil_test){.statistic = t, .p = 2 * peil_t_upper(fabs(t), df)};
}

static peil_status judge(const peil_pair *pair, peil_verdict *out, peil_fault *fault) {
    (void)fault;
    const peil_test test = peil_test_t(pair->difference, pair->se, pair->df);
    out->statistic = test.statistic;
    out->df = pair->df;
    out->p = test.p;
    return PEIL_OK;
}

const peil_test_rule peil_test_rule_t = {
    .name = "t",
    .help = "t test of the difference, with its design-based standard error",
    .basis = PEIL_BASIS_DIFFERENCE,
    .judge = judge,
};
