/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/quantile.h"

/* theta has no influence that is a smooth function of totals; the share F of the domain that is at
 * or below it has, and is a mean: Woodruff (1952) makes the interval of F, centred at F(theta), and
 * reads theta's off the distribution function. R: svyquantile(interval.type = "mean"). */
void peil_quantile_at(peil_linear *linear, peil_real share) {
    const peil_quantile_rule *rule = peil_quantile_rules[linear->parameters.rule];
    const peil_quantile quantile = rule->at(rule, &linear->domain, share);
    linear->domain.first = 0;
    linear->domain.last = quantile.last;
    peil_mean_at(linear);
    linear->is_of_share = true;
    linear->share = linear->theta;
    linear->theta = quantile.value;
}

peil_real peil_quantile_invert(const peil_linear *linear, peil_real share) {
    const peil_quantile_rule *rule = peil_quantile_rules[linear->parameters.rule];
    return rule->at(rule, &linear->domain, share).value;
}

static void at(peil_linear *linear) {
    peil_quantile_at(linear, peil_decimal_real(linear->parameters.share));
}

const peil_estimator peil_estimator_quantile = {
    .kind = {.name = "quantile",
             .help = "quantile(x, 0.9)               the answer that 90 percent is at or below",
             .forms = PEIL_FORM_VARIABLE | PEIL_FORM_SCALE,
             .takes_share = true,
             .ranks = true,
             .rules = peil_quantile_words},
    .at = at,
    .has_deff = true,
    .invert = peil_quantile_invert,
};
