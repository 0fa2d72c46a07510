/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The patterns of auxiliary values: numbered in the order of their values, and what each is in the
 * terms of the targets. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/study.h"

/* ---- order ---- */

typedef struct sorted_cell {
    const uint32_t *ranks; /* by variable */
    size_t n;
    uint32_t cell;
} sorted_cell;

static int by_ranks(const void *a, const void *b) {
    const sorted_cell *x = a, *y = b;
    for (size_t i = 0; i < x->n; i++)
        if (x->ranks[i] != y->ranks[i]) return x->ranks[i] < y->ranks[i] ? -1 : 1;
    return 0;
}

static void sort_cells(const peil_study *study, const peil_cube *cube, uint32_t *ranks,
                       sorted_cell *order) {
    const size_t n = peil_cube_cells(cube);
    uint32_t codes[PEIL_BY_MOST];
    for (uint32_t cell = 0; cell < n; cell++) {
        uint32_t *at = ranks + cell * cube->nby;
        peil_cube_codes(cube, cell, codes);
        for (size_t k = 0; k < cube->nby; k++)
            at[k] = study->pass->ranks[study->plan.by[cube->by[k]]][codes[k]];
        order[cell] = (sorted_cell){at, cube->nby, cell};
    }
    qsort(order, n, sizeof *order, by_ranks);
}

/* Every cell of everybody is a pattern. */
static peil_status number_patterns(peil_study *study, size_t c, peil_fault *fault) {
    const peil_catalog *catalog = &study->whole->coder.catalog;
    const peil_cube *cube = &catalog->cubes[c];
    peil_calibration *cal = &study->calibration;
    const size_t n = peil_cube_cells(cube);
    sorted_cell *order = NULL;
    uint32_t *ranks = NULL;
    peil_status status = peil_array_make(&order, n, sizeof *order, fault);
    if (status == PEIL_OK) status = peil_array_make(&ranks, n * cube->nby, sizeof *ranks, fault);
    if (status == PEIL_OK)
        status = peil_array_make(&cal->pattern_of[c], n, sizeof(uint32_t), fault);
    if (status == PEIL_OK) status = peil_array_make(&cal->met, n, sizeof *cal->met, fault);
    if (status == PEIL_OK) sort_cells(study, cube, ranks, order);
    for (uint32_t i = 0; i < n && status == PEIL_OK; i++) {
        cal->pattern_of[c][order[i].cell] = i;
        cal->met[i] = catalog->met[order[i].cell];
    }
    free(order);
    free(ranks);
    return status;
}

/* The cells of another cube have the patterns of everybody who is in them. */
static peil_status place_cube(peil_study *study, size_t c, size_t everybody, peil_fault *fault) {
    const peil_catalog *catalog = &study->whole->coder.catalog;
    const peil_cube *cube = &catalog->cubes[c], *all = &catalog->cubes[everybody];
    peil_calibration *cal = &study->calibration;
    const size_t n = peil_cube_cells(cube);
    PEIL_TRY(peil_array_make(&cal->pattern_of[c], n, sizeof(uint32_t), fault));
    for (uint32_t cell = 0; cell < n; cell++)
        cal->pattern_of[c][cell] = cal->pattern_of[everybody][peil_cube_around(cube, cell, all)];
    return PEIL_OK;
}

/* ---- categories ---- */

/* From the codes of a margin's variables to its targets: codes to parts of categories, parts
 * together to a target. A part is known by the first target that has it. */
typedef struct lookup {
    const peil_margin *margin;
    uint32_t **part; /* by variable: by code, or PEIL_NONE */
    peil_pairs *chain;
    uint32_t *target; /* by what the chain ends in */
} lookup;

static void clear_lookup(lookup *l) {
    for (size_t k = 0; k < l->margin->variables.n; k++) {
        if (l->part) free(l->part[k]);
        if (l->chain) peil_pairs_clear(&l->chain[k]);
    }
    free(l->part);
    free(l->chain);
    free(l->target);
}

