/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SPSS, Stata and SAS files: what ReadStat's writer put there is what is read, in every kind of
 * file, in batches of any size. */
#include <zlib.h>

#include "support/stat_reading.h"

static made packed;

/* ---- contents ---- */

/* The survey of stat_files.h, by hand. %s: the fourth answer, which some files tag, and a name. */
#define SURVEY                         \
    "ID|GEWICHT|VRAAG|NAAM|DAG"        \
    "~1|0.1|1|Jan|2015-03-01"          \
    "~2|1.5|2|%s|1970-01-01"           \
    "~3|2.25|9||"                      \
    "~4|123456.789|%s|0363|1960-01-01" \
    "~5|0||a b|2016-03-01"             \
    "~6|3|1|Jan|2020-01-01"

static void write_expected(const made_kind *kind, char *out, size_t size) {
    snprintf(out, size, SURVEY, strcmp(kind->format, "por") == 0 ? "Zoe" : "Zo\xC3\xAB",
             kind->has_tags ? ".a" : "98");
}

static const size_t batch_rows[] = {4, 5, 6, 7, 0};

Test(read_stat, every_kind_of_file) {
    char expected[512];
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        make_stat_file(&made_kinds[i], &file);
        write_expected(&made_kinds[i], expected, sizeof expected);
        for (size_t b = 0; b < COUNT(batch_rows); b++) {
            reading r =
                read_bytes(file.bytes, file.length, (peil_reading){.hash = b == 0}, batch_rows[b]);
            cr_expect_eq(r.status, PEIL_OK, "%s: %s", made_kinds[i].name, r.fault.message);
            cr_expect_str_eq(r.content.bytes, expected, "%s", made_kinds[i].name);
            cr_expect_str_eq(r.header.format, made_kinds[i].format, "%s", made_kinds[i].name);
            cr_expect_str_eq(r.header.encoding, "UTF-8", "%s", made_kinds[i].name);
            cr_expect_not(r.header.encoding_is_guess, "%s", made_kinds[i].name);
            cr_expect_eq(r.header.has_labels, made_kinds[i].has_labels, "%s", made_kinds[i].name);
            const bool says = strcmp(made_kinds[i].format, "por") != 0 &&
                              strcmp(made_kinds[i].format, "xpt") != 0;
            cr_expect_eq(r.header.records, says ? MADE_ROWS : 0, "%s", made_kinds[i].name);
            peil_text_clear(&r.content);
        }
    }
}

/* gzip, and standard input, in blocks of any size: known by content. */
static void pack(const made *in, made *out) {
    z_stream z = {.next_in = (Bytef *)(uintptr_t)in->bytes, .avail_in = (uInt)in->length};
    cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_out = out->bytes;
    z.avail_out = MADE_ROOM;
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->length = MADE_ROOM - z.avail_out;
    deflateEnd(&z);
}

Test(read_stat, packed_and_in_blocks) {
    static const size_t blocks[] = {1, 7, 100, 0};
    char expected[512];
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        make_stat_file(&made_kinds[i], &file);
        write_expected(&made_kinds[i], expected, sizeof expected);
        pack(&file, &packed);
        for (size_t b = 0; b < COUNT(blocks); b++) {
            const peil_reading how = {.block_bytes = blocks[b], .hash = b % 2};
            reading plain = read_bytes(file.bytes, file.length, how, 0);
            reading unpacked = read_bytes(packed.bytes, packed.length, how, 0);
            cr_expect_eq(unpacked.status, PEIL_OK, "%s: %s", made_kinds[i].name,
                         unpacked.fault.message);
            cr_expect_str_eq(plain.content.bytes, expected, "%s", made_kinds[i].name);
            cr_expect_str_eq(unpacked.content.bytes, expected, "%s", made_kinds[i].name);
            peil_text_clear(&plain.content);
            peil_text_clear(&unpacked.content);
        }
    }
}

Test(read_stat, standard_input) {
    char expected[512];
    make_stat_file(&made_kinds[1], &file);
    write_expected(&made_kinds[1], expected, sizeof expected);
    const scratch stored = scratch_make("data.sav", file.bytes, file.length);
    for (int piped = 0; piped < 2; piped++) {
        FILE *in = piped ? NULL : fopen(stored.path, "rb");
        int ends[2] = {-1, -1};
        if (piped) {
            cr_assert_eq(pipe(ends), 0);
            cr_assert_eq(write(ends[1], file.bytes, file.length), (ssize_t)file.length);
            close(ends[1]);
        }
        cr_assert_geq(dup2(piped ? ends[0] : fileno(in), STDIN_FILENO), 0);
        reading r = read_as("-", (peil_reading){0}, 0);
        cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
        cr_expect_str_eq(r.content.bytes, expected);
        peil_text_clear(&r.content);
        if (in) fclose(in);
        if (piped) close(ends[0]);
    }
    scratch_remove(&stored);
}

