/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Direct standardisation: the mean that a domain would have if its classes, as of age, had given
 * shares,
 *
 *     theta = sum_k P_k theta_k       z = sum_k P_k z_k
 *
 * with theta_k the mean of class k and z_k its influence. As the shares are known, this is the
 * post-stratified mean with strata of size P_k N (R: svystandardize). */
#ifndef PEIL_ESTIMATE_STANDARD_H
#define PEIL_ESTIMATE_STANDARD_H

#include "estimate/taylor.h"

/* The shares of the classes. A standardised domain lists its cells class by class, as many of each.
 */
typedef struct peil_standard {
    size_t nclasses; /* that somebody is in */
    peil_real *shares;
    bool lacks_class; /* nobody is in some class at all: no figure exists */
} peil_standard;

/* Whether the figures of contrasts are standardised: all of them or none. */
bool peil_standard_is_in(const peil_contrast *contrasts);

/* Fills theta, and exists when every class has somebody. There is no one influence: it differs by
 * class. */
void peil_standard_at(peil_linear *linear);

/* The variance of a simple random sample of n with those shares: S^2 / n, S^2 = n/(n-1) sum_k P_k
 * sum_(i in k) w_i (y_i - theta)^2 / N_k. */
peil_real peil_standard_simple_variance(const peil_linear *linear, peil_real n);

/* The same contrasts with the classes of their terms as terms. */
typedef struct peil_by_class {
    peil_contrast *contrasts;
    peil_linear *linears;
    const peil_linear **terms;
    peil_real *factors;
} peil_by_class;

/* The caller clears, also after a failure. */
peil_status peil_by_class_make(const peil_contrast *contrasts, size_t n, peil_by_class *out,
                               peil_fault *fault) PEIL_CHECKED;
void peil_by_class_clear(peil_by_class *by_class);

#endif
