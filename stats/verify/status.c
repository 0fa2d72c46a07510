/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/status.h"

#include <math.h>

/* The place of the last digit that says something: the number of its decimals. */
static int place_of(const peil_statement *s) {
    const bool is_round = s->relation == PEIL_ABOUT && s->decimals == 0 && s->value.scale < 0;
    return is_round ? s->value.scale : s->decimals;
}

static peil_decimal high_end(const peil_statement *s) {
    return s->relation == PEIL_BETWEEN ? s->high : s->value;
}

peil_range peil_published_range(const peil_statement *published) {
    const peil_real half = peil_decimal_real((peil_decimal){5, place_of(published) + 1});
    return (peil_range){(double)(peil_decimal_real(published->value) - half),
                        (double)(peil_decimal_real(high_end(published)) + half)};
}

peil_verdict peil_verdict_of(const peil_statement *published, double computed, peil_bounds bounds) {
    const peil_range range = peil_published_range(published);
    const double low = (double)peil_decimal_real(published->value),
                 high = (double)peil_decimal_real(high_end(published));
    if (isnan(computed)) return PEIL_NOT_COMPUTABLE;
    if (computed >= range.low && computed <= range.high) return PEIL_EXACT;
    return high >= bounds.low && low <= bounds.high ? PEIL_WITHIN_CI : PEIL_DIFFERS;
}

const char *peil_verdict_word(peil_verdict verdict) {
    static const char *const words[] = {"exact", "within-ci", "differs", "not-computable"};
    return words[verdict];
}
