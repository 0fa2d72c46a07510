/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal commas and points: of one value, of a column, of a file, and in conditions. */
#include "read/marks.h"

#include "report/run.h"
#include "support/figures.h"
#include "support/reading.h"

/* ---- one value ---- */

static const struct {
    peil_marks marks;
    const char *text;
    peil_taken taken;
    const char *plain; /* what the number is, in its canonical text */
} values[] = {
    {{0}, "1,5", PEIL_TAKEN_AS_NUMBER, "1.5"},
    {{0}, "1.5", PEIL_TAKEN_AS_IS, NULL},
    {{0}, "15", PEIL_TAKEN_AS_IS, NULL},
    {{0}, "", PEIL_TAKEN_AS_IS, NULL},
    {{0}, ",", PEIL_TAKEN_AS_IS, NULL},
    {{0}, ",5", PEIL_TAKEN_AS_NUMBER, "0.5"},
    {{0}, "5,", PEIL_TAKEN_AS_NUMBER, "5"},
    {{0}, " -12,50\t", PEIL_TAKEN_AS_NUMBER, "-12.5"},
    {{0}, "+1,25e-3", PEIL_TAKEN_AS_NUMBER, "0.00125"},
    {{0}, "1,2,3", PEIL_TAKEN_AS_IS, NULL},
    {{0}, "1.234,5", PEIL_TAKEN_AS_IS, NULL},
    {{0}, "ja, nee", PEIL_TAKEN_AS_IS, NULL},
    {{0}, "1,5 km", PEIL_TAKEN_AS_IS, NULL},
    {{0}, "1, 5", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = ','}, "1.5", PEIL_TAKEN_BY_NONE, NULL},
    {{.decimal = ','}, "1.0", PEIL_TAKEN_BY_NONE, NULL},
    {{.decimal = '.'}, "1,5", PEIL_TAKEN_BY_NONE, NULL},
    {{.decimal = ','}, "1.5.2015", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = ',', .is_given = true}, "1.5", PEIL_TAKEN_AS_TEXT, NULL},
    {{.decimal = '.', .is_given = true}, "1,5", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = ',', .is_given = true}, "1,5", PEIL_TAKEN_AS_NUMBER, "1.5"},
    /* thousands, where a schema has them */
    {{.decimal = ',', .group = '.', .is_given = true}, "1.234", PEIL_TAKEN_AS_NUMBER, "1234"},
    {{.decimal = ',', .group = '.', .is_given = true},
     "-1.234.567,5",
     PEIL_TAKEN_AS_NUMBER,
     "-1234567.5"},
    {{.decimal = ',', .group = '.', .is_given = true}, "1234,5", PEIL_TAKEN_AS_NUMBER, "1234.5"},
    {{.decimal = ',', .group = '.', .is_given = true}, "12", PEIL_TAKEN_AS_NUMBER, "12"},
    {{.decimal = ',', .group = '.', .is_given = true}, "1.5", PEIL_TAKEN_AS_TEXT, NULL},
    {{.decimal = ',', .group = '.', .is_given = true}, "1.2345", PEIL_TAKEN_AS_TEXT, NULL},
    {{.decimal = ',', .group = '.', .is_given = true}, "1234.567", PEIL_TAKEN_AS_TEXT, NULL},
    {{.decimal = ',', .group = '.', .is_given = true}, ".234", PEIL_TAKEN_AS_TEXT, NULL},
    {{.decimal = ',', .group = '.', .is_given = true}, "1.23.456", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = ',', .group = '.', .is_given = true}, "1.234.", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = ',', .group = '.', .is_given = true}, "1,234.5", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = ',', .group = '.', .is_given = true}, "ja", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = '.', .group = ',', .is_given = true}, "1,234.5", PEIL_TAKEN_AS_NUMBER, "1234.5"},
    {{.decimal = '.', .group = ',', .is_given = true}, "1,5", PEIL_TAKEN_AS_IS, NULL},
    {{.decimal = '.', .group = ',', .is_given = true}, "1.5", PEIL_TAKEN_AS_NUMBER, "1.5"},
    {{.decimal = ',', .group = ' ', .is_given = true}, "12 345,6", PEIL_TAKEN_AS_NUMBER, "12345.6"},
    {{.decimal = '.', .group = '\'', .is_given = true}, "1'000", PEIL_TAKEN_AS_NUMBER, "1000"},
};

