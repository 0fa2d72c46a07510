/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number type of the algebra: IEEE binary128, 113 bits, the same on every machine. Totals are
 * exact integers; they become reals once, and figures become doubles once, at the end. */
#ifndef PEIL_CORE_REAL_H
#define PEIL_CORE_REAL_H

#include <stdbool.h>

#if defined(__SIZEOF_FLOAT128__)
__extension__ typedef __float128 peil_real;
#else
typedef long double peil_real; /* where long double is binary128 already */
#endif

/* x without its sign. A comparison would be a call. */
static inline peil_real peil_real_size(peil_real x) {
#if defined(__SIZEOF_FLOAT128__)
    return __builtin_fabsf128(x);
#else
    return __builtin_fabsl(x);
#endif
}

/* Square root, right to 100 bits or more; negative arguments (rounding of a zero) give 0. */
peil_real peil_real_sqrt(peil_real x);

/* e to the power x, right to 85 bits or more; beyond 11,000 in size x counts as that. */
peil_real peil_real_exp(peil_real x);

/* a - b, and exactly 0 where that is no more than the rounding of a and b: less than 2^-106 of the
 * larger. A variance of equal numbers is then 0, not noise. */
peil_real peil_real_less(peil_real a, peil_real b);

/* Adds x to a sum that is kept in two parts, so that large terms that cancel take nothing of small
 * ones along (Neumaier 1974). The sum is the two parts together. */
typedef struct peil_sum {
    peil_real high, low;
} peil_sum;
static inline void peil_sum_add(peil_sum *sum, peil_real x) {
    if (sum->high == 0) { /* most sums are short, and begin here */
        sum->high = x;
        return;
    }
    const peil_real high = sum->high + x;
    const bool is_smaller = peil_real_size(sum->high) < peil_real_size(x);
    sum->low += is_smaller ? (x - high) + sum->high : (sum->high - high) + x;
    sum->high = high;
}

/* A sum whose terms cancel but for their rounding is 0, not noise: less than 2^-100 of what its
 * terms add up to without their signs. */
typedef struct peil_settling {
    peil_real sum, size;
} peil_settling;
static inline void peil_settle_add(peil_settling *settling, peil_real x) {
    settling->sum += x;
    settling->size += peil_real_size(x);
}
static inline peil_real peil_settled(const peil_settling *settling) {
    const peil_real rounding = (peil_real)7.888609052210118e-31 * settling->size; /* 2^-100 */
    return settling->sum <= rounding && settling->sum >= -rounding ? 0 : settling->sum;
}

/* 10 to the power n, for any n that a double's decimals can ask for. */
peil_real peil_real_pow10(int n);

#endif
