/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicate weights: which variables hold them, and what they are. */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/coder.h"

/* ---- the variables ---- */

static bool is_pattern(const char *name) {
    return strpbrk(name, "*?");
}

/* A name with a star in it is that name, where there is one. */
static bool matches(const char *pattern, const char *name) {
    return strcmp(pattern, name) == 0 ||
           (is_pattern(pattern) && name[0] && fnmatch(pattern, name, FNM_NOESCAPE) == 0);
}

static peil_status add_replicate(const char *pattern, const char *name, peil_plan *plan,
                                 peil_batch *batch, peil_fault *fault) {
    const size_t known = plan->weight;
    size_t column;
    if (known != PEIL_NO_COLUMN && strcmp(batch->columns[known].name, name) == 0)
        return peil_fail(
            fault, PEIL_EUSAGE,
            is_pattern(pattern)
                ? "--repweights %s takes in the weight %s itself; a narrower pattern, such "
                  "as %s?*, leaves it out"
                : "--repweights names the weight itself",
            pattern, name, name);
    PEIL_TRY(peil_batch_want(batch, name, PEIL_AS_NUMBERS, &column, fault));
    for (size_t r = 0; r < plan->nreplicates; r++)
        if (plan->replicates[r] == column)
            return peil_fail(fault, PEIL_EUSAGE, "--repweights names %s twice", name);
    plan->replicates[plan->nreplicates++] = column;
    return PEIL_OK;
}

static peil_status add_pattern(const char *pattern, const peil_header *header, peil_plan *plan,
                               peil_batch *batch, peil_fault *fault) {
    size_t found = 0, place;
    for (size_t i = 0; i < header->nvariables; i++) {
        if (!matches(pattern, header->variables[i].name)) continue;
        PEIL_TRY(add_replicate(pattern, header->variables[i].name, plan, batch, fault));
        found++;
    }
    if (found) return PEIL_OK;
    return is_pattern(pattern)
               ? peil_fail(fault, PEIL_EDATA, "--repweights: no variable is like %s", pattern)
               : peil_header_find(header, pattern, "--repweights: ", &place, fault);
}

peil_status peil_plan_replicates(const peil_request *request, const peil_header *header,
                                 peil_plan *plan, peil_batch *batch, peil_fault *fault) {
    peil_names patterns = {0};
    peil_status status = peil_names_split(request->repweights, "--repweights", &patterns, fault);
    if (status == PEIL_OK)
        status =
            peil_array_make(&plan->replicates, header->nvariables, sizeof *plan->replicates, fault);
    for (size_t i = 0; i < patterns.n && status == PEIL_OK; i++)
        status = add_pattern(patterns.names[i], header, plan, batch, fault);
    peil_names_clear(&patterns);
    if (status != PEIL_OK || plan->nreplicates > 1) return status;
    return peil_fail(fault, PEIL_EUSAGE,
                     "--repweights finds one variable, %s; a variance needs two or more",
                     batch->columns[plan->replicates[0]].name);
}

static bool is_replicate(const peil_plan *plan, const peil_batch *batch, const char *name) {
    for (size_t r = 0; r < plan->nreplicates; r++)
        if (strcmp(batch->columns[plan->replicates[r]].name, name) == 0) return true;
    return false;
}

peil_status peil_plan_check_replicates(const peil_request *request, const peil_header *header,
                                       const peil_plan *plan, const peil_batch *batch,
                                       peil_fault *fault) {
    peil_names patterns = {0};
    peil_status status = peil_names_split(request->repweights, "--repweights", &patterns, fault);
    for (size_t i = 0; i < patterns.n; i++)
        for (size_t v = 0; v < header->nvariables && status == PEIL_OK; v++) {
            const char *name = header->variables[v].name;
            if (matches(patterns.names[i], name) && !is_replicate(plan, batch, name))
                status = peil_fail(fault, PEIL_EDATA,
                                   "has the replicate weight %s, which the first file lacks", name);
        }
    peil_names_clear(&patterns);
    return status;
}

/* ---- the weights ---- */

static const char *fault_of(const peil_coder *coder, size_t i, peil_decimal weight) {
    const bool weighs_nothing = coder->codes.weight[i].digits == 0;
    if (weight.scale == PEIL_NO_ANSWER)
        return weighs_nothing && coder->plan->missing_weight_is_zero
                   ? NULL
                   : "the replicate weight is missing";
    if (weight.digits < 0 && !coder->plan->replicates_go_below_zero)
        return "the replicate weight is negative";
    return NULL;
}

/* Who has no weight at all, where that is 0, has none in any replicate. */
static peil_status take_replicate(peil_coder *coder, size_t r, peil_fault *fault) {
    const size_t column = coder->plan->replicates[r];
    peil_decimal *weight = coder->codes.replicate[r];
    PEIL_TRY(peil_coder_numbers(coder, column, PEIL_ROLE_DESIGN, weight, fault));
    for (size_t i = 0; i < coder->codes.rows; i++) {
        if (weight[i].digits > 0) {
            coder->weighs[r] = true;
            continue;
        }
        const char *message = fault_of(coder, i, weight[i]);
        if (message) peil_coder_refuse(coder, coder->row[i], column, message);
        if (weight[i].scale == PEIL_NO_ANSWER) weight[i] = (peil_decimal){0, 0};
    }
    return PEIL_OK;
}

peil_status peil_coder_take_replicates(peil_coder *coder, peil_fault *fault) {
    for (size_t r = 0; r < coder->plan->nreplicates; r++) PEIL_TRY(take_replicate(coder, r, fault));
    return PEIL_OK;
}

peil_status peil_coder_check_replicates(const peil_coder *coder, peil_fault *fault) {
    const bool is_empty = coder->catalog.levels[0].nodes.count == 0; /* nobody in the sample */
    for (size_t r = 0; r < coder->plan->nreplicates && !is_empty; r++)
        if (!coder->weighs[r])
            return peil_refuse(fault, 0, coder->batch->columns[coder->plan->replicates[r]].name,
                               "the replicate weight is 0 for everybody");
    return PEIL_OK;
}

peil_status peil_coder_make_replicates(peil_coder *coder, size_t rows, peil_fault *fault) {
    const size_t n = coder->plan->nreplicates;
    if (n == 0) return PEIL_OK;
    PEIL_TRY(peil_array_make(&coder->weighs, n, sizeof *coder->weighs, fault));
    PEIL_TRY(peil_array_make(&coder->codes.replicate, n, sizeof *coder->codes.replicate, fault));
    for (; coder->codes.nreplicates < n; coder->codes.nreplicates++)
        PEIL_TRY(peil_array_make(&coder->codes.replicate[coder->codes.nreplicates], rows,
                                 sizeof(peil_decimal), fault));
    return PEIL_OK;
}

void peil_coder_clear_replicates(peil_coder *coder) {
    for (size_t r = 0; r < coder->codes.nreplicates; r++) free(coder->codes.replicate[r]);
    free(coder->codes.replicate);
    free(coder->weighs);
}
