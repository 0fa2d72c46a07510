// SPDX-License-Identifier: GPL-3.0-or-later
//
// Holds peil against the reference values: check PEIL_BINARY DATASETS_DIR REFERENCE_DIR [NAME]
//
// For every case of REFERENCE_DIR/cases.txt it runs peil, reads the csv that peil prints and
// compares it with REFERENCE_DIR/expected/cases/NAME.csv. Rows are matched by the key columns
// (those that hold no figure) that the expected file has; every column of figures that it has is
// compared. A line for each difference, then "N passed, M failed"; status 1 when a case fails, has
// no expected file, or an expected file has no case.

#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const double relative = 1e-10;
static const double absolute = 1e-12;  // only where the expected value is exactly 0

// Columns of figures; every other column is a key.
static const char *const figures[] = {
    "estimate",   "se",        "ci_low", "ci_high",    "n",
    "cases",      "n_eff",     "deff",   "df",         "reference_estimate",
    "difference", "statistic", "p",      "p_adjusted", "significant",
    "weighted_n", "flag",      "start",  "target",     "achieved",
    "deviation",  "weight",
};

// A csv file in memory: row 0 is the header; the fields point into text.
typedef struct {
    char *text;
    size_t rows;
    size_t *width;  // fields of each row
    char ***field;  // field[row][column]
} sheet;

typedef struct {
    char *name;
    char *arguments;
} test_case;

typedef struct {
    const char *peil;
    const char *datasets;
    const char *reference;
} places;

// ---- small helpers ------------------------------------------------------------------------------

static void *need(void *memory) {
    if (memory == NULL) {
        fprintf(stderr, "check: out of memory\n");
        exit(2);
    }
    return memory;
}

static void *grow(void *memory, size_t count, size_t size) {
    return need(realloc(memory, (count + 1) * size));
}

static char *joined(const char *a, const char *b, const char *c) {
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = need(malloc(size));
    snprintf(text, size, "%s%s%s", a, b, c);
    return text;
}

// Everything that can be read from `file`, with a terminating zero.
static char *read_all(FILE *file) {
    size_t used = 0, room = 1 << 14;
    char *text = need(malloc(room + 1));
    for (size_t got; (got = fread(text + used, 1, room - used, file)) > 0;) {
        used += got;
        if (used == room) {
            room *= 2;
            text = need(realloc(text, room + 1));
        }
    }
    text[used] = '\0';
    return text;
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    char *text = read_all(file);
    fclose(file);
    return text;
}

// ---- csv ----------------------------------------------------------------------------------------

// Cuts the field at `*from` out in place, quotes undone; returns the byte that ended it.
static char cut_field(char **from, char **field) {
    char *in = *from, *out = *from;
    *field = out;
    bool quoted = *in == '"';
    if (quoted) in++;
    for (; *in != '\0'; in++) {
        if (quoted && *in == '"' && in[1] != '"') {
            quoted = false;
            continue;
        }
        if (quoted && *in == '"') in++;
        if (!quoted && (*in == ',' || *in == '\n')) break;
        *out++ = *in;
    }
    char end = *in;
    *from = end == '\0' ? in : in + 1;
    *out = '\0';
    return end;
}

static char **cut_row(char **from, size_t *width) {
    char **fields = NULL;
    char end = ',';
    for (*width = 0; end == ',';) {
        fields = grow(fields, *width, sizeof *fields);
        end = cut_field(from, &fields[(*width)++]);
    }
    return fields;
}

static sheet sheet_make(char *text) {
    sheet s = {.text = text};
    while (*text != '\0') {
        s.field = grow(s.field, s.rows, sizeof *s.field);
        s.width = grow(s.width, s.rows, sizeof *s.width);
        s.field[s.rows] = cut_row(&text, &s.width[s.rows]);
        s.rows++;
    }
    return s;
}

static void sheet_clear(sheet *s) {
    for (size_t i = 0; i < s->rows; i++) free(s->field[i]);
    free(s->field);
    free(s->width);
    free(s->text);
    *s = (sheet){0};
}

static const size_t absent = (size_t)-1;

static size_t column_of(const sheet *s, const char *name) {
    for (size_t j = 0; s->rows > 0 && j < s->width[0]; j++) {
        if (strcmp(s->field[0][j], name) == 0) return j;
    }
    return absent;
}

static const char *value_of(const sheet *s, size_t row, const char *name) {
    size_t j = column_of(s, name);
    return j == absent || j >= s->width[row] ? NULL : s->field[row][j];
}

// ---- comparison ---------------------------------------------------------------------------------

static bool is_figure(const char *column) {
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (strcmp(column, figures[i]) == 0) return true;
    }
    return false;
}