/* ---- what a file says of its variables ---- */

Test(read_stat, labels_types_and_missing_values) {
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        const made_kind *kind = &made_kinds[i];
        opened o;
        make_stat_file(kind, &file);
        cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK, "%s: %s", kind->name, o.fault.message);
        const peil_variable *question = variable_of(&o, "VRAAG");
        cr_expect_str_eq(variable_of(&o, "GEWICHT")->label, "weegfactor", "%s", kind->name);
        /* Release 104 and version 5 have room for some of it. */
        cr_expect(strncmp(question->label, MADE_LONG_LABEL, 31) == 0, "%s: %s", kind->name,
                  question->label);
        cr_expect_eq(variable_of(&o, "ID")->type, PEIL_TYPE_NUMBER, "%s", kind->name);
        cr_expect_eq(variable_of(&o, "NAAM")->type, PEIL_TYPE_TEXT, "%s", kind->name);
        cr_expect_eq(variable_of(&o, "DAG")->type, PEIL_TYPE_DATE, "%s", kind->name);
        cr_expect_null(variable_of(&o, "ID")->label, "%s", kind->name);
        cr_expect_eq(question->nlabels, kind->has_labels ? 3u + kind->has_tags : 0, "%s: %zu",
                     kind->name, question->nlabels);
        if (kind->has_labels) {
            expect_label(question, "1", "ja", kind->name);
            expect_label(question, "2", "nee", kind->name);
            expect_label(question, "9", "weet niet", kind->name);
        }
        if (kind->has_labels && kind->has_tags) {
            expect_label(question, ".a", "geen antwoord", kind->name);
            cr_expect(peil_variable_lacks_text(question, ".a"), "%s", kind->name);
        }
        for (int64_t answer = -1; answer < 200; answer++) {
            const bool lacks = peil_variable_lacks_number(question, (peil_decimal){answer, 0});
            const bool declared = kind->has_ranges && (answer == 9 || answer >= 97);
            if (answer % 10) cr_expect_eq(lacks, declared, "%s: %d", kind->name, (int)answer);
        }
        close_made(&o);
    }
}

/* A tag without a label is no answer either; that is known when it is met. */
Test(read_stat, tags_are_no_answers) {
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        if (!made_kinds[i].has_tags) continue;
        for (peil_use use = PEIL_AS_NUMBERS; use <= PEIL_AS_CODES; use++) {
            made_kind kind = made_kinds[i];
            opened o;
            size_t column;
            uint32_t code;
            peil_decimal number;
            peil_batch batch = {0};
            kind.has_labels = false;
            make_stat_file(&kind, &file);
            cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK);
            cr_assert_eq(peil_batch_want(&batch, "VRAAG", use, &column, NULL), PEIL_OK);
            cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
            cr_assert_eq(peil_reader_bind(o.reader, &batch, NULL), PEIL_OK);
            cr_assert_eq(peil_reader_next(o.reader, &batch, NULL), PEIL_OK);
            const peil_batch_column *c = &batch.columns[column];
            cr_expect_not(peil_batch_number(c, 3, &number, &code));
            cr_expect_str_eq(peil_dictionary_text(&c->dictionary, code), ".a", "%s", kind.name);
            cr_expect(peil_variable_lacks_text(&c->about, ".a"), "%s", kind.name);
            cr_expect_not(peil_batch_number(c, 4, &number, &code));
            cr_expect_eq(code, PEIL_MISSING_CODE);
            cr_expect(peil_batch_number(c, 2, &number, &code));
            cr_expect_eq(number.digits, 9);
            peil_batch_clear(&batch);
            close_made(&o);
        }
    }
}

/* ---- numbers ---- */

/* Hard ones first, then any: small whole numbers, decimals, and doubles of random bits. */
static void draw_numbers(double *numbers, size_t n) {
    static const double hard[] = {0,
                                  -0.0,
                                  1,
                                  -1,
                                  0.1,
                                  0.1 + 0.2,
                                  1e22,
                                  1e21,
                                  1e-7,
                                  5e-324,
                                  1e308,
                                  1.5e15,
                                  1 / 3.0,
                                  2.5e-5,
                                  1e23,
                                  123456789.123456789,
                                  9007199254740993.0,
                                  4.35,
                                  0.00001,
                                  1e-6};
    uint64_t seed = 19;
    for (size_t i = 0; i < n; i++) {
        const uint64_t bits = random_next(&seed);
        if (i < COUNT(hard))
            numbers[i] = hard[i];
        else if (i % 3 == 0)
            numbers[i] = (double)(bits % 10);
        else if (i % 3 == 1)
            numbers[i] = (double)(int64_t)(bits % 20000000) / 10000 - 1000;
        else
            memcpy(&numbers[i], &bits, sizeof bits);
        if (!isfinite(numbers[i]) || fabs(numbers[i]) > 1e300) numbers[i] = 7;
    }
}

