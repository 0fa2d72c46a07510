/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of .sav and .zsav files, read without ReadStat, are what ReadStat, the reference, makes
 * of them: in every file that the repository has, in files of any variables and values, and in
 * files with damage, of which both say the same. PEIL_MUTATIONS is the number of damaged
 * files of each kind, PEIL_SEED which files. */
#define _XOPEN_SOURCE 700 /* nftw */
#include <ftw.h>

#include "support/said.h"
#include "support/stat_reading.h"

static const size_t windows[] = {1, 8, 24, 100, 1000, 0};

static size_t setting(const char *name, size_t usual) {
    const char *word = getenv(name);
    return word ? (size_t)strtoull(word, NULL, 10) : usual;
}

/* Where two readings begin to differ; SIZE_MAX: nowhere. */
static size_t difference(const peil_text *a, const peil_text *b) {
    size_t at = 0;
    while (at < a->length && at < b->length && a->bytes[at] == b->bytes[at]) at++;
    return at == a->length && at == b->length ? SIZE_MAX : at;
}

/* The status, which is 0 when the file is read, and the fault. */
static const char *last_line(const peil_text *said) {
    size_t at = said->length;
    while (at > 0 && said->bytes[at - 1] != '\n') at--;
    return said->bytes + at;
}

/* ReadStat drops part of a row before the code of the end: that is refused here. */
static bool is_part_of_row(const peil_text *said) {
    return strstr(last_line(said), "cut short");
}

/* Holds windows from the first on against the reference; returns whether the file is read. */
static bool hold(const char *path, const char *what, size_t first) {
    peil_text wanted = say(path, (peil_reading){.by_reference = true}, 0);
    for (size_t i = first; i < COUNT(windows); i++) {
        peil_text said = say(path, (peil_reading){.block_bytes = windows[i]}, 100 * i);
        const size_t at = difference(&said, &wanted);
        const bool has_same_rows = at >= (size_t)(last_line(&wanted) - wanted.bytes);
        HOLDS(at == SIZE_MAX || (has_same_rows && is_part_of_row(&said)),
              "%s in windows of %zu says\n%.500s\nwhere ReadStat says\n%.500s", what, windows[i],
              said.bytes + at, wanted.bytes + at);
        peil_text_clear(&said);
    }
    const bool result = last_line(&wanted)[0] == '0';
    peil_text_clear(&wanted);
    return result;
}

static bool hold_made(const made *bytes, const char *what, size_t first) {
    const scratch stored = scratch_make("data.sav", bytes->bytes, bytes->length);
    const bool result = hold(stored.path, what, first);
    scratch_remove(&stored);
    return result;
}

/* ---- every file ---- */

static int files;

static int hold_file(const char *path, const struct stat *facts, int kind, struct FTW *place) {
    const char *dot = strrchr(path, '.');
    (void)facts;
    (void)place;
    if (kind != FTW_F || !dot || (strcmp(dot, ".sav") != 0 && strcmp(dot, ".zsav") != 0)) return 0;
    if (strstr(path, "/bench/data/")) return 0; /* made, and large */
    HOLDS(hold(path, path, 0), "%s is not read", path);
    files++;
    return 0;
}

Test(sav_reference, every_file_of_the_repository) {
    cr_assert_eq(nftw(PEIL_TESTS_DIR, hold_file, 20, FTW_PHYS), 0);
    cr_assert_eq(nftw(PEIL_DATASETS_DIR, hold_file, 20, FTW_PHYS), 0);
    cr_assert_geq(files, 3);
}

/* ---- any variables and values ---- */

static const made_kind *const kinds = made_kinds; /* the first three are SPSS's */
enum { KINDS = 3, WIDTH_MOST = 2100, VARIABLES_MOST = 20 };

/* Widths around those at which a text takes one more cell, one more run or all of it. */
static size_t any_width(uint64_t *random, bool has_full_runs) {
    static const size_t widths[] = {1,   7,   8,   9,   16,  40,  100, 240, 247, 248,
                                    249, 252, 253, 254, 255, 256, 257, 300, 504, WIDTH_MOST};
    return widths[random_below(random, has_full_runs ? COUNT(widths) : 10)];
}

