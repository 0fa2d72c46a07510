/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/pattern.h"

#define LARGEST 100000000000000000 /* 10^17: a decimal holds every smaller number */
#define RADIX_MOST 1000

/* How many values lie in the range, or 0 when they are very many. */
static int64_t count_values(const peil_rule *rule) {
    peil_decimal low = rule->item_low, width;
    low.digits = -low.digits;
    if (!peil_decimal_add(rule->item_high, low, &width) || width.scale < -3) return 0;
    const int64_t values = width.digits < RADIX_MOST ? peil_decimal_int(width) + 1 : 0;
    return values <= RADIX_MOST ? values : 0;
}

/* Whether a word holds it, and what is added to it. */
static bool is_small(peil_decimal number) {
    const peil_decimal low = {-1, -15}, high = {1, -15};
    return peil_decimal_compare(number, low) >= 0 && peil_decimal_compare(number, high) <= 0;
}

peil_pattern_shape peil_pattern_of(const peil_rule *rule, size_t nitems) {
    peil_pattern_shape shape = {.nitems = nitems, .radix = count_values(rule)};
    if (!is_small(rule->item_low) || shape.radix == 0) return (peil_pattern_shape){nitems, 0, 0, 0};
    shape.low = peil_decimal_int(rule->item_low);
    for (int64_t all = 1; shape.split < PEIL_PATTERN_MOST && all <= LARGEST / shape.radix;
         all *= shape.radix)
        shape.split++;
    return shape;
}

bool peil_pattern_fits(peil_pattern_shape shape) {
    return shape.radix > 0 && shape.nitems <= PEIL_PATTERN_MOST && shape.nitems <= 2 * shape.split;
}

void peil_pattern_add(peil_pattern_shape shape, size_t item, peil_decimal points,
                      peil_pattern *pattern) {
    int64_t *number = item < shape.split ? &pattern->first : &pattern->second;
    *number = *number * shape.radix + peil_decimal_int(points) - shape.low;
}

void peil_pattern_points(peil_pattern_shape shape, peil_pattern pattern, peil_real *points) {
    for (size_t item = shape.nitems; item-- > 0;) {
        int64_t *number = item < shape.split ? &pattern.first : &pattern.second;
        points[item] = (peil_real)(*number % shape.radix + shape.low);
        *number /= shape.radix;
    }
}
