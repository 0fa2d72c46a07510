/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "infer/trend.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

const peil_trend peil_trends[] = {{"linear", 1}, {"quadratic", 2}, {"cubic", 3}, {NULL, 0}};

const peil_trend *peil_trend_find(const char *name) {
    for (size_t i = 0; peil_trends[i].name; i++)
        if (strcmp(peil_trends[i].name, name) == 0) return &peil_trends[i];
    return NULL;
}

static peil_real square_of(const peil_real *p, size_t n) {
    peil_real sum = 0;
    for (size_t i = 0; i < n; i++) sum += p[i] * p[i];
    return sum;
}

/* The next monic orthogonal polynomial by the recurrence of three terms (Forsythe 1957): P_next =
 * (u - a) P - b P_before, which takes the place of P_before. */
static void step(const peil_real *u, const peil_real *p, peil_real *before, size_t n, peil_real b) {
    peil_real a = 0;
    for (size_t i = 0; i < n; i++) a += u[i] * p[i] * p[i];
    a /= square_of(p, n);
    for (size_t i = 0; i < n; i++) before[i] = (u[i] - a) * p[i] - b * before[i];
}

/* P of that degree at every u; p and other: room for n each. Returns the one that holds it. */
static const peil_real *orthogonal(const peil_real *u, size_t n, size_t degree, peil_real *p,
                                   peil_real *other) {
    peil_real before = 1; /* sum of squares of the polynomial before */
    for (size_t i = 0; i < n; i++) p[i] = 1;
    memset(other, 0, n * sizeof *other);
    for (size_t d = 0; d < degree; d++) {
        const peil_real square = square_of(p, n);
        step(u, p, other, n, d ? square / before : 0);
        before = square;
        peil_real *swap = p;
        p = other;
        other = swap;
    }
    return p;
}

peil_status peil_trend_factors(const peil_real *x, size_t n, size_t degree, peil_real *factors,
                               peil_fault *fault) {
    peil_real *room = NULL;
    PEIL_TRY(peil_array_make(&room, 3 * n, sizeof *room, fault));
    for (size_t i = 0; i < n; i++) room[i] = (x[i] - x[0]) / (x[n - 1] - x[0]);
    const peil_real *p = orthogonal(room, n, degree, room + n, room + 2 * n);
    const peil_real square = square_of(p, n);
    for (size_t i = 0; i < n; i++) factors[i] = p[i] / square;
    free(room);
    return PEIL_OK;
}
