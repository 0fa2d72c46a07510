/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales in the language: items, their range or a shipped scale, and what makes a score of them. */
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"
#include "plan/parser.h"
#include "plan/pattern.h"
#include "plan/rule.h"

/* ---- items ---- */

static peil_status fail_text(const peil_lexer *lexer, const char *at, peil_text *what,
                             peil_fault *fault) {
    const peil_status status =
        what->failed ? peil_fail_memory(fault) : peil_lexer_fail(lexer, at, what->bytes, fault);
    peil_text_clear(what);
    return status;
}

/* Which variables are needed, in their order. */
static peil_status refuse_number(const peil_lexer *lexer, const char *at, const peil_scale *scale,
                                 peil_fault *fault) {
    peil_text what = {0};
    peil_text_add_format(&what, "%s has %zu item%s%s: ", scale->name, scale->nitems,
                         scale->nitems == 1 ? "" : "s",
                         scale->nitems == 1 ? "" : ", in this order");
    for (size_t i = 0; i < scale->nitems; i++)
        peil_text_add_format(&what, "%s%s", i ? ", " : "", scale->items[i].label);
    return fail_text(lexer, at, &what, fault);
}

static peil_status refuse_minus(const peil_lexer *lexer, const char *at, const peil_scale *scale,
                                size_t item, peil_fault *fault) {
    peil_text what = {0};
    peil_text_add_format(&what, "the codes of %s in %s have no order to reverse",
                         scale->items[item].label, scale->name);
    return fail_text(lexer, at, &what, fault);
}

static peil_status parse_item(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    const peil_scale *scale = measure->rule.scale;
    const size_t item = measure->nvariables;
    const char *at = lexer->token.at;
    if (scale && item == scale->nitems) return refuse_number(lexer, at, scale, fault);
    PEIL_TRY(peil_parse_variable(lexer, measure, true, fault));
    if (scale && measure->variables[item].reversed && !peil_key_reverses(scale->items[item].key))
        return refuse_minus(lexer, at, scale, item, fault);
    return PEIL_OK;
}

static peil_status parse_items(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    PEIL_TRY(parse_item(lexer, measure, fault));
    while (peil_lexer_is_mark(lexer, ",")) {
        PEIL_TRY(peil_lexer_next(lexer, fault));
        PEIL_TRY(parse_item(lexer, measure, fault));
    }
    const peil_scale *scale = measure->rule.scale;
    if (scale && measure->nvariables < scale->nitems)
        return refuse_number(lexer, lexer->token.at, scale, fault);
    return PEIL_OK;
}

/* ---- shipped scales ---- */

static peil_rule shipped_rule(const peil_scale *scale) {
    return (peil_rule){
        .scale = scale,
        .counting = scale->counting,
        .item_low = peil_decimal_whole(scale->points_low),
        .item_high = peil_decimal_whole(scale->points_high),
        .score_low = peil_decimal_whole(scale->score_low),
        .score_high = peil_decimal_whole(scale->score_high),
        .min_valid = scale->min_valid,
        .imputes = scale->imputes,
    };
}

static peil_status find_shipped(const peil_lexer *lexer, const char *name, const peil_scale **out,
                                peil_fault *fault) {
    *out = peil_scale_find(name);
    if (*out) return PEIL_OK;
    peil_text what = {0};
    const char *nearest = peil_scale_nearest(name);
    peil_text_add_format(&what, "there is no scale %.40s", name);
    if (nearest) peil_text_add_format(&what, "; is it %s?", nearest);
    peil_text_add(&what, nearest ? " 'peil scales' lists them" : "; 'peil scales' lists them");
    return fail_text(lexer, lexer->token.at, &what, fault);
}

/* "djg6:" in front of the items, if it is there. */
static peil_status parse_shipped(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    peil_lexer ahead = *lexer;
    char *name = NULL;
    if (lexer->token.kind != PEIL_TOKEN_NAME || lexer->token.quoted) return PEIL_OK;
    PEIL_TRY(peil_lexer_next(&ahead, fault));
    if (!peil_lexer_is_mark(&ahead, ":")) return PEIL_OK;
    const peil_scale *scale;
    PEIL_TRY(peil_parse_copy(&lexer->token, &name, fault));
    const peil_status status = find_shipped(lexer, name, &scale, fault);
    free(name);
    if (status != PEIL_OK) return status;
    measure->rule = shipped_rule(scale);
    *lexer = ahead;
    return peil_lexer_next(lexer, fault);
}

