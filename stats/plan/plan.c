/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define MARGIN_BY_MOST 10 /* 2^n margins */

/* ---- measures and questions ---- */

/* Ordered comparisons need numbers; equality needs codes, which one look-up answers. */
static peil_status want_leaf(peil_condition *leaf, void *context, peil_fault *fault) {
    const bool ordered = leaf->node == PEIL_COMPARE && leaf->op > PEIL_UNEQUAL;
    return peil_batch_want(context, leaf->variable, ordered ? PEIL_AS_NUMBERS : PEIL_AS_CODES,
                           &leaf->column, fault);
}

static peil_status want_condition(peil_condition *condition, peil_batch *batch, peil_fault *fault) {
    return peil_condition_each(condition, want_leaf, batch, fault);
}

static peil_status want_measure(peil_measure *measure, peil_batch *batch, peil_fault *fault) {
    const bool coded = measure->form & (PEIL_FORM_CATEGORIES | PEIL_FORM_INDEX);
    for (size_t i = 0; i < measure->nvariables; i++)
        PEIL_TRY(peil_batch_want(batch, measure->variables[i].variable,
                                 coded ? PEIL_AS_CODES : PEIL_AS_NUMBERS,
                                 &measure->variables[i].column, fault));
    return want_condition(measure->condition, batch, fault);
}

/* What respondents are asked: a score, whatever is done with it. */
static peil_form question_form(const peil_measure *measure) {
    return measure->form & PEIL_FORMS_OF_SCALE ? PEIL_FORM_SCALE : measure->form;
}

static bool same_question(const peil_question *question, const peil_measure *measure,
                          bool includes_missing) {
    return question_form(question->measure) == question_form(measure) &&
           question->includes_missing == includes_missing &&
           strcmp(question->measure->question, measure->question) == 0;
}

static peil_shape shape_of(peil_form form) {
    return (peil_shape){
        .coded = form & (PEIL_FORM_NOTHING | PEIL_FORM_CONDITION | PEIL_FORM_CATEGORIES),
        .ncodes = form == PEIL_FORM_NOTHING     ? 1
                  : form == PEIL_FORM_CONDITION ? 2
                                                : 0,
        .pairs = form == PEIL_FORM_RATIO,
        .keeps_b = form & (PEIL_FORM_RATIO | PEIL_FORM_SCALE | PEIL_FORM_ITEMS),
        .discrete = form & (PEIL_FORM_INDEX | PEIL_FORM_SCALE | PEIL_FORM_ITEMS),
    };
}

static void ask(peil_plan *plan, size_t m, bool includes_missing) {
    const peil_measure *measure = &plan->measures[m];
    size_t q = 0;
    while (q < plan->nquestions && !same_question(&plan->questions[q], measure, includes_missing))
        q++;
    if (q == plan->nquestions)
        plan->questions[plan->nquestions++] =
            (peil_question){measure, shape_of(question_form(measure)), includes_missing};
    plan->questions[q].shape.squares |= measure->kind->squares;
    plan->questions[q].shape.is_total |= measure->kind->is_total;
    plan->questions[q].shape.discrete |= measure->kind->ranks;
    plan->question_of[m] = q;
}

/* Two figures of one name could not be told apart in the output. */
static peil_status check_name(const peil_plan *plan, const peil_measure *measure,
                              peil_fault *fault) {
    for (const peil_measure *other = plan->measures; other < measure; other++)
        if (strcmp(other->name, measure->name) == 0 && strcmp(other->text, measure->text) != 0)
            return peil_fail(fault, PEIL_EUSAGE, "two measures are named %s: %s and %s",
                             measure->name, other->text, measure->text);
    return PEIL_OK;
}

