/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will be added up, decided once: the request's words resolved to columns of a batch. */
#ifndef PEIL_PLAN_PLAN_H
#define PEIL_PLAN_PLAN_H

#include "plan/catalog.h"
#include "plan/codes.h"
#include "plan/expression.h"
#include "plan/request.h"
#include "read/batch.h"
#include "read/hierarchy.h"
#include "read/reader.h"

#define PEIL_BY_MOST 64 /* by variables in a request: a breakdown is a set of bits */

/* Missing codes of one variable. */
typedef struct peil_missing_codes {
    char *variable; /* NULL: every variable that a measure reads */
    size_t n, capacity;
    peil_literal *codes;
} peil_missing_codes;

/* A question put to every respondent. Measures that read the same answers share one. */
typedef struct peil_question {
    const peil_measure *measure; /* the first that asks it; its form and variables define it */
    peil_shape shape;
    bool includes_missing; /* no valid answer counts as "no" */
} peil_question;

/* Rows of the output that cross the same variables. */
typedef struct peil_breakdown {
    size_t nby;
    size_t *by; /* indexes of the plan's by variables, in the order of the request */
    bool is_margin;
    size_t cube;
} peil_breakdown;

typedef struct peil_targets peil_targets;

typedef struct peil_plan {
    size_t nmeasures;
    peil_measure *measures;
    size_t *question_of; /* by measure */
    size_t nquestions;
    peil_question *questions;
    peil_condition *where, *sample; /* or NULL */
    size_t nby, by_capacity;
    size_t *by;   /* columns of the batch */
    size_t nkeys; /* by variables and, behind them in `by`, those that are none: the standard's,
                   * which is the first, and auxiliary ones */
    peil_measure standard; /* VAR: VALUE = SHARE, ... as an index has it; no levels: none */
    size_t nbreakdowns, breakdowns_capacity;
    peil_breakdown *breakdowns;
    size_t weight; /* column, or PEIL_NO_COLUMN: every weight 1 */
    bool missing_weight_is_zero;
    size_t nstages;
    size_t *fpc; /* columns by stage, or NULL */
    size_t nreplicates;
    size_t *replicates;            /* columns */
    bool replicates_go_below_zero; /* some surveys publish such weights */
    size_t nmissing, missing_capacity;
    peil_missing_codes *missing;
    const peil_hierarchy *hierarchy; /* of areas, or NULL; borrowed */
    size_t nids;
    size_t *ids;           /* columns that say which row is which */
    peil_targets *targets; /* of the calibration; NULL: there is none; borrowed */
    peil_catalog catalog;  /* empty levels and cubes, to begin from */
} peil_plan;

/* Makes a plan and the batch's columns for it. `request` must outlive the plan. The caller clears
 * both, also after a failure. PEIL_EUSAGE where the words are wrong. */
peil_status peil_plan_make(const peil_request *request, peil_kinds kinds, peil_plan *plan,
                           peil_batch *batch, peil_fault *fault) PEIL_CHECKED;

/* Finds the variables of request->repweights in a header ('*' and '?' stand for any letters, and
 * for one) and adds them to the batch's columns. Refuses a pattern without a variable, one that
 * takes in the weight, and a single variable. */
peil_status peil_plan_replicates(const peil_request *request, const peil_header *header,
                                 peil_plan *plan, peil_batch *batch,
                                 peil_fault *fault) PEIL_CHECKED;

/* Refuses another file that has a variable more of that pattern. */
peil_status peil_plan_check_replicates(const peil_request *request, const peil_header *header,
                                       const peil_plan *plan, const peil_batch *batch,
                                       peil_fault *fault) PEIL_CHECKED;

/* Makes a plan calibrated: every cube is crossed with the variables of the targets, and the last
 * cube holds everybody, --where or not, by those variables alone. `targets` must outlive the plan.
 * Before the batch is allocated. */
peil_status peil_plan_calibrate(peil_plan *plan, peil_targets *targets, peil_batch *batch,
                                peil_fault *fault) PEIL_CHECKED;

/* Reads request->standardise into the plan, once it has its breakdowns: every cube gets the
 * variable too. Refuses a share that is not above 0, and a breakdown by the variable itself. */
peil_status peil_plan_standard(const peil_request *request, peil_plan *plan, peil_batch *batch,
                               peil_fault *fault) PEIL_CHECKED;

/* Refuses to standardise a measure that is no mean. */
peil_status peil_plan_check_standard(const peil_plan *plan, peil_fault *fault) PEIL_CHECKED;

/* Whether the figures are standardised. */
static inline bool peil_plan_is_standardised(const peil_plan *plan) {
    return plan->standard.nlevels > 0;
}

/* Whether a value that a user wrote, or a label, is this value of the column. */
bool peil_literal_is(const peil_literal *literal, const peil_batch_column *column, uint32_t code);
bool peil_literal_is_number(const peil_literal *literal, const peil_variable *about,
                            peil_decimal number);

/* Refuses text that a user wrote for a variable when it is a value and the label of another one,
 * or when it is neither a value nor a label of a variable of labelled numbers: PEIL_EDATA. After
 * all data were read. */
peil_status peil_plan_check_labels(const peil_plan *plan, const peil_batch *batch,
                                   peil_fault *fault) PEIL_CHECKED;

/* Refuses text that a user wrote for a column when it named other values in a file than it does by
 * the labels of all files together: PEIL_EDATA. met: the column as the file was read, with the
 * values it had; now: what all files say of it; has_rows: the file has some in the sample. */
peil_status peil_plan_check_naming(const peil_plan *plan, size_t column,
                                   const peil_batch_column *met, const peil_variable *now,
                                   bool has_rows, peil_fault *fault) PEIL_CHECKED;

void peil_plan_clear(peil_plan *plan);

/* Splits "a,b" into names without spaces around, nor the backquotes of names that need them;
 * PEIL_EUSAGE for an empty one. The caller frees with peil_names_clear. `option` is for the
 * message. */
typedef struct peil_names {
    size_t n, capacity;
    char **names;
} peil_names;
peil_status peil_names_split(const char *text, const char *option, peil_names *out,
                             peil_fault *fault) PEIL_CHECKED;
void peil_names_clear(peil_names *names);

/* The same at another mark, and a name may be empty. */
peil_status peil_names_cut(const char *text, char mark, peil_names *out,
                           peil_fault *fault) PEIL_CHECKED;

/* Reads "q1,q2: 8 9" or "9 NA" into the plan. */
peil_status peil_plan_missing(peil_plan *plan, const char *text, peil_fault *fault) PEIL_CHECKED;

#endif
