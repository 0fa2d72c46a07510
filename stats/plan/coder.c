/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/coder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* ---- faults ---- */

void peil_coder_refuse(peil_coder *coder, size_t row, size_t column, const char *message) {
    if (coder->fault.status != PEIL_OK && coder->fault_row <= row) return;
    peil_refuse(&coder->fault, peil_batch_record(coder->batch, row),
                coder->batch->columns[column].name, "%s", message);
    coder->fault_row = row;
}

peil_status peil_coder_verdict(const peil_coder *coder, peil_fault *fault) {
    if (coder->fault.status != PEIL_OK && fault) *fault = coder->fault;
    return coder->fault.status;
}

/* ---- missing codes ---- */

bool peil_missing_applies(const peil_missing_codes *codes, const char *variable, peil_role role) {
    return codes->variable ? strcmp(codes->variable, variable) == 0 : role == PEIL_ROLE_MEASURE;
}

/* By the file itself, whatever the role. */
static bool is_declared(const peil_batch_column *column, uint32_t code) {
    const peil_value *value = &column->dictionary.values[code];
    if (column->about.nabsences == 0) return false;
    return value->is_number ? peil_variable_lacks_number(&column->about, value->number)
                            : peil_variable_lacks_text(
                                  &column->about, peil_dictionary_text(&column->dictionary, code));
}

bool peil_coder_is_missing_code(const peil_coder *coder, size_t column, uint32_t code,
                                peil_role role) {
    if (code == PEIL_MISSING_CODE) return true;
    const peil_batch_column *c = &coder->batch->columns[column];
    if (is_declared(c, code)) return true;
    for (size_t i = 0; i < coder->plan->nmissing; i++) {
        const peil_missing_codes *codes = &coder->plan->missing[i];
        if (!peil_missing_applies(codes, c->name, role)) continue;
        for (size_t k = 0; k < codes->n; k++)
            if (peil_literal_is(&codes->codes[k], c, code)) return true;
    }
    return false;
}

peil_status peil_coder_missing_table(const peil_coder *coder, size_t column, peil_role role,
                                     uint8_t **table, peil_fault *fault) {
    const peil_dictionary *dictionary = &coder->batch->columns[column].dictionary;
    *table = NULL;
    PEIL_TRY(peil_array_make(table, dictionary->count, 1, fault));
    for (uint32_t code = 0; code < dictionary->count; code++)
        (*table)[code] = peil_coder_is_missing_code(coder, column, code, role);
    return PEIL_OK;
}

/* ---- numbers ---- */

/* Some lists of missing codes, and what the file says. */
typedef struct lists {
    const peil_missing_codes **list;
    size_t n;
    const peil_variable *about;
} lists;

static peil_status find_lists(const peil_coder *coder, size_t column, peil_role role, lists *out,
                              peil_fault *fault) {
    *out = (lists){.about = &coder->batch->columns[column].about};
    if (coder->plan->nmissing == 0) return PEIL_OK;
    PEIL_TRY(peil_array_make(&out->list, coder->plan->nmissing, sizeof *out->list, fault));
    for (size_t i = 0; i < coder->plan->nmissing; i++)
        if (peil_missing_applies(&coder->plan->missing[i], coder->batch->columns[column].name,
                                 role))
            out->list[out->n++] = &coder->plan->missing[i];
    return PEIL_OK;
}

static bool are_empty(const lists *missing) {
    return missing->n == 0 && missing->about->nabsences == 0;
}

static bool is_listed(const lists *missing, peil_decimal number) {
    if (peil_variable_lacks_number(missing->about, number)) return true;
    for (size_t i = 0; i < missing->n; i++)
        for (size_t k = 0; k < missing->list[i]->n; k++)
            if (peil_literal_is_number(&missing->list[i]->codes[k], missing->about, number))
                return true;
    return false;
}

peil_status peil_coder_numbers(peil_coder *coder, size_t column, peil_role role, peil_decimal *out,
                               peil_fault *fault) {
    const peil_decimal none = {0, PEIL_NO_ANSWER};
    const peil_batch_column *c = &coder->batch->columns[column];
    lists missing;
    PEIL_TRY(find_lists(coder, column, role, &missing, fault));
    const bool all_valid = are_empty(&missing);
    for (size_t i = 0; i < coder->codes.rows; i++) {
        uint32_t code;
        if (peil_batch_number(c, coder->row[i], &out[i], &code)) {
            if (!all_valid && is_listed(&missing, out[i])) out[i] = none;
            continue;
        }
        if (code && !peil_coder_is_missing_code(coder, column, code, role))
            peil_coder_refuse(
                coder, coder->row[i], column,
                "text where a number is needed (--missing says which text is no answer)");
        out[i] = none;
    }
    free(missing.list);
    return PEIL_OK;
}

