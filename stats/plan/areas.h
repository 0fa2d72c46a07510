/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variables of areas that a hierarchy gives: each area under its one code, and the larger areas
 * that it lies in. What a spelling stands for is worked out once for each different one. */
#ifndef PEIL_PLAN_AREAS_H
#define PEIL_PLAN_AREAS_H

#include "read/batch.h"
#include "read/hierarchy.h"

struct peil_coder;

/* What the spellings of a column stand for on a level. */
typedef struct peil_area_link {
    size_t to, from; /* columns: codes, spellings */
    size_t n, capacity;
    uint32_t *code; /* by code of `from`: that of `to`, or PEIL_NONE for no area */
} peil_area_link;

/* PEIL_EDATA for a name that is neither a variable of the file nor a level that the hierarchy can
 * give it, when there is more to say of it than that: the level or variable that was probably
 * meant, or what the hierarchy needs. */
peil_status peil_areas_check_name(const peil_hierarchy *hierarchy, const peil_header *header,
                                  const char *name, peil_fault *fault) PEIL_CHECKED;

/* Makes those columns of a batch that are levels of the hierarchy columns of areas, with the names
 * as labels, and adds the spellings that the file has of them. Only before the batch is allocated.
 * PEIL_EUSAGE where areas are wanted as numbers; PEIL_EDATA as for one name. */
peil_status peil_plan_areas(const peil_hierarchy *hierarchy, const peil_header *header,
                            peil_batch *batch, peil_fault *fault) PEIL_CHECKED;

/* For the coder. Its links; and the areas of its batch's rows: a code that the hierarchy lacks, or
 * an area that lies elsewhere than the file says, is a fault of its record. */
peil_status peil_coder_link_areas(struct peil_coder *coder, peil_fault *fault) PEIL_CHECKED;
peil_status peil_coder_take_areas(struct peil_coder *coder, peil_fault *fault) PEIL_CHECKED;
void peil_coder_clear_areas(struct peil_coder *coder);

#endif
