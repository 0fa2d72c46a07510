/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/lexer.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SHOWN 60         /* bytes of the text shown around the fault */
#define TOKENS_MOST 8000 /* trees are walked by recursion */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Letters beyond ASCII are letters too. */
static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || (c & 0x80) ||
           (c && strchr("_.$@#", c));
}

/* "1.5", "2e3", but of "1..5" only the 1. */
static size_t number_length(const char *text) {
    size_t n = 0;
    while (is_digit(text[n])) n++;
    if (n && text[n] == '.' && is_digit(text[n + 1]))
        for (n++; is_digit(text[n]);) n++;
    if (n && (text[n] == 'e' || text[n] == 'E')) {
        const size_t sign = text[n + 1] == '+' || text[n + 1] == '-';
        if (is_digit(text[n + 1 + sign]))
            for (n += 1 + sign; is_digit(text[n]);) n++;
    }
    return n;
}

static size_t name_length(const char *text) {
    size_t n = 0;
    while (is_name_byte(text[n]) && !(text[n] == '.' && text[n + 1] == '.')) n++;
    return n;
}

peil_status peil_lexer_fail(const peil_lexer *lexer, const char *at, const char *what,
                            peil_fault *fault) {
    const char *from = at - lexer->text > SHOWN ? at - SHOWN : lexer->text;
    while (from > lexer->text && (*from & 0xC0) == 0x80) from--;
    size_t column = 0;
    for (const char *c = from; c < at; c++) column += (*c & 0xC0) != 0x80;
    const size_t length = strlen(from);
    return peil_fail(fault, PEIL_EUSAGE, "%s\n  %.*s\n  %*s", what,
                     (int)(length > 2 * SHOWN ? 2 * SHOWN : length), from, (int)column + 1, "^");
}

/* ---- what a mistake looks like ---- */

static bool is_name_with_spaces(const peil_lexer *lexer) {
    const peil_token *before = &lexer->before, *token = &lexer->token;
    return before->kind == PEIL_TOKEN_NAME && !before->quoted && token->kind == PEIL_TOKEN_NAME;
}

/* "7,5", of which the token is the comma, or stands behind it. */
static bool is_decimal_comma(const peil_lexer *lexer) {
    const peil_token *before = &lexer->before;
    const char *at = lexer->token.at, *digits = before->at;
    if (before->kind != PEIL_TOKEN_NUMBER || lexer->token.kind == PEIL_TOKEN_NUMBER) return false;
    if (*at == ',' && at == digits + before->length && is_digit(at[1])) return true;
    return digits - lexer->text > 1 && digits[-1] == ',' && is_digit(digits[-2]);
}

static bool is_spelled(const peil_token *token, const char *word, bool may_be_small) {
    return token->kind == PEIL_TOKEN_NAME && !token->quoted && token->length == strlen(word) &&
           strncasecmp(token->text, word, token->length) == 0 &&
           (may_be_small || token->text[0] == word[0]);
}

/* A word that joins or tests in another language, or in this one in small letters. */
static const char *find_word(const peil_lexer *lexer) {
    static const struct {
        const char *word, *what;
        bool may_be_small;
    } words[] = {{"AND", "and is the word and, in small letters", false},
                 {"OR", "or is the word or, in small letters", false},
                 {"IN", "in is the word in, in small letters", false},
                 {"NOT", "not stands in front, as in not (q5 in (1, 2))", true},
                 {"NIET", "not stands in front, as in not (q5 in (1, 2))", true},
                 {"EN", "and is the word and", true},
                 {"OF", "or is the word or", true},
                 {"IS", "equal is a single =", true},
                 {"BETWEEN", "from 1 to 5 is q5 >= 1 and q5 <= 5", true},
                 {"TUSSEN", "from 1 to 5 is q5 >= 1 and q5 <= 5", true}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_spelled(&lexer->token, words[i].word, words[i].may_be_small)) return words[i].what;
    if (is_spelled(&lexer->before, "NOT", true) || is_spelled(&lexer->before, "NIET", true))
        return "not is the word not, in small letters";
    return NULL;
}

/* Before a parenthesis stands a word of the language, and no variable. */
peil_status peil_lexer_refuse(const peil_lexer *lexer, const char *what, peil_fault *fault) {
    char message[120];
    const char *hint = "", *word = find_word(lexer);
    if (word) return peil_lexer_fail(lexer, lexer->token.at, word, fault);
    if (is_name_with_spaces(lexer) && !strstr(what, "expected ("))
        hint = "; a name with spaces stands between backquotes";
    else if (is_decimal_comma(lexer))
        hint = "; decimals stand behind a point, as in 7.5";
    snprintf(message, sizeof message, "%s%s", what, hint);
    return peil_lexer_fail(lexer, lexer->token.at, message, fault);
}

/* ---- tokens ---- */

