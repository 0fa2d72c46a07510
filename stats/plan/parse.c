/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/array.h"
#include "core/nearest.h"
#include "plan/lexer.h"
#include "plan/parser.h"

#define DEEPEST 100   /* nested parentheses */
#define WORDS_MOST 64 /* words that are named in a message */

/* ---- small pieces ---- */

/* The token's text, with doubled quotes made single, in *out. */
peil_status peil_parse_copy(const peil_token *token, char **out, peil_fault *fault) {
    PEIL_TRY(peil_string_copy(token->text, token->length, out, fault));
    if (!token->quoted) return PEIL_OK;
    const char quote = *token->at;
    char *to = *out;
    for (const char *from = *out; *from; from++) {
        *to++ = *from;
        if (*from == quote && from[1] == quote) from++;
    }
    *to = '\0';
    return PEIL_OK;
}

peil_status peil_parse_mark(peil_lexer *lexer, const char *mark, peil_fault *fault) {
    if (peil_lexer_is_mark(lexer, mark)) return peil_lexer_next(lexer, fault);
    char what[40];
    snprintf(what, sizeof what, "expected %s here", mark);
    return peil_lexer_refuse(lexer, what, fault);
}

static peil_status expect_name(peil_lexer *lexer, char **name, peil_fault *fault) {
    if (lexer->token.kind != PEIL_TOKEN_NAME || lexer->token.length == 0)
        return peil_lexer_fail(lexer, lexer->token.at, "expected a variable here", fault);
    PEIL_TRY(peil_parse_copy(&lexer->token, name, fault));
    return peil_lexer_next(lexer, fault);
}

peil_status peil_parse_number(peil_lexer *lexer, peil_decimal *number, peil_fault *fault) {
    const bool negative = peil_lexer_is_mark(lexer, "-");
    if (negative) PEIL_TRY(peil_lexer_next(lexer, fault));
    if (lexer->token.kind != PEIL_TOKEN_NUMBER)
        return peil_lexer_fail(lexer, lexer->token.at, "expected a number here", fault);
    *number = lexer->token.number;
    if (negative) number->digits = -number->digits;
    return peil_lexer_next(lexer, fault);
}

static peil_status expect_literal(peil_lexer *lexer, peil_literal *literal, peil_fault *fault) {
    if (lexer->token.kind == PEIL_TOKEN_TEXT) {
        literal->is_text = true;
        PEIL_TRY(peil_parse_copy(&lexer->token, &literal->text, fault));
        return peil_lexer_next(lexer, fault);
    }
    if (lexer->token.kind == PEIL_TOKEN_NAME)
        return peil_lexer_fail(lexer, lexer->token.at,
                               "expected a value here; text stands between double quotes", fault);
    PEIL_TRY(peil_parse_number(lexer, &literal->number, fault));
    char text[PEIL_DECIMAL_TEXT];
    const size_t length = peil_decimal_write(literal->number, text);
    return peil_string_copy(text, length, &literal->text, fault);
}

static peil_status expect_end(peil_lexer *lexer, peil_fault *fault) {
    if (lexer->token.kind == PEIL_TOKEN_END) return PEIL_OK;
    return peil_lexer_refuse(lexer, "did not expect this here", fault);
}

/* Behind a measure. */
static peil_status expect_end_of_measure(peil_lexer *lexer, peil_fault *fault) {
    if (peil_lexer_is_mark(lexer, ",") || peil_lexer_is_mark(lexer, ";"))
        return peil_lexer_fail(lexer, lexer->token.at, "a second measure has a -m of its own",
                               fault);
    return expect_end(lexer, fault);
}

