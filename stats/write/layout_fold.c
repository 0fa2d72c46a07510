/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table in the width that there is: prose folds, and what still does not fit stands below. */
#include <string.h>

#include "write/layout.h"

/* Prose that gets less than this reads better in a strip of its own, or a row that is not broken.
 */
enum { READABLE = 40 };

size_t peil_layout_width(const peil_layout *layout) {
    size_t total = 0;
    for (size_t i = 0; i < layout->ncolumns; i++) {
        if (!layout->columns[i].is_drawn) continue;
        total += layout->columns[i].width + (total > 0 ? PEIL_LAYOUT_GUTTER : 0);
    }
    return total;
}

/* Whether a column says what its row is about: keys and, without any, the first column. In a
 * comparison the period does so too, though its figure stands behind it. */
static bool leads(const peil_layout *layout, size_t i) {
    const peil_layout_column *column = &layout->columns[i];
    return i == 0 || column->is_key || strcmp(column->shape->column, "period") == 0;
}

/* The first column from `from` on that is shown and does not lead, or the number of columns. */
static size_t next_figure(const peil_layout *layout, size_t from) {
    while (from < layout->ncolumns && (!layout->columns[from].is_shown || leads(layout, from))) {
        from++;
    }
    return from;
}

size_t peil_layout_strip(peil_layout *layout, size_t from, size_t width) {
    size_t ndrawn = 0;
    for (size_t i = 0; i < layout->ncolumns; i++) {
        peil_layout_column *column = &layout->columns[i];
        column->is_drawn = column->is_shown && leads(layout, i);
    }
    for (from = next_figure(layout, from); from < layout->ncolumns; ndrawn++) {
        layout->columns[from].is_drawn = true;
        if (width > 0 && ndrawn > 0 && peil_layout_width(layout) > width) {
            layout->columns[from].is_drawn = false;
            return from;
        }
        from = next_figure(layout, from + 1);
    }
    return from;
}

static bool may_fold(const peil_layout *layout, const peil_layout_column *column) {
    return column->is_drawn && !column->is_right && column->partner == layout->report->ncolumns;
}

/* The width that folding leaves a column beside the others. */
static size_t least_of(const peil_layout *layout, const peil_layout_column *column) {
    const bool may_be_narrow = column->is_key && layout->is_for_terminal;
    return may_be_narrow || column->least > READABLE ? column->least : READABLE;
}

/* The widest column that may be folded further, or NULL. */
static peil_layout_column *widest(const peil_layout *layout) {
    peil_layout_column *found = NULL;
    for (size_t i = 0; i < layout->ncolumns; i++) {
        peil_layout_column *column = &layout->columns[i];
        if (!may_fold(layout, column) || column->width <= least_of(layout, column)) continue;
        if (!found || column->width > found->width) found = column;
    }
    return found;
}

/* Folds the widest columns until what is drawn fits; false when it cannot. */
static bool fold(peil_layout *layout, size_t width) {
    for (size_t total = peil_layout_width(layout); width > 0 && total > width; total--) {
        peil_layout_column *column = widest(layout);
        if (!column) return false;
        column->width--;
    }
    return true;
}

void peil_layout_fold_apart(peil_layout *layout, size_t width) {
    for (size_t i = 0; i < layout->ncolumns; i++) {
        layout->columns[i].width = layout->columns[i].natural;
    }
    peil_layout_strip(layout, layout->ncolumns, 0);
    fold(layout, width / 2);
    const size_t keys = peil_layout_width(layout) + PEIL_LAYOUT_GUTTER;
    const size_t room = width > keys + PEIL_LAYOUT_LEAST ? width - keys : PEIL_LAYOUT_LEAST;
    peil_layout_strip(layout, 0, 0);
    for (size_t i = 0; i < layout->ncolumns; i++) {
        peil_layout_column *column = &layout->columns[i];
        if (may_fold(layout, column) && !column->is_key && column->width > room) {
            column->width = room;
        }
    }
}

bool peil_layout_fold_together(peil_layout *layout, size_t width) {
    peil_layout_strip(layout, 0, 0);
    return fold(layout, width);
}
