/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What describe says of three real surveys, as R says it (reference/make_describe.R). */
#include "support/figures.h"

enum { FIELDS = 10, LINE = 4096 };

typedef enum field {
    FILE_NAME,
    WEIGHT,
    VARIABLE,
    DISTINCT,
    MISSING,
    MIN,
    MAX,
    SUM,
    DEFF,
    PERCENT
} field;

/* Splits a line at its tabs. */
static void split(char *line, char *fields[FIELDS]) {
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < FIELDS; i++) {
        char *tab = strchr(line, '\t');
        cr_assert(tab || i == FIELDS - 1, "too few fields");
        fields[i] = line;
        if (tab) *tab = '\0';
        line = tab ? tab + 1 : line;
    }
}

static double number_of(const char *text) {
    return *text ? strtod(text, NULL) : (double)NAN;
}

/* "1=630=45.37|2=..." against "1 (630, 45.4%), 2 (...". */
static void check_values(const char *variable, char *expected, const char *values) {
    for (char *item = expected; *item;) {
        char *end = item + strcspn(item, "|"), shown[256];
        const bool is_last = *end == '\0';
        *end = '\0';
        char *percent = strrchr(item, '=');
        *percent = '\0';
        char *count = strrchr(item, '=');
        *count = '\0';
        snprintf(shown, sizeof shown, "%s (%s, %.1f%%)", item, count + 1, atof(percent + 1));
        cr_expect(strstr(values, shown), "%s: no %s in %s", variable, shown, values);
        item = is_last ? end : end + 1;
    }
}

/* Only what may be a weight shows this. */
static void check_weight(char *fields[FIELDS], const char *values) {
    char shown[256];
    if (!strstr(values, "sum ") || !*fields[SUM]) return;
    snprintf(shown, sizeof shown, "sum %.10g, mean ", number_of(fields[SUM]));
    cr_expect(strstr(values, shown), "%s: no %s in %s", fields[VARIABLE], shown, values);
    snprintf(shown, sizeof shown, "cv %.4g, deff %.4g, zero 0", sqrt(number_of(fields[DEFF]) - 1),
             number_of(fields[DEFF]));
    cr_expect(strstr(values, shown), "%s: no %s in %s", fields[VARIABLE], shown, values);
}

static void check_row(const peil_report *report, size_t row, char *fields[FIELDS]) {
    const char *variable = fields[VARIABLE], *values = word_of_cell(report, row, "values");
    cr_expect_str_eq(word_of_cell(report, row, "variable"), variable);
    cr_expect(figure_of(report, row, "distinct") == number_of(fields[DISTINCT]), "%s", variable);
    cr_expect(figure_of(report, row, "missing") == number_of(fields[MISSING]), "%s", variable);
    cr_expect(is_near(figure_of(report, row, "min"), number_of(fields[MIN]), 0), "%s", variable);
    cr_expect(is_near(figure_of(report, row, "max"), number_of(fields[MAX]), 0), "%s", variable);
    check_values(variable, fields[PERCENT], values);
    check_weight(fields, values);
}

Test(describe_reference, as_r_says_it) {
    FILE *file = fopen(PEIL_TESTS_DIR "/reference/expected/describe.tsv", "r");
    char line[LINE], last[64] = "", path[512], *fields[FIELDS];
    peil_report report = {0};
    size_t row = 0, rows = 0, weights = 0;
    cr_assert(file && fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file); row++, rows++) {
        split(line, fields);
        if (strcmp(last, fields[FILE_NAME]) != 0) {
            peil_report_clear(&report);
            snprintf(last, sizeof last, "%s", fields[FILE_NAME]);
            snprintf(path, sizeof path, "%s/%s/%s.csv", PEIL_DATASETS_DIR, last, last);
            report = report_of(peil_run_describe, (peil_request){.weight = fields[WEIGHT]}, path);
            row = 0;
        }
        weights += strcmp(word_of_cell(&report, row, "role"), "weight?") == 0;
        check_row(&report, row, fields);
    }
    cr_expect_eq(rows, 50);
    cr_expect_eq(weights, 3);
    peil_report_clear(&report);
    fclose(file);
}