/* As R and Python write numbers: 17 digits read back to the double. */
Test(read_stat, numbers_are_those_of_a_text_file) {
    enum { NUMBERS = 20000 };
    static double numbers[NUMBERS];
    made_begin *const begins[] = {readstat_begin_writing_sav, readstat_begin_writing_dta,
                                  readstat_begin_writing_sas7bdat};
    draw_numbers(numbers, NUMBERS);
    peil_text text = {0};
    peil_text_add(&text, "x\n");
    for (size_t i = 0; i < NUMBERS; i++) peil_text_add_format(&text, "%.17g\n", numbers[i]);
    reading csv = read_bytes(text.bytes, text.length, (peil_reading){0}, 0);
    cr_assert_eq(csv.status, PEIL_OK, "%s", csv.fault.message);
    for (size_t i = 0; i < COUNT(begins); i++) {
        make_numbers(begins[i], numbers, NUMBERS, NULL, &file);
        reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, i ? 0 : 1000);
        cr_assert_eq(r.status, PEIL_OK, "%s: %s", r.header.format, r.fault.message);
        cr_expect(strcmp(r.content.bytes, csv.content.bytes) == 0, "%s", r.header.format);
        peil_text_clear(&r.content);
    }
    peil_text_clear(&csv.content);
    peil_text_clear(&text);
}

/* As numbers they are the shortest decimals of the doubles. */
Test(read_stat, numbers_as_numbers) {
    enum { NUMBERS = 5000 };
    static double numbers[NUMBERS];
    draw_numbers(numbers, NUMBERS);
    make_numbers(readstat_begin_writing_sav, numbers, NUMBERS, NULL, &file);
    opened o;
    size_t column, row = 0;
    peil_batch batch = {0};
    cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK);
    cr_assert_eq(peil_batch_want(&batch, "x", PEIL_AS_NUMBERS, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 777, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(o.reader, &batch, NULL), PEIL_OK);
    do {
        cr_assert_eq(peil_reader_next(o.reader, &batch, NULL), PEIL_OK);
        for (size_t i = 0; i < batch.rows; i++, row++) {
            char text[32];
            peil_decimal expected;
            snprintf(text, sizeof text, "%.17g", numbers[row]);
            cr_assert(peil_decimal_read(text, strlen(text), &expected), "%s", text);
            HOLDS(peil_decimal_equal(batch.columns[column].decimals[i], expected), "%s", text);
        }
    } while (batch.rows);
    cr_expect_eq(row, NUMBERS);
    peil_batch_clear(&batch);
    close_made(&o);
}

Test(read_stat, infinite_numbers_are_refused) {
    const double numbers[] = {1, 2, INFINITY, 3, -INFINITY};
    /* Of SPSS's formats only some versions hold them; here the third number is put in by hand. */
    make_numbers(readstat_begin_writing_sav, (double[]){1, 2, 77, 3, 4}, COUNT(numbers), NULL,
                 &file);
    const double marker = 77;
    memcpy(made_find(&file, &marker, sizeof marker), &numbers[2], sizeof *numbers);
    reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
    cr_expect_eq(r.status, PEIL_EDATA);
    cr_expect_eq(r.fault.record, 3);
    cr_expect_str_eq(r.fault.variable, "x");
    cr_expect_str_eq(r.fault.message, "a number that is not finite");
    cr_expect_str_eq(r.content.bytes, "x~1~2");
    peil_text_clear(&r.content);
}

