/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The influence of a rest is a polynomial in the answer, in which areas differ by its coefficients
 * alone. With g_p = 1, a - m and b over all cells, m near the means, and d_k only over the area,
 *
 *     z_k = d_k - sum_p c_kp g_p        d_k = z of the area + z of its rest
 *     V(z_k) = V(d_k) - 2 sum_p c_kp C(g_p, d_k) + sum_pq c_kp c_kq C(g_p, g_q)
 *
 * which are the covariances of a few figures of everybody and many of small domains. */
#include "estimate/rest.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define FEWEST 3 /* figures; for less one walk each is as soon done */

/* 2^-40: where less is left of a variance than this of what it can be at most, digits that a double
 * shows may be lost. */
#define CANCELLED ((peil_real)9.094947017729282e-13)

enum { BASIS_MOST = 3 };
static const size_t places[BASIS_MOST] = {PEIL_ONE, PEIL_A, PEIL_B}; /* of the g_p in a poly */
static const peil_real ones[] = {1, 1};

/* The contrasts of the walk: the basis, then those of each area. */
typedef struct shared {
    uint32_t *cells; /* all of them */
    size_t nbasis;   /* without b where no influence has it */
    peil_linear basis[BASIS_MOST];
    const peil_linear *basis_terms[BASIS_MOST];
    peil_linear *others; /* by area: the figure of its rest, over the area itself */
    const peil_linear **terms;
    peil_contrast *contrasts;
    size_t width; /* of the matrix */
    peil_real *matrix;
    peil_real most[BASIS_MOST]; /* of the square of what each of the basis adds up to */
} shared;

static void clear(shared *s) {
    free(s->cells);
    free(s->others);
    free(s->terms);
    free(s->contrasts);
    free(s->matrix);
}

/* ---- which figures ---- */

static bool is_of_first_degree(const peil_poly *z) {
    return z->c[PEIL_AA] == 0 && z->c[PEIL_AB] == 0 && z->c[PEIL_BB] == 0;
}

/* Whether a figure's influence is of the first degree in answers that count as in the domain. */
static bool is_alike(const peil_linear *linear, const peil_domain *domain) {
    return is_of_first_degree(&linear->influence) && linear->domain.first == domain->first &&
           linear->domain.last == domain->last;
}

static bool can_share(const peil_linear *own, const peil_linear *rest, size_t n, peil_rules rules) {
    const peil_domain *domain = &own[0].domain;
    if (n < FEWEST || rules.replicates || domain->standard) return false;
    if (domain->view->g || domain->view->nparts) return false;
    for (size_t k = 0; k < n; k++)
        if (!is_alike(&own[k], domain) || !is_alike(&rest[k], domain)) return false;
    return true;
}

/* ---- contrasts ---- */

/* The square of the sum of w |z| at most (Cauchy and Schwarz). */
static peil_real most_of(const peil_domain *domain, const peil_poly *z) {
    return peil_domain_sum(domain, &(peil_poly){.c[PEIL_ONE] = 1}) * peil_domain_square(domain, z);
}

static void take_basis(const peil_linear *own, const peil_linear *rest, shared *s) {
    const peil_domain *a = &own[0].domain, *b = &rest[0].domain;
    memcpy(s->cells, a->cells, a->ncells * sizeof *s->cells);
    memcpy(s->cells + a->ncells, b->cells, b->ncells * sizeof *s->cells);
    for (size_t p = 0; p < s->nbasis; p++) {
        peil_linear *g = &s->basis[p];
        *g = rest[0];
        g->domain.cells = s->cells;
        g->domain.ncells = a->ncells + b->ncells;
        g->influence = (peil_poly){.centre = rest[0].influence.centre};
        g->influence.c[places[p]] = 1;
        s->basis_terms[p] = g;
        s->contrasts[p] = (peil_contrast){1, &s->basis_terms[p], ones};
        s->most[p] = most_of(&g->domain, &g->influence);
    }
}

static void take_areas(const peil_linear *own, const peil_linear *rest, size_t n, shared *s) {
    for (size_t k = 0; k < n; k++) {
        s->others[k] = rest[k];
        s->others[k].domain = own[k].domain;
        s->terms[2 * k] = &own[k];
        s->terms[2 * k + 1] = &s->others[k];
        s->contrasts[s->nbasis + k] = (peil_contrast){2, &s->terms[2 * k], ones};
    }
}

