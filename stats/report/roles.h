/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What variables may be for, guessed from their names and values: for a person to judge, never
 * acted on. */
#ifndef PEIL_REPORT_ROLES_H
#define PEIL_REPORT_ROLES_H

#include "core/language.h"
#include "report/nesting.h"
#include "report/profile.h"
#include "report/report.h"

typedef enum peil_guess {
    PEIL_GUESS_NONE,
    PEIL_GUESS_YEAR,
    PEIL_GUESS_STRATA,
    PEIL_GUESS_CLUSTER,
    PEIL_GUESS_FPC,
    PEIL_GUESS_WEIGHT,
    PEIL_GUESS_AREA
} peil_guess;

/* The guess for a variable that was counted to its end. */
peil_guess peil_guess_of(const peil_profile *profile);

/* The guess as the report's word, "weight?"; NULL for none. */
const char *peil_guess_word(peil_guess guess);

/* Whether a name alone may be that of such a variable, before anything is counted. */
bool peil_guess_fits_name(peil_guess guess, const char *name);

/* The variables that are guessed to describe the sample, by their place; or PEIL_NO_PLACE. */
#define PEIL_NO_PLACE SIZE_MAX
typedef struct peil_design_guess {
    size_t strata, cluster, fpc;
    peil_nesting clusters, sizes; /* clusters in strata, population sizes in strata */
} peil_design_guess;

/* Notes what the guesses rest on and which option would use them, but for the variable `weight`
 * that the user gave (or NULL). */
peil_status peil_guess_note(const peil_profile *profiles, size_t n, const peil_design_guess *design,
                            const char *weight, peil_language language, peil_report *report,
                            peil_fault *fault) PEIL_CHECKED;

#endif
