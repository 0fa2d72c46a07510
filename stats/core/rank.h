/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many columns of a matrix are no combination of others. */
#ifndef PEIL_CORE_RANK_H
#define PEIL_CORE_RANK_H

#include <stddef.h>

/* The rank of a matrix (row after row), which is used up. A column counts unless less than
 * `tolerance` of its length is left beside those that count before it: LINPACK's dqrdc2, which R's
 * qr is. `scratch` has 2 * columns places. */
size_t peil_matrix_rank(double *matrix, size_t rows, size_t columns, double tolerance,
                        double *scratch);

#endif
