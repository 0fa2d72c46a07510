/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the head of a text file tells of its dialect: what separates fields and what stands around
 * them. The number of fields decides, which is the same in every record when the separator is the
 * right one; the first line alone would take "naam, adres;cijfer" for two columns of either kind.
 */
#ifndef PEIL_READ_DIALECT_H
#define PEIL_READ_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct peil_dialect {
    char delimiter; /* 0: one column, nothing separates */
    char quote;
    size_t begin;  /* of the text, behind a first line that only says "sep=;" */
    size_t header; /* bytes from `begin` to behind the first line; 0: it is not whole */
} peil_dialect;

/* Finds out the dialect of a text from its first bytes, without a byte order mark. is_whole: they
 * are all of it. delimiter: what the user says, or 0. Quotes are " unless ' is clearly meant. */
peil_dialect peil_dialect_find(const char *head, size_t length, bool is_whole, char delimiter);

#endif
