/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rank.h"

#include <math.h>

/* The sum of squares of every column. */
static void sum_squares(const double *matrix, size_t rows, size_t columns, double *squares) {
    for (size_t j = 0; j < columns; j++) squares[j] = 0;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            squares[j] += matrix[i * columns + j] * matrix[i * columns + j];
}

static double length_of(const double *matrix, size_t rows, size_t columns, size_t j) {
    double sum = 0;
    for (size_t i = 0; i < rows; i++) sum += matrix[i * columns + j] * matrix[i * columns + j];
    return sqrt(sum);
}

/* Takes the direction of column k out of the columns behind it (Gram and Schmidt, modified). Rows
 * are walked along, so that columns are worked on side by side. */
static void project_out(double *matrix, size_t rows, size_t columns, size_t k, double length,
                        double *along) {
    for (size_t j = k + 1; j < columns; j++) along[j] = 0;
    for (size_t i = 0; i < rows; i++) {
        const double *row = matrix + i * columns;
        const double unit = row[k] / length;
        for (size_t j = k + 1; j < columns; j++) along[j] += unit * row[j];
    }
    for (size_t i = 0; i < rows; i++) {
        double *row = matrix + i * columns;
        const double unit = row[k] / length;
        for (size_t j = k + 1; j < columns; j++) row[j] -= unit * along[j];
    }
}

size_t peil_matrix_rank(double *matrix, size_t rows, size_t columns, double tolerance,
                        double *scratch) {
    double *squares = scratch, *along = scratch + columns;
    size_t rank = 0;
    sum_squares(matrix, rows, columns, squares);
    for (size_t k = 0; k < columns && rank < rows; k++) {
        const double length = length_of(matrix, rows, columns, k);
        if (!(length > tolerance * sqrt(squares[k]))) continue;
        project_out(matrix, rows, columns, k, length, along);
        rank++;
    }
    return rank;
}