Test(csv_marks, values) {
    for (size_t i = 0; i < COUNT(values); i++) {
        peil_marks marks = values[i].marks;
        peil_plain plain;
        char canonical[PEIL_DECIMAL_TEXT];
        const char *text = values[i].text;
        const peil_taken taken = peil_marks_take(&marks, text, strlen(text), 1, &plain);
        cr_expect_eq(taken, values[i].taken, "%zu, \"%s\": %d", i, text, taken);
        if (taken != PEIL_TAKEN_AS_NUMBER || !values[i].plain) continue;
        peil_decimal_write(plain.number, canonical);
        cr_expect_str_eq(canonical, values[i].plain);
        peil_decimal again;
        cr_expect(peil_decimal_read(plain.text, plain.length, &again) &&
                      peil_decimal_equal(again, plain.number),
                  "%s", text);
    }
}

Test(csv_marks, long_texts_are_no_numbers) {
    char text[2 * PEIL_PLAIN_MOST];
    peil_marks marks = {0}, grouped = {.decimal = ',', .group = '.', .is_given = true};
    peil_plain plain;
    memset(text, '1', sizeof text);
    text[1] = ',';
    cr_expect_eq(peil_marks_take(&marks, text, sizeof text, 1, &plain), PEIL_TAKEN_AS_IS);
    cr_expect_eq(peil_marks_take(&grouped, text, sizeof text, 1, &plain), PEIL_TAKEN_AS_IS);
    cr_expect_eq(marks.decimal, 0);
}

Test(csv_marks, certain_of_decimals) {
    static const char *const thousands[] = {"1.234", "12.345", "-123.456", "+1.000", "999,999"};
    static const char *const decimals[] = {"1.23",   "1.2345", "0.234",   "1234.567",
                                           "01.234", ".234",   "1,",      "1.234e1",
                                           "-0,5",   "1,5",    "12.3456", "1234.5"};
    peil_plain plain;
    for (size_t i = 0; i < COUNT(thousands); i++) {
        peil_marks marks = {0};
        peil_marks_take(&marks, thousands[i], strlen(thousands[i]), 7, &plain);
        cr_expect_not(marks.is_certain, "%s", thousands[i]);
        cr_expect_eq(marks.record, 7);
    }
    for (size_t i = 0; i < COUNT(decimals); i++) {
        peil_marks marks = {0};
        peil_marks_take(&marks, decimals[i], strlen(decimals[i]), 7, &plain);
        cr_expect(marks.is_certain, "%s", decimals[i]);
    }
}

Test(csv_marks, lists) {
    static const char *const lists[] = {"1,2,3", "1,2,3,4", " 10,2,99 "};
    static const char *const others[] = {"",      "1",          "1,2",   ",1,2",
                                         "1,2,",  "1,,2,3",     "1,a,3", "1;2;3",
                                         "1.2.3", "1,2,3 en 4", "a,b,c", "1, 2, 3"};
    for (size_t i = 0; i < COUNT(lists); i++)
        cr_expect(peil_text_is_list(lists[i], strlen(lists[i])), "%s", lists[i]);
    for (size_t i = 0; i < COUNT(others); i++)
        cr_expect_not(peil_text_is_list(others[i], strlen(others[i])), "%s", others[i]);
}

/* ---- columns of a file ---- */

static const size_t blocks[] = {1, 7, 0}, batches[] = {2, 0};

