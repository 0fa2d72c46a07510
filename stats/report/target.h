/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measured figure against a target, judged three ways.
 *
 * A target holds the decimals that it is written with, and so does the figure that is held against
 * it: with a target of >34% a figure of 34.3% is not yet more, for it is published as 34%. A target
 * is thus a set of values, those that are published as a figure that meets it:
 *
 *     >34%   [34.5, ...)      <13%   (..., 12.5)      10 - 15%   [9.5, 15.5)
 *     >=34%  [33.5, ...)      <=9%   (..., 9.5)
 *     34%    [33.5, 34.5)     +- 3,200   [3150, 3250): its last digit that is not 0 is rounded
 *
 * A bound or a range is met when the whole interval lies in the set, not met when all of it lies
 * outside, and else not to be told at this sample size. No sample shows that a figure equals
 * another one: a bare figure, or one with "about", is met when the estimate lies in the set, not
 * met when the interval lies outside, and else not to be told. A register has no interval: in or
 * out. */
#ifndef PEIL_REPORT_TARGET_H
#define PEIL_REPORT_TARGET_H

#include "core/text.h"
#include "infer/interval.h"
#include "monitor/monitor.h"

typedef enum peil_judgement {
    PEIL_NOT_JUDGED, /* there is no target, or no figure */
    PEIL_MET,
    PEIL_NOT_MET,
    PEIL_NOT_DISTINGUISHABLE
} peil_judgement;

/* A figure in the unit of its target: percentages from 0 to 100. */
typedef struct peil_measured {
    double value;
    peil_bounds bounds; /* NaN: there is no interval */
    bool is_register;   /* there is nothing to be uncertain of */
} peil_measured;

/* Judges a figure. A bare target is a lower bound where higher is better, an upper one where lower
 * is. The reason, one sentence, is added to `reason`; nothing when it is not judged. */
peil_judgement peil_target_judge(const peil_stated *target, peil_better better,
                                 peil_measured measured, peil_language language, peil_text *reason);

/* The fixed word in csv and json: met, not-met, not-distinguishable, or "". */
const char *peil_judgement_word(peil_judgement judgement);

#endif