/* ---- the sample, weights, units and cells ---- */

static peil_status choose_sample(peil_coder *coder, peil_fault *fault) {
    coder->codes.rows = coder->batch->rows;
    for (size_t i = 0; i < coder->batch->rows; i++) coder->row[i] = (uint32_t)i;
    if (!coder->plan->sample) return PEIL_OK;
    uint8_t *truth = NULL;
    PEIL_TRY(peil_array_make(&truth, coder->batch->rows, 1, fault));
    const peil_status status =
        peil_coder_condition(coder, coder->plan->sample, PEIL_ROLE_DESIGN, truth, fault);
    size_t n = 0;
    for (size_t i = 0; i < coder->batch->rows && status == PEIL_OK; i++)
        if (truth[i] == PEIL_TRUE) coder->row[n++] = (uint32_t)i;
    coder->codes.rows = n;
    free(truth);
    return status;
}

static peil_status take_weights(peil_coder *coder, peil_fault *fault) {
    const size_t column = coder->plan->weight;
    peil_decimal *weight = coder->codes.weight;
    if (column == PEIL_NO_COLUMN) {
        for (size_t i = 0; i < coder->codes.rows; i++) weight[i] = (peil_decimal){1, 0};
        return PEIL_OK;
    }
    PEIL_TRY(peil_coder_numbers(coder, column, PEIL_ROLE_DESIGN, weight, fault));
    for (size_t i = 0; i < coder->codes.rows; i++) {
        if (weight[i].scale == PEIL_NO_ANSWER) {
            weight[i] = (peil_decimal){0, 0};
            coder->missing_weights++;
            if (!coder->plan->missing_weight_is_zero)
                peil_coder_refuse(coder, coder->row[i], column,
                                  "the weight is missing (--missing-weight zero takes it as 0, "
                                  "--sample leaves such rows out)");
        } else if (weight[i].digits < 0) {
            peil_coder_refuse(coder, coder->row[i], column, "the weight is negative");
        }
    }
    return PEIL_OK;
}

/* Codes of a column for the rows of the sample, missing ones 0. */
static peil_status take_codes(peil_coder *coder, size_t column, uint32_t *out, peil_fault *fault) {
    const uint32_t *codes = coder->batch->columns[column].codes;
    uint8_t *missing;
    PEIL_TRY(peil_coder_missing_table(coder, column, PEIL_ROLE_DESIGN, &missing, fault));
    for (size_t i = 0; i < coder->codes.rows; i++) {
        const uint32_t code = codes[coder->row[i]];
        out[i] = missing[code] ? PEIL_MISSING_CODE : code;
    }
    free(missing);
    return PEIL_OK;
}

/* Notes that a row is in the stratum; its fpc must be the one seen before. Rows come in the order
 * of the file. */
static void note_stratum(peil_coder *coder, peil_stratum_facts *facts, size_t row,
                         const peil_decimal *fpc, size_t fpc_column) {
    if (facts->rows++ == 0) {
        facts->first = (peil_record){coder->file, peil_batch_record(coder->batch, row)};
        if (fpc) facts->fpc = *fpc;
    }
    if (fpc && !peil_decimal_equal(*fpc, facts->fpc))
        peil_coder_refuse(coder, row, fpc_column, "the fpc varies inside a stratum");
}

static peil_status note_strata(peil_coder *coder, peil_level *level, peil_fault *fault) {
    const size_t column = coder->plan->fpc ? coder->plan->fpc[level->stage] : PEIL_NO_COLUMN;
    peil_decimal *fpc = coder->answers.a; /* scratch: answers come later */
    PEIL_TRY(peil_array_extend(&level->facts, &level->facts_capacity, level->nodes.count,
                               sizeof *level->facts, fault));
    if (column != PEIL_NO_COLUMN)
        PEIL_TRY(peil_coder_numbers(coder, column, PEIL_ROLE_DESIGN, fpc, fault));
    for (size_t i = 0; i < coder->codes.rows; i++) {
        const size_t row = coder->row[i];
        if (column != PEIL_NO_COLUMN && (fpc[i].scale == PEIL_NO_ANSWER || fpc[i].digits <= 0))
            peil_coder_refuse(coder, row, column, "the fpc is missing, zero or negative");
        note_stratum(coder, &level->facts[coder->codes.leaf[i]], row,
                     column == PEIL_NO_COLUMN ? NULL : &fpc[i], column);
    }
    return PEIL_OK;
}

