/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variance over replicates: the figure is made anew with each set of weights, by the code that made
 * it from the whole sample. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "core/array.h"
#include "estimate/variance.h"
#include "tally/span.h"

/* ---- figures ---- */

static bool is_as_before(const peil_domain *domain, size_t r) {
    for (size_t k = 0; k < domain->ncells; k++)
        if (!peil_view_is_as_before(domain->view, domain->cells[k], r)) return false;
    return true;
}

/* A kind that inverts varies as the share at or below it does, whose answers the domain has. */
static void find(peil_linear *figure) {
    if (figure->estimator->invert)
        peil_mean_at(figure);
    else
        figure->estimator->at(figure);
}

/* The figure in replicate r, or NaN. */
static peil_real figure_in(const peil_linear *linear, size_t r) {
    const peil_view shadow = peil_view_in_replicate(linear->domain.view, r);
    peil_linear figure = *linear;
    figure.domain.view = &shadow;
    figure.exists = false;
    find(&figure);
    const bool is_finite = figure.theta - figure.theta == 0; /* the weights may be 0 */
    return figure.exists && is_finite ? figure.theta : (peil_real)NAN;
}

/* What the figure of the whole sample is held against in replicates. */
static peil_real whole_of(const peil_linear *linear) {
    return linear->estimator->invert ? linear->share : linear->theta;
}

/* How much a contrast changes with the figure in the replicates. */
static peil_real factor_of(const peil_contrast *contrast, size_t t) {
    const peil_linear *linear = contrast->terms[t];
    const bool is_turned = linear->estimator->invert && !linear->is_of_share;
    return contrast->factors[t] * (is_turned ? linear->slope : 1);
}

/* Many replicates of a jackknife differ in units outside the domain alone. */
static void add_term(const peil_linear *linear, peil_real factor, peil_real *values) {
    const size_t n = linear->domain.view->replicates.n;
    peil_real figure = 0;
    for (size_t r = 0; r < n; r++) {
        if (r == 0 || !is_as_before(&linear->domain, r)) figure = figure_in(linear, r);
        values[r] += factor * figure;
    }
}

/* The value of a contrast in every replicate, NaN where a term does not exist in it. */
static void take_values(const peil_contrast *contrast, peil_real *values) {
    const size_t n = contrast->terms[0]->domain.view->replicates.n;
    assert(!contrast->terms[0]->domain.standard); /* its classes are the terms */
    for (size_t r = 0; r < n; r++) values[r] = 0;
    for (size_t t = 0; t < contrast->n; t++)
        add_term(contrast->terms[t], factor_of(contrast, t), values);
}

/* Each value over the sum of all in its replicate. */
static void take_shares(peil_real *values, size_t n, size_t stride) {
    peil_real sum = 0;
    for (size_t i = 0; i < n; i++) sum += values[i * stride];
    for (size_t i = 0; i < n; i++) values[i * stride] /= sum;
}

/* ---- covariances ---- */

/* The values of n contrasts, in every replicate and in the whole sample. */
typedef struct series {
    const peil_replicates *replicates;
    size_t n;
    peil_real *values; /* by contrast, then by replicate; NaN where one of them does not exist */
    peil_real *centre; /* by contrast */
} series;

static bool is_there(peil_real x) {
    return x - x == 0;
}

/* A replicate without one of the contrasts counts for none. */
static size_t drop_missing(const series *s) {
    size_t left = 0;
    for (size_t r = 0; r < s->replicates->n; r++) {
        bool is_whole = true;
        for (size_t i = 0; i < s->n; i++)
            is_whole = is_whole && is_there(s->values[i * s->replicates->n + r]);
        left += is_whole;
        for (size_t i = 0; !is_whole && i < s->n; i++)
            s->values[i * s->replicates->n + r] = (peil_real)NAN;
    }
    return left;
}

/* The mean over replicates that count, without those where the figure does not exist. */
static peil_real mean_of(const peil_replicates *rs, const peil_real *values) {
    peil_sum sum = {0, 0};
    peil_real n = 0;
    for (size_t r = 0; r < rs->n; r++) {
        if (!is_there(values[r]) || !(rs->rscales[r] > 0)) continue;
        peil_sum_add(&sum, values[r]);
        n++;
    }
    return n > 0 ? (sum.high + sum.low) / n : 0;
}

static peil_real product_of(const series *s, size_t i, size_t j) {
    const peil_replicates *rs = s->replicates;
    const peil_real *x = s->values + i * rs->n, *y = s->values + j * rs->n;
    peil_sum sum = {0, 0};
    for (size_t r = 0; r < rs->n; r++)
        if (is_there(x[r]))
            peil_sum_add(&sum, rs->rscales[r] * peil_real_less(x[r], s->centre[i]) *
                                   peil_real_less(y[r], s->centre[j]));
    return rs->scale * (sum.high + sum.low);
}

