/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a file of SPSS, Stata or SAS holds, any number of threads says of it what one says: the
 * same figures, or the same refusal of the same record; and they leave nothing behind. */
#include <pthread.h>
#include <signal.h>

#include "odd_files.h"
#include "support/leftovers.h"
#include "support/stat_reading.h"

static made damaged;

/* ---- files ---- */

/* By place in made_kinds: plain, by code and packed; before Stata 14, whose files do not say what
 * their encoding is, and after. */
static const size_t kinds[] = {0, 0, 1, 1, 2, 2, 8, 11, 12, 14, 17};

enum { Q, W, H, T, F, V, VARIABLES };

static double odd_number(uint64_t *random, int variable, bool odd) {
    static const double likely[VARIABLES][5] = {[Q] = {1, 2, 3, 1, NAN},
                                                [W] = {1.5, 2.25, 1, 0.5, 3},
                                                [H] = {1, 2, 1, 2, 1},
                                                [F] = {50, 50, 50, 50, 50},
                                                [V] = {7, 8.5, 9.25, 1.125, NAN}};
    static const double unlikely[VARIABLES][4] = {[Q] = {9, 9, 1.5, 12},
                                                  [W] = {NAN, -1, 0, 0.1},
                                                  [H] = {3, NAN, 4, 4},
                                                  [F] = {51, NAN, 51, 51},
                                                  [V] = {1e300, 1 / 3.0, -0.0, 1e-9}};
    return odd ? unlikely[variable][random_below(random, 4)]
               : likely[variable][random_below(random, 5)];
}

static const char *odd_text(uint64_t *random, bool odd) {
    static const char *const likely[] = {"ja", "nee", "ja", "2.5", ""};
    static const char *const unlikely[] = {"Zo\xC3\xAB", "Zo\xEB", "9", " ja", "\xC3\xAB\xC3\xAB"};
    return odd ? unlikely[random_below(random, COUNT(unlikely))]
               : likely[random_below(random, COUNT(likely))];
}

static void add_row(own *o, const made_kind *kind, uint64_t *random, uint64_t oddity) {
    readstat_begin_row(o->writer);
    for (int i = 0; i < VARIABLES; i++) {
        const readstat_variable_t *v = readstat_get_variable(o->writer, i);
        const bool odd = random_below(random, oddity) == 0;
        const double x = odd_number(random, i, odd);
        if (i == T)
            readstat_insert_string_value(o->writer, v, odd_text(random, odd));
        else if (odd && kind->has_tags && random_below(random, 2))
            readstat_insert_tagged_missing_value(o->writer, v,
                                                 strcmp(kind->format, "dta") == 0 ? 'b' : 'B');
        else if (isnan(x))
            readstat_insert_missing_value(o->writer, v);
        else
            readstat_insert_double_value(o->writer, v, x);
    }
    cr_assert_eq(readstat_end_row(o->writer), READSTAT_OK);
}

/* Up to some hundred rows; some files are clean, some are all but. */
static void make_odd_file(const made_kind *kind, uint64_t *random) {
    static const char *const names[] = {"q", "w", "h", "t", "f", "v"};
    const uint64_t oddity = (uint64_t)8 << random_below(random, 10);
    const long rows = (long)random_below(random, 300);
    own o = begin_own();
    if (kind->version) readstat_writer_set_file_format_version(o.writer, kind->version);
    readstat_writer_set_compression(o.writer, kind->compression);
    for (int i = 0; i < VARIABLES; i++)
        readstat_add_variable(o.writer, names[i],
                              i == T ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, 8);
    cr_assert_eq(kind->begin(o.writer, &file, rows), READSTAT_OK, "%s", kind->name);
    for (long i = 0; i < rows; i++) add_row(&o, kind, random, oddity);
    end_own(&o);
}

/* One byte of the rear half, where the rows are, becomes another, or the end is missing. */
static void damage(uint64_t *random) {
    damaged.length = file.length;
    memcpy(damaged.bytes, file.bytes, file.length);
    const size_t at = file.length / 2 + random_below(random, file.length / 2);
    if (random_below(random, 3))
        damaged.bytes[at] = (unsigned char)random_next(random);
    else
        damaged.length = at;
}

/* ---- what is said ---- */

/* Returns whether the file is refused. */
static bool hold(const made *bytes, const char *what, size_t which, size_t block, int threads) {
    const scratch stored = scratch_make("data.bin", bytes->bytes, bytes->length);
    const char *const paths[] = {stored.path};
    char *wanted = odd_say(paths, 1, which, (odd_reading){.threads = 1});
    char *said = odd_say(paths, 1, which, (odd_reading){.block = block, .threads = threads});
    const bool is_refused = strncmp(wanted, "refused", 7) == 0;
    HOLDS(!strcmp(said, wanted),
          "%s, request %zu, blocks of %zu: %d threads say\n%.300s\nnot\n%.300s", what, which, block,
          threads, said, wanted);
    free(wanted);
    free(said);
    scratch_remove(&stored);
    return is_refused;
}

