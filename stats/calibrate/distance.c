/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/distance.h"

#include <stddef.h>
#include <string.h>

/* The distances, in the order of the help. */
#define ROWS(ROW) \
    ROW(rake)     \
    ROW(linear)   \
    ROW(logit)    \
    ROW(poststratify)

#define DECLARE(name) extern const peil_distance peil_distance_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_distance_##name,
const peil_distance *const peil_distances[] = {ROWS(ADDRESS) NULL};

const peil_distance *peil_distance_find(const char *name) {
    for (size_t i = 0; peil_distances[i]; i++)
        if (strcmp(peil_distances[i]->name, name) == 0) return peil_distances[i];
    return NULL;
}
