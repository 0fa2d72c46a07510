/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/rule.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/date.h"

peil_status peil_rule_allow(peil_rule *rule, const char *text, size_t length, unsigned meaning,
                            peil_fault *fault) {
    char canonical[PEIL_DECIMAL_TEXT];
    PEIL_TRY(peil_array_reserve(&rule->allowed, &rule->allowed_capacity, rule->nallowed + 1,
                                sizeof *rule->allowed, fault));
    peil_allowed *made = &rule->allowed[rule->nallowed];
    *made = (peil_allowed){.meaning = meaning};
    made->is_number = peil_text_canonical(&text, &length, canonical, &made->number);
    PEIL_TRY(peil_string_copy(text, length, &made->text, fault));
    rule->nallowed++;
    return PEIL_OK;
}

/* Numbers by value, then text by bytes. */
static int compare(const void *a, const void *b) {
    const peil_allowed *x = a, *y = b;
    if (x->is_number != y->is_number) return x->is_number ? -1 : 1;
    return x->is_number ? peil_decimal_compare(x->number, y->number) : strcmp(x->text, y->text);
}

void peil_rule_finish(peil_rule *rule, const peil_allowed **twice) {
    *twice = NULL;
    if (rule->nallowed == 0) return;
    qsort(rule->allowed, rule->nallowed, sizeof *rule->allowed, compare);
    for (size_t i = 1; i < rule->nallowed && !*twice; i++)
        if (compare(&rule->allowed[i - 1], &rule->allowed[i]) == 0) *twice = &rule->allowed[i];
}

/* ---- one value ---- */

static const char *judge_kind(const peil_rule *rule, const char *text, bool reads_number,
                              peil_decimal number) {
    switch (rule->kind) {
        case PEIL_RULE_NONE:
            break;
        case PEIL_RULE_NUMBER:
            if (!reads_number) return "text where the schema says that there are numbers";
            break;
        case PEIL_RULE_WHOLE:
            if (!reads_number || number.scale > 0)
                return "no whole number, as the schema says that there are";
            break;
        case PEIL_RULE_DATE:
            if (!text || !peil_text_is_date(text))
                return "no date as the schema says that there are, such as 2015-03-01";
            break;
    }
    return NULL;
}

/* What is wrong with a value, NULL for nothing. Its text is not looked at when it is a number. */
static const char *judge(peil_rule *rule, const peil_allowed *value, bool reads_number) {
    const char *wrong = judge_kind(rule, value->text, reads_number, value->number);
    if (wrong || rule->nallowed == 0) return wrong;
    const peil_allowed *known =
        bsearch(value, rule->allowed, rule->nallowed, sizeof *rule->allowed, compare);
    if (!known) return "a value that is not among those that the schema lists";
    if (!rule->spelled[known->meaning]) rule->spelled[known->meaning] = known;
    return known->meaning == 0 || rule->spelled[known->meaning] == known
               ? NULL
               : "a second spelling of true or false";
}

static const char *judge_code(peil_rule *rule, const peil_batch_column *column, uint32_t code) {
    const peil_value *value = &column->dictionary.values[code];
    char *text = column->dictionary.bytes + value->offset;
    if (code == PEIL_MISSING_CODE ||
        (value->is_number ? peil_variable_lacks_number(&column->about, value->number)
                          : peil_variable_lacks_text(&column->about, text)))
        return NULL;
    const peil_allowed sought = {text, value->is_number, value->number, 0};
    return judge(rule, &sought, value->reads_number);
}

/* ---- a column ---- */

/* Each distinct value once. */
static peil_status check_codes(peil_rule *rule, const peil_batch_column *column, size_t *rows,
                               const char **message, peil_fault *fault) {
    bool *is_fine = NULL;
    size_t i = 0;
    PEIL_TRY(peil_array_make(&is_fine, column->dictionary.count, sizeof *is_fine, fault));
    for (; i < *rows; i++) {
        const uint32_t code = column->codes[i];
        if (is_fine[code]) continue;
        const char *wrong = judge_code(rule, column, code);
        if (wrong) {
            *message = wrong;
            break;
        }
        is_fine[code] = true;
    }
    free(is_fine);
    *rows = i;
    return PEIL_OK;
}

/* A number whose text is not at hand may be that of an allowed code: 7 is "07". */
static bool is_code(const peil_rule *rule, peil_decimal number) {
    peil_decimal read;
    for (size_t i = 0; i < rule->nallowed; i++) {
        const peil_allowed *allowed = &rule->allowed[i];
        if (!allowed->is_number && peil_decimal_read(allowed->text, strlen(allowed->text), &read) &&
            peil_decimal_equal(read, number))
            return true;
    }
    return false;
}

static const char *judge_number(peil_rule *rule, const peil_batch_column *column,
                                peil_decimal number) {
    if (number.scale == PEIL_NO_NUMBER) return judge_code(rule, column, (uint32_t)number.digits);
    const peil_allowed sought = {NULL, true, number, 0};
    const char *wrong = judge(rule, &sought, true);
    const bool may_be =
        wrong && (peil_variable_lacks_number(&column->about, number) || is_code(rule, number));
    return may_be ? NULL : wrong;
}

static void check_numbers(peil_rule *rule, const peil_batch_column *column, size_t *rows,
                          const char **message) {
    for (size_t i = 0; i < *rows; i++) {
        const char *wrong = judge_number(rule, column, column->decimals[i]);
        if (!wrong) continue;
        *message = wrong;
        *rows = i;
    }
}

peil_status peil_rule_check(peil_rule *rule, const peil_batch_column *column, size_t *rows,
                            const char **message, peil_fault *fault) {
    if (rule->kind == PEIL_RULE_NONE && rule->nallowed == 0) return PEIL_OK;
    if (column->use == PEIL_AS_CODES) return check_codes(rule, column, rows, message, fault);
    check_numbers(rule, column, rows, message);
    return PEIL_OK;
}

void peil_rule_clear(peil_rule *rule) {
    for (size_t i = 0; i < rule->nallowed; i++) free(rule->allowed[i].text);
    free(rule->allowed);
    *rule = (peil_rule){0};
}
