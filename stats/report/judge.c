/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/judge.h"

bool peil_judge_hides(const peil_study *study, const peil_domain *domain) {
    return study->min_n > 0 && peil_domain_n(domain) < study->min_n;
}

bool peil_judge_hides_either(const peil_tableau *t, peil_cells period, peil_cells reference) {
    const peil_domain one = peil_tableau_domain(t, period, 0);
    const peil_domain other = peil_tableau_domain(t, reference, 0);
    return peil_judge_hides(t->study, &one) || peil_judge_hides(t->study, &other);
}

/* level: the rule's, or 0. */
static peil_status find_margin(const peil_tableau *t, peil_cells cells, size_t category,
                               double level, peil_side *out, peil_fault *fault) {
    peil_finding finding;
    PEIL_TRY(peil_tableau_figure_at(t, cells, category, level > 0 ? level : t->study->level,
                                    &finding, fault));
    out->value = finding.estimate.value;
    out->bounds = finding.bounds;
    return PEIL_OK;
}

/* The margins that a rule on intervals asks for. */
static peil_status find_margins(const peil_test_rule *rule, const peil_tableau *t,
                                peil_cells period, peil_cells reference, size_t category,
                                peil_sides *sides, peil_fault *fault) {
    if (rule->basis != PEIL_BASIS_INTERVALS) return PEIL_OK;
    PEIL_TRY(find_margin(t, period, category, rule->period_level, &sides->period, fault));
    return find_margin(t, reference, category, rule->reference_level, &sides->reference, fault);
}

peil_status peil_judge_sides(const peil_test_rule *rule, const peil_tableau *t, peil_cells period,
                             peil_cells reference, size_t category, const peil_ahead *ahead,
                             peil_sides *out, peil_fault *fault) {
    out->ahead = ahead;
    if (ahead) {
        out->period.linear = ahead->own;
        out->reference.linear = ahead->rest;
    } else {
        PEIL_TRY(peil_difference_side(t, period, category, &out->period.linear, fault));
        PEIL_TRY(peil_difference_side(t, reference, category, &out->reference.linear, fault));
    }
    return find_margins(rule, t, period, reference, category, out, fault);
}

peil_status peil_sides_difference(const peil_tableau *t, const peil_sides *sides,
                                  peil_difference *out, peil_fault *fault) {
    if (!sides->ahead)
        return peil_difference_make(t, &sides->period.linear, &sides->reference.linear, out, fault);
    *out = sides->ahead->difference;
    return PEIL_OK;
}

peil_status peil_judge_difference(const peil_test_rule *rule, const peil_tableau *t,
                                  const peil_sides *sides, const peil_difference *difference,
                                  peil_verdict *out, peil_fault *fault) {
    peil_pair pair = {.difference = difference->share,
                      .se = difference->share_se,
                      .df = difference->df,
                      .is_percent = t->estimator->kind.is_percent};
    if (rule->basis == PEIL_BASIS_INTERVALS) {
        pair.period = sides->period.value;
        pair.reference = sides->reference.value;
        pair.around_period = sides->period.bounds;
        pair.around_reference = sides->reference.bounds;
    }
    return peil_test_rule_judge(rule, &pair, out, fault);
}

bool peil_judge_takes(const peil_test_rule *rule, const peil_tableau *t) {
    return rule->basis != PEIL_BASIS_TABLE || (t->estimator->kind.is_percent && !t->standard);
}