static double any_number(uint64_t *random) {
    static const double usual[] = {0,   1,     2,    9,     -99,  -100, 151,       152,
                                   0.5, -0.25, 1e10, 1e300, -0.0, NAN,  123456.75, 99};
    return random_below(random, 3) ? (double)random_below(random, 6)
                                   : usual[random_below(random, COUNT(usual))];
}

/* Spaces may stand anywhere in it; some characters take two bytes. */
static void any_text(uint64_t *random, size_t width, char *text) {
    static const char *const parts[] = {"a", "b", " ", "        ", "\xC3\xAB", "xyz", "1", "0"};
    const size_t wanted = random_below(random, 4) ? random_below(random, 6) : width;
    size_t length = 0;
    text[0] = '\0';
    while (length < wanted) {
        const char *part = parts[random_below(random, COUNT(parts))];
        if (length + strlen(part) > width) break;
        strcpy(text + length, part);
        length += strlen(part);
    }
}

/* A value of a variable of that width, 0 for numbers. */
static void put_any_value(own *o, const readstat_variable_t *v, size_t width, uint64_t *random) {
    static char text[WIDTH_MOST + 1];
    if (width == 0) {
        readstat_insert_double_value(o->writer, v, any_number(random));
    } else {
        any_text(random, width, text);
        readstat_insert_string_value(o->writer, v, text);
    }
}

static void make_any_file(uint64_t *random, const made_kind *kind, bool has_full_runs) {
    const int nvariables = 1 + (int)random_below(random, VARIABLES_MOST);
    const int nrows = (int)random_below(random, 40);
    size_t widths[VARIABLES_MOST];
    own o = begin_own();
    readstat_writer_set_file_format_version(o.writer, kind->version);
    readstat_writer_set_compression(o.writer, kind->compression);
    for (int i = 0; i < nvariables; i++) {
        char name[16];
        snprintf(name, sizeof name, "variable%d", i);
        widths[i] = random_below(random, 3) ? 0 : any_width(random, has_full_runs);
        readstat_add_variable(o.writer, name,
                              widths[i] ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, widths[i]);
    }
    cr_assert_eq(kind->begin(o.writer, &file, nrows), READSTAT_OK);
    for (int row = 0; row < nrows; row++) {
        readstat_begin_row(o.writer);
        for (int i = 0; i < nvariables; i++)
            put_any_value(&o, readstat_get_variable(o.writer, i), widths[i], random);
        cr_assert_eq(readstat_end_row(o.writer), READSTAT_OK);
    }
    end_own(&o);
}

Test(sav_reference, any_file) {
    enum { FILES = 60 };
    uint64_t random = setting("PEIL_SEED", 1);
    for (size_t i = 0; i < KINDS * FILES; i++) {
        make_any_file(&random, &kinds[i % KINDS], true);
        hold_made(&file, kinds[i % KINDS].name, i % COUNT(windows));
    }
}

/* ---- damage ---- */

static made changed;

/* Mostly behind the records, where the rows are. */
static void damage(uint64_t *random, const made *from, made *to) {
    static const unsigned char codes[] = {0, 1, 100, 252, 253, 254, 255};
    const size_t n = 1 + random_below(random, 3);
    to->length = from->length - (random_below(random, 4) ? 0 : random_below(random, 64));
    memcpy(to->bytes, from->bytes, from->length);
    for (size_t i = 0; i < n; i++) {
        const size_t half = random_below(random, 8) ? to->length / 2 : 0;
        to->bytes[half + random_below(random, to->length - half)] =
            random_below(random, 2) ? codes[random_below(random, COUNT(codes))]
                                    : (unsigned char)random_next(random);
    }
}

/* A run of 32 cells has a byte that is no text: what stands there in damaged files depends on the
 * version of ReadStat. */
Test(sav_reference, damaged_files, .timeout = 100000) {
    const size_t n = setting("PEIL_MUTATIONS", 100);
    uint64_t random = setting("PEIL_SEED", 1);
    for (size_t i = 0; i < KINDS; i++) {
        size_t nread = 0;
        for (size_t k = 0; k < n; k++) {
            if (k % 10 == 0) make_any_file(&random, &kinds[i], false);
            damage(&random, &file, &changed);
            nread += hold_made(&changed, kinds[i].name, COUNT(windows) - 2);
        }
        cr_expect(nread > 0 && nread < n, "%s: %zu of %zu are read", kinds[i].name, nread, n);
    }
}
