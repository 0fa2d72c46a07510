/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of the population, as a user writes it: for each margin (a variable, or several
 * crossed) a target for every category, or the total of a variable that is a number. */
#ifndef PEIL_PLAN_TARGETS_H
#define PEIL_PLAN_TARGETS_H

#include "plan/expression.h"
#include "plan/plan.h"

typedef struct peil_target {
    char *category;       /* as written: "man:18-34"; "" for the total of a number */
    peil_literal *values; /* by variable of the margin: its part of the category */
    peil_decimal amount;  /* never negative, but for a number */
    peil_record record;   /* its file, among those of targets, and row */
} peil_target;

typedef struct peil_margin {
    char *name; /* as written: "geslacht:leeftijd" */
    peil_names variables;
    size_t *keys;   /* by variable: index of the plan's by variables; set by the plan */
    bool is_number; /* its total is the target */
    size_t ntargets, capacity;
    peil_target *targets;
} peil_margin;

struct peil_targets {
    size_t n; /* targets */
    size_t nmargins, capacity;
    peil_margin *margins; /* in the order in which they were first named */
};

/* Adds a target. A colon separates crossed variables, and the parts of their category; a name with
 * a colon stands between backquotes. PEIL_EDATA, with the record, for a part too many or too few, a
 * category that is there already, and an amount below 0. The caller clears, also after a failure.
 */
peil_status peil_targets_add(peil_targets *targets, const char *margin, const char *category,
                             peil_decimal amount, peil_record record,
                             peil_fault *fault) PEIL_CHECKED;

void peil_targets_clear(peil_targets *targets);

#endif