static uint32_t first_with_part(const peil_margin *margin, size_t target, size_t variable) {
    const char *text = margin->targets[target].values[variable].text;
    uint32_t i = 0;
    while (strcmp(margin->targets[i].values[variable].text, text) != 0) i++;
    return i;
}

static peil_status chain_targets(lookup *l, peil_fault *fault) {
    const peil_margin *margin = l->margin;
    for (uint32_t t = 0; t < margin->ntargets; t++) {
        uint32_t at = 0;
        for (size_t k = 0; k < margin->variables.n; k++)
            PEIL_TRY(
                peil_pairs_number(&l->chain[k], at, first_with_part(margin, t, k), &at, fault));
        l->target[at] = t;
    }
    return PEIL_OK;
}

/* Which part of the categories each code is. */
static peil_status match_codes(const peil_batch_column *column, const lookup *l, size_t variable,
                               uint32_t *part, peil_fault *fault) {
    const peil_margin *margin = l->margin;
    for (uint32_t code = 0; code < column->dictionary.count; code++) part[code] = PEIL_NONE;
    for (uint32_t t = 0; t < margin->ntargets; t++) {
        const peil_literal *value = &margin->targets[t].values[variable];
        if (first_with_part(margin, t, variable) != t) continue;
        for (uint32_t code = 1; code < column->dictionary.count; code++) {
            if (!peil_literal_is(value, column, code)) continue;
            if (part[code] != PEIL_NONE)
                return peil_refuse(fault, 0, column->name, "the targets call one value %s and %s",
                                   margin->targets[part[code]].values[variable].text, value->text);
            part[code] = t;
        }
    }
    return PEIL_OK;
}

static peil_status make_lookup(const peil_study *study, const peil_margin *margin, lookup *l,
                               peil_fault *fault) {
    const size_t n = margin->variables.n;
    *l = (lookup){.margin = margin};
    PEIL_TRY(peil_array_make(&l->part, n, sizeof *l->part, fault));
    PEIL_TRY(peil_array_make(&l->chain, n, sizeof *l->chain, fault));
    PEIL_TRY(peil_array_make(&l->target, margin->ntargets, sizeof *l->target, fault));
    PEIL_TRY(chain_targets(l, fault));
    for (size_t k = 0; k < n; k++) {
        const peil_batch_column *column =
            &study->pass->whole.batch.columns[study->plan.by[margin->keys[k]]];
        PEIL_TRY(peil_array_make(&l->part[k], column->dictionary.count, sizeof(uint32_t), fault));
        PEIL_TRY(match_codes(column, l, k, l->part[k], fault));
    }
    return PEIL_OK;
}

/* The target of a combination of codes (by key), or PEIL_NONE. */
static uint32_t find_target(const lookup *l, const uint32_t *codes) {
    uint32_t at = 0;
    for (size_t k = 0; k < l->margin->variables.n; k++) {
        const uint32_t part = l->part[k][codes[l->margin->keys[k]]];
        if (part == PEIL_NONE) return PEIL_NONE;
        at = peil_pairs_find(&l->chain[k], at, part);
        if (at == PEIL_NONE) return PEIL_NONE;
    }
    return l->target[at];
}

/* ---- the x of each pattern ---- */

/* The earliest record that has no x. */
typedef struct verdict {
    peil_record record;
    const char *variable, *message; /* NULL: nobody */
} verdict;

static void object(const peil_calibration *cal, size_t pattern, const char *variable,
                   const char *message, verdict *v) {
    if (v->message && !peil_record_is_before(cal->met[pattern], v->record)) return;
    *v = (verdict){cal->met[pattern], variable, message};
}

/* What a pattern lacks for a margin; true when it has all. */
static bool is_complete(const peil_study *study, const peil_margin *margin, size_t pattern,
                        const uint32_t *codes, verdict *v) {
    const peil_coder *coder = &study->whole->coder;
    for (size_t k = 0; k < margin->variables.n; k++) {
        if (codes[margin->keys[k]] != PEIL_MISSING_CODE) continue;
        object(&study->calibration, pattern,
               coder->batch->columns[study->plan.by[margin->keys[k]]].name,
               "has no value, and --targets needs one (--sample leaves such rows out)", v);
        return false;
    }
    return true;
}

