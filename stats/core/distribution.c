/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The regularised incomplete beta function, with Student's t and F through it, and the incomplete
 * gamma function for chi-square.
 *
 *   I_x(a,b) = x^a y^b / B(a,b) * F        (F: the even part of the continued fraction of
 *                                           DLMF 8.17.22; DiDonato and Morris 1992)
 *
 * Both factors are written in lambda = a - (a+b)x, the distance from the mean in counts. It is
 * formed once, in binary128 and from the smaller of x and y, so nothing cancels later however
 * large a and b are. The factor before F is Loader's (2000) saddle-point form of the binomial
 * probability. The fraction is only used on the side of the mean where it converges fast (in some
 * sqrt(a+b)/5 terms at worst); the other tail is the complement. That is not small there, unless a
 * shape is: for a shape below 1e-4 the complement is right to 1e-16 absolute, not relative. */
#include "core/distribution.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_cdf.h>

#include "core/real.h"

static const double two_pi = 6.283185307179586476925;
static const double normal_df = 1e20;
enum { max_terms = 2000000, max_steps = 200 };

/* A beta distribution. */
typedef struct shape {
    double a, b;
    double scale; /* what of x^a y^b / B(a,b) does not depend on x */
} shape;

/* A place on the axis of a beta variable. The tails need x <= mean, lambda >= 0. */
typedef struct place {
    double x, y, a, b, scale;
    double lambda; /* a - (a+b)x = (a+b)y - b */
    double nx, ny; /* (a+b)x and (a+b)y */
} place;

/* What is known at a place. */
typedef struct tails {
    double lower, upper;
    double kernel; /* x^a y^b / B(a,b): x y times the density */
} tails;

/* x and y where a tail has the size asked for. */
typedef struct point {
    double x, y;
} point;

/* delta(z) - delta(z+1) for the Stirling error below: (z+1/2) log(1+1/z) - 1. The series
 * is that of the inverse hyperbolic tangent in u = 1/(2z+1); it has no cancellation. */
static double stirling_step(double z) {
    if (z < 0.25) return (z + 0.5) * log1p(1 / z) - 1;
    const double u2 = 1 / ((2 * z + 1) * (2 * z + 1));
    double sum = 0, power = u2;
    for (int k = 3; power > DBL_EPSILON * sum; k += 2, power *= u2) sum += power / k;
    return sum;
}

/* delta(z) = log Gamma(z+1) - (z+1/2) log z + z - log(2 pi)/2, Loader's stirlerr: the asymptotic
 * series from 15 on, brought there by recurrence. */
static double stirling_error(double z) {
    double steps = 0;
    for (; z < 15; z += 1) steps += stirling_step(z);
    static const double terms[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                   1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
    const double z2 = 1 / (z * z);
    double sum = 0;
    for (size_t i = sizeof terms / sizeof terms[0]; i-- > 0;) sum = sum * z2 + terms[i];
    return sum / z + steps;
}

/* k log(k/mean) + mean - k, Loader's bd0, with distance = k - mean known better than from the
 * difference of the two. */
static double deviance(double k, double mean, double distance) {
    const double v = distance / (k + mean);
    if (fabs(v) > 0.1) return k * log(k / mean) - distance;
    double sum = 0, power = v * v * v;
    for (int i = 3; fabs(power) > DBL_EPSILON * fabs(sum); i += 2, power *= v * v) sum += power / i;
    return distance * v + 2 * k * sum;
}

/* The scale is the value of x^a y^b / B(a,b) at the mean: by Loader (2000), ab/(a+b) times the
 * binomial probability of a successes in n = a + b trials, which need not be whole. */
static shape shape_of(double a, double b) {
    const double correction = stirling_error(a + b) - stirling_error(a) - stirling_error(b);
    return (shape){.a = a, .b = b, .scale = sqrt(a * (b / (a + b)) / two_pi) * exp(correction)};
}

/* x^a y^b / B(a,b), which falls off from the mean by the two deviances. */
static double beta_kernel(const place *at) {
    return at->scale *
           exp(-deviance(at->a, at->nx, at->lambda) - deviance(at->b, at->ny, -at->lambda));
}

/* F by the modified Lentz method: F = 1/(beta_0 + alpha_1/(beta_1 + alpha_2/(beta_2 + ...))). For
 * lambda >= 0 every term up to m = b is positive. */
static double beta_fraction(const place *at) {
    const double a = at->a, b = at->b;
    double c = a / (a + 1) * (at->lambda + 1), d = 0, f = 1 / c;
    for (int m = 1; m <= max_terms; m++) {
        const double w = at->x / (a + 2 * m - 1);
        const double alpha = ((a + m - 1) * w) * ((a + b + m - 1) * w) * m * (b - m);
        const double beta =
            m + m * (b - m) * w + (a + m) / (a + 2 * m + 1) * (at->lambda + 1 + m * (1 + at->y));
        d = 1 / (beta + alpha * d);
        c = beta + alpha / c;
        f /= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON) break;
    }
    return f;
}

