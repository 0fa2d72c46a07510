/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of a variable must be, as a schema says. A file that breaks it is refused at the
 * first record that does. Values that are declared to be no answer are always fine. */
#ifndef PEIL_READ_RULE_H
#define PEIL_READ_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "read/batch.h"

typedef enum peil_rule_kind {
    PEIL_RULE_NONE,
    PEIL_RULE_NUMBER,
    PEIL_RULE_WHOLE, /* a number without decimals */
    PEIL_RULE_DATE
} peil_rule_kind;

/* A value that is allowed. Values of one meaning other than 0 are spellings of one answer. */
typedef struct peil_allowed {
    char *text; /* canonical, as a dictionary has it */
    bool is_number;
    peil_decimal number;
    unsigned meaning;
} peil_allowed;

/* Zero allows everything. */
typedef struct peil_rule {
    peil_rule_kind kind;
    size_t nallowed, allowed_capacity;
    peil_allowed *allowed;          /* none: every value of the kind */
    const peil_allowed *spelled[3]; /* by meaning: how the data spell it */
} peil_rule;

#define PEIL_ALLOWED_MOST 10000 /* a longer list is no list of answers */

/* Allows a value, given as its text. */
peil_status peil_rule_allow(peil_rule *rule, const char *text, size_t length, unsigned meaning,
                            peil_fault *fault) PEIL_CHECKED;

/* Puts the allowed values in order; *twice is one that was given twice, or NULL. Before the first
 * check. */
void peil_rule_finish(peil_rule *rule, const peil_allowed **twice);

/* Looks for the first of the batch's rows below *rows that breaks the rule. If there is one it goes
 * to *rows and *message says what is wrong. */
peil_status peil_rule_check(peil_rule *rule, const peil_batch_column *column, size_t *rows,
                            const char **message, peil_fault *fault) PEIL_CHECKED;

void peil_rule_clear(peil_rule *rule);

#endif
