/* SPDX-License-Identifier: GPL-3.0-or-later */
/* P(max |Z_i| > c) for normal Z by the estimator of Adler, Blanchet and Liu (2012, "Efficient Monte
 * Carlo for high excursions of Gaussian random fields"), which does not lose its precision in the
 * tail: with one |Z_i|, i at random, drawn beyond c and the others given that one, and N of all
 * beyond c,
 *   P(max |Z_i| > c) = n P(|Z_i| > c) E(1/N).
 * The same draws serve every c. */
#include "infer/band.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/array.h"
#include "core/distribution.h"
#include "core/rng.h"

enum { DRAWS = 8192 };
#define TIED 1e-12      /* a correlation */
#define DEPENDENT 1e-10 /* a variance given those before, of 1 */

typedef struct band {
    size_t n;            /* figures that have a variance */
    double *correlation; /* n x n */
    double *factor;      /* n x n: the lower triangle of its root */
    double *z;           /* DRAWS x n */
    double *share;       /* by draw: where in the two tails the figure at hand lies, in (0,1) */
} band;

static void clear(band *b) {
    free(b->correlation);
    free(b->factor);
    free(b->z);
    free(b->share);
}

/* ---- correlations ---- */

static peil_status take_correlations(band *b, const double *covariance, size_t width,
                                     peil_fault *fault) {
    size_t *figure = NULL;
    PEIL_TRY(peil_array_make(&figure, width, sizeof *figure, fault));
    for (size_t i = 0; i < width; i++)
        if (covariance[i * width + i] > 0) figure[b->n++] = i;
    const peil_status status =
        peil_array_make(&b->correlation, b->n * b->n, sizeof *b->correlation, fault);
    for (size_t i = 0; status == PEIL_OK && i < b->n; i++)
        for (size_t j = 0; j < b->n; j++) {
            const double *row = covariance + figure[i] * width;
            const double sizes =
                sqrt(row[figure[i]]) * sqrt(covariance[figure[j] * width + figure[j]]);
            b->correlation[i * b->n + j] = i == j ? 1 : row[figure[j]] / sizes;
        }
    free(figure);
    return status;
}

static bool are_independent(const band *b) {
    for (size_t i = 0; i < b->n; i++)
        for (size_t j = 0; j < i; j++)
            if (fabs(b->correlation[i * b->n + j]) > TIED) return false;
    return true;
}

/* Cholesky's factor; a figure that the ones before it determine, such as a total beside its parts,
 * has a 0 on the diagonal. */
static void factorise(band *b) {
    const size_t n = b->n;
    double *l = b->factor;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double rest = b->correlation[i * n + j];
            for (size_t k = 0; k < j; k++) rest -= l[i * n + k] * l[j * n + k];
            if (i == j)
                l[i * n + i] = rest > DEPENDENT ? sqrt(rest) : 0;
            else
                l[i * n + j] = l[j * n + j] > 0 ? rest / l[j * n + j] : 0;
        }
}

/* ---- draws ---- */

static double draw_share(peil_rng *rng) {
    return ((double)(peil_rng_next(rng) >> 11) + 0.5) * 0x1p-53;
}

/* From the last figure to the first, as each needs those before it undone. */
static void draw(band *b, size_t k) {
    peil_rng rng = peil_rng_make(1, k, 0);
    double *z = b->z + k * b->n;
    b->share[k] = draw_share(&rng);
    for (size_t i = 0; i < b->n; i++) z[i] = peil_normal_quantile(draw_share(&rng));
    for (size_t i = b->n; i-- > 0;) {
        const double *l = b->factor + i * b->n;
        double sum = 0;
        for (size_t j = 0; j <= i; j++) sum += l[j] * z[j];
        z[i] = sum;
    }
}

static peil_status draw_all(band *b, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&b->factor, b->n * b->n, sizeof *b->factor, fault));
    PEIL_TRY(peil_array_make(&b->z, DRAWS * b->n, sizeof *b->z, fault));
    PEIL_TRY(peil_array_make(&b->share, DRAWS, sizeof *b->share, fault));
    factorise(b);
    for (size_t k = 0; k < DRAWS; k++) draw(b, k);
    return PEIL_OK;
}

/* How many are beyond c when figure i is moved there, and the others with it. */
static size_t count_beyond(const band *b, size_t k, size_t i, double c, double tail) {
    const double *z = b->z + k * b->n, *with = b->correlation + i * b->n;
    const double share = b->share[k];
    const bool is_low = share < 0.5;
    const double size = -peil_normal_quantile(tail * (is_low ? 2 * share : 2 - 2 * share));
    const double step = (is_low ? -size : size) - z[i];
    size_t n = 1;
    for (size_t j = 0; j < b->n; j++) n += j != i && fabs(z[j] + with[j] * step) > c;
    return n;
}

static double probability_beyond(const band *b, double c) {
    const double tail = peil_normal_lower(-c);
    double sum = 0;
    for (size_t k = 0; k < DRAWS; k++) sum += 1 / (double)count_beyond(b, k, k % b->n, c, tail);
    return (double)b->n * 2 * tail * sum / DRAWS;
}

/* Between one figure and n independent ones, where it must lie (Sidak 1967). */
static double solve(const band *b, double level) {
    double low = -peil_normal_quantile((1 - level) / 2);
    double high = -peil_normal_quantile(-expm1(log(level) / (double)b->n) / 2);
    while (high - low > 1e-7) {
        const double middle = (low + high) / 2;
        if (probability_beyond(b, middle) > 1 - level)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

peil_status peil_band_level(const double *covariance, size_t n, double level, double *out,
                            peil_fault *fault) {
    band b = {0};
    *out = level;
    peil_status status = take_correlations(&b, covariance, n, fault);
    if (status == PEIL_OK && are_independent(&b)) {
        if (b.n > 1) *out = exp(log(level) / (double)b.n);
    } else if (status == PEIL_OK) {
        status = draw_all(&b, fault);
        if (status == PEIL_OK) *out = 1 - 2 * peil_normal_lower(-solve(&b, level));
    }
    clear(&b);
    return status;
}
