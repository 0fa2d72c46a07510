/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yardstick: ReadStat alone over one SPSS file; keeps the named variables, skips the others,
 * counts values and does nothing: bare_readstat FILE NAME... */
#include <readstat.h>
#include <stdio.h>
#include <string.h>

typedef struct counts {
    char **names;
    int nnames;
    unsigned long values, rows;
} counts;

static int choose(int index, readstat_variable_t *variable, const char *labels, void *context) {
    const counts *found = context;
    (void)index;
    (void)labels;
    for (int i = 0; i < found->nnames; i++)
        if (strcmp(found->names[i], readstat_variable_get_name(variable)) == 0)
            return READSTAT_HANDLER_OK;
    return READSTAT_HANDLER_SKIP_VARIABLE;
}

static int take(int row, readstat_variable_t *variable, readstat_value_t value, void *context) {
    counts *found = context;
    (void)variable;
    (void)value;
    found->values++;
    found->rows = (unsigned long)row + 1;
    return READSTAT_HANDLER_OK;
}

int main(int argc, char **argv) {
    readstat_parser_t *parser = argc > 1 ? readstat_parser_init() : NULL;
    if (!parser) return 2;
    counts found = {argv + 2, argc - 2, 0, 0};
    readstat_set_variable_handler(parser, choose);
    readstat_set_value_handler(parser, take);
    const readstat_error_t error = readstat_parse_sav(parser, argv[1], &found);
    printf("%lu values, %lu rows\n", found.values, found.rows);
    readstat_parser_free(parser);
    return error != READSTAT_OK;
}