/* ---- ranges and options ---- */

static peil_status parse_range(peil_lexer *lexer, peil_decimal *low, peil_decimal *high,
                               peil_fault *fault) {
    const char *at = lexer->token.at;
    PEIL_TRY(peil_parse_number(lexer, low, fault));
    PEIL_TRY(peil_parse_mark(lexer, "..", fault));
    PEIL_TRY(peil_parse_number(lexer, high, fault));
    if (peil_decimal_compare(*low, *high) >= 0)
        return peil_lexer_fail(lexer, at, "a range goes from low to high", fault);
    return PEIL_OK;
}

static peil_status parse_min(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    const char *at = lexer->token.at;
    peil_decimal min;
    PEIL_TRY(peil_parse_number(lexer, &min, fault));
    const peil_decimal items = {(int64_t)measure->nvariables, 0};
    if (min.scale > 0 || min.digits < 1 || peil_decimal_compare(min, items) > 0)
        return peil_lexer_fail(lexer, at, "min is a whole number from 1 to the number of items",
                               fault);
    measure->rule.min_valid = (size_t)min.digits;
    for (int32_t i = min.scale; i < 0; i++) measure->rule.min_valid *= 10;
    return PEIL_OK;
}

static peil_status parse_impute(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    if (!peil_lexer_is_word(lexer, "mean"))
        return peil_lexer_fail(lexer, lexer->token.at, "expected mean here", fault);
    if (measure->rule.counting == PEIL_SCORE_COUNT)
        return peil_lexer_fail(lexer, lexer->token.at, "a missing item adds 0 to a count", fault);
    if (measure->nvariables > PEIL_IMPUTED_MOST)
        return peil_lexer_fail(lexer, lexer->token.at, "impute takes at most 50 items", fault);
    measure->rule.imputes = true;
    return peil_lexer_next(lexer, fault);
}

static bool is_number_next(const peil_lexer *lexer) {
    return lexer->token.kind == PEIL_TOKEN_NUMBER || peil_lexer_is_mark(lexer, "-");
}

static peil_status parse_counted(peil_lexer *lexer, peil_rule *rule, peil_fault *fault) {
    const char *at = lexer->token.at;
    peil_decimal code;
    PEIL_TRY(peil_parse_number(lexer, &code, fault));
    if (peil_decimal_compare(code, rule->item_low) < 0 ||
        peil_decimal_compare(code, rule->item_high) > 0)
        return peil_lexer_fail(lexer, at, "this lies outside the range of the items", fault);
    for (size_t i = 0; i < rule->ncodes; i++)
        if (peil_decimal_equal(rule->codes[i], code))
            return peil_lexer_fail(lexer, at, "this is counted already", fault);
    PEIL_TRY(peil_array_reserve(&rule->codes, &rule->codes_capacity, rule->ncodes + 1,
                                sizeof *rule->codes, fault));
    rule->codes[rule->ncodes++] = code;
    return PEIL_OK;
}

/* "; count 2 3" instead of a range of scores. */
static peil_status parse_count(peil_lexer *lexer, peil_rule *rule, peil_fault *fault) {
    PEIL_TRY(peil_parse_mark(lexer, ";", fault));
    if (!peil_lexer_is_word(lexer, "count"))
        return peil_lexer_fail(lexer, lexer->token.at, "expected count here, or -> before it",
                               fault);
    rule->counting = PEIL_SCORE_COUNT;
    PEIL_TRY(peil_lexer_next(lexer, fault));
    do {
        PEIL_TRY(parse_counted(lexer, rule, fault));
    } while (is_number_next(lexer));
    return PEIL_OK;
}

