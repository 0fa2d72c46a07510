/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/taylor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "estimate/leaves.h"
#include "estimate/totals.h"

/* One stage on the way up: the stratum that is open, and the strata of its unit of the stage above,
 * which are its family. */
typedef struct level {
    const peil_stage *stage;
    bool counts;         /* as R: later stages need an fpc */
    uint32_t open;       /* the stratum, or PEIL_NONE */
    uint32_t parent;     /* of the family: the unit of the stage above */
    peil_totals stratum; /* pairs: products of the units' totals */
    peil_totals family;  /* pairs: covariances */
    size_t n, nlonely;   /* strata of the family */
    peil_real units;     /* sampled units of the family */
    peil_real lead;      /* of the family */
    peil_record lonely;  /* the first record of the family that is in a lonely stratum */
    size_t naway, away_capacity;
    peil_real *away; /* ADJUST: of each lonely stratum 1 - f, and its total by contrast */
} level;

struct peil_workspace {
    const peil_design *design;
    peil_leaves leaves;
    size_t width;  /* contrasts that the levels have room for */
    level *levels; /* by stage */
};

/* A walk through the leaves that the contrasts look at. */
typedef struct walk {
    peil_workspace *ws;
    size_t n; /* contrasts */
    peil_lonely option;
    peil_real *matrix;
    peil_variance *out;
    peil_record *lonely;
} walk;

/* ---- workspace ---- */

static void clear_room(peil_workspace *ws) {
    for (size_t s = 0; ws->levels && s < ws->design->nstages; s++) {
        peil_totals_clear(&ws->levels[s].stratum);
        peil_totals_clear(&ws->levels[s].family);
    }
    ws->width = 0;
}

/* Room for n contrasts; on failure there is none. */
static peil_status make_room(peil_workspace *ws, size_t n, peil_fault *fault) {
    if (n <= ws->width) return PEIL_OK;
    clear_room(ws);
    peil_status status = PEIL_OK;
    for (size_t s = 0; status == PEIL_OK && s < ws->design->nstages; s++) {
        status = peil_totals_make(&ws->levels[s].stratum, n, fault);
        if (status == PEIL_OK) status = peil_totals_make(&ws->levels[s].family, n, fault);
    }
    if (status == PEIL_OK)
        ws->width = n;
    else
        clear_room(ws);
    return status;
}

peil_status peil_workspace_new(const peil_design *design, const peil_calibrated *calibrated,
                               peil_workspace **out, peil_fault *fault) {
    peil_workspace *ws = NULL;
    PEIL_TRY(peil_array_make(&ws, 1, sizeof *ws, fault));
    ws->design = design;
    ws->leaves.calibrated = calibrated;
    const peil_status status =
        peil_array_make(&ws->levels, design->nstages, sizeof *ws->levels, fault);
    for (size_t s = 0; status == PEIL_OK && s < design->nstages; s++)
        ws->levels[s] = (level){
            .stage = &design->stages[s], .counts = s == 0 || design->has_fpc, .open = PEIL_NONE};
    if (status == PEIL_OK)
        *out = ws;
    else
        peil_workspace_free(ws);
    return status;
}

void peil_workspace_free(peil_workspace *ws) {
    if (!ws) return;
    clear_room(ws);
    for (size_t s = 0; ws->levels && s < ws->design->nstages; s++) free(ws->levels[s].away);
    free(ws->levels);
    peil_leaves_clear(&ws->leaves);
    free(ws);
}

/* ---- up through the stages ---- */

static bool is_lonely(const peil_stratum *stratum) {
    return stratum->n == 1 && stratum->fraction != 1;
}

/* sum (s_i - sbar)(t_i - tbar); what is left of equal totals is rounding, and becomes 0. */
static peil_real spread_of(const peil_totals *s, uint32_t i, uint32_t j, peil_real n) {
    peil_settling spread = {0, 0};
    peil_settle_add(&spread, *peil_totals_pair(s, i, j));
    peil_settle_add(&spread, -s->total[i] * s->total[j] / n);
    return peil_settled(&spread);
}

