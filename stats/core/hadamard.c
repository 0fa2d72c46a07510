/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hadamard.h"

#include <stdbool.h>
#include <stdlib.h>

#include "core/array.h"

static bool is_prime(size_t n) {
    for (size_t k = 2; k * k <= n; k++)
        if (n % k == 0) return false;
    return n > 1;
}

static bool is_paley(size_t order) {
    return order % 4 == 0 && is_prime(order - 1);
}

static bool has_construction(size_t order) {
    while (order > 2 && order % 2 == 0 && !is_paley(order)) order /= 2;
    return order <= 2 || is_paley(order);
}

/* I + S, where S has a first row of 1, a first column of -1, and in the rest 1 or -1 as i - j is a
 * square modulo q or not, and 0 on the diagonal. */
static peil_status fill_paley(int8_t *matrix, size_t order, size_t stride, peil_fault *fault) {
    const size_t q = order - 1;
    int8_t *character = NULL;
    PEIL_TRY(peil_array_make(&character, q, 1, fault));
    for (size_t k = 1; k < q; k++) character[k] = -1;
    for (size_t k = 1; k < q; k++) character[k * k % q] = 1;
    for (size_t i = 0; i < order; i++)
        for (size_t j = 0; j < order; j++)
            matrix[i * stride + j] = i == 0 || i == j ? 1
                                     : j == 0         ? -1
                                                      : character[(i + q - j) % q];
    free(character);
    return PEIL_OK;
}

/* H to H H over H -H. */
static void double_matrix(int8_t *matrix, size_t order, size_t stride) {
    for (size_t i = 0; i < order; i++)
        for (size_t j = 0; j < order; j++) {
            const int8_t sign = matrix[i * stride + j];
            matrix[i * stride + order + j] = matrix[(order + i) * stride + j] = sign;
            matrix[(order + i) * stride + order + j] = (int8_t)-sign;
        }
}

peil_status peil_hadamard_make(size_t least, int8_t **matrix, size_t *order, peil_fault *fault) {
    size_t n = least ? least : 1;
    while (!has_construction(n)) n++;
    if (n > SIZE_MAX / n) return peil_fail_memory(fault);
    *matrix = NULL;
    PEIL_TRY(peil_array_make(matrix, n * n, 1, fault));
    *order = n;
    (*matrix)[0] = 1;
    size_t base = n;
    while (base > 1 && !is_paley(base)) base /= 2;
    if (base > 1) PEIL_TRY(fill_paley(*matrix, base, n, fault));
    for (size_t done = base; done < n; done *= 2) double_matrix(*matrix, done, n);
    return PEIL_OK;
}