static const struct {
    const char *text;
    char decimal; /* given */
    const char *content;
    char found; /* of the header */
} files[] = {
    {"a;b\n1,5;2\n2,50;3\n", 0, "a|b~1.5|2~2.5|3", ','},
    {"a,b\n\"1,5\",2\n", 0, "a|b~1.5|2", ','},
    {"a;b\n1,5;2.5\n-,25;.5\n", 0, "a|b~1.5|2.5~-0.25|0.5", ','},
    {"a;b\n1.5;2\n", 0, "a|b~1.5|2", '.'},
    {"a;b\n1;2\n", 0, "a|b~1|2", '.'},
    {"a;b\n1,0;2\n1;3\n", 0, "a|b~1|2~1|3", ','},
    {"a;b\n01,5;2\n", 0, "a|b~01.5|2", ','}, /* a code, as 01.5 is */
    {"a;b\n1,5;ja\n1,5 ;ja, nee\n", 0, "a|b~1.5|ja~1.5|ja, nee", ','},
    {"a\tb\n1,5\t2\n", 0, "a|b~1.5|2", ','},
    /* several answers */
    {"a;b\n1,2;1\n1,2,3;2\n1,20;3\n", 0, "a|b~1,2|1~1,2,3|2~1,20|3", '.'},
    {"a;b\n1,2,3;1,5\n1,2;2\n", 0, "a|b~1,2,3|1.5~1,2|2", ','},
    {"a,b\n\"1,2\",1.234\n\"1,2,3\",2.345\n", 0, "a|b~1,2|1.234~1,2,3|2.345", '.'},
    {"a;b\n1;2,5", 0, "a|b~1|2.5", ','},
    /* a thousand or not: what the rest of the file says */
    {"a;b\n1,234;2,5\n", 0, "a|b~1.234|2.5", ','},
    {"a;b\n1.234;2.5\n", 0, "a|b~1.234|2.5", '.'},
    {"a;b\n1,234;2\n", 0, "a|b~1.234|2", ','},
    {"a,b\n1.234,2\n", 0, "a|b~1.234|2", '.'},
    {"a;b\n1.234;2\n0.234;3\n", 0, "a|b~1.234|2~0.234|3", '.'},
    {"a;b\n1.234;2,5\n0.234;3\n", 0, "a|b~1.234|2.5~0.234|3", ','},
    /* given */
    {"a;b\n1,5;2.5\n", ',', "a|b~1.5|2.5", ','},
    {"a;b\n1,5;2.5\n", '.', "a|b~1,5|2.5", '.'},
    {"a;b\n1.234;2,5\n", ',', "a|b~1.234|2.5", ','},
    {"a;b\n1,20;2.50\n", ',', "a|b~1.2|2.50", ','}, /* 2.50 stays text */
    {"a;b\n1,20;2.50\n", '.', "a|b~1,20|2.5", '.'},
};

Test(csv_marks, columns) {
    for (size_t i = 0; i < COUNT(files); i++)
        for (size_t b = 0; b < COUNT(blocks) * COUNT(batches); b++) {
            const peil_reading how = {.decimal = files[i].decimal,
                                      .block_bytes = blocks[b % COUNT(blocks)]};
            reading r =
                read_bytes(files[i].text, strlen(files[i].text), how, batches[b / COUNT(blocks)]);
            HOLDS(r.status == PEIL_OK, "file %zu: %s", i, r.fault.message);
            HOLDS(!strcmp(r.content.bytes, files[i].content), "file %zu: %s", i, r.content.bytes);
            HOLDS(r.header.decimal == files[i].found, "file %zu: '%c'", i, r.header.decimal);
            peil_text_clear(&r.content);
        }
}

#define POINT "a decimal point where others have a comma; --decimal says which it is"
#define COMMA "a decimal comma where others have a point; --decimal says which it is"
#define THOUSANDS                                                                           \
    "a mark that may stand before decimals or between thousands; --decimal comma or point " \
    "says which, or a schema's groupChar"
#define LISTS \
    "several answers with commas where others are decimal commas; --decimal point makes both text"