static peil_status make_measures(const peil_request *request, peil_kinds kinds, peil_plan *plan,
                                 peil_batch *batch, peil_fault *fault) {
    const size_t n = request->measures.n;
    if (n == 0 && request->targets.n == 0)
        return peil_fail(fault, PEIL_EUSAGE, "there is no measure; give one with -m");
    PEIL_TRY(peil_array_make(&plan->measures, n, sizeof *plan->measures, fault));
    PEIL_TRY(peil_array_make(&plan->questions, n, sizeof *plan->questions, fault));
    PEIL_TRY(peil_array_make(&plan->question_of, n, sizeof *plan->question_of, fault));
    for (size_t m = 0; m < n; m++) {
        peil_measure *measure = &plan->measures[m];
        PEIL_TRY(peil_measure_parse(request->measures.word[m], kinds, measure, fault));
        plan->nmeasures++;
        PEIL_TRY(check_name(plan, measure, fault));
        PEIL_TRY(want_measure(measure, batch, fault));
        ask(plan, m, request->include_missing && measure->kind->is_percent);
    }
    return PEIL_OK;
}

static peil_status make_conditions(const peil_request *request, peil_plan *plan, peil_batch *batch,
                                   peil_fault *fault) {
    if (request->where) PEIL_TRY(peil_condition_parse(request->where, &plan->where, fault));
    if (request->sample) PEIL_TRY(peil_condition_parse(request->sample, &plan->sample, fault));
    PEIL_TRY(want_condition(plan->where, batch, fault));
    return want_condition(plan->sample, batch, fault);
}

/* ---- breakdowns and cubes ---- */

static uint64_t mask_of(const peil_breakdown *breakdown) {
    uint64_t mask = 0;
    for (size_t i = 0; i < breakdown->nby; i++) mask |= (uint64_t)1 << breakdown->by[i];
    return mask;
}

static bool has_breakdown(const peil_plan *plan, uint64_t mask) {
    for (size_t i = 0; i < plan->nbreakdowns; i++)
        if (mask_of(&plan->breakdowns[i]) == mask) return true;
    return false;
}

/* Appends a breakdown of those of `by` whose bit is in `chosen`, unless it is there already. */
static peil_status add_breakdown(peil_plan *plan, const size_t *by, size_t nby, uint64_t chosen,
                                 bool is_margin, peil_fault *fault) {
    peil_breakdown made = {.is_margin = is_margin};
    PEIL_TRY(peil_array_make(&made.by, nby, sizeof *made.by, fault));
    for (size_t i = 0; i < nby; i++)
        if (chosen >> i & 1) made.by[made.nby++] = by[i];
    peil_status status = PEIL_OK;
    const bool known = has_breakdown(plan, mask_of(&made));
    if (!known)
        status = peil_array_reserve(&plan->breakdowns, &plan->breakdowns_capacity,
                                    plan->nbreakdowns + 1, sizeof *plan->breakdowns, fault);
    if (known || status != PEIL_OK)
        free(made.by);
    else
        plan->breakdowns[plan->nbreakdowns++] = made;
    return status;
}

static size_t count_bits(uint64_t bits) {
    size_t n = 0;
    for (; bits; bits &= bits - 1) n++;
    return n;
}

/* The margins of a breakdown, larger ones first, all but the grand total. */
static peil_status add_margins(peil_plan *plan, const size_t *by, size_t nby, peil_fault *fault) {
    if (nby > MARGIN_BY_MOST)
        return peil_fail(fault, PEIL_EUSAGE, "--margins takes at most %d variables in a breakdown",
                         MARGIN_BY_MOST);
    for (size_t size = nby; size-- > 1;)
        for (uint64_t chosen = ((uint64_t)1 << nby) - 1; chosen-- > 1;) {
            uint64_t mirrored = 0; /* so that the first variables come first */
            for (size_t i = 0; i < nby; i++) mirrored |= (chosen >> i & 1) << (nby - 1 - i);
            if (count_bits(chosen) == size)
                PEIL_TRY(add_breakdown(plan, by, nby, mirrored, true, fault));
        }
    return PEIL_OK;
}

static peil_status want_by(peil_plan *plan, peil_batch *batch, const char *name, size_t *index,
                           peil_fault *fault) {
    size_t column;
    PEIL_TRY(peil_batch_want(batch, name, PEIL_AS_CODES, &column, fault));
    for (*index = 0; *index < plan->nby; ++*index)
        if (plan->by[*index] == column) return PEIL_OK;
    if (plan->nby == PEIL_BY_MOST)
        return peil_fail(fault, PEIL_EUSAGE, "--by takes at most %d variables", PEIL_BY_MOST);
    PEIL_TRY(
        peil_array_reserve(&plan->by, &plan->by_capacity, plan->nby + 1, sizeof *plan->by, fault));
    plan->by[plan->nby++] = column;
    return PEIL_OK;
}

