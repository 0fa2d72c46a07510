/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan whose figures are calibrated. The g-weights are known only after the pass, and are the
 * same for all who have the same auxiliary values; so these go into the cells. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/targets.h"

/* Counts everybody once. */
static const peil_measure everybody = {.form = PEIL_FORM_NOTHING, .text = "count()"};

/* The key of a variable, new when no breakdown has it. */
static peil_status want_key(peil_plan *plan, peil_batch *batch, const char *name, size_t *key,
                            peil_fault *fault) {
    size_t column;
    PEIL_TRY(peil_batch_want(batch, name, PEIL_AS_CODES, &column, fault));
    for (*key = 0; *key < plan->nkeys; ++*key)
        if (plan->by[*key] == column) return PEIL_OK;
    if (plan->nkeys == PEIL_BY_MOST)
        return peil_fail(fault, PEIL_EUSAGE, "more than %d variables in --by and --targets",
                         PEIL_BY_MOST);
    PEIL_TRY(peil_array_reserve(&plan->by, &plan->by_capacity, plan->nkeys + 1, sizeof *plan->by,
                                fault));
    plan->by[plan->nkeys++] = column;
    return PEIL_OK;
}

static peil_status want_keys(peil_plan *plan, peil_targets *targets, peil_batch *batch,
                             peil_fault *fault) {
    for (size_t m = 0; m < targets->nmargins; m++)
        for (size_t i = 0; i < targets->margins[m].variables.n; i++)
            PEIL_TRY(want_key(plan, batch, targets->margins[m].variables.names[i],
                              &targets->margins[m].keys[i], fault));
    return PEIL_OK;
}

static bool has_key(const peil_cube *cube, size_t key) {
    size_t k = 0;
    while (k < cube->nby && cube->by[k] != key) k++;
    return k < cube->nby;
}

/* Crosses a cube with the variables of the targets that it does not have. */
static peil_status cross(peil_cube *cube, const peil_targets *targets, peil_fault *fault) {
    const size_t room = PEIL_BY_MOST;
    size_t capacity = cube->nby;
    PEIL_TRY(peil_array_extend(&cube->by, &capacity, room, sizeof *cube->by, fault));
    capacity = cube->nby;
    PEIL_TRY(peil_array_extend(&cube->chain, &capacity, room, sizeof *cube->chain, fault));
    for (size_t m = 0; m < targets->nmargins; m++)
        for (size_t i = 0; i < targets->margins[m].variables.n; i++)
            if (!has_key(cube, targets->margins[m].keys[i]))
                cube->by[cube->nby++] = targets->margins[m].keys[i];
    return PEIL_OK;
}

static peil_status add_everybody(peil_plan *plan, peil_fault *fault) {
    peil_catalog *catalog = &plan->catalog;
    size_t cubes = catalog->ncubes, questions = plan->nquestions;
    PEIL_TRY(peil_array_extend(&catalog->cubes, &cubes, cubes + 1, sizeof *catalog->cubes, fault));
    PEIL_TRY(peil_array_reserve(&plan->questions, &questions, questions + 1,
                                sizeof *plan->questions, fault));
    catalog->cubes[catalog->ncubes++] = (peil_cube){.everybody = true};
    plan->questions[plan->nquestions++] = (peil_question){
        .measure = &everybody, .shape = {.coded = true, .ncodes = 1, .everybody = true}};
    return PEIL_OK;
}

peil_status peil_plan_calibrate(peil_plan *plan, peil_targets *targets, peil_batch *batch,
                                peil_fault *fault) {
    plan->targets = targets;
    PEIL_TRY(want_keys(plan, targets, batch, fault));
    PEIL_TRY(add_everybody(plan, fault));
    for (size_t c = 0; c < plan->catalog.ncubes; c++)
        PEIL_TRY(cross(&plan->catalog.cubes[c], targets, fault));
    return PEIL_OK;
}
