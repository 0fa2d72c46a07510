/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a tableau with their covariances. What the design refuses names its file. */
#ifndef PEIL_REPORT_FIGURES_H
#define PEIL_REPORT_FIGURES_H

#include "report/study.h"

/* Some figures of one tableau, which exist. */
typedef struct peil_figures {
    size_t n;
    peil_linear *linears; /* capacity: as many as there was room made for */
    const peil_linear **terms;
    peil_contrast *contrasts; /* each figure by itself */
    peil_real *covariance;    /* n x n, once they are related */
    int64_t df;               /* of all of them together */
} peil_figures;

/* Room for that many. The caller clears, also after a failure. */
peil_status peil_figures_make(size_t most, peil_figures *out, peil_fault *fault) PEIL_CHECKED;
void peil_figures_clear(peil_figures *figures);

/* Adds one behind the others. */
void peil_figures_add(peil_figures *figures, const peil_linear *linear);

/* Fills the covariances and df; as shares: of each figure over the sum of all. */
peil_status peil_figures_relate(const peil_tableau *t, bool as_shares, peil_figures *figures,
                                peil_fault *fault) PEIL_CHECKED;

/* The variance of a contrast of figures. */
peil_status peil_tableau_variance(const peil_tableau *t, const peil_contrast *contrast,
                                  peil_variance *out, peil_fault *fault) PEIL_CHECKED;

/* Those of n differences, each of a figure from the rest of all of them (estimate/rest.h). */
peil_status peil_tableau_rest_variances(const peil_tableau *t, const peil_linear *own,
                                        const peil_linear *rest, size_t n, peil_variance *out,
                                        peil_fault *fault) PEIL_CHECKED;

/* The estimate of a figure. */
peil_status peil_tableau_estimate(const peil_tableau *t, const peil_linear *linear,
                                  peil_estimate *out, peil_fault *fault) PEIL_CHECKED;

#endif
