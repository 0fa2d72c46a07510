/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search found, in a sentence. */
#ifndef PEIL_VERIFY_SENTENCE_H
#define PEIL_VERIFY_SENTENCE_H

#include "verify/search.h"

/* Adds the sentence: the conventions that give the figures, how many were tried, and how much a
 * single figure says; or that none gives them. are_missed: of the figures that these conventions
 * leave as they are, how the others come out. */
void peil_sentence_add(const peil_search *search, bool are_missed, peil_language language,
                       peil_text *out);

/* Adds the sentence to the section of the search's figures, whose rows begin at `row`, behind the
 * names of those that it is about. */
peil_status peil_sentence_tell(const peil_search *search, bool are_missed, const char *sentence,
                               size_t row, peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* Why there is nothing to hold a published figure against. */
typedef enum peil_absent { PEIL_ABSENT_CELL, PEIL_ABSENT_ANSWERS, PEIL_ABSENT_FIGURE } peil_absent;

const char *peil_sentence_absent(peil_absent why, peil_language language);

#endif
