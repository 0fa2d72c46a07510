/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that is wrong with a file, for who mends it in one go. */
#ifndef PEIL_CORE_FAULTS_H
#define PEIL_CORE_FAULTS_H

#include <stddef.h>

#include "core/fault.h"

typedef struct peil_faults {
    size_t n, capacity;
    peil_fault *list;
} peil_faults;

/* Appends a copy of `added`. */
peil_status peil_faults_add(peil_faults *faults, const peil_fault *added,
                            peil_fault *fault) PEIL_CHECKED;

/* In the order of their lines; faults of a line stay as they were found. */
void peil_faults_sort(peil_faults *faults);

void peil_faults_clear(peil_faults *faults);

#endif
