/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Excel and SPSS round halves away from 0; R's round and the C library's printf to even; some cut
 * decimals off. Ends of ranges are compared as doubles, as in status.h. */
#include <math.h>

#include "verify/convention.h"
#include "verify/status.h"

static double value_of(const peil_statement *s) {
    return (double)peil_decimal_real(s->value);
}

/* A figure that can have been rounded in one way or another. */
static bool is_bare(const peil_statement *s) {
    return s->relation == PEIL_IS;
}

bool peil_rounds_away(const peil_statement *published, double x) {
    const peil_range range = peil_published_range(published);
    if (!(x >= range.low && x <= range.high)) return false;
    const bool is_half = x <= range.low || x >= range.high;
    return !is_bare(published) || !is_half || fabs(value_of(published)) > fabs(x);
}

/* The last digit that is shown. */
static bool is_even(const peil_statement *s) {
    const int zeros = s->decimals - s->value.scale; /* that a decimal does not keep */
    return zeros > 0 || s->value.digits % 2 == 0;
}

static bool rounds_to_even(const peil_statement *published, double x) {
    const peil_range range = peil_published_range(published);
    if (!(x >= range.low && x <= range.high)) return false;
    return (x > range.low && x < range.high) || is_even(published);
}

static bool is_cut_off(const peil_statement *published, double x) {
    const peil_decimal unit = {1, published->decimals};
    const peil_real value = peil_decimal_real(published->value);
    const double away = (double)(value + (value < 0 ? -1 : 1) * peil_decimal_real(unit));
    if (published->value.digits == 0) return fabs(x) < fabs(away);
    return published->value.digits < 0 ? x <= (double)value && x > away
                                       : x >= (double)value && x < away;
}

static peil_status list(const peil_situation *s, const peil_convention *self,
                        peil_changes_list *out, peil_fault *fault) {
    (void)s;
    return peil_changes_list_add(out, self, NULL, NULL, 0, fault);
}

static bool rounds_even(const peil_statement *published, double x) {
    return is_bare(published) && rounds_to_even(published, x);
}

static bool truncates(const peil_statement *published, double x) {
    return is_bare(published) && is_cut_off(published, x);
}

const peil_convention peil_convention_half_even = {
    .name = "half-even",
    .aspect = PEIL_ASPECT_ROUNDING,
    .phrase = {"with halves rounded to even", "met halven naar even afgerond"},
    .list = list,
    .rounds = rounds_even,
};

const peil_convention peil_convention_truncated = {
    .name = "truncated",
    .aspect = PEIL_ASPECT_ROUNDING,
    .phrase = {"with decimals cut off", "met decimalen afgekapt"},
    .list = list,
    .rounds = truncates,
};
