/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches to codes. A coder owns the catalog of what it met; its work on a batch is column by
 * column. A fault in the data does not stop it at once: the batch's first faulty record decides. */
#ifndef PEIL_PLAN_CODER_H
#define PEIL_PLAN_CODER_H

#include "plan/areas.h"
#include "plan/plan.h"

/* What a declared code took away from a variable that measures read, and what stayed. */
typedef struct peil_removals {
    size_t column;
    size_t ncodes;
    const peil_literal **codes; /* borrowed from the plan */
    uint64_t *counts;           /* by code */
    bool any;                   /* low and high are set: a valid number was seen */
    peil_decimal low, high;
} peil_removals;

/* What imputing the missing items of a scale takes, by item: the points of all valid answers of the
 * sample, inside the domain or not. Empty for a question that imputes nothing. */
typedef struct peil_item_sums {
    size_t nitems;
    uint64_t *valid;
    peil_decimal *points;
    uint64_t imputed; /* items of the domain that were missing and do not bar a score */
} peil_item_sums;

typedef struct peil_coder {
    const peil_plan *plan;
    peil_batch *batch;
    peil_catalog catalog;
    uint32_t file; /* the number of the input file, for records; set by the caller */

    size_t nareas;
    peil_area_link *areas; /* those to one column together */
    size_t nremovals;
    peil_removals *removals;
    peil_item_sums *item_sums; /* by question */
    uint64_t missing_weights;  /* each taken as 0, or refused */
    uint64_t domain;           /* rows that meet --where */
    uint64_t *without_by;      /* by the plan's keys: respondents of the domain without a value */
    bool *weighs;              /* by replicate: somebody has a weight above 0 */

    /* of the batch at hand */
    peil_codes codes;
    uint32_t *row; /* by row of codes: the row of the batch */
    peil_answers answers;
    uint32_t *node;   /* scratch of as many rows */
    peil_fault fault; /* of the first faulty record so far, or PEIL_OK */
    size_t fault_row;
} peil_coder;

/* Values of a condition for a row. */
typedef enum peil_truth { PEIL_FALSE, PEIL_TRUE, PEIL_UNKNOWN } peil_truth;

/* Whether a measure reads the column, so that missing codes without a variable hold. */
typedef enum peil_role { PEIL_ROLE_DESIGN, PEIL_ROLE_MEASURE } peil_role;

/* The batch must be allocated. The caller clears. */
peil_status peil_coder_make(const peil_plan *plan, peil_batch *batch, peil_coder *coder,
                            peil_fault *fault) PEIL_CHECKED;

/* Codes the batch: coder->codes. */
peil_status peil_coder_code(peil_coder *coder, peil_fault *fault) PEIL_CHECKED;

/* Codes the answers to a question for the rows of coder->codes: coder->answers. */
peil_status peil_coder_answer(peil_coder *coder, size_t question, peil_fault *fault) PEIL_CHECKED;

/* The first fault in the batch, if there was one. */
peil_status peil_coder_verdict(const peil_coder *coder, peil_fault *fault) PEIL_CHECKED;

/* Refuses a replicate in which nobody has a weight. After all data were read. */
peil_status peil_coder_check_replicates(const peil_coder *coder, peil_fault *fault) PEIL_CHECKED;

/* Takes over what another coder met, made for the same plan with a batch of its own. The caller
 * clears the translation, also after a failure; a fault then names the record, and *file its file.
 */
peil_status peil_coder_merge(peil_coder *into, const peil_coder *from, peil_translation *out,
                             uint32_t *file, peil_fault *fault) PEIL_CHECKED;
void peil_translation_clear(peil_translation *translation);

void peil_coder_clear(peil_coder *coder);

/* What a coder in a state file can have met. */
typedef struct peil_coder_limits {
    size_t nfiles; /* records are in files below it */
    uint64_t rows; /* that passed --sample */
} peil_coder_limits;

/* Into a state file, and out of one: of a coder of the same plan that has met nothing; its batch
 * is loaded. */
void peil_coder_save(const peil_coder *coder, peil_text *out);
peil_status peil_coder_load(peil_coder *coder, const peil_coder_limits *limits, peil_unpacking *in,
                            peil_fault *fault) PEIL_CHECKED;

/* Gives the files of all records other numbers: to[number]. */
void peil_coder_renumber(peil_coder *coder, const uint32_t *to);

/* Gives the records of each file numbers that are higher: by by[number of the file]. */
void peil_coder_shift(peil_coder *coder, const uint64_t *by);

/* ---- for the files of the coder alone ---- */

/* Whether a row of coder->codes meets --where; the cells must be found. */
static inline bool peil_coder_in_domain(const peil_coder *coder, size_t i) {
    return coder->codes.cell[0][i] != PEIL_NONE;
}

/* Remembers a fault in a row of the batch, if no earlier row has one. */
void peil_coder_refuse(peil_coder *coder, size_t row, size_t column, const char *message);

/* Whether a code of a column is a declared missing code in that role, or empty. */
bool peil_coder_is_missing_code(const peil_coder *coder, size_t column, uint32_t code,
                                peil_role role);

/* A byte for each code of the column's dictionary: 1 when it is missing. The caller frees. */
peil_status peil_coder_missing_table(const peil_coder *coder, size_t column, peil_role role,
                                     uint8_t **table, peil_fault *fault) PEIL_CHECKED;

/* Whether a list of missing codes holds for a variable in a role. */
bool peil_missing_applies(const peil_missing_codes *codes, const char *variable, peil_role role);

/* The coder's removals: made once, added to by each batch. */
peil_status peil_removals_make(peil_coder *coder, peil_fault *fault) PEIL_CHECKED;
peil_status peil_removals_note(peil_coder *coder, peil_fault *fault) PEIL_CHECKED;
void peil_removals_clear(peil_coder *coder);

/* The answers to a scale's items: sums of points, and which items are missing; patterns of points.
 */
peil_status peil_coder_scores(peil_coder *coder, size_t question, peil_fault *fault) PEIL_CHECKED;
peil_status peil_coder_patterns(peil_coder *coder, size_t question, peil_fault *fault) PEIL_CHECKED;

/* The coder's item sums: made once, added to by each batch and by another coder's. */
peil_status peil_item_sums_make(peil_coder *coder, peil_fault *fault) PEIL_CHECKED;
bool peil_item_sums_add(peil_item_sums *sums, size_t item, uint64_t valid, peil_decimal points);
peil_status peil_item_sums_merge(peil_coder *into, const peil_coder *from,
                                 peil_fault *fault) PEIL_CHECKED;
void peil_item_sums_clear(peil_coder *coder);

/* Room for the replicate weights of so many rows, and those of the rows of coder->codes. */
peil_status peil_coder_make_replicates(peil_coder *coder, size_t rows,
                                       peil_fault *fault) PEIL_CHECKED;
peil_status peil_coder_take_replicates(peil_coder *coder, peil_fault *fault) PEIL_CHECKED;
void peil_coder_clear_replicates(peil_coder *coder);

/* Reads numbers of a column for the rows of coder->codes: out[i], scale PEIL_NO_ANSWER where it is
 * missing. Text is a fault. */
peil_status peil_coder_numbers(peil_coder *coder, size_t column, peil_role role, peil_decimal *out,
                               peil_fault *fault) PEIL_CHECKED;

/* Evaluates a condition for the rows of coder->codes. */
peil_status peil_coder_condition(peil_coder *coder, const peil_condition *condition, peil_role role,
                                 uint8_t *truth, peil_fault *fault) PEIL_CHECKED;

#endif
