/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "report/report.h"

static peil_report make(size_t ncolumns) {
    static const char *const names[] = {"measure", "wijk", "estimate"};
    peil_report report = {.command = "table"};
    for (size_t i = 0; i < ncolumns; i++) {
        cr_assert_eq(peil_report_column(&report, names[i], NULL), PEIL_OK);
    }
    return report;
}

Test(report, clear_of_a_zeroed_report_does_nothing) {
    peil_report report = {0};
    peil_report_clear(&report);
    peil_report_clear(&report);
    cr_assert_null(report.cells);
}

Test(report, columns_are_found_by_name) {
    peil_report report = make(3);
    cr_assert_eq(peil_report_find(&report, "measure"), 0);
    cr_assert_eq(peil_report_find(&report, "estimate"), 2);
    cr_assert_eq(peil_report_find(&report, "absent"), 3);
    peil_report_clear(&report);
}

Test(report, rows_begin_empty_and_stay_as_the_report_grows) {
    enum { ROWS = 1000 };
    peil_report report = make(3);
    for (size_t row = 0; row < ROWS; row++) {
        peil_cell *cells = NULL;
        cr_assert_eq(peil_report_row(&report, PEIL_UNIT_MEAN, &cells, NULL), PEIL_OK);
        for (size_t i = 0; i < 3; i++) cr_assert_eq(cells[i].kind, PEIL_CELL_EMPTY);
        peil_cell_count(&cells[2], row);
    }
    cr_assert_eq(report.nrows, ROWS);
    for (size_t row = 0; row < ROWS; row++) {
        cr_assert_eq(report.cells[row * 3 + 2].as.count, row);
        cr_assert_eq(report.units[row], PEIL_UNIT_MEAN);
    }
    peil_report_clear(&report);
}

/* Rows made apart come behind one another, whole, and may be many. */
Test(report, rows_of_another_are_taken) {
    enum { PIECES = 40 };
    peil_report report = make(3);
    size_t expected = 0;
    for (size_t piece = 0; piece < PIECES; piece++) {
        peil_report from;
        cr_assert_eq(peil_report_like(&report, &from, NULL), PEIL_OK);
        cr_assert_str_eq(from.columns[1], "wijk");
        for (size_t row = 0; row < piece % 7 * 5; row++) {
            peil_cell *cells = NULL;
            cr_assert_eq(peil_report_row(&from, PEIL_UNIT_TOTAL, &cells, NULL), PEIL_OK);
            cr_assert_eq(peil_cell_text(&cells[1], "a", false, NULL), PEIL_OK);
            peil_cell_count(&cells[2], expected++);
        }
        cr_assert_eq(peil_report_take(&report, &from, NULL), PEIL_OK);
        cr_expect_eq(from.nrows, 0);
        peil_report_clear(&from);
    }
    cr_assert_eq(report.nrows, expected);
    for (size_t row = 0; row < expected; row++) {
        cr_expect_str_eq(report.cells[row * 3 + 1].as.text, "a");
        cr_expect_eq(report.cells[row * 3 + 2].as.count, row);
        cr_expect_eq(report.units[row], PEIL_UNIT_TOTAL);
    }
    peil_report_clear(&report);
}

Test(report, a_number_that_is_none_leaves_the_cell_empty_and_an_infinite_one_is_refused) {
    static const struct {
        double number;
        peil_cell_kind kind;
        peil_status status;
    } cases[] = {
        {1.5, PEIL_CELL_NUMBER, PEIL_OK},          {DBL_MAX, PEIL_CELL_NUMBER, PEIL_OK},
        {NAN, PEIL_CELL_EMPTY, PEIL_OK},           {INFINITY, PEIL_CELL_NUMBER, PEIL_EDATA},
        {-INFINITY, PEIL_CELL_NUMBER, PEIL_EDATA},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        peil_report report = make(3);
        peil_cell *cells = NULL;
        cr_assert_eq(peil_report_row(&report, PEIL_UNIT_MEAN, &cells, NULL), PEIL_OK);
        peil_cell_number(&cells[1], cases[i].number);
        cr_expect_eq(cells[1].kind, cases[i].kind, "row %zu", i);
        cr_expect_eq(peil_report_check(&report, NULL), cases[i].status, "row %zu", i);
        peil_report_clear(&report);
    }
}

Test(report, a_cell_filled_again_releases_what_it_held) {
    peil_cell cell = {.kind = PEIL_CELL_EMPTY};
    cr_assert_eq(peil_cell_text(&cell, "noord", false, NULL), PEIL_OK);
    cr_assert_eq(peil_cell_text(&cell, "2015", true, NULL), PEIL_OK);
    cr_assert_eq(cell.kind, PEIL_CELL_CODE);
    cr_assert_str_eq(cell.as.text, "2015");
    peil_cell_number(&cell, NAN);
    cr_assert_eq(cell.kind, PEIL_CELL_EMPTY);
    cr_assert_eq(peil_cell_text(&cell, "zuid", false, NULL), PEIL_OK);
    peil_cell_count(&cell, 7);
    cr_assert_eq(cell.as.count, 7);
}

Test(report, text_is_copied) {
    char name[] = "noord";
    peil_report report = make(2);
    peil_cell *cells = NULL;
    cr_assert_eq(peil_report_row(&report, PEIL_UNIT_NONE, &cells, NULL), PEIL_OK);
    cr_assert_eq(peil_cell_text(&cells[1], name, false, NULL), PEIL_OK);
    cr_assert_eq(peil_report_request(&report, name, name, NULL), PEIL_OK);
    name[0] = 'X';
    cr_assert_str_eq(report.cells[1].as.text, "noord");
    cr_assert_str_eq(report.request.words[0], "noord");
    cr_assert_str_eq(report.request.words[1], "noord");
    peil_report_clear(&report);
}

Test(report, notes_are_formatted_at_any_length) {
    static const size_t lengths[] = {0, 1, 255, 256, 100000};
    peil_report report = {0};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const int width = (int)lengths[i];
        cr_assert_eq(peil_report_note(&report, NULL, "%*s.", width, ""), PEIL_OK);
        cr_expect_eq(strlen(report.notes[i]), lengths[i] + 1, "row %zu", i);
    }
    cr_assert_eq(report.nnotes, sizeof lengths / sizeof *lengths);
    peil_report_clear(&report);
}

Test(report, more_rows_than_memory_is_a_failure_that_keeps_the_report) {
    peil_fault fault = {0};
    peil_report report = make(2);
    peil_cell *cells = NULL;
    cr_assert_eq(peil_report_row(&report, PEIL_UNIT_NONE, &cells, NULL), PEIL_OK);
    const size_t rows = report.nrows, capacity = report.rows_capacity;
    report.nrows = report.rows_capacity = SIZE_MAX / 4; /* as if there were so many already */
    cr_expect_eq(peil_report_row(&report, PEIL_UNIT_NONE, &cells, &fault), PEIL_ESYSTEM);
    cr_expect_str_eq(fault.message, "out of memory");
    report.nrows = rows;
    report.rows_capacity = capacity;
    peil_report_clear(&report);
}
