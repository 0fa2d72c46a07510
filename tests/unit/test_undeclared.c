/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes that look like no answer in files with labels, in describe and in figures. */
#include "support/figures.h"
#include "support/stat_files.h"

/* A number and codes behind it, of which the first `nlabels` of these have labels: SPSS's habit. */
static void make_counts(size_t nlabels, const char *label, made *out) {
    const struct {
        int code;
        const char *label;
    } labels[] = {{97, label}, {98, "?"}, {1, "een"}, {2, "twee"}, {3, "drie"}};
    static const double values[] = {1, 2, 3, 97, 98, 2};
    readstat_writer_t *writer = readstat_writer_init();
    out->length = 0;
    readstat_set_data_writer(writer, made_append);
    readstat_variable_t *v = readstat_add_variable(writer, "keer", READSTAT_TYPE_DOUBLE, 8);
    readstat_label_set_t *set = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "keren");
    for (size_t i = 0; i < nlabels; i++)
        readstat_label_double_value(set, labels[i].code, labels[i].label);
    readstat_variable_set_label_set(v, set);
    cr_assert_eq(readstat_begin_writing_sav(writer, out, COUNT(values)), READSTAT_OK);
    for (size_t i = 0; i < COUNT(values); i++) {
        cr_assert_eq(readstat_begin_row(writer), READSTAT_OK);
        readstat_insert_double_value(writer, v, values[i]);
        cr_assert_eq(readstat_end_row(writer), READSTAT_OK);
    }
    cr_assert_eq(readstat_end_writing(writer), READSTAT_OK);
    readstat_writer_free(writer);
}

static bool has_note(const peil_report *report, const char *words) {
    size_t i = 0;
    while (i < report->nnotes && !strstr(report->notes[i], words)) i++;
    return i < report->nnotes;
}

/* Whether a command notes the codes; `label` is that of 97. */
static bool tells(command *run, const char *measure, size_t nlabels, const char *label,
                  const char *codes) {
    static made file;
    const peil_request request = {.measures = WORDS(measure)};
    make_counts(nlabels, label, &file);
    const scratch data = scratch_make("x.sav", file.bytes, file.length);
    peil_report report = report_of(run, measure ? request : (peil_request){0}, data.path);
    const bool found = has_note(&report, codes);
    peil_report_clear(&report);
    scratch_remove(&data);
    return found;
}

#define BOTH "--missing 'keer: 97 98'"

Test(undeclared, labels_on_the_last_codes_of_a_number_mark_them) {
    cr_expect(tells(peil_run_table, "mean(keer)", 2, "meer dan 90", BOTH));
    cr_expect(tells(peil_run_describe, NULL, 2, "meer dan 90", BOTH));
}

Test(undeclared, labels_on_all_values_tell_what_they_are) {
    cr_expect_not(tells(peil_run_table, "mean(keer)", 5, "meer dan 90", BOTH));
    cr_expect_not(tells(peil_run_describe, NULL, 5, "meer dan 90", BOTH));
}

Test(undeclared, the_highest_answer_is_no_code) {
    cr_expect(tells(peil_run_table, "mean(keer)", 2, "97 of meer", "--missing 'keer: 98'"));
    cr_expect(tells(peil_run_describe, NULL, 2, "97 of meer", "--missing 'keer: 98'"));
}
