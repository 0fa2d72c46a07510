/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sampling design as it turned out: strata and units stage by stage, in the order of their
 * values, with sizes and sampling fractions. */
#ifndef PEIL_TALLY_DESIGN_H
#define PEIL_TALLY_DESIGN_H

#include "core/real.h"
#include "plan/catalog.h"

typedef struct peil_stratum {
    uint32_t parent;    /* the unit of the stage before that it lies in; 0 at the first stage */
    uint64_t n;         /* sampled units, whatever the domain */
    uint64_t nweighted; /* those with a weight above 0; first stage only */
    peil_real fraction; /* n / N; 0 when there is no fpc */
    peil_real lead;     /* product of the fractions of the stages above; 1 at the first stage */
    peil_record first;  /* the first record in it */
} peil_stratum;

typedef struct peil_stage {
    size_t nstrata;
    peil_stratum *strata;
    size_t nunits;     /* declared units; 0 where respondents are the units */
    uint32_t *stratum; /* by unit */
} peil_stage;

typedef struct peil_design {
    size_t nstages;
    peil_stage *stages;
    bool has_clusters; /* else a leaf is a stratum and respondents are its units */
    bool has_fpc;
    size_t nleaves;
    uint32_t *rank;    /* by the catalog's leaf: the leaf in order */
    uint32_t *psu;     /* by leaf in order: its unit at the first stage; NULL without clusters */
    uint32_t *stratum; /* by leaf in order: its stratum at the first stage */
} peil_design;

/* Puts the catalog's units in order; `ranks` holds, by column, the rank of each code (NULL where
 * none is needed). Refuses an fpc that is smaller than the sample. fpc_names: of the variables by
 * stage, or NULL when there is no fpc. files: names, by number. The caller clears, also after a
 * failure. */
peil_status peil_design_make(const peil_catalog *catalog, uint32_t *const *ranks,
                             const char *const *fpc_names, const char *const *files,
                             peil_design *design, peil_fault *fault) PEIL_CHECKED;

void peil_design_clear(peil_design *design);

#endif
