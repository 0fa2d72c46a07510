/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why published figures are not the computed ones: which conventions give them. */
#ifndef PEIL_VERIFY_EXPLAIN_H
#define PEIL_VERIFY_EXPLAIN_H

#include "report/publication.h"
#include "verify/published.h"
#include "verify/status.h"

/* Fills the column "explanation" of the report's rows, one a published figure, where the figure is
 * not exact: a sentence in the report's language, which the section of its indicator tells as well.
 * Three more passes over the files of a source at most: one that describes them, one for single
 * conventions, and one for pairs where none of these gives the figures; and some more where the
 * data refuse a convention, which is then tried apart. */
peil_status peil_verify_explain(const peil_publication *publication,
                                const peil_published_list *list, const peil_verdict *verdicts,
                                peil_report *report, peil_fault *fault) PEIL_CHECKED;

#endif
