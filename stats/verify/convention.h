/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conventions that the field mixes up: ways in which a published figure may have been made
 * other than its indicator says. A convention is a row: what it is called, which aspect of the
 * question it changes, a phrase in two languages, where it applies, and what it changes.
 *
 * To add one: a file or a row in convention_<part>.c, and its name in convention.c. */
#ifndef PEIL_VERIFY_CONVENTION_H
#define PEIL_VERIFY_CONVENTION_H

#include "monitor/monitor.h"
#include "report/study.h"
#include "verify/published.h"

/* What a convention changes. Two changes of one aspect exclude each other. Those up to
 * PEIL_ASPECT_CELL change what is asked of the data; the others look elsewhere in what is there, or
 * round it. */
typedef enum peil_aspect {
    PEIL_ASPECT_WEIGHT,
    PEIL_ASPECT_ANSWERS, /* which answers count */
    PEIL_ASPECT_DOMAIN,  /* whose answers count */
    PEIL_ASPECT_MIN,     /* how many items make a score */
    PEIL_ASPECT_IMPUTED, /* what a missing item counts for */
    PEIL_ASPECT_ITEMS,   /* which way items run */
    PEIL_ASPECT_CELL,
    PEIL_ASPECT_PERIOD = PEIL_ASPECT_CELL,
    PEIL_ASPECT_GROUP,
    PEIL_ASPECT_ROUNDING
} peil_aspect;

/* What a file has that a convention may take. */
typedef struct peil_in_file {
    size_t nweights, nnames, weights_capacity, names_capacity;
    char **weights; /* variables that may be weights */
    char **names;   /* all variables */
} peil_in_file;

/* The part of a request that conventions change. Words live as long as the monitor. */
typedef struct peil_draft {
    const char *measure, *where, *weight;
    bool zero_weights; /* a respondent without a weight has weight 0 */
    bool include_missing;
    peil_words missing;
} peil_draft;

/* The indicator at hand. */
typedef struct peil_situation {
    peil_monitor *monitor;
    size_t indicator;
    const peil_study *study;     /* as it was asked: labels and values of its variables */
    const peil_measure *measure; /* of that study */
    const peil_draft *draft;     /* as it was asked */
    const peil_in_file *in_file;
    size_t nwrong;              /* figures to explain */
    const char *const *periods; /* in order; of figures by period */
    size_t nperiods;
    const peil_published_key *groups; /* every value of every variable of breakdowns */
    size_t ngroups;
} peil_situation;

typedef struct peil_convention peil_convention;

/* A convention with what it takes here: a weight, an item, a year. */
typedef struct peil_change {
    const peil_convention *convention;
    const char *detail; /* what the phrase names; NULL: nothing */
    const char *text;   /* what `apply` or `look` takes; NULL: nothing */
    size_t item;        /* the same */
} peil_change;

typedef struct peil_changes_list {
    size_t n, capacity;
    peil_change *list;
} peil_changes_list;

struct peil_convention {
    const char *name; /* Mandatory. */
    peil_aspect aspect;
    const char *phrase[2]; /* Mandatory, by language. With %s for the detail. */
    /* Adds each way in which it applies to the indicator; nothing where it does not. */
    peil_status (*list)(const peil_situation *s, const peil_convention *self,
                        peil_changes_list *out, peil_fault *fault);
    /* Of conventions that change what is asked: changes the draft. */
    peil_status (*apply)(const peil_situation *s, const peil_change *change, peil_draft *draft,
                         peil_fault *fault);
    /* Of those that look elsewhere: whose figure it is in place of the published one's. False where
     * it is the same, or there is none. */
    bool (*look)(const peil_situation *s, const peil_change *change, peil_published *p);
    /* Of roundings: whether x is published as this figure. */
    bool (*rounds)(const peil_statement *published, double x);
};

/* All conventions, the more usual ones first; ends in NULL. */
extern const peil_convention *const peil_conventions[];

/* Whether x is published as this figure with halves away from 0, as schools and spreadsheets round;
 * with a range or "about", whether it is one of their values. */
bool peil_rounds_away(const peil_statement *published, double x);

/* ---- for the rows ---- */

/* Words that live as long as the monitor. */
const char *peil_convention_word(const peil_situation *s, peil_status *status, peil_fault *fault,
                                 const char *format, ...) PEIL_PRINTF(4, 5);

peil_status peil_changes_list_add(peil_changes_list *list, const peil_convention *convention,
                                  const char *detail, const char *text, size_t item,
                                  peil_fault *fault) PEIL_CHECKED;

/* Changes a draft's measure: parses it, has it edited, and prints it. */
typedef void peil_edit(peil_measure *measure, const peil_change *change);
peil_status peil_draft_edit(const peil_situation *s, const peil_change *change, peil_edit *edit,
                            peil_draft *draft, peil_fault *fault) PEIL_CHECKED;

/* The condition that holds where both do; either may be NULL. */
peil_status peil_draft_narrow(const peil_situation *s, const char *where, peil_draft *draft,
                              peil_fault *fault) PEIL_CHECKED;

#endif
