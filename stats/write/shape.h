/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a column of a report is shown to people: rounded, with its unit, alone or in one cell with a
 * second column (the bounds of an interval), or not at all. */
#ifndef PEIL_WRITE_SHAPE_H
#define PEIL_WRITE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/language.h"
#include "core/text.h"
#include "report/report.h"

/* An en dash: what stands for a figure that is not there. */
#define PEIL_SHAPE_ABSENT "\xE2\x80\x93"

/* What a shape may look at. */
typedef struct peil_shaping {
    peil_language language;
    int decimals; /* of estimates and bounds; -1: by unit */
} peil_shaping;

/* Adds the text of a cell that is not empty. */
typedef void peil_shape_add(const peil_shaping *shaping, peil_unit unit, const peil_cell *cell,
                            peil_text *out);

/* A way to show a column. To add one: a row in shape.c's list. */
typedef struct peil_shape {
    const char *column;          /* Mandatory. As in the contract. */
    const char *command;         /* Optional. The only command in which this row holds. */
    peil_shape_add *add;         /* Optional. NULL: the column is left to csv and json. */
    const char *partner;         /* Optional. A column shown behind it in the same cell. */
    peil_shape_add *add_partner; /* Mandatory with a partner. */
    const char *joint;           /* Mandatory with a partner. What stands between the two. */
    bool is_prose;               /* Aligned left; alone it may be folded. */
    bool is_figure;              /* An empty cell shows that a figure is absent. */
} peil_shape;

/* The row for a column; by variables and unknown columns have one that goes by the cell's kind. */
const peil_shape *peil_shape_of(const peil_report *report, size_t column);

/* Whether every cell of a column that is not empty holds a number. */
bool peil_shape_is_numeric(const peil_report *report, size_t column);

#endif
