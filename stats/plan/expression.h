/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small language of measures and conditions, as trees.
 *
 *     measure    [NAME :] kind ( argument )
 *     condition  q5 = 1   q5 in (1, 2)   q5 >= 4   q5 = "ja"   a = 1 and b <> 2   not (...)
 *
 * Names are letters, digits and _ . $ @ #; others stand between backquotes. */
#ifndef PEIL_PLAN_EXPRESSION_H
#define PEIL_PLAN_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/kind.h"
#include "core/text.h"

/* A value that a user wrote. */
typedef struct peil_literal {
    bool is_text;        /* between quotes */
    char *text;          /* as written, without the quotes; for a number its canonical text */
    peil_decimal number; /* when !is_text */
} peil_literal;

typedef enum peil_operator {
    PEIL_EQUAL,
    PEIL_UNEQUAL,
    PEIL_LESS,
    PEIL_LESS_EQUAL,
    PEIL_MORE,
    PEIL_MORE_EQUAL
} peil_operator;

typedef enum peil_node {
    PEIL_COMPARE, /* variable operator literals[0] */
    PEIL_IN,      /* variable in literals */
    PEIL_AND,     /* left and right */
    PEIL_OR,
    PEIL_NOT /* left */
} peil_node;

typedef struct peil_condition {
    peil_node node;
    struct peil_condition *left, *right;
    char *variable;
    size_t column; /* of the batch; set by the plan */
    peil_operator op;
    size_t nliterals, literals_capacity;
    peil_literal *literals;
} peil_condition;

typedef struct peil_measure {
    const peil_kind *kind;
    peil_form form;
    char *name; /* what the user calls it, else the canonical text */
    char *text; /* canonical text */

    size_t nvariables,
        variables_capacity; /* VARIABLE, CATEGORIES, INDEX: 1; RATIO: 2; SCALE: items */
    struct peil_item {
        char *variable;
        bool reversed; /* SCALE: counts from the other end */
        size_t column; /* of the batch; set by the plan */
    } * variables;
    peil_condition *condition; /* CONDITION */

    size_t nlevels, levels_capacity; /* INDEX: answer = value */
    struct peil_recode {
        peil_literal answer;
        peil_decimal value;
    } * levels;

    peil_decimal item_low, item_high, score_low, score_high; /* SCALE */
    size_t min_valid;                                        /* SCALE: items that must be valid */
} peil_measure;

/* The kind of that name, or NULL, and all of them for suggestions; given by who knows the rows. */
typedef struct peil_kinds {
    size_t n;
    const peil_kind *const *kinds;
} peil_kinds;

/* Parses; PEIL_EUSAGE with a message that shows the text and points at the character. The caller
 * clears (frees) what is made. */
peil_status peil_measure_parse(const char *text, peil_kinds kinds, peil_measure *out,
                               peil_fault *fault) PEIL_CHECKED;
peil_status peil_condition_parse(const char *text, peil_condition **out,
                                 peil_fault *fault) PEIL_CHECKED;

/* The one way to write it. */
void peil_condition_print(const peil_condition *condition, peil_text *out);
void peil_measure_print(const peil_measure *measure, peil_text *out); /* without NAME */

void peil_measure_clear(peil_measure *measure);
void peil_condition_free(peil_condition *condition);
void peil_literal_clear(peil_literal *literal);

/* Calls `visit` for every comparison in the tree, left to right, until one fails. */
peil_status peil_condition_each(peil_condition *condition,
                                peil_status (*visit)(peil_condition *leaf, void *context,
                                                     peil_fault *fault),
                                void *context, peil_fault *fault) PEIL_CHECKED;

#endif