static void place_number(peil_study *study, size_t m, size_t pattern, const uint32_t *codes,
                         peil_real *value, verdict *v) {
    const peil_margin *margin = &study->calibration.targets.margins[m];
    const size_t key = margin->keys[0];
    const peil_value *number =
        &study->pass->whole.batch.columns[study->plan.by[key]].dictionary.values[codes[key]];
    if (number->reads_number)
        *value = peil_decimal_real(number->number);
    else
        object(&study->calibration, pattern, margin->name,
               "text where a number is needed, as its target is a total", v);
}

/* One margin's entry in the x of one pattern. */
static void place_entry(peil_study *study, size_t m, const lookup *l, size_t pattern,
                        const uint32_t *codes, verdict *v) {
    peil_calibration *cal = &study->calibration;
    const peil_margin *margin = &cal->targets.margins[m];
    const size_t entry = pattern * cal->x.nmargins + m;
    cal->x.column[entry] = (uint32_t)cal->first[m];
    if (!is_complete(study, margin, pattern, codes, v)) return;
    if (margin->is_number) {
        place_number(study, m, pattern, codes, &cal->x.value[entry], v);
        return;
    }
    const uint32_t target = find_target(l, codes);
    cal->x.value[entry] = 1;
    if (target == PEIL_NONE)
        object(cal, pattern, margin->name, "a value without a target", v);
    else
        cal->x.column[entry] += target;
}

static peil_status place_margin(peil_study *study, size_t everybody, size_t m, verdict *v,
                                peil_fault *fault) {
    const peil_cube *cube = &study->whole->coder.catalog.cubes[everybody];
    const peil_margin *margin = &study->calibration.targets.margins[m];
    uint32_t codes[PEIL_BY_MOST], by_key[PEIL_BY_MOST];
    lookup l = {.margin = margin};
    peil_status status = PEIL_OK;
    if (!margin->is_number) status = make_lookup(study, margin, &l, fault);
    for (uint32_t cell = 0; cell < peil_cube_cells(cube) && status == PEIL_OK; cell++) {
        peil_cube_codes(cube, cell, codes);
        for (size_t k = 0; k < cube->nby; k++) by_key[cube->by[k]] = codes[k];
        place_entry(study, m, &l, study->calibration.pattern_of[everybody][cell], by_key, v);
    }
    clear_lookup(&l);
    return status;
}

static peil_status refuse(const peil_study *study, const verdict *v, peil_fault *fault) {
    if (!v->message) return PEIL_OK;
    peil_refuse(fault, v->record.record, v->variable, "%s", v->message);
    peil_pass_name_file(study->pass, v->record, fault);
    return PEIL_EDATA;
}

peil_status peil_study_patterns(peil_study *study, peil_fault *fault) {
    peil_calibration *cal = &study->calibration;
    const peil_catalog *catalog = &study->whole->coder.catalog;
    const size_t everybody = peil_catalog_everybody(catalog);
    verdict v = {.message = NULL};
    PEIL_TRY(peil_array_make(&cal->pattern_of, catalog->ncubes, sizeof *cal->pattern_of, fault));
    PEIL_TRY(number_patterns(study, everybody, fault));
    for (size_t c = 0; c < everybody; c++) PEIL_TRY(place_cube(study, c, everybody, fault));
    PEIL_TRY(peil_auxiliaries_make(peil_cube_cells(&catalog->cubes[everybody]),
                                   cal->targets.nmargins, cal->ncolumns, &cal->x, fault));
    for (size_t m = 0; m < cal->targets.nmargins; m++)
        PEIL_TRY(place_margin(study, everybody, m, &v, fault));
    return refuse(study, &v, fault);
}
