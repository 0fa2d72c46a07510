/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a description says of a variable's values, in one line. Scripts get it in English. */
#ifndef PEIL_REPORT_VALUES_H
#define PEIL_REPORT_VALUES_H

#include "core/language.h"
#include "core/text.h"
#include "report/profile.h"

/* Codes of the profile's dictionary in the order in which people see them. The caller frees. */
peil_status peil_values_order(const peil_profile *profile, uint32_t **order,
                              peil_fault *fault) PEIL_CHECKED;

/* Adds "1 ja (345), 2 nee (12), [9 geen antwoord (12)]": value, label, and how often; values that
 * are declared to be no answer between brackets. With weights: "1 ja (345, 57.3%)", the weighted
 * percentage of all answers. A variable with more than a dozen answers shows those that have a
 * label, and "..." for the others; without labels nothing. */
peil_status peil_values_add(const peil_profile *profile, peil_language language, peil_text *out,
                            peil_fault *fault) PEIL_CHECKED;

/* What is known of weights. */
typedef struct peil_weighing {
    double sum, mean;
    double cv;   /* coefficient of variation of the weights above 0 */
    double deff; /* 1 + cv^2: how much they enlarge the variance of a mean (Kish 1965, 11.7) */
} peil_weighing;

/* For a variable of numbers, of which at least one is above 0. */
peil_weighing peil_weighing_of(const peil_profile *profile);

/* Adds "sum 16.25, mean 1.354, cv 0.59, deff 1.35, zero 0". */
void peil_weighing_add(const peil_profile *profile, peil_language language, peil_text *out);

#endif