#define BOTH "a value that is a number in one place and text in another"

static const struct {
    const char *text;
    char decimal;
    uint64_t record;
    const char *variable, *message;
} faults[] = {
    {"a;b\n1,5;2\n3;3\n1.5;4\n", 0, 3, "a", POINT},
    {"a;b\n1,5;2\n3;3\n1.0;4\n", 0, 3, "a", POINT},
    {"a,b\n1.5,2\n3,3\n\"1,5\",4\n", 0, 3, "a", COMMA},
    {"a;b\n1;1.5\n2;1,5\n", 0, 2, "b", COMMA},
    {"a;b\n1,5;2\n1.234;4\n", 0, 2, "a", POINT},
    {"a;b\n1.234;2,5\n", 0, 1, "a", THOUSANDS},
    {"a;b\n1;2,5\n1.234;2,5\n2.345;1\n", 0, 2, "a", THOUSANDS},
    {"a,b\n\"1,234\",2\n", 0, 1, "a", THOUSANDS},
    {"a,b\n\"1,234\",2.5\n", 0, 1, "a", THOUSANDS},
    {"a;b\n1,234;2.5\n", 0, 1, "a", THOUSANDS},
    {"a;b\n1.234;2\n", 0, 1, "a", THOUSANDS}, /* semicolons go with commas */
    {"a;b;c\n1.234;2,5;2.5\n", 0, 1, "a", THOUSANDS},
    {"a;b;c\n1,234;2,5;2.5\n", 0, 1, "a", THOUSANDS},
    {"a;b\n1,5;2\n1.5;3\n", ',', 2, "a", BOTH},
    {"a;b\n1.5;2\n1,5;3\n", ',', 2, "a", BOTH},
};

Test(csv_marks, mixed_columns) {
    for (size_t i = 0; i < COUNT(faults); i++)
        for (size_t b = 0; b < COUNT(blocks) * COUNT(batches); b++) {
            const peil_reading how = {.decimal = faults[i].decimal,
                                      .block_bytes = blocks[b % COUNT(blocks)]};
            reading r =
                read_bytes(faults[i].text, strlen(faults[i].text), how, batches[b / COUNT(blocks)]);
            HOLDS(r.status == PEIL_EDATA, "file %zu: %s", i, r.content.bytes);
            HOLDS(r.fault.record == faults[i].record, "file %zu: record %" PRIu64, i,
                  r.fault.record);
            HOLDS(!strcmp(r.fault.variable, faults[i].variable), "file %zu: %s", i,
                  r.fault.variable);
            HOLDS(!strcmp(r.fault.message, faults[i].message), "file %zu: %s", i, r.fault.message);
            peil_text_clear(&r.content);
        }
}

/* Lists that come only behind the head: the commas before them were taken for decimals. */
Test(csv_marks, lists_behind_the_head) {
    peil_text text = {0};
    peil_text_add(&text, "a;b\n1,2;1\n");
    for (int i = 0; i < 40000; i++) peil_text_add(&text, "xxxxx;1\n");
    peil_text_add(&text, "1,2,3;1\n");
    reading r = read_bytes(text.bytes, text.length, (peil_reading){0}, 0);
    cr_expect_eq(r.fault.record, 40002);
    cr_expect_str_eq(r.fault.message, LISTS);
    peil_text_clear(&r.content);
    r = read_bytes(text.bytes, text.length, (peil_reading){.decimal = '.'}, 0);
    cr_expect_eq(r.status, PEIL_OK);
    cr_expect_eq(strncmp(r.content.bytes, "a|b~1,2|1~", 10), 0);
    peil_text_clear(&r.content);
    peil_text_clear(&text);
}

/* ---- numbers ---- */

