/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/stored.h"

#include <stdio.h>

#include "read/source.h"

static peil_status read_stored(const char *name, size_t most, peil_text *text, char sha256[65],
                               peil_fault *fault) {
    peil_source *source = NULL;
    peil_status status = peil_source_open(name, 0, true, &source, fault);
    if (status == PEIL_OK) status = peil_source_text(source, most, text, fault);
    if (status == PEIL_OK && text && text->length > most)
        status = peil_fail(fault, PEIL_EDATA,
                           "is over %zu MiB; if it is data, 'peil describe' tells what is in it",
                           most >> 20);
    if (status == PEIL_OK) peil_source_sha256(source, sha256);
    if (status != PEIL_OK && fault) snprintf(fault->file, sizeof fault->file, "%s", name);
    peil_source_free(source);
    return status;
}

peil_status peil_stored_text(const char *name, size_t most, peil_text *text, char sha256[65],
                             peil_fault *fault) {
    return read_stored(name, most, text, sha256, fault);
}

peil_status peil_stored_sha256(const char *name, char sha256[65], peil_fault *fault) {
    return read_stored(name, SIZE_MAX, NULL, sha256, fault);
}
