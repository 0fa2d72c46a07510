/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which conventions, alone or in pairs, give the published figures of an indicator that are not
 * exact. One must give all of them: a figure has few digits, and by chance some convention gives
 * it. A pair is looked for only where no single one is found; and only where no pair is found
 * either, a single one that gives nearly all of many figures, the others being slips perhaps. */
#ifndef PEIL_VERIFY_SEARCH_H
#define PEIL_VERIFY_SEARCH_H

#include "verify/trial.h"

/* What gives the figures: at most two changes. */
typedef struct peil_explanation {
    size_t nchanges;
    peil_change changes[2];
    size_t misses; /* how many of the wrong figures it does not give */
    size_t agrees; /* how many of the exact figures it gives as well */
} peil_explanation;

/* What was tried on a single figure: its value, and how it is rounded. */
typedef struct peil_tried {
    double value;
    const peil_convention *rounding; /* NULL: halves away from 0 */
} peil_tried;

/* The search of one indicator. */
typedef struct peil_search {
    peil_situation situation;
    size_t nfigures;
    const peil_published *figures; /* of the indicator */
    const bool *is_wrong;          /* by figure: to be explained; else it is exact or left out */
    const bool *is_exact;
    size_t may_miss;          /* how many wrong figures an explanation may leave as they are */
    bool *is_missed;          /* by figure: the best explanation does not give it */
    peil_changes_list asked;  /* changes of what is asked, each with a trial */
    peil_changes_list looks;  /* changes of the cell */
    peil_changes_list rounds; /* of the rounding */
    size_t first, npairs;     /* trials: as it was asked, then each of `asked`; pairs of them */
    size_t first_pair;
    size_t tried;
    size_t ntried, tried_capacity; /* of a single wrong figure: what was tried */
    peil_tried *values;
    size_t nfound, found_capacity;
    peil_explanation *found; /* those that agree with more exact figures first; all miss the same */
} peil_search;

/* Lists the changes of what is asked, and adds a trial for each and one without. */
peil_status peil_search_begin(peil_search *search, peil_words by, peil_trials *trials,
                              peil_fault *fault) PEIL_CHECKED;

/* Once these are computed: lists the other changes, and tries all single ones. */
peil_status peil_search_singles(peil_search *search, peil_trials *trials,
                                peil_fault *fault) PEIL_CHECKED;

/* Adds the trials of pairs. */
peil_status peil_search_add_pairs(peil_search *search, peil_trials *trials,
                                  peil_fault *fault) PEIL_CHECKED;

/* Once these are computed: tries all pairs. */
peil_status peil_search_pairs(peil_search *search, peil_trials *trials,
                              peil_fault *fault) PEIL_CHECKED;

/* Tries all single ones again where none gives all: each may miss one figure for every eight that
 * it gives. */
peil_status peil_search_most(peil_search *search, peil_trials *trials,
                             peil_fault *fault) PEIL_CHECKED;

/* How many of the wrong figures what was found does not give, and whether this is one of them. */
size_t peil_search_missed(const peil_search *search);
bool peil_search_misses(const peil_search *search, size_t figure);

/* How many of the figures next to a single wrong one, up to 10 units of its last decimal on either
 * side, would have been explained as well; *of: how many there are. 0 of 0 for several figures. */
size_t peil_search_neighbours(const peil_search *search, size_t *of);

void peil_search_clear(peil_search *search);

#endif
