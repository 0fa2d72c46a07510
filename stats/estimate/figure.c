/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/figure.h"

#include <assert.h>
#include <string.h>

#include "estimate/standard.h"

#define KNOWN_MOST 256 /* values of answers that a sum remembers */

/* The estimators, in the order of the help. */
#define ROWS(ROW) \
    ROW(percent)  \
    ROW(mean)     \
    ROW(median)   \
    ROW(quantile) \
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
    peil_settling value = {0, 0}; /* a respondent who is the whole domain has no influence */
    peil_settle_add(&value, c[PEIL_ONE]);
    if (c[PEIL_A] != 0) peil_settle_add(&value, c[PEIL_A] * d);
    if (c[PEIL_B] != 0) peil_settle_add(&value, c[PEIL_B] * b);
    if (c[PEIL_AA] != 0) peil_settle_add(&value, c[PEIL_AA] * d * d);
    if (c[PEIL_AB] != 0) peil_settle_add(&value, c[PEIL_AB] * d * b);
    if (c[PEIL_BB] != 0) peil_settle_add(&value, c[PEIL_BB] * b * b);
    return peil_settled(&value);
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
    if (domain->first != PEIL_EVERY_ANSWER)
        return value_at(poly, domain->first <= answer && answer <= domain->last, 0);
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

/* The square of a poly of the first degree. */
static peil_poly square_of(const peil_poly *poly) {
    const peil_real o = poly->c[PEIL_ONE], a = poly->c[PEIL_A], b = poly->c[PEIL_B];
    return (peil_poly){.centre = poly->centre,
                       .c = {o * o, 2 * o * a, 2 * o * b, a * a, 2 * a * b, b * b}};
}

/* ---- sums over a domain ---- */

/* What answers before this one add up to in a cell of a view that runs. */
static peil_real weight_before(const peil_cell_sums *sums, uint32_t cell, uint32_t answer) {
    const size_t from = sums->start[cell];
    const size_t place = peil_view_find(sums->answer, from, sums->start[cell + 1], answer);
    return place > from ? sums->w[place - 1] : 0;
}

static uint64_t n_before(const peil_cell_sums *sums, uint32_t cell, uint32_t answer) {
    const size_t from = sums->start[cell];
    const size_t place = peil_view_find(sums->answer, from, sums->start[cell + 1], answer);
    return place > from ? sums->n[place - 1] : 0;
}

peil_real peil_domain_weight(const peil_domain *domain, uint32_t first, uint32_t last) {
    const peil_cell_sums *sums = &domain->view->sums;
    peil_sum sum = {0, 0};
    for (size_t k = 0; k < domain->ncells; k++)
        peil_sum_add(&sum, weight_before(sums, domain->cells[k], last + 1) -
                               weight_before(sums, domain->cells[k], first));
    return sum.high + sum.low;
}

uint64_t peil_domain_count(const peil_domain *domain, uint32_t first, uint32_t last) {
    const peil_cell_sums *sums = &domain->view->sums;
    uint64_t n = 0;
    for (size_t k = 0; k < domain->ncells; k++)
        n += n_before(sums, domain->cells[k], last + 1) - n_before(sums, domain->cells[k], first);
    return n;
}

/* Those who say yes, and the others where they count, and count otherwise. */
static peil_real sum_running(const peil_domain *domain, const peil_poly *poly, bool squared) {
    assert(domain->first != PEIL_EVERY_ANSWER);
    const peil_real at_1 = value_at(poly, 1, 0), at_0 = value_at(poly, 0, 0);
    const peil_real yes = squared ? at_1 * at_1 : at_1, no = squared ? at_0 * at_0 : at_0;
    if (yes == no) return yes * peil_domain_weight(domain, 0, PEIL_LAST_ANSWER);
    const peil_real of_yes = peil_domain_weight(domain, domain->first, domain->last);
    if (no == 0) return yes * of_yes;
    return yes * of_yes + no * (peil_domain_weight(domain, 0, PEIL_LAST_ANSWER) - of_yes);
}

/* Values of the first answers, each once for all cells. */
typedef struct values {
    bool is_known[KNOWN_MOST];
    peil_real value[KNOWN_MOST];
} values;

static peil_real find_value(const peil_domain *domain, const peil_poly *poly, uint32_t answer,
                            values *known) {
    if (answer >= KNOWN_MOST) return peil_domain_value(domain, poly, answer);
    if (!known->is_known[answer]) {
        known->value[answer] = peil_domain_value(domain, poly, answer);
        known->is_known[answer] = true;
    }
    return known->value[answer];
}

