/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One difference at a time. */
#include "infer/compare.h"

#include <math.h>

#include "core/distribution.h"

/* p = 2 P(T > |t|). */
peil_test peil_test_t(double difference, double se, double df) {
    if (!isfinite(difference) || !(se > 0) || !isfinite(se) || !(df > 0))
        return (peil_test){.statistic = NAN, .p = NAN};
    const double t = difference / se;
    return (peil_test){.statistic = t, .p = 2 * peil_t_upper(fabs(t), df)};
}

int peil_test_overlap(peil_bounds a, peil_bounds b) {
    if (isnan(a.low) || isnan(a.high) || isnan(b.low) || isnan(b.high)) return -1;
    return a.high < b.low || b.high < a.low;
}
