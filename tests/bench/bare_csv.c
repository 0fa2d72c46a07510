/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yardstick: libcsv alone, strict, over one file; counts fields and rows and does nothing. */
#include <csv.h>
#include <stdio.h>

typedef struct counts {
    unsigned long fields, rows;
} counts;

static void end_field(void *bytes, size_t length, void *context) {
    (void)bytes;
    (void)length;
    ((counts *)context)->fields++;
}

static void end_row(int end, void *context) {
    (void)end;
    ((counts *)context)->rows++;
}

static int pass(FILE *file, struct csv_parser *parser, counts *found) {
    static char block[64 * 1024];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0) {
        if (csv_parse(parser, block, n, end_field, end_row, found) != n) return 1;
    }
    return ferror(file) || csv_fini(parser, end_field, end_row, found) != 0;
}

int main(int argc, char **argv) {
    struct csv_parser parser;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return 1;
    counts found = {0};
    const int failed = pass(file, &parser, &found);
    printf("%lu fields, %lu rows\n", found.fields, found.rows);
    csv_free(&parser);
    fclose(file);
    return failed;
}
