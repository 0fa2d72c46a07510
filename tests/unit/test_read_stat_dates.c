/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of SPSS, Stata and SAS files: numbers that their formats show as dates. */
#include "support/stat_reading.h"

static const struct {
    made_begin *begin;
    const char *format;
    double number;
    const char *text;
} dates[] = {
    {readstat_begin_writing_sav, "DATE11", 13644547200, "2015-03-01"},
    {readstat_begin_writing_sav, "ADATE10", 13644547200, "2015-03-01"},
    {readstat_begin_writing_sav, "SDATE10", 13644547200, "2015-03-01"},
    {readstat_begin_writing_sav, "JDATE7", 13644547200, "2015-03-01"},
    {readstat_begin_writing_sav, "MOYR8", 13644547200, "2015-03-01"},
    {readstat_begin_writing_sav, "QYR6", 13644547200, "2015-03-01"},
    {readstat_begin_writing_sav, "DATETIME20", 13644592496, "2015-03-01T12:34:56"},
    {readstat_begin_writing_sav, "DATETIME20", 13644547200, "2015-03-01T00:00:00"},
    {readstat_begin_writing_sav, "DATE11", 13644592496, "2015-03-01T12:34:56"},
    {readstat_begin_writing_sav, "TIME8", 45296, "45296"},
    {readstat_begin_writing_sav, "DTIME12", 45296, "45296"},
    {readstat_begin_writing_sav, "WKDAY3", 3, "3"},
    {readstat_begin_writing_sav, "MONTH3", 3, "3"},
    {readstat_begin_writing_sav, "F8.2", 13644547200, "13644547200"},
    {readstat_begin_writing_sav, "COMMA8", 13644547200, "13644547200"},
    {readstat_begin_writing_dta, "%td", 20148, "2015-03-01"},
    {readstat_begin_writing_dta, "%tdD_m_Y", 20148, "2015-03-01"},
    {readstat_begin_writing_dta, "%-td", 20148, "2015-03-01"},
    {readstat_begin_writing_dta, "%d", 20148, "2015-03-01"},
    {readstat_begin_writing_dta, "%tc", 1740832496789, "2015-03-01T12:34:56.789"},
    {readstat_begin_writing_dta, "%tC", 1740832496789, "1740832496789"},
    {readstat_begin_writing_dta, "%tw", 2000, "2000"},
    {readstat_begin_writing_dta, "%tm", 661, "661"},
    {readstat_begin_writing_dta, "%tq", 220, "220"},
    {readstat_begin_writing_dta, "%th", 110, "110"},
    {readstat_begin_writing_dta, "%ty", 2015, "2015"},
    {readstat_begin_writing_dta, "%9.0g", 20148, "20148"},
    {readstat_begin_writing_sas7bdat, "DATE9", 20148, "2015-03-01"},
    {readstat_begin_writing_sas7bdat, "YYMMDD10", 20148, "2015-03-01"},
    {readstat_begin_writing_sas7bdat, "DATETIME19", 1740832496, "2015-03-01T12:34:56"},
    {readstat_begin_writing_sas7bdat, "TIME8", 45296, "45296"},
    {readstat_begin_writing_sas7bdat, "BEST12", 20148, "20148"},
    {readstat_begin_writing_xport, "DATE9", 20148, "2015-03-01"},
    {readstat_begin_writing_xport, "E8601DA10", 20148, "2015-03-01"},
    {readstat_begin_writing_xport, "DATETIME19", 1740832496, "2015-03-01T12:34:56"},
    {readstat_begin_writing_xport, "HHMM5", 45296, "45296"},
    {readstat_begin_writing_por, "DATE11", 13644547200, "2015-03-01"},
};

Test(read_stat_dates, dates_are_iso_8601) {
    for (size_t i = 0; i < COUNT(dates); i++) {
        const char *const x = dates[i].begin == readstat_begin_writing_por ? "X" : "x";
        char expected[64];
        own o = begin_own();
        readstat_variable_t *v = readstat_add_variable(o.writer, x, READSTAT_TYPE_DOUBLE, 8);
        readstat_variable_set_format(v, dates[i].format);
        cr_assert_eq(dates[i].begin(o.writer, &file, 1), READSTAT_OK, "%s", dates[i].format);
        readstat_begin_row(o.writer);
        readstat_insert_double_value(o.writer, v, dates[i].number);
        cr_assert_eq(readstat_end_row(o.writer), READSTAT_OK);
        end_own(&o);
        reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
        snprintf(expected, sizeof expected, "%s~%s", x, dates[i].text);
        cr_expect_eq(r.status, PEIL_OK, "%s: %s", dates[i].format, r.fault.message);
        cr_expect_str_eq(r.content.bytes, expected, "%s", dates[i].format);
        peil_text_clear(&r.content);
    }
}

Test(read_stat_dates, dates_beyond_the_calendar_are_refused) {
    make_numbers(readstat_begin_writing_sav, (double[]){13644547200, 1e15}, 2, "DATE11", &file);
    reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
    cr_expect_eq(r.status, PEIL_EDATA);
    cr_expect_eq(r.fault.record, 2);
    cr_expect(strstr(r.fault.message, "9999"), "%s", r.fault.message);
    peil_text_clear(&r.content);
}

/* A number that is no answer is no date either; labels of dates are by date. */
Test(read_stat_dates, dates_with_labels_and_missing_values) {
    own w = begin_own();
    readstat_variable_t *v = readstat_add_variable(w.writer, "dag", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_set_format(v, "DATE11");
    readstat_variable_add_missing_double_range(v, -HUGE_VAL, 99);
    readstat_label_set_t *set = readstat_add_label_set(w.writer, READSTAT_TYPE_DOUBLE, "dagen");
    readstat_label_double_value(set, 99, "onbekend");
    readstat_label_double_value(set, 13644547200, "eerste dag");
    readstat_variable_set_label_set(v, set);
    readstat_begin_writing_sav(w.writer, &file, 2);
    for (int i = 0; i < 2; i++) {
        readstat_begin_row(w.writer);
        readstat_insert_double_value(w.writer, v, i ? 99 : 13644547200);
        readstat_end_row(w.writer);
    }
    end_own(&w);
    opened o;
    cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK, "%s", o.fault.message);
    const peil_variable *day = variable_of(&o, "dag");
    expect_label(day, "2015-03-01", "eerste dag", "dag");
    expect_label(day, "99", "onbekend", "dag");
    cr_expect(peil_variable_lacks_number(day, (peil_decimal){99, 0}));
    cr_expect(peil_variable_lacks_number(day, (peil_decimal){-1, -300}));
    close_made(&o);
    reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
    cr_expect_str_eq(r.content.bytes, "dag~2015-03-01~99");
    peil_text_clear(&r.content);
}
