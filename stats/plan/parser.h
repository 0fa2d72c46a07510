/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of the parser that its files share: parse.c and parse_scale.c alone. Each begins at
 * the lexer's token, leaves the lexer behind what it took, and fails with PEIL_EUSAGE. */
#ifndef PEIL_PLAN_PARSER_H
#define PEIL_PLAN_PARSER_H

#include "plan/expression.h"
#include "plan/lexer.h"

/* The token's text, with doubled quotes made single. The caller frees. */
peil_status peil_parse_copy(const peil_token *token, char **out, peil_fault *fault) PEIL_CHECKED;

/* One mark, or a number with its sign. */
peil_status peil_parse_mark(peil_lexer *lexer, const char *mark, peil_fault *fault) PEIL_CHECKED;
peil_status peil_parse_number(peil_lexer *lexer, peil_decimal *number,
                              peil_fault *fault) PEIL_CHECKED;

/* A variable of the measure, with a minus in front where it may be reversed. */
peil_status peil_parse_variable(peil_lexer *lexer, peil_measure *measure, bool may_reverse,
                                peil_fault *fault) PEIL_CHECKED;

/* ">= 5" or "in (1, 2)": a leaf without a variable. *out is set, also on failure, and is the
 * caller's to free. */
peil_status peil_parse_score_test(peil_lexer *lexer, peil_condition **out,
                                  peil_fault *fault) PEIL_CHECKED;

/* The argument of scale(...); of alpha(...): its items and their range. */
peil_status peil_parse_scale(peil_lexer *lexer, peil_measure *measure,
                             peil_fault *fault) PEIL_CHECKED;
peil_status peil_parse_items(peil_lexer *lexer, peil_measure *measure,
                             peil_fault *fault) PEIL_CHECKED;

/* The argument of another measure that is a scale: "scale(...)" or "scale(...) >= 5". */
peil_status peil_parse_score(peil_lexer *lexer, peil_measure *measure,
                             peil_fault *fault) PEIL_CHECKED;

#endif
