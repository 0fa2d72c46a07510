/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer counts for, once all data were read. */
#ifndef PEIL_PLAN_SCORE_H
#define PEIL_PLAN_SCORE_H

#include "core/numbers.h"
#include "plan/plan.h"

/* b of a respondent who has too few valid items for a score. */
#define PEIL_NO_SCORE (-1)

/* The number that an answer stands for, in 113 bits: itself, or the score of a scale whose answers
 * are (sum of points, missing items): the mean of the valid points, or of all with `means` (by
 * item, NULL unless the rule imputes) in the place of the missing, mapped from the items' range to
 * that of the score; or the sum. False when there is no score. */
bool peil_question_value(const peil_question *question, const peil_real *means, peil_number answer,
                         peil_real *value);

/* Whether a number, from wherever it comes, can be an answer to the question: such a one as the
 * coder makes. */
bool peil_question_takes(const peil_question *question, peil_number answer);

/* Whether the score meets a measure's condition. Equal means equal but for the rounding of 113
 * bits: a third of ten is 10/3. */
bool peil_score_meets(const peil_condition *test, peil_real score);

/* The class of a score, or nclasses when it lies in none. */
size_t peil_score_class(const peil_scale *scale, peil_real score);

#endif
