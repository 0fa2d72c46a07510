/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small language of measures and conditions, as trees.
 *
 *     measure    [NAME :] kind ( argument [, share] [; rule] )
 *     scale      scale ( a, -b, c ; 1..5 -> 0..10 ; min 2 ; impute mean )
 *                scale ( a, -b, c ; 1..3 ; count 2 3 ; min 2 )
 *                scale ( SHIPPED : a, b, c ; min 2 )
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
#include "scale/scale.h"

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

/* Whether `op` holds for a value that is less than (order < 0), equal to or more than another. */
bool peil_operator_holds(peil_operator op, int order);

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

/* How items make a score. */
typedef struct peil_rule {
    const peil_scale *scale; /* the shipped scale that it is, or NULL */
    peil_counting counting;
    peil_decimal item_low, item_high;   /* the items' range: of points when shipped, else answers */
    peil_decimal score_low, score_high; /* MEAN */
    size_t ncodes, codes_capacity;
    peil_decimal *codes; /* COUNT, not shipped: the answers that add 1 */
    size_t min_valid;    /* items that must be valid */
    bool imputes;        /* a missing item gets its mean in the sample */
} peil_rule;

typedef struct peil_measure {
    const peil_kind *kind;
    peil_form form;
    char *name;     /* what the user calls it, else the canonical text */
    char *text;     /* canonical text */
    char *question; /* canonical text of what respondents are asked: figures share questions */

    size_t nvariables,
        variables_capacity; /* VARIABLE, CATEGORIES, INDEX: 1; RATIO: 2; of a scale: items */
    struct peil_item {
        char *variable;
        bool reversed; /* of a scale: counts from the other end */
        size_t column; /* of the batch; set by the plan */
    } * variables;
    peil_condition *condition; /* CONDITION; SCORE: on the score, one leaf without a variable */

    size_t nlevels, levels_capacity; /* INDEX: answer = value */
    struct peil_recode {
        peil_literal answer;
        peil_decimal value;
    } * levels;

    peil_rule rule; /* SCALE, CLASSES, SCORE, ITEMS */

    peil_parameters parameters; /* of kinds that take them */
} peil_measure;

/* The forms of a measure that look at scores of one scale: they share its question. */
#define PEIL_FORMS_OF_SCALE (PEIL_FORM_SCALE | PEIL_FORM_CLASSES | PEIL_FORM_SCORE)

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

/* Parses "VAR: VALUE = SHARE, ...", the argument of an index, into a measure without a kind. */
peil_status peil_standard_parse(const char *text, peil_measure *out,
                                peil_fault *fault) PEIL_CHECKED;

/* The one way to write it. */
void peil_condition_print(const peil_condition *condition, peil_text *out);
void peil_measure_print(const peil_measure *measure, peil_text *out); /* without NAME */
void peil_measure_print_question(const peil_measure *measure, peil_text *out);

void peil_measure_clear(peil_measure *measure);
void peil_condition_free(peil_condition *condition);
void peil_literal_clear(peil_literal *literal);

/* Calls `visit` for every comparison in the tree, left to right, until one fails. */
peil_status peil_condition_each(peil_condition *condition,
                                peil_status (*visit)(peil_condition *leaf, void *context,
                                                     peil_fault *fault),
                                void *context, peil_fault *fault) PEIL_CHECKED;

#endif