/* (1 - f) n/(n-1) sum (s_i - sbar)(t_i - tbar) */
static void add_spread(const peil_stratum *stratum, const peil_totals *from, peil_totals *family) {
    const peil_real n = (peil_real)stratum->n;
    const peil_real factor = (1 - stratum->fraction) * n / (n - 1);
    for (size_t i = 0; i < from->n; i++)
        for (size_t j = 0; j <= i; j++)
            *peil_totals_pair(family, from->members[i], from->members[j]) +=
                factor * spread_of(from, from->members[i], from->members[j], n);
}

/* A lonely stratum has no spread of its own; ADJUST needs to know it when its family is known. */
static peil_status keep_lonely(const walk *w, const peil_stratum *stratum, level *l,
                               peil_fault *fault) {
    if (!l->nlonely++ || peil_record_is_before(stratum->first, l->lonely))
        l->lonely = stratum->first;
    if (w->option != PEIL_LONELY_ADJUST) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&l->away, &l->away_capacity, (l->naway + 1) * (w->n + 1),
                                sizeof *l->away, fault));
    peil_real *kept = &l->away[l->naway++ * (w->n + 1)];
    kept[0] = 1 - stratum->fraction;
    memcpy(kept + 1, l->stratum.total, w->n * sizeof *kept);
    return PEIL_OK;
}

static peil_status close_stratum(const walk *w, level *l, peil_fault *fault) {
    if (l->open == PEIL_NONE) return PEIL_OK;
    const peil_stratum *stratum = &l->stage->strata[l->open];
    l->n++;
    l->units += (peil_real)stratum->n;
    peil_totals_add_totals(&l->stratum, &l->family);
    if (l->counts && stratum->n > 1) add_spread(stratum, &l->stratum, &l->family);
    if (l->counts && is_lonely(stratum)) PEIL_TRY(keep_lonely(w, stratum, l, fault));
    peil_totals_empty(&l->stratum);
    l->open = PEIL_NONE;
    return PEIL_OK;
}

/* (1 - f) (s - sbar)(t - tbar) of the lonely strata, about the mean of the units over all strata of
 * the family. */
static void add_away(const walk *w, level *l) {
    peil_totals *family = &l->family;
    for (size_t k = 0; k < l->naway; k++) {
        const peil_real *total = &l->away[k * (w->n + 1) + 1];
        for (size_t a = 0; a < family->n; a++)
            for (size_t b = 0; b <= a; b++) {
                const uint32_t i = family->members[a], j = family->members[b];
                *peil_totals_pair(family, i, j) += total[-1] *
                                                   (total[i] - family->total[i] / l->units) *
                                                   (total[j] - family->total[j] / l->units);
            }
    }
}

static peil_status refuse_lonely(const walk *w, const level *l, peil_fault *fault) {
    if (w->lonely) *w->lonely = l->lonely;
    return peil_refuse(
        fault, l->lonely.record, "",
        "the stratum of this record has one sampled unit (without --strata the sample "
        "is one stratum); --lonely-psu says what to do with it: certainty, adjust "
        "or average");
}

/* What the strata of a family count for: under AVERAGE a lonely one as much as the others. */
static peil_real weight_of(const walk *w, const level *l) {
    if (w->option != PEIL_LONELY_AVERAGE || l->nlonely == 0) return l->lead;
    if (l->nlonely == l->n) return (peil_real)NAN;
    return l->lead * (peil_real)l->n / (peil_real)(l->n - l->nlonely);
}

/* The covariances of a family to those of all; NaN is NaN for every contrast. */
static void add_family(const walk *w, const level *l) {
    const peil_real weight = weight_of(w, l);
    const peil_totals *family = &l->family;
    for (size_t k = 0; weight != weight && k < w->n * w->n; k++) w->matrix[k] = weight;
    for (size_t a = 0; a < family->n; a++)
        for (size_t b = 0; b < family->n; b++) {
            const uint32_t i = family->members[a], j = family->members[b];
            w->matrix[i * w->n + j] += weight * *peil_totals_pair(family, i, j);
        }
}