/* What measures are called elsewhere. */
static const char *find_synonym(const char *word) {
    static const char *const synonyms[][2] = {{"avg", "mean"},
                                              {"average", "mean"},
                                              {"gemiddelde", "mean"},
                                              {"gem", "mean"},
                                              {"mediaan", "median"},
                                              {"sum", "total"},
                                              {"som", "total"},
                                              {"totaal", "total"},
                                              {"n", "count"},
                                              {"aantal", "count"},
                                              {"freq", "percent"},
                                              {"frequency", "percent"},
                                              {"proportion", "percent"},
                                              {"prop", "percent"},
                                              {"aandeel", "percent"},
                                              {"pct", "percent"},
                                              {"std", "sd"},
                                              {"stddev", "sd"},
                                              {"schaal", "scale"},
                                              {"percentiel", "quantile"}};
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (strcasecmp(synonyms[i][0], word) == 0) return synonyms[i][1];
    return NULL;
}

/* Refuses the token as the name of a `what`, with all those there are: the nearest word may be
 * another figure altogether. */
static peil_status unknown_word(const peil_lexer *lexer, const char *what, const char *const *names,
                                size_t n, peil_fault *fault) {
    char *name = NULL;
    peil_text message = {0};
    PEIL_TRY(peil_parse_copy(&lexer->token, &name, fault));
    const char *synonym = find_synonym(name), *nearest = synonym;
    if (!synonym) nearest = peil_nearest(name, names, n);
    peil_text_add_format(&message, "there is no %s %.40s", what, name);
    if (nearest) peil_text_add_format(&message, "; is it %s?", nearest);
    peil_text_add(&message, nearest ? " there are" : "; there are");
    for (size_t i = 0; i < n; i++) peil_text_add_format(&message, "%s %s", i ? "," : "", names[i]);
    const peil_status status = message.failed
                                   ? peil_fail_memory(fault)
                                   : peil_lexer_fail(lexer, lexer->token.at, message.bytes, fault);
    peil_text_clear(&message);
    free(name);
    return status;
}

/* ---- conditions ---- */

static peil_status parse_or(peil_lexer *lexer, int depth, peil_condition **out, peil_fault *fault);

static peil_status make_node(peil_node node, peil_condition **out, peil_fault *fault) {
    PEIL_TRY(peil_array_make(out, 1, sizeof **out, fault));
    (*out)->node = node;
    return PEIL_OK;
}

static peil_status add_literal(peil_lexer *lexer, peil_condition *leaf, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&leaf->literals, &leaf->literals_capacity, leaf->nliterals + 1,
                                sizeof *leaf->literals, fault));
    leaf->literals[leaf->nliterals++] = (peil_literal){0};
    return expect_literal(lexer, &leaf->literals[leaf->nliterals - 1], fault);
}

static peil_status parse_list(peil_lexer *lexer, peil_condition *leaf, peil_fault *fault) {
    leaf->node = PEIL_IN;
    PEIL_TRY(peil_lexer_next(lexer, fault));
    PEIL_TRY(peil_parse_mark(lexer, "(", fault));
    PEIL_TRY(add_literal(lexer, leaf, fault));
    while (peil_lexer_is_mark(lexer, ",")) {
        PEIL_TRY(peil_lexer_next(lexer, fault));
        PEIL_TRY(add_literal(lexer, leaf, fault));
    }
    if (peil_lexer_is_mark(lexer, ";"))
        return peil_lexer_fail(lexer, lexer->token.at, "commas stand between values", fault);
    if (peil_lexer_is_mark(lexer, "..") || peil_lexer_is_mark(lexer, "-"))
        return peil_lexer_fail(lexer, lexer->token.at, "from 1 to 5 is q5 >= 1 and q5 <= 5", fault);
    return peil_parse_mark(lexer, ")", fault);
}

static peil_status parse_operator(peil_lexer *lexer, peil_condition *leaf, peil_fault *fault) {
    static const char *const operators[] = {"=", "<>", "<", "<=", ">", ">="}; /* as peil_operator */
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (!peil_lexer_is_mark(lexer, operators[i])) continue;
        leaf->op = (peil_operator)i;
        PEIL_TRY(peil_lexer_next(lexer, fault));
        const char *at = lexer->token.at;
        PEIL_TRY(add_literal(lexer, leaf, fault));
        if (leaf->op > PEIL_UNEQUAL && leaf->literals[0].is_text)
            return peil_lexer_fail(lexer, at, "text has no order here; use = or <>", fault);
        return PEIL_OK;
    }
    return peil_lexer_refuse(lexer, "expected =, <>, <, <=, >, >= or in here", fault);
}

