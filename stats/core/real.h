/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number type of the algebra: IEEE binary128, 113 bits, the same on every machine. Totals are
 * exact integers; they become reals once, and figures become doubles once, at the end. */
#ifndef PEIL_CORE_REAL_H
#define PEIL_CORE_REAL_H

#if defined(__SIZEOF_FLOAT128__)
__extension__ typedef __float128 peil_real;
#else
typedef long double peil_real; /* where long double is binary128 already */
#endif

/* Square root, right to 100 bits or more; negative arguments (rounding of a zero) give 0. */
peil_real peil_real_sqrt(peil_real x);

/* 10 to the power n, for any n that a double's decimals can ask for. */
peil_real peil_real_pow10(int n);

#endif
