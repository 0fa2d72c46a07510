/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally/design.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* What building knows of the level above. */
typedef struct walk {
    uint32_t *rank; /* by node of the level above: its place in order */
    uint32_t *home; /* by place in order: the unit of the stage before that it lies in */
    uint32_t *root; /* by place in order: its unit at the first stage, once there is one */
    uint32_t *base; /* by place in order: its stratum at the first stage */
    size_t count;
} walk;

typedef struct keyed {
    uint64_t key;
    uint32_t node;
} keyed;

static int by_key(const void *a, const void *b) {
    const uint64_t x = ((const keyed *)a)->key, y = ((const keyed *)b)->key;
    return (x > y) - (x < y);
}

static void clear_walk(walk *w) {
    free(w->rank);
    free(w->home);
    free(w->root);
    free(w->base);
    *w = (walk){0};
}

static peil_status make_walk(walk *w, size_t count, peil_fault *fault) {
    w->count = count;
    PEIL_TRY(peil_array_make(&w->rank, count, sizeof *w->rank, fault));
    PEIL_TRY(peil_array_make(&w->home, count, sizeof *w->home, fault));
    PEIL_TRY(peil_array_make(&w->root, count, sizeof *w->root, fault));
    return peil_array_make(&w->base, count, sizeof *w->base, fault);
}

/* Sorts a level's nodes by their parent's place and their own value. */
static peil_status sort_level(const peil_level *level, const walk *above, uint32_t *const *ranks,
                              keyed **out, peil_fault *fault) {
    const size_t n = level->nodes.count;
    *out = NULL;
    PEIL_TRY(peil_array_make(out, n, sizeof **out, fault));
    for (uint32_t node = 0; node < n; node++) {
        const uint32_t code = peil_pairs_second(&level->nodes, node);
        const uint32_t value = level->column == PEIL_NO_COLUMN ? 0 : ranks[level->column][code];
        const uint32_t parent = above->rank[peil_pairs_first(&level->nodes, node)];
        (*out)[node] = (keyed){(uint64_t)parent << 32 | value, node};
    }
    qsort(*out, n, sizeof **out, by_key);
    return PEIL_OK;
}

static peil_status add_strata(const peil_level *level, const keyed *order, const walk *here,
                              peil_stage *stage, peil_fault *fault) {
    stage->nstrata = level->nodes.count;
    PEIL_TRY(peil_array_make(&stage->strata, stage->nstrata, sizeof *stage->strata, fault));
    for (size_t i = 0; i < stage->nstrata; i++) {
        const peil_stratum_facts *facts = &level->facts[order[i].node];
        stage->strata[i] = (peil_stratum){.parent = here->home[i],
                                          .n = facts->rows, /* until units are declared */
                                          .fraction = peil_decimal_real(facts->fpc),
                                          .lead = 1,
                                          .first = facts->first};
    }
    return PEIL_OK;
}

static peil_status add_units(const peil_level *level, const keyed *order, peil_stage *stage,
                             peil_fault *fault) {
    stage->nunits = level->nodes.count;
    PEIL_TRY(peil_array_make(&stage->stratum, stage->nunits, sizeof *stage->stratum, fault));
    for (size_t h = 0; h < stage->nstrata; h++) stage->strata[h].n = 0;
    for (size_t i = 0; i < stage->nunits; i++) {
        stage->stratum[i] = (uint32_t)(order[i].key >> 32);
        stage->strata[stage->stratum[i]].n++;
    }
    return PEIL_OK;
}

/* One level down: `above` becomes the walk of this level. */
static peil_status step(const peil_level *level, uint32_t *const *ranks, walk *above,
                        peil_design *design, peil_fault *fault) {
    keyed *order = NULL;
    walk here = {0};
    peil_status status = sort_level(level, above, ranks, &order, fault);
    if (status == PEIL_OK) status = make_walk(&here, level->nodes.count, fault);
    for (size_t i = 0; i < here.count && status == PEIL_OK; i++) {
        const size_t parent = (size_t)(order[i].key >> 32);
        here.rank[order[i].node] = (uint32_t)i;
        here.home[i] = level->is_unit ? (uint32_t)i : above->home[parent];
        here.root[i] = level->is_unit && level->stage == 0 ? (uint32_t)i : above->root[parent];
        here.base[i] = level->is_stratum && level->stage == 0 ? (uint32_t)i : above->base[parent];
    }
    if (status == PEIL_OK && level->is_stratum)
        status = add_strata(level, order, &here, &design->stages[level->stage], fault);
    if (status == PEIL_OK && level->is_unit)
        status = add_units(level, order, &design->stages[level->stage], fault);
    free(order);
    clear_walk(above);
    *above = here;
    return status;
}

/* ---- finite population corrections ---- */

