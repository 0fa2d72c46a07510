/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is compared, and within what: the breakdowns of a comparison as words. */
#ifndef PEIL_REPORT_OVER_H
#define PEIL_REPORT_OVER_H

#include "plan/plan.h"

typedef struct peil_over {
    peil_names names; /* the variables whose values are compared; several levels of a hierarchy */
    size_t nwords;
    char **words; /* "a,b": one breakdown a word, the variable that is compared last */
} peil_over;

/* Crosses request->by with request->over. Against the rest, a level of the hierarchy is crossed
 * with the level above it, unless a breakdown has a higher one: the rest is that of the area around
 * it. The caller clears, also after a failure. */
peil_status peil_over_make(const peil_request *request, bool is_rest, peil_over *out,
                           peil_fault *fault) PEIL_CHECKED;

void peil_over_clear(peil_over *over);

#endif
