/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/over.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"

/* Levels one above the other leave one variable that is never around another: the first. */
static peil_status check_several(const peil_request *request, bool is_rest, const peil_hierarchy *h,
                                 const peil_names *over, peil_fault *fault) {
    if (over->n == 1) return PEIL_OK;
    if (!h || !is_rest)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--over takes one variable, or levels of --hierarchy with --against rest");
    if (request->margins)
        return peil_fail(fault, PEIL_EUSAGE, "--margins takes one variable of --over");
    const size_t first = peil_hierarchy_find_level(h, over->names[0]);
    for (size_t i = 0; i < over->n; i++)
        if (first == h->nlevels || peil_hierarchy_find_level(h, over->names[i]) != first + i)
            return peil_fail(fault, PEIL_EUSAGE,
                             "--over takes levels of %s that are one above the other, the smallest "
                             "areas first",
                             h->file);
    return PEIL_OK;
}

/* Whether a breakdown has a level above this one. */
static peil_status has_level_above(const peil_hierarchy *h, const char *by, size_t level, bool *has,
                                   peil_fault *fault) {
    peil_names names = {0};
    PEIL_TRY(peil_names_split(by, "--by", &names, fault));
    for (size_t i = 0; i < names.n; i++) {
        const size_t found = peil_hierarchy_find_level(h, names.names[i]);
        *has = *has || (found > level && found < h->nlevels);
    }
    peil_names_clear(&names);
    return PEIL_OK;
}

/* The level that a comparison is made within, or nlevels. */
static peil_status find_around(const peil_hierarchy *h, const char *by, const char *name,
                               size_t *around, peil_fault *fault) {
    bool is_given = false;
    const size_t level = peil_hierarchy_find_level(h, name);
    *around = h->nlevels;
    if (level + 1 >= h->nlevels) return PEIL_OK;
    if (by) PEIL_TRY(has_level_above(h, by, level, &is_given, fault));
    if (!is_given) *around = level + 1;
    return PEIL_OK;
}

static peil_status add_word(const peil_hierarchy *h, const char *by, const char *name,
                            peil_over *out, peil_fault *fault) {
    size_t around = 0;
    peil_text word = {0};
    if (h) PEIL_TRY(find_around(h, by, name, &around, fault));
    if (by) peil_text_add_format(&word, "%s,", by);
    if (h && around < h->nlevels)
        peil_text_add_format(&word, "`%s`,", peil_hierarchy_level_name(h, around));
    peil_text_add_format(&word, "`%s`", name);
    if (word.failed) {
        peil_text_clear(&word);
        return peil_fail_memory(fault);
    }
    out->words[out->nwords++] = word.bytes;
    return PEIL_OK;
}

static peil_status add_words(const peil_request *request, const peil_hierarchy *h, peil_over *out,
                             peil_fault *fault) {
    const size_t n = request->by.n ? request->by.n : 1;
    PEIL_TRY(peil_array_make(&out->words, n * out->names.n, sizeof *out->words, fault));
    for (size_t b = 0; b < n; b++)
        for (size_t i = 0; i < out->names.n; i++)
            PEIL_TRY(add_word(h, request->by.n ? request->by.word[b] : NULL, out->names.names[i],
                              out, fault));
    return PEIL_OK;
}

peil_status peil_over_make(const peil_request *request, bool is_rest, peil_over *out,
                           peil_fault *fault) {
    peil_hierarchy hierarchy = {0};
    const bool has_levels = request->hierarchy && is_rest;
    peil_status status = PEIL_OK;
    *out = (peil_over){0};
    if (has_levels) status = peil_hierarchy_read(request->hierarchy, &hierarchy, fault);
    const peil_hierarchy *h = has_levels ? &hierarchy : NULL;
    if (status == PEIL_OK) status = peil_names_split(request->over, "--over", &out->names, fault);
    if (status == PEIL_OK) status = check_several(request, is_rest, h, &out->names, fault);
    if (status == PEIL_OK) status = add_words(request, h, out, fault);
    peil_hierarchy_clear(&hierarchy);
    return status;
}

void peil_over_clear(peil_over *over) {
    for (size_t i = 0; over->words && i < over->nwords; i++) free(over->words[i]);
    free(over->words);
    peil_names_clear(&over->names);
    *over = (peil_over){0};
}
