/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of statistical programs that are cut, longer than they say, changed at random or made to
 * harm: each is read as it was or refused, and leaves nothing behind. PEIL_MUTATIONS is the number
 * of changed files of each kind, PEIL_SEED which ones. */
#include <signal.h>

#include "support/leftovers.h"
#include "support/stat_reading.h"

static made changed;

static void copy_made(const made *from, made *to) {
    to->length = from->length;
    memcpy(to->bytes, from->bytes, from->length);
}

static reading read_made(const made *bytes) {
    return read_bytes(bytes->bytes, bytes->length, (peil_reading){0}, 0);
}

/* Refused, or read; nothing else. */
static void expect_verdict(const reading *r, const char *name, size_t at) {
    HOLDS(r->status == PEIL_OK || r->status == PEIL_EDATA, "%s at %zu: %d %s", name, at,
          (int)r->status, r->fault.message);
    HOLDS(r->status == PEIL_OK || r->fault.message[0], "%s at %zu: no word", name, at);
}

static void expect_refusal(const made *bytes, const char *words, const char *name) {
    reading r = read_made(bytes);
    cr_expect_eq(r.status, PEIL_EDATA, "%s", name);
    cr_expect(strstr(r.fault.message, words), "%s: %s", name, r.fault.message);
    peil_text_clear(&r.content);
}

static size_t setting(const char *name, size_t usual) {
    const char *word = getenv(name);
    return word ? (size_t)strtoull(word, NULL, 10) : usual;
}

/* The step from one case to the next: 1 where all are asked for. */
static size_t every(size_t usual) {
    return getenv("PEIL_MUTATIONS") ? 1 : usual;
}

/* ---- cut ---- */

/* Stata files before release 110, whose labels ReadStat does not find, have no end that is known.
 */
static bool has_no_end(const made_kind *kind) {
    return strcmp(kind->format, "dta") == 0 && kind->version < 110;
}

/* How many cuts may go unseen, as all rows are there: in the filling of the last line of a portable
 * file, and where the labels of a Stata file would begin, whose number it does not say before
 * release 117. */
static size_t count_unseen(const made_kind *kind) {
    if (strcmp(kind->format, "por") == 0 || has_no_end(kind)) return 100;
    return strcmp(kind->format, "dta") == 0 && kind->version < 117;
}

Test(read_stat_damage, cut_anywhere) {
    const leftovers before = count_leftovers();
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        const made_kind *kind = &made_kinds[i];
        make_stat_file(kind, &file);
        reading whole = read_made(&file);
        size_t nread = 0;
        const size_t length = file.length, step = every(length / 20);
        for (size_t at = 0; at < length; at += length - at < 40 ? 1 : step) {
            file.length = at;
            reading r = read_made(&file);
            expect_verdict(&r, kind->name, at);
            const bool is_read = r.status == PEIL_OK && strcmp(r.header.format, "csv") != 0;
            nread += is_read;
            HOLDS(!is_read || strcmp(r.content.bytes, whole.content.bytes) == 0, "%s at %zu",
                  kind->name, at);
            peil_text_clear(&r.content);
        }
        cr_expect_leq(nread, count_unseen(kind), "%s: %zu", kind->name, nread);
        peil_text_clear(&whole.content);
        expect_nothing_left(before, kind->name);
    }
}

/* Without a number of records: whole rows may be missing, but none is half. */
Test(read_stat_damage, cut_without_a_number_of_records) {
    for (size_t i = 0; i < 3; i++) {
        static const uint32_t more[] = {7, 16, 8, 2};
        make_stat_file(&made_kinds[i], &file);
        memset(file.bytes + 80, 0xFF, 4);
        memset(made_find(&file, more, sizeof more) + sizeof more + 8, 0xFF, 8);
        reading whole = read_made(&file);
        cr_assert_eq(whole.status, PEIL_OK, "%s: %s", made_kinds[i].name, whole.fault.message);
        cr_expect_eq(whole.records, MADE_ROWS);
        cr_expect_eq(whole.header.records, 0);
        const size_t header = file.length - 400;
        for (file.length--; file.length > header; file.length -= every(3)) {
            reading r = read_made(&file);
            expect_verdict(&r, made_kinds[i].name, file.length);
            const size_t n = r.content.length;
            HOLDS(r.status != PEIL_OK || (strncmp(r.content.bytes, whole.content.bytes, n) == 0 &&
                                          strchr("~", whole.content.bytes[n])),
                  "%s at %zu: %s", made_kinds[i].name, file.length, r.content.bytes);
            peil_text_clear(&r.content);
        }
        peil_text_clear(&whole.content);
    }
}

