/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/variance.h"

const peil_variance_method peil_variance_by_taylor = {
    .name = "taylor",
    .needs_squares = true,
    .variance = peil_taylor_variance,
};

const peil_variance_method *peil_variance_method_of(peil_rules rules) {
    return rules.replicates ? &peil_variance_by_replicates : &peil_variance_by_taylor;
}

peil_status peil_variance_of(const peil_contrast *contrast, peil_rules rules,
                             peil_workspace *workspace, peil_variance *out, peil_record *lonely,
                             peil_fault *fault) {
    return peil_variance_method_of(rules)->variance(contrast, rules, workspace, out, lonely, fault);
}
