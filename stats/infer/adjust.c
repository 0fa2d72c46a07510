/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of corrections for multiple comparisons, and what they share: setting the missing
 * p-values apart and putting the others in order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "infer/adjust.h"

#define ROWS(ROW)   \
    ROW(none)       \
    ROW(bonferroni) \
    ROW(holm)       \
    ROW(bh)
#define DECLARE(name) extern const peil_adjustment peil_adjustment_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_adjustment_##name,
const peil_adjustment *const peil_adjustments[] = {ROWS(ADDRESS) NULL};

typedef struct ranked {
    double p;
    size_t index;
} ranked;

const peil_adjustment *peil_adjustment_find(const char *name) {
    for (size_t i = 0; peil_adjustments[i]; i++)
        if (strcmp(peil_adjustments[i]->name, name) == 0) return peil_adjustments[i];
    return NULL;
}

/* Ties by place, so that the order is always the same one. */
static int compare_ranked(const void *left, const void *right) {
    const ranked *a = left, *b = right;
    if (a->p < b->p || a->p > b->p) return a->p < b->p ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Fills `places` with the p-values that are there, smallest first; returns how many. */
static size_t rank(const double *p, size_t n, ranked *places) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i])) places[m++] = (ranked){.p = p[i], .index = i};
    qsort(places, m, sizeof *places, compare_ranked);
    return m;
}

bool peil_adjust(const peil_adjustment *adjustment, const double *p, size_t n, double *adjusted) {
    if (n == 0) return true;
    ranked *places = calloc(n, sizeof *places);
    size_t *order = calloc(n, sizeof *order);
    const bool is_done = places && order;
    if (is_done) {
        const size_t m = rank(p, n, places);
        for (size_t i = 0; i < m; i++) order[i] = places[i].index;
        for (size_t i = 0; i < n; i++) adjusted[i] = NAN;
        adjustment->adjust(p, order, m, adjusted);
    }
    free(order);
    free(places);
    return is_done;
}