/* The mean of y in a file of that text, or what is wrong with it. */
static double mean_of(const char *text, const char *decimal, peil_fault *fault) {
    const scratch file = scratch_text("data.csv", text);
    const char *const paths[] = {file.path};
    const peil_request request = {
        .files = {1, paths}, .measures = WORDS("mean(y)"), .decimal = decimal};
    peil_report report = {0};
    double mean = (double)NAN;
    *fault = (peil_fault){0};
    if (peil_run_table(&request, &report, fault) == PEIL_OK)
        mean = figure_of(&report, 0, "estimate");
    peil_report_clear(&report);
    scratch_remove(&file);
    return mean;
}

static const struct {
    const char *text, *decimal;
    double mean;
} means[] = {
    {"y;z\n1,5;1\n2,5;1\n", NULL, 2},
    {"y;z\n1,5;1\n2;1\n10;1\n", NULL, 4.5},
    {"y,z\n1.25,1\n\"2.75\",1\n", NULL, 2},
    {"y;z\n12,345678;1\n13,345678;1\n", NULL, 12.845678},
    {"y;z\n1,5;1\n2,5;1\n", "comma", 2},
    {"y;z\n1,234;1\n2,234;1\n", "comma", 1.734},
    {"y;z\n1.234;1,5\n2.234;1,5\n", "point", 1.734},
};

Test(csv_marks, means) {
    for (size_t i = 0; i < COUNT(means); i++) {
        peil_fault fault;
        const double mean = mean_of(means[i].text, means[i].decimal, &fault);
        cr_expect_eq(mean, means[i].mean, "file %zu: %.17g %s", i, mean, fault.message);
    }
}

static const struct {
    const char *text, *decimal;
    uint64_t record;
    const char *message;
} no_means[] = {
    {"y;z\n1,5;1\n12;1\n2.5;1\n", NULL, 3, POINT},
    {"y,z\n1.5,1\n12,1\n\"2,5\",1\n", NULL, 3, COMMA},
    {"y;z\n1.234;2,5\n2.345;1\n", NULL, 1, THOUSANDS},
    {"y;z\n12;1\n1.234;1\n", NULL, 2, THOUSANDS},
    {"y,z\n12,1\n\"1,234\",1\n", NULL, 2, THOUSANDS},
    {"y;z\n1.5;1\n", "comma", 1, "text where a number is needed"},
    {"y;z\n1,5;1\n", "point", 1, "text where a number is needed"},
    {"y;z\n1,5;1\n1,2,3;1\n", NULL, 2, "text where a number is needed"},
    {"y;z\n1.234.567;2,5\n", NULL, 1, "text where a number is needed"},
    {"y;z\n1.234,5;2,5\n", NULL, 1, "text where a number is needed"},
};

Test(csv_marks, no_means) {
    for (size_t i = 0; i < COUNT(no_means); i++) {
        peil_fault fault;
        const double mean = mean_of(no_means[i].text, no_means[i].decimal, &fault);
        cr_expect(isnan(mean), "file %zu: %g", i, mean);
        cr_expect_eq(fault.record, no_means[i].record, "file %zu: record %" PRIu64, i,
                     fault.record);
        cr_expect_eq(strncmp(fault.message, no_means[i].message, strlen(no_means[i].message)), 0,
                     "file %zu: %s", i, fault.message);
        cr_expect_str_eq(fault.variable, "y");
    }
}

