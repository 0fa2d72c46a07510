/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rule.h"

/* The code that a number is, or one that no key has. */
static int code_of(peil_decimal answer) {
    int64_t code = answer.digits;
    if (answer.scale > 0 || answer.scale < -3 || code > 1000 || code < -1000) return INT16_MIN;
    for (int32_t i = answer.scale; i < 0; i++) code *= 10;
    return (int)code;
}

/* The points of a shipped scale's item. A minus says that the file's codes run the other way. */
static int shipped_points(const peil_measure *m, size_t item, peil_decimal answer) {
    const peil_key *key = m->rule.scale->items[item].key;
    const int code = code_of(answer);
    const int last = key->first + (int)key->n - 1;
    return peil_key_points(key, m->variables[item].reversed ? key->first + last - code : code);
}

bool peil_rule_takes(const peil_measure *m, size_t item, peil_decimal answer) {
    if (m->rule.scale) return shipped_points(m, item, answer) != PEIL_NO_CODE;
    return peil_decimal_compare(answer, m->rule.item_low) >= 0 &&
           peil_decimal_compare(answer, m->rule.item_high) <= 0;
}

static bool is_counted(const peil_rule *rule, peil_decimal answer) {
    for (size_t i = 0; i < rule->ncodes; i++)
        if (peil_decimal_equal(rule->codes[i], answer)) return true;
    return false;
}

bool peil_rule_points(const peil_measure *m, size_t item, peil_decimal answer,
                      peil_decimal *points) {
    const peil_rule *rule = &m->rule;
    peil_decimal ends; /* a reversed item counts as low + high - x */
    if (rule->scale) {
        *points = peil_decimal_whole(shipped_points(m, item, answer));
        return true;
    }
    if (m->variables[item].reversed &&
        (!peil_decimal_add(rule->item_low, rule->item_high, &ends) ||
         !peil_decimal_add(ends, (peil_decimal){-answer.digits, answer.scale}, &answer)))
        return false;
    *points =
        rule->counting == PEIL_SCORE_MEAN ? answer : (peil_decimal){is_counted(rule, answer), 0};
    return true;
}
