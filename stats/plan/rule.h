/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answers to a scale's items count for, before they are added up. */
#ifndef PEIL_PLAN_RULE_H
#define PEIL_PLAN_RULE_H

#include "plan/expression.h"

#define PEIL_IMPUTED_MOST 50 /* items of which the set of missing ones fits a number */

/* Whether the answer is one of the item's codes, or lies in the range. */
bool peil_rule_takes(const peil_measure *measure, size_t item, peil_decimal answer);

/* The points of an answer that is: a reversed item counts from the other end, one of a count
 * counts 1 or 0. False when the number has more decimals than can be summed. */
bool peil_rule_points(const peil_measure *measure, size_t item, peil_decimal answer,
                      peil_decimal *points);

#endif
