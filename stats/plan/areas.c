/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/areas.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"
#include "plan/coder.h"

/* ---- names ---- */

static const char *nearest_name(const peil_hierarchy *h, const peil_header *header,
                                const char *name) {
    const char **names = NULL;
    size_t n = 0;
    if (peil_array_make(&names, header->nvariables + h->nlevels, sizeof *names, NULL) != PEIL_OK)
        return NULL;
    for (size_t i = 0; i < header->nvariables; i++) names[n++] = header->variables[i].name;
    for (size_t l = 0; l < h->nlevels; l++) names[n++] = peil_hierarchy_level_name(h, l);
    const char *nearest = peil_nearest(name, names, n);
    free(names);
    return nearest;
}

peil_status peil_areas_check_name(const peil_hierarchy *h, const peil_header *header,
                                  const char *name, peil_fault *fault) {
    const size_t level = peil_hierarchy_find_level(h, name);
    const bool is_level = level < h->nlevels;
    size_t place;
    if (h->nlevels == 0 || (is_level && peil_hierarchy_gives(h, header, level))) return PEIL_OK;
    if (peil_header_find(header, name, "", &place, NULL) == PEIL_OK) return PEIL_OK;
    if (is_level && level > 0)
        return peil_fail(fault, PEIL_EDATA,
                         "has no variable %s; the hierarchy gives it to data that have %s", name,
                         peil_hierarchy_level_name(h, 0));
    const char *nearest = is_level ? NULL : nearest_name(h, header, name);
    if (!nearest) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA, "has no variable %s; is it %s?", name, nearest);
}

/* ---- columns ---- */

/* The names are labels, so that areas stand in the order of the hierarchy. */
static peil_status describe(const peil_hierarchy *h, size_t level, peil_variable *about,
                            peil_fault *fault) {
    const char *variable = peil_hierarchy_level_name(h, level);
    PEIL_TRY(peil_variable_name(about, variable, strlen(variable), fault));
    about->type = PEIL_TYPE_TEXT;
    for (uint32_t area = 1; area <= peil_hierarchy_count(h, level); area++) {
        const char *code = peil_hierarchy_code(h, level, area);
        const char *name = peil_hierarchy_name(h, level, area);
        if (!name) name = code;
        PEIL_TRY(peil_variable_add_label(about, code, strlen(code), name, strlen(name), fault));
    }
    return PEIL_OK;
}

static peil_status make_areas(const peil_hierarchy *h, size_t level, peil_batch_column *column,
                              peil_fault *fault) {
    if (column->use == PEIL_AS_NUMBERS)
        return peil_fail(fault, PEIL_EUSAGE, "%s is an area, not a number", column->name);
    column->origin = PEIL_AREAS;
    column->level = level;
    return describe(h, level, &column->about, fault);
}

peil_status peil_plan_areas(const peil_hierarchy *h, const peil_header *header, peil_batch *batch,
                            peil_fault *fault) {
    size_t end = 0, place;
    for (size_t i = 0; i < batch->ncolumns; i++) {
        const size_t level = peil_hierarchy_find_level(h, batch->columns[i].name);
        PEIL_TRY(peil_areas_check_name(h, header, batch->columns[i].name, fault));
        if (level == h->nlevels || !peil_hierarchy_gives(h, header, level)) continue;
        PEIL_TRY(make_areas(h, level, &batch->columns[i], fault));
        if (end < level + 1) end = level + 1;
    }
    for (size_t level = 0; level < end; level++) {
        const char *name = peil_hierarchy_level_name(h, level);
        if (peil_header_find(header, name, "", &place, NULL) == PEIL_OK)
            PEIL_TRY(peil_batch_want_spelled(batch, name, level, fault));
    }
    return PEIL_OK;
}

/* ---- links ---- */

static bool leads_to(const peil_batch_column *from, const peil_batch_column *to) {
    return from->origin == PEIL_SPELLED && to->origin == PEIL_AREAS && from->level <= to->level;
}

/* Those of one column of areas together, the smallest areas first. */
peil_status peil_coder_link_areas(peil_coder *coder, peil_fault *fault) {
    const peil_batch *batch = coder->batch;
    size_t n = 0;
    for (size_t to = 0; to < batch->ncolumns; to++)
        for (size_t from = 0; from < batch->ncolumns; from++)
            n += leads_to(&batch->columns[from], &batch->columns[to]);
    PEIL_TRY(peil_array_make(&coder->areas, n, sizeof *coder->areas, fault));
    for (size_t to = 0; to < batch->ncolumns; to++)
        for (size_t from = 0; from < batch->ncolumns; from++)
            if (leads_to(&batch->columns[from], &batch->columns[to]))
                coder->areas[coder->nareas++] = (peil_area_link){.to = to, .from = from};
    return PEIL_OK;
}

void peil_coder_clear_areas(peil_coder *coder) {
    for (size_t i = 0; i < coder->nareas; i++) free(coder->areas[i].code);
    free(coder->areas);
}

/* ---- codes ---- */

static peil_status translate(const peil_coder *coder, const peil_area_link *link, uint32_t spelling,
                             uint32_t *code, peil_fault *fault) {
    const peil_hierarchy *h = coder->plan->hierarchy;
    const peil_batch_column *from = &coder->batch->columns[link->from];
    peil_batch_column *to = &coder->batch->columns[link->to];
    *code = PEIL_MISSING_CODE;
    if (peil_coder_is_missing_code(coder, link->from, spelling, PEIL_ROLE_DESIGN)) return PEIL_OK;
    const char *text = peil_dictionary_text(&from->dictionary, spelling);
    const uint32_t area = peil_hierarchy_find(h, from->level, text);
    *code = PEIL_NONE;
    if (area == 0) return PEIL_OK;
    const uint32_t above = peil_hierarchy_climb(h, from->level, area, to->level);
    const char *name = peil_hierarchy_code(h, to->level, above);
    return peil_dictionary_code_text(&to->dictionary, name, strlen(name), code, fault);
}

static peil_status learn(const peil_coder *coder, peil_area_link *link, peil_fault *fault) {
    const size_t n = coder->batch->columns[link->from].dictionary.count;
    PEIL_TRY(peil_array_reserve(&link->code, &link->capacity, n, sizeof *link->code, fault));
    for (; link->n < n; link->n++)
        PEIL_TRY(translate(coder, link, (uint32_t)link->n, &link->code[link->n], fault));
    return PEIL_OK;
}

/* What several variables say of one area must agree; one of them is enough. */
static void take(peil_coder *coder, const peil_area_link *link, bool is_first) {
    const uint32_t *from = coder->batch->columns[link->from].codes;
    uint32_t *to = coder->batch->columns[link->to].codes;
    for (size_t row = 0; row < coder->batch->rows; row++) {
        const uint32_t known = is_first ? PEIL_MISSING_CODE : to[row];
        uint32_t code = link->code[from[row]];
        if (code == PEIL_NONE) {
            peil_coder_refuse(coder, row, link->from, "the hierarchy has no such area");
            code = PEIL_MISSING_CODE;
        }
        if (known && code && code != known)
            peil_coder_refuse(coder, row, link->from,
                              "the hierarchy has the smaller area in another one");
        to[row] = code ? code : known;
    }
}

peil_status peil_coder_take_areas(peil_coder *coder, peil_fault *fault) {
    for (size_t i = 0; i < coder->nareas; i++) {
        PEIL_TRY(learn(coder, &coder->areas[i], fault));
        take(coder, &coder->areas[i], i == 0 || coder->areas[i - 1].to != coder->areas[i].to);
    }
    return PEIL_OK;
}