/* Of two the one in the first row, of two in a row that of the first variable. */
Test(read_stat, first_refusal_counts) {
    static const int places[][2] = {{2, 1}, {1, 2}, {1, 1}, {3, 0}}; /* rows in x and y */
    for (size_t i = 0; i < COUNT(places); i++) {
        own w = begin_own();
        readstat_variable_t *x = readstat_add_variable(w.writer, "x", READSTAT_TYPE_DOUBLE, 8);
        readstat_variable_t *y = readstat_add_variable(w.writer, "y", READSTAT_TYPE_DOUBLE, 8);
        cr_assert_eq(readstat_begin_writing_sav(w.writer, &file, 4), READSTAT_OK);
        for (int row = 0; row < 4; row++) {
            readstat_begin_row(w.writer);
            readstat_insert_double_value(w.writer, x, row == places[i][0] ? 77 : row);
            readstat_insert_double_value(w.writer, y, row == places[i][1] ? 77 : row);
            readstat_end_row(w.writer);
        }
        end_own(&w);
        const double marker = 77, infinite = -INFINITY;
        for (int k = 0; k < 2; k++)
            memcpy(made_find(&file, &marker, sizeof marker), &infinite, sizeof infinite);
        reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
        const bool is_first = places[i][0] <= places[i][1];
        cr_expect_eq(r.status, PEIL_EDATA);
        cr_expect_eq(r.fault.record, (uint64_t)(is_first ? places[i][0] : places[i][1]) + 1,
                     "case %zu", i);
        cr_expect_str_eq(r.fault.variable, is_first ? "x" : "y", "case %zu", i);
        peil_text_clear(&r.content);
    }
}

/* Of all types that Stata has. */
Test(read_stat, numbers_of_all_widths) {
    own w = begin_own();
    static const readstat_type_t types[] = {READSTAT_TYPE_INT8, READSTAT_TYPE_INT16,
                                            READSTAT_TYPE_INT32, READSTAT_TYPE_FLOAT,
                                            READSTAT_TYPE_DOUBLE};
    readstat_variable_t *v[COUNT(types)];
    for (size_t i = 0; i < COUNT(types); i++) {
        char name[4] = {'v', (char)('0' + i), '\0'};
        v[i] = readstat_add_variable(w.writer, name, types[i], 0);
    }
    cr_assert_eq(readstat_begin_writing_dta(w.writer, &file, 2), READSTAT_OK);
    readstat_begin_row(w.writer);
    readstat_insert_int8_value(w.writer, v[0], -100);
    readstat_insert_int16_value(w.writer, v[1], -30000);
    readstat_insert_int32_value(w.writer, v[2], 2000000000);
    readstat_insert_float_value(w.writer, v[3], 0.5f);
    readstat_insert_double_value(w.writer, v[4], 0.1);
    cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    readstat_begin_row(w.writer);
    for (size_t i = 0; i < COUNT(types); i++)
        readstat_insert_tagged_missing_value(w.writer, v[i], (char)('a' + i * 6));
    cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    end_own(&w);
    reading r = read_bytes(file.bytes, file.length, (peil_reading){0}, 0);
    cr_expect_str_eq(r.content.bytes,
                     "v0|v1|v2|v3|v4~-100|-30000|2000000000|0.5|0.1~.a|.g|.m|.s|.y", "%s",
                     r.fault.message);
    peil_text_clear(&r.content);
}

/* ---- the shape of the request ---- */

/* Many variables make blocks of few rows; those that are wanted stand anywhere among them. */
Test(read_stat, many_variables) {
    enum { VARIABLES = 3000, ROWS = 11 };
    static const int wanted[] = {2999, 0, 1500, 7};
    static readstat_variable_t *v[VARIABLES];
    char name[16];
    own w = begin_own();
    for (int i = 0; i < VARIABLES; i++) {
        snprintf(name, sizeof name, "v%d", i);
        v[i] = readstat_add_variable(w.writer, name, READSTAT_TYPE_DOUBLE, 8);
    }
    cr_assert_eq(readstat_begin_writing_sav(w.writer, &file, ROWS), READSTAT_OK);
    for (int row = 0; row < ROWS; row++) {
        readstat_begin_row(w.writer);
        for (int i = 0; i < VARIABLES; i++)
            readstat_insert_double_value(w.writer, v[i], row * 10000 + i);
        cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    }
    end_own(&w);
    for (int all = 0; all < 2; all++) {
        opened o;
        size_t column, rows = 0;
        peil_batch batch = {0};
        cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK);
        for (int i = 0; i < (all ? VARIABLES : (int)COUNT(wanted)); i++) {
            snprintf(name, sizeof name, "v%d", all ? i : wanted[i]);
            cr_assert_eq(peil_batch_want(&batch, name, PEIL_AS_NUMBERS, &column, NULL), PEIL_OK);
        }
        cr_assert_eq(peil_batch_allocate(&batch, 4, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(o.reader, &batch, NULL), PEIL_OK);
        do {
            cr_assert_eq(peil_reader_next(o.reader, &batch, NULL), PEIL_OK);
            for (size_t row = 0; row < batch.rows; row++)
                for (size_t i = 0; i < batch.ncolumns; i++) {
                    char text[16], expected[16];
                    peil_decimal_write(batch.columns[i].decimals[row], text);
                    snprintf(expected, sizeof expected, "%d",
                             (int)(rows + row) * 10000 + (all ? (int)i : wanted[i]));
                    HOLDS(strcmp(text, expected) == 0, "%s, not %s", text, expected);
                }
            rows += batch.rows;
        } while (batch.rows);
        cr_expect_eq(rows, ROWS);
        peil_batch_clear(&batch);
        close_made(&o);
    }
}

