/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles: the answer that a share of the domain is at or below. Where no answer has exactly that
 * share, or all answers up to the next one have, a rule says which. */
#ifndef PEIL_ESTIMATE_QUANTILE_H
#define PEIL_ESTIMATE_QUANTILE_H

#include "estimate/rank.h"

/* Where a quantile lies. */
typedef struct peil_quantile {
    peil_real value;
    uint32_t last; /* the last answer in order that is at or below it */
} peil_quantile;

/* A rule. To add one: a row in quantile_rule.c. */
typedef struct peil_quantile_rule {
    peil_kind_rule word; /* Mandatory. What the language knows of it. */
    /* Mandatory. The quantile of a domain that has a weight; share in 0..1. */
    peil_quantile (*at)(const struct peil_quantile_rule *rule, const peil_domain *domain,
                        peil_real share);
    peil_real back, beyond; /* rules with lines: see there */
} peil_quantile_rule;

extern const peil_quantile_rule *const peil_quantile_rules[];

/* Their words, in the same order, for kinds of quantiles: the default first, NULL last. */
extern const peil_kind_rule *const peil_quantile_words[];

/* The quantile at a share, for all kinds that are one: theta, and the share of the domain at or
 * below it with its influence. */
void peil_quantile_at(peil_linear *linear, peil_real share);

/* For peil_estimator.invert: the quantile at a share by the figure's own rule. */
peil_real peil_quantile_invert(const peil_linear *linear, peil_real share);

#endif
