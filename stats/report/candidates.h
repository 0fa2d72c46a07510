/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes that may mean no answer, by variable, and what is noted of them. */
#ifndef PEIL_REPORT_CANDIDATES_H
#define PEIL_REPORT_CANDIDATES_H

#include "core/language.h"
#include "read/variable.h"
#include "report/report.h"

/* What one variable has. Zero: nothing. */
typedef struct peil_candidate {
    const char *name; /* borrowed */
    peil_text codes;  /* as in --missing: 8 9 "weet niet" */
    peil_text shown;  /* 8 weet niet, 9 geen antwoord */
    bool is_apart;    /* some have neither label nor words */
    bool is_told;
} peil_candidate;

/* Adds a value, given as its canonical text. */
void peil_candidate_add(peil_candidate *out, const peil_variable *about, const char *text,
                        bool is_apart);

/* Notes them with the option that would leave them out: variables with the same codes together. */
peil_status peil_candidates_note(peil_candidate *all, size_t n, peil_language language,
                                 peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* Releases what they hold; the array is the caller's. */
void peil_candidates_clear(peil_candidate *all, size_t n);

#endif
