/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calibration: the g-weights nearest to 1 with which the weights add up to known totals (Deville
 * and Sarndal 1992; Deville, Sarndal and Sautory 1993). Respondents of one pattern and the same
 * limits get the same g: they are one unit here, whatever their number. */
#ifndef PEIL_CALIBRATE_SOLVE_H
#define PEIL_CALIBRATE_SOLVE_H

#include <stdbool.h>

#include "calibrate/auxiliaries.h"
#include "calibrate/distance.h"

typedef struct peil_calibration_problem {
    const peil_auxiliaries *x;
    const peil_distance *distance;
    peil_limits limits; /* of g, for all */
    size_t nunits;
    const uint32_t *pattern;        /* by unit; NULL: every pattern is a unit */
    const peil_real *weight;        /* by unit: the sum of start weights; not negative */
    const peil_limits *unit_limits; /* by unit, within the limits for all; NULL: those */
    const peil_real *target;        /* by column */
} peil_calibration_problem;

typedef struct peil_calibration_solution {
    bool is_met;         /* every total is its target, but for 1e-12 of it */
    peil_real *g;        /* by unit */
    peil_real *achieved; /* by column: the sums with the weights calibrated */
    size_t worst;        /* the column that is farthest from its target */
    peil_real deviation; /* how far, of the target or of the terms that make it up */
    size_t iterations;
} peil_calibration_solution;

/* Solves the problem as far as it can be: whoever uses g looks at is_met. The caller clears, also
 * after a failure. */
peil_status peil_calibration_solve(const peil_calibration_problem *problem,
                                   peil_calibration_solution *out, peil_fault *fault) PEIL_CHECKED;
void peil_calibration_solution_clear(peil_calibration_solution *solution);

#endif