/* ---- longer or shorter than it says ---- */

static void append(made *to, const void *bytes, size_t length) {
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

Test(read_stat_damage, bytes_behind_the_end) {
    static char junk[160];
    memset(junk, 'x', sizeof junk);
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        static const size_t lengths[] = {1, 7, 8, 16, 80, 160};
        if (has_no_end(&made_kinds[i])) continue;
        make_stat_file(&made_kinds[i], &file);
        for (size_t k = 0; k < COUNT(lengths); k++) {
            copy_made(&file, &changed);
            append(&changed, junk, lengths[k]);
            expect_refusal(&changed, "", made_kinds[i].name);
        }
        copy_made(&file, &changed);
        append(&changed, file.bytes, file.length); /* itself once more */
        expect_refusal(&changed, "", made_kinds[i].name);
    }
}

/* The number of records in a .sav file's head, and that of the rows. */
Test(read_stat_damage, another_number_of_records) {
    for (size_t i = 0; i < 3; i++) {
        static const int32_t numbers[] = {0, 1, 5, 7, 1000, INT32_MAX};
        make_stat_file(&made_kinds[i], &file);
        for (size_t k = 0; k < COUNT(numbers); k++) {
            memcpy(file.bytes + 80, &numbers[k], sizeof numbers[k]);
            expect_refusal(&file, "the file is damaged", made_kinds[i].name);
        }
    }
}

/* SPSS itself writes no code of the end but fills up with zeros. */
Test(read_stat_damage, codes_without_an_end) {
    make_stat_file(&made_kinds[1], &file);
    for (size_t at = file.length - 16; at < file.length; at++)
        if (file.bytes[at] == 252) file.bytes[at] = 0;
    reading r = read_made(&file);
    cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
    cr_expect_eq(r.records, MADE_ROWS);
    peil_text_clear(&r.content);
    append(&file, "\0\0\0\0\0\0\0\0", 8);
    r = read_made(&file);
    cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
    peil_text_clear(&r.content);
    append(&file, "\x65\0\0\0\0\0\0\0", 8); /* one more cell */
    expect_refusal(&file, "the file is damaged", "a cell too many");
}

static void make_empty(made_begin *begin) {
    own w = begin_own();
    readstat_add_variable(w.writer, "X", READSTAT_TYPE_DOUBLE, 8);
    cr_assert_eq(begin(w.writer, &file, 0), READSTAT_OK);
    end_own(&w);
}

Test(read_stat_damage, no_rows) {
    made_begin *const begins[] = {readstat_begin_writing_sav, readstat_begin_writing_por,
                                  readstat_begin_writing_dta, readstat_begin_writing_xport,
                                  readstat_begin_writing_sas7bdat};
    for (size_t i = 0; i < COUNT(begins); i++) {
        make_empty(begins[i]);
        expect_refusal(&file, "has no rows", "a file without rows");
    }
}

/* ---- what is read otherwise than it is meant ---- */

Test(read_stat_damage, kinds_that_cannot_be_read) {
    static const char with_password[200] = "\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV\x15";
    file.length = 0;
    append(&file, with_password, sizeof with_password);
    expect_refusal(&file, "password", "encrypted");
    make_stat_file(&made_kinds[1], &file);
    file.bytes[72] = 3;
    expect_refusal(&file, "compressed in a way", "compression 3");
    make_stat_file(&made_kinds[12], &file);
    memcpy(made_find(&file, "118", 3), "120", 3);
    expect_refusal(&file, "version", "release 120");
}

/* A second data set behind the first looks like rows of it. */
Test(read_stat_damage, several_data_sets) {
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        enum { LIBRARY = 3 * 80 };
        if (strcmp(made_kinds[i].format, "xpt") != 0) continue;
        make_stat_file(&made_kinds[i], &file);
        copy_made(&file, &changed);
        append(&changed, file.bytes + LIBRARY, file.length - LIBRARY);
        expect_refusal(&changed, "several data sets", made_kinds[i].name);
    }
}

