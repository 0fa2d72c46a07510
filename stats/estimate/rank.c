/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weight up to an answer is a look-up in each cell of the domain, and an answer is found by
 * halving. */
#include "estimate/rank.h"

#define ROUNDING ((peil_real)1.232595164407831e-32) /* 2^-106, as in peil_real_less */

static peil_step step_of(const peil_domain *domain, uint32_t answer) {
    return (peil_step){.answer = answer,
                       .below = answer ? peil_domain_weight(domain, 0, answer - 1) : 0,
                       .up_to = peil_domain_weight(domain, 0, answer),
                       .n = peil_domain_count(domain, answer, answer)};
}

peil_real peil_rank_weight(const peil_domain *domain) {
    return peil_domain_weight(domain, 0, PEIL_LAST_ANSWER);
}

/* The first answer that has more than this weight up to it, or PEIL_NO_STEP. Others' answers have
 * no weight here and are passed over. */
static uint32_t first_above(const peil_domain *domain, peil_real weight) {
    const uint32_t n = (uint32_t)domain->view->nanswers;
    uint32_t low = 0, high = n;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (peil_domain_weight(domain, 0, middle) > weight)
            high = middle;
        else
            low = middle + 1;
    }
    return low < n ? low : PEIL_NO_STEP;
}

/* A sum that is less by its rounding reaches the weight: half of the people are exactly half,
 * whatever the weights. */
peil_step peil_rank_at(const peil_domain *domain, peil_real weight) {
    const peil_real all = peil_rank_weight(domain);
    const peil_real wanted = weight < all ? weight : all;
    return step_of(domain, first_above(domain, wanted - ROUNDING * wanted));
}

peil_step peil_rank_next(const peil_domain *domain, const peil_step *step) {
    const uint32_t answer = first_above(domain, step->up_to);
    return answer == PEIL_NO_STEP ? (peil_step){.answer = PEIL_NO_STEP} : step_of(domain, answer);
}

peil_step peil_rank_previous(const peil_domain *domain, const peil_step *step) {
    return step->below > 0 ? peil_rank_at(domain, step->below)
                           : (peil_step){.answer = PEIL_NO_STEP};
}
