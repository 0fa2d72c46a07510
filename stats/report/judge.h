/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule says of two figures, or of all answers that two groups gave to a question: one truth
 * for `compare` and for the changes of a monitor. */
#ifndef PEIL_REPORT_JUDGE_H
#define PEIL_REPORT_JUDGE_H

#include "infer/rule.h"
#include "report/ahead.h"

/* A figure of some cells together. */
typedef struct peil_side {
    peil_linear linear;
    double value;       /* for a rule that looks at intervals; in 0..1 for a percentage */
    peil_bounds bounds; /* the same: of the rule's level for this side, or else the study's */
} peil_side;

typedef struct peil_sides {
    peil_side period, reference;
    const peil_ahead *ahead; /* they were made ahead, and their difference with them; or NULL */
} peil_sides;

/* Whether the figures of a domain may not be shown, nor what they differ from others: they are of
 * fewer respondents than the study's min_n. */
bool peil_judge_hides(const peil_study *study, const peil_domain *domain);

/* Whether a comparison would give away a figure that may not be shown. Of a group its figures are
 * of the same respondents, whatever the category. */
bool peil_judge_hides_either(const peil_tableau *t, peil_cells period, peil_cells reference);

/* The figures of `period` and `reference` that the rule asks for. ahead: what was made of them for
 * this category; or NULL. A fault names its file. */
peil_status peil_judge_sides(const peil_test_rule *rule, const peil_tableau *t, peil_cells period,
                             peil_cells reference, size_t category, const peil_ahead *ahead,
                             peil_sides *out, peil_fault *fault) PEIL_CHECKED;

/* Their difference, where both exist. */
peil_status peil_sides_difference(const peil_tableau *t, const peil_sides *sides,
                                  peil_difference *out, peil_fault *fault) PEIL_CHECKED;

/* The verdict of a rule of basis DIFFERENCE or INTERVALS on two figures that exist; `difference` is
 * theirs. */
peil_status peil_judge_difference(const peil_test_rule *rule, const peil_tableau *t,
                                  const peil_sides *sides, const peil_difference *difference,
                                  peil_verdict *out, peil_fault *fault) PEIL_CHECKED;

/* Whether a rule can judge the figures of a tableau: one of basis TABLE takes percentages alone, as
 * they were answered, thus not standardised. */
bool peil_judge_takes(const peil_test_rule *rule, const peil_tableau *t);

/* The verdict of a rule of basis TABLE, which takes the tableau, on all answers to its question, of
 * those in `period` against those in `reference`. PEIL_EDATA when they are too many. */
peil_status peil_judge_question(const peil_test_rule *rule, const peil_tableau *t,
                                peil_cells period, peil_cells reference, peil_verdict *out,
                                peil_fault *fault) PEIL_CHECKED;

/* Verdicts on questions, and what they lacked. */
typedef struct peil_questions {
    size_t n;
    size_t untested, unchosen, zero; /* those with that gap */
    bool is_shared;                  /* some verdict stands in more than one row */
} peil_questions;

void peil_questions_add(peil_questions *questions, const peil_questions *others);
void peil_questions_count(peil_questions *questions, const peil_tableau *t,
                          const peil_verdict *verdict);

/* Says so to readers of the rows; nothing when there are none. */
peil_status peil_questions_note(const peil_questions *questions, peil_report *report,
                                peil_language language, peil_fault *fault) PEIL_CHECKED;

/* A note on some of all, in both languages. */
typedef struct peil_counted {
    size_t n;
    const char *english, *dutch;
} peil_counted;

/* Adds those of the n notes that are about any. */
peil_status peil_note_counts(peil_report *report, peil_language language, const peil_counted *notes,
                             size_t n, size_t all, peil_fault *fault) PEIL_CHECKED;

#endif
