/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/real.h"

#include <float.h>
#include <math.h>

#if !defined(__SIZEOF_FLOAT128__) && LDBL_MANT_DIG != 113
#error "peil needs a 113-bit floating type"
#endif

/* Newton: r' = (r + x/r)/2 doubles the 53 right bits of the double's root; twice gives all. */
peil_real peil_real_sqrt(peil_real x) {
    if (!(x > 0)) return 0;
    int shift = 0; /* keeps x within a double's range */
    const peil_real step = peil_real_pow10(200);
    for (; x > (peil_real)1e300; shift++) x /= step;
    for (; x < (peil_real)1e-300; shift--) x *= step;
    peil_real root = (peil_real)sqrt((double)x);
    root = (root + x / root) / 2;
    root = (root + x / root) / 2;
    return shift ? root * peil_real_pow10(100 * shift) : root;
}

/* Taylor's series on x halved until it is small, squared as often. */
peil_real peil_real_exp(peil_real x) {
    const peil_real most = 11000, small = (peil_real)0.0009765625;
    int halvings = 0;
    if (x < 0) return 1 / peil_real_exp(-x);
    if (x > most) x = most;
    for (; x > small; halvings++) x /= 2;
    peil_real term = 1, sum = 0; /* e^x - 1, so that the 1 takes no digits away */
    for (int k = 1; k <= 11; k++) sum += term *= x / (peil_real)k;
    for (; halvings > 0; halvings--) sum *= sum + 2;
    return sum + 1;
}

peil_real peil_real_less(peil_real a, peil_real b) {
    const peil_real rounding = (peil_real)1.2325951644078309e-32; /* 2^-106 */
    if (b == 0) return a;
    const peil_real larger =
        peil_real_size(a) > peil_real_size(b) ? peil_real_size(a) : peil_real_size(b);
    const peil_real less = a - b;
    return peil_real_size(less) <= rounding * larger ? 0 : less;
}

peil_real peil_real_pow10(int n) {
    peil_real result = 1, base = 10;
    for (unsigned k = (unsigned)(n < 0 ? -n : n); k; k >>= 1, base *= base)
        if (k & 1) result *= base;
    return n < 0 ? 1 / result : result;
}