static peil_status parse_test(peil_lexer *lexer, peil_condition *leaf, peil_fault *fault) {
    return peil_lexer_is_word(lexer, "in") ? parse_list(lexer, leaf, fault)
                                           : parse_operator(lexer, leaf, fault);
}

static peil_status parse_leaf(peil_lexer *lexer, peil_condition **out, peil_fault *fault) {
    const bool is_value =
        lexer->token.kind == PEIL_TOKEN_NUMBER || lexer->token.kind == PEIL_TOKEN_TEXT;
    PEIL_TRY(make_node(PEIL_COMPARE, out, fault));
    if (is_value)
        return peil_lexer_fail(lexer, lexer->token.at,
                               "expected a variable here: it stands in front, as in q5 >= 4, and "
                               "several values are q5 in (1, 2)",
                               fault);
    PEIL_TRY(expect_name(lexer, &(*out)->variable, fault));
    return parse_test(lexer, *out, fault);
}

peil_status peil_parse_score_test(peil_lexer *lexer, peil_condition **out, peil_fault *fault) {
    const char *at = lexer->token.at;
    PEIL_TRY(make_node(PEIL_COMPARE, out, fault));
    PEIL_TRY(parse_test(lexer, *out, fault));
    for (size_t i = 0; i < (*out)->nliterals; i++)
        if ((*out)->literals[i].is_text)
            return peil_lexer_fail(lexer, at, "a score is compared with numbers", fault);
    return PEIL_OK;
}

static peil_status parse_not(peil_lexer *lexer, int depth, peil_condition **out,
                             peil_fault *fault) {
    if (depth > DEEPEST)
        return peil_lexer_fail(lexer, lexer->token.at, "too many parentheses", fault);
    if (peil_lexer_is_word(lexer, "not")) {
        PEIL_TRY(make_node(PEIL_NOT, out, fault));
        PEIL_TRY(peil_lexer_next(lexer, fault));
        return parse_not(lexer, depth + 1, &(*out)->left, fault);
    }
    if (!peil_lexer_is_mark(lexer, "(")) return parse_leaf(lexer, out, fault);
    PEIL_TRY(peil_lexer_next(lexer, fault));
    PEIL_TRY(parse_or(lexer, depth + 1, out, fault));
    return peil_parse_mark(lexer, ")", fault);
}

/* A run of conditions joined by one word, leaning to the left. */
static peil_status parse_and(peil_lexer *lexer, int depth, peil_condition **out,
                             peil_fault *fault) {
    PEIL_TRY(parse_not(lexer, depth, out, fault));
    while (peil_lexer_is_word(lexer, "and")) {
        peil_condition *both;
        PEIL_TRY(make_node(PEIL_AND, &both, fault));
        both->left = *out;
        *out = both;
        PEIL_TRY(peil_lexer_next(lexer, fault));
        PEIL_TRY(parse_not(lexer, depth, &both->right, fault));
    }
    return PEIL_OK;
}

static peil_status parse_or(peil_lexer *lexer, int depth, peil_condition **out, peil_fault *fault) {
    PEIL_TRY(parse_and(lexer, depth, out, fault));
    while (peil_lexer_is_word(lexer, "or")) {
        peil_condition *either;
        PEIL_TRY(make_node(PEIL_OR, &either, fault));
        either->left = *out;
        *out = either;
        PEIL_TRY(peil_lexer_next(lexer, fault));
        PEIL_TRY(parse_and(lexer, depth, &either->right, fault));
    }
    return PEIL_OK;
}

peil_status peil_condition_parse(const char *text, peil_condition **out, peil_fault *fault) {
    peil_lexer lexer;
    peil_condition *condition = NULL;
    peil_status status = peil_lexer_start(&lexer, text, fault);
    if (status == PEIL_OK) status = parse_or(&lexer, 0, &condition, fault);
    if (status == PEIL_OK) status = expect_end(&lexer, fault);
    if (status == PEIL_OK)
        *out = condition;
    else
        peil_condition_free(condition);
    return status;
}