/* Each option once; a shipped scale has its own way with missing items. */
static peil_status parse_options(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    bool may_min = true, may_impute = !measure->rule.scale;
    while (peil_lexer_is_mark(lexer, ";")) {
        PEIL_TRY(peil_lexer_next(lexer, fault));
        const bool is_min = may_min && peil_lexer_is_word(lexer, "min");
        const bool is_impute = may_impute && peil_lexer_is_word(lexer, "impute");
        if (!is_min && !is_impute)
            return peil_lexer_fail(lexer, lexer->token.at,
                                   may_min && may_impute ? "expected min or impute here"
                                   : may_min             ? "expected min here"
                                   : may_impute          ? "expected impute here"
                                                         : "did not expect this here",
                                   fault);
        PEIL_TRY(peil_lexer_next(lexer, fault));
        PEIL_TRY(is_min ? parse_min(lexer, measure, fault) : parse_impute(lexer, measure, fault));
        may_min = may_min && !is_min;
        may_impute = may_impute && !is_impute;
    }
    return PEIL_OK;
}

/* ---- arguments ---- */

/* The mark before a range that was left out altogether. */
static peil_status expect_before_range(peil_lexer *lexer, const char *mark, const char *message,
                                       peil_fault *fault) {
    if (peil_lexer_is_mark(lexer, ")"))
        return peil_lexer_fail(lexer, lexer->token.at, message, fault);
    return peil_parse_mark(lexer, mark, fault);
}

static peil_status parse_own_rule(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    peil_rule *rule = &measure->rule;
    rule->min_valid = measure->nvariables; /* every item, unless said otherwise */
    PEIL_TRY(expect_before_range(
        lexer, ";", "expected the range of the answers here, such as ; 1..5 -> 0..10", fault));
    PEIL_TRY(parse_range(lexer, &rule->item_low, &rule->item_high, fault));
    if (peil_lexer_is_mark(lexer, ";")) return parse_count(lexer, rule, fault);
    PEIL_TRY(expect_before_range(lexer, "->",
                                 "expected the range of the score here, such as -> 0..10", fault));
    return parse_range(lexer, &rule->score_low, &rule->score_high, fault);
}

peil_status peil_parse_scale(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    PEIL_TRY(parse_shipped(lexer, measure, fault));
    PEIL_TRY(parse_items(lexer, measure, fault));
    if (!measure->rule.scale) PEIL_TRY(parse_own_rule(lexer, measure, fault));
    return parse_options(lexer, measure, fault);
}

/* A pattern of answers must fit in two numbers, which takes whole numbers. */
peil_status peil_parse_items(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    const char *at = lexer->token.at;
    peil_rule *rule = &measure->rule;
    PEIL_TRY(parse_shipped(lexer, measure, fault));
    PEIL_TRY(parse_items(lexer, measure, fault));
    rule->min_valid = measure->nvariables;
    if (!rule->scale) {
        PEIL_TRY(expect_before_range(
            lexer, ";", "expected the range of the answers here, such as ; 1..5", fault));
        at = lexer->token.at;
        PEIL_TRY(parse_range(lexer, &rule->item_low, &rule->item_high, fault));
        if (rule->item_low.scale > 0 || rule->item_high.scale > 0)
            return peil_lexer_fail(lexer, at, "alpha takes whole numbers", fault);
    }
    if (measure->nvariables < 2)
        return peil_lexer_fail(lexer, lexer->token.at, "alpha needs at least two items", fault);
    if (!peil_pattern_fits(peil_pattern_of(rule, measure->nvariables)))
        return peil_lexer_fail(lexer, at, "these are too many items or values for alpha", fault);
    return PEIL_OK;
}

peil_status peil_parse_score(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    const unsigned forms = measure->kind->forms;
    const char *at = lexer->token.at;
    PEIL_TRY(peil_lexer_next(lexer, fault));
    PEIL_TRY(peil_parse_mark(lexer, "(", fault));
    PEIL_TRY(peil_parse_scale(lexer, measure, fault));
    PEIL_TRY(peil_parse_mark(lexer, ")", fault));
    const bool is_alone = peil_lexer_is_mark(lexer, ")");
    if (forms & PEIL_FORM_SCORE && !(is_alone && forms & PEIL_FORM_CLASSES)) {
        measure->form = PEIL_FORM_SCORE;
        return peil_parse_score_test(lexer, &measure->condition, fault);
    }
    measure->form = forms & PEIL_FORM_SCALE ? PEIL_FORM_SCALE : PEIL_FORM_CLASSES;
    if (measure->form == PEIL_FORM_SCALE || (measure->rule.scale && measure->rule.scale->nclasses))
        return PEIL_OK;
    return peil_lexer_fail(
        lexer, at, "this scale has no classes; ask for a score: percent(scale(...) >= 5)", fault);
}
