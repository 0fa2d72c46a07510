/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of one file read and added up by several threads. Each has a reader that shares the
 * file's rows and a part of its own; sums are whole numbers, so that it makes no difference which
 * rows come to which. */
#ifndef PEIL_REPORT_THREADS_H
#define PEIL_REPORT_THREADS_H

#include "report/study.h"

/* How many threads a request may have: as many as it says, else one for each processor. */
size_t peil_threads_count(const peil_request *request);

/* Reads the rows of a reader that is bound to the part's batch, with at most so many threads and as
 * many as the file is worth, and adds them to the part and to the input's counts. *agree false:
 * some thread met a fault in the data, or what the rows mean depends on their order. Then the file
 * must be read again by one thread, with another part, and what that says of it stands. tells: how
 * far it is. */
peil_status peil_threads_read(const peil_pass *pass, peil_reader *reader, size_t most,
                              peil_part *part, peil_input *input, bool tells, bool *agree,
                              peil_fault *fault) PEIL_CHECKED;

#endif