static peil_real sum_answers(const peil_domain *domain, const peil_poly *poly, bool squared) {
    const peil_cell_sums *sums = &domain->view->sums;
    peil_sum sum = {0, 0};
    values known;
    memset(known.is_known, 0, sizeof known.is_known);
    for (size_t k = 0; k < domain->ncells; k++) {
        const uint32_t cell = domain->cells[k];
        for (size_t i = sums->start[cell]; i < sums->start[cell + 1]; i++) {
            const peil_real value = find_value(domain, poly, sums->answer[i], &known);
            peil_sum_add(&sum, squared ? sums->w[i] * value * value : sums->w[i] * value);
        }
    }
    return sum.high + sum.low;
}

void peil_domain_centre(peil_domain *domain) {
    const peil_view *view = domain->view;
    peil_sum sums[PEIL_PARTS_MOST + 1] = {{0, 0}}; /* of the parts, and of the weights */
    for (size_t k = 0; k < domain->ncells; k++) {
        const uint32_t cell = domain->cells[k];
        for (size_t i = view->sums.start[cell]; i < view->sums.start[cell + 1]; i++) {
            const peil_real *parts = view->parts + view->sums.answer[i] * view->nparts;
            const peil_real w = view->sums.w[i];
            for (size_t p = 0; p < view->nparts; p++) peil_sum_add(&sums[p], w * parts[p]);
            peil_sum_add(&sums[PEIL_PARTS_MOST], w);
        }
    }
    const peil_real weight = sums[PEIL_PARTS_MOST].high + sums[PEIL_PARTS_MOST].low;
    for (size_t p = 0; p < view->nparts; p++)
        domain->centre[p] = (sums[p].high + sums[p].low) / weight;
}

/* A sum of a itself is there without a pivot, which would cost digits where large totals cancel. */
static bool is_raw(const peil_view *view, const peil_poly *poly) {
    return !view->pairs && poly->centre == 0 && poly->c[PEIL_AA] == 0;
}

static void add_raw(const peil_view *view, const peil_poly *poly, size_t i, peil_sum *sum) {
    peil_sum_add(sum, poly->c[PEIL_ONE] * view->sums.w[i * view->nw]);
    if (poly->c[PEIL_A] != 0) peil_sum_add(sum, poly->c[PEIL_A] * view->sums.raw[i]);
}

/* poly: about the cell's pivot; size: what the terms are without their signs. */
static void add_moments(const peil_view *view, const peil_poly *poly, size_t i, peil_sum *sum,
                        peil_real *size) {
    for (size_t k = 0; k < view->nw; k++) {
        const peil_real term = poly->c[peil_poly_place(view, k)] * view->sums.w[i * view->nw + k];
        peil_sum_add(sum, term);
        *size += peil_real_size(term);
    }
}

/* A sum of squares that is nothing but rounding is 0: of equal numbers away from the pivot, as of
 * the only respondent of a cell that a replicate leaves. */
static peil_real sum_moments(const peil_domain *domain, const peil_poly *poly, bool squared) {
    const peil_view *view = domain->view;
    peil_sum sum = {0, 0};
    peil_real size = 0;
    for (size_t k = 0; k < domain->ncells; k++) {
        const uint32_t cell = domain->cells[k];
        const peil_poly about = peil_poly_about(poly, view->pivot[cell]);
        const peil_poly square = square_of(&about);
        for (size_t i = view->sums.start[cell]; i < view->sums.start[cell + 1]; i++)
            if (!squared && is_raw(view, poly))
                add_raw(view, poly, i, &sum);
            else
                add_moments(view, squared ? &square : &about, i, &sum, &size);
    }
    const peil_real all = sum.high + sum.low;
    return squared ? peil_settled(&(peil_settling){all, size}) : all;
}

static peil_real sum_domain(const peil_domain *domain, const peil_poly *poly, bool squared) {
    if (domain->view->is_running) return sum_running(domain, poly, squared);
    if (domain->view->is_moments) return sum_moments(domain, poly, squared);
    return sum_answers(domain, poly, squared);
}

peil_real peil_domain_sum(const peil_domain *domain, const peil_poly *poly) {
    return sum_domain(domain, poly, false);
}

peil_real peil_domain_square(const peil_domain *domain, const peil_poly *poly) {
    return sum_domain(domain, poly, true);
}

uint64_t peil_domain_n(const peil_domain *domain) {
    const peil_cell_sums *sums = &domain->view->sums;
    uint64_t n = 0;
    if (domain->view->is_running) return peil_domain_count(domain, 0, PEIL_LAST_ANSWER);
    for (size_t k = 0; k < domain->ncells; k++) {
        const uint32_t cell = domain->cells[k];
        for (size_t i = sums->start[cell]; i < sums->start[cell + 1]; i++) n += sums->n[i];
    }
    return n;
}

peil_linear peil_linear_make(const peil_estimator *estimator, peil_parameters parameters,
                             const peil_domain *domain) {
    peil_linear linear = {.estimator = estimator, .domain = *domain, .parameters = parameters};
    if (peil_domain_n(domain) == 0) return linear;
    if (domain->standard)
        peil_standard_at(&linear);
    else
        estimator->at(&linear);
    return linear;
}
