/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the measure language, and errors that point at them. For the parser, and for who prints
 * what it is to read back. */
#ifndef PEIL_PLAN_LEXER_H
#define PEIL_PLAN_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decimal.h"
#include "core/fault.h"

typedef enum peil_token_kind {
    PEIL_TOKEN_END,
    PEIL_TOKEN_NAME,   /* also between backquotes */
    PEIL_TOKEN_NUMBER, /* without a sign */
    PEIL_TOKEN_TEXT,   /* between double quotes; "" inside is one quote */
    PEIL_TOKEN_MARK    /* ( ) , : ; / - = <> < <= > >= .. -> */
} peil_token_kind;

typedef struct peil_token {
    peil_token_kind kind;
    const char *at;   /* where it begins */
    const char *text; /* NAME, TEXT, MARK: what is inside the quotes */
    size_t length;
    bool quoted; /* NAME between backquotes: never a keyword */
    peil_decimal number;
} peil_token;

typedef struct peil_lexer {
    const char *text;  /* the whole, for messages */
    const char *at;    /* behind the token */
    peil_token token;  /* the one to look at */
    peil_token before; /* the one before it */
    size_t tokens;     /* read so far; a text that has very many is refused */
} peil_lexer;

/* Moves to the next token; PEIL_EUSAGE for a character that begins none. */
peil_status peil_lexer_next(peil_lexer *lexer, peil_fault *fault) PEIL_CHECKED;

/* A lexer at the first token of a text, which must stay. */
peil_status peil_lexer_start(peil_lexer *lexer, const char *text, peil_fault *fault) PEIL_CHECKED;

bool peil_lexer_is_mark(const peil_lexer *lexer, const char *mark);
bool peil_lexer_is_word(const peil_lexer *lexer, const char *word);

/* PEIL_EUSAGE: "what", the text, and a caret under `at`. */
peil_status peil_lexer_fail(const peil_lexer *lexer, const char *at, const char *what,
                            peil_fault *fault);

/* The same under the token, with how to write what it looks like: a name with spaces, a decimal
 * comma, or a word such as "between". */
peil_status peil_lexer_refuse(const peil_lexer *lexer, const char *what, peil_fault *fault);

#endif
