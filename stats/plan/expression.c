/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/expression.h"

#include <stdlib.h>
#include <string.h>

#include "plan/lexer.h"

/* ---- canonical text ---- */

static bool is_keyword(const char *name) {
    static const char *const words[] = {"and", "or", "not", "in"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0) return true;
    return false;
}

/* Whether the name reads back as itself without backquotes. */
static bool is_plain(const char *name) {
    peil_lexer lexer;
    if (is_keyword(name) || peil_lexer_start(&lexer, name, NULL) != PEIL_OK) return false;
    return lexer.token.kind == PEIL_TOKEN_NAME && !lexer.token.quoted &&
           lexer.token.length == strlen(name);
}

static void print_quoted(const char *text, char quote, peil_text *out) {
    peil_text_add_bytes(out, &quote, 1);
    for (; *text; text++) {
        peil_text_add_bytes(out, text, 1);
        if (*text == quote) peil_text_add_bytes(out, text, 1);
    }
    peil_text_add_bytes(out, &quote, 1);
}

static void print_name(const char *name, peil_text *out) {
    if (is_plain(name))
        peil_text_add(out, name);
    else
        print_quoted(name, '`', out);
}

static void print_literal(const peil_literal *literal, peil_text *out) {
    if (literal->is_text)
        print_quoted(literal->text, '"', out);
    else
        peil_text_add(out, literal->text);
}

static void print_decimal(peil_decimal x, peil_text *out) {
    char text[PEIL_DECIMAL_TEXT];
    peil_decimal_write(x, text);
    peil_text_add(out, text);
}

