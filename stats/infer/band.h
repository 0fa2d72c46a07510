/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals that hold together: the sup-t band of Montiel Olea and Plagborg-Moller (2019,
 * "Simultaneous confidence bands: theory, implementation, and an application to SVARs"). */
#ifndef PEIL_INFER_BAND_H
#define PEIL_INFER_BAND_H

#include <stddef.h>

#include "core/fault.h"

#define PEIL_BAND_MOST 1000 /* figures of a band: the covariances are as many as their square */

/* The level that each of n intervals must have for all of them to hold together at `level`, both in
 * (0,1): 2 Phi(c) - 1, with c the quantile of max |Z_i| of normal Z with these covariances, n x n
 * row by row and taken as 0 where below 1e-12 as a correlation. A figure without variance, NaN or
 * not above 0, is left out; without any the answer is `level`. Independent figures are exact
 * (level^(1/n), Sidak 1967); else the distribution of max |Z_i| comes from draws that are the same
 * everywhere, and 1 - the answer is right to 5 percent: half a percent of a width. */
peil_status peil_band_level(const double *covariance, size_t n, double level, double *out,
                            peil_fault *fault) PEIL_CHECKED;

#endif
