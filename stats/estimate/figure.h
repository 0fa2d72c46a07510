/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure is a smooth function of weighted totals over a domain: its value, and its influence, the
 * polynomial in the answer that says how much one respondent's weight moves it (Woodruff 1971;
 * Deville 1999). */
#ifndef PEIL_ESTIMATE_FIGURE_H
#define PEIL_ESTIMATE_FIGURE_H

#include "core/kind.h"
#include "tally/view.h"

/* c[0] + c[1] d + c[2] b + c[3] d^2 + c[4] d b + c[5] b^2, where d = a - centre: near the centre
 * nothing is lost in a difference of large numbers. With b the centre is 0. */
typedef struct peil_poly {
    peil_real centre;
    peil_real c[6];
} peil_poly;

enum { PEIL_ONE, PEIL_A, PEIL_B, PEIL_AA, PEIL_AB, PEIL_BB }; /* its places */

#define PEIL_EVERY_ANSWER UINT32_MAX
#define PEIL_LAST_ANSWER (UINT32_MAX - 1) /* or behind it */

#define PEIL_PARTS_MOST 32

/* Some cells of a view, together. In a view that runs some answers stand for "yes", a = 1, and all
 * others for 0. Where answers have parts, b is the sum of the squares of what these are away from
 * `centre`. */
typedef struct peil_domain {
    const peil_view *view;
    const uint32_t *cells;
    size_t ncells;
    const struct peil_standard *standard; /* NULL: it is as it is; see estimate/standard.h */
    uint32_t first, last; /* the answers in order that stand for yes, or PEIL_EVERY_ANSWER twice */
    peil_real centre[PEIL_PARTS_MOST];
} peil_domain;

struct peil_estimator;

/* A figure of a domain. */
typedef struct peil_linear {
    const struct peil_estimator *estimator;
    bool exists; /* there is someone with a weight above 0, and no division by 0 */
    peil_real theta;
    peil_poly influence; /* of one respondent, for a weight of 1 */
    peil_domain domain;
    peil_parameters parameters;
    peil_real share;  /* kinds that rank: the share of the domain at or below theta */
    bool is_of_share; /* the influence is that of the share, not yet of theta */
    peil_real slope;  /* of theta against the share, once the influence is that of theta */
} peil_linear;

/* A kind of figure. To add one: a file with such a row, and the row in figure.c. */
typedef struct peil_estimator {
    peil_kind kind; /* Mandatory. What the language knows of it. */
    /* Mandatory. Fills theta and influence, and exists when it does; linear->domain is set, and has
     * a weight above 0, and linear->parameters. */
    void (*at)(peil_linear *linear);
    bool has_deff; /* A design effect has a meaning. */
    /* Optional. The figure that a share of the domain, 0..1, is at or below. A kind that has this
     * has an interval of its own: that of linear->share, which `at` fills and whose influence it
     * gives, turned back into figures (Woodruff 1952). */
    peil_real (*invert)(const peil_linear *linear, peil_real share);
} peil_estimator;

extern const peil_estimator *const peil_estimators[]; /* ends in NULL */

/* Kinds for the language: the rows' first members, in the same order; n of them. */
size_t peil_estimator_kinds(const peil_kind *const **kinds);

/* The row whose kind that is. */
const peil_estimator *peil_estimator_of(const peil_kind *kind);

/* Sets the centre: the weighted mean of each part. */
void peil_domain_centre(peil_domain *domain);

/* sum of w * poly over the domain */
peil_real peil_domain_sum(const peil_domain *domain, const peil_poly *poly);

/* sum of w * poly^2 over the domain, poly of the first degree */
peil_real peil_domain_square(const peil_domain *domain, const peil_poly *poly);

/* Respondents with a weight above 0 in the domain. */
uint64_t peil_domain_n(const peil_domain *domain);

/* In a view that runs: the weight of those in the domain who gave an answer from first to last in
 * order, and how many they are. */
peil_real peil_domain_weight(const peil_domain *domain, uint32_t first, uint32_t last);
uint64_t peil_domain_count(const peil_domain *domain, uint32_t first, uint32_t last);

/* A poly in an answer's terms: its value where a and b are those of the answer. */
peil_real peil_domain_value(const peil_domain *domain, const peil_poly *poly, uint32_t answer);

/* The same poly about another centre. */
peil_poly peil_poly_about(const peil_poly *poly, peil_real centre);

/* The place in a poly of what a view's moment k is the sum of. */
static inline size_t peil_poly_place(const peil_view *view, size_t k) {
    static const size_t single[] = {PEIL_ONE, PEIL_A, PEIL_AA};
    return view->pairs ? k : single[k];
}

/* The figure of a domain. */
peil_linear peil_linear_make(const peil_estimator *estimator, peil_parameters parameters,
                             const peil_domain *domain);

/* The total of a domain, which is there when it has nobody: 0. */
peil_linear peil_total_make(const peil_domain *domain);

/* theta = sum w a / sum w, influence (a - theta) / sum w: the mean, for all kinds that are one. */
void peil_mean_at(peil_linear *linear);

#endif