/* What a schema says of a variable comes between the header and the first row. */
Test(csv_marks, what_a_schema_says) {
    static const char text[] = "y;z\n1.234;1\n1.234.567,5;2\n12;3\n";
    static const peil_use uses[] = {PEIL_AS_NUMBERS, PEIL_AS_CODES};
    static const char *const wanted[] = {"1234", "1234567.5", "12"};
    for (size_t u = 0; u < COUNT(uses); u++) {
        const scratch file = scratch_text("data.csv", text);
        peil_reader *reader = NULL;
        peil_batch batch = {0};
        size_t y;
        cr_assert_eq(peil_reader_open(file.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
        peil_variable *about = &peil_reader_header(reader)->variables[0];
        about->decimal_mark = ',';
        about->group_mark = '.';
        cr_assert_eq(peil_batch_want(&batch, "y", uses[u], &y, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_next(reader, &batch, NULL), PEIL_OK);
        cr_assert_eq(batch.rows, COUNT(wanted));
        for (size_t row = 0; row < COUNT(wanted); row++) {
            peil_decimal number;
            uint32_t code;
            char canonical[PEIL_DECIMAL_TEXT];
            cr_assert(peil_batch_number(&batch.columns[y], row, &number, &code));
            peil_decimal_write(number, canonical);
            cr_expect_str_eq(canonical, wanted[row]);
        }
        peil_batch_clear(&batch);
        peil_reader_free(reader);
        scratch_remove(&file);
    }
}

Test(csv_marks, text_by_schema_has_no_decimals) {
    const scratch file = scratch_text("data.csv", "y;z\n1,2;1,5\n1.5;1,5\n");
    peil_reader *reader = NULL;
    peil_batch batch = {0};
    size_t y;
    cr_assert_eq(peil_reader_open(file.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
    peil_reader_header(reader)->variables[0].type = PEIL_TYPE_TEXT;
    cr_assert_eq(peil_batch_want(&batch, "y", PEIL_AS_CODES, &y, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_next(reader, &batch, NULL), PEIL_OK);
    cr_expect_str_eq(peil_dictionary_text(&batch.columns[y].dictionary, batch.columns[y].codes[0]),
                     "1,2");
    peil_batch_clear(&batch);
    peil_reader_free(reader);
    scratch_remove(&file);
}

/* ---- several files ---- */

Test(csv_marks, each_file_has_its_own) {
    const scratch one = scratch_text("data.csv", "y;z\n1,5;1\n2,5;1\n");
    const scratch other = scratch_text("data.csv", "y,z\n3.5,1\n1.5,1\n");
    const char *const paths[] = {one.path, other.path}, *const turned[] = {other.path, one.path};
    const peil_request requests[] = {
        {.files = {2, paths}, .measures = WORDS("mean(y)", "percent(y = 1.5)")},
        {.files = {2, turned}, .measures = WORDS("mean(y)", "percent(y = 1.5)")}};
    for (size_t i = 0; i < COUNT(requests); i++) {
        peil_report report = {0};
        cr_assert_eq(peil_run_table(&requests[i], &report, NULL), PEIL_OK);
        cr_expect_eq(figure_of(&report, 0, "estimate"), 2.25);
        cr_expect_eq(figure_of(&report, 1, "estimate"), 50);
        peil_report_clear(&report);
    }
    scratch_remove(&one);
    scratch_remove(&other);
}

/* One batch for two files, as to describe them: what a spelling was in the first is forgotten. */
Test(csv_marks, spellings_of_the_file_before) {
    const scratch both[] = {scratch_text("data.csv", "y;z\n1.5;1\n"),
                            scratch_text("data.csv", "y;z\n1,5;1\n1.5;1\n")};
    peil_batch batch = {0};
    peil_fault fault = {0};
    size_t y;
    cr_assert_eq(peil_batch_want(&batch, "y", PEIL_AS_CODES, &y, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    for (size_t i = 0; i < COUNT(both); i++) {
        peil_reader *reader = NULL;
        cr_assert_eq(peil_reader_open(both[i].path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
        cr_expect_eq(peil_reader_next(reader, &batch, &fault), i ? PEIL_EDATA : PEIL_OK);
        peil_reader_free(reader);
        scratch_remove(&both[i]);
    }
    cr_expect_str_eq(fault.message, POINT);
    cr_expect_eq(fault.record, 2);
    peil_batch_clear(&batch);
}

/* A text that was met in one file is no number in the next. */
Test(csv_marks, text_and_number_of_the_same_digits) {
    const scratch one = scratch_text("data.csv", "y;z\n1,5;1\n2;1\n");
    const scratch other = scratch_text("data.csv", "y;z\n1.5;1\n2;1\n");
    const char *const paths[] = {one.path, other.path};
    const peil_request request = {
        .files = {2, paths}, .measures = WORDS("percent(y)"), .decimal = "comma"};
    peil_report report = {0};
    peil_fault fault = {0};
    cr_expect_eq(peil_run_table(&request, &report, &fault), PEIL_EDATA);
    cr_expect_str_eq(fault.message, BOTH);
    scratch_remove(&one);
    scratch_remove(&other);
}

/* ---- conditions ---- */

static const struct {
    const char *text, *decimal, *measure;
    double percent;
} conditions[] = {
    /* decimal commas: either way between quotes, and the number */
    {"q;z\n1,5;1\n2;1\n2;1\n2;1\n", NULL, "percent(q = \"1,5\")", 25},
    {"q;z\n1,5;1\n2;1\n2;1\n2;1\n", NULL, "percent(q = \"1,50\")", 25},
    {"q;z\n1,5;1\n2;1\n2;1\n2;1\n", NULL, "percent(q = \"1.5\")", 25},
    {"q;z\n1,5;1\n2;1\n2;1\n2;1\n", NULL, "percent(q = 1.5)", 25},
    {"q;z\n1,5;1\n2;1\n2;1\n2;1\n", NULL, "percent(q = \"2,0\")", 75},
    {"q;z\n1,5;1\n2;1\n2;1\n2;1\n", NULL, "percent(q in (\"1,5\", \"2,0\"))", 100},
    /* several answers: as they are written */
    {"q;z\n1,2;1\n1,2,3;1\n1,20;1\n1;1\n", NULL, "percent(q = \"1,2\")", 25},
    {"q;z\n1,2;1\n1,2,3;1\n1,20;1\n1;1\n", NULL, "percent(q = \"1,2,3\")", 25},
    {"q;z\n1,2;1\n1,2,3;1\n1,20;1\n1;1\n", NULL, "percent(q = 1)", 25},
    {"q;z\n1,0;1\n1,2,3;1\n1;1\n1;1\n", NULL, "percent(q = \"1,0\")", 25},
    /* at most two answers look like decimals, and are found all the same */
    {"q;z\n1,2;1\n1,3;1\n1;1\n2;1\n", NULL, "percent(q = \"1,2\")", 25},
    /* points: the number, but 1,0 is no 1 */
    {"q,z\n1.5,1\n1,1\n1,1\n2,1\n", NULL, "percent(q = \"1,5\")", 25},
    {"q,z\n1.5,1\n1,1\n1,1\n2,1\n", NULL, "percent(q = \"1,0\")", 0},
    {"q,z\n1.5,1\n1,1\n1,1\n2,1\n", NULL, "percent(q = \"1.0\")", 50},
    /* given */
    {"q;z\n1,5;1\n1.5;1\n2;1\n2;1\n", "point", "percent(q = \"1,5\")", 25},
    {"q;z\n1,5;1\n1.5;1\n2;1\n2;1\n", "point", "percent(q = 1.5)", 25},
    {"q;z\n1,5;1\n2.5;1\n2;1\n2;1\n", "comma", "percent(q = \"2.5\")", 25},
    {"q;z\n1,5;1\n2.5;1\n2;1\n2;1\n", "comma", "percent(q = 2.5)", 0},
    {"q;z\n1,5;1\n2.5;1\n2;1\n2;1\n", "comma", "percent(q = \"2,5\")", 0},
};

Test(csv_marks, conditions) {
    for (size_t i = 0; i < COUNT(conditions); i++) {
        const char *const measures[] = {conditions[i].measure};
        const peil_request request = {.measures = {1, measures}, .decimal = conditions[i].decimal};
        peil_report report = report_on(peil_run_table, request, conditions[i].text);
        cr_expect_eq(figure_of(&report, 0, "estimate"), conditions[i].percent, "%zu: %s: %g", i,
                     conditions[i].measure, figure_of(&report, 0, "estimate"));
        peil_report_clear(&report);
    }
}
