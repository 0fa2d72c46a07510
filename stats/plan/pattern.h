/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One respondent's points on every item, kept together as the digits of two whole numbers: what
 * Cronbach's alpha needs of an answer. */
#ifndef PEIL_PLAN_PATTERN_H
#define PEIL_PLAN_PATTERN_H

#include "plan/expression.h"

#define PEIL_PATTERN_MOST 32 /* items */

typedef struct peil_pattern_shape {
    size_t nitems;
    int64_t low;   /* the lowest points, the digit 0 */
    int64_t radix; /* how many values points have; 0: too many */
    size_t split;  /* so many items go into the first number */
} peil_pattern_shape;

typedef struct peil_pattern {
    int64_t first, second;
} peil_pattern;

/* For items whose points are whole numbers from rule->item_low to rule->item_high. */
peil_pattern_shape peil_pattern_of(const peil_rule *rule, size_t nitems);

/* Whether two numbers hold all items. */
bool peil_pattern_fits(peil_pattern_shape shape);

/* Appends the points of an item; items come in order, those of one number one after the other. */
void peil_pattern_add(peil_pattern_shape shape, size_t item, peil_decimal points,
                      peil_pattern *pattern);

/* The points of all items, out of the two numbers. */
void peil_pattern_points(peil_pattern_shape shape, peil_pattern pattern, peil_real *points);

#endif
