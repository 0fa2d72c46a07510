/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Areas in areas: buurt in wijk in gemeente in regio, from a text file with a row for each smallest
 * area. Its columns are the levels, smallest first, under the names of the variables that hold
 * them; a column LEVEL_naam, LEVEL_name or LEVEL_label has the names of that level's areas.
 *
 * Codes of Statistics Netherlands come with any padding and prefix: GM0546, "0546", 546 and GM546
 * are one code. */
#ifndef PEIL_READ_HIERARCHY_H
#define PEIL_READ_HIERARCHY_H

#include "read/reader.h"

typedef struct peil_hierarchy_level {
    size_t column, names; /* of the batch: codes, and names or PEIL_NO_NAMES */
    /* By area; areas are numbered from 1 as the file has them, 0 is none. */
    uint32_t *parent; /* the area of the next level that it lies in */
    uint32_t *name;   /* code of its name */
    size_t capacity, names_capacity;
    uint32_t *order; /* the areas in the order of their codes, for look-ups */
} peil_hierarchy_level;

#define PEIL_NO_NAMES SIZE_MAX

typedef struct peil_hierarchy {
    char *file;
    char sha256[65]; /* of its bytes as stored */
    bool has_names;  /* some level has */
    size_t nlevels;
    peil_hierarchy_level *levels; /* smallest areas first */
    peil_batch batch;             /* its dictionaries have the texts */
} peil_hierarchy;

/* Reads a hierarchy. Refuses (PEIL_EDATA, naming file, record, variable and code) an area without a
 * code, in two others or with two names, and two codes that are one but for their padding. The
 * caller clears, also after a failure. */
peil_status peil_hierarchy_read(const char *file, peil_hierarchy *out,
                                peil_fault *fault) PEIL_CHECKED;

void peil_hierarchy_clear(peil_hierarchy *hierarchy);

/* Whether two texts are one code: the same text, or the same number with or without the prefix and
 * leading zeros. Two prefixes must be the same. */
bool peil_area_is(const char *a, const char *b);

/* The level of that name; nlevels when there is none. */
size_t peil_hierarchy_find_level(const peil_hierarchy *hierarchy, const char *name);

/* The name of a level; how many areas it has; the code of an area, and its name or NULL. */
const char *peil_hierarchy_level_name(const peil_hierarchy *hierarchy, size_t level);
uint32_t peil_hierarchy_count(const peil_hierarchy *hierarchy, size_t level);
const char *peil_hierarchy_code(const peil_hierarchy *hierarchy, size_t level, uint32_t area);
const char *peil_hierarchy_name(const peil_hierarchy *hierarchy, size_t level, uint32_t area);

/* The area of a level with that code, whatever its padding; 0: there is none. */
uint32_t peil_hierarchy_find(const peil_hierarchy *hierarchy, size_t level, const char *code);

/* The area of level `above` that an area of `level`, which is no higher, lies in. */
uint32_t peil_hierarchy_climb(const peil_hierarchy *hierarchy, size_t level, uint32_t area,
                              size_t above);

/* Whether a file with that header has areas of that level, or smaller ones. */
bool peil_hierarchy_gives(const peil_hierarchy *hierarchy, const peil_header *header, size_t level);

#endif
