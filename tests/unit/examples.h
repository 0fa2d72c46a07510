/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables small enough to work out by hand, and what must be in them. */
#ifndef PEIL_TESTS_EXAMPLES_H
#define PEIL_TESTS_EXAMPLES_H

#include "support/figures.h"

enum { MOST = 12 };

typedef struct wanted {
    size_t row;
    const char *column;
    double value; /* se as variance: the column "variance" is se squared */
} wanted;

typedef struct example {
    const char *name, *text;
    peil_request request;
    wanted figures[MOST];
    const char *flag; /* of the first row, or NULL: none */
} example;

static inline double figure(const peil_report *report, const wanted *w) {
    if (strcmp(w->column, "variance") != 0) return figure_of(report, w->row, w->column);
    const double se = figure_of(report, w->row, "se");
    return se * se;
}

static inline void check_example(const example *e) {
    peil_report report = report_on(peil_run_table, e->request, e->text);
    for (size_t i = 0; i < MOST && e->figures[i].column; i++) {
        const wanted *w = &e->figures[i];
        cr_expect(is_near(figure(&report, w), w->value, 1e-14), "%s: row %zu: %s %.17g, not %.17g",
                  e->name, w->row, w->column, figure(&report, w), w->value);
    }
    cr_expect_str_eq(word_of_cell(&report, 0, "flag"), e->flag ? e->flag : "", "%s", e->name);
    peil_report_clear(&report);
}

#endif