Test(threads_stat, say_what_one_says) {
    enum { FILES = 400 };
    const leftovers before = count_leftovers();
    uint64_t random = 1966;
    size_t refused = 0;
    for (size_t i = 0; i < FILES; i++) {
        const made_kind *kind = &made_kinds[kinds[i % COUNT(kinds)]];
        make_odd_file(kind, &random);
        refused += hold(&file, kind->name, random_below(&random, COUNT(odd_requests)),
                        1 + random_below(&random, 2000), 2 + (int)random_below(&random, 5));
        expect_nothing_left(before, kind->name);
    }
    cr_expect(refused > FILES / 10 && refused < FILES / 5 * 4, "%zu were refused", refused);
}

Test(threads_stat, refuse_damage_as_one_does) {
    enum { FILES = 200 };
    const leftovers before = count_leftovers();
    uint64_t random = 1968;
    size_t refused = 0;
    for (size_t i = 0; i < FILES; i++) {
        const made_kind *kind = &made_kinds[kinds[i % COUNT(kinds)]];
        make_odd_file(kind, &random);
        damage(&random);
        refused += hold(&damaged, kind->name, 2, 1 + random_below(&random, 2000), 3);
        expect_nothing_left(before, kind->name);
    }
    cr_expect(refused > FILES / 5 && refused < FILES, "%zu were refused", refused);
}

/* ---- readers that share ---- */

typedef struct sharer {
    peil_reader *reader;
    peil_batch batch;
    bool *is_taken; /* by record */
    uint64_t rows;
    peil_status status;
    peil_fault fault;
    pthread_t thread;
} sharer;

static void *take_rows(void *context) {
    sharer *s = context;
    do {
        s->status = peil_reader_next(s->reader, &s->batch, &s->fault);
        for (size_t row = 0; row < s->batch.rows; row++) {
            const uint64_t record = peil_batch_record(&s->batch, row);
            HOLDS(!s->is_taken[record], "record %" PRIu64 " twice", record);
            HOLDS(s->batch.columns[0].decimals[row].digits == 10 * (int64_t)record + 5,
                  "record %" PRIu64, record);
            s->is_taken[record] = true;
        }
        s->rows += s->batch.rows;
    } while (s->status == PEIL_OK && s->batch.rows);
    if (s->status != PEIL_OK) peil_reader_stop(s->reader);
    return NULL;
}

/* Each row holds the number of its record, and a half: its digits have no zeros at the end. */
static scratch make_records(size_t rows) {
    double *records = malloc(rows * sizeof *records);
    cr_assert(records);
    for (size_t i = 0; i < rows; i++) records[i] = (double)(i + 1) + 0.5;
    make_numbers(readstat_begin_writing_sav, records, rows, NULL, &file);
    free(records);
    return scratch_make("records.sav", file.bytes, file.length);
}

enum { SHARERS = 3 };

