/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The units and cells that were met, numbered as they were first seen, and facts of the units that
 * only add up. Ids mean nothing outside one run; values do. */
#ifndef PEIL_PLAN_CATALOG_H
#define PEIL_PLAN_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/pairs.h"

/* A record of one of the input files, for messages. */
typedef struct peil_record {
    uint32_t file;
    uint64_t record;
} peil_record;

static inline bool peil_record_is_before(peil_record a, peil_record b) {
    return a.file < b.file || (a.file == b.file && a.record < b.record);
}

/* What is known of a stratum of some stage. */
typedef struct peil_stratum_facts {
    peil_decimal fpc;  /* as in the data */
    peil_record first; /* the first record in it */
    uint64_t rows;
} peil_stratum_facts;

/* A step down the tree of strata and units: each node has a parent on the level above (0 on the
 * first) and the code of a variable's value. */
typedef struct peil_level {
    size_t column; /* of the batch; PEIL_NO_COLUMN: every row the same */
    size_t stage;
    bool is_stratum; /* the last level of a stage's strata: it has facts */
    bool is_unit;    /* a sampled unit of the stage */
    peil_pairs nodes;
    peil_stratum_facts *facts; /* by node, when is_stratum */
    size_t facts_capacity;
} peil_level;

#define PEIL_NO_COLUMN SIZE_MAX

/* One finest breakdown: a chain of maps, the last of which numbers its base cells. Code 0 of a
 * variable is its missing value, which is a cell here: a margin counts it. */
typedef struct peil_cube {
    size_t nby;
    size_t *by;        /* indexes of the plan's by variables */
    peil_pairs *chain; /* nby maps; a cube without variables has the one cell 0 */
    bool everybody;    /* also who does not meet --where */
} peil_cube;

typedef struct peil_catalog {
    size_t nlevels;
    peil_level *levels;
    uint64_t *weighted; /* by node of the last level: rows with a weight above 0 */
    size_t weighted_capacity;
    size_t ncubes;
    peil_cube *cubes;
    peil_record *met; /* by base cell of the cube of everybody, if there is one: its first record */
    size_t nmet, met_capacity;
} peil_catalog;

/* The number of the cube of everybody, or ncubes. */
static inline size_t peil_catalog_everybody(const peil_catalog *catalog) {
    const bool has = catalog->ncubes && catalog->cubes[catalog->ncubes - 1].everybody;
    return has ? catalog->ncubes - 1 : catalog->ncubes;
}

/* Number of base cells of a cube. */
static inline size_t peil_cube_cells(const peil_cube *cube) {
    return cube->nby ? cube->chain[cube->nby - 1].count : 1;
}

/* Writes the nby codes of a base cell. */
void peil_cube_codes(const peil_cube *cube, uint32_t cell, uint32_t *codes);

/* The base cell with these codes, or PEIL_NONE. */
uint32_t peil_cube_find(const peil_cube *cube, const uint32_t *codes);

/* The base cell of `all`, whose variables the cube has too, that a cell lies in; or PEIL_NONE. */
uint32_t peil_cube_around(const peil_cube *cube, uint32_t cell, const peil_cube *all);

/* Finds or adds the base cell with these codes. */
peil_status peil_cube_cell(peil_cube *cube, const uint32_t *codes, uint32_t *cell,
                           peil_fault *fault) PEIL_CHECKED;

void peil_catalog_clear(peil_catalog *catalog);

#endif
