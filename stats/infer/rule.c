/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of rules. */
#include "infer/rule.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define ROWS(ROW)    \
    ROW(t)           \
    ROW(rao_scott)   \
    ROW(rao_scott_1) \
    ROW(wald)        \
    ROW(adjwald)     \
    ROW(overlap)     \
    ROW(overlap_90_95)
#define DECLARE(name) extern const peil_test_rule peil_test_rule_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_test_rule_##name,
const peil_test_rule *const peil_test_rules[] = {ROWS(ADDRESS) NULL};

const peil_verdict peil_no_verdict = {.statistic = NAN, .df = NAN, .p = NAN, .differs = -1};

const peil_test_rule *peil_test_rule_find(const char *name) {
    for (size_t i = 0; peil_test_rules[i]; i++)
        if (strcmp(peil_test_rules[i]->name, name) == 0) return peil_test_rules[i];
    return NULL;
}

peil_status peil_test_rule_judge(const peil_test_rule *rule, const peil_pair *pair,
                                 peil_verdict *out, peil_fault *fault) {
    *out = peil_no_verdict;
    return rule->judge(pair, out, fault);
}