/* Numbers may take 3 to 8 bytes; ReadStat takes others for missing ones. */
Test(read_stat_damage, numbers_of_impossible_widths) {
    for (int width = 0; width <= 9; width++) {
        static const char name[] = "GEWICHT ";
        make_stat_file(&made_kinds[16], &file);
        unsigned char *at = made_find(&file, name, strlen(name));
        at[-3] = (unsigned char)width; /* 2 bytes, behind the type and a hash, before a number */
        at[-4] = 0;
        reading r = read_made(&file);
        expect_verdict(&r, "width", (size_t)width);
        if (width == 8) cr_expect_eq(r.status, PEIL_OK, "%s", r.fault.message);
        if (width < 3 || width > 8) cr_expect_eq(r.status, PEIL_EDATA, "width %d", width);
        peil_text_clear(&r.content);
    }
}

/* SAS marks pages that hold deleted rows, which are still there. */
Test(read_stat_damage, deleted_rows) {
    enum { HEADER_BYTES = 200, PAGE_BYTES = 204, KIND = 32 };
    uint32_t header, page;
    size_t marked = 0;
    make_stat_file(&made_kinds[14], &file);
    memcpy(&header, file.bytes + HEADER_BYTES, 4);
    memcpy(&page, file.bytes + PAGE_BYTES, 4);
    for (size_t at = header; at + page <= file.length; at += page) {
        unsigned char *kind = file.bytes + at + KIND;
        const bool has_rows = kind[1] == 1 || kind[1] == 2;
        if (has_rows) kind[0] |= 0x80;
        marked += has_rows;
    }
    cr_assert_gt(marked, 0);
    expect_refusal(&file, "deleted rows", "a page with deleted rows");
}

/* ---- made to harm ---- */

/* ReadStat 1.1.8 copies 2^64 - 1 bytes of a very long text in UTF-8 whose first part is all NUL
 * (its issue 285). A later one may read it. */
Test(read_stat_damage, known_overflow) {
    own w = begin_own();
    readstat_variable_t *v = readstat_add_variable(w.writer, "x", READSTAT_TYPE_STRING, 400);
    static char text[401];
    memset(text, 'x', 400);
    cr_assert_eq(readstat_begin_writing_sav(w.writer, &file, 1), READSTAT_OK);
    readstat_begin_row(w.writer);
    readstat_insert_string_value(w.writer, v, text);
    cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    end_own(&w);
    const unsigned char *data = made_find(&file, text, 200);
    memset(file.bytes + (data - file.bytes), 0, file.length - (size_t)(data - file.bytes));
    const leftovers before = count_leftovers();
    reading r = read_made(&file);
    expect_verdict(&r, "known overflow", 0);
    peil_text_clear(&r.content);
    expect_nothing_left(before, "known overflow");
}

/* Lengths and counts beyond the file, and beyond memory. */
Test(read_stat_damage, claims_beyond_reason) {
    static const uint32_t claims[] = {0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x10000000, 0xFFFF};
    static const uint32_t labels[] = {3, 3}, extension[] = {7, 3, 4};
    for (size_t i = 0; i < COUNT(claims); i++) {
        make_stat_file(&made_kinds[0], &file);
        memcpy(made_find(&file, labels, sizeof labels) + 4, &claims[i], 4);
        expect_refusal(&file, "damaged", "a count of labels");
        make_stat_file(&made_kinds[0], &file);
        memcpy(made_find(&file, "weegfactor", 10) - 4, &claims[i], 4);
        expect_refusal(&file, "damaged", "the length of a label");
        make_stat_file(&made_kinds[0], &file);
        memcpy(made_find(&file, extension, sizeof extension) + 12, &claims[i], 4);
        expect_refusal(&file, "damaged", "the length of an extension");
    }
}

/* As many lengths of very long texts as fit, and as many variables, none of which has such a name.
 */