static peil_status make_by(const char *text, peil_plan *plan, peil_batch *batch, size_t *by,
                           size_t *nby, peil_fault *fault) {
    peil_names names = {0};
    peil_status status = peil_names_split(text, "--by", &names, fault);
    if (status == PEIL_OK && names.n > PEIL_BY_MOST)
        status = peil_fail(fault, PEIL_EUSAGE, "--by takes at most %d variables", PEIL_BY_MOST);
    *nby = 0;
    for (size_t i = 0; i < names.n && status == PEIL_OK; i++) {
        status = want_by(plan, batch, names.names[i], &by[*nby], fault);
        for (size_t k = 0; k < *nby && status == PEIL_OK; k++)
            if (by[k] == by[*nby])
                status = peil_fail(fault, PEIL_EUSAGE, "--by names %s twice", names.names[i]);
        ++*nby;
    }
    peil_names_clear(&names);
    return status;
}

/* Breakdowns as asked come before any margin, so that no margin repeats one; then each margin is
 * put behind the breakdown it belongs to, and the grand total last. */
static peil_status make_breakdowns(const peil_request *request, peil_plan *plan, peil_batch *batch,
                                   peil_fault *fault) {
    size_t by[PEIL_BY_MOST], nby = 0, asked = 0;
    for (size_t i = 0; i < request->by.n; i++) {
        PEIL_TRY(make_by(request->by.word[i], plan, batch, by, &nby, fault));
        PEIL_TRY(add_breakdown(plan, by, nby, UINT64_MAX, false, fault));
    }
    asked = plan->nbreakdowns;
    for (size_t i = 0; request->margins && i < asked; i++)
        PEIL_TRY(add_margins(plan, plan->breakdowns[i].by, plan->breakdowns[i].nby, fault));
    if (request->margins || request->total || asked == 0)
        PEIL_TRY(add_breakdown(plan, by, 0, 0, asked > 0, fault));
    return PEIL_OK;
}

/* The first asked breakdown that a margin is part of. */
static size_t home_of(const peil_plan *plan, size_t b) {
    if (!plan->breakdowns[b].is_margin) return b;
    if (plan->breakdowns[b].nby == 0) return plan->nbreakdowns;
    const uint64_t mask = mask_of(&plan->breakdowns[b]);
    size_t home = 0;
    while (mask & ~mask_of(&plan->breakdowns[home])) home++;
    return home;
}

static peil_status order_breakdowns(peil_plan *plan, peil_fault *fault) {
    peil_breakdown *ordered = NULL;
    PEIL_TRY(peil_array_make(&ordered, plan->nbreakdowns, sizeof *ordered, fault));
    size_t n = 0;
    for (size_t home = 0; home <= plan->nbreakdowns; home++)
        for (size_t b = 0; b < plan->nbreakdowns; b++)
            if (home_of(plan, b) == home) ordered[n++] = plan->breakdowns[b];
    free(plan->breakdowns);
    plan->breakdowns = ordered;
    plan->breakdowns_capacity = plan->nbreakdowns;
    return PEIL_OK;
}

static peil_status add_cube(peil_plan *plan, const peil_breakdown *breakdown, peil_fault *fault) {
    peil_cube *cube = &plan->catalog.cubes[plan->catalog.ncubes++];
    const size_t n = breakdown->nby + peil_plan_is_standardised(plan);
    PEIL_TRY(peil_array_make(&cube->by, n, sizeof *cube->by, fault));
    PEIL_TRY(peil_array_make(&cube->chain, n, sizeof *cube->chain, fault));
    memcpy(cube->by, breakdown->by, breakdown->nby * sizeof *cube->by);
    for (cube->nby = breakdown->nby; cube->nby < n; cube->nby++) cube->by[cube->nby] = plan->nby;
    return PEIL_OK;
}