static bool has_b(const peil_linear *own, const peil_linear *rest, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (own[k].influence.c[PEIL_B] != 0 || rest[k].influence.c[PEIL_B] != 0) return true;
    return false;
}

static peil_status make(const peil_linear *own, const peil_linear *rest, size_t n, shared *s,
                        peil_fault *fault) {
    const size_t ncells = own[0].domain.ncells + rest[0].domain.ncells;
    s->nbasis = BASIS_MOST - !has_b(own, rest, n);
    s->width = s->nbasis + n;
    PEIL_TRY(peil_array_make(&s->cells, ncells, sizeof *s->cells, fault));
    PEIL_TRY(peil_array_make(&s->others, n, sizeof *s->others, fault));
    PEIL_TRY(peil_array_make(&s->terms, 2 * n, sizeof *s->terms, fault));
    PEIL_TRY(peil_array_make(&s->contrasts, s->width, sizeof *s->contrasts, fault));
    PEIL_TRY(peil_array_make(&s->matrix, s->width * s->width, sizeof *s->matrix, fault));
    take_basis(own, rest, s);
    take_areas(own, rest, n, s);
    return PEIL_OK;
}

/* ---- variances ---- */

/* V(z_k), and false where it may have lost digits; 0 when nothing has any influence. */
static bool find_variance(const shared *s, const peil_linear *own, const peil_linear *rest,
                          size_t k, peil_real *variance) {
    const peil_poly c = peil_poly_about(&rest->influence, s->basis[0].influence.centre);
    const size_t n = s->nbasis;
    const peil_real *row = &s->matrix[(n + k) * s->width];
    peil_poly d = peil_poly_about(&rest->influence, own->influence.centre);
    for (size_t p = 0; p < n; p++) d.c[places[p]] += own->influence.c[places[p]];
    peil_real most = most_of(&own->domain, &d);
    *variance = row[n + k];
    for (size_t p = 0; p < n; p++) {
        const peil_real factor = c.c[places[p]];
        *variance -= 2 * factor * row[p];
        most += factor * factor * s->most[p];
        for (size_t q = 0; q < n; q++)
            *variance += factor * c.c[places[q]] * s->matrix[p * s->width + q];
    }
    return most == 0 || *variance > CANCELLED * most;
}

/* The variance of one pair by itself. */
static peil_status walk(const peil_linear *own, const peil_linear *rest, peil_rules rules,
                        peil_workspace *workspace, peil_variance *out, peil_record *lonely,
                        peil_fault *fault) {
    static const peil_real factors[] = {1, -1};
    const peil_linear *const terms[] = {own, rest};
    const peil_contrast contrast = {2, terms, factors};
    return peil_variance_of(&contrast, rules, workspace, out, lonely, fault);
}

static peil_status share(const peil_linear *own, const peil_linear *rest, size_t n,
                         peil_rules rules, peil_workspace *workspace, shared *s, peil_variance *out,
                         peil_record *lonely, peil_fault *fault) {
    peil_variance all;
    PEIL_TRY(make(own, rest, n, s, fault));
    PEIL_TRY(peil_covariance_of(s->contrasts, s->width, false, rules, workspace, s->matrix, &all,
                                lonely, fault));
    for (size_t k = 0; k < n; k++) {
        out[k] = all;
        if (!find_variance(s, &own[k], &rest[k], k, &out[k].variance))
            PEIL_TRY(walk(&own[k], &rest[k], rules, workspace, &out[k], lonely, fault));
    }
    return PEIL_OK;
}

peil_status peil_rest_variances(const peil_linear *own, const peil_linear *rest, size_t n,
                                peil_rules rules, peil_workspace *workspace, peil_variance *out,
                                peil_record *lonely, peil_fault *fault) {
    shared s = {0};
    if (can_share(own, rest, n, rules)) {
        const peil_status status = share(own, rest, n, rules, workspace, &s, out, lonely, fault);
        clear(&s);
        return status;
    }
    for (size_t k = 0; k < n; k++)
        PEIL_TRY(walk(&own[k], &rest[k], rules, workspace, &out[k], lonely, fault));
    return PEIL_OK;
}
