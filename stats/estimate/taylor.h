/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variance by Taylor linearisation, for designs in strata, clusters and stages: the variance of
 * the total of the influences (Woodruff 1971, Binder 1983; the recursion over stages is that of
 * Sarndal, Swensson and Wretman 1992, 4.3, as R's svyrecvar does it). */
#ifndef PEIL_ESTIMATE_TAYLOR_H
#define PEIL_ESTIMATE_TAYLOR_H

#include "calibrate/fit.h"
#include "estimate/figure.h"

/* What to do with a stratum that has one sampled unit. A stratum with one unit in the domain but
 * more in the design is none, nor is one that was sampled whole. */
typedef enum peil_lonely {
    PEIL_LONELY_FAIL,
    PEIL_LONELY_CERTAINTY, /* it adds nothing */
    PEIL_LONELY_ADJUST,    /* centred at the mean over all strata, as R survey 4.5 */
    PEIL_LONELY_AVERAGE    /* it counts as the average of the others that have a member; someone who
                              weighs 0 is a member, as in R */
} peil_lonely;

/* Which units and strata of the first stage make the degrees of freedom. */
typedef enum peil_df {
    PEIL_DF_SUBSET, /* those of the respondents: R's degf of the subset */
    PEIL_DF_STRATA, /* all of the strata that have a respondent: Stata's subpop */
    PEIL_DF_DESIGN  /* the whole design: SAS */
} peil_df;

/* How variances are made. */
typedef struct peil_rules {
    peil_lonely lonely;
    peil_df df;
    const struct peil_replicates *replicates; /* NULL: Taylor linearisation */
} peil_rules;

/* Figures of one view, added up with factors: one figure, the difference of two, a trend over many.
 * Domains may share cells. All borrowed. */
typedef struct peil_contrast {
    size_t n; /* 1 or more */
    const peil_linear *const *terms;
    const peil_real *factors;
} peil_contrast;

typedef struct peil_variance {
    peil_real variance;    /* NaN: every stratum is lonely under AVERAGE, or an influence is NaN */
    int64_t df;            /* PSUs minus strata, of the respondents of all terms together */
    bool used_lonely;      /* an option for lonely strata mattered */
    bool lacks_replicates; /* the figure does not exist in some of them, which are left out */
} peil_variance;

/* The standard error: the root, NaN where there is no variance. */
peil_real peil_variance_se(const peil_variance *variance);

/* Figures with calibrated weights: their variance is that of the residuals of a regression on the
 * auxiliaries with the start weights, times the calibrated weights (Deville and Sarndal 1992, 3.4;
 * R: svyrecvar after calibrate). Who is outside the domain has a residual too. */
typedef struct peil_calibrated {
    const peil_view *everybody; /* the whole sample in one cell, by leaf and pattern */
    const peil_real *g;         /* by pattern */
    const peil_fit *fit;
} peil_calibrated;

/* Scratch for any number of calls on views of one design. calibrated: NULL when weights are not;
 * borrowed. */
typedef struct peil_workspace peil_workspace;
peil_status peil_workspace_new(const peil_design *design, const peil_calibrated *calibrated,
                               peil_workspace **out, peil_fault *fault) PEIL_CHECKED;
void peil_workspace_free(peil_workspace *workspace);

/* The value of a contrast, all of whose terms exist. */
peil_real peil_contrast_value(const peil_contrast *contrast);

/* The covariances of n contrasts of one view, in one walk through the design: `matrix` has n x n
 * places. In a stratum or unit only the contrasts that have a respondent there cost anything, so
 * that many figures of small domains are cheap. out->variance is that of the first. ADJUST and
 * AVERAGE hold a lonely stratum against those with a member in the domain of any contrast. Refuses
 * a lonely stratum under FAIL; *lonely is then its first record, and may be NULL. */
peil_status peil_taylor_covariance(const peil_contrast *contrasts, size_t n, peil_rules rules,
                                   peil_workspace *workspace, peil_real *matrix, peil_variance *out,
                                   peil_record *lonely, peil_fault *fault) PEIL_CHECKED;

#endif
