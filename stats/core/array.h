/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays that grow, with sizes checked before anything is allocated. */
#ifndef PEIL_CORE_ARRAY_H
#define PEIL_CORE_ARRAY_H

#include <stddef.h>

#include "core/fault.h"

/* Makes room for `count` elements of `size` bytes in *array (a pointer to the array pointer),
 * at least doubling; *capacity is kept in elements. What was there stays. */
peil_status peil_array_reserve(void *array, size_t *capacity, size_t count, size_t size,
                               peil_fault *fault) PEIL_CHECKED;

/* The same, and new room is zeroed. */
peil_status peil_array_extend(void *array, size_t *capacity, size_t count, size_t size,
                              peil_fault *fault) PEIL_CHECKED;

/* A zeroed array of exactly `count` elements in *array, which must not own anything yet. */
peil_status peil_array_make(void *array, size_t count, size_t size, peil_fault *fault) PEIL_CHECKED;

/* A copy of a string in *out. */
peil_status peil_string_copy(const char *string, size_t length, char **out,
                             peil_fault *fault) PEIL_CHECKED;

#endif