static bool as_number(const char *text, double *value) {
    char *end;
    *value = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*value);
}

// `*` in the expected file: R has no value to compare with.
static bool agrees(const char *expected, const char *found) {
    double want, got;
    if (strcmp(expected, "*") == 0) return true;
    if (!as_number(expected, &want) || !as_number(found, &got)) return strcmp(expected, found) == 0;
    if (want == 0) return fabs(got) <= absolute;
    return fabs(got - want) <= relative * fabs(want);
}

static bool keys_agree(const sheet *expected, size_t row, const sheet *found, size_t other) {
    for (size_t j = 0; j < expected->width[0]; j++) {
        const char *column = expected->field[0][j];
        if (is_figure(column)) continue;
        const char *value = value_of(found, other, column);
        if (value == NULL || strcmp(value, expected->field[row][j]) != 0) return false;
    }
    return true;
}

static size_t row_with_keys(const sheet *expected, size_t row, const sheet *found) {
    for (size_t i = 1; i < found->rows; i++) {
        if (keys_agree(expected, row, found, i)) return i;
    }
    return absent;
}

static void print_keys(const sheet *expected, size_t row) {
    bool any = false;
    for (size_t j = 0; j < expected->width[0]; j++) {
        if (is_figure(expected->field[0][j])) continue;
        printf("%s%s=%s", any ? "," : "", expected->field[0][j], expected->field[row][j]);
        any = true;
    }
    if (!any) printf("the row");
}

static size_t report(const char *name, const sheet *expected, size_t row, const char *column,
                     const char *want, const char *got) {
    printf("%s: ", name);
    print_keys(expected, row);
    printf(": %s: expected %s, found %s\n", column, *want ? want : "nothing",
           got == NULL ? "no such column"
           : *got      ? got
                       : "nothing");
    return 1;
}

static size_t compare_row(const char *name, const sheet *expected, size_t row, const sheet *found) {
    size_t differences = 0, other = row_with_keys(expected, row, found);
    if (other == absent) return report(name, expected, row, "row", "one", "none");
    for (size_t j = 0; j < expected->width[0]; j++) {
        const char *column = expected->field[0][j], *want = expected->field[row][j];
        const char *got = value_of(found, other, column);
        if (!is_figure(column) || (got != NULL && agrees(want, got))) continue;
        differences += report(name, expected, row, column, want, got);
    }
    return differences;
}

static size_t compare_sheets(const char *name, const sheet *expected, const sheet *found) {
    size_t differences = 0;
    if (found->rows != expected->rows) {
        printf("%s: expected %zu rows, found %zu\n", name, expected->rows - 1,
               found->rows > 0 ? found->rows - 1 : 0);
        differences++;
    }
    for (size_t i = 1; i < expected->rows; i++) {
        differences += compare_row(name, expected, i, found);
    }
    return differences;
}

// ---- running peil -------------------------------------------------------------------------------

// Cuts a line into words in place, as a shell does; ' and " hold words together.
static char **cut_words(char *line, size_t *count) {
    char **words = NULL, *out = line;
    *count = 0;
    for (char *in = line; *in != '\0';) {
        while (*in == ' ' || *in == '\t') in++;
        if (*in == '\0') break;
        words = grow(words, *count, sizeof *words);
        words[(*count)++] = out;
        for (char quote = 0; *in != '\0' && (quote != 0 || (*in != ' ' && *in != '\t')); in++) {
            if (quote == 0 && (*in == '\'' || *in == '"')) {
                quote = *in;
            } else if (*in == quote) {
                quote = 0;
            } else {
                *out++ = *in;
            }
        }
        if (*in != '\0') in++;
        *out++ = '\0';
    }
    return words;
}

// The data file of a case, a name that ends in .csv, stands in one of two folders.
static char *find_data(const places *at, const char *word) {
    char *path = joined(at->datasets, "/", word);
    if (access(path, R_OK) == 0) return path;
    free(path);
    path = joined(at->reference, "/data/", word);
    if (access(path, R_OK) == 0) return path;
    free(path);
    return joined(word, "", "");
}

static bool is_data(const char *word) {
    size_t length = strlen(word);
    return length > 4 && strcmp(word + length - 4, ".csv") == 0;
}

static char **arguments_of(const places *at, char *line, size_t *count) {
    char **words = cut_words(line, count);
    char **arguments = need(calloc(*count + 4, sizeof *arguments));
    arguments[0] = joined(at->peil, "", "");
    for (size_t i = 0; i < *count; i++) {
        arguments[i + 1] = is_data(words[i]) ? find_data(at, words[i]) : joined(words[i], "", "");
    }
    arguments[*count + 1] = joined("-f", "", "");
    arguments[*count + 2] = joined("csv", "", "");
    *count += 3;
    free(words);
    return arguments;
}