static peil_status add_unit(const walk *w, size_t stage, uint32_t unit, const peil_totals *from,
                            peil_fault *fault);

/* Adds the family's covariances, and makes of it its unit of the stage above. */
static peil_status close_family(const walk *w, size_t stage, peil_fault *fault) {
    level *l = &w->ws->levels[stage];
    if (l->n == 0) return PEIL_OK;
    if (l->nlonely && w->option == PEIL_LONELY_FAIL) return refuse_lonely(w, l, fault);
    if (l->nlonely) w->out->used_lonely = true;
    peil_totals_settle(&l->family); /* as of a unit that is the whole domain */
    add_away(w, l);
    add_family(w, l);
    if (stage) PEIL_TRY(add_unit(w, stage - 1, l->parent, &l->family, fault));
    peil_totals_empty(&l->family);
    l->n = l->nlonely = l->naway = 0;
    l->units = 0;
    return PEIL_OK;
}

/* Makes a stratum the open one of its stage. What comes later never belongs to an earlier one. */
static peil_status open_stratum(const walk *w, size_t stage, uint32_t id, peil_fault *fault) {
    level *l = &w->ws->levels[stage];
    if (l->open == id) return PEIL_OK;
    const peil_stratum *stratum = &l->stage->strata[id];
    PEIL_TRY(close_stratum(w, l, fault));
    if (l->parent != stratum->parent) PEIL_TRY(close_family(w, stage, fault));
    l->open = id;
    l->parent = stratum->parent;
    l->lead = stratum->lead;
    return PEIL_OK;
}

static peil_status add_unit(const walk *w, size_t stage, uint32_t unit, const peil_totals *from,
                            peil_fault *fault) {
    level *l = &w->ws->levels[stage];
    PEIL_TRY(open_stratum(w, stage, l->stage->stratum[unit], fault));
    peil_totals_add_totals(from, &l->stratum);
    for (size_t i = 0; i < from->n; i++)
        for (size_t j = 0; j <= i; j++)
            *peil_totals_pair(&l->stratum, from->members[i], from->members[j]) +=
                from->total[from->members[i]] * from->total[from->members[j]];
    return PEIL_OK;
}

/* The respondents of a leaf are units of its stratum: their products are there already. */
static peil_status add_respondents(const walk *w, uint32_t stratum, const peil_totals *from,
                                   peil_fault *fault) {
    level *l = &w->ws->levels[0];
    PEIL_TRY(open_stratum(w, 0, stratum, fault));
    peil_totals_add_totals(from, &l->stratum);
    for (size_t i = 0; i < from->n; i++)
        for (size_t j = 0; j <= i; j++)
            *peil_totals_pair(&l->stratum, from->members[i], from->members[j]) +=
                *peil_totals_pair(from, from->members[i], from->members[j]);
    return PEIL_OK;
}

static peil_status close_all(const walk *w, peil_fault *fault) {
    for (size_t stage = w->ws->design->nstages; stage-- > 0;) {
        PEIL_TRY(close_stratum(w, &w->ws->levels[stage], fault));
        PEIL_TRY(close_family(w, stage, fault));
    }
    return PEIL_OK;
}

/* After a failure as well. */
static void reset(const walk *w) {
    for (size_t stage = 0; stage < w->ws->design->nstages; stage++) {
        level *l = &w->ws->levels[stage];
        peil_totals_empty(&l->stratum);
        peil_totals_empty(&l->family);
        l->open = PEIL_NONE;
        l->n = l->nlonely = l->naway = 0;
        l->units = 0;
    }
}

/* ---- degrees of freedom ---- */

