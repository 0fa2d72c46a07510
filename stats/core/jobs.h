/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of work done side by side. */
#ifndef PEIL_CORE_JOBS_H
#define PEIL_CORE_JOBS_H

#include <stddef.h>

#include "core/fault.h"

/* Does one, by its number. Others may be under way in other threads. */
typedef peil_status peil_job(void *context, size_t number, peil_fault *fault);

/* Does the jobs 0 to n - 1 with at most so many threads, the calling one among them: each takes the
 * next that nobody has. After a failure none is begun; what the first of those that failed says
 * stands, so that it is the same for any number of threads. A thread that cannot be had is done
 * without. */
peil_status peil_jobs_do(size_t n, size_t threads, peil_job *job, void *context,
                         peil_fault *fault) PEIL_CHECKED;

#endif
