/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two parts of the data met, as one: values are the same where their texts are, units and
 * cells where their values are. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/coder.h"

static bool has_rows(const peil_coder *coder) {
    return coder->catalog.levels[coder->catalog.nlevels - 1].nodes.count > 0;
}

/* Rows are coded by what their own file says: no other file may give a text of the user's another
 * meaning. */
static peil_status agree_on_column(peil_coder *into, const peil_coder *from, size_t c,
                                   peil_fault *fault) {
    const peil_batch_column *theirs = &from->batch->columns[c];
    peil_batch_column *column = &into->batch->columns[c], before = *column;
    before.about = (peil_variable){0};
    peil_status status = PEIL_OK;
    if (column->about.name) status = peil_variable_copy(&column->about, &before.about, fault);
    if (status == PEIL_OK) status = peil_variable_agree(&column->about, &theirs->about, fault);
    if (status == PEIL_OK)
        status =
            peil_plan_check_naming(into->plan, c, &before, &column->about, has_rows(into), fault);
    if (status == PEIL_OK)
        status =
            peil_plan_check_naming(into->plan, c, theirs, &column->about, has_rows(from), fault);
    peil_variable_clear(&before.about);
    return status;
}

static peil_status merge_codes(peil_coder *into, const peil_coder *from, peil_translation *out,
                               uint32_t *file, peil_fault *fault) {
    const size_t n = from->batch->ncolumns;
    *file = from->file;
    for (size_t c = 0; c < n; c++) PEIL_TRY(agree_on_column(into, from, c, fault));
    PEIL_TRY(peil_array_make(&out->code, n, sizeof *out->code, fault));
    for (size_t c = 0; c < n; c++) {
        const peil_dictionary *d = &from->batch->columns[c].dictionary;
        peil_dictionary_forget(&into->batch->columns[c].dictionary); /* how its file spells */
        PEIL_TRY(peil_array_make(&out->code[out->ncolumns], d->count, sizeof(uint32_t), fault));
        uint32_t *code = out->code[out->ncolumns++];
        for (uint32_t i = 0; i < d->count; i++)
            PEIL_TRY(
                peil_dictionary_adopt(&into->batch->columns[c].dictionary, d, i, &code[i], fault));
    }
    return PEIL_OK;
}

/* ---- units ---- */

static peil_status merge_facts(const peil_coder *into, size_t stage, peil_stratum_facts *to,
                               const peil_stratum_facts *from, uint32_t *file, peil_fault *fault) {
    if (from->rows == 0) return PEIL_OK;
    const bool is_new = to->rows == 0;
    const uint64_t rows = to->rows + from->rows;
    if (!is_new && !peil_decimal_equal(to->fpc, from->fpc)) {
        const size_t column = into->plan->fpc[stage];
        *file = from->first.file;
        return peil_refuse(fault, from->first.record, into->batch->columns[column].name,
                           "the fpc varies inside a stratum");
    }
    if (is_new || peil_record_is_before(from->first, to->first)) to->first = from->first;
    if (is_new) to->fpc = from->fpc;
    to->rows = rows;
    return PEIL_OK;
}

static peil_status merge_level(peil_coder *into, const peil_coder *from, size_t l,
                               const uint32_t *above, const peil_translation *t, uint32_t *node,
                               uint32_t *file, peil_fault *fault) {
    peil_level *to = &into->catalog.levels[l];
    const peil_level *level = &from->catalog.levels[l];
    for (uint32_t i = 0; i < level->nodes.count; i++) {
        const uint32_t code = peil_pairs_second(&level->nodes, i);
        const uint32_t parent = peil_pairs_first(&level->nodes, i);
        PEIL_TRY(peil_pairs_number(
            &to->nodes, above ? above[parent] : 0,
            level->column == PEIL_NO_COLUMN ? 0 : t->code[level->column][code], &node[i], fault));
    }
    if (!level->is_stratum) return PEIL_OK;
    PEIL_TRY(peil_array_extend(&to->facts, &to->facts_capacity, to->nodes.count, sizeof *to->facts,
                               fault));
    for (uint32_t i = 0; i < level->nodes.count; i++)
        PEIL_TRY(
            merge_facts(into, level->stage, &to->facts[node[i]], &level->facts[i], file, fault));
    return PEIL_OK;
}

static peil_status merge_weighted(peil_catalog *into, const peil_catalog *from,
                                  const uint32_t *leaf, peil_fault *fault) {
    PEIL_TRY(peil_array_extend(&into->weighted, &into->weighted_capacity,
                               into->levels[into->nlevels - 1].nodes.count, sizeof *into->weighted,
                               fault));
    for (uint32_t i = 0; i < from->levels[from->nlevels - 1].nodes.count; i++)
        into->weighted[leaf[i]] += from->weighted[i];
    return PEIL_OK;
}

