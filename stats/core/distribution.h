/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distribution functions at the accuracy that published figures need: 1e-12 relative or better in
 * both tails, for parameters up to 1e9. GSL's beta functions are not usable here: its quantile
 * fails or hangs on realistic arguments, its tail loses digits. No function here fails, hangs or
 * prints; outside the domain the answer is NaN. */
#ifndef PEIL_CORE_DISTRIBUTION_H
#define PEIL_CORE_DISTRIBUTION_H

/* P(X <= x) and P(X > x) for a beta variable; a, b > 0. y is 1 - x, given apart so that x close to
 * 1 keeps its digits. */
double peil_beta_lower(double x, double y, double a, double b);
double peil_beta_upper(double x, double y, double a, double b);

/* The x with P(X <= x) = p. */
double peil_beta_quantile(double p, double a, double b);

/* P(T > t) for Student's t, df > 0 (not only whole). */
double peil_t_upper(double t, double df);

/* The t with P(T > t) = p, 0 < p < 1. df infinite: the normal. */
double peil_t_quantile_upper(double p, double df);

/* P(F > f) for a ratio of variances on df1 and df2 (> 0, not only whole). */
double peil_f_upper(double f, double df1, double df2);

/* P(X > x) for chi-square, df > 0 (not only whole). */
double peil_chi2_upper(double x, double df);

/* P(Z <= z) for the standard normal, and the z with P(Z <= z) = p, 0 < p < 1. */
double peil_normal_lower(double z);
double peil_normal_quantile(double p);

#endif