/* A breakdown that is part of a finer one is added up from it; the others have cubes. */
static peil_status make_cubes(peil_plan *plan, peil_fault *fault) {
    const size_t n = plan->nbreakdowns;
    PEIL_TRY(peil_array_make(&plan->catalog.cubes, n, sizeof *plan->catalog.cubes, fault));
    for (size_t b = 0; b < n; b++) {
        size_t finest = b;
        for (size_t k = 0; k < n; k++)
            if (plan->breakdowns[k].nby > plan->breakdowns[finest].nby &&
                !(mask_of(&plan->breakdowns[b]) & ~mask_of(&plan->breakdowns[k])))
                finest = k;
        if (finest == b) {
            plan->breakdowns[b].cube = plan->catalog.ncubes;
            PEIL_TRY(add_cube(plan, &plan->breakdowns[b], fault));
        }
    }
    for (size_t b = 0; b < n; b++) {
        const uint64_t mask = mask_of(&plan->breakdowns[b]);
        for (size_t c = plan->catalog.ncubes; c-- > 0;) {
            const peil_cube *cube = &plan->catalog.cubes[c];
            if (!(mask & ~mask_of(&(peil_breakdown){.nby = cube->nby, .by = cube->by})))
                plan->breakdowns[b].cube = c;
        }
    }
    return PEIL_OK;
}

/* ---- design ---- */

static peil_status add_level(peil_plan *plan, peil_batch *batch, const char *name, peil_level level,
                             peil_fault *fault) {
    level.column = PEIL_NO_COLUMN;
    if (name) PEIL_TRY(peil_batch_want(batch, name, PEIL_AS_CODES, &level.column, fault));
    plan->catalog.levels[plan->catalog.nlevels++] = level;
    return PEIL_OK;
}

static peil_status add_stage(peil_plan *plan, peil_batch *batch, size_t stage,
                             const peil_names *strata, const char *cluster, peil_fault *fault) {
    for (size_t i = 0; i + 1 < strata->n; i++)
        PEIL_TRY(add_level(plan, batch, strata->names[i], (peil_level){.stage = stage}, fault));
    PEIL_TRY(add_level(plan, batch, strata->n ? strata->names[strata->n - 1] : NULL,
                       (peil_level){.stage = stage, .is_stratum = true}, fault));
    if (!cluster) return PEIL_OK;
    return add_level(plan, batch, cluster, (peil_level){.stage = stage, .is_unit = true}, fault);
}

static peil_status make_fpc(const char *text, peil_plan *plan, peil_batch *batch,
                            peil_fault *fault) {
    if (!text) return PEIL_OK;
    peil_names names = {0};
    peil_status status = peil_names_split(text, "--fpc", &names, fault);
    if (status == PEIL_OK && names.n != plan->nstages)
        status = peil_fail(fault, PEIL_EUSAGE,
                           "--fpc names %zu variables where the design has %zu stages", names.n,
                           plan->nstages);
    if (status == PEIL_OK) status = peil_array_make(&plan->fpc, names.n, sizeof(size_t), fault);
    for (size_t i = 0; i < names.n && status == PEIL_OK; i++)
        status = peil_batch_want(batch, names.names[i], PEIL_AS_NUMBERS, &plan->fpc[i], fault);
    peil_names_clear(&names);
    return status;
}

static peil_status make_stages(const peil_words *strata, const peil_names *clusters,
                               peil_plan *plan, peil_batch *batch, peil_fault *fault) {
    plan->nstages = clusters->n ? clusters->n : 1;
    if (strata->n > plan->nstages)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--strata is given for %zu stages where --cluster gives %zu", strata->n,
                         plan->nstages);
    for (size_t stage = 0; stage < plan->nstages; stage++) {
        peil_names names = {0};
        peil_status status = PEIL_OK;
        if (stage < strata->n)
            status = peil_names_split(strata->word[stage], "--strata", &names, fault);
        const size_t room = plan->catalog.nlevels + names.n + 2;
        size_t capacity = plan->catalog.nlevels;
        if (status == PEIL_OK)
            status = peil_array_reserve(&plan->catalog.levels, &capacity, room,
                                        sizeof *plan->catalog.levels, fault);
        if (status == PEIL_OK)
            status = add_stage(plan, batch, stage, &names,
                               stage < clusters->n ? clusters->names[stage] : NULL, fault);
        peil_names_clear(&names);
        if (status != PEIL_OK) return status;
    }
    return PEIL_OK;
}