static void spread(const series *s, peil_real *matrix, peil_variance *out) {
    const size_t left = drop_missing(s), nreplicates = s->replicates->n;
    if (!s->replicates->is_about_estimate)
        for (size_t i = 0; i < s->n; i++)
            s->centre[i] = mean_of(s->replicates, s->values + i * nreplicates);
    out->lacks_replicates = left < nreplicates;
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j <= i; j++)
            matrix[i * s->n + j] = matrix[j * s->n + i] =
                left || nreplicates == 0 ? product_of(s, i, j) : (peil_real)NAN;
}

/* ---- degrees of freedom ---- */

static int by_number(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The cells of all terms, each once, in order. */
static peil_status unite(const peil_contrast *contrasts, size_t ncontrasts, uint32_t **cells,
                         size_t *n, peil_fault *fault) {
    size_t all = 0, distinct = 0;
    for (size_t i = 0; i < ncontrasts; i++)
        for (size_t t = 0; t < contrasts[i].n; t++) all += contrasts[i].terms[t]->domain.ncells;
    *cells = NULL;
    *n = 0;
    PEIL_TRY(peil_array_make(cells, all, sizeof **cells, fault));
    for (size_t i = 0; i < ncontrasts; i++)
        for (size_t t = 0; t < contrasts[i].n; t++) {
            const peil_domain *domain = &contrasts[i].terms[t]->domain;
            for (size_t k = 0; k < domain->ncells; k++) (*cells)[(*n)++] = domain->cells[k];
        }
    qsort(*cells, *n, sizeof **cells, by_number);
    for (size_t k = 0; k < all; k++)
        if (k == 0 || (*cells)[k] != (*cells)[distinct - 1]) (*cells)[distinct++] = (*cells)[k];
    *n = distinct;
    return PEIL_OK;
}

/* Those of columns: the rank of the weights less one (R: degf). */
static peil_status count_ranks(const peil_contrast *contrasts, size_t ncontrasts,
                               peil_variance *out, peil_fault *fault) {
    const peil_view *view = contrasts[0].terms[0]->domain.view;
    uint32_t *cells;
    size_t ncells, rank = 0;
    PEIL_TRY(unite(contrasts, ncontrasts, &cells, &ncells, fault));
    const peil_domain domain = {
        .view = view, .cells = cells, .ncells = ncells, .first = PEIL_EVERY_ANSWER};
    const uint64_t n = peil_domain_n(&domain);
    const peil_status status = peil_span_rank(view->span, cells, ncells, n, &rank, fault);
    out->df = (int64_t)rank - 1;
    free(cells);
    return status;
}

/* Those of a design are the design's, whatever the method; a bootstrap has no more than it drew.
 * matrix: room. */
static peil_status count_units(const peil_contrast *contrasts, size_t n, peil_rules rules,
                               peil_workspace *ws, peil_real *matrix, peil_variance *out,
                               peil_fault *fault) {
    peil_variance taylor;
    PEIL_TRY(peil_taylor_covariance(contrasts, n, rules, ws, matrix, &taylor, NULL, fault));
    const int64_t most = (int64_t)rules.replicates->df_most;
    out->df = most && taylor.df > most ? most : taylor.df;
    out->used_lonely = taylor.used_lonely;
    return PEIL_OK;
}

/* ---- the whole ---- */

static peil_real value_of(const peil_contrast *contrast) {
    peil_real value = 0;
    for (size_t t = 0; t < contrast->n; t++)
        value += factor_of(contrast, t) * whole_of(contrast->terms[t]);
    return value;
}

static peil_status make_series(const peil_contrast *contrasts, size_t n, bool as_shares,
                               const peil_replicates *rs, series *out, peil_fault *fault) {
    *out = (series){.replicates = rs, .n = n};
    PEIL_TRY(peil_array_make(&out->centre, n, sizeof *out->centre, fault));
    PEIL_TRY(peil_array_make(&out->values, n * rs->n, sizeof *out->values, fault));
    for (size_t i = 0; i < n; i++) {
        take_values(&contrasts[i], out->values + i * rs->n);
        out->centre[i] = value_of(&contrasts[i]);
    }
    if (!as_shares) return PEIL_OK;
    take_shares(out->centre, n, 1);
    for (size_t r = 0; r < rs->n; r++) take_shares(out->values + r, n, rs->n);
    return PEIL_OK;
}

static peil_status covariance(const peil_contrast *contrasts, size_t n, bool as_shares,
                              peil_rules rules, peil_workspace *ws, peil_real *matrix,
                              peil_variance *out, peil_record *lonely, peil_fault *fault) {
    series s;
    (void)lonely; /* refused when the replicates were made */
    *out = (peil_variance){0};
    PEIL_TRY(rules.replicates->design ? count_units(contrasts, n, rules, ws, matrix, out, fault)
                                      : count_ranks(contrasts, n, out, fault));
    const peil_status status = make_series(contrasts, n, as_shares, rules.replicates, &s, fault);
    if (status == PEIL_OK) {
        spread(&s, matrix, out);
        out->variance = matrix[0];
    }
    free(s.centre);
    free(s.values);
    return status;
}

const peil_variance_method peil_variance_by_replicates = {
    .name = "replicates",
    .covariance = covariance,
};