/* ---- measures ---- */

peil_status peil_parse_variable(peil_lexer *lexer, peil_measure *measure, bool may_reverse,
                                peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&measure->variables, &measure->variables_capacity,
                                measure->nvariables + 1, sizeof *measure->variables, fault));
    struct peil_item *item = &measure->variables[measure->nvariables++];
    *item = (struct peil_item){.reversed = may_reverse && peil_lexer_is_mark(lexer, "-")};
    if (item->reversed) PEIL_TRY(peil_lexer_next(lexer, fault));
    return expect_name(lexer, &item->variable, fault);
}

static peil_status parse_index_level(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&measure->levels, &measure->levels_capacity, measure->nlevels + 1,
                                sizeof *measure->levels, fault));
    struct peil_recode *level = &measure->levels[measure->nlevels++];
    *level = (struct peil_recode){0};
    const char *at = lexer->token.at;
    PEIL_TRY(expect_literal(lexer, &level->answer, fault));
    for (size_t i = 0; i + 1 < measure->nlevels; i++)
        if (strcmp(measure->levels[i].answer.text, level->answer.text) == 0)
            return peil_lexer_fail(lexer, at, "this answer is there already", fault);
    PEIL_TRY(peil_parse_mark(lexer, "=", fault));
    return peil_parse_number(lexer, &level->value, fault);
}

static peil_status parse_index(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    PEIL_TRY(peil_parse_variable(lexer, measure, false, fault));
    PEIL_TRY(peil_parse_mark(lexer, ":", fault));
    PEIL_TRY(parse_index_level(lexer, measure, fault));
    while (peil_lexer_is_mark(lexer, ",")) {
        PEIL_TRY(peil_lexer_next(lexer, fault));
        PEIL_TRY(parse_index_level(lexer, measure, fault));
    }
    return PEIL_OK;
}

static peil_status parse_ratio(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    PEIL_TRY(peil_parse_variable(lexer, measure, false, fault));
    PEIL_TRY(peil_parse_mark(lexer, "/", fault));
    return peil_parse_variable(lexer, measure, false, fault);
}

/* A variable alone, a scale, or a condition: the word behind the name tells. */
static peil_status parse_variable_or_condition(peil_lexer *lexer, peil_measure *measure,
                                               peil_fault *fault) {
    const unsigned forms = measure->kind->forms;
    const peil_form alone = forms & PEIL_FORM_VARIABLE ? PEIL_FORM_VARIABLE : PEIL_FORM_CATEGORIES;
    peil_lexer ahead = *lexer;
    const bool is_name = lexer->token.kind == PEIL_TOKEN_NAME && !peil_lexer_is_word(lexer, "not");
    if (is_name) PEIL_TRY(peil_lexer_next(&ahead, fault));
    if (forms & PEIL_FORMS_OF_SCALE && peil_lexer_is_word(lexer, "scale") &&
        peil_lexer_is_mark(&ahead, "("))
        return peil_parse_score(lexer, measure, fault);
    const bool is_alone = is_name && peil_lexer_is_mark(&ahead, ")");
    if (is_alone || !(forms & PEIL_FORM_CONDITION)) {
        measure->form = alone;
        return peil_parse_variable(lexer, measure, false, fault);
    }
    measure->form = PEIL_FORM_CONDITION;
    return parse_or(lexer, 0, &measure->condition, fault);
}

/* , 0.9 */
static peil_status parse_share(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    const peil_decimal none = {0, 0}, all = {1, 0};
    peil_decimal *share = &measure->parameters.share;
    if (!peil_lexer_is_mark(lexer, ","))
        return peil_lexer_fail(lexer, lexer->token.at, "expected a share here, such as , 0.9",
                               fault);
    PEIL_TRY(peil_lexer_next(lexer, fault));
    const char *at = lexer->token.at;
    PEIL_TRY(peil_parse_number(lexer, share, fault));
    if (peil_decimal_compare(*share, none) < 0 || peil_decimal_compare(*share, all) > 0)
        return peil_lexer_fail(lexer, at, "a share is a number from 0 to 1", fault);
    return PEIL_OK;
}