/* Opens a file for some readers. */
static void begin_sharing(const char *path, size_t rows, bool *is_taken, sharer *all) {
    static const peil_reading how = {.block_bytes = 1000};
    size_t column;
    for (size_t i = 0; i < SHARERS; i++) {
        all[i] = (sharer){.is_taken = is_taken};
        if (i == 0)
            cr_assert_eq(peil_reader_open(path, &how, &all[0].reader, NULL), PEIL_OK);
        else
            cr_assert_eq(peil_reader_share(all[0].reader, &all[i].reader, NULL), PEIL_OK);
        cr_assert(all[i].reader);
        cr_assert_eq(peil_batch_want(&all[i].batch, "x", PEIL_AS_NUMBERS, &column, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_allocate(&all[i].batch, rows, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(all[i].reader, &all[i].batch, NULL), PEIL_OK);
    }
}

static void end_sharing(sharer *all) {
    for (size_t i = SHARERS; i-- > 0;) {
        peil_reader_free(all[i].reader);
        peil_batch_clear(&all[i].batch);
    }
}

static void take_together(sharer *all) {
    for (size_t i = 0; i < SHARERS; i++)
        cr_assert_eq(pthread_create(&all[i].thread, NULL, take_rows, &all[i]), 0);
    for (size_t i = 0; i < SHARERS; i++) pthread_join(all[i].thread, NULL);
}

/* Each row goes to one of them, and they know which record it is. */
Test(threads_stat, each_row_once) {
    enum { ROWS = 50000 };
    static bool is_taken[ROWS + 1];
    const leftovers before = count_leftovers();
    const scratch stored = make_records(ROWS);
    sharer all[SHARERS];
    bool agree;
    uint64_t rows = 0;
    begin_sharing(stored.path, 1000, is_taken, all);
    take_together(all);
    for (size_t i = 0; i < SHARERS; i++) {
        cr_expect_eq(all[i].status, PEIL_OK, "%s", all[i].fault.message);
        rows += all[i].rows;
    }
    cr_expect_eq(rows, ROWS);
    peil_reader *const others[] = {all[1].reader, all[2].reader};
    cr_expect_eq(peil_reader_join(all[0].reader, others, 2, &agree, NULL), PEIL_OK);
    cr_expect(agree);
    end_sharing(all);
    expect_nothing_left(before, "readers that share");
    scratch_remove(&stored);
}

/* A Stata file of before release 118: a text beyond ASCII tells its encoding, a tag that it exists.
 */
static scratch make_telling_file(void) {
    own o = begin_own();
    readstat_writer_set_file_format_version(o.writer, 117);
    readstat_variable_t *x = readstat_add_variable(o.writer, "x", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_t *t = readstat_add_variable(o.writer, "t", READSTAT_TYPE_STRING, 8);
    cr_assert_eq(readstat_begin_writing_dta(o.writer, &file, 1), READSTAT_OK);
    readstat_begin_row(o.writer);
    readstat_insert_tagged_missing_value(o.writer, x, 'b');
    readstat_insert_string_value(o.writer, t, "Zo\xEB");
    cr_assert_eq(readstat_end_row(o.writer), READSTAT_OK);
    end_own(&o);
    return scratch_make("telling.dta", file.bytes, file.length);
}

/* What another reader met is known of the file. */
Test(threads_stat, learned_from_others) {
    static const peil_reading how = {.block_bytes = 1};
    const scratch stored = make_telling_file();
    peil_reader *reader = NULL, *guest = NULL;
    peil_batch batches[2] = {{0}};
    size_t column;
    bool agree = false;
    cr_assert_eq(peil_reader_open(stored.path, &how, &reader, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_share(reader, &guest, NULL), PEIL_OK);
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(peil_batch_want(&batches[i], "x", PEIL_AS_NUMBERS, &column, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_want(&batches[i], "t", PEIL_AS_CODES, &column, NULL), PEIL_OK);
        cr_assert_eq(peil_batch_allocate(&batches[i], 0, NULL), PEIL_OK);
        cr_assert_eq(peil_reader_bind(i ? guest : reader, &batches[i], NULL), PEIL_OK);
    }
    cr_assert_eq(peil_reader_next(guest, &batches[1], NULL), PEIL_OK);
    cr_assert_eq(peil_reader_next(reader, &batches[0], NULL), PEIL_OK);
    cr_assert_eq(batches[0].rows, 0);
    cr_expect_eq(peil_reader_join(reader, &guest, 1, &agree, NULL), PEIL_OK);
    cr_expect(agree);
    cr_expect_str_eq(peil_reader_header(reader)->encoding, "windows-1252");
    cr_expect(peil_reader_header(reader)->encoding_is_guess);
    cr_expect(peil_variable_lacks_text(&batches[0].columns[0].about, ".b"));
    for (int i = 0; i < 2; i++) peil_batch_clear(&batches[i]);
    peil_reader_free(guest);
    peil_reader_free(reader);
    scratch_remove(&stored);
}

/* One of them meets the end of the child; the others get no more rows, and none of them waits. */
Test(threads_stat, child_is_killed) {
    enum { ROWS = 200000 };
    static bool is_taken[ROWS + 1];
    const leftovers before = count_leftovers();
    const scratch stored = make_records(ROWS);
    for (size_t reader = 0; reader < SHARERS; reader++) {
        sharer all[SHARERS];
        size_t failed = 0;
        memset(is_taken, false, sizeof is_taken);
        begin_sharing(stored.path, 100, is_taken, all);
        cr_assert_eq(peil_reader_next(all[reader].reader, &all[reader].batch, NULL), PEIL_OK);
        const pid_t child = find_child();
        if (child) kill(child, SIGKILL);
        take_together(all);
        for (size_t i = 0; i < SHARERS; i++) {
            failed += all[i].status != PEIL_OK;
            cr_expect(all[i].status == PEIL_OK || strstr(all[i].fault.message, "was killed"), "%s",
                      all[i].fault.message);
        }
        cr_expect_eq(failed, child ? 1 : 0);
        end_sharing(all);
        expect_nothing_left(before, "a killed child");
    }
    scratch_remove(&stored);
}

/* Freed while the child is at work. */
Test(threads_stat, freed_half_way) {
    static bool is_taken[100001];
    const leftovers before = count_leftovers();
    const scratch stored = make_records(100000);
    sharer all[SHARERS];
    begin_sharing(stored.path, 100, is_taken, all);
    cr_assert_eq(peil_reader_next(all[1].reader, &all[1].batch, NULL), PEIL_OK);
    end_sharing(all);
    expect_nothing_left(before, "half-way");
    scratch_remove(&stored);
}
