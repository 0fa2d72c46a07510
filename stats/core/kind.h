/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a measure's name stands for, as far as the language must know: which arguments it takes. The
 * rows themselves stand in estimate/, each beside its formula. */
#ifndef PEIL_CORE_KIND_H
#define PEIL_CORE_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decimal.h"

/* The forms that the argument of a measure can have, to be combined. */
typedef enum peil_form {
    PEIL_FORM_NOTHING = 1,    /* count() */
    PEIL_FORM_VARIABLE = 2,   /* mean(x) */
    PEIL_FORM_CATEGORIES = 4, /* percent(q5): a row for each answer */
    PEIL_FORM_CONDITION = 8,  /* percent(q5 = 1) */
    PEIL_FORM_RATIO = 16,     /* ratio(a / b) */
    PEIL_FORM_INDEX = 32,     /* index(q: 1 = 0, 2 = 100) */
    PEIL_FORM_SCALE = 64,     /* scale(a, -b; 1..5 -> 0..10; min 2) */
    PEIL_FORM_CLASSES = 128,  /* percent(scale(djg6: a, b)): a row for each class */
    PEIL_FORM_SCORE = 256,    /* percent(scale(a, b; ...) >= 5) */
    PEIL_FORM_ITEMS = 512     /* alpha(a, -b; 1..5) */
} peil_form;

/* A rule by which a figure can be made, where there are several. */
typedef struct peil_kind_rule {
    const char *name; /* Mandatory. The word in the language. */
    const char *help; /* Mandatory. One line: what it gives, and whose it is. */
} peil_kind_rule;

/* What the argument says beside the variables. */
typedef struct peil_parameters {
    peil_decimal share; /* quantile(x, 0.9): 0..1 */
    size_t rule;        /* median(x; hf7): its place in the kind's rules */
} peil_parameters;

typedef struct peil_kind {
    const char *name; /* Mandatory. The word in the language. */
    const char *help; /* Mandatory. One line, with an example. */
    unsigned forms;   /* Mandatory. The peil_form values that it takes. */
    bool is_percent;  /* Shown as 0..100, with an interval for proportions. */
    bool is_total;    /* Grows with the population. */
    bool is_mean;     /* The mean of an answer: it can be standardised. */
    bool squares;     /* Its influence holds squares of the answer: fourth powers are summed. */
    bool takes_share; /* Behind the variable stands a share, 0..1. */
    bool ranks;       /* It looks at the order of the answers, so each different one is kept. */
    const peil_kind_rule *const *rules; /* Optional. The default first; ends in NULL. */
} peil_kind;

#endif