Test(read_stat_damage, lengths_of_unknown_texts, .timeout = 20) {
    enum { VARIABLES = 8000, LENGTHS = 600000 };
    static const uint32_t end[] = {999, 0}, head[] = {7, 14, 1, 5 * LENGTHS};
    char name[16];
    own w = begin_own();
    for (int i = 0; i < VARIABLES; i++) {
        snprintf(name, sizeof name, "v%d", i);
        readstat_add_variable(w.writer, name, READSTAT_TYPE_DOUBLE, 8);
    }
    cr_assert_eq(readstat_begin_writing_sav(w.writer, &file, 0), READSTAT_OK);
    end_own(&w);
    file.length = (size_t)(made_find(&file, end, sizeof end) - file.bytes);
    made_append(head, sizeof head, &file);
    for (int i = 0; i < LENGTHS; i++) made_append("A=1\0\t", 5, &file);
    made_append(end, sizeof end, &file);
    opened o;
    cr_expect_eq(open_made(&file, NULL, &o), PEIL_OK, "%s", o.fault.message);
    close_made(&o);
}

/* A set of labels is small; given to each of many variables it is not. */
Test(read_stat_damage, labels_shared_by_many) {
    enum { VARIABLES = 3000, LABELS = 3000 };
    char name[16];
    own w = begin_own();
    readstat_label_set_t *set = readstat_add_label_set(w.writer, READSTAT_TYPE_DOUBLE, "s");
    for (int i = 0; i < LABELS; i++) {
        snprintf(name, sizeof name, "label %d", i);
        readstat_label_double_value(set, i, name);
    }
    for (int i = 0; i < VARIABLES; i++) {
        snprintf(name, sizeof name, "v%d", i);
        readstat_variable_set_label_set(
            readstat_add_variable(w.writer, name, READSTAT_TYPE_DOUBLE, 8), set);
    }
    cr_assert_eq(readstat_begin_writing_sav(w.writer, &file, 1), READSTAT_OK);
    readstat_begin_row(w.writer);
    for (int i = 0; i < VARIABLES; i++)
        readstat_insert_double_value(w.writer, readstat_get_variable(w.writer, i), 1);
    cr_assert_eq(readstat_end_row(w.writer), READSTAT_OK);
    end_own(&w);
    opened o;
    cr_expect_eq(open_made(&file, NULL, &o), PEIL_EDATA);
    cr_expect(strstr(o.fault.message, "too many labels"), "%s", o.fault.message);
    close_made(&o);
}

/* One to four bytes become others: mostly one, often extreme, mostly in the front. */
static void mutate(uint64_t *seed, const made *from, made *to) {
    static const unsigned char extremes[] = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};
    copy_made(from, to);
    const size_t n = random_below(seed, 3) ? 1 : 1 + random_below(seed, 4);
    for (size_t i = 0; i < n; i++) {
        const size_t reach = random_below(seed, 2) && to->length > 1500 ? 1500 : to->length;
        unsigned char *at = &to->bytes[random_below(seed, reach)];
        *at = random_below(seed, 2) ? extremes[random_below(seed, COUNT(extremes))]
                                    : (unsigned char)random_next(seed);
    }
}

Test(read_stat_damage, changed_at_random, .timeout = 100000) {
    const size_t n = setting("PEIL_MUTATIONS", 30);
    const leftovers before = count_leftovers();
    for (size_t i = 0; i < COUNT(made_kinds); i++) {
        uint64_t seed = setting("PEIL_SEED", 1) * 1000 + i;
        size_t nread = 0;
        make_stat_file(&made_kinds[i], &file);
        for (size_t k = 0; k < n; k++) {
            mutate(&seed, &file, &changed);
            reading r = read_made(&changed);
            expect_verdict(&r, made_kinds[i].name, k);
            nread += r.status == PEIL_OK;
            peil_text_clear(&r.content);
        }
        expect_nothing_left(before, made_kinds[i].name);
        if (getenv("PEIL_MUTATIONS"))
            fprintf(stderr, "%-16s %zu changed: %zu read, %zu refused\n", made_kinds[i].name, n,
                    nread, n - nread);
    }
}

/* ---- the child ---- */

static ssize_t write_to_file(const void *bytes, size_t length, void *context) {
    return fwrite(bytes, 1, length, context) == length ? (ssize_t)length : -1;
}

