/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of Hyndman and Fan (1996), "Sample quantiles in statistical packages", with weights as
 * R survey's svyquantile has them (Lumley, vignette "qrule"): C_k is the weight of the k lowest
 * respondents, of whom k weighs w_k and all n weigh C_n.
 *
 * Two differences from R's code are meant. Below the share of the lowest respondent every rule says
 * the lowest answer; R's math, school and hf3 say the second there, and its hf4 goes beyond the
 * data. And equal answers share their weight evenly, where R's hf4 to hf9 depend on the order of
 * the rows. */
#include "estimate/quantile.h"

/* Whether the share is exactly that of the answers up to this one. */
static bool is_exact(const peil_step *step, peil_real weight) {
    return peil_real_less(step->up_to, weight) == 0;
}

static peil_quantile quantile_of(const peil_domain *domain, const peil_step *step) {
    return (peil_quantile){domain->view->a[step->answer], step->answer};
}

/* Type 1, the inverse of the distribution function: the lowest answer with F >= share. */
static peil_quantile lowest(const peil_quantile_rule *rule, const peil_domain *domain,
                            peil_real share) {
    (void)rule;
    const peil_step step = peil_rank_at(domain, share * peil_rank_weight(domain));
    return quantile_of(domain, &step);
}

/* Type 2: as type 1, but halfway to the next answer where F = share. */
static peil_quantile middle(const peil_quantile_rule *rule, const peil_domain *domain,
                            peil_real share) {
    (void)rule;
    const peil_real weight = share * peil_rank_weight(domain);
    const peil_step step = peil_rank_at(domain, weight), next = peil_rank_next(domain, &step);
    peil_quantile quantile = quantile_of(domain, &step);
    if (is_exact(&step, weight) && next.answer != PEIL_NO_STEP)
        quantile.value = (quantile.value + domain->view->a[next.answer]) / 2;
    return quantile;
}

/* Whether an even number of different answers goes up to this one. */
static bool is_even(const peil_domain *domain, const peil_step *step) {
    peil_step one = peil_rank_at(domain, 0);
    bool even = false;
    for (; one.answer != step->answer; even = !even) one = peil_rank_next(domain, &one);
    return even;
}

/* R's hf3: as type 1, but where F = share the answer or the next one, whichever is at an even place
 * among the different answers. (Type 3 proper takes the nearest respondent.) */
static peil_quantile even(const peil_quantile_rule *rule, const peil_domain *domain,
                          peil_real share) {
    (void)rule;
    const peil_real weight = share * peil_rank_weight(domain);
    const peil_step step = peil_rank_at(domain, weight), next = peil_rank_next(domain, &step);
    const bool stays =
        !is_exact(&step, weight) || next.answer == PEIL_NO_STEP || is_even(domain, &step);
    return quantile_of(domain, stays ? &step : &next);
}

/* The weight at which the line passes the first or the last of the respondents who gave an answer,
 * and between them it is level. */
static peil_real first_point(const peil_quantile_rule *rule, const peil_step *step) {
    return step->below + (1 - rule->back) * (step->up_to - step->below) / (peil_real)step->n;
}

static peil_real last_point(const peil_quantile_rule *rule, const peil_step *step) {
    return step->up_to - rule->back * (step->up_to - step->below) / (peil_real)step->n;
}

static peil_quantile between(const peil_quantile_rule *rule, const peil_domain *domain,
                             const peil_step *low, const peil_step *high, peil_real weight) {
    const peil_real from = last_point(rule, low), to = first_point(rule, high);
    peil_quantile quantile = quantile_of(domain, low);
    if (peil_real_less(weight, to) >= 0) return quantile_of(domain, high);
    const peil_real rise = domain->view->a[high->answer] - quantile.value;
    quantile.value += rise * (weight - from) / (to - from);
    return quantile;
}

/* Types 4 to 9: lines through the points (p_k, x_k), p_k = (C_k - back w_k) / (C_n + beyond w_n);
 * before the first and behind the last point level. */
static peil_quantile on_line(const peil_quantile_rule *rule, const peil_domain *domain,
                             peil_real share) {
    const peil_real all = peil_rank_weight(domain);
    const peil_step highest = peil_rank_at(domain, all);
    const peil_real last = (highest.up_to - highest.below) / (peil_real)highest.n;
    const peil_real weight = share * (all + rule->beyond * last);
    const peil_step step = peil_rank_at(domain, weight);
    if (peil_real_less(weight, first_point(rule, &step)) < 0) {
        const peil_step low = peil_rank_previous(domain, &step);
        if (low.answer != PEIL_NO_STEP) return between(rule, domain, &low, &step, weight);
    } else if (peil_real_less(weight, last_point(rule, &step)) > 0) {
        const peil_step high = peil_rank_next(domain, &step);
        if (high.answer != PEIL_NO_STEP) return between(rule, domain, &step, &high, weight);
    }
    return quantile_of(domain, &step);
}

#define RULE(name, at, help, back, beyond) \
    static const peil_quantile_rule name = {{#name, help}, at, back, beyond};
RULE(math, lowest, "the lowest answer that the share reaches (R's default)", 0, 0)
RULE(school, middle, "as math, but halfway to the next answer where the share is exact", 0, 0)
RULE(hf1, lowest, "type 1 of Hyndman and Fan: math", 0, 0)
RULE(hf2, middle, "type 2: school", 0, 0)
RULE(hf3, even, "as R survey: where the share is exact, the answer at an even place", 0, 0)
RULE(hf4, on_line, "type 4: lines through k/n", 0, 0)
RULE(hf5, on_line, "type 5: lines through (k-1/2)/n", (peil_real)1 / 2, 0)
RULE(hf6, on_line, "type 6: lines through k/(n+1) (SPSS)", 0, 1)
RULE(hf7, on_line, "type 7: lines through (k-1)/(n-1) (R's quantile, Excel)", 1, -1)
RULE(hf8, on_line, "type 8: lines through (k-1/3)/(n+1/3)", (peil_real)1 / 3, (peil_real)1 / 3)
RULE(hf9, on_line, "type 9: lines through (k-3/8)/(n+1/4)", (peil_real)3 / 8, (peil_real)1 / 4)

#define ROWS(ROW) \
    ROW(math)     \
    ROW(school)   \
    ROW(hf1)      \
    ROW(hf2)      \
    ROW(hf3)      \
    ROW(hf4)      \
    ROW(hf5)      \
    ROW(hf6)      \
    ROW(hf7)      \
    ROW(hf8)      \
    ROW(hf9)
#define ADDRESS(name) &name,
const peil_quantile_rule *const peil_quantile_rules[] = {ROWS(ADDRESS)};
#define WORD(name) &name.word,
const peil_kind_rule *const peil_quantile_words[] = {ROWS(WORD) NULL};
