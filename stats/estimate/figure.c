/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

/* The estimators, in the order of the help. */
#define ROWS(ROW) \
    ROW(percent)  \
    ROW(mean)     \
    ROW(sd)       \
    ROW(total)    \
    ROW(count)    \
    ROW(ratio)    \
    ROW(index)    \
    ROW(scale)    \
    ROW(alpha)

#define DECLARE(name) extern const peil_estimator peil_estimator_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_estimator_##name,
const peil_estimator *const peil_estimators[] = {ROWS(ADDRESS) NULL};
#define KIND(name) &peil_estimator_##name.kind,
static const peil_kind *const all_kinds[] = {ROWS(KIND) NULL};

size_t peil_estimator_kinds(const peil_kind *const **kinds) {
    *kinds = all_kinds;
    return sizeof all_kinds / sizeof *all_kinds - 1;
}

const peil_estimator *peil_estimator_of(const peil_kind *kind) {
    size_t i = 0;
    while (all_kinds[i] != kind) i++;
    return peil_estimators[i];
}

/* ---- polynomials ---- */

static peil_real value_at(const peil_poly *poly, peil_real a, peil_real b) {
    const peil_real *c = poly->c, d = peil_real_less(a, poly->centre);
    peil_real value = c[PEIL_ONE];
    if (c[PEIL_A] != 0) value += c[PEIL_A] * d;
    if (c[PEIL_B] != 0) value += c[PEIL_B] * b;
    if (c[PEIL_AA] != 0) value += c[PEIL_AA] * d * d;
    if (c[PEIL_AB] != 0) value += c[PEIL_AB] * d * b;
    if (c[PEIL_BB] != 0) value += c[PEIL_BB] * b * b;
    return value;
}

/* sum of (part - its centre)^2 */
static peil_real spread_of(const peil_domain *domain, uint32_t answer) {
    const peil_real *parts = domain->view->parts + answer * domain->view->nparts;
    peil_real sum = 0;
    for (size_t i = 0; i < domain->view->nparts; i++) {
        const peil_real away = peil_real_less(parts[i], domain->centre[i]);
        sum += away * away;
    }
    return sum;
}

peil_real peil_domain_value(const peil_domain *domain, const peil_poly *poly, uint32_t answer) {
    const peil_view *view = domain->view;
    if (domain->category != PEIL_EVERY_ANSWER) return value_at(poly, answer == domain->category, 0);
    const bool has_spread = view->nparts && poly->c[PEIL_B] != 0;
    return value_at(poly, view->a[answer],
                    has_spread ? spread_of(domain, answer) : view->b[answer]);
}

/* With d = e + step: c0 + c1 d + c3 d^2 = (c0 + c1 s + c3 s^2) + (c1 + 2 c3 s) e + c3 e^2. */
peil_poly peil_poly_about(const peil_poly *poly, peil_real centre) {
    const peil_real step = peil_real_less(centre, poly->centre);
    peil_poly about = *poly;
    about.centre = centre;
    about.c[PEIL_ONE] += step * (poly->c[PEIL_A] + step * poly->c[PEIL_AA]);
    about.c[PEIL_A] += 2 * step * poly->c[PEIL_AA];
    return about;
}

peil_poly peil_poly_square(const peil_poly *poly) {
    const peil_real o = poly->c[PEIL_ONE], a = poly->c[PEIL_A], b = poly->c[PEIL_B];
    return (peil_poly){.centre = poly->centre,
                       .c = {o * o, 2 * o * a, 2 * o * b, a * a, 2 * a * b, b * b}};
}

/* ---- sums over a domain ---- */

/* The weight of those in the domain who gave an answer. */
static peil_real weight_of(const peil_domain *domain, uint32_t answer) {
    const peil_view *view = domain->view;
    peil_sum sum = {0, 0};
    for (size_t k = 0; k < domain->ncells; k++)
        peil_sum_add(&sum, view->cell_w[domain->cells[k] * view->width + answer]);
    return sum.high + sum.low;
}

/* Answers with parts are many, and each is in few cells: an item at a time. */
static peil_real sum_items(const peil_domain *domain, const peil_poly *poly, bool squared) {
    const peil_view *view = domain->view;
    peil_sum sum = {0, 0};
    for (size_t k = 0; k < domain->ncells; k++) {
        const uint32_t cell = domain->cells[k];
        for (size_t i = view->start[cell]; i < view->start[cell + 1]; i++) {
            const peil_real value = peil_domain_value(domain, poly, view->answer[i]);
            peil_sum_add(&sum, peil_view_g(view, i) * view->w[i] * value * (squared ? value : 1));
        }
    }
    return sum.high + sum.low;
}

