/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions over the rows of a batch, in the logic of three values (Kleene 1952): unknown where a
 * missing answer could change the outcome. */
#include <stdlib.h>

#include "core/array.h"
#include "plan/coder.h"

static bool in_list(const peil_condition *leaf, const peil_batch_column *column, uint32_t code) {
    for (size_t i = 0; i < leaf->nliterals; i++)
        if (peil_literal_is(&leaf->literals[i], column, code)) return true;
    return false;
}

static bool test_code(const peil_condition *leaf, const peil_batch_column *column, uint32_t code) {
    if (leaf->node == PEIL_IN || leaf->op <= PEIL_UNEQUAL)
        return in_list(leaf, column, code) != (leaf->node != PEIL_IN && leaf->op == PEIL_UNEQUAL);
    const peil_decimal value = column->dictionary.values[code].number;
    return peil_operator_holds(leaf->op, peil_decimal_compare(value, leaf->literals[0].number));
}

/* Order needs numbers: a text among the values is a fault of its record. */
static bool is_unordered(const peil_condition *leaf, const peil_dictionary *dictionary,
                         uint32_t code) {
    return leaf->node == PEIL_COMPARE && leaf->op > PEIL_UNEQUAL &&
           !dictionary->values[code].reads_number;
}

#define TEXT_IN_ORDER 3 /* in a table of truths alone: a fault */

/* One look-up a row: the truth is worked out once for each distinct value. */
static peil_status test_codes(peil_coder *coder, const peil_condition *leaf, peil_role role,
                              uint8_t *truth, peil_fault *fault) {
    const peil_batch_column *column = &coder->batch->columns[leaf->column];
    const peil_dictionary *dictionary = &column->dictionary;
    uint8_t *table;
    PEIL_TRY(peil_coder_missing_table(coder, leaf->column, role, &table, fault));
    for (uint32_t code = 0; code < dictionary->count; code++) {
        if (table[code])
            table[code] = PEIL_UNKNOWN;
        else if (is_unordered(leaf, dictionary, code))
            table[code] = TEXT_IN_ORDER;
        else
            table[code] = test_code(leaf, column, code) ? PEIL_TRUE : PEIL_FALSE;
    }
    for (size_t i = 0; i < coder->codes.rows; i++) {
        truth[i] = table[column->codes[coder->row[i]]];
        if (truth[i] == TEXT_IN_ORDER) {
            peil_coder_refuse(
                coder, coder->row[i], leaf->column,
                "text where a number is needed (--missing says which text is no answer)");
            truth[i] = PEIL_UNKNOWN;
            break;
        }
    }
    free(table);
    return PEIL_OK;
}

/* Columns of numbers are compared by order alone: the plan codes the others. */
static peil_status test_numbers(peil_coder *coder, const peil_condition *leaf, peil_role role,
                                uint8_t *truth, peil_fault *fault) {
    peil_decimal *numbers = NULL;
    PEIL_TRY(peil_array_make(&numbers, coder->codes.rows, sizeof *numbers, fault));
    const peil_status status = peil_coder_numbers(coder, leaf->column, role, numbers, fault);
    for (size_t i = 0; i < coder->codes.rows && status == PEIL_OK; i++)
        truth[i] = numbers[i].scale == PEIL_NO_ANSWER
                       ? PEIL_UNKNOWN
                       : peil_operator_holds(
                             leaf->op, peil_decimal_compare(numbers[i], leaf->literals[0].number));
    free(numbers);
    return status;
}

static uint8_t both(uint8_t a, uint8_t b) {
    if (a == PEIL_FALSE || b == PEIL_FALSE) return PEIL_FALSE;
    return a == PEIL_TRUE && b == PEIL_TRUE ? PEIL_TRUE : PEIL_UNKNOWN;
}

static uint8_t negated(uint8_t a) {
    return a == PEIL_UNKNOWN ? PEIL_UNKNOWN : a == PEIL_FALSE;
}

static peil_status test_joined(peil_coder *coder, const peil_condition *condition, peil_role role,
                               uint8_t *truth, peil_fault *fault) {
    uint8_t *other = NULL;
    PEIL_TRY(peil_array_make(&other, coder->codes.rows, 1, fault));
    peil_status status = peil_coder_condition(coder, condition->left, role, truth, fault);
    if (status == PEIL_OK)
        status = peil_coder_condition(coder, condition->right, role, other, fault);
    for (size_t i = 0; i < coder->codes.rows && status == PEIL_OK; i++)
        truth[i] = condition->node == PEIL_AND
                       ? both(truth[i], other[i])
                       : negated(both(negated(truth[i]), negated(other[i])));
    free(other);
    return status;
}

peil_status peil_coder_condition(peil_coder *coder, const peil_condition *condition, peil_role role,
                                 uint8_t *truth, peil_fault *fault) {
    if (condition->variable)
        return coder->batch->columns[condition->column].use == PEIL_AS_CODES
                   ? test_codes(coder, condition, role, truth, fault)
                   : test_numbers(coder, condition, role, truth, fault);
    if (condition->node != PEIL_NOT) return test_joined(coder, condition, role, truth, fault);
    PEIL_TRY(peil_coder_condition(coder, condition->left, role, truth, fault));
    for (size_t i = 0; i < coder->codes.rows; i++) truth[i] = negated(truth[i]);
    return PEIL_OK;
}
