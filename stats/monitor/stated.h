/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as documents state them: published values and targets, in Dutch or English.
 *
 *     5,7   32%   3.200   > 34%   <=9%   ± 3.200   10 - 15%   -   *   34%¹⁾
 */
#ifndef PEIL_MONITOR_STATED_H
#define PEIL_MONITOR_STATED_H

#include <stdbool.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/language.h"

/* What a statement says of the figure. */
typedef enum peil_relation {
    PEIL_IS,        /* 5,7 */
    PEIL_ABOVE,     /* >34% */
    PEIL_AT_LEAST,  /* >=34% */
    PEIL_BELOW,     /* <13% */
    PEIL_AT_MOST,   /* <=9% */
    PEIL_ABOUT,     /* ± 3.200 */
    PEIL_BETWEEN,   /* 10 - 15% */
    PEIL_UNMEASURED /* -  or *: no figure */
} peil_relation;

typedef struct peil_statement {
    peil_relation relation;
    peil_decimal value, high; /* high: of BETWEEN */
    int decimals;             /* as many as are shown */
    bool is_percent;
} peil_statement;

/* Reads a statement. A point before three digits is a thousands point in Dutch, a comma so in
 * English; where a text has both marks, the last one is the decimal mark. Footnote marks behind the
 * number are passed over. PEIL_EDATA for any other text. */
peil_status peil_statement_read(const char *text, peil_language language, peil_statement *out,
                                peil_fault *fault) PEIL_CHECKED;

/* Whether it only says on which side of a value the figure lies. */
static inline bool peil_statement_is_bound(const peil_statement *statement) {
    return statement->relation == PEIL_ABOVE || statement->relation == PEIL_AT_LEAST ||
           statement->relation == PEIL_BELOW || statement->relation == PEIL_AT_MOST;
}

#endif