/* One step down the tree for every row: codes.leaf goes from the parent to the node. */
static peil_status descend(peil_coder *coder, peil_level *level, peil_fault *fault) {
    uint32_t *leaf = coder->codes.leaf, *code = coder->node;
    const size_t rows = coder->codes.rows;
    memset(code, 0, rows * sizeof *code);
    if (level->column != PEIL_NO_COLUMN) {
        PEIL_TRY(take_codes(coder, level->column, code, fault));
        for (size_t i = 0; i < rows; i++)
            if (code[i] == PEIL_MISSING_CODE)
                peil_coder_refuse(
                    coder, coder->row[i], level->column,
                    level->is_unit ? "the cluster is missing" : "the stratum is missing");
    }
    for (size_t i = 0; i < rows; i++)
        PEIL_TRY(peil_pairs_number(&level->nodes, leaf[i], code[i], &leaf[i], fault));
    return level->is_stratum ? note_strata(coder, level, fault) : PEIL_OK;
}

/* A unit without a weight above 0 makes no degree of freedom. */
static peil_status note_weighted(peil_coder *coder, peil_fault *fault) {
    peil_catalog *catalog = &coder->catalog;
    PEIL_TRY(peil_array_extend(&catalog->weighted, &catalog->weighted_capacity,
                               catalog->levels[catalog->nlevels - 1].nodes.count,
                               sizeof *catalog->weighted, fault));
    for (size_t i = 0; i < coder->codes.rows; i++)
        catalog->weighted[coder->codes.leaf[i]] += coder->codes.weight[i].digits > 0;
    return PEIL_OK;
}

static peil_status find_leaves(peil_coder *coder, peil_fault *fault) {
    memset(coder->codes.leaf, 0, coder->codes.rows * sizeof *coder->codes.leaf);
    for (size_t l = 0; l < coder->catalog.nlevels; l++)
        PEIL_TRY(descend(coder, &coder->catalog.levels[l], fault));
    return note_weighted(coder, fault);
}

/* Marks the rows outside the domain: cell PEIL_NONE, in every cube. */
static peil_status find_domain(peil_coder *coder, uint32_t *cell, peil_fault *fault) {
    memset(cell, 0, coder->codes.rows * sizeof *cell);
    if (!coder->plan->where) return PEIL_OK;
    uint8_t *truth = NULL;
    PEIL_TRY(peil_array_make(&truth, coder->codes.rows, 1, fault));
    const peil_status status =
        peil_coder_condition(coder, coder->plan->where, PEIL_ROLE_DESIGN, truth, fault);
    for (size_t i = 0; i < coder->codes.rows && status == PEIL_OK; i++)
        if (truth[i] != PEIL_TRUE) cell[i] = PEIL_NONE;
    free(truth);
    return status;
}

static bool is_in_cube(const peil_cube *cube, size_t by) {
    size_t k = 0;
    while (k < cube->nby && cube->by[k] != by) k++;
    return k < cube->nby;
}

/* Whether no cube before this one has the variable: a respondent without a value is counted once.
 */
static bool is_first_cube(const peil_coder *coder, size_t c, size_t by) {
    size_t first = 0;
    while (!is_in_cube(&coder->catalog.cubes[first], by)) first++;
    return first == c;
}

/* Who has no value of a breakdown's variable is in none of its cells; a note says how many. */
static peil_status find_cells(peil_coder *coder, size_t c, peil_fault *fault) {
    peil_cube *cube = &coder->catalog.cubes[c];
    uint32_t *cell = coder->codes.cell[c], *code = coder->node;
    for (size_t k = 0; k < cube->nby; k++) {
        uint64_t without = 0;
        PEIL_TRY(take_codes(coder, coder->plan->by[cube->by[k]], code, fault));
        for (size_t i = 0; i < coder->codes.rows; i++) {
            if (cell[i] == PEIL_NONE) continue;
            without += code[i] == PEIL_MISSING_CODE;
            PEIL_TRY(peil_pairs_number(&cube->chain[k], cell[i], code[i], &cell[i], fault));
        }
        if (is_first_cube(coder, c, cube->by[k])) coder->without_by[cube->by[k]] += without;
    }
    return PEIL_OK;
}

/* Notes the first record of each cell of everybody: refusals name it. */
static peil_status note_met(peil_coder *coder, peil_fault *fault) {
    peil_catalog *catalog = &coder->catalog;
    const size_t c = peil_catalog_everybody(catalog), known = catalog->nmet;
    if (c == catalog->ncubes) return PEIL_OK;
    catalog->nmet = peil_cube_cells(&catalog->cubes[c]);
    PEIL_TRY(peil_array_reserve(&catalog->met, &catalog->met_capacity, catalog->nmet,
                                sizeof *catalog->met, fault));
    for (size_t i = coder->codes.rows; i-- > 0;)
        if (coder->codes.cell[c][i] >= known)
            catalog->met[coder->codes.cell[c][i]] =
                (peil_record){coder->file, peil_batch_record(coder->batch, coder->row[i])};
    return PEIL_OK;
}

/* ---- the whole ---- */

