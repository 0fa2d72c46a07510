/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of `peil verify`: each published figure beside the computed one. */
#ifndef PEIL_VERIFY_ROWS_H
#define PEIL_VERIFY_ROWS_H

#include "report/publication.h"
#include "verify/published.h"
#include "verify/status.h"

/* Adds the columns and the rows of all published figures, in the order of the list, with a note on
 * how many are what and one on each figure that was published twice. A last column "explanation" is
 * there when the request asks for it, still empty. `publication` has been read.
 * verdicts: by figure, filled. */
peil_status peil_verify_rows(const peil_publication *publication, const peil_published_list *list,
                             peil_verdict *verdicts, peil_report *report,
                             peil_fault *fault) PEIL_CHECKED;

#endif
