/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request in a state file: the options that were given, by their long names, in the order of
 * request_keys.h. How one file's period is found is not part of it. */
#ifndef PEIL_REPORT_STATE_REQUEST_H
#define PEIL_REPORT_STATE_REQUEST_H

#include "core/pack.h"
#include "plan/request.h"

/* A request that owns its words. */
typedef struct peil_saved_request {
    peil_request request;
    size_t n, names_capacity, values_capacity;
    char **names, **values; /* of each option given */
} peil_saved_request;

void peil_request_save(const peil_request *request, peil_text *out);

/* Refuses targets and areas that a merge cannot read again. */
peil_status peil_request_check_files(const peil_request *request, peil_fault *fault) PEIL_CHECKED;

/* Refuses options that this peil does not know. The caller clears, also after a failure. */
peil_status peil_request_load(peil_saved_request *saved, peil_unpacking *in,
                              peil_fault *fault) PEIL_CHECKED;
void peil_saved_request_clear(peil_saved_request *saved);

/* The first option in which two requests differ; NULL: they are the same. */
const char *peil_saved_request_difference(const peil_saved_request *a, const peil_saved_request *b);

#endif
