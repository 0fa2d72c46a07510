/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as people read it: which columns, in what order, the text of every cell, and the rows
 * of a measure together. Shared by the formats for people; they only draw. */
#ifndef PEIL_WRITE_LAYOUT_H
#define PEIL_WRITE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"
#include "report/report.h"
#include "write/shape.h"
#include "write/write.h"

/* Columns of a terminal between two columns of a table. */
enum { PEIL_LAYOUT_GUTTER = 2 };

/* Folding leaves a column at least this wide. */
enum { PEIL_LAYOUT_LEAST = 8 };

typedef struct peil_layout_column {
    size_t source;           /* column of the report */
    size_t partner, label;   /* columns of the report; as many as there are: none */
    const peil_shape *shape; /* how its cells are shown */
    size_t heading;          /* where its text begins in the pool; line feeds separate lines */
    size_t percent_heading;  /* the same above percentages */
    bool is_by;              /* a by variable */
    bool is_key;             /* tells what the row is about, as by variables do */
    bool is_right;           /* aligned right */
    bool has_values;         /* some cell of the source holds something */
    bool is_ambiguous;       /* two codes have the same label */
    bool is_shown;           /* in the current group */
    bool is_drawn;           /* in the current strip of it */
    size_t left, right;      /* the widest parts of a pair, in the section at hand */
    size_t natural;          /* of the widest cell or line of the heading */
    size_t least;            /* folding stops here: the longest word still fits */
    size_t width;            /* the same after folding */
} peil_layout_column;

typedef struct peil_layout_cell {
    size_t text;  /* where it begins in the pool */
    size_t width; /* in columns of a terminal */
} peil_layout_cell;

typedef struct peil_layout {
    const peil_report *report;
    peil_shaping shaping;
    bool is_padded;       /* the parts of pairs stand under each other */
    bool is_for_terminal; /* as narrow as it may be; else names stay in one line, for who looks for
                             them */
    bool is_grouped;      /* measures are titles above their rows, else the first column */
    size_t ncolumns;
    peil_layout_column *columns; /* keys first */
    peil_layout_cell *cells;     /* nrows x ncolumns */
    int *decimals;               /* by row; -1: by unit */
    peil_text pool;              /* all texts, each with its NUL; failed: do not draw */
} peil_layout;

/* Lays out a report for `width` columns of a terminal; 0: as wide as it gets. The report is
 * borrowed. The caller clears the layout, also when its pool failed. */
void peil_layout_make(const peil_report *report, const peil_style *style, bool is_padded,
                      size_t width, peil_layout *out);
void peil_layout_clear(peil_layout *layout);

/* Begins the group of row `first`: settles which columns are shown and returns the row after its
 * last one. Without grouping all rows are one group. */
size_t peil_layout_group(peil_layout *layout, size_t first);

/* Begins a strip of the current group: what tells what its rows are about and, from column `from`
 * on, as many others as stand beside them in `width` columns of a terminal; 0: all. Returns the
 * column that the next strip begins with; when nothing is left, the number of columns. */
size_t peil_layout_strip(peil_layout *layout, size_t from, size_t width);

/* Borrowed from the layout. The heading is the one above `row`. */
const char *peil_layout_text(const peil_layout *layout, size_t row, size_t column);
const char *peil_layout_heading(const peil_layout *layout, size_t row, size_t column);

/* Whether a cell only repeats the one above it, in a group that begins at `first`. */
bool peil_layout_repeats(const peil_layout *layout, size_t first, size_t row, size_t column);

/* The width of the current strip: its columns with the space between them. */
size_t peil_layout_width(const peil_layout *layout);

/* For layout.c, of the current group: folds prose until all columns fit beside each other, false
 * when they do not; or folds for several strips: the keys to half the width, other prose to what
 * they leave of it. */
bool peil_layout_fold_together(peil_layout *layout, size_t width);
void peil_layout_fold_apart(peil_layout *layout, size_t width);

/* For layout.c: fills .decimals, by measure: means, ratios and scores below 1 show three digits
 * that tell something, as far as there are decimals. */
void peil_layout_find_decimals(peil_layout *layout);

/* For layout.c: fills .columns and .ncolumns, headings included; widths are not yet known. */
void peil_layout_add_columns(peil_layout *layout);

#endif
