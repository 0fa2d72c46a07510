/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/nearest.h"

#include <string.h>

#define LONGEST 64 /* longer names are not compared */

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Optimal string alignment: Damerau (1964) with each letter edited once. */
static unsigned distance(const char *a, size_t n, const char *b, size_t m) {
    unsigned rows[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++) rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            const unsigned change = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = least(above[j - 1] + change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

const char *peil_nearest(const char *word, const char *const *names, size_t n) {
    const size_t length = strlen(word);
    const char *best = NULL;
    unsigned best_distance = 0;
    if (length > LONGEST) return NULL;
    for (size_t i = 0; i < n; i++) {
        const size_t other = strlen(names[i]);
        if (other > LONGEST) continue;
        const unsigned d = distance(word, length, names[i], other);
        const size_t longest = length > other ? length : other;
        if (3 * d > longest + 1 || (best && d >= best_distance)) continue;
        best = names[i];
        best_distance = d;
    }
    return best;
}