/* Population sizes if any exceeds 1 (R: as.fpc). */
static bool are_sizes(const peil_design *design) {
    for (size_t s = 0; s < design->nstages; s++)
        for (size_t h = 0; h < design->stages[s].nstrata; h++)
            if (design->stages[s].strata[h].fraction > 1) return true;
    return false;
}

typedef struct naming {
    const char *const *variables; /* by stage */
    const char *const *files;
} naming;

static peil_status refuse_fpc(const naming *names, size_t stage, const peil_stratum *stratum,
                              const char *message, peil_fault *fault) {
    peil_refuse(fault, stratum->first.record, names->variables[stage], "%s", message);
    if (fault) snprintf(fault->file, sizeof fault->file, "%s", names->files[stratum->first.file]);
    return PEIL_EDATA;
}

static peil_status set_fractions(const naming *names, peil_design *design, peil_fault *fault) {
    const bool sizes = are_sizes(design);
    for (size_t s = 0; s < design->nstages; s++)
        for (size_t h = 0; h < design->stages[s].nstrata; h++) {
            peil_stratum *stratum = &design->stages[s].strata[h];
            const peil_real given = stratum->fraction;
            if (sizes && given < 1)
                return refuse_fpc(names, s, stratum,
                                  "an fpc below 1 among population sizes: all are sizes, or all "
                                  "are fractions",
                                  fault);
            if (sizes && given < (peil_real)stratum->n)
                return refuse_fpc(names, s, stratum,
                                  "the fpc is smaller than the sample in this stratum", fault);
            stratum->fraction = sizes ? (peil_real)stratum->n / given : given;
        }
    return PEIL_OK;
}

static void set_leads(peil_design *design) {
    for (size_t s = 1; s < design->nstages; s++)
        for (size_t h = 0; h < design->stages[s].nstrata; h++) {
            const peil_stage *above = &design->stages[s - 1];
            peil_stratum *stratum = &design->stages[s].strata[h];
            const peil_stratum *over = &above->strata[above->stratum[stratum->parent]];
            stratum->lead = over->lead * over->fraction;
        }
}

/* ---- units that weigh something ---- */

/* Leaves stand in order: those of a unit are together. */
static peil_status count_weighted(const peil_catalog *catalog, peil_design *design,
                                  peil_fault *fault) {
    uint64_t *weighted = NULL;
    uint32_t last = PEIL_NONE;
    PEIL_TRY(peil_array_make(&weighted, design->nleaves, sizeof *weighted, fault));
    for (size_t node = 0; catalog->weighted && node < design->nleaves; node++)
        weighted[design->rank[node]] = catalog->weighted[node];
    for (size_t leaf = 0; leaf < design->nleaves; leaf++) {
        peil_stratum *stratum = &design->stages[0].strata[design->stratum[leaf]];
        if (weighted[leaf] == 0) continue;
        if (!design->has_clusters)
            stratum->nweighted += weighted[leaf];
        else if (design->psu[leaf] != last)
            stratum->nweighted++;
        if (design->has_clusters) last = design->psu[leaf];
    }
    free(weighted);
    return PEIL_OK;
}

/* ---- the whole ---- */

static peil_status make(const peil_catalog *catalog, uint32_t *const *ranks, walk *w,
                        peil_design *design, peil_fault *fault) {
    const peil_level *last = &catalog->levels[catalog->nlevels - 1];
    design->has_clusters = last->is_unit;
    PEIL_TRY(peil_array_make(&design->stages, last->stage + 1, sizeof *design->stages, fault));
    design->nstages = last->stage + 1;
    PEIL_TRY(make_walk(w, 1, fault)); /* the root */
    for (size_t l = 0; l < catalog->nlevels; l++)
        PEIL_TRY(step(&catalog->levels[l], ranks, w, design, fault));
    design->nleaves = w->count;
    design->rank = w->rank;
    design->stratum = w->base;
    w->rank = w->base = NULL;
    if (design->has_clusters) {
        design->psu = w->root;
        w->root = NULL;
    }
    return PEIL_OK;
}

peil_status peil_design_make(const peil_catalog *catalog, uint32_t *const *ranks,
                             const char *const *fpc_names, const char *const *files,
                             peil_design *design, peil_fault *fault) {
    walk w = {0};
    const peil_status status = make(catalog, ranks, &w, design, fault);
    clear_walk(&w);
    if (status != PEIL_OK) return status;
    design->has_fpc = fpc_names != NULL;
    if (design->has_fpc) PEIL_TRY(set_fractions(&(naming){fpc_names, files}, design, fault));
    set_leads(design);
    return count_weighted(catalog, design, fault);
}

void peil_design_clear(peil_design *design) {
    for (size_t s = 0; s < design->nstages; s++) {
        free(design->stages[s].strata);
        free(design->stages[s].stratum);
    }
    free(design->stages);
    free(design->rank);
    free(design->psu);
    free(design->stratum);
    *design = (peil_design){0};
}
