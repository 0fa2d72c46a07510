/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Monitors of the health services have several weights in one file: ewGGD for questions of their
 * own, ewCBSGGD for those shared with Statistics Netherlands, others by municipality or region. */
#include <string.h>

#include "verify/convention.h"

static peil_status list_unweighted(const peil_situation *s, const peil_convention *self,
                                   peil_changes_list *out, peil_fault *fault) {
    return s->draft->weight ? peil_changes_list_add(out, self, NULL, NULL, 0, fault) : PEIL_OK;
}

static peil_status list_weights(const peil_situation *s, const peil_convention *self,
                                peil_changes_list *out, peil_fault *fault) {
    for (size_t i = 0; i < s->in_file->nweights; i++) {
        const char *name = s->in_file->weights[i];
        if (s->draft->weight && strcmp(s->draft->weight, name) == 0) continue;
        PEIL_TRY(peil_changes_list_add(out, self, name, name, 0, fault));
    }
    return PEIL_OK;
}

static peil_status apply(const peil_situation *s, const peil_change *change, peil_draft *draft,
                         peil_fault *fault) {
    (void)s;
    (void)fault;
    draft->weight = change->text;
    draft->zero_weights = true;
    return PEIL_OK;
}

const peil_convention peil_convention_unweighted = {
    .name = "unweighted",
    .aspect = PEIL_ASPECT_WEIGHT,
    .phrase = {"without weights", "zonder weging"},
    .list = list_unweighted,
    .apply = apply,
};

const peil_convention peil_convention_other_weight = {
    .name = "other-weight",
    .aspect = PEIL_ASPECT_WEIGHT,
    .phrase = {"with %s as the weight", "met %s als gewicht"},
    .list = list_weights,
    .apply = apply,
};
