/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The population that figures are standardised to, as the user wrote it. */
#include "core/array.h"
#include "plan/plan.h"

static peil_status check_shares(const peil_measure *standard, peil_fault *fault) {
    for (size_t i = 0; i < standard->nlevels; i++)
        if (standard->levels[i].value.digits <= 0)
            return peil_fail(fault, PEIL_EUSAGE, "--standardise: the share of %s is not above 0",
                             standard->levels[i].answer.text);
    return PEIL_OK;
}

/* A group of one class cannot have the shares of all. */
static peil_status check_breakdowns(const peil_plan *plan, size_t column, const char *name,
                                    peil_fault *fault) {
    for (size_t i = 0; i < plan->nby; i++)
        if (plan->by[i] == column)
            return peil_fail(fault, PEIL_EUSAGE,
                             "--standardise gives every group the same %s, so that there are no "
                             "figures by it",
                             name);
    return PEIL_OK;
}

peil_status peil_plan_check_standard(const peil_plan *plan, peil_fault *fault) {
    for (size_t m = 0; m < plan->nmeasures && peil_plan_is_standardised(plan); m++)
        if (!plan->measures[m].kind->is_mean)
            return peil_fail(fault, PEIL_EUSAGE,
                             "--standardise takes percent, mean, index and scale, not %s",
                             plan->measures[m].text);
    return PEIL_OK;
}

/* Puts its column behind those of the breakdowns. */
static peil_status add_column(peil_plan *plan, size_t column, peil_fault *fault) {
    if (plan->nby == PEIL_BY_MOST)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--by takes fewer than %d variables with --standardise", PEIL_BY_MOST);
    PEIL_TRY(
        peil_array_reserve(&plan->by, &plan->by_capacity, plan->nby + 1, sizeof *plan->by, fault));
    plan->by[plan->nby] = column;
    plan->nkeys = plan->nby + 1;
    return PEIL_OK;
}

peil_status peil_plan_standard(const peil_request *request, peil_plan *plan, peil_batch *batch,
                               peil_fault *fault) {
    peil_measure *standard = &plan->standard;
    plan->nkeys = plan->nby;
    if (!request->standardise) return PEIL_OK;
    PEIL_TRY(peil_standard_parse(request->standardise, standard, fault));
    PEIL_TRY(check_shares(standard, fault));
    struct peil_item *item = &standard->variables[0];
    PEIL_TRY(peil_batch_want(batch, item->variable, PEIL_AS_CODES, &item->column, fault));
    PEIL_TRY(check_breakdowns(plan, item->column, item->variable, fault));
    return add_column(plan, item->column, fault);
}