// Runs a program with its output in two files; its exit status, 128 + the signal that ended it, or
// -1 when it could not be run.
static int run(char **arguments, FILE *out, FILE *err) {
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, fileno(out), 1);
    posix_spawn_file_actions_adddup2(&actions, fileno(err), 2);
    if (posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ) == 0) {
        if (waitpid(child, &status, 0) != child) status = -1;
    }
    posix_spawn_file_actions_destroy(&actions);
    if (status == -1) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static size_t report_failure(const char *name, int status, FILE *err) {
    rewind(err);
    char *message = read_all(err);
    message[strcspn(message, "\n")] = '\0';
    printf("%s: peil ended with status %d: %s\n", name, status, message);
    free(message);
    return 1;
}

static size_t compare_output(const places *at, const test_case *c, const sheet *expected) {
    size_t count, differences = 0;
    char *line = joined(c->arguments, "", "");
    char **arguments = arguments_of(at, line, &count);
    FILE *out = need(tmpfile()), *err = need(tmpfile());
    int status = run(arguments, out, err);
    if (status != 0) {
        differences = report_failure(c->name, status, err);
    } else {
        rewind(out);
        sheet found = sheet_make(read_all(out));
        differences = compare_sheets(c->name, expected, &found);
        sheet_clear(&found);
    }
    fclose(out);
    fclose(err);
    for (size_t i = 0; i < count; i++) free(arguments[i]);
    free(arguments);
    free(line);
    return differences;
}

// ---- cases --------------------------------------------------------------------------------------

static char *expected_path(const places *at, const char *name) {
    char *folder = joined(at->reference, "/expected/cases/", name);
    char *path = joined(folder, ".csv", "");
    free(folder);
    return path;
}

static bool passes(const places *at, const test_case *c) {
    char *path = expected_path(at, c->name);
    char *text = read_file(path);
    size_t differences = 1;
    if (text == NULL) {
        printf("%s: no expected file %s\n", c->name, path);
    } else {
        sheet expected = sheet_make(text);
        differences = compare_output(at, c, &expected);
        sheet_clear(&expected);
    }
    free(path);
    return differences == 0;
}

static char *trimmed(char *text) {
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL) length--;
    text[length] = '\0';
    return text;
}

// NAME | arguments; the parts point into `text`.
static test_case *cut_cases(char *text, size_t *count) {
    test_case *cases = NULL;
    *count = 0;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *bar = strchr(line, '|');
        if (line[strspn(line, " \t")] == '#' || bar == NULL) continue;
        *bar = '\0';
        cases = grow(cases, *count, sizeof *cases);
        cases[(*count)++] = (test_case){trimmed(line), trimmed(bar + 1)};
    }
    return cases;
}

static bool is_case(const test_case *cases, size_t count, const char *name, size_t length) {
    for (size_t i = 0; i < count; i++) {
        if (strlen(cases[i].name) == length && strncmp(cases[i].name, name, length) == 0)
            return true;
    }
    return false;
}

static size_t count_orphans(const places *at, const test_case *cases, size_t count) {
    size_t orphans = 0;
    char *path = joined(at->reference, "/expected/cases", "");
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (!is_data(entry->d_name)) continue;
        if (is_case(cases, count, entry->d_name, strlen(entry->d_name) - 4)) continue;
        printf("%s: an expected file without a case\n", entry->d_name);
        orphans++;
    }
    if (folder != NULL) closedir(folder);
    free(path);
    return orphans;
}

int main(int argc, char **argv) {
    if (argc < 4 || argc > 5) {
        fprintf(stderr, "usage: check PEIL_BINARY DATASETS_DIR REFERENCE_DIR [NAME]\n");
        return 2;
    }
    const places at = {argv[1], argv[2], argv[3]};
    const char *wanted = argc == 5 ? argv[4] : NULL;
    char *path = joined(at.reference, "/cases.txt", "");
    char *text = read_file(path);
    free(path);
    if (text == NULL) {
        fprintf(stderr, "check: no cases.txt in %s\n", at.reference);
        return 2;
    }
    size_t count, passed = 0;
    test_case *cases = cut_cases(text, &count);
    size_t failed = wanted == NULL ? count_orphans(&at, cases, count) : 0;
    for (size_t i = 0; i < count; i++) {
        if (wanted != NULL && strcmp(cases[i].name, wanted) != 0) continue;
        if (passes(&at, &cases[i])) {
            passed++;
        } else {
            failed++;
        }
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    free(cases);
    free(text);
    return failed > 0 || passed == 0;
}
