/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "infer/reliability.h"

#include <stddef.h>
#include <string.h>

#define ROWS(ROW)  \
    ROW(nchs_2017) \
    ROW(nchs_2023)
#define DECLARE(name) extern const peil_reliability peil_reliability_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_reliability_##name,
const peil_reliability *const peil_reliabilities[] = {ROWS(ADDRESS) NULL};

const peil_reliability *peil_reliability_find(const char *name) {
    const peil_reliability *const *row = peil_reliabilities;
    while (*row && strcmp((*row)->name, name) != 0) row++;
    return *row;
}

const char *peil_reliability_words(unsigned verdict) {
    if (verdict & PEIL_SUPPRESS) return "suppress";
    if (verdict & PEIL_REVIEW) return verdict & PEIL_FOOTNOTE ? "review footnote" : "review";
    return verdict & PEIL_FOOTNOTE ? "footnote" : "present";
}
