/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gzip file that is damaged anywhere gives no figure, and is damaged for us when it is for
 * `gzip -t`. */
#include <sys/wait.h>
#include <zlib.h>

#include "support/figures.h"

enum { ROWS = 60, ROOM = 1 << 14, DAMAGES_MOST = 1500 };

typedef struct stored {
    size_t length, first; /* of both members, and of the first */
    unsigned char bytes[ROOM];
} stored;

/* Two members that together are one csv file. */
static void make_stored(stored *out) {
    peil_text text = {0};
    uint64_t state = 3;
    peil_text_add(&text, "y,g\n");
    for (int i = 0; i < ROWS; i++)
        peil_text_add_format(&text, "%d,%d\n", (int)random_below(&state, 900), i % 4);
    const size_t parts[] = {0, text.length / 2, text.length};
    out->length = 0;
    for (int m = 0; m < 2; m++) {
        z_stream z = {.next_in = (Bytef *)text.bytes + parts[m],
                      .avail_in = (uInt)(parts[m + 1] - parts[m]),
                      .next_out = out->bytes + out->length,
                      .avail_out = (uInt)(ROOM - out->length)};
        cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
        cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
        out->length = ROOM - z.avail_out;
        if (m == 0) out->first = out->length;
        deflateEnd(&z);
    }
    peil_text_clear(&text);
}

/* Damage number i: the file cut behind byte i, or then a bit of a byte turned round, or then a byte
 * put in. False behind the last. */
static bool make_damage(const stored *whole, size_t i, stored *out) {
    const size_t n = whole->length;
    *out = *whole;
    if (i < n) {
        out->length = i;
    } else if (i < 2 * n) {
        out->bytes[i - n] ^= (unsigned char)(1 << (i % 8));
    } else if (i <= 3 * n) {
        memmove(out->bytes + (i - 2 * n) + 1, whole->bytes + (i - 2 * n), 3 * n - i);
        out->bytes[i - 2 * n] = (unsigned char)(i * 37);
        out->length++;
    }
    return i <= 3 * n;
}

typedef struct folder {
    char path[256];
    size_t n;
} folder;

static void path_of(const folder *f, size_t i, char path[300]) {
    snprintf(path, 300, "%s/%zu.csv.gz", f->path, i);
}

static folder make_files(void) {
    static stored whole, damaged;
    folder f = {.n = 0};
    char path[300];
    const char *temporary = getenv("TMPDIR");
    snprintf(f.path, sizeof f.path, "%s/peil-gzip-XXXXXX", temporary ? temporary : "/tmp");
    cr_assert(mkdtemp(f.path));
    make_stored(&whole);
    for (; f.n < DAMAGES_MOST && make_damage(&whole, f.n, &damaged); f.n++) {
        path_of(&f, f.n, path);
        FILE *file = fopen(path, "wb");
        cr_assert(file);
        cr_assert_eq(fwrite(damaged.bytes, 1, damaged.length, file), damaged.length);
        cr_assert_eq(fclose(file), 0);
    }
    cr_assert_lt(f.n, DAMAGES_MOST);
    return f;
}

static void remove_files(const folder *f) {
    char path[300];
    for (size_t i = 0; i < f->n; i++) {
        path_of(f, i, path);
        unlink(path);
    }
    rmdir(f->path);
}

static peil_status status_of(const char *path, peil_report *report) {
    const char *const files[] = {path};
    const peil_request request = {
        .files = {1, files}, .measures = WORDS("mean(y)"), .by = WORDS("g")};
    return peil_run_table(&request, report, NULL);
}

/* What `gzip -t` says of every file, one line each; NULL where there is no gzip. */
static FILE *ask_gzip(const folder *f) {
    char shell[600];
    if (system("gzip -V >/dev/null 2>&1") != 0) return NULL;
    snprintf(shell, sizeof shell,
             "i=0; while [ $i -lt %zu ]; do gzip -t '%s'/$i.csv.gz 2>/dev/null; echo $?; "
             "i=$((i + 1)); done",
             f->n, f->path);
    return popen(shell, "r");
}

Test(gzip, damaged_for_us_when_it_is_for_gzip) {
    const folder f = make_files();
    FILE *verdicts = ask_gzip(&f);
    size_t refused = 0;
    for (size_t i = 0; i < f.n && verdicts; i++) {
        char path[300];
        int verdict = -1;
        peil_report report = {0};
        path_of(&f, i, path);
        const peil_status status = status_of(path, &report);
        cr_assert_eq(fscanf(verdicts, "%d", &verdict), 1);
        HOLDS((status == PEIL_OK) == (verdict == 0), "damage %zu: %d, gzip says %d", i, status,
              verdict);
        HOLDS(status == PEIL_OK || (report.nrows == 0 && !report.cells), "damage %zu: a figure", i);
        refused += status != PEIL_OK;
        peil_report_clear(&report);
    }
    if (verdicts) pclose(verdicts);
    remove_files(&f);
    if (!verdicts) cr_skip_test("no gzip to compare with");
    cr_expect_gt(refused, 500);
}

/* What a harmless bit or byte leaves whole gives the figures of the whole file. A file that lacks
 * all of its second member is a whole file of one member: nobody can see that. */
Test(gzip, figures_of_the_whole_file_or_none) {
    static stored whole;
    make_stored(&whole);
    const scratch file = scratch_make("data.csv.gz", whole.bytes, whole.length);
    peil_report clean = {0};
    cr_assert_eq(status_of(file.path, &clean), PEIL_OK);
    const folder f = make_files();
    for (size_t i = 0; i < f.n; i++) {
        char path[300];
        peil_report report = {0};
        path_of(&f, i, path);
        const bool is_whole = status_of(path, &report) == PEIL_OK && i != whole.first;
        for (size_t row = 0; is_whole && row < clean.nrows; row++)
            HOLDS(figure_of(&report, row, "estimate") == figure_of(&clean, row, "estimate"),
                  "damage %zu: another figure", i);
        peil_report_clear(&report);
    }
    remove_files(&f);
    peil_report_clear(&clean);
    scratch_remove(&file);
}

/* The program prints nothing before it has seen the end of the file. */
Test(gzip, nothing_is_printed_of_a_damaged_file) {
    const folder f = make_files();
    for (size_t i = 0; i < f.n; i += 41) {
        char path[300], shell[700], line[16];
        peil_report report = {0};
        path_of(&f, i, path);
        const bool is_whole = status_of(path, &report) == PEIL_OK;
        peil_report_clear(&report);
        snprintf(shell, sizeof shell, "'%s' table '%s' -m 'mean(y)' 2>/dev/null", PEIL_BINARY,
                 path);
        FILE *output = popen(shell, "r");
        cr_assert(output);
        const bool is_printed = fgets(line, sizeof line, output) != NULL;
        const int status = pclose(output);
        HOLDS(is_printed == is_whole, "damage %zu", i);
        HOLDS(WIFEXITED(status) && WEXITSTATUS(status) == (is_whole ? 0 : PEIL_EDATA),
              "damage %zu: status %d", i, status);
    }
    remove_files(&f);
}