static peil_status merge_units(peil_coder *into, const peil_coder *from, peil_translation *out,
                               uint32_t *file, peil_fault *fault) {
    for (size_t l = 0; l < from->catalog.nlevels; l++) {
        uint32_t *node = NULL;
        peil_status status =
            peil_array_make(&node, from->catalog.levels[l].nodes.count, sizeof *node, fault);
        if (status == PEIL_OK)
            status = merge_level(into, from, l, out->leaf, out, node, file, fault);
        free(out->leaf);
        out->leaf = node; /* of the last level, in the end */
        if (status != PEIL_OK) return status;
    }
    return merge_weighted(&into->catalog, &from->catalog, out->leaf, fault);
}

/* ---- cells ---- */

static peil_status merge_cube(peil_coder *into, const peil_coder *from, size_t c,
                              const peil_translation *t, uint32_t *cell, peil_fault *fault) {
    const peil_cube *cube = &from->catalog.cubes[c];
    uint32_t codes[PEIL_BY_MOST];
    for (uint32_t i = 0; i < peil_cube_cells(cube); i++) {
        peil_cube_codes(cube, i, codes);
        for (size_t k = 0; k < cube->nby; k++)
            codes[k] = t->code[from->plan->by[cube->by[k]]][codes[k]];
        PEIL_TRY(peil_cube_cell(&into->catalog.cubes[c], codes, &cell[i], fault));
    }
    return PEIL_OK;
}

static peil_status merge_met(peil_catalog *into, const peil_catalog *from, const uint32_t *cell,
                             peil_fault *fault) {
    const size_t known = into->nmet;
    into->nmet = peil_cube_cells(&into->cubes[into->ncubes - 1]);
    PEIL_TRY(
        peil_array_reserve(&into->met, &into->met_capacity, into->nmet, sizeof *into->met, fault));
    for (size_t i = 0; i < from->nmet; i++)
        if (cell[i] >= known || peil_record_is_before(from->met[i], into->met[cell[i]]))
            into->met[cell[i]] = from->met[i];
    return PEIL_OK;
}

static peil_status merge_cells(peil_coder *into, const peil_coder *from, peil_translation *out,
                               peil_fault *fault) {
    const size_t n = from->catalog.ncubes;
    PEIL_TRY(peil_array_make(&out->cell, n, sizeof *out->cell, fault));
    for (size_t c = 0; c < n; c++) {
        PEIL_TRY(peil_array_make(&out->cell[out->ncubes], peil_cube_cells(&from->catalog.cubes[c]),
                                 sizeof(uint32_t), fault));
        out->ncubes++;
        PEIL_TRY(merge_cube(into, from, c, out, out->cell[c], fault));
    }
    const size_t everybody = peil_catalog_everybody(&from->catalog);
    if (everybody == n) return PEIL_OK;
    return merge_met(&into->catalog, &from->catalog, out->cell[everybody], fault);
}

/* ---- the rest ---- */

static void merge_removals(peil_coder *into, const peil_coder *from) {
    for (size_t i = 0; i < from->nremovals; i++) {
        const peil_removals *r = &from->removals[i];
        peil_removals *to = &into->removals[i];
        for (size_t k = 0; k < r->ncodes; k++) to->counts[k] += r->counts[k];
        if (!r->any) continue;
        if (!to->any || peil_decimal_compare(r->low, to->low) < 0) to->low = r->low;
        if (!to->any || peil_decimal_compare(r->high, to->high) > 0) to->high = r->high;
        to->any = true;
    }
    into->missing_weights += from->missing_weights;
    into->domain += from->domain;
    for (size_t r = 0; r < into->plan->nreplicates; r++) into->weighs[r] |= from->weighs[r];
    for (size_t v = 0; v < into->plan->nkeys; v++) into->without_by[v] += from->without_by[v];
}

/* Only categories are codes of a variable; other coded answers are the same everywhere. */
static peil_status translate_answers(const peil_plan *plan, peil_translation *out,
                                     peil_fault *fault) {
    PEIL_TRY(peil_array_make(&out->answer, plan->nquestions, sizeof *out->answer, fault));
    out->nquestions = plan->nquestions;
    for (size_t q = 0; q < plan->nquestions; q++) {
        const peil_measure *measure = plan->questions[q].measure;
        if (measure->form == PEIL_FORM_CATEGORIES)
            out->answer[q] = out->code[measure->variables[0].column];
    }
    return PEIL_OK;
}

peil_status peil_coder_merge(peil_coder *into, const peil_coder *from, peil_translation *out,
                             uint32_t *file, peil_fault *fault) {
    PEIL_TRY(merge_codes(into, from, out, file, fault));
    PEIL_TRY(merge_units(into, from, out, file, fault));
    PEIL_TRY(merge_cells(into, from, out, fault));
    merge_removals(into, from);
    PEIL_TRY(peil_item_sums_merge(into, from, fault));
    return translate_answers(into->plan, out, fault);
}

void peil_translation_clear(peil_translation *translation) {
    for (size_t i = 0; i < translation->ncolumns; i++) free(translation->code[i]);
    for (size_t c = 0; c < translation->ncubes; c++) free(translation->cell[c]);
    free(translation->code);
    free(translation->leaf);
    free(translation->cell);
    free(translation->answer);
    *translation = (peil_translation){0};
}