/* Counts the units and strata of the leaves that have a respondent, leaf after leaf. */
typedef struct counting {
    peil_df rule;
    uint32_t psu, stratum; /* of the leaf before */
    int64_t units, strata;
} counting;

static void count_leaf(const peil_design *design, uint32_t leaf, uint64_t n, counting *c) {
    if (n == 0) return;
    const bool is_new = design->stratum[leaf] != c->stratum;
    c->stratum = design->stratum[leaf];
    c->strata += is_new;
    if (c->rule == PEIL_DF_STRATA) {
        if (is_new) c->units += (int64_t)design->stages[0].strata[c->stratum].nweighted;
    } else if (!design->has_clusters) {
        c->units += (int64_t)n;
    } else {
        c->units += design->psu[leaf] != c->psu;
        c->psu = design->psu[leaf];
    }
}

static int64_t count_design(const peil_design *design) {
    const peil_stage *stage = &design->stages[0];
    int64_t df = 0;
    for (size_t h = 0; h < stage->nstrata; h++)
        if (stage->strata[h].nweighted) df += (int64_t)stage->strata[h].nweighted - 1;
    return df;
}

/* ---- the whole ---- */

/* A quantile without an interval has no density, and its influence is NaN. */
static bool is_unknown(const peil_contrast *contrast) {
    for (size_t t = 0; t < contrast->n; t++) {
        const peil_poly *z = &contrast->terms[t]->influence;
        for (size_t k = 0; k < sizeof z->c / sizeof *z->c; k++)
            if (z->c[k] != z->c[k]) return true;
    }
    return false;
}

/* A lonely stratum adds nothing, not even that. */
static void spread_unknown(const walk *w, const peil_contrast *contrasts) {
    for (size_t i = 0; i < w->n; i++) {
        if (!is_unknown(&contrasts[i])) continue;
        for (size_t j = 0; j < w->n; j++)
            w->matrix[i * w->n + j] = w->matrix[j * w->n + i] = (peil_real)NAN;
    }
}

static peil_status walk_leaves(const walk *w, counting *c, peil_fault *fault) {
    const peil_design *design = w->ws->design;
    peil_leaves *leaves = &w->ws->leaves;
    uint32_t leaf;
    uint64_t n;
    while (peil_leaves_next(leaves, &leaf, &n)) {
        count_leaf(design, leaf, n, c);
        PEIL_TRY(design->has_clusters
                     ? add_unit(w, design->nstages - 1, leaf, &leaves->totals, fault)
                     : add_respondents(w, leaf, &leaves->totals, fault));
    }
    return close_all(w, fault);
}

peil_real peil_variance_se(const peil_variance *variance) {
    const peil_real v = variance->variance;
    return v == v ? peil_real_sqrt(v) : v;
}

peil_real peil_contrast_value(const peil_contrast *contrast) {
    peil_settling sum = {0, 0};
    for (size_t t = 0; t < contrast->n; t++)
        peil_settle_add(&sum, contrast->factors[t] * contrast->terms[t]->theta);
    return peil_settled(&sum);
}

peil_status peil_taylor_covariance(const peil_contrast *contrasts, size_t n, peil_rules rules,
                                   peil_workspace *workspace, peil_real *matrix, peil_variance *out,
                                   peil_record *lonely, peil_fault *fault) {
    const walk w = {workspace, n, rules.lonely, matrix, out, lonely};
    counting c = {.rule = rules.df, .psu = PEIL_NONE, .stratum = PEIL_NONE};
    *out = (peil_variance){0};
    memset(matrix, 0, n * n * sizeof *matrix);
    PEIL_TRY(peil_leaves_begin(contrasts, n, &workspace->leaves, fault));
    PEIL_TRY(make_room(workspace, n, fault));
    const peil_status status = walk_leaves(&w, &c, fault);
    spread_unknown(&w, contrasts);
    reset(&w);
    out->variance = matrix[0];
    out->df = rules.df == PEIL_DF_DESIGN ? count_design(workspace->design) : c.units - c.strata;
    return status;
}
