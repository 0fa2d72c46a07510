/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean and standard deviation of the Statistical Reference Datasets (NIST StRD, univariate): all
 * 15 certified digits. The constructed sets are made here; the others are read where they are. */
#include "support/figures.h"

/* Whether both are the same number when written with 15 digits. */
static bool has_15_digits(double actual, double certified) {
    char a[32], b[32];
    snprintf(a, sizeof a, "%.14e", actual);
    snprintf(b, sizeof b, "%.14e", certified);
    return strcmp(a, b) == 0;
}

static void check(const char *name, const char *text, double mean, double sd) {
    const peil_request request = {.measures = WORDS("mean(y)", "sd(y)")};
    peil_report r = report_on(peil_run_table, request, text);
    cr_expect(has_15_digits(figure_of(&r, 0, "estimate"), mean), "%s: mean %.17g, not %.17g", name,
              figure_of(&r, 0, "estimate"), mean);
    cr_expect(has_15_digits(figure_of(&r, 1, "estimate"), sd), "%s: sd %.17g, not %.17g", name,
              figure_of(&r, 1, "estimate"), sd);
    peil_report_clear(&r);
}

/* ---- made by their definition ---- */

static const struct {
    const char *name, *first, *odd, *even;
    size_t pairs;
    double mean, sd;
} constructed[] = {
    {"NumAcc1", "10000002", "10000001", "10000003", 1, 10000002, 1},
    {"NumAcc2", "1.2", "1.1", "1.3", 500, 1.2, 0.1},
    {"NumAcc3", "1000000.2", "1000000.1", "1000000.3", 500, 1000000.2, 0.1},
    {"NumAcc4", "10000000.2", "10000000.1", "10000000.3", 500, 10000000.2, 0.1},
    {"ten times larger", "100000000.2", "100000000.1", "100000000.3", 500, 100000000.2, 0.1},
    {"a million times larger", "10000000000000.2", "10000000000000.1", "10000000000000.3", 500,
     10000000000000.2, 0.1},
};

Test(nist, constructed) {
    for (size_t i = 0; i < COUNT(constructed); i++) {
        peil_text text = {0};
        peil_text_add_format(&text, "y\n%s\n", constructed[i].first);
        for (size_t k = 0; k < constructed[i].pairs; k++)
            peil_text_add_format(&text, "%s\n%s\n", constructed[i].odd, constructed[i].even);
        check(constructed[i].name, text.bytes, constructed[i].mean, constructed[i].sd);
        peil_text_clear(&text);
    }
}

/* The same with so many values that moments are kept: m + k/10 for k from -500 to 500 has mean m
 * and standard deviation sqrt(500 * 501 * 1001 / 3 / 1000) / 10. */
Test(nist, constructed_of_many_values) {
    static const long wholes[] = {0, 1000000, 10000000, 1000000000, 100000000000};
    const double sd = sqrt(500.0 * 501 * 1001 / 3 / 1000) / 10;
    for (size_t i = 0; i < COUNT(wholes); i++) {
        peil_text text = {0};
        peil_text_add(&text, "y\n");
        for (long k = -500; k <= 500; k++) {
            const long tenths = 10 * wholes[i] + k;
            peil_text_add_format(&text, "%lde-1\n", tenths);
        }
        check("many", text.bytes, (double)wholes[i], sd);
        peil_text_clear(&text);
    }
}

/* ---- read ---- */

static const struct {
    const char *name;
    size_t header, n; /* lines before the data */
    double mean, sd;
} sets[] = {
    {"Lew", 0, 200, -177.435, 277.332168044316},
    {"Lottery", 0, 218, 518.958715596330, 291.699727470969},
    {"Mavro", 60, 50, 2.00185600000000, 0.000429123454003053},
    {"Michelso", 60, 100, 299.852400000000, 0.0790105478190518},
    {"NumAcc1", 60, 3, 10000002, 1},
    {"NumAcc2", 60, 1001, 1.2, 0.1},
    {"NumAcc3", 60, 1001, 1000000.2, 0.1},
    {"NumAcc4", 60, 1001, 10000000.2, 0.1},
    {"PiDigits", 60, 5000, 4.53480000000000, 2.86733906028871},
};

/* The data of a set as csv: its last n lines that hold nothing but a number. */
static bool load(size_t set, peil_text *out) {
    char path[1024], line[256], *end;
    snprintf(path, sizeof path, "%s/../../shared/data/nist/%s.txt", PEIL_TESTS_DIR, sets[set].name);
    FILE *file = fopen(path, "r");
    size_t n = 0, number = 0;
    if (!file) return false;
    peil_text_add(out, "y\n");
    while (fgets(line, sizeof line, file)) {
        if (number++ < sets[set].header) continue;
        (void)strtod(line, &end);
        if (end == line || strspn(end, " \r\n") != strlen(end)) continue;
        peil_text_add(out, line);
        n++;
    }
    fclose(file);
    cr_expect_eq(n, sets[set].n, "%s has %zu numbers", sets[set].name, n);
    return true;
}

Test(nist, certified) {
    for (size_t i = 0; i < COUNT(sets); i++) {
        peil_text text = {0};
        if (!load(i, &text)) cr_skip_test("the NIST sets are not in ../shared/data");
        check(sets[i].name, text.bytes, sets[i].mean, sets[i].sd);
        peil_text_clear(&text);
    }
}
