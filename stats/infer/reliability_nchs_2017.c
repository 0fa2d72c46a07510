/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parker et al., National Center for Health Statistics Data Presentation Standards for Proportions,
 * Vital Health Stat 2(175), 2017 (Table II as corrected in 2021):
 *   - n and n_eff = p(1-p)/se^2, at 0 and 100 percent n, at least 30, or suppress;
 *   - W, the width of Korn and Graubard's 95% interval: at most 0.05, or else below 0.30 and at
 * most 130 percent of p, or suppress;
 *   - df below 8, or nobody or everybody: review;
 *   - W above 0.05 and above 130 percent of 1 - p: a footnote on the complement.
 * Widths are compared as they are; the NCHS macro rounds them to 0.1 percent before. */
#include <math.h>

#include "infer/reliability.h"

static double effective_n(peil_figure share) {
    const double p = share.value;
    return share.se > 0 ? fmin(p * (1 - p) / (share.se * share.se), share.n) : share.n;
}

static bool is_edge(peil_figure share) {
    return share.value <= 0 || share.value >= 1;
}

static bool is_narrow(double width, double value) {
    return width <= 0.05 || (width < 0.30 && width <= 1.30 * value);
}

unsigned peil_reliability_judge_share_2017(peil_figure share) {
    const peil_bounds bounds = peil_interval_proportion(peil_interval_find("kg-nchs"), share, 0.95);
    const double width = bounds.high - bounds.low;
    if (share.n < 30 || effective_n(share) < 30 || !is_narrow(width, share.value))
        return PEIL_SUPPRESS; /* also when there is no interval */
    unsigned verdict = 0;
    if (share.df < 8 || is_edge(share)) verdict |= PEIL_REVIEW;
    if (!is_edge(share) && !is_narrow(width, 1 - share.value)) verdict |= PEIL_FOOTNOTE;
    return verdict ? verdict : PEIL_PRESENT;
}

const peil_reliability peil_reliability_nchs_2017 = {
    .name = "nchs-2017",
    .help = "NCHS standard for proportions: present, review, footnote (the complement) or suppress",
    .judge_share = peil_reliability_judge_share_2017,
};
