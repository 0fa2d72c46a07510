/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distinct numbers (or pairs of numbers) that were answered, numbered as first seen. */
#ifndef PEIL_CORE_NUMBERS_H
#define PEIL_CORE_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/pack.h"

typedef struct peil_number {
    peil_decimal a, b;
} peil_number;

typedef struct peil_numbers {
    peil_number *values; /* by code */
    size_t count, capacity;
    uint32_t *places; /* code + 1, or 0: free */
    size_t nplaces;
} peil_numbers;

/* The code of a number, new when it was not seen before. */
peil_status peil_numbers_code(peil_numbers *numbers, peil_decimal a, peil_decimal b, uint32_t *code,
                              peil_fault *fault) PEIL_CHECKED;

/* Into a state file, and out of one: of empty numbers. */
void peil_numbers_save(const peil_numbers *numbers, peil_text *out);
peil_status peil_numbers_load(peil_numbers *numbers, peil_unpacking *in,
                              peil_fault *fault) PEIL_CHECKED;

void peil_numbers_clear(peil_numbers *numbers);

#endif