/* Who has seen enough of a variable may begin its dictionary anew between two batches. */
Test(read_stat, dictionaries_made_anew) {
    double numbers[40];
    for (size_t i = 0; i < COUNT(numbers); i++) numbers[i] = (double)(i % 5) + 0.5;
    make_numbers(readstat_begin_writing_sav, numbers, COUNT(numbers), NULL, &file);
    opened o;
    size_t column, rows = 0;
    uint32_t empty;
    peil_batch batch = {0};
    cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK);
    cr_assert_eq(peil_batch_want(&batch, "x", PEIL_AS_CODES, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 7, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(o.reader, &batch, NULL), PEIL_OK);
    do {
        cr_assert_eq(peil_reader_next(o.reader, &batch, NULL), PEIL_OK);
        peil_dictionary *dictionary = &batch.columns[column].dictionary;
        for (size_t i = 0; i < batch.rows; i++, rows++) {
            char expected[8];
            snprintf(expected, sizeof expected, "%d.5", (int)(rows % 5));
            cr_expect_str_eq(peil_dictionary_text(dictionary, batch.columns[column].codes[i]),
                             expected);
        }
        peil_dictionary_clear(dictionary);
        cr_assert_eq(peil_dictionary_code(dictionary, "", 0, &empty, NULL), PEIL_OK);
    } while (batch.rows);
    cr_expect_eq(rows, COUNT(numbers));
    peil_batch_clear(&batch);
    close_made(&o);
}

/* Counting takes no variable. */
Test(read_stat, no_variable_is_wanted) {
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        opened o;
        peil_batch batch = {0};
        make_stat_file(&made_kinds[i], &file);
        cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK);
        cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(o.reader, &batch, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_next(o.reader, &batch, NULL), PEIL_OK);
        cr_expect_eq(batch.rows, MADE_ROWS, "%s", made_kinds[i].name);
        cr_assert_eq(peil_reader_next(o.reader, &batch, NULL), PEIL_OK);
        cr_expect_eq(batch.rows, 0);
        peil_batch_clear(&batch);
        close_made(&o);
    }
}

Test(read_stat, constant_variable_beside_the_file) {
    make_stat_file(&made_kinds[0], &file);
    reading r = read_bytes(file.bytes, file.length,
                           (peil_reading){.constant_name = "jaar", .constant_value = "2015"}, 0);
    cr_expect(strstr(r.content.bytes, "DAG|jaar~1|0.1|1|Jan|2015-03-01|2015~"), "%s",
              r.content.bytes);
    peil_text_clear(&r.content);
}

/* How far the reading is, in the file. */
Test(read_stat, position_and_size) {
    make_stat_file(&made_kinds[1], &file);
    opened o;
    peil_batch batch = {0};
    cr_assert_eq(open_made(&file, NULL, &o), PEIL_OK);
    cr_expect_eq(peil_reader_size(o.reader), file.length);
    cr_expect_eq(peil_reader_position(o.reader), 0);
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(o.reader, &batch, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_next(o.reader, &batch, NULL), PEIL_OK);
    cr_expect_eq(peil_reader_position(o.reader), file.length);
    peil_batch_clear(&batch);
    close_made(&o);
}

/* A real file: 6,999 respondents, the weights add up to what the codebook says they do. */
Test(read_stat, survey_of_the_nhtsa) {
    static const char path[] = PEIL_TESTS_DIR "/../../shared/data/nhtsa-drinking-2008.sav";
    if (access(path, R_OK) != 0) cr_skip_test("%s is not there", path);
    peil_reader *reader = NULL;
    peil_fault fault;
    static const peil_reading how;
    cr_assert_eq(peil_reader_open(path, &how, &reader, &fault), PEIL_OK, "%s", fault.message);
    const peil_header *header = peil_reader_header(reader);
    cr_expect_eq(header->records, 6999);
    cr_expect_eq(header->nvariables, 120);
    cr_expect(header->has_labels);
    size_t place;
    cr_assert_eq(peil_header_find(header, "QNS3A", "", &place, NULL), PEIL_OK);
    cr_expect_str_eq(header->variables[place].label, "S3a. GENDER:");
    peil_reader_free(reader);
}