/* ; hf7 */
static peil_status parse_rule(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    const char *names[WORDS_MOST];
    const peil_kind_rule *const *rules = measure->kind->rules;
    size_t n = 0;
    PEIL_TRY(peil_lexer_next(lexer, fault));
    if (lexer->token.kind != PEIL_TOKEN_NAME || lexer->token.quoted)
        return peil_lexer_fail(lexer, lexer->token.at, "expected a rule here, such as ; school",
                               fault);
    for (; rules[n]; n++) {
        measure->parameters.rule = n;
        if (n < WORDS_MOST) names[n] = rules[n]->name;
        if (peil_lexer_is_word(lexer, rules[n]->name)) return peil_lexer_next(lexer, fault);
    }
    return unknown_word(lexer, "rule", names, n < WORDS_MOST ? n : WORDS_MOST, fault);
}

static peil_status parse_parameters(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    if (measure->kind->takes_share) PEIL_TRY(parse_share(lexer, measure, fault));
    if (!measure->kind->rules || !peil_lexer_is_mark(lexer, ";")) return PEIL_OK;
    return parse_rule(lexer, measure, fault);
}

static peil_status parse_argument(peil_lexer *lexer, peil_measure *measure, peil_fault *fault) {
    const unsigned forms = measure->kind->forms;
    measure->form = (peil_form)forms; /* for kinds that take one form */
    if (forms & PEIL_FORM_NOTHING) return PEIL_OK;
    if (forms & PEIL_FORM_RATIO) return parse_ratio(lexer, measure, fault);
    if (forms & PEIL_FORM_INDEX) return parse_index(lexer, measure, fault);
    if (forms == PEIL_FORM_SCALE) return peil_parse_scale(lexer, measure, fault);
    if (forms & PEIL_FORM_ITEMS) return peil_parse_items(lexer, measure, fault);
    return parse_variable_or_condition(lexer, measure, fault);
}

/* What stands behind the token at hand. */
static peil_token_kind next_kind(const peil_lexer *lexer) {
    peil_lexer ahead = *lexer;
    peil_fault ignored;
    return peil_lexer_next(&ahead, &ignored) == PEIL_OK ? ahead.token.kind : PEIL_TOKEN_MARK;
}

/* A variable for a measure. */
static peil_status refuse_bare(const peil_lexer *lexer, peil_fault *fault) {
    char message[160];
    const int length = lexer->token.length < 40 ? (int)lexer->token.length : 40;
    snprintf(message, sizeof message,
             "%.*s is no measure; a variable has one, such as percent(%.*s) or mean(%.*s)", length,
             lexer->token.text, length, lexer->token.text, length, lexer->token.text);
    return peil_lexer_fail(lexer, lexer->token.at, message, fault);
}

static peil_status parse_kind(peil_lexer *lexer, peil_kinds kinds, const peil_kind **out,
                              peil_fault *fault) {
    const char *names[WORDS_MOST];
    if (lexer->token.kind != PEIL_TOKEN_NAME || lexer->token.quoted)
        return peil_lexer_fail(lexer, lexer->token.at,
                               "expected a measure here, such as percent(q5 = 1)", fault);
    for (size_t i = 0; i < kinds.n; i++) {
        *out = kinds.kinds[i];
        if (i < WORDS_MOST) names[i] = (*out)->name;
        if (peil_lexer_is_word(lexer, (*out)->name)) return peil_lexer_next(lexer, fault);
    }
    if (next_kind(lexer) == PEIL_TOKEN_END) return refuse_bare(lexer, fault);
    return unknown_word(lexer, "measure", names, kinds.n < WORDS_MOST ? kinds.n : WORDS_MOST,
                        fault);
}

