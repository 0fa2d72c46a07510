/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions: each form of a measure's argument turned into answers, a function a form. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/coder.h"

static const peil_decimal none = {0, PEIL_NO_ANSWER};

/* count(): everybody answers. */
static peil_status answer_all(peil_coder *coder) {
    memset(coder->answers.code, 0, coder->codes.rows * sizeof *coder->answers.code);
    return PEIL_OK;
}

/* percent(q5 = 1): 1, 0, or no answer. */
static peil_status answer_condition(peil_coder *coder, const peil_question *question,
                                    peil_fault *fault) {
    uint8_t *truth = NULL;
    PEIL_TRY(peil_array_make(&truth, coder->codes.rows, 1, fault));
    const peil_status status =
        peil_coder_condition(coder, question->measure->condition, PEIL_ROLE_MEASURE, truth, fault);
    const uint32_t unknown = question->includes_missing ? PEIL_FALSE : PEIL_NONE;
    for (size_t i = 0; i < coder->codes.rows; i++)
        coder->answers.code[i] = truth[i] == PEIL_UNKNOWN ? unknown : truth[i];
    free(truth);
    return status;
}

/* percent(q5): the code of the answer. Code 0 stands for a missing answer that counts. */
static peil_status answer_categories(peil_coder *coder, const peil_question *question,
                                     peil_fault *fault) {
    const size_t column = question->measure->variables[0].column;
    const uint32_t *codes = coder->batch->columns[column].codes;
    uint8_t *missing;
    PEIL_TRY(peil_coder_missing_table(coder, column, PEIL_ROLE_MEASURE, &missing, fault));
    const uint32_t unknown = question->includes_missing ? PEIL_MISSING_CODE : PEIL_NONE;
    for (size_t i = 0; i < coder->codes.rows; i++) {
        const uint32_t code = codes[coder->row[i]];
        coder->answers.code[i] = missing[code] ? unknown : code;
    }
    free(missing);
    return PEIL_OK;
}

static peil_status answer_variable(peil_coder *coder, const peil_question *question,
                                   peil_fault *fault) {
    return peil_coder_numbers(coder, question->measure->variables[0].column, PEIL_ROLE_MEASURE,
                              coder->answers.a, fault);
}

/* ratio(a / b): valid when both are. */
static peil_status answer_ratio(peil_coder *coder, const peil_question *question,
                                peil_fault *fault) {
    PEIL_TRY(answer_variable(coder, question, fault));
    PEIL_TRY(peil_coder_numbers(coder, question->measure->variables[1].column, PEIL_ROLE_MEASURE,
                                coder->answers.b, fault));
    for (size_t i = 0; i < coder->codes.rows; i++)
        if (coder->answers.b[i].scale == PEIL_NO_ANSWER) coder->answers.a[i] = none;
    return PEIL_OK;
}

#define NOT_LISTED (INT32_MAX - 1) /* the decimals of a value that the index does not give */

static peil_decimal index_value(const peil_measure *measure, const peil_batch_column *column,
                                uint32_t code) {
    for (size_t i = 0; i < measure->nlevels; i++)
        if (peil_literal_is(&measure->levels[i].answer, column, code))
            return measure->levels[i].value;
    return (peil_decimal){0, NOT_LISTED};
}

/* index(q: 1 = 0, 2 = 50): the value of the answer. */
static peil_status answer_index(peil_coder *coder, const peil_question *question,
                                peil_fault *fault) {
    const size_t column = question->measure->variables[0].column;
    const peil_batch_column *c = &coder->batch->columns[column];
    uint8_t *missing = NULL;
    peil_decimal *values = NULL;
    PEIL_TRY(peil_array_make(&values, c->dictionary.count, sizeof *values, fault));
    peil_status status =
        peil_coder_missing_table(coder, column, PEIL_ROLE_MEASURE, &missing, fault);
    for (uint32_t code = 0; code < c->dictionary.count && status == PEIL_OK; code++)
        values[code] = missing[code] ? none : index_value(question->measure, c, code);
    for (size_t i = 0; i < coder->codes.rows && status == PEIL_OK; i++) {
        const peil_decimal value = values[c->codes[coder->row[i]]];
        coder->answers.a[i] = value;
        if (value.scale != NOT_LISTED) continue;
        peil_coder_refuse(
            coder, coder->row[i], column,
            "an answer that the index does not list (--missing says which code is no answer)");
        break;
    }
    free(values);
    free(missing);
    return status;
}

peil_status peil_coder_answer(peil_coder *coder, size_t question, peil_fault *fault) {
    const peil_question *q = &coder->plan->questions[question];
    switch (q->measure->form) {
        case PEIL_FORM_NOTHING:
            return answer_all(coder);
        case PEIL_FORM_CONDITION:
            return answer_condition(coder, q, fault);
        case PEIL_FORM_CATEGORIES:
            return answer_categories(coder, q, fault);
        case PEIL_FORM_VARIABLE:
            return answer_variable(coder, q, fault);
        case PEIL_FORM_RATIO:
            return answer_ratio(coder, q, fault);
        case PEIL_FORM_INDEX:
            return answer_index(coder, q, fault);
        case PEIL_FORM_SCALE:
        case PEIL_FORM_CLASSES:
        case PEIL_FORM_SCORE:
            return peil_coder_scores(coder, question, fault);
        case PEIL_FORM_ITEMS:
            return peil_coder_patterns(coder, question, fault);
    }
    return PEIL_OK;
}
