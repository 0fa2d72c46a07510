/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the benchmarks' comma separated data, from standard input, into an SPSS file on standard
 * output: make_sav plain|rows|zsav ROWS. A column is numeric when its first value is. */
#include <readstat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 64, LINE = 4096, TEXT_WIDTH = 8 };

typedef struct table {
    size_t ncolumns;
    bool is_text[COLUMNS];
    readstat_variable_t *variables[COLUMNS];
} table;

static ssize_t put(const void *bytes, size_t length, void *context) {
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length ? (ssize_t)length : -1;
}

/* Cuts a line into its fields, in place. */
static size_t cut(char *line, char **fields) {
    size_t n = 0;
    for (char *at = strtok(line, ",\n"); at && n < COLUMNS; at = strtok(NULL, ",\n"))
        fields[n++] = at;
    return n;
}

static bool is_number(const char *text) {
    char *end;
    strtod(text, &end);
    return *text && !*end;
}

static void add_variables(readstat_writer_t *writer, char *header, const char *first, table *out) {
    char copy[LINE], *names[COLUMNS], *values[COLUMNS];
    snprintf(copy, sizeof copy, "%s", first);
    out->ncolumns = cut(header, names);
    if (cut(copy, values) != out->ncolumns) exit(1);
    for (size_t i = 0; i < out->ncolumns; i++) {
        out->is_text[i] = !is_number(values[i]);
        const readstat_type_t type = out->is_text[i] ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE;
        out->variables[i] =
            readstat_add_variable(writer, names[i], type, out->is_text[i] ? TEXT_WIDTH : 0);
    }
}

static void put_row(readstat_writer_t *writer, char *line, const table *t) {
    char *values[COLUMNS];
    if (cut(line, values) != t->ncolumns || readstat_begin_row(writer) != READSTAT_OK) exit(1);
    for (size_t i = 0; i < t->ncolumns; i++) {
        const readstat_error_t error =
            t->is_text[i]
                ? readstat_insert_string_value(writer, t->variables[i], values[i])
                : readstat_insert_double_value(writer, t->variables[i], strtod(values[i], NULL));
        if (error != READSTAT_OK) exit(1);
    }
    if (readstat_end_row(writer) != READSTAT_OK) exit(1);
}

static readstat_compress_t compression_of(const char *word) {
    return strcmp(word, "plain") == 0  ? READSTAT_COMPRESS_NONE
           : strcmp(word, "rows") == 0 ? READSTAT_COMPRESS_ROWS
                                       : READSTAT_COMPRESS_BINARY;
}

int main(int argc, char **argv) {
    static char header[LINE], line[LINE];
    static table t;
    readstat_writer_t *writer = readstat_writer_init();
    if (argc != 3 || !writer || !fgets(header, LINE, stdin) || !fgets(line, LINE, stdin)) return 2;
    readstat_set_data_writer(writer, put);
    readstat_writer_set_compression(writer, compression_of(argv[1]));
    add_variables(writer, header, line, &t);
    if (readstat_begin_writing_sav(writer, NULL, atol(argv[2])) != READSTAT_OK) return 1;
    do {
        put_row(writer, line, &t);
    } while (fgets(line, LINE, stdin));
    const readstat_error_t error = readstat_end_writing(writer);
    readstat_writer_free(writer);
    return error == READSTAT_OK && fflush(stdout) == 0 ? 0 : 1;
}