/* More rows than blocks hold that are under way. */
static scratch make_long_file(int rows) {
    const scratch stored = scratch_text("long.sav", "");
    FILE *out = fopen(stored.path, "wb");
    cr_assert(out);
    readstat_writer_t *writer = readstat_writer_init();
    readstat_set_data_writer(writer, write_to_file);
    readstat_variable_t *v = readstat_add_variable(writer, "x", READSTAT_TYPE_DOUBLE, 8);
    cr_assert_eq(readstat_begin_writing_sav(writer, out, rows), READSTAT_OK);
    for (int i = 0; i < rows; i++) {
        readstat_begin_row(writer);
        readstat_insert_double_value(writer, v, i);
        readstat_end_row(writer);
    }
    cr_assert_eq(readstat_end_writing(writer), READSTAT_OK);
    readstat_writer_free(writer);
    fclose(out);
    return stored;
}

/* Reads a batch, does something to the child, and reads on. */
static peil_status read_long(const char *path, int signal, bool reads_on, size_t *rows,
                             peil_fault *fault) {
    static const peil_reading how;
    peil_reader *reader = NULL;
    peil_batch batch = {0};
    size_t column;
    cr_assert_eq(peil_reader_open(path, &how, &reader, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_want(&batch, "x", PEIL_AS_NUMBERS, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 1000, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    peil_status status = peil_reader_next(reader, &batch, fault);
    const pid_t child = signal ? find_child() : 0;
    if (child) kill(child, signal);
    for (*rows = batch.rows; reads_on && status == PEIL_OK && batch.rows; *rows += batch.rows)
        status = peil_reader_next(reader, &batch, fault);
    for (size_t i = 0; i < batch.rows; i++)
        HOLDS(batch.columns[column].decimals[i].scale <= 0, "row %zu", i);
    peil_batch_clear(&batch);
    peil_reader_free(reader);
    return status;
}

Test(read_stat_damage, child_is_killed) {
    enum { ROWS = 100000 };
    static const struct {
        int signal;
        peil_status status;
        const char *fault;
    } signals[] = {{SIGKILL, PEIL_ESYSTEM, "was killed"},
                   {SIGSEGV, PEIL_EDATA, "breaks off"},
                   {SIGTERM, PEIL_ESYSTEM, "was killed"},
                   {SIGBUS, PEIL_EDATA, "breaks off"}};
    const scratch stored = make_long_file(ROWS);
    const leftovers before = count_leftovers();
    size_t rows;
    peil_fault fault = {0};
    cr_expect_eq(read_long(stored.path, 0, true, &rows, &fault), PEIL_OK, "%s", fault.message);
    cr_expect_eq(rows, ROWS);
    for (size_t i = 0; i < COUNT(signals); i++) {
        const peil_status status = read_long(stored.path, signals[i].signal, true, &rows, &fault);
        if (rows == ROWS) continue; /* where children cannot be found */
        cr_expect_eq(status, signals[i].status);
        cr_expect(strstr(fault.message, signals[i].fault), "%s", fault.message);
        cr_expect_eq(fault.record, status == PEIL_EDATA ? rows + 1 : 0, "%zu", rows);
        cr_expect(strstr(fault.file, "long.sav"), "%s", fault.file);
        expect_nothing_left(before, "a killed child");
    }
    scratch_remove(&stored);
}

Test(read_stat_damage, reader_is_freed_half_way) {
    const scratch stored = make_long_file(100000);
    const leftovers before = count_leftovers();
    size_t rows;
    for (int i = 0; i < 20; i++) {
        peil_fault fault;
        cr_expect_eq(read_long(stored.path, 0, false, &rows, &fault), PEIL_OK);
        cr_expect_eq(rows, 1000);
        expect_nothing_left(before, "half-way");
    }
    scratch_remove(&stored);
}

/* The file may change while it is read: it gets shorter here. */
Test(read_stat_damage, file_is_cut_while_it_is_read) {
    const scratch stored = make_long_file(100000);
    static const peil_reading how;
    peil_reader *reader = NULL;
    peil_batch batch = {0};
    peil_fault fault = {0};
    size_t column;
    cr_assert_eq(peil_reader_open(stored.path, &how, &reader, NULL), PEIL_OK);
    cr_assert_eq(truncate(stored.path, 5000), 0);
    cr_assert_eq(peil_batch_want(&batch, "x", PEIL_AS_NUMBERS, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    peil_status status;
    do {
        status = peil_reader_next(reader, &batch, &fault);
    } while (status == PEIL_OK && batch.rows);
    cr_expect_eq(status, PEIL_EDATA, "%s", fault.message);
    peil_batch_clear(&batch);
    peil_reader_free(reader);
    scratch_remove(&stored);
}
