/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* Cronbach (1951): alpha = k/(k-1) (1 - A/B), A the sum of the variances of the k items and B the
 * variance of their sum s; the factor n/(n-1) of both cancels. A is the mean of D, the sum of
 * (item - its mean)^2, so that with both means as fixed the influence is
 * -k/((k-1) W B) (D - A/B (s - mean)^2) for a weight of W in all; Yu, Chen, Tezal and Wang (2019)
 * derive the same. The value is that of R's svycralpha. Every pattern of answers is kept apart, so
 * that memory grows with the number of different ones. */
static void at(peil_linear *linear) {
    peil_domain *domain = &linear->domain;
    const peil_real k = (peil_real)domain->view->nparts;
    const peil_real weight = peil_domain_sum(domain, &(peil_poly){.c[PEIL_ONE] = 1});
    const peil_real mean = peil_domain_sum(domain, &(peil_poly){.c[PEIL_A] = 1}) / weight;
    peil_domain_centre(domain);
    const peil_poly away = {.centre = mean, .c[PEIL_A] = 1};
    const peil_real items = peil_domain_sum(domain, &(peil_poly){.c[PEIL_B] = 1}) / weight;
    const peil_real total = peil_domain_square(domain, &away) / weight;
    if (total == 0) return;
    const peil_real slope = k / ((k - 1) * weight * total);
    peil_settling apart = {0, 0}; /* one item varies alone: they have nothing in common */
    peil_settle_add(&apart, total);
    peil_settle_add(&apart, -items);
    linear->exists = true;
    linear->theta = k / (k - 1) * peil_settled(&apart) / total;
    linear->influence =
        (peil_poly){.centre = mean, .c[PEIL_B] = -slope, .c[PEIL_AA] = slope * items / total};
}

const peil_estimator peil_estimator_alpha = {
    .kind = {.name = "alpha",
             .help = "alpha(a, -b, c; 1..5)   Cronbach's alpha of those who answered all",
             .forms = PEIL_FORM_ITEMS},
    .at = at,
};