/* The smaller of x and y is taken as exact: the larger one, in 53 bits, would shift lambda by
 * (a+b) 2^-53. */
static place place_at(double x, double y, shape beta) {
    const double a = beta.a, b = beta.b;
    const peil_real n = (peil_real)a + b;
    const peil_real nx = x <= y ? n * x : n - n * y;
    const peil_real ny = x <= y ? n - n * x : n * y;
    return (place){.x = x,
                   .y = y,
                   .a = a,
                   .b = b,
                   .scale = beta.scale,
                   .lambda = (double)(x <= y ? a - nx : ny - b),
                   .nx = (double)nx,
                   .ny = (double)ny};
}

static place mirror(place at) {
    return (place){.x = at.y,
                   .y = at.x,
                   .a = at.b,
                   .b = at.a,
                   .scale = at.scale,
                   .lambda = -at.lambda,
                   .nx = at.ny,
                   .ny = at.nx};
}

static tails beta_tails(double x, double y, shape beta) {
    if (x <= 0) return (tails){.lower = 0, .upper = 1, .kernel = 0};
    if (y <= 0) return (tails){.lower = 1, .upper = 0, .kernel = 0};
    const place at = place_at(x, y, beta);
    const bool below_mean = at.lambda >= 0;
    const place near = below_mean ? at : mirror(at);
    const double kernel = beta_kernel(&near);
    const double raw = kernel > 0 ? kernel * beta_fraction(&near) : 0;
    const double tail = raw > 1 ? 1 : raw; /* not fmin, which would hide a NaN */
    return (tails){.lower = below_mean ? tail : 1 - tail,
                   .upper = below_mean ? 1 - tail : tail,
                   .kernel = kernel};
}

static bool is_beta(double x, double y, double a, double b) {
    return x >= 0 && y >= 0 && x <= 1 && y <= 1 && a > 0 && b > 0 && isfinite(a + b);
}

double peil_beta_lower(double x, double y, double a, double b) {
    return is_beta(x, y, a, b) ? beta_tails(x, y, shape_of(a, b)).lower : NAN;
}

double peil_beta_upper(double x, double y, double a, double b) {
    return is_beta(x, y, a, b) ? beta_tails(x, y, shape_of(a, b)).upper : NAN;
}

/* A first x for the quantile: Abramowitz and Stegun 26.5.22, right in two or three digits; the mean
 * where that formula does not hold. */
static double beta_start(double lower, double upper, double a, double b) {
    if (a <= 1 || b <= 1) return a / (a + b);
    const double z = upper < lower ? -gsl_cdf_ugaussian_Qinv(upper) : gsl_cdf_ugaussian_Qinv(lower);
    const double u = 1 / (2 * a - 1), v = 1 / (2 * b - 1);
    const double h = 2 / (u + v), l = (z * z - 3) / 6;
    if (h + l <= 0) return a / (a + b);
    const double w = z * sqrt(h + l) / h - (v - u) * (l + 5.0 / 6 - 2 / (3 * h));
    return 1 / (1 + b / a * exp(2 * w));
}

/* The x <= 1/2 where the lower tail is `lower` and the upper tail `upper`, which add up to 1.
 * Newton on log tail against log x, of the smaller tail, which is a concave curve; a step that
 * leaves the bracket becomes the geometric middle. Each step being about the square of the one
 * before, it ends where the next would be rounding, or at steps that are rounding themselves and no
 * longer halve. 0 where x would be below the normal doubles. */
static double beta_solve_low(double lower, double upper, shape beta, double x) {
    double low = DBL_MIN, high = 0.5, before = INFINITY;
    const bool by_lower = lower <= upper;
    if (!(x > low && x < high)) x = high / 2;
    for (int i = 0; i < max_steps && high - low > DBL_EPSILON * high; i++) {
        const tails at = beta_tails(x, 1 - x, beta);
        const double tail = by_lower ? at.lower : at.upper;
        const double excess = log(by_lower ? tail / lower : upper / tail); /* rises with x */
        *(excess > 0 ? &high : &low) = x;
        const double step = excess / (at.kernel / ((1 - x) * tail));
        double next = x * exp(-step);
        const bool is_inside = next >= low && next <= high;
        if (!is_inside) next = sqrt(low) * sqrt(high);
        x = next;
        const double size = is_inside ? fabs(step) : INFINITY;
        if (size <= DBL_EPSILON || (size < 1e-12 && size > before / 2)) break;
        const double ratio = isfinite(before) ? size / before : 1;
        if (size * ratio * ratio < DBL_EPSILON / 16) break;
        before = size;
    }
    return x > 2 * DBL_MIN ? x : 0;
}

/* On the side where x <= 1/2, or else y < 1/2: the small one of the two keeps its digits. `start`
 * is a first x. */
static point beta_solve(double lower, double upper, shape beta, double start) {
    const tails middle = beta_tails(0.5, 0.5, beta);
    if (lower <= upper ? lower <= middle.lower : upper >= middle.upper) {
        const double low = beta_solve_low(lower, upper, beta, start);
        return (point){.x = low, .y = 1 - low};
    }
    const shape mirrored = {.a = beta.b, .b = beta.a, .scale = beta.scale};
    const double low = beta_solve_low(upper, lower, mirrored, 1 - start);
    return (point){.x = 1 - low, .y = low};
}

