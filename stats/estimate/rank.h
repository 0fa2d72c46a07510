/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of a domain in order: its distribution function, a step for each different answer. */
#ifndef PEIL_ESTIMATE_RANK_H
#define PEIL_ESTIMATE_RANK_H

#include "estimate/figure.h"

#define PEIL_NO_STEP UINT32_MAX

/* One answer of a domain. */
typedef struct peil_step {
    uint32_t answer;        /* in order */
    peil_real below, up_to; /* the weight of lower answers; and that of this one with them */
    uint64_t n;             /* respondents who gave it, with a weight above 0 */
} peil_step;

/* The whole weight of a domain of answers. */
peil_real peil_rank_weight(const peil_domain *domain);

/* The first answer that somebody with a weight gave and whose up_to reaches `weight`; the last such
 * answer when none does. The domain has a weight. */
peil_step peil_rank_at(const peil_domain *domain, peil_real weight);

/* The next such answer behind, or before, a step; its answer is PEIL_NO_STEP when there is none. */
peil_step peil_rank_next(const peil_domain *domain, const peil_step *step);
peil_step peil_rank_previous(const peil_domain *domain, const peil_step *step);

#endif
