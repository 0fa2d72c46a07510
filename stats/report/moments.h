/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of numbers and of their squares, exact: whatever the order, the same. */
#ifndef PEIL_REPORT_MOMENTS_H
#define PEIL_REPORT_MOMENTS_H

#include "core/decimal.h"
#include "core/plane.h"

/* Zero is empty. */
typedef struct peil_moments {
    int32_t scale;           /* `sum` holds times 10^scale, `squares` times 10^(2 scale) */
    peil_plane sum, squares; /* of one sum each */
} peil_moments;

/* Adds n numbers, each as many times as `times` says (whole numbers of scale 0). */
peil_status peil_moments_add(peil_moments *moments, const peil_decimal *numbers,
                             const peil_decimal *times, size_t n, peil_fault *fault) PEIL_CHECKED;

peil_real peil_moments_sum(const peil_moments *moments);
peil_real peil_moments_squares(const peil_moments *moments);

void peil_moments_clear(peil_moments *moments);

#endif