static peil_status make_weight(const char *text, peil_plan *plan, peil_batch *batch,
                               peil_fault *fault) {
    peil_names names = {0};
    peil_status status = peil_names_split(text, "--weight", &names, fault);
    if (status == PEIL_OK && names.n > 1)
        status = peil_fail(fault, PEIL_EUSAGE, "--weight takes one variable");
    if (status == PEIL_OK)
        status = peil_batch_want(batch, names.names[0], PEIL_AS_NUMBERS, &plan->weight, fault);
    peil_names_clear(&names);
    return status;
}

static peil_status make_design(const peil_request *request, peil_plan *plan, peil_batch *batch,
                               peil_fault *fault) {
    peil_names clusters = {0};
    peil_status status = PEIL_OK;
    if (request->cluster)
        status = peil_names_split(request->cluster, "--cluster", &clusters, fault);
    if (status == PEIL_OK) status = make_stages(&request->strata, &clusters, plan, batch, fault);
    peil_names_clear(&clusters);
    if (status == PEIL_OK) status = make_fpc(request->fpc, plan, batch, fault);
    plan->weight = PEIL_NO_COLUMN;
    if (status == PEIL_OK && request->weight)
        status = make_weight(request->weight, plan, batch, fault);
    plan->missing_weight_is_zero =
        request->missing_weight && strcmp(request->missing_weight, "zero") == 0;
    return status;
}

static peil_status make_ids(const peil_request *request, peil_plan *plan, peil_batch *batch,
                            peil_fault *fault) {
    peil_names names = {0};
    if (!request->id) return PEIL_OK;
    peil_status status = peil_names_split(request->id, "--id", &names, fault);
    if (status == PEIL_OK) status = peil_array_make(&plan->ids, names.n, sizeof(size_t), fault);
    for (size_t i = 0; i < names.n && status == PEIL_OK; i++)
        status =
            peil_batch_want(batch, names.names[i], PEIL_AS_CODES, &plan->ids[plan->nids++], fault);
    peil_names_clear(&names);
    return status;
}

peil_status peil_plan_make(const peil_request *request, peil_kinds kinds, peil_plan *plan,
                           peil_batch *batch, peil_fault *fault) {
    for (size_t i = 0; i < request->missing.n; i++)
        PEIL_TRY(peil_plan_missing(plan, request->missing.word[i], fault));
    PEIL_TRY(make_measures(request, kinds, plan, batch, fault));
    PEIL_TRY(make_conditions(request, plan, batch, fault));
    PEIL_TRY(make_breakdowns(request, plan, batch, fault));
    PEIL_TRY(order_breakdowns(plan, fault));
    PEIL_TRY(peil_plan_standard(request, plan, batch, fault));
    PEIL_TRY(make_cubes(plan, fault));
    PEIL_TRY(make_ids(request, plan, batch, fault));
    return make_design(request, plan, batch, fault);
}

void peil_plan_clear(peil_plan *plan) {
    for (size_t i = 0; i < plan->nmeasures; i++) peil_measure_clear(&plan->measures[i]);
    for (size_t i = 0; i < plan->nbreakdowns; i++) free(plan->breakdowns[i].by);
    for (size_t i = 0; i < plan->nmissing; i++) {
        for (size_t k = 0; k < plan->missing[i].n; k++)
            peil_literal_clear(&plan->missing[i].codes[k]);
        free(plan->missing[i].codes);
        free(plan->missing[i].variable);
    }
    free(plan->measures);
    free(plan->question_of);
    free(plan->questions);
    free(plan->by);
    free(plan->breakdowns);
    free(plan->fpc);
    free(plan->replicates);
    free(plan->ids);
    free(plan->missing);
    peil_measure_clear(&plan->standard);
    peil_condition_free(plan->where);
    peil_condition_free(plan->sample);
    peil_catalog_clear(&plan->catalog);
    *plan = (peil_plan){0};
}
