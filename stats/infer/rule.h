/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules by which two figures differ, or not. A row sees numbers and answers with numbers. */
#ifndef PEIL_INFER_RULE_H
#define PEIL_INFER_RULE_H

#include "core/fault.h"
#include "infer/interval.h"
#include "infer/twoway.h"

/* What a rule looks at, and what is filled of a pair. */
typedef enum peil_basis {
    PEIL_BASIS_DIFFERENCE, /* difference, se and df */
    PEIL_BASIS_INTERVALS,  /* both figures with their intervals; the rule has no p */
    PEIL_BASIS_TABLE       /* table and df: the answers to a question, of percent(...) only */
} peil_basis;

/* The figure of a period and that of its reference. */
typedef struct peil_pair {
    double difference, se, df;                   /* df: of the respondents of both together */
    bool is_percent;                             /* the figures are proportions */
    double period, reference;                    /* the figures */
    peil_bounds around_period, around_reference; /* each of the rule's level */
    peil_twoway table;                           /* its first group is the period */
} peil_pair;

typedef struct peil_verdict {
    double statistic, df, p; /* NaN: there is no test */
    int differs;             /* INTERVALS: 1, 0, or -1 when it cannot be said */
    peil_gap gap;            /* TABLE: what the table lacked */
} peil_verdict;

extern const peil_verdict peil_no_verdict; /* numbers NaN, differs -1 */

/* To add one: a file rule_<name>.c with such a row, and the row in rule.c. */
typedef struct peil_test_rule {
    const char *name; /* Mandatory. As in --rule. */
    const char *help; /* Mandatory. One line: whose rule it is. */
    peil_basis basis; /* Mandatory. */
    bool of_shares;   /* TABLE: its covariance is that of the shares in all, not of totals. */
    double period_level, reference_level; /* INTERVALS: in (0,1), or 0: the one that is asked. */
    /* Mandatory. Fills what its basis has in *out, which comes in as no verdict. Fails only when
     * memory runs out. */
    peil_status (*judge)(const peil_pair *pair, peil_verdict *out, peil_fault *fault);
} peil_test_rule;

extern const peil_test_rule *const peil_test_rules[]; /* ends in NULL; t first, the default */

/* The rule of that name, or NULL. */
const peil_test_rule *peil_test_rule_find(const char *name);

/* What a rule says of a pair. */
peil_status peil_test_rule_judge(const peil_test_rule *rule, const peil_pair *pair,
                                 peil_verdict *out, peil_fault *fault) PEIL_CHECKED;

typedef struct peil_test {
    double statistic, p; /* NaN when the difference cannot be tested */
} peil_test;

/* t = difference / se on df, two-sided p. se <= 0 or df <= 0: NaN, NaN. */
peil_test peil_test_t(double difference, double se, double df);

/* 1 when the intervals do not overlap (touching overlaps), 0 when they do. One bound may be missing
 * where the others settle it; -1 when they do not, or an interval has no bounds at all. */
int peil_test_overlap(const peil_pair *pair);

#endif
