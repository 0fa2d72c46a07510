/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

peil_status peil_array_reserve(void *array, size_t *capacity, size_t count, size_t size,
                               peil_fault *fault) {
    if (count <= *capacity) return PEIL_OK;
    size_t wanted = *capacity > SIZE_MAX / 2 / size ? count : 2 * *capacity;
    if (wanted < count) wanted = count;
    if (wanted < 8) wanted = 8;
    if (wanted > SIZE_MAX / size) return peil_fail_memory(fault);
    void *old;
    memcpy(&old, array, sizeof old);
    void *grown = realloc(old, wanted * size);
    if (!grown) return peil_fail_memory(fault);
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return PEIL_OK;
}

peil_status peil_array_extend(void *array, size_t *capacity, size_t count, size_t size,
                              peil_fault *fault) {
    const size_t known = *capacity;
    PEIL_TRY(peil_array_reserve(array, capacity, count, size, fault));
    if (*capacity == known) return PEIL_OK;
    char *bytes;
    memcpy(&bytes, array, sizeof bytes);
    memset(bytes + known * size, 0, (*capacity - known) * size);
    return PEIL_OK;
}

peil_status peil_array_make(void *array, size_t count, size_t size, peil_fault *fault) {
    void *made = calloc(count ? count : 1, size);
    if (!made) return peil_fail_memory(fault);
    memcpy(array, &made, sizeof made);
    return PEIL_OK;
}

peil_status peil_string_copy(const char *string, size_t length, char **out, peil_fault *fault) {
    char *copy = length < SIZE_MAX ? malloc(length + 1) : NULL;
    if (!copy) return peil_fail_memory(fault);
    memcpy(copy, string, length);
    copy[length] = '\0';
    *out = copy;
    return PEIL_OK;
}
