/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Square matrices of 1 and -1 with orthogonal rows: which half of the units each balanced half
 * sample takes. */
#ifndef PEIL_CORE_HADAMARD_H
#define PEIL_CORE_HADAMARD_H

#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"

/* Makes a Hadamard matrix of order `least` or the first order above it that has a construction by
 * Paley (1933), order q + 1 for a prime q of 3 modulo 4, or by doubling (Sylvester 1867). Its first
 * row is all 1. Row after row; the caller frees. */
peil_status peil_hadamard_make(size_t least, int8_t **matrix, size_t *order,
                               peil_fault *fault) PEIL_CHECKED;

#endif