peil_status peil_coder_code(peil_coder *coder, peil_fault *fault) {
    coder->fault.status = PEIL_OK;
    PEIL_TRY(peil_coder_take_areas(coder, fault));
    PEIL_TRY(choose_sample(coder, fault));
    PEIL_TRY(take_weights(coder, fault));
    PEIL_TRY(peil_coder_take_replicates(coder, fault));
    PEIL_TRY(find_leaves(coder, fault));
    if (coder->catalog.ncubes) PEIL_TRY(find_domain(coder, coder->codes.cell[0], fault));
    for (size_t c = 1; c < coder->catalog.ncubes; c++) {
        const size_t bytes = coder->codes.rows * sizeof *coder->codes.cell[c];
        if (coder->catalog.cubes[c].everybody)
            memset(coder->codes.cell[c], 0, bytes);
        else
            memcpy(coder->codes.cell[c], coder->codes.cell[0], bytes);
    }
    for (size_t c = 0; c < coder->catalog.ncubes; c++) PEIL_TRY(find_cells(coder, c, fault));
    PEIL_TRY(note_met(coder, fault));
    for (size_t i = 0; i < coder->codes.rows; i++) coder->domain += peil_coder_in_domain(coder, i);
    return peil_removals_note(coder, fault);
}

/* A catalog of the same levels and cubes with nothing in it. */
static peil_status begin_catalog(const peil_catalog *model, peil_catalog *out, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&out->levels, model->nlevels, sizeof *out->levels, fault));
    PEIL_TRY(peil_array_make(&out->cubes, model->ncubes, sizeof *out->cubes, fault));
    for (size_t l = 0; l < model->nlevels; l++) out->levels[out->nlevels++] = model->levels[l];
    for (size_t c = 0; c < model->ncubes; c++) {
        const peil_cube *from = &model->cubes[c];
        peil_cube *to = &out->cubes[out->ncubes++];
        PEIL_TRY(peil_array_make(&to->by, from->nby, sizeof *to->by, fault));
        PEIL_TRY(peil_array_make(&to->chain, from->nby, sizeof *to->chain, fault));
        to->nby = from->nby;
        to->everybody = from->everybody;
        memcpy(to->by, from->by, from->nby * sizeof *to->by);
    }
    return PEIL_OK;
}

peil_status peil_coder_make(const peil_plan *plan, peil_batch *batch, peil_coder *coder,
                            peil_fault *fault) {
    const size_t n = batch->capacity;
    *coder = (peil_coder){.plan = plan, .batch = batch};
    PEIL_TRY(begin_catalog(&plan->catalog, &coder->catalog, fault));
    PEIL_TRY(peil_coder_link_areas(coder, fault));
    PEIL_TRY(peil_array_make(&coder->row, n, sizeof *coder->row, fault));
    PEIL_TRY(peil_array_make(&coder->node, n, sizeof *coder->node, fault));
    PEIL_TRY(peil_array_make(&coder->codes.leaf, n, sizeof *coder->codes.leaf, fault));
    PEIL_TRY(peil_array_make(&coder->codes.weight, n, sizeof *coder->codes.weight, fault));
    PEIL_TRY(peil_array_make(&coder->answers.code, n, sizeof *coder->answers.code, fault));
    PEIL_TRY(peil_array_make(&coder->answers.a, n, sizeof *coder->answers.a, fault));
    PEIL_TRY(peil_array_make(&coder->answers.b, n, sizeof *coder->answers.b, fault));
    PEIL_TRY(peil_array_make(&coder->codes.cell, coder->catalog.ncubes, sizeof(uint32_t *), fault));
    for (size_t c = 0; c < coder->catalog.ncubes; c++)
        PEIL_TRY(peil_array_make(&coder->codes.cell[c], n, sizeof(uint32_t), fault));
    PEIL_TRY(peil_array_make(&coder->without_by, plan->nkeys, sizeof *coder->without_by, fault));
    PEIL_TRY(peil_item_sums_make(coder, fault));
    PEIL_TRY(peil_coder_make_replicates(coder, n, fault));
    return peil_removals_make(coder, fault);
}

void peil_coder_clear(peil_coder *coder) {
    for (size_t c = 0; coder->codes.cell && c < coder->catalog.ncubes; c++)
        free(coder->codes.cell[c]);
    peil_coder_clear_areas(coder);
    peil_removals_clear(coder);
    peil_item_sums_clear(coder);
    peil_coder_clear_replicates(coder);
    free(coder->without_by);
    free(coder->codes.cell);
    free(coder->codes.leaf);
    free(coder->codes.weight);
    free(coder->answers.code);
    free(coder->answers.a);
    free(coder->answers.b);
    free(coder->row);
    free(coder->node);
    peil_catalog_clear(&coder->catalog);
    *coder = (peil_coder){0};
}
