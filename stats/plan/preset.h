/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules by which a publisher of survey figures works, under one name: sets of options. */
#ifndef PEIL_PLAN_PRESET_H
#define PEIL_PLAN_PRESET_H

#include "core/fault.h"
#include "plan/request.h"

/* An option by its long name, and its word. */
typedef struct peil_preset_option {
    const char *name, *word;
} peil_preset_option;

#define PEIL_PRESET_OPTIONS 8

/* To add one: a row in preset.c. */
typedef struct peil_preset {
    const char *name; /* Mandatory. As in --preset. */
    const char *help; /* Mandatory. Whose rules, and what they are. */
    /* Mandatory. Ends with a row without a name; names are those of plan/request_keys.h. */
    peil_preset_option options[PEIL_PRESET_OPTIONS];
} peil_preset;

extern const peil_preset peil_presets[]; /* ends with a row without a name */

/* The preset of that name, or NULL. */
const peil_preset *peil_preset_find(const char *name);

/* Gives the request what its preset says, if it has one, wherever the request says nothing itself;
 * how differences are tested only when it compares. Doing so again changes nothing. Refuses a
 * preset that is not known. */
peil_status peil_preset_fill(peil_request *request, bool compares, peil_fault *fault) PEIL_CHECKED;

#endif
