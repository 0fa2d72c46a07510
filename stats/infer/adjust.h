/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections of p-values for multiple comparisons, over a whole run. */
#ifndef PEIL_INFER_ADJUST_H
#define PEIL_INFER_ADJUST_H

#include <stdbool.h>
#include <stddef.h>

/* A correction for multiple comparisons. To add one: a file adjust_<name>.c and a row in adjust.c.
 */
typedef struct peil_adjustment {
    const char *name; /* Mandatory. As in --adjust. */
    const char *help; /* Mandatory. One line. */
    /* Mandatory. p[order[0]] <= p[order[1]] <= ... are the m p-values, none of them NaN; writes
     * adjusted[order[i]], at most 1, monotone in p. */
    void (*adjust)(const double *p, const size_t *order, size_t m, double *adjusted);
} peil_adjustment;

extern const peil_adjustment *const peil_adjustments[]; /* ends in NULL; none first, the default */

const peil_adjustment *peil_adjustment_find(const char *name);

/* Adjusts n p-values as R's p.adjust does; NaN stays NaN and does not count. `adjusted` has n
 * places. False when memory ran out. Rejecting adjusted p <= alpha rejects exactly what the
 * step-down or step-up procedure rejects, the largest rejected p included. */
bool peil_adjust(const peil_adjustment *adjustment, const double *p, size_t n, double *adjusted);

#endif