double peil_beta_quantile(double p, double a, double b) {
    if (!(p >= 0 && p <= 1) || !is_beta(0, 1, a, b)) return NAN;
    if (p <= 0 || p >= 1) return p;
    return beta_solve(p, 1 - p, shape_of(a, b), beta_start(p, 1 - p, a, b)).x;
}

/* P(T > t) = I_x(df/2, 1/2)/2 for t >= 0, x = df/(df+t^2) (Abramowitz and Stegun 26.5.27). From
 * df = 1e20 on, t is normal in every digit. Past t = 1e150 the tail is given as 0. */
double peil_t_upper(double t, double df) {
    if (isnan(t) || !(df > 0)) return NAN;
    if (df > normal_df) return erfc(t * sqrt(0.5)) / 2;
    const double t2 = t * t;
    if (!isfinite(t2)) return t > 0 ? 0 : 1;
    const tails at = beta_tails(df / (df + t2), t2 / (df + t2), shape_of(df / 2, 0.5));
    return t > 0 ? at.lower / 2 : 0.5 + at.upper / 2;
}

/* A first t^2/(df+t^2): Cornish and Fisher's expansion, two terms (Abramowitz and Stegun 26.7.5);
 * for few df, or far out, only a place to start from. */
static double t_start(double p, double df) {
    const double z = gsl_cdf_ugaussian_Qinv(p), z2 = z * z;
    const double t = z * (1 + (z2 + 1) / (4 * df) + ((5 * z2 + 16) * z2 + 3) / (96 * df * df));
    return t * t / (df + t * t);
}

/* y = t^2/(df+t^2) is beta(1/2, df/2), and beyond it lies 2p; 1 - 2p is exact where p > 1/4, so
 * that small t keep their digits. */
double peil_t_quantile_upper(double p, double df) {
    if (!(p > 0 && p < 1) || !(df > 0)) return NAN;
    if (df > normal_df) return gsl_cdf_ugaussian_Qinv(p);
    if (p > 0.5) return -peil_t_quantile_upper(1 - p, df);
    if (p >= 0.5) return 0;
    const double start = t_start(p, df);
    const point at = beta_solve(1 - 2 * p, 2 * p, shape_of(0.5, df / 2), start);
    return sqrt(df) * sqrt(at.x / at.y);
}

/* P(F > f) = I_x(df2/2, df1/2), x = df2/(df2 + df1 f) (Abramowitz and Stegun 26.6.2). */
double peil_f_upper(double f, double df1, double df2) {
    if (!(df1 > 0) || !(df2 > 0) || !isfinite(df1 + df2) || isnan(f)) return NAN;
    if (f <= 0) return 1;
    const double scaled = df1 * f;
    if (!isfinite(scaled)) return 0;
    return peil_beta_lower(df2 / (df2 + scaled), scaled / (df2 + scaled), df2 / 2, df1 / 2);
}

/* x^a e^-x / Gamma(a+1): Loader's (2000) Poisson probability, a not only whole. */
static double gamma_kernel(double a, double x) {
    return exp(-stirling_error(a) - deviance(a, x, a - x)) / sqrt(two_pi * a);
}

/* P(a,x) over the kernel: sum of x^n / ((a+1) ... (a+n)) (DLMF 8.7.1). For x <= a + 1. */
static double gamma_series(double a, double x) {
    double sum = 1, term = 1;
    for (int n = 1; n <= max_terms && term > DBL_EPSILON * sum; n++) sum += term *= x / (a + n);
    return sum;
}

/* Q(a,x) over a times the kernel: the continued fraction of DLMF 8.9.2 in its even part, by the
 * modified Lentz method. For x > a + 1, where its denominators are positive. */
static double gamma_fraction(double a, double x) {
    double b = x + 1 - a, c = INFINITY, d = 1 / b, f = d;
    for (int n = 1; n <= max_terms; n++) {
        const double alpha = -n * (n - a);
        b += 2;
        d = 1 / (b + alpha * d);
        c = b + alpha / c;
        f *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON) break;
    }
    return f;
}

/* Q(df/2, x/2) (Abramowitz and Stegun 26.4.19). */
double peil_chi2_upper(double x, double df) {
    if (!(df > 0) || !isfinite(df) || isnan(x)) return NAN;
    if (x <= 0) return 1;
    if (!isfinite(x)) return 0;
    const double a = df / 2, h = x / 2;
    const double kernel = gamma_kernel(a, h);
    if (kernel <= 0) return h < a ? 1 : 0;
    return h <= a + 1 ? 1 - kernel * gamma_series(a, h) : a * kernel * gamma_fraction(a, h);
}

double peil_normal_lower(double z) {
    return gsl_cdf_ugaussian_P(z);
}

double peil_normal_quantile(double p) {
    return gsl_cdf_ugaussian_Pinv(p);
}
