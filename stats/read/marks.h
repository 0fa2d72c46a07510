/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal commas and points in a column of text. A column has one of them, which its first number
 * with a mark shows; the other one is then a fault, unless the user or a schema said beforehand
 * which it is: then it is text. 1.234 may be a thousand and more: such a column takes the mark of
 * the file, if that is known. */
#ifndef PEIL_READ_MARKS_H
#define PEIL_READ_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"

typedef struct peil_marks {
    char decimal;    /* ',' or '.'; 0: no number showed it yet */
    char group;      /* between thousands, where a schema says so; 0: none */
    bool is_given;   /* by the user or a schema */
    bool is_certain; /* some number's mark cannot stand between thousands */
    uint64_t record; /* of the first number with a mark; 0 when it is given */
} peil_marks;

/* Numbers written longer than this are text. */
#define PEIL_PLAIN_MOST 400

/* A number, and its text as the rest of the library reads it: with a point, without thousands. */
typedef struct peil_plain {
    peil_decimal number;
    size_t length;
    char text[PEIL_PLAIN_MOST];
} peil_plain;

typedef enum peil_taken {
    PEIL_TAKEN_AS_IS,     /* text, or a number that needs no rewriting */
    PEIL_TAKEN_AS_NUMBER, /* a number, in `plain` */
    PEIL_TAKEN_AS_TEXT,   /* text, though it reads as a number */
    PEIL_TAKEN_BY_NONE    /* a number with the other mark than those before it */
} peil_taken;

/* Whether a text has a comma or a point: without one, and without marks between thousands, it tells
 * nothing of marks. */
static inline bool peil_text_has_mark(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] == ',' || text[i] == '.') return true;
    return false;
}

/* What a value of the column is; the column's marks learn from it. */
peil_taken peil_marks_take(peil_marks *marks, const char *text, size_t length, uint64_t record,
                           peil_plain *plain);

/* Takes over what another reader's rows of the same column showed. False when one of them might
 * have read its values in another way, had it known what the other one did. */
bool peil_marks_join(peil_marks *marks, const peil_marks *other);

/* Several answers in one value, as "1,2,3": where these are, "1,2" is no number either. */
bool peil_text_is_list(const char *text, size_t length);

/* Which marks the columns of a file are certain of. */
typedef struct peil_marks_evidence {
    bool commas, points;
} peil_marks_evidence;

void peil_marks_testify(const peil_marks *marks, peil_marks_evidence *evidence);

/* The mark of a file: what its columns are certain of, or what goes with its delimiter; 0 when the
 * columns contradict each other. */
char peil_marks_of_file(peil_marks_evidence evidence, char delimiter);

#endif
