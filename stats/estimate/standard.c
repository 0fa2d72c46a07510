/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/standard.h"

#include <assert.h>
#include <stdlib.h>

#include "core/array.h"

bool peil_standard_is_in(const peil_contrast *contrasts) {
    return contrasts[0].terms[0]->domain.standard != NULL;
}

/* The figure of class k alone. */
static peil_linear class_of(const peil_linear *linear, size_t k) {
    peil_domain domain = linear->domain;
    domain.ncells /= domain.standard->nclasses;
    domain.cells += k * domain.ncells;
    domain.standard = NULL;
    return peil_linear_make(linear->estimator, linear->parameters, &domain);
}

void peil_standard_at(peil_linear *linear) {
    const peil_standard *standard = linear->domain.standard;
    peil_settling theta = {0, 0};
    assert(linear->domain.ncells % standard->nclasses == 0);
    linear->exists = !standard->lacks_class;
    for (size_t k = 0; k < standard->nclasses && linear->exists; k++) {
        const peil_linear class = class_of(linear, k);
        linear->exists = class.exists;
        peil_settle_add(&theta, standard->shares[k] * class.theta);
    }
    linear->theta = peil_settled(&theta);
}

/* z_k = (y - theta_k) / N_k, so that sum w (y - theta_k)^2 / N_k = N_k sum w z_k^2. */
peil_real peil_standard_simple_variance(const peil_linear *linear, peil_real n) {
    const peil_standard *standard = linear->domain.standard;
    peil_real sum = 0;
    for (size_t k = 0; k < standard->nclasses; k++) {
        const peil_linear class = class_of(linear, k);
        const peil_real weight = peil_domain_sum(&class.domain, &(peil_poly){.c[PEIL_ONE] = 1});
        const peil_real away = peil_real_less(class.theta, linear->theta);
        const peil_real within = weight * peil_domain_square(&class.domain, &class.influence);
        sum += standard->shares[k] * (within + away * away);
    }
    return sum / (n - 1);
}

/* ---- contrasts by class ---- */

static peil_status make_room(size_t n, size_t nterms, peil_by_class *out, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&out->contrasts, n, sizeof *out->contrasts, fault));
    PEIL_TRY(peil_array_make(&out->linears, nterms, sizeof *out->linears, fault));
    PEIL_TRY(peil_array_make(&out->terms, nterms, sizeof *out->terms, fault));
    return peil_array_make(&out->factors, nterms, sizeof *out->factors, fault);
}

/* The classes of all terms of a contrast, from a place on; returns the place behind them. */
static size_t add_classes(const peil_contrast *contrast, size_t place, peil_by_class *out) {
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_standard *standard = contrast->terms[t]->domain.standard;
        for (size_t k = 0; k < standard->nclasses; k++, place++) {
            out->linears[place] = class_of(contrast->terms[t], k);
            out->terms[place] = &out->linears[place];
            out->factors[place] = contrast->factors[t] * standard->shares[k];
        }
    }
    return place;
}

peil_status peil_by_class_make(const peil_contrast *contrasts, size_t n, peil_by_class *out,
                               peil_fault *fault) {
    size_t nterms = 0, place = 0;
    *out = (peil_by_class){0};
    for (size_t i = 0; i < n; i++)
        nterms += contrasts[i].n * contrasts[i].terms[0]->domain.standard->nclasses;
    PEIL_TRY(make_room(n, nterms, out, fault));
    for (size_t i = 0; i < n; i++) {
        const size_t first = place;
        place = add_classes(&contrasts[i], first, out);
        out->contrasts[i] =
            (peil_contrast){place - first, out->terms + first, out->factors + first};
    }
    return PEIL_OK;
}

void peil_by_class_clear(peil_by_class *by_class) {
    free(by_class->contrasts);
    free(by_class->linears);
    free(by_class->terms);
    free(by_class->factors);
}
