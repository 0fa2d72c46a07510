/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a calibrated weight may be from its start, and at what price: the g-weight (calibrated
 * over start weight) as a function of u = x' lambda (Deville and Sarndal 1992). All have g = 1 and
 * slope 1 at u = 0. */
#ifndef PEIL_CALIBRATE_DISTANCE_H
#define PEIL_CALIBRATE_DISTANCE_H

#include <stdbool.h>

#include "core/real.h"

/* What g may be; infinite where it is free. */
typedef struct peil_limits {
    peil_real low, high;
} peil_limits;

/* A distance. To add one: a file distance_<name>.c with such a row, and the row in distance.c. */
typedef struct peil_distance {
    const char *name;  /* Mandatory. As in --calibrate. */
    const char *help;  /* Mandatory. One line. */
    bool needs_limits; /* It has no g without limits around 1. */
    bool one_margin;   /* It is for one margin of categories. */
    /* Mandatory. g at u; may lie outside the limits, and is then put on them. */
    peil_real (*g)(peil_real u, peil_limits limits);
    /* Mandatory. The slope of g over u where g has that value. */
    peil_real (*slope)(peil_real g, peil_limits limits);
} peil_distance;

/* The distances, the default first, ending in NULL. */
extern const peil_distance *const peil_distances[];

/* The distance of that name, or NULL. */
const peil_distance *peil_distance_find(const char *name);

/* The distance without more: g = 1 + u. */
peil_real peil_linear_g(peil_real u, peil_limits limits);
peil_real peil_linear_slope(peil_real g, peil_limits limits);

#endif
