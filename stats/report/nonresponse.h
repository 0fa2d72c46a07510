/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that look like none - "weet niet", "refused", a 9 far from the other codes - and that
 * nobody declared to be missing. They are named, with the option that would leave them out, and
 * never left out by themselves: whether "no opinion" is an answer is for people to decide. */
#ifndef PEIL_REPORT_NONRESPONSE_H
#define PEIL_REPORT_NONRESPONSE_H

#include "core/language.h"
#include "report/profile.h"
#include "report/report.h"

/* Whether a label, or a text that is a value, says that there is no answer. Dutch and English. */
bool peil_says_no_answer(const char *text);

/* Whether surveys take such a number for no answer, by custom: 8, 99, 998, -1, -99. */
bool peil_is_customary_code(peil_decimal number);

/* Whether a label makes a number the highest answer and no code: 97 "97 or more", 97 "97+". */
bool peil_says_highest(const char *label, const char *number);

/* Notes such answers of the variables; those with the same codes together. */
peil_status peil_nonresponse_note(const peil_profile *profiles, size_t n, peil_language language,
                                  peil_report *report, peil_fault *fault) PEIL_CHECKED;

#endif
