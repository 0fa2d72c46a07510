/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer counts for. */
#ifndef PEIL_PLAN_SCORE_H
#define PEIL_PLAN_SCORE_H

#include "core/numbers.h"
#include "plan/plan.h"

/* The number that an answer to the question stands for, in 113 bits: itself, or, for a scale whose
 * answers are (sum, number) of valid items, their mean mapped from the item range to the score
 * range. */
peil_real peil_question_value(const peil_question *question, peil_number answer);

#endif
