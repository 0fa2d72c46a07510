/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/gram.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define DEPENDENT                                                                  \
    1e-11 /* of a column of length 1, what is left of one that follows from others \
           */

peil_status peil_gram_make(const peil_auxiliaries *x, peil_gram *out, peil_fault *fault) {
    const size_t n = x->ncolumns;
    *out = (peil_gram){.x = x};
    PEIL_TRY(peil_array_make(&out->matrix, n * n, sizeof *out->matrix, fault));
    PEIL_TRY(peil_array_make(&out->scale, n, sizeof *out->scale, fault));
    return peil_array_make(&out->order, n, sizeof *out->order, fault);
}

void peil_gram_clear(peil_gram *gram) {
    free(gram->matrix);
    free(gram->scale);
    free(gram->order);
    *gram = (peil_gram){0};
}

void peil_gram_begin(peil_gram *gram) {
    memset(gram->matrix, 0, gram->x->ncolumns * gram->x->ncolumns * sizeof *gram->matrix);
}

void peil_gram_add(peil_gram *gram, size_t pattern, double c) {
    const peil_auxiliaries *x = gram->x;
    const size_t first = pattern * x->nmargins;
    for (size_t i = first; i < first + x->nmargins; i++)
        for (size_t j = first; j < first + x->nmargins; j++)
            gram->matrix[x->column[i] * x->ncolumns + x->column[j]] +=
                c * (double)x->value[i] * (double)x->value[j];
}

/* Makes every column one of length 1, so that totals of money do not drown those of people. */
static void scale_columns(peil_gram *gram) {
    const size_t n = gram->x->ncolumns;
    for (size_t i = 0; i < n; i++) {
        const double length = sqrt(gram->matrix[i * n + i]);
        gram->scale[i] = length > 0 ? 1 / length : 0;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) gram->matrix[i * n + j] *= gram->scale[i] * gram->scale[j];
}

/* Golub and Van Loan (2013), 4.2.8: the largest pivot first, so that those of columns that follow
 * from others come last. P A P' = L D L', D on the diagonal and L below it. */
void peil_gram_decompose(peil_gram *gram) {
    const size_t n = gram->x->ncolumns;
    gsl_matrix_view a = gsl_matrix_view_array(gram->matrix, n, n);
    gsl_permutation order = {n, gram->order};
    scale_columns(gram);
    gsl_linalg_pcholesky_decomp(&a.matrix, &order);
    gram->rank = 0;
    while (gram->rank < n && gram->matrix[gram->rank * (n + 1)] > DEPENDENT) gram->rank++;
}

static peil_real largest(const peil_real *b, size_t n) {
    peil_real most = 0;
    for (size_t i = 0; i < n; i++) {
        const peil_real size = peil_real_size(b[i]);
        if (size > most) most = size;
    }
    return most;
}

/* L D L' z = b for the first `rank` columns in pivot order. */
static void substitute(const peil_gram *gram, double *b) {
    const size_t n = gram->x->ncolumns, rank = gram->rank;
    gsl_matrix_view l = gsl_matrix_view_array_with_tda(gram->matrix, rank, rank, n);
    gsl_vector_view z = gsl_vector_view_array(b, rank);
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasUnit, &l.matrix, &z.vector);
    for (size_t i = 0; i < rank; i++) b[i] /= gram->matrix[i * (n + 1)];
    gsl_blas_dtrsv(CblasLower, CblasTrans, CblasUnit, &l.matrix, &z.vector);
}

/* b is brought to a double's range first. */
void peil_gram_solve(const peil_gram *gram, const peil_real *b, double *room, peil_real *solution) {
    const size_t n = gram->x->ncolumns;
    const peil_real size = largest(b, n);
    for (size_t i = 0; i < gram->rank; i++)
        room[i] = size > 0 ? (double)(b[gram->order[i]] / size) * gram->scale[gram->order[i]] : 0;
    memset(solution, 0, n * sizeof *solution);
    if (gram->rank == 0) return;
    substitute(gram, room);
    for (size_t i = 0; i < gram->rank; i++)
        solution[gram->order[i]] =
            (peil_real)room[i] * (peil_real)gram->scale[gram->order[i]] * size;
}