static void print_leaf(const peil_condition *leaf, peil_text *out) {
    static const char *const operators[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    if (leaf->variable) print_name(leaf->variable, out);
    peil_text_add(out, leaf->node == PEIL_IN ? " in (" : operators[leaf->op]);
    for (size_t i = 0; i < leaf->nliterals; i++) {
        if (i) peil_text_add(out, ", ");
        print_literal(&leaf->literals[i], out);
    }
    if (leaf->node == PEIL_IN) peil_text_add(out, ")");
}

/* How tightly a node binds; an operand that binds less stands in parentheses. */
static int strength(peil_node node) {
    return node == PEIL_OR ? 0 : node == PEIL_AND ? 1 : 2;
}

static void print_operand(const peil_condition *operand, bool wrap, peil_text *out) {
    if (wrap) peil_text_add(out, "(");
    peil_condition_print(operand, out);
    if (wrap) peil_text_add(out, ")");
}

void peil_condition_print(const peil_condition *c, peil_text *out) {
    if (c->node == PEIL_COMPARE || c->node == PEIL_IN) {
        print_leaf(c, out);
    } else if (c->node == PEIL_NOT) {
        peil_text_add(out, "not ");
        print_operand(c->left, true, out);
    } else {
        print_operand(c->left, strength(c->left->node) < strength(c->node), out);
        peil_text_add(out, c->node == PEIL_AND ? " and " : " or ");
        print_operand(c->right, strength(c->right->node) <= strength(c->node), out);
    }
}

static void print_range(peil_decimal low, peil_decimal high, peil_text *out) {
    print_decimal(low, out);
    peil_text_add(out, "..");
    print_decimal(high, out);
}

static void print_index(const peil_measure *m, peil_text *out) {
    print_name(m->variables[0].variable, out);
    for (size_t i = 0; i < m->nlevels; i++) {
        peil_text_add(out, i ? ", " : ": ");
        print_literal(&m->levels[i].answer, out);
        peil_text_add(out, " = ");
        print_decimal(m->levels[i].value, out);
    }
}

static void print_items(const peil_measure *m, peil_text *out) {
    if (m->rule.scale) peil_text_add_format(out, "%s: ", m->rule.scale->name);
    for (size_t i = 0; i < m->nvariables; i++) {
        if (i) peil_text_add(out, ", ");
        if (m->variables[i].reversed) peil_text_add(out, "-");
        print_name(m->variables[i].variable, out);
    }
    if (m->rule.scale) return;
    peil_text_add(out, "; ");
    print_range(m->rule.item_low, m->rule.item_high, out);
}

/* What makes a score of the items; of a shipped scale only what the user changed. */
static void print_rule(const peil_rule *rule, peil_text *out) {
    const peil_scale *shipped = rule->scale;
    if (!shipped && rule->counting == PEIL_SCORE_MEAN) {
        peil_text_add(out, " -> ");
        print_range(rule->score_low, rule->score_high, out);
    }
    if (rule->ncodes) peil_text_add(out, "; count");
    for (size_t i = 0; i < rule->ncodes; i++) {
        peil_text_add(out, " ");
        print_decimal(rule->codes[i], out);
    }
    if (!shipped || rule->min_valid != shipped->min_valid)
        peil_text_add_format(out, "; min %zu", rule->min_valid);
    if (!shipped && rule->imputes) peil_text_add(out, "; impute mean");
}

static void print_scale(const peil_measure *m, peil_text *out) {
    print_items(m, out);
    print_rule(&m->rule, out);
}

/* percent(scale(a, b; ...) >= 5): the scale between its own parentheses, and what is asked of it.
 */
static void print_score(const peil_measure *m, peil_text *out) {
    peil_text_add(out, "scale(");
    print_scale(m, out);
    peil_text_add(out, ")");
    if (m->condition) print_leaf(m->condition, out);
}

/* The default rule goes without saying. */
static void print_parameters(const peil_measure *m, peil_text *out) {
    if (m->kind->takes_share) {
        peil_text_add(out, ", ");
        print_decimal(m->parameters.share, out);
    }
    if (m->parameters.rule)
        peil_text_add_format(out, "; %s", m->kind->rules[m->parameters.rule]->name);
}

static void print_argument(const peil_measure *m, peil_text *out) {
    switch (m->form) {
        case PEIL_FORM_NOTHING:
            break;
        case PEIL_FORM_VARIABLE:
        case PEIL_FORM_CATEGORIES:
            print_name(m->variables[0].variable, out);
            break;
        case PEIL_FORM_CONDITION:
            peil_condition_print(m->condition, out);
            break;
        case PEIL_FORM_RATIO:
            print_name(m->variables[0].variable, out);
            peil_text_add(out, " / ");
            print_name(m->variables[1].variable, out);
            break;
        case PEIL_FORM_INDEX:
            print_index(m, out);
            break;
        case PEIL_FORM_SCALE:
        case PEIL_FORM_CLASSES:
        case PEIL_FORM_SCORE:
            print_score(m, out);
            break;
        case PEIL_FORM_ITEMS:
            print_items(m, out);
            break;
    }
}

/* That of count() has no letters, and is text all the same. */
void peil_measure_print_question(const peil_measure *measure, peil_text *out) {
    peil_text_add(out, "");
    if (measure->form & PEIL_FORMS_OF_SCALE)
        print_scale(measure, out);
    else
        print_argument(measure, out);
}

void peil_measure_print(const peil_measure *measure, peil_text *out) {
    peil_text_add_format(out, "%s(", measure->kind->name);
    if (measure->kind->forms == PEIL_FORM_SCALE)
        print_scale(measure, out);
    else
        print_argument(measure, out);
    print_parameters(measure, out);
    peil_text_add(out, ")");
}

/* ---- trees ---- */

bool peil_operator_holds(peil_operator op, int order) {
    switch (op) {
        case PEIL_EQUAL:
            return order == 0;
        case PEIL_UNEQUAL:
            return order != 0;
        case PEIL_LESS:
            return order < 0;
        case PEIL_LESS_EQUAL:
            return order <= 0;
        case PEIL_MORE:
            return order > 0;
        default:
            return order >= 0;
    }
}

void peil_literal_clear(peil_literal *literal) {
    free(literal->text);
    *literal = (peil_literal){0};
}

void peil_condition_free(peil_condition *condition) {
    if (!condition) return;
    peil_condition_free(condition->left);
    peil_condition_free(condition->right);
    for (size_t i = 0; i < condition->nliterals; i++) peil_literal_clear(&condition->literals[i]);
    free(condition->literals);
    free(condition->variable);
    free(condition);
}

void peil_measure_clear(peil_measure *measure) {
    for (size_t i = 0; i < measure->nvariables; i++) free(measure->variables[i].variable);
    for (size_t i = 0; i < measure->nlevels; i++) peil_literal_clear(&measure->levels[i].answer);
    free(measure->variables);
    free(measure->levels);
    free(measure->rule.codes);
    free(measure->name);
    free(measure->text);
    free(measure->question);
    peil_condition_free(measure->condition);
    *measure = (peil_measure){0};
}

peil_status peil_condition_each(peil_condition *condition,
                                peil_status (*visit)(peil_condition *leaf, void *context,
                                                     peil_fault *fault),
                                void *context, peil_fault *fault) {
    if (!condition) return PEIL_OK;
    if (condition->variable) return visit(condition, context, fault);
    PEIL_TRY(peil_condition_each(condition->left, visit, context, fault));
    return peil_condition_each(condition->right, visit, context, fault);
}
