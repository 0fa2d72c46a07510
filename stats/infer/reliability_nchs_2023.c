/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parker et al., National Center for Health Statistics Data Presentation Standards for Rates and
 * Counts, Vital Health Stat 2(200), 2023, Table A and equation 24: n and n_eff at least 10, and
 *   (U - L)/X <= 160 percent of the interval exp(ln X -+ t_{n_eff - 1} se/X),
 * or suppress; df of the design below 8: review. n_eff is at most n. Without strata and clusters
 * (X/se)^2 is about n over Kish's design effect of the weights, which CDC's surveytable takes for
 * every design. The design effect of the total will not do: it takes the size of the group as
 * known, and has no end where all have the property. */
#include <math.h>

#include "infer/reliability.h"

static unsigned judge_count(peil_figure count, double n_eff) {
    if (!(count.n >= 10 && n_eff >= 10 && count.se >= 0)) return PEIL_SUPPRESS;
    const double df = fmin(n_eff, count.n) - 1;
    const double half = peil_interval_t(0.95, df) * count.se / count.value;
    if (!(2 * sinh(half) <= 1.60)) return PEIL_SUPPRESS; /* (e^h - e^-h) X / X */
    return count.df < 8 ? PEIL_REVIEW : PEIL_PRESENT;
}

const peil_reliability peil_reliability_nchs_2023 = {
    .name = "nchs-2023",
    .help = "the same, and the NCHS standard for counts: total(condition)",
    .judge_share = peil_reliability_judge_share_2017,
    .judge_count = judge_count,
};
