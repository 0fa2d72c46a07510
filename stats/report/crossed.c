/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plan/preset.h"
#include "report/comparison.h"

peil_status peil_crossed_make(const peil_request *request, peil_crossed *out, peil_fault *fault) {
    peil_request *made = &out->request;
    *out = (peil_crossed){.request = *request};
    PEIL_TRY(peil_preset_fill(made, request->over, fault));
    if (!request->over) return PEIL_OK;
    const bool is_rest = made->against && strcmp(made->against, "rest") == 0;
    PEIL_TRY(peil_over_make(made, is_rest, &out->over, fault));
    made->by = (peil_words){out->over.nwords, (const char *const *)out->over.words};
    return PEIL_OK;
}

void peil_crossed_clear(peil_crossed *crossed) {
    peil_over_clear(&crossed->over);
    *crossed = (peil_crossed){0};
}
