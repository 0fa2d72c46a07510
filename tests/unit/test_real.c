/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The 113-bit numbers of the algebra. */
#include "core/real.h"

#include <float.h>
#include <math.h>

#include "support/testing.h"

static peil_real size_of(peil_real x) {
    return x < 0 ? -x : x;
}

/* 2^-100 */
static peil_real tolerance(void) {
    return (peil_real)ldexp(1, -100);
}

Test(real, roots_of_squares_are_exact) {
    uint64_t state = 13;
    for (size_t i = 0; i < 2000; i++) {
        const peil_real x = (peil_real)(random_next(&state) >> 9);
        HOLDS(peil_real_sqrt(x * x) == x, "%zu", i);
    }
    cr_expect(peil_real_sqrt(0) == 0);
    cr_expect(peil_real_sqrt(1) == 1);
    cr_expect(peil_real_sqrt(4) == 2);
}

Test(real, roots_of_any_size) {
    uint64_t state = 14;
    for (int power = -600; power <= 600; power += 7) {
        const peil_real x = (1 + (peil_real)random_below(&state, 1000000)) * peil_real_pow10(power);
        const peil_real root = peil_real_sqrt(x);
        HOLDS(size_of(root * root - x) <= 4 * tolerance() * x, "10^%d", power);
    }
}

Test(real, no_root_of_what_is_negative) {
    cr_expect(peil_real_sqrt(-1) == 0);
    cr_expect(peil_real_sqrt(-(peil_real)1e-30) == 0);
}

Test(real, powers_of_ten) {
    peil_real power = 1;
    for (int n = 0; n <= 48; n++, power *= 10) /* 5^48 is the last below 2^113 */
        HOLDS(peil_real_pow10(n) == power, "10^%d", n);
    for (int n = 0; n <= 4000; n += 13) {
        HOLDS(size_of(peil_real_pow10(n) * peil_real_pow10(-n) - 1) <= tolerance(), "10^%d", n);
        HOLDS(size_of(peil_real_pow10(n + 1) / peil_real_pow10(n) - 10) <= 64 * tolerance(),
              "10^%d", n);
    }
}

/* e^x e^-x = 1, e^x e^y = e^(x + y), and e itself to 33 digits. */
Test(real, exponentials) {
    const peil_real e = (peil_real)2718281828459045 / peil_real_pow10(15) +
                        (peil_real)235360287471352662 / peil_real_pow10(33);
    cr_expect(peil_real_exp(0) == 1);
    cr_expect(size_of(peil_real_exp(1) - e) <= 8 * tolerance());
    for (double x = 0.001; x < 5000; x *= 1.7) {
        const peil_real up = peil_real_exp((peil_real)x), down = peil_real_exp(-(peil_real)x);
        HOLDS(size_of(up * down - 1) <= (peil_real)ldexp(1, -85), "%g", x);
        HOLDS(size_of(up * e / peil_real_exp((peil_real)x + 1) - 1) <= (peil_real)ldexp(1, -85),
              "%g", x);
        HOLDS(x > 700 || fabs((double)up / exp(x) - 1) <= 4e-16, "%g", x);
    }
    cr_expect(peil_real_exp(20000) == peil_real_exp(11000));
    cr_expect(peil_real_exp(-20000) > 0);
}
