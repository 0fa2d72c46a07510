/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dimensions that the replicate weights of some cells' respondents span, for degrees of
 * freedom. */
#ifndef PEIL_TALLY_SPAN_H
#define PEIL_TALLY_SPAN_H

#include "tally/view.h"

/* What the tally keeps of ranks, for the respondents with an answer to a question in each cell of
 * a breakdown, or for everybody; NULL when it keeps nothing. The caller frees. */
typedef struct peil_span peil_span;
peil_status peil_span_new(const peil_tally *tally, size_t question, size_t cube,
                          const peil_crossing *crossing, peil_span **out,
                          peil_fault *fault) PEIL_CHECKED;
void peil_span_free(peil_span *span);

/* The rank of the replicate weights of the n respondents in these cells, which are in increasing
 * order. As R's qr counts it, while it is below PEIL_RANK_KNOWN or replicates are at most 160; else
 * the most that it can be. */
peil_status peil_span_rank(peil_span *span, const uint32_t *cells, size_t ncells, uint64_t n,
                           size_t *rank, peil_fault *fault) PEIL_CHECKED;

#endif