/* What stands between two quotes of the same kind. */
static peil_status take_quoted(peil_lexer *lexer, peil_token_kind kind, peil_fault *fault) {
    const char quote = *lexer->at;
    const char *end = lexer->at + 1;
    while (*end && (*end != quote || (end[1] == quote && end++))) end++;
    if (!*end) return peil_lexer_fail(lexer, lexer->at, "this quote is not closed", fault);
    lexer->token.kind = kind;
    lexer->token.text = lexer->at + 1;
    lexer->token.length = (size_t)(end - lexer->at) - 1;
    lexer->token.quoted = true;
    lexer->at = end + 1;
    return PEIL_OK;
}

/* What is written for something else, and what to do about it. */
typedef struct slip {
    const char *sign, *words;
} slip;

/* Those of people who know another language. */
static const slip foreign[] = {{"==", "equal is a single ="},
                               {"=>", "at least is >="},
                               {"=<", "at most is <="},
                               {"!=", "not equal is <>"},
                               {"!", "not is the word not"},
                               {"&", "and is the word and"},
                               {"|", "or is the word or"},
                               {"%", "a percentage is written without its sign"},
                               {"'", "text stands between double quotes"},
                               {0}};

/* What word processors make of quotes and signs, which would be letters here. */
static const slip printed[] = {{"\xE2\x80\x9C", "quotes are straight, as in q5 = \"ja\""},
                               {"\xE2\x80\x9D", "quotes are straight, as in q5 = \"ja\""},
                               {"\xE2\x80\x9E", "quotes are straight, as in q5 = \"ja\""},
                               {"\xE2\x80\x98", "text stands between double quotes"},
                               {"\xE2\x80\x99", "text stands between double quotes"},
                               {"\xE2\x80\x93", "a minus is a -"},
                               {"\xE2\x88\x92", "a minus is a -"},
                               {"\xE2\x89\xA5", "at least is >="},
                               {"\xE2\x89\xA4", "at most is <="},
                               {"\xE2\x89\xA0", "not equal is <>"},
                               {0}};

static peil_status refuse_slip(const peil_lexer *lexer, const slip *slips, peil_fault *fault) {
    for (size_t i = 0; slips[i].sign; i++)
        if (strncmp(lexer->at, slips[i].sign, strlen(slips[i].sign)) == 0)
            return peil_lexer_fail(lexer, lexer->at, slips[i].words, fault);
    return PEIL_OK;
}

static peil_status take_mark(peil_lexer *lexer, peil_fault *fault) {
    static const char *const marks[] = {"->", "..", "<=", ">=", "<>", "<", ">", "=",
                                        "(",  ")",  ",",  ":",  ";",  "/", "-"};
    PEIL_TRY(refuse_slip(lexer, foreign, fault));
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t length = strlen(marks[i]);
        if (strncmp(lexer->at, marks[i], length) != 0) continue;
        lexer->token.kind = PEIL_TOKEN_MARK;
        lexer->token.text = marks[i];
        lexer->token.length = length;
        lexer->at += length;
        return PEIL_OK;
    }
    return peil_lexer_fail(lexer, lexer->at, "this character has no meaning here", fault);
}

peil_status peil_lexer_next(peil_lexer *lexer, peil_fault *fault) {
    while (*lexer->at == ' ' || *lexer->at == '\t' || *lexer->at == '\n') lexer->at++;
    lexer->before = lexer->token;
    lexer->token = (peil_token){.kind = PEIL_TOKEN_END, .at = lexer->at, .text = lexer->at};
    if (!*lexer->at) return PEIL_OK;
    if (++lexer->tokens > TOKENS_MOST)
        return peil_lexer_fail(lexer, lexer->at, "this is too long: more than 8000 words", fault);
    if (*lexer->at == '"') return take_quoted(lexer, PEIL_TOKEN_TEXT, fault);
    if (*lexer->at == '`') return take_quoted(lexer, PEIL_TOKEN_NAME, fault);
    PEIL_TRY(refuse_slip(lexer, printed, fault));
    const size_t number = number_length(lexer->at), name = name_length(lexer->at);
    if (number == 0 && name == 0) return take_mark(lexer, fault);
    lexer->token.kind = number >= name ? PEIL_TOKEN_NUMBER : PEIL_TOKEN_NAME;
    lexer->token.length = number >= name ? number : name;
    if (lexer->token.kind == PEIL_TOKEN_NUMBER &&
        !peil_decimal_read(lexer->at, number, &lexer->token.number))
        return peil_lexer_fail(lexer, lexer->at, "this number is too large", fault);
    lexer->at += lexer->token.length;
    return PEIL_OK;
}

peil_status peil_lexer_start(peil_lexer *lexer, const char *text, peil_fault *fault) {
    *lexer = (peil_lexer){.text = text, .at = text};
    return peil_lexer_next(lexer, fault);
}

bool peil_lexer_is_mark(const peil_lexer *lexer, const char *mark) {
    return lexer->token.kind == PEIL_TOKEN_MARK && strcmp(lexer->token.text, mark) == 0;
}

bool peil_lexer_is_word(const peil_lexer *lexer, const char *word) {
    return lexer->token.kind == PEIL_TOKEN_NAME && !lexer->token.quoted &&
           lexer->token.length == strlen(word) &&
           strncmp(lexer->token.text, word, lexer->token.length) == 0;
}