/* "NAME:" in front: all before the first colon that is outside parentheses and quotes. */
static const char *find_name_end(const char *text) {
    char quote = 0;
    for (; *text; text++) {
        if (quote) {
            if (*text == quote) quote = 0;
        } else if (*text == '"' || *text == '`') {
            quote = *text;
        } else if (*text == '(') {
            return NULL;
        } else if (*text == ':') {
            return text;
        }
    }
    return NULL;
}

static peil_status take_name(const char **text, peil_measure *measure, peil_fault *fault) {
    const char *end = find_name_end(*text), *from = *text;
    if (!end) return PEIL_OK;
    *text = end + 1;
    while (*from == ' ' || *from == '\t') from++;
    while (end > from && (end[-1] == ' ' || end[-1] == '\t')) end--;
    if (end == from)
        return peil_fail(fault, PEIL_EUSAGE, "a measure's name before the colon is empty");
    return peil_string_copy(from, (size_t)(end - from), &measure->name, fault);
}

/* What was printed, for the measure to own. */
static peil_status take_text(peil_text *text, char **out, peil_fault *fault) {
    if (text->failed) {
        peil_text_clear(text);
        return peil_fail_memory(fault);
    }
    *out = text->bytes;
    return PEIL_OK;
}

static peil_status keep_text(peil_measure *measure, peil_fault *fault) {
    peil_text text = {0}, question = {0};
    peil_measure_print(measure, &text);
    PEIL_TRY(take_text(&text, &measure->text, fault));
    peil_measure_print_question(measure, &question);
    PEIL_TRY(take_text(&question, &measure->question, fault));
    return measure->name ? PEIL_OK
                         : peil_string_copy(text.bytes, text.length, &measure->name, fault);
}

static peil_status parse_measure(const char *text, peil_kinds kinds, peil_measure *measure,
                                 peil_fault *fault) {
    peil_lexer lexer;
    PEIL_TRY(take_name(&text, measure, fault));
    PEIL_TRY(peil_lexer_start(&lexer, text, fault));
    PEIL_TRY(parse_kind(&lexer, kinds, &measure->kind, fault));
    PEIL_TRY(peil_parse_mark(&lexer, "(", fault));
    PEIL_TRY(parse_argument(&lexer, measure, fault));
    PEIL_TRY(parse_parameters(&lexer, measure, fault));
    const bool is_second = peil_lexer_is_mark(&lexer, ",") && next_kind(&lexer) == PEIL_TOKEN_NAME;
    if (is_second && measure->form == PEIL_FORM_VARIABLE)
        return peil_lexer_fail(&lexer, lexer.token.at,
                               "expected ) here; each variable has a measure of its own", fault);
    if (measure->form == PEIL_FORM_NOTHING && lexer.token.kind == PEIL_TOKEN_NAME)
        return peil_lexer_fail(&lexer, lexer.token.at,
                               "expected ) here; how many gave an answer is total(q5 = 1)", fault);
    PEIL_TRY(peil_parse_mark(&lexer, ")", fault));
    PEIL_TRY(expect_end_of_measure(&lexer, fault));
    return keep_text(measure, fault);
}

peil_status peil_measure_parse(const char *text, peil_kinds kinds, peil_measure *out,
                               peil_fault *fault) {
    peil_measure measure = {0};
    const peil_status status = parse_measure(text, kinds, &measure, fault);
    if (status == PEIL_OK)
        *out = measure;
    else
        peil_measure_clear(&measure);
    return status;
}

static peil_status parse_standard(const char *text, peil_measure *out, peil_fault *fault) {
    peil_lexer lexer;
    PEIL_TRY(peil_lexer_start(&lexer, text, fault));
    PEIL_TRY(parse_index(&lexer, out, fault));
    return expect_end(&lexer, fault);
}

peil_status peil_standard_parse(const char *text, peil_measure *out, peil_fault *fault) {
    peil_measure standard = {0};
    const peil_status status = parse_standard(text, &standard, fault);
    if (status == PEIL_OK)
        *out = standard;
    else
        peil_measure_clear(&standard);
    return status;
}
