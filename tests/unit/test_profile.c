/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting a variable with more values than are kept. */
#include "report/nesting.h"
#include "report/profile.h"
#include "report/table_schema.h"
#include "support/testing.h"

/* A batch of one coded column in which every negative number is declared missing. */
static void make_batch(peil_batch *batch, size_t rows) {
    const peil_decimal high = {-1, 0};
    size_t column;
    *batch = (peil_batch){0};
    cr_assert_eq(peil_batch_want(batch, "q", PEIL_AS_CODES, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(batch, rows, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_name(&batch->columns[0].about, "q", 1, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_add_range(&batch->columns[0].about, NULL, &high, NULL), PEIL_OK);
}

/* Numbers from `from` on, one a row, with weight 1. */
static void add_rows(peil_profile *profile, peil_batch *batch, int64_t from, int64_t step,
                     size_t rows) {
    peil_batch_column *column = &batch->columns[0];
    peil_decimal *weights = calloc(rows, sizeof *weights);
    bool *weighs = calloc(rows, sizeof *weighs);
    peil_addends addends = {0};
    for (size_t i = 0; i < rows; i++) {
        char text[32];
        const int length = snprintf(text, sizeof text, "%" PRId64, from + step * (int64_t)i);
        cr_assert_eq(peil_dictionary_code(&column->dictionary, text, (size_t)length,
                                          &column->codes[i], NULL),
                     PEIL_OK);
        weights[i] = (peil_decimal){1, 0};
        weighs[i] = true;
    }
    uint8_t *lacks = calloc(column->dictionary.count, 1);
    for (uint32_t code = 0; code < column->dictionary.count; code++)
        lacks[code] = code == 0 || column->dictionary.values[code].number.digits < 0;
    cr_assert_eq(peil_addends_of(&addends, weights, rows, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_profile_count(profile, lacks, rows, NULL), PEIL_OK);
    cr_assert_eq(peil_profile_weigh(profile, lacks, &addends, weighs, rows, NULL), PEIL_OK);
    if (peil_profile_is_full(profile))
        cr_assert_eq(peil_profile_forget(profile, column, NULL), PEIL_OK);
    peil_addends_clear(&addends);
    free(lacks);
    free(weights);
    free(weighs);
}

static uint32_t code_of(const peil_batch *batch, const char *text) {
    uint32_t code;
    peil_dictionary *dictionary = (peil_dictionary *)&batch->columns[0].dictionary;
    cr_assert_eq(peil_dictionary_code(dictionary, text, strlen(text), &code, NULL), PEIL_OK);
    return code;
}

/* A range with more values than are kept takes nothing of the answers and their weights along. */
Test(profile, a_long_range_of_missing_values_is_forgotten) {
    peil_batch batch;
    peil_profile profile = {0};
    make_batch(&batch, 30000);
    cr_assert_eq(peil_profile_begin(&profile, &batch.columns[0], NULL), PEIL_OK);
    add_rows(&profile, &batch, 1, 0, 3);
    add_rows(&profile, &batch, -1, -1, 30000);
    add_rows(&profile, &batch, 2, 0, 5);
    cr_expect_not(profile.forgot_lacked);
    add_rows(&profile, &batch, -30001, -1, 20000);
    cr_expect(profile.forgot_lacked);
    add_rows(&profile, &batch, 1, 0, 4);
    add_rows(&profile, &batch, 3, 0, 1);
    cr_assert_eq(peil_profile_finish(&profile, NULL), PEIL_OK);
    const uint32_t one = code_of(&batch, "1"), two = code_of(&batch, "2");
    cr_expect_eq(profile.rows, 50013);
    cr_expect_eq(profile.given, 13);
    cr_expect_eq(profile.distinct, 3);
    cr_expect_eq(profile.seen[one].given, 7);
    cr_expect_eq(profile.seen[two].given, 5);
    cr_expect((double)peil_plane_real(&profile.weights, one) == 7);
    cr_expect((double)peil_plane_real(&profile.weights, two) == 5);
    cr_expect((double)peil_moments_sum(&profile.moments) == 7 + 10 + 3);
    cr_expect((double)peil_moments_squares(&profile.moments) == 7 + 20 + 9);
    peil_profile_clear(&profile);
    peil_batch_clear(&batch);
}

/* Codes that were forgotten mean other values: then nothing is said of nesting. */
Test(profile, nesting_is_given_up_when_values_are_forgotten) {
    peil_batch batch;
    peil_profile profile = {0};
    peil_nesting nesting = {0};
    make_batch(&batch, 20000);
    cr_assert_eq(peil_profile_begin(&profile, &batch.columns[0], NULL), PEIL_OK);
    for (int64_t from = 1; from < 30000; from += 9000) {
        uint8_t *lacks = calloc(40000, 1);
        const bool was_long = peil_profile_is_long(&profile);
        cr_assert_not(was_long && !nesting.failed);
        for (uint32_t i = 0; i < 9000; i++) {
            char text[32];
            const int length = snprintf(text, sizeof text, "%" PRId64, from + i);
            cr_assert_eq(peil_dictionary_code(&batch.columns[0].dictionary, text, (size_t)length,
                                              &batch.columns[0].codes[i], NULL),
                         PEIL_OK);
        }
        cr_assert_eq(peil_profile_count(&profile, lacks, 9000, NULL), PEIL_OK);
        cr_assert_eq(peil_nesting_add(&nesting, &profile, lacks, &profile, lacks, 9000, NULL),
                     PEIL_OK);
        if (peil_profile_is_full(&profile))
            cr_assert_eq(peil_profile_forget(&profile, &batch.columns[0], NULL), PEIL_OK);
        free(lacks);
    }
    cr_expect(nesting.failed);
    cr_assert_eq(peil_nesting_finish(&nesting, &profile, NULL), PEIL_OK);
    cr_expect_eq(nesting.outers, 0);
    peil_nesting_clear(&nesting);
    peil_profile_clear(&profile);
    peil_batch_clear(&batch);
}

/* ---- what a Table Schema cannot say ---- */

Test(profile, a_schema_lists_no_thousands_of_values) {
    peil_batch batch;
    peil_profile profile = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    make_batch(&batch, 20000);
    cr_assert_eq(peil_variable_add_label(&batch.columns[0].about, "7", 1, "zeven", 5, NULL),
                 PEIL_OK);
    cr_assert_eq(peil_profile_begin(&profile, &batch.columns[0], NULL), PEIL_OK);
    add_rows(&profile, &batch, -2, 1, 10003); /* -2, -1, and 0 to 10000 */
    cr_assert_eq(peil_profile_finish(&profile, NULL), PEIL_OK);
    cr_assert_eq(peil_table_schema_make(&profile, 1, PEIL_ENGLISH, &report, &fault), PEIL_OK);
    cr_expect_null(strstr(report.document.bytes, "categories"));
    cr_expect(strstr(report.document.bytes, "{\"value\": \"-2\"},\n        {\"value\": \"-1\"}\n"));
    cr_assert_eq(report.nnotes, 2);
    cr_expect_str_eq(report.notes[0],
                     "q: has more than 10000 values; its labels are not in the schema");
    cr_expect(strstr(report.notes[1], "q: a range of missing values"));
    peil_report_clear(&report);
    profile.forgot_lacked = true;
    cr_expect_eq(peil_table_schema_make(&profile, 1, PEIL_ENGLISH, &report, &fault), PEIL_EDATA);
    cr_expect_str_eq(fault.variable, "q");
    peil_report_clear(&report);
    peil_profile_clear(&profile);
    peil_batch_clear(&batch);
}