void peil_domain_centre(peil_domain *domain) {
    const peil_view *view = domain->view;
    peil_sum sums[PEIL_PARTS_MOST + 1] = {{0, 0}}; /* of the parts, and of the weights */
    for (size_t k = 0; k < domain->ncells; k++) {
        const uint32_t cell = domain->cells[k];
        for (size_t i = view->start[cell]; i < view->start[cell + 1]; i++) {
            const peil_real *parts = view->parts + view->answer[i] * view->nparts;
            const peil_real weight = peil_view_g(view, i) * view->w[i];
            for (size_t p = 0; p < view->nparts; p++) peil_sum_add(&sums[p], weight * parts[p]);
            peil_sum_add(&sums[PEIL_PARTS_MOST], weight);
        }
    }
    const peil_real all = sums[PEIL_PARTS_MOST].high + sums[PEIL_PARTS_MOST].low;
    for (size_t p = 0; p < view->nparts; p++)
        domain->centre[p] = (sums[p].high + sums[p].low) / all;
}

static peil_real sum_answers(const peil_domain *domain, const peil_poly *poly, bool squared) {
    peil_sum sum = {0, 0};
    if (domain->view->nparts) return sum_items(domain, poly, squared);
    for (uint32_t answer = 0; answer < domain->view->nanswers; answer++) {
        const peil_real value = peil_domain_value(domain, poly, answer);
        if (value != 0)
            peil_sum_add(&sum, weight_of(domain, answer) * value * (squared ? value : 1));
    }
    return sum.high + sum.low;
}

/* A sum of a itself is there without a pivot, which would cost digits where large totals cancel. */
static bool is_raw(const peil_view *view, const peil_poly *poly) {
    return !view->pairs && poly->centre == 0 && poly->c[PEIL_AA] == 0;
}

static void add_raw(const peil_view *view, const peil_poly *poly, size_t cell, peil_sum *sum) {
    peil_sum_add(sum, poly->c[PEIL_ONE] * view->cell_w[cell * view->width]);
    if (poly->c[PEIL_A] != 0) peil_sum_add(sum, poly->c[PEIL_A] * view->cell_raw[cell]);
}

/* poly: about the cell's pivot. */
static void add_moments(const peil_view *view, const peil_poly *poly, size_t cell, peil_sum *sum) {
    for (size_t k = 0; k < view->nw; k++)
        peil_sum_add(sum, poly->c[peil_poly_place(view, k)] * view->cell_w[cell * view->width + k]);
}

peil_real peil_domain_sum(const peil_domain *domain, const peil_poly *poly) {
    const peil_view *view = domain->view;
    peil_sum sum = {0, 0};
    if (!view->is_moments) return sum_answers(domain, poly, false);
    for (size_t k = 0; k < domain->ncells; k++) {
        const uint32_t cell = domain->cells[k];
        const peil_poly about = peil_poly_about(poly, view->pivot[cell]);
        if (is_raw(view, poly))
            add_raw(view, poly, cell, &sum);
        else
            add_moments(view, &about, cell, &sum);
    }
    return sum.high + sum.low;
}

peil_real peil_domain_square(const peil_domain *domain, const peil_poly *poly) {
    const peil_view *view = domain->view;
    peil_sum sum = {0, 0};
    if (!view->is_moments) return sum_answers(domain, poly, true);
    for (size_t k = 0; k < domain->ncells; k++) {
        const peil_poly about = peil_poly_about(poly, view->pivot[domain->cells[k]]);
        const peil_poly square = peil_poly_square(&about);
        add_moments(view, &square, domain->cells[k], &sum);
    }
    return sum.high + sum.low;
}

uint64_t peil_domain_n(const peil_domain *domain, bool in_category) {
    const peil_view *view = domain->view;
    const peil_poly a = {.c[PEIL_A] = 1};
    const size_t width = view->is_moments || view->nparts ? 1 : view->nanswers;
    uint64_t n = 0;
    for (size_t k = 0; k < domain->ncells; k++)
        for (uint32_t answer = 0; answer < width; answer++)
            if (!in_category || peil_domain_value(domain, &a, answer) == 1)
                n += view->cell_n[domain->cells[k] * width + answer];
    return n;
}

peil_linear peil_linear_make(const peil_estimator *estimator, const peil_domain *domain) {
    peil_linear linear = {.domain = *domain};
    if (peil_domain_n(domain, false) > 0) estimator->at(&linear);
    return linear;
}
